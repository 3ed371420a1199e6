package confluence

import (
	"net/url"
	"strings"
)

// Leads reports whether an address leads to this Confluence: to where the program
// reaches it, or to where people do, as the answer with the page told; nil is no
// page. Whether http or https stands in front does not matter.
func (c *Client) Leads(address string, p *Page) bool {
	sites := []string{c.api.URL("")}
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
	a, err := url.Parse(address)
	b, siteErr := url.Parse(site)
	return err == nil && siteErr == nil && host(a) == host(b) && strings.HasPrefix(a.Path+"/", strings.TrimRight(b.Path, "/")+"/")
}

// host is where an address leads, without the port that goes with its scheme.
func host(u *url.URL) string {
	name := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	switch port := u.Port(); {
	case port == "", u.Scheme == "https" && port == "443", u.Scheme == "http" && port == "80":
		return name
	default:
		return name + ":" + port
	}
}
