package brief

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"refine/planner/ready"
	"refine/planner/text"
)

// asked finds questions about what a ticket is about that nobody has answered: in
// the ticket's own text, or in its last comments. What only asks for attention,
// for a date or for help with somebody's own work is none, nor is a question that
// is meant as a statement.
func asked(s *set) (found []Doubt) {
	for _, t := range s.all {
		var here []Doubt
		for _, doc := range t.Reading.Texts() {
			if doc.Program || doc.Progress || doc.Comment != nil && !lastWord(t, doc) {
				continue
			}
			if d, ok := questions(t, doc); ok {
				here = append(here, d)
			}
		}
		found = append(found, here...)
	}
	return found
}

// questions are the open ones of one text: the first two are quoted.
func questions(t *Ticket, doc *ready.Text) (Doubt, bool) {
	d := Doubt{Kind: Asked, Weight: 8, Blocks: true, Ask: settles(t)}
	more, listed := 0, newReplies(doc.Raw)
	for said := range sentencesOf(doc) {
		if !opens(said) || answered(t, said, listed) {
			continue
		}
		if len(d.Quotes) == 2 {
			more++
			continue
		}
		d.cite(t, said, [2]int{0, len(said.Sentence.Text)})
	}
	if more > 0 {
		d.Thing = fmt.Sprintf("and %d more", more)
	}
	return d, len(d.Quotes) > 0
}

const leastAsked = 5 // words of a question that says what it asks

var (
	asksOf = regexp.MustCompile(`(?i)^(?:\W*|q\d*[:.)] *|question[:.)] *|tbd[:.)] *|and |but |so |also,? |or |then |now |if so,? |in that case,? |however,? )*(what|which|how|who|whom|whose|where|when|does|do|did|is|are|was|were|should|shall|will|would|must|may|has|have|can|could)\b`)
	marked = regexp.MustCompile(`(?i)^\W*(?:q\d*|question|open question|tbd)[:.)]`)
	// aside is what no team settles at a table: attention, dates, help, wishes and
	// suggestions in the form of a question.
	asksElse = regexp.MustCompile(`(?i)\b(?:i|you|your|you've|u|me|my|thanks?|please|pls|guys|anyone|anybody|someone|somebody|else|news|updates?|progress|eta|traction|planned|any (?:ideas?|thoughts|plans?|chance|hints?|help|way|workaround|luck|objections?|limit)|workaround|these questions|still (?:valid|relevant|an issue|needed|happen\w*)|what if|how about|what about|how come|wrong|possible|reproduc\w*|test[- ]?case|is this (?:fixed|a bug)|fixed|resolved|addressed|merged|released|looked into|being worked)\b|^\W*(?:can|could|would|will|should|shall|may) (?:we|i|this|it|someone|the) (?:please|get|also|have|add|close|move|merge|just|be|not|at least)\b|n't\b|^\W*(?:why|when)\b`)
)

// opens reports whether a sentence asks what the ticket is about.
func opens(s ready.Said) bool {
	q := s.Sentence.Text
	isMarked := marked.MatchString(q)
	switch {
	case !s.Sentence.Asks(), len(strings.Fields(q)) < leastAsked, s.Block.Aside && !isMarked, !asksOf.MatchString(q):
		return false
	case isMarked:
		return !strings.Contains(q, "these questions")
	}
	return !asksElse.MatchString(q) && !s.Sentence.Is(text.Idle) && !(s.Text.Comment != nil && forHelp.MatchString(q)) && !listed(s)
}

// forHelp is what somebody asks in a comment who is stuck.
var forHelp = regexp.MustCompile(`(?i)^\W*is there (?:a|an|any|no) (?:way|reason|alternative|option|method)\b`)

// mostListed is how many questions a list holds that nobody calls a list of
// questions: with more, they are what something is to tell ("how much memory is
// free?").
const mostListed = 3

// listed reports whether a question is an entry of a list of what something is to
// tell.
func listed(s ready.Said) bool {
	if s.Block.Kind != text.Bullet {
		return false
	}
	n, lead := 0, s.Block.Under
	for b := range s.Text.Blocks {
		switch block := &s.Text.Blocks[b]; {
		case block.Kind == text.Bullet && block.Under == s.Block.Under && len(block.Sentences) > 0 && block.Sentences[len(block.Sentences)-1].Asks():
			n++
		case block.Kind == text.Paragraph && n == 0:
			lead = s.Block.Under + " " + block.Text
		}
	}
	return n > mostListed && !callsQuestions.MatchString(lead)
}

var callsQuestions = regexp.MustCompile(`(?i)\b(?:questions?|open|unknowns?|clarify|decide|discuss|fragen|offen)\b`)

// answered reports whether an answer to a question stands behind it: in a list of
// questions and answers, as the next sentence, as the list that it announces, in
// a later comment or in what an earlier session decided.
func answered(t *Ticket, q ready.Said, listed *replies) bool {
	if marked.MatchString(q.Sentence.Text) {
		return listed.to(q.Sentence.Text)
	}
	if next, ok := q.Next(); ok {
		return !next.Asks() && !unsaid.MatchString(next.Text)
	}
	if below := behind(q); below != nil && len(below.Sentences) > 0 {
		first := below.Sentences[0]
		if below.Kind == text.Bullet && q.Block.Kind != text.Bullet && !first.Asks() || answers.MatchString(first.Text) {
			return true
		}
	}
	return takenUp(t, q)
}

var (
	answers = regexp.MustCompile(`(?i)^\W*(?:a\d*[:.)]|answer|yes\b|no\b|->|=>)`)
	unsaid  = regexp.MustCompile(`(?i)^\W*(?:not answered|notanswered|unanswered|tbd|tba|open\b|unknown|unclear|not sure|notsure|no idea|noidea|to ?be ?(?:decided|defined|determined|done)|n/?a\b|$)`)
)

// replies are the answers of a list such as "Q: Who pays? A: (/) The payer", which
// are read from the text as it stands: its lines may be lost.
type replies struct{ rest string }

func newReplies(raw string) *replies { return &replies{text.Fold(raw)} }

// to reports whether an answer stands between a question and the next one. The
// questions have to come in their order.
func (r *replies) to(question string) bool {
	_, rest, found := strings.Cut(r.rest, text.Fold(question))
	if !found {
		return false
	}
	r.rest = rest
	until, _, _ := strings.Cut(rest, "Q:")
	m := replyMark.FindStringIndex(until)
	return m != nil && !unsaid.MatchString(until[m[1]:])
}

var replyMark = regexp.MustCompile(`(?:^|[?.!)])(?:A|Answer):(?:\([/xiy!]\))?`)

// behind is the block after the sentence's own in its text, nil if there is none.
func behind(s ready.Said) *text.Block {
	for n := range s.Text.Blocks {
		if &s.Text.Blocks[n] == s.Block && n+1 < len(s.Text.Blocks) {
			return &s.Text.Blocks[n+1]
		}
	}
	return nil
}

// takenUp reports whether a later comment or a decision speaks of what a question
// asks.
func takenUp(t *Ticket, q ready.Said) bool {
	asked := t.Reading.Language().TermSet(q.Sentence.Text)
	speaks := func(said string) bool {
		shared := 0
		for _, term := range t.Reading.Language().TermSet(said) {
			if _, is := slices.BinarySearch(asked, term); is {
				shared++
			}
		}
		return shared >= 2 || shared >= 1 && shared*2 > len(asked)
	}
	for _, a := range t.Issue.Agreed {
		if slices.ContainsFunc(a.Decisions, speaks) {
			return true
		}
	}
	later := q.Text.Comment == nil
	for _, c := range t.Reading.Comments() {
		if later && !c.Program && (c.Progress || speaks(c.Raw)) {
			return true
		}
		later = later || c == q.Text
	}
	return false
}

// lastWord reports whether nobody but its writer has said anything after a
// comment.
func lastWord(t *Ticket, c *ready.Text) bool {
	for _, o := range t.Reading.Comments() {
		if o.Nth > c.Nth && !o.Program && (o.By() != c.By() || o.By().Name == "") {
			return false
		}
	}
	return true
}
