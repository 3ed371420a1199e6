package confluence

import (
	"cmp"
	"net/url"
	"strings"

	"refine/internal/atlassian"
	"refine/planner/outcome"
)

// Leads reports whether an address leads to this Confluence: to where the program
// reaches it, or to where people do, as the answer with the page told; nil is no
// page. Whether http or https stands in front does not matter.
func (c *Client) Leads(address string, p *Page) bool {
	sites := []string{c.api.URL(""), c.api.PeoplesURL(c.api.URL(""))}
	if p != nil && p.Site != "" {
		sites = append(sites, p.Site)
	}
	for _, site := range sites {
		if within(address, strings.TrimSuffix(strings.TrimRight(site, "/"), "/wiki")) {
			return true
		}
	}
	return false
}

// ForPeople is an address as people reach it, if it is one that the program reaches
// this Confluence by and the answer with the page told theirs.
func (c *Client) ForPeople(address string, p Page) string {
	root, _ := strings.CutSuffix(c.v1(), "/rest/api")
	at := c.api.URL(root)
	return outcome.Rebased(address, at, c.api.PeoplesURL(cmp.Or(p.Site, at)))
}

// told is the address of the site that an answer names, as people reach it; empty
// if it names none.
func told(api *atlassian.Client, base string) string {
	if base == "" {
		return ""
	}
	return api.PeoplesURL(base)
}

// pageLink is the end of a page's address, on both deployments.
func pageLink(id string) string { return "/pages/viewpage.action?pageId=" + url.QueryEscape(id) }

// Site is the address that the program reaches the service by.
func (c *Client) Site() string { return strings.TrimRight(c.api.URL(""), "/") }

// within reports whether an address is one of a site's. One without a host leads
// wherever it is used.
func within(address, site string) bool {
	first, _, path := strings.Cut(address, "/")
	switch {
	case strings.HasPrefix(address, "//"):
		address = "https:" + address
	case strings.Contains(address, "://"):
	case !path || !strings.ContainsAny(first, ".:"):
		return true
	default:
		address = "https://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	_, ok := outcome.Below(u, site)
	return ok
}
