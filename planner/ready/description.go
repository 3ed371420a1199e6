package ready

import "strings"

// titleOnly is the finding of a ticket that says nothing beside its title: its
// fields are empty, hold a placeholder, or links and machine text alone.
func (r *Reading) titleOnly() []Finding {
	for s := range r.statements() {
		if !placeholder(s.Text) {
			return nil
		}
	}
	message := "has a title and no description"
	if raw := strings.TrimSpace(r.issue.Description); raw != "" {
		message = "beside the title there is no prose, only links, code or tables"
		if placeholder(raw) {
			message = "a placeholder stands where its description should"
		}
	}
	f := blocking(RuleNoDescription, message)
	if ev := r.titleQuote(); ev.Quote != "" {
		f[0].Evidence = append(f[0].Evidence, ev)
	}
	return f
}
