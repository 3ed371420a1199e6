package confluencetest

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// A clash is an edit of a version that is not the page's any more. What was typed is
// kept, for the person to put where it belongs now.
type clash struct {
	*fault
	typed []string
}

func (c *clash) Unwrap() error { return c.fault }

// clashOf is what a form held when somebody else saved the page first.
func clashOf(p *page, form url.Values) error {
	c := &clash{fault: &fault{http.StatusConflict, p.current().by.Display + " saved the page while you were editing it. Nothing of theirs was changed, and what you typed is below."}}
	for _, name := range slices.Sorted(maps.Keys(form)) {
		value := strings.TrimSpace(form.Get(name))
		if value != "" && (name == "text" || name == "body" || strings.HasPrefix(name, "text-")) {
			c.typed = append(c.typed, value)
		}
	}
	return c
}

// clashed shows what was typed, with the way to the page as it is now.
func (s *Server) clashed(w http.ResponseWriter, r *http.Request, c *clash) {
	s.mu.Lock()
	f := s.newFrame(r, "The page has changed meanwhile")
	s.mu.Unlock()
	s.write(w, c.status, "clash.html", struct {
		frame
		Message, Again string
		Typed          []string
	}{f, c.message, f.Root + "/pages/" + r.PathValue("id") + "/edit", c.typed})
}
