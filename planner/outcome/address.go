package outcome

import (
	"net/url"
	"slices"
	"strings"

	"refine/internal/lazyregexp"
)

// IssueAt is the key of the issue that an address of Jira's own pages shows:
// browse/KEY, issues/KEY, a board or a backlog with selectedIssue=KEY, a service
// desk's queue or portal. It is empty for any other address, and for one outside
// the site. browse are how the addresses of the site's issues begin, as a site may
// be reached by several; without one, any site is meant.
func IssueAt(address string, browse ...string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	path, ok := onSite(u, browse)
	if !ok {
		return ""
	}
	for _, name := range []string{"selectedIssue", "issueKey"} {
		if key := strings.ToUpper(u.Query().Get(name)); wholeKey.MatchString(key) {
			return key
		}
	}
	steps := strings.Split(strings.Trim(path, "/"), "/")
	for i, step := range steps {
		if key := strings.ToUpper(step); wholeKey.MatchString(key) && showsIssue(steps[:i]) {
			return key
		}
	}
	return ""
}

// onSite is what an address has after the site's own.
func onSite(u *url.URL, browse []string) (path string, ok bool) {
	for _, b := range browse {
		if path, ok := Below(u, strings.TrimSuffix(b, "browse/")); ok {
			return path, true
		}
	}
	return u.EscapedPath(), len(browse) == 0 || browse[0] == ""
}

var wholeKey = lazyregexp.New(`^[A-Z][A-Z0-9_]+-[1-9][0-9]*$`)

// showsIssue reports whether what follows those steps of an address is the key of
// an issue that is shown.
func showsIssue(steps []string) bool {
	if len(steps) == 0 || steps[0] == "wiki" {
		return false
	}
	switch steps[len(steps)-1] {
	case "browse", "issues", "issue":
		return true
	}
	number := strings.Trim(steps[len(steps)-1], "0123456789") == ""
	return number && slices.ContainsFunc(steps, func(s string) bool { return s == "portal" || s == "queues" })
}

// Below is what an address has after the site's own, with a slash in front; ok is
// false where it leads elsewhere. Whether http or https stands in front does not
// matter, nor does a port that goes with its scheme.
func Below(address *url.URL, site string) (path string, ok bool) {
	s, err := url.Parse(site)
	if err != nil || host(address) != host(s) {
		return "", false
	}
	rest, ok := strings.CutPrefix(address.EscapedPath()+"/", strings.TrimRight(s.EscapedPath(), "/")+"/")
	return "/" + strings.TrimSuffix(rest, "/"), ok
}

// Rebased is an address of the site at from as it is at to. Any other stays as it
// is.
func Rebased(address, from, to string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if _, there := Below(u, to); there {
		return address
	}
	path, ok := Below(u, from)
	if !ok {
		return address
	}
	rebased := strings.TrimRight(to, "/") + path
	if u.RawQuery != "" {
		rebased += "?" + u.RawQuery
	}
	if u.Fragment != "" {
		rebased += "#" + u.EscapedFragment()
	}
	return rebased
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
