package brief

import (
	"strings"

	"refine/planner/ready"
	"refine/planner/text"
)

// Entries are those of the lists in a ticket's description, where it has a few and all of
// them were read as some.
func (t *Ticket) Entries() (all []string) {
	for _, b := range t.Reading.Text(ready.Description).Blocks {
		if b.Kind == text.Bullet && !b.Aside && !text.Mentions(b.Under, leftOut) {
			all = append(all, b.Text)
		}
	}
	if len(all) < leastEntries || len(all) != entryLines(t.Issue.Description) {
		return nil
	}
	return all
}

const leastEntries = 3

// leftOut are words of headings over what is not wanted: "Out of scope".
var leftOut = text.WordSet("scope not without excluded exclusions later")

// entryLines counts the lines that look like an entry of a list, read or not.
func entryLines(s string) (n int) {
	for line := range strings.Lines(s) {
		mark, _, spaced := strings.Cut(strings.TrimSpace(line), " ")
		if spaced && mark != "" && (strings.Trim(mark, "*#-+•–") == "" || strings.Trim(mark, "0123456789.)") == "") {
			n++
		}
	}
	return n
}
