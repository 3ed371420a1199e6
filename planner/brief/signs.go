package brief

import (
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// literalSigns are words by which a ticket itself says that something is open, that
// the finders of the kinds do not know, and signKinds what kind of doubt each is.
var (
	literalSigns = lazyregexp.NewSet(
		`(?i)\b(?:needs? to (?:be )?investigated?|to be (?:discussed|decided|determined|clarified|investigated))\b`,
		`(?i)\b(?:as soon as (?:it is )?available\b|(?:blocked by|depends (?:up)?on|depends from|waits for) \W?[A-Z][A-Z0-9]+-\d+)`,
		`(?i)\b(?:some input on|any (?:recommendation|suggestion|advice|input)s? .*appreciated|any thoughts\W*$)`,
	)
	signKinds = []Kind{Undecided, Waits, Asked}
)

// signs finds what a ticket says is open in so many words, of a kind of which nothing
// was found in it: in its own text, or in the last comments by one person.
//
// On the projects that the list was made from (ALOY, TIMOB, HADOOP, CONN) 8 of 9 were
// right; on others hits are few, and none was wrong. "Not sure" in a comment, "will be available" and requests
// with "you" were right less often and are left out.
func signs(s *set, told []Doubt) (found []Doubt) {
	type about struct {
		key  string
		kind Kind
	}
	has := map[about]bool{}
	for _, d := range told {
		for _, key := range d.Keys {
			has[about{key, d.Kind}] = true
		}
	}
	for _, t := range s.all {
		last := lastSaid(t)
		for said := range t.Reading.Sentences() {
			if said.Text.Where == ready.Summary || said.Block.Kind == text.Heading || said.Text.Comment != nil && said.Text.Nth < last {
				continue
			}
			kind, at := signIn(said)
			if kind == "" || has[about{t.Issue.Key, kind}] || said.Block.Aside && kind != Asked || len(strings.Fields(said.Sentence.Text)) < leastAsked || notOpen.MatchString(said.Sentence.Text) || s.tied(t, said.Sentence.Text, kind) {
				continue
			}
			d := Doubt{Kind: kind, Weight: 7, Blocks: true, Ask: settles(t)}
			if d.cite(t, said, at) {
				found, has[about{t.Issue.Key, kind}] = append(found, d), true
			}
		}
	}
	return found
}

// signIn is the kind of the first sign in a sentence, and its bytes. What a last comment
// asks is one.
func signIn(said ready.Said) (Kind, [2]int) {
	if n, m := literalSigns.Find(said.Sentence.Text); m != nil {
		return signKinds[n], [2]int(m)
	}
	if s := said.Sentence; said.Text.Comment != nil && ends(said) && s.Asks() && !helpless.MatchString(s.Text) && !favour.MatchString(s.Text) && len(strings.Fields(s.Text)) >= leastAsked {
		return Asked, [2]int{len(s.Text) - 1, len(s.Text)}
	}
	return "", [2]int{}
}

// favour is what is asked of somebody, or about the tracker, in the form of a question.
var favour = lazyregexp.New(`(?i)\b(?:closed?|fixversion|test this|provide|estimates?|expect|reproduc\w*|how about|what about|what if)\b|^\W*(?:but )?wh(?:en|y)\b`)

// lastSaid is the place of the first of the last comments that speak of the ticket, all
// by one person: behind and between them come those of programs, and what was done.
func lastSaid(t *Ticket) int {
	first, by := decidedAt, ""
	for _, c := range slices.Backward(t.Reading.Comments()) {
		if c.Program || c.Progress {
			continue
		}
		if first < decidedAt && (by == "" || c.By().Name != by) {
			break
		}
		first, by = c.Nth, c.By().Name
	}
	return first
}

// ends reports whether a sentence is the last one of its text.
func ends(said ready.Said) bool {
	blocks := said.Text.Blocks
	return said.Block == &blocks[len(blocks)-1] && said.Nth == len(said.Block.Sentences)-1
}

// tied reports whether an issue that a wait names is linked, or done.
func (s *set) tied(t *Ticket, said string, kind Kind) bool {
	return kind == Waits && slices.ContainsFunc(ticket.IssueKeys(said), func(key string) bool {
		return neighbours(t.Issue, s.Epic)[key] || s.reference(key).Done
	})
}
