package outcome

import (
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/ticket"
)

// KeysToRead lists every issue that o may be written to: the sections' items, which
// are its keys, what the lines name, and the epic if there is one. Sorted.
func (o Outcomes) KeysToRead(epic string) []string {
	keys := slices.Clone(o.Keys)
	n := o.naming(epic)
	for _, e := range o.Entries {
		keys = append(keys, n.keys(e.Text)...)
		keys = append(keys, e.Row)
	}
	keys = append(keys, epic)
	slices.Sort(keys)
	return slices.Compact(slices.DeleteFunc(keys, func(key string) bool { return key == "" }))
}

// naming is how a session's lines name tickets.
type naming struct {
	browse   []string
	projects map[string]bool // of the session
}

func (o Outcomes) naming(epic string) naming {
	n := naming{browse: o.addresses(), projects: map[string]bool{}}
	for _, key := range append(slices.Clone(o.Keys), epic) {
		n.projects[ticket.Project(key)] = key != ""
	}
	return n
}

// Keys are the issues that a text names, in order. What people are called is no
// such name, nor is a link that leads elsewhere, whatever it shows; a link to an
// issue of the site, whose addresses begin with one of browse, names that issue.
func (t Text) Keys(browse ...string) []string { return naming{browse: browse}.keys(t) }

func (n naming) keys(t Text) []string { return ticket.IssueKeys(n.words(t)) }

// Spelled is a text in which the keys of tickets stand as Jira writes them, also in
// the place of links to them.
func (o Outcomes) Spelled(t Text) string { return strings.TrimSpace(o.naming("").words(t)) }

// words are a text's own, with the key of an issue in the place of a link to it.
func (n naming) words(t Text) string {
	var words strings.Builder
	for _, r := range t {
		switch key := IssueAt(r.URL, n.browse...); {
		case r.User != nil:
		case r.URL == "":
			words.WriteString(n.spelled(n.addresses(r.Text)))
		case key != "" && len(n.browse) > 0:
			words.WriteString(" " + key + " ")
		}
	}
	return words.String()
}

var (
	anyHyphen = lazyregexp.New("[\u2010-\u2014\u2212\ufe63\uff0d]")
	anyCase   = lazyregexp.New(`\b[A-Za-z][A-Za-z0-9_]+-[1-9][0-9]*\b`)
)

// address is one that somebody typed or pasted as text.
var address = lazyregexp.New(`https?://[^\s<>"]+`)

// addresses puts the key of an issue into the place of its address.
func (n naming) addresses(s string) string {
	if len(n.browse) == 0 {
		return s
	}
	return address.ReplaceAllStringFunc(s, func(typed string) string {
		bare := strings.TrimRight(typed, ".,;:!?)]}")
		if key := IssueAt(bare, n.browse...); key != "" {
			return " " + key + " " + typed[len(bare):]
		}
		return typed
	})
}

// spelled writes the keys in s as Jira does: editors make other hyphens of
// theirs, and people type those of the session's projects in lower case.
func (n naming) spelled(s string) string {
	return anyCase.ReplaceAllStringFunc(anyHyphen.ReplaceAllString(s, "-"), func(key string) string {
		if upper := strings.ToUpper(key); n.projects[ticket.Project(upper)] {
			return upper
		}
		return key
	})
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
	naming  naming
	unclear []string           // tickets, see [Outcomes]
	told    map[string][]Entry // what the tickets say, by key
}

// of returns the entry's ticket: the one that its words are for, see [addressed], or
// where it stands at none any that they name; else the one that it stands at, else the
// epic. Otherwise it says why there is none: words that name another ticket within a
// sentence, "as in PAY-9", do not say whose they are.
func (a attribution) of(e Entry) (key, reason string) {
	words, home, meant := a.naming.words(e.Text), a.home(e), a.meant(e)
	named := a.known(meant)
	switch typo := slices.IndexFunc(meant, a.isTypo); {
	case home != "" && slices.Contains(named, home):
		return home, "" // "unlike PAY-9, PAY-7 keeps …" in PAY-7's section
	case len(a.meantIn(e, addressed(words))) > 0:
		return a.meantIn(e, addressed(words))[0], ""
	case len(named) > 0 && (home == "" || slices.ContainsFunc(a.told[named[0]], e.stands)):
		return named[0], ""
	case len(named) > 0:
		return "", "it names " + named[0] + " and stands below " + home + ": begin it with the key of the ticket that it is for"
	case typo >= 0:
		return "", meant[typo] + unseen
	case home != "" && slices.Contains(a.known(excluded(words)), home):
		return "", "it says that it is not for " + home + ": name the ticket that it is for"
	case home != "":
		return home, ""
	case e.Doubt != "":
		return "", e.Doubt
	case e.Section != "":
		return "", e.Section + unseen
	case a.tickets[a.epic] != "":
		return a.tickets[a.epic], ""
	default:
		return "", "it names no ticket and stands in no item's section: name one, or move it below its item"
	}
}

// home is the ticket that an entry stands at, in a row of a table or in a section, empty
// if that is not certain.
func (a attribution) home(e Entry) string {
	if row := a.tickets[e.Row]; row != "" || e.Doubt != "" {
		return row
	}
	return a.sectionOf(e)
}

// unseen is why nothing can be written to a ticket.
const unseen = " does not exist, or this account cannot see it: correct the key, or let it see that"

// all are the tickets that an entry is written to: several where it names them in a
// row, else the one that [attribution.of] tells.
func (a attribution) all(e Entry) (keys []string, reason string) {
	if e.Kind.OfItem() {
		key, reason := a.item(e)
		if e.Kind == Result && key != "" && slices.Contains(a.unclear, key) {
			key, reason = "", "another box of it is ticked with a note, and nobody guesses which one counts: leave one"
		}
		if e.Kind == Blocker && slices.Contains(a.known(e.blocking()), key) {
			key, reason = "", key+" does not wait for itself: name what blocks it"
		}
		return []string{key}, reason
	}
	words := a.naming.words(e.Text)
	if shortened.MatchString(words) {
		return []string{""}, "it names several tickets, and not each by its key: write each key in full"
	}
	if keys := a.joined(e, words); len(keys) > 1 {
		return keys, ""
	}
	key, reason := a.of(e)
	return []string{key}, reason
}

// joined are the tickets that a line is for since it names them in a row: where that says
// whose it is, see [addressed], or with the one that the line stands at among them. "As
// in PAY-8, the logo of PAY-9 and PAY-4" is in no item's section for PAY-8 alone.
func (a attribution) joined(e Entry, words string) []string {
	if keys := a.meantIn(e, addressed(words)); len(keys) > 1 {
		return keys
	}
	named, home := a.known(a.meant(e)), a.home(e)
	for _, m := range keysInARow.FindAllString(words, -1) {
		keys := a.meantIn(e, m)
		here := slices.Contains(keys, home)
		if last := behindComma.FindStringSubmatch(m); last != nil && here && a.tickets[last[1]] == home {
			return nil // "unlike PAY-8 and PAY-9, PAY-7 keeps it"
		}
		if len(keys) > 1 && keys[0] == named[0] && (here || home == "") {
			return keys
		}
	}
	return nil
}

// meantIn are the tickets that a part of an entry's words names and all of them do not
// exclude.
func (a attribution) meantIn(e Entry, part string) []string {
	meant := a.meant(e)
	return a.known(slices.DeleteFunc(ticket.IssueKeys(part), func(key string) bool { return !slices.Contains(meant, key) }))
}

// known are the tickets that keys are of, each once.
func (a attribution) known(keys []string) (tickets []string) {
	for _, key := range keys {
		if t := a.tickets[key]; t != "" && !slices.Contains(tickets, t) {
			tickets = append(tickets, t)
		}
	}
	return tickets
}

// item is the ticket of an entry that is about an item: of the row, or the section,
// that it stands in, whatever other tickets it names.
func (a attribution) item(e Entry) (key, reason string) {
	switch {
	case a.tickets[e.Row] != "":
		return a.tickets[e.Row], ""
	case a.isTypo(e.Row):
		return "", e.Row + unseen
	case e.Doubt != "":
		return "", e.Doubt
	case a.sectionOf(e) != "":
		return a.sectionOf(e), ""
	case e.Section != "":
		return "", e.Section + unseen
	}
	return "", "it stands in no item's section: move it below its item"
}

// keysInARow are those that a line joins anywhere.
var (
	behindComma = lazyregexp.New(`, *(` + oneKey + `)$`)
	keysInARow  = lazyregexp.New(oneKey + `(?:` + joint + oneKey + `)+`)
)

// shortened is how a line begins that names several tickets and not each by its whole
// key: "PAY-9/10", "PAY-3, 4, 6".
var shortened = lazyregexp.New(`^\W*` + oneKey + `\s*(?:[/+&]\s*\d{1,5}\b|,\s*\d{1,5}\s*,\s*\d{1,5}\b)`)

// meant are the keys that the entry's own words name and do not exclude.
func (a attribution) meant(e Entry) []string {
	words := a.naming.words(e.Text)
	not := excluded(words)
	return slices.DeleteFunc(ticket.IssueKeys(words), func(key string) bool { return slices.Contains(not, key) })
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

// isTypo reports whether somebody meant a ticket by a key that names none: its project
// is one of the session's. "UTF-8" is just a word.
func (a attribution) isTypo(key string) bool {
	if !a.missing[key] {
		return false
	}
	for known := range a.tickets {
		if ticket.Project(known) == ticket.Project(key) {
			return true
		}
	}
	return false
}
