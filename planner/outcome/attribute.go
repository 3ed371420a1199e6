package outcome

import (
	"slices"
	"strings"

	"refine/planner/ticket"
)

// KeysToRead lists every issue that o may be written to: the sections' items,
// what the lines name, and the epic if there is one. Sorted.
func (o Outcomes) KeysToRead(epic string) []string {
	keys := slices.Clone(o.Keys)
	for _, e := range o.Entries {
		keys = append(keys, e.keys(o.Browse)...)
	}
	if epic != "" {
		keys = append(keys, epic)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// keys are the issues an entry's own words name. What people are called is no
// such word, nor is a link that leads elsewhere, whatever it shows; a link to an
// issue of the site, whose address begins with browse, names that issue.
func (e Entry) keys(browse string) []string {
	var words []string
	for _, r := range e.Text {
		switch {
		case r.User != nil:
		case r.URL == "":
			words = append(words, r.Text)
		case browse != "" && strings.HasPrefix(r.URL, browse):
			key, _, _ := strings.Cut(strings.TrimPrefix(r.URL, browse), "?")
			words = append(words, " "+key+" ")
		}
	}
	return ticket.IssueKeys(strings.Join(words, ""))
}

// An Unattributed entry has no ticket it could go to (S7).
type Unattributed struct {
	Text   string `json:"text"`
	Where  string `json:"where"`
	Reason string `json:"reason"`
}

// attribution decides which ticket an entry belongs to.
type attribution struct {
	tickets map[string]string // that exist and can be seen, by each of their keys
	missing map[string]bool   // that were asked for and are not there
	epic    string
	browse  string
}

// of returns the entry's ticket: the one its own words name, else the item in
// whose section it stands, else the epic. Otherwise it says why there is none.
func (a attribution) of(e Entry) (key, reason string) {
	named, section := a.named(e), a.tickets[e.Section]
	switch typo := a.typo(e); {
	case slices.Contains(named, section):
		return section, "" // "unlike PAY-9, PAY-7 keeps …" in PAY-7's section
	case len(named) > 0:
		return named[0], ""
	case typo != "":
		return "", typo + " does not exist, or this account cannot see it"
	case a.sectionOf(e) != "":
		return a.sectionOf(e), ""
	case e.Section != "":
		return "", e.Section + " does not exist any more, or this account cannot see it"
	case a.tickets[a.epic] != "":
		return a.tickets[a.epic], ""
	default:
		return "", "it names no ticket and stands in no item's section"
	}
}

// named are the tickets that the entry's own words name.
func (a attribution) named(e Entry) (tickets []string) {
	for _, key := range e.keys(a.browse) {
		if t := a.tickets[key]; t != "" {
			tickets = append(tickets, t)
		}
	}
	return tickets
}

// sectionOf is the innermost section that is a ticket's. A heading may only look
// like one: "UTF-8".
func (a attribution) sectionOf(e Entry) string {
	for _, key := range append([]string{e.Section}, e.Outer...) {
		if t := a.tickets[key]; t != "" {
			return t
		}
	}
	return ""
}

// typo returns a key that names no ticket though its project is one of the
// session's: somebody meant a ticket. "UTF-8" is just a word.
func (a attribution) typo(e Entry) string {
	for _, key := range e.keys(a.browse) {
		if !a.missing[key] {
			continue
		}
		for known := range a.tickets {
			if project(known) == project(key) {
				return key
			}
		}
	}
	return ""
}

func project(key string) string {
	p, _, _ := strings.Cut(key, "-")
	return p
}
