package outcome

import (
	"cmp"
	"fmt"
	"strings"
)

// A ReceiptLine says what became of one line of the page: where it was written,
// or the plain reason why not (C5).
type ReceiptLine struct {
	Kind   EntryKind // of the line; empty for what was not read as an entry
	Text   string    // what people typed, quoted
	Issue  string    // the ticket it belongs to; empty if it went nowhere
	URL    string    // of that ticket
	Result string
}

// longestReceipt is how much of a text a receipt repeats, in characters: the
// whole stands on the page already.
const longestReceipt = 200

// Receipt is a sync's account of every line it read. A change that is still
// planned counts as made, so that the account can be known before the writes;
// one that stood on the ticket already reads like one that was just written, so
// that a second sync gives the same account. browse is how the address of an
// issue begins.
func (p SyncPlan) Receipt(browse string) (lines []ReceiptLine) {
	for _, c := range p.Changes {
		for _, line := range c.receipt() {
			line.Issue, line.URL = c.Issue, browse+c.Issue
			lines = append(lines, line)
		}
	}
	for _, u := range p.Unattributed {
		lines = append(lines, ReceiptLine{Text: quoted(u.Text), Result: fmt.Sprintf("Not written (%s): %s", u.Where, brief(u.Reason))})
	}
	for from := 0; from < len(p.Suggestions); {
		s, n := p.Suggestions[from], notesFrom(p.Suggestions[from:])
		text := quoted(s.Text)
		if n > 1 {
			text = theirNotes(p.Suggestions[from : from+n])
		}
		lines = append(lines, ReceiptLine{Text: text, Result: fmt.Sprintf("Not written (%s): %s", s.Where, brief(s.Why()))})
		from += n
	}
	return lines
}

// notesFrom is how many notes of one place the lines begin with, which share a row of
// the receipt; 1 for any other line.
func notesFrom(lines []Suggestion) (n int) {
	for n = 1; n < len(lines) && lines[0].Note && lines[n].Note && lines[n].Where == lines[0].Where && lines[n].Reason == lines[0].Reason; n++ {
	}
	return n
}

// longestNote is how much of one of several notes a receipt repeats, in characters.
const longestNote = 60

// theirNotes are several notes in one row: how many, and how the first ones read.
func theirNotes(notes []Suggestion) string {
	words := make([]string, len(notes))
	for i, s := range notes {
		words[i] = "“" + beginning(strings.Join(strings.Fields(s.Text), " "), longestNote) + "”"
	}
	return brief(fmt.Sprintf("%d notes: %s", len(notes), strings.Join(words, ", ")))
}

// receipt is a change's share of the account. A link is only told when it could
// not be made, a removed line by the comment that keeps it.
func (c Change) receipt() (lines []ReceiptLine) {
	if c.Back {
		return c.notTakenBack()
	}
	if c.Note != nil {
		for _, e := range c.Note.Entries {
			lines = append(lines, ReceiptLine{Kind: e.Kind, Text: e.told(), Result: c.resultOf(e)})
		}
	}
	for _, e := range c.Withheld {
		lines = append(lines, ReceiptLine{Kind: e.Kind, Text: e.told(), Result: "Not written: people deleted the comment that said it"})
	}
	switch {
	case c.Kind == CommentChange && c.Reason != "" && !c.missed():
		lines = append(lines, ReceiptLine{Text: "The comment", Result: brief(c.Reason)})
	case c.Link != nil && c.missed():
		lines = append(lines, ReceiptLine{Text: "The link to this page", Result: "Not written: " + brief(c.Reason)})
	case c.Kind.OfIssue() && (c.missed() || c.Status == Unchanged && c.Reason != ""):
		lines = append(lines, ReceiptLine{Text: issueOf[c.Kind], Result: brief(c.Reason)})
	case c.Set != nil:
		lines = append(lines, ReceiptLine{Text: brief(c.assigns()), Result: c.resultOfSetting()})
	}
	return lines
}

// issueOf names an issue that was made of a line.
var issueOf = map[ChangeKind]string{ActionChange: "The issue of an action item", SplitChange: "The issue of a split story"}

// notTakenBack is what an undo accounts for: what it left.
func (c Change) notTakenBack() []ReceiptLine {
	if !c.missed() {
		return nil
	}
	what := map[ChangeKind]string{CommentChange: "The comment", LinkChange: "The link to this page"}[c.Kind]
	switch {
	case c.Set != nil:
		what = "“" + c.target() + "”"
	case c.Kind.OfIssue():
		what = issueOf[c.Kind] + ", " + c.Target
	}
	return []ReceiptLine{{Text: what, Result: "Not taken back: " + brief(c.Reason)}}
}

// missed reports whether the change was to be made and was not.
func (c Change) missed() bool { return c.Status == Failed || c.Status == Conflict }

// assigns names what is set, for people. It does not say from what: a second sync gives
// the same account.
func (c Change) assigns() string {
	switch {
	case c.Set.Field == RankField && c.Set.Label != "":
		return fmt.Sprintf("“%s” set to %s", c.Set.Field, value(c.Set.Label))
	case c.To == "" && (c.Set.Field == EstimateField || c.Set.Field == RankField): // nobody guesses to which of them
		return fmt.Sprintf("“%s” typed as %s", c.Set.Field, strings.TrimPrefix(c.Detail, string(c.Set.Field)+": "))
	case c.To == "":
		return fmt.Sprintf("“%s” taken off", strings.TrimSpace(string(c.Set.Field)+" "+c.Set.Label))
	}
	return fmt.Sprintf("“%s” set to %s", c.Set.Field, value(c.To))
}

func (c Change) resultOfSetting() string {
	switch {
	case c.missed():
		return "Not written: " + brief(c.Reason)
	case c.Reason != "":
		return "Left alone: " + brief(c.Reason)
	}
	return "Written"
}

func (c Change) resultOf(e Entry) string {
	switch {
	case e.Moved != "":
		return "Moved to " + e.Moved + "; it stays on the ticket as moved"
	case e.Gone && e.Kind == Result:
		return "No longer the outcome; it stays on the ticket"
	case e.Gone:
		return "No longer on the page; it stays on the ticket"
	case c.missed():
		return "Not written: " + brief(c.Reason)
	case e.Kind == Action && e.Issue != "":
		return "Written as an action item, " + e.Issue
	case e.Kind == Action:
		return "Written as an action item"
	case e.Kind == SplitStory && e.Issue != "":
		return "Written as an issue of its own, " + e.Issue
	case e.Kind == Decision:
		return "Written as a decision"
	}
	return "Told on the ticket as " + e.Kind.one()
}

// one is the kind with its article.
func (k EntryKind) one() string {
	switch k {
	case Blocker:
		return "what blocks it"
	case Rank:
		return "its rank"
	}
	if strings.ContainsAny(string(k[:1]), "aeio") {
		return "an " + string(k)
	}
	return "a " + string(k)
}

// told is the entry on one line as the receipt quotes it. It begins with a quote
// so that nobody takes it for an outcome typed anew.
func (e Entry) told() string {
	_, told, _ := strings.Cut(e.describe(), " ")
	return brief(told)
}

func quoted(s string) string { return "“" + brief(s) + "”" }

// brief is s on one line, and only its beginning if it is long.
func brief(s string) string {
	return cmp.Or(beginning(strings.Join(strings.Fields(s), " "), longestReceipt), "(nothing)")
}
