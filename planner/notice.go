package planner

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"refine/planner/draft"
	"refine/planner/outcome"
	"refine/planner/ready"
	"refine/planner/ticket"
)

// Facts is what a page remembers of an item as it stood when people first read
// of it, so that a later publish can tell what has changed (C4). Long texts are
// remembered by their hash: that they changed can be told, not from what.
type Facts struct {
	Summary     string `json:"s,omitempty"`  // at most its beginning
	SummaryHash string `json:"sh,omitempty"` // of all of it; without one, nothing of the item is remembered
	Status      string `json:"t,omitempty"`
	Priority    string `json:"p,omitempty"`
	Description string `json:"d,omitempty"` // hash
	Criteria    string `json:"c,omitempty"` // hash
	Comments    int    `json:"n,omitempty"`
	Estimate    string `json:"e,omitempty"` // story points; [Unestimated] if it had none
	Rank        string `json:"k,omitempty"` // by the text of it: of changes it is never told
	Ready       bool   `json:"r,omitempty"`
	Bare        bool   `json:"b,omitempty"`  // ready but for criteria, and counted by itself
	Unsure      bool   `json:"us,omitempty"` // of something, though nothing kept it from being ready, and counted by itself
	Unmet       string `json:"u,omitempty"`  // the rules that kept it from being ready, by their ids
	Added       bool   `json:"a,omitempty"`  // it was not among the items that people first read of
	Gone        bool   `json:"g,omitempty"`  // it is none of them any more

	Said string      `json:"said,omitempty"` // hash of what was last told of it
	Day  ticket.Date `json:"day,omitzero"`   // on which that was first noticed
	Told bool        `json:"told,omitempty"` // in words that are people's now

	// withMarks are the hashes of description and criteria with all of their signs, as pages
	// of earlier versions remember them.
	withMarks [2]string
}

// A Noticed item has changed since people first read of it.
type Noticed struct {
	Key     string      `json:"key"`
	Summary string      `json:"summary"`
	URL     string      `json:"-"`
	Text    string      `json:"text"` // "status “To Do” → “In Progress”; 1 new comment"
	Day     ticket.Date `json:"day"`  // on which it was first noticed
}

// Notice compares the plan's items with what the page remembers of them and
// tells what has changed, the latest first. before is nil for a page that
// remembers nothing yet. taken says that people have made the last account of
// changes theirs: what it told is not told again.
func Notice(before map[string]Facts, p Plan, today ticket.Date, taken bool) (after map[string]Facts, noticed []Noticed) {
	after = map[string]Facts{}
	tell := func(f Facts, n Noticed) {
		f, n.Day = f.noticed(n.Text, today, taken)
		after[n.Key] = f
		if n.Text != "" && !f.Told {
			noticed = append(noticed, n)
		}
	}
	for _, item := range p.Items {
		now := factsOf(item, p.Session)
		f, known := before[item.Issue.Key]
		if !known {
			f = now
			f.Added = before != nil
		}
		f.Gone = false
		tell(f, Noticed{Key: item.Issue.Key, Summary: item.Issue.Summary, URL: item.Issue.URL, Text: f.changes(now, item.Issue)})
	}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		if _, still := after[key]; !still {
			tell(p.left(key, before[key]))
		}
	}
	slices.SortStableFunc(noticed, func(a, b Noticed) int { return b.Day.Compare(a.Day) })
	return after, noticed
}

// noticed is what to remember once text is told of the item, and since when it
// is told.
func (f Facts) noticed(text string, today ticket.Date, taken bool) (Facts, ticket.Date) {
	said := ""
	if text != "" {
		said = hashOf(text)
	}
	switch {
	case text == "":
		f.Said, f.Day, f.Told = "", ticket.Date{}, false
	case said != f.Said:
		f.Said, f.Day, f.Told = said, today, false
	default:
		f.Told = f.Told || taken
	}
	return f, f.Day
}

// left tells why an item is none of the plan any more. It was not read, so that
// nobody knows whether it may still be shown: its summary is told and remembered
// no more. Of one that has got a security level nothing is (P7).
func (p Plan) left(key string, f Facts) (Facts, Noticed) {
	f.Summary, f.Gone = "", true
	n := Noticed{Key: key, Text: "no longer among the items of this session"}
	for _, d := range p.Deferred {
		if d.Key == key {
			n.Summary, n.URL, n.Text = d.Summary, d.URL, "proposed for another session: "+d.Reason
		}
	}
	if slices.Contains(p.Withheld, key) {
		n.Text = "has a security level now and is not shown here"
		f = Facts{Added: f.Added, Gone: true, Said: f.Said, Day: f.Day, Told: f.Told}
	}
	return f, n
}

const (
	longestSummary = 80 // characters that are remembered of a summary
	longestFact    = 40 // and of a status or a priority
	longestNews    = 120
)

// factsOf is an item as its page remembers it. The passage of criteria that syncs of
// its own session wrote is no part of that: it came from the page.
func factsOf(item Item, s ticket.Session) Facts {
	i := item.Issue
	description := outcome.WithoutPassage(i.Description, s, outcome.DescriptionField)
	criteria := outcome.WithoutPassage(i.AcceptanceCriteria, s, outcome.CriteriaField)
	return Facts{
		Summary: beginning(i.Summary, longestSummary), SummaryHash: hashOf(i.Summary),
		Status: beginning(i.Status, longestFact), Priority: beginning(i.Priority, longestFact),
		Description: hashOf(spoken(description)), Criteria: hashOf(spoken(criteria)), withMarks: [2]string{hashOf(description), hashOf(criteria)},
		Comments: i.CommentTotal, Rank: i.Rank, Ready: item.Ready, Bare: item.Bare, Unsure: item.Status() == draft.Unsure, Estimate: estimateOf(i), Unmet: strings.Join(unmet(item.Rules), " "),
	}
}

// Unestimated is how [Facts] remember that an item had no estimate. Pages of earlier
// versions remember nothing of it.
const Unestimated = "-"

func estimateOf(i ticket.Issue) string {
	if i.StoryPoints == nil {
		return Unestimated
	}
	return strconv.FormatFloat(*i.StoryPoints, 'f', -1, 64)
}

// unmet lists the rules that keep an item from being ready.
func unmet(rules ready.Results) (ids []string) {
	for _, r := range rules.Required().In(ready.NotMet) {
		ids = append(ids, r.Rule)
	}
	return ids
}

// spoken is a text without what only marks its entries: a service that writes a text anew
// may write "- [ ] pay" as "* pay".
func spoken(s string) string {
	marks := func(word string) bool { return !strings.ContainsFunc(word, isWord) }
	return strings.Join(slices.DeleteFunc(strings.Fields(s), marks), " ")
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// hashOf identifies a text, white space aside; nothing has no hash.
func hashOf(s string) string {
	words := strings.Fields(s)
	if len(words) == 0 {
		return ""
	}
	sum := sha256.Sum256([]byte(strings.Join(words, " ")))
	return hex.EncodeToString(sum[:4])
}

// changes tells on one line what is not as it was.
func (f Facts) changes(now Facts, i ticket.Issue) string {
	var told []string
	tell := func(text string) {
		if text != "" {
			told = append(told, text)
		}
	}
	if f.Added {
		tell("new in this session")
	}
	if f.SummaryHash == "" {
		return strings.Join(told, "; ") // nothing else is remembered
	}
	tell(f.renamed(now))
	tell(turned("status", f.Status, now.Status))
	tell(turned("priority", f.Priority, now.Priority))
	if f.Description != now.withMarks[0] {
		tell(rewritten("description", f.Description, now.Description))
	}
	if f.Criteria != now.withMarks[1] {
		tell(rewritten("acceptance criteria", f.Criteria, now.Criteria))
	}
	tell(commented(f.Comments, i))
	if f.Ready != now.Ready {
		tell(strings.ToLower(f.status() + " → " + now.status()))
	}
	return strings.Join(told, "; ")
}

// status is what the item was called. Pages of earlier versions remember nothing of criteria.
func (f Facts) status() string {
	i := Item{Ready: f.Ready, Bare: f.Bare}
	if f.Unsure {
		i.Verdict = draft.Unsure
	}
	return i.Status()
}

func (f Facts) renamed(now Facts) string {
	switch {
	case f.SummaryHash == now.SummaryHash:
		return ""
	case f.Summary == "":
		return "summary changed to “" + now.Summary + "”"
	}
	return turned("summary", f.Summary, now.Summary)
}

func turned(what, from, to string) string {
	if from == to {
		return ""
	}
	return fmt.Sprintf("%s %s → %s", what, orNone(from), orNone(to))
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return "“" + s + "”"
}

// rewritten tells of a text that is only remembered by its hash.
func rewritten(what, from, to string) string {
	switch {
	case from == to:
		return ""
	case from == "":
		return what + " added"
	case to == "":
		return what + " removed"
	}
	return what + " changed"
}

// commented tells of new comments, and quotes the newest if it was read.
func commented(before int, i ticket.Issue) string {
	n := i.CommentTotal - before
	switch {
	case n == 0:
		return ""
	case n == -1:
		return "1 comment removed"
	case n < 0:
		return fmt.Sprintf("%d comments removed", -n)
	}
	said := "1 new comment"
	if n > 1 {
		said = fmt.Sprintf("%d new comments", n)
	}
	if read := len(i.Comments); read == i.CommentTotal && read > 0 {
		newest := i.Comments[read-1]
		said += fmt.Sprintf(", the newest by %s: “%s”", cmp.Or(newest.Author.Name, "somebody"), beginning(strings.Join(strings.Fields(newest.Body), " "), longestNews))
	}
	return said
}

// Shorter is less to remember, for a page with little room: first the summaries
// become shorter, then only their hash is left and ranks are forgotten, at last only
// which items there are, whether they were ready, and what was told of them. ok is
// false if there is no less.
func Shorter(facts map[string]Facts, step int) (shorter map[string]Facts, ok bool) {
	shorter = map[string]Facts{}
	for key, f := range facts {
		switch step {
		case 0:
			f.Summary = beginning(f.Summary, longestSummary/4)
		case 1:
			f.Summary, f.Rank = "", ""
		case 2:
			f = Facts{Ready: f.Ready, Bare: f.Bare, Unsure: f.Unsure, Added: f.Added, Gone: f.Gone, Said: f.Said, Day: f.Day, Told: f.Told}
		default:
			return facts, false
		}
		shorter[key] = f
	}
	return shorter, true
}

// beginning is s, or its first characters and a sign that there were more.
func beginning(s string, most int) string {
	r := []rune(s)
	switch {
	case len(r) <= most:
		return s
	case most == 0:
		return ""
	}
	return string(r[:most-1]) + "…"
}
