package brief

import (
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// Elsewhere reports whether a ticket's description or criteria lead to a web page, which
// nobody has opened for the brief. Addresses of examples, of machines, with a port and of
// great length are none, nor is what was pasted. About one real ticket in five has some.
func (t *Ticket) Elsewhere() bool {
	return t.leads(t.Issue.Description, t.Reading.Text(ready.Description)) || leads(t.Issue.AcceptanceCriteria)
}

// Discussed reports whether a comment leads to a web page, by its address.
func (t *Ticket) Discussed() bool {
	return slices.ContainsFunc(t.Issue.Comments, func(c ticket.Comment) bool { return leads(c.Body) })
}

// leads reports whether a text leads elsewhere in its own words, which hold what stands for
// an address, or in a line of one address alone: not in what was pasted.
func (t *Ticket) leads(written string, read *ready.Text) bool {
	own := func(b text.Block) bool { return strings.Contains(b.Text, "\ufffc") }
	return read != nil && leads(written) && (slices.ContainsFunc(read.Blocks, own) || alone(written))
}

// alone reports whether an address is all that a line, or an entry of a list, has.
func alone(s string) bool {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(strings.TrimLeft(line, " \t*#-•[")); strings.HasPrefix(line, "http") && !strings.ContainsAny(line, " \t") {
			return true
		}
	}
	return false
}

func leads(s string) bool {
	if !strings.Contains(s, "://") {
		return false
	}
	for _, m := range page.FindAllStringSubmatch(verbatim.ReplaceAllString(s, " "), -1) {
		if host := strings.ToLower(m[1]); m[2] == "" && len(m[3]) <= longestPath && strings.ContainsAny(host[strings.LastIndex(host, ".")+1:], "abcdefghijklmnopqrstuvwxyz") && !sample.MatchString(host) {
			return true
		}
	}
	return false
}

// longestPath is more bytes than an address has behind its host that people go to.
const longestPath = 150

var (
	page     = lazyregexp.New(`(?i)https?://([\w-]+(?:\.[\w-]+)+)(:\d+)?([^\s|\]>]*)`)
	verbatim = lazyregexp.New(`(?s)\{(?:code|noformat)[^}]*\}.*?(?:\{(?:code|noformat)\}|$)`)
	sample   = lazyregexp.New(`(?:^|\.)example\.|\.(?:example|test|invalid|local|localhost)$|^(?:schemas?|www\.w3|java\.sun|xmlns)\.|^localhost`)
)
