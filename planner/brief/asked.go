package brief

import (
	"fmt"
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/ready"
	"refine/planner/text"
)

// asked finds questions about what a ticket is about that nobody has answered: in
// the ticket's own text, or in its last comments. What only asks for attention,
// for a date or for help with somebody's own work is none, nor is a question that
// is meant as a statement.
//
// On unseen tickets (CONN, ALOY, DAEMON, HADOOP, MDL, STUDIO, MOD, half of TIMOB) 27
// of 33 were right at first sight; what was wrong were help for oneself, attention,
// and lists of what something is to tell, which are left out now: 25 of 26 on the
// same tickets. On 304 issues of 120 other projects, closed ones that somebody else
// judged, 17 to 20 of 29: templates, time lines, fragments of what users write.
func asked(s *set) (found []Doubt) {
	for _, t := range s.all {
		later := &talk{ticket: t}
		for _, doc := range t.Reading.Texts() {
			if doc.Program || doc.Progress || !s.lastWord(t, doc) {
				continue
			}
			if d, ok := questions(t, doc, later); ok {
				found = append(found, d)
			}
		}
	}
	return found
}

// How many questions of one text are looked at, and how many open ones counted.
const (
	mostLooked = 200
	mostOpen   = 20
)

// questions are the open ones of one text: the first two are quoted.
func questions(t *Ticket, doc *ready.Text, later *talk) (Doubt, bool) {
	d := Doubt{Kind: Asked, Weight: 8, Blocks: true, Ask: settles(t)}
	open, looked, listed := 0, 0, listsIn(doc)
	var answers *replies
	for n := range doc.Blocks {
		for m := range doc.Blocks[n].Sentences {
			q := question{ready.Said{Sentence: doc.Blocks[n].Sentences[m], Text: doc, Block: &doc.Blocks[n], Nth: m}, n}
			if !(q.asks() && !listed.tells(q)) && !q.leaves(listed) {
				continue
			}
			if answers == nil {
				answers = newReplies(doc.Raw)
			}
			if looked++; looked > mostLooked || open == mostOpen || q.answered(answers) || later.takesUp(q.Said) {
				continue
			}
			if open < 2 {
				d.ask(t, q)
			}
			open++
		}
	}
	if more := open - 2; more > 0 {
		d.Thing = fmt.Sprintf("and %d more", more)
	}
	return d, len(d.Quotes) > 0
}

// ask quotes a question, and before it the sentence that its pronoun leans on.
func (d *Doubt) ask(t *Ticket, q question) {
	if len(d.Quotes) == 2 {
		return
	}
	if q.leans() {
		before := q.Said
		before.Nth--
		before.Sentence = q.Block.Sentences[before.Nth]
		if len(d.Quotes) > 0 || !d.cite(t, before, [2]int{0, 1}) {
			return
		}
	}
	d.cite(t, q.Said, [2]int{len(q.Sentence.Text) - 1, len(q.Sentence.Text)}) // it ends with what is asked
}

// A question is a sentence that may ask, and its block's place in the text.
type question struct {
	ready.Said
	block int
}

const (
	leastAsked  = 5 // words of a question that says what it asks
	leastLeans  = 3 // of one that the sentence before it explains
	mostLeaning = 7 // up to which a question has no room to name what its pronoun stands for
)

var (
	// asking begins a question, behind words that only join it to what was said.
	asking = lazyregexp.New(`(?i)^(?:\W*|q\d*[:.)] *|question[:.)] *|(?:tbd|todo)[:.)] *|and |but |so |also,? |or |then |now |if so,? |in that case,? |however,? |what's |[^?]{0,60}(?: - |: ))*(?:what|what's|which|how|who|whom|whose|where|when|does|do|did|is|are|was|were|should|shall|will|would|must|may|has|have|can|could)\b`)
	marked = lazyregexp.New(`(?i)^\W*(?:q\d*|question|open question|tbd|todo)[:.)]`)
	// asideOf is what no team settles at a table: attention, dates, help, wishes and
	// suggestions in the form of a question.
	asideOf = lazyregexp.New(`(?i)\b(?:i|you|your|you've|u|me|my|thanks?|please|pls|guys|anyone|anybody|someone|somebody|else|news|updates?|progress|eta|traction|planned|any (?:ideas?|thoughts|plans?|chance|hints?|help|way|workaround|luck|objections?|limit|preferences?|estimates?)|time ?-?(?:line|frame)|workaround|still (?:valid|relevant|an issue|needed|happen\w*)|what if|how about|what about|how come|wrong|possible|reproduc\w*|test[- ]?case|(?:test|verify|validate) (?:this|it)|is this (?:fixed|a bug)|fixed|resolved|addressed|merged|released|looked into|being worked)\b|^\W*(?:can|could|would|will|should|shall|may) (?:we|i|this|it|someone|the) (?:please|get|also|have|add|close|move|merge|just|be|not|at least)\b|n't\b|^\W*(?:why|when)\b`)
	// forHelp is what somebody asks in a comment who is stuck.
	forHelp = lazyregexp.New(`(?i)^\W*is there (?:a|an|any|no) (?:way|reason|alternative|option|method)\b`)
)

// asks reports whether a sentence asks what the ticket is about.
func (q question) asks() bool {
	s := q.Sentence.Text
	if !q.Sentence.Asks() {
		return false
	}
	words := len(strings.Fields(s))
	if words < leastAsked && !(q.leans() && words > leastLeans) || !asking.MatchString(s) {
		return false
	}
	if strings.Contains(s, "these questions") {
		return false // they stand elsewhere
	}
	if q.marked() {
		return true
	}
	return !q.Block.Aside && !asideOf.MatchString(s) && !q.Sentence.Is(text.Idle) && !(q.Text.Comment != nil && forHelp.MatchString(s))
}

// leaves reports whether a sentence of the description ends with a question mark
// and is meant so: whatever its form, unless somebody asks for help or means a
// statement. In a list of what something is to tell only what proposes is one.
//
// Of all real tickets 13 such sentences were not found before: 12 were open. In
// lists, 6 of 6.
func (q question) leaves(all lists) bool {
	s := q.Sentence.Text
	if q.Text.Where != ready.Description || !q.Sentence.Asks() || q.Block.Aside || q.Block.Kind == text.Heading || len(strings.Fields(s)) < leastAsked {
		return false
	}
	if q.marked() || q.Sentence.Is(text.Idle) || helpless.MatchString(s) {
		return false
	}
	return !all.tells(q) || !asking.MatchString(s) || strings.Contains(s, " - ")
}

// helpless are those who ask for help, for attention, or for what they state.
var helpless = lazyregexp.New(`\bI\b|(?i)\b(?:you|your|you've|u|me|my|thanks?|please|pls|guys|anyone|anybody|someone|somebody|any (?:news|updates?|ideas?|thoughts|plans?|chance|hints?|help|way|workaround|luck|objections?)|need)\b|n't\b|^\W*(?:could|can|would) (?:we|this|it|the)\b|^\W*why\b|being|planned|eta\b`)

// leans reports whether a short question needs the sentence before it to be
// understood: "Which one is it?"
func (q question) leans() bool {
	return q.Nth > 0 && len(strings.Fields(q.Sentence.Text)) <= mostLeaning && leaning.MatchString(q.Sentence.Text)
}

var leaning = lazyregexp.New(`(?i)\b(?:which one|is (?:it|this|that)|does (?:it|this|that)|are (?:they|these|those)|do (?:they|these|those))\b|\b(?:it|this|that|them|they|one)\W*$`)

// marked reports whether the ticket itself calls the sentence a question.
func (q question) marked() bool { return marked.MatchString(q.Sentence.Text) }

// A list is the questions that stand as entries under one heading.
type list struct {
	questions int
	called    bool // what leads to it calls them questions
}

type lists map[string]*list

// mostListed is how many questions a list holds that nobody calls a list of
// questions: with more, they are what something is to tell ("how much memory is
// free?").
const mostListed = 1

var callsQuestions = lazyregexp.New(`(?i)\b(?:questions?|open|unknowns?|clarify|decide|discuss|fragen|offen)\b`)

func listsIn(doc *ready.Text) lists {
	var all lists // of most texts there are none
	lead := ""
	for n := range doc.Blocks {
		switch b := &doc.Blocks[n]; {
		case b.Kind != text.Bullet:
			lead = b.Text
		case len(b.Sentences) > 0 && b.Sentences[len(b.Sentences)-1].Asks():
			l := all[b.Under]
			if l == nil {
				if all == nil {
					all = lists{}
				}
				l = &list{called: callsQuestions.MatchString(b.Under) || callsQuestions.MatchString(lead)}
				all[b.Under] = l
			}
			l.questions++
		}
	}
	return all
}

// tells reports whether a question is an entry of a list of what something is to
// tell.
func (all lists) tells(q question) bool {
	if q.Block.Kind != text.Bullet {
		return false
	}
	l := all[q.Block.Under]
	return l != nil && l.questions > mostListed && !l.called
}

// answered reports whether an answer stands behind the question: in a list of
// questions and answers, as the next sentence, or as the list that it announces.
func (q question) answered(listed *replies) bool {
	if q.marked() {
		return listed.to(q.Sentence.Text)
	}
	if next, ok := q.Next(); ok && !explains.MatchString(next.Text) {
		return !next.Asks() && !unsaid.MatchString(next.Text) && !next.Is(text.Evasion)
	}
	if q.block+1 == len(q.Text.Blocks) || len(q.Text.Blocks[q.block+1].Sentences) == 0 {
		return false
	}
	below := q.Text.Blocks[q.block+1]
	return below.Kind == text.Bullet && q.Block.Kind != text.Bullet && !below.Sentences[0].Asks() || answers.MatchString(below.Sentences[0].Text)
}

var (
	// explains stands in brackets behind a question, and answers nothing.
	explains = lazyregexp.New(`^\((?:like|e\.g\.|such as|i\.e\.) `)
	answers  = lazyregexp.New(`(?i)^\W*(?:a\d*[:.)]|answer|yes\b|no\b|i (?:think|believe|guess)\b|it (?:looks|seems)\b|because\b|->|=>)`)
	unsaid   = lazyregexp.New(`(?i)^\W*(?:not answered|notanswered|unanswered|tbd|tba|open\b|unknown|unclear|not sure|notsure|no idea|noidea|nobody|no one|to ?be ?(?:decided|defined|determined|done)|n/?a\b|$)`)
)

// replies are the answers of a list such as "Q: Who pays? A: (/) The payer", which
// are read from the text as it stands: its lines may be lost.
type replies struct {
	rest   string // folded, see [text.Fold]
	misses int
}

func newReplies(raw string) *replies { return &replies{rest: text.Fold(raw)} }

const (
	mostMisses = 8   // questions that may not be found before the text is given up
	replyIn    = 400 // bytes within which a reply begins
)

// to reports whether an answer stands between a question and the next one. The
// questions have to come in their order.
func (r *replies) to(question string) bool {
	if r.misses == mostMisses {
		return true // nothing is called open that was not looked at
	}
	_, rest, found := strings.Cut(r.rest, text.Fold(question))
	if !found {
		r.misses++
		return true
	}
	r.rest = rest
	until, _, _ := strings.Cut(rest[:min(len(rest), replyIn)], "Q:")
	m := replyMark.FindStringIndex(until)
	return m != nil && !unsaid.MatchString(until[m[1]:]) && !strings.HasSuffix(until, "?") // "(x) We can't, should we?"
}

var replyMark = lazyregexp.New(`(?:^|[?.!)])(?:A|Answer):(?:\([/xiy!]\))?`)

// A talk is what was said after a text of a ticket: its comments, by the terms
// that they use, and what earlier sessions decided.
type talk struct {
	ticket *Ticket
	by     map[string][]int // places of what was said, by its terms; nil before it is needed
	last   int              // the place of the last comment about progress
}

// decidedAt is the place of what a session decided, which comes after all.
const decidedAt = 1 << 30

// takesUp reports whether a later comment or a decision speaks of what a question asks, or
// tells that the work is done.
func (k *talk) takesUp(q ready.Said) bool {
	k.read()
	return k.last > placeOf(q) || k.speaksOf(q)
}

// speaksOf reports whether a later comment or a decision speaks of what a sentence leaves
// open.
func (k *talk) speaksOf(said ready.Said) bool {
	k.read()
	from := placeOf(said)
	asked := k.ticket.Reading.Language().TermSet(said.Sentence.Text)
	shared := map[int]int{}
	for _, term := range asked {
		places := k.by[term]
		first, _ := slices.BinarySearch(places, from+1)
		for _, at := range places[first:] {
			if shared[at]++; shared[at] >= 2 || 2 > len(asked) {
				return true
			}
		}
	}
	return false
}

// decided reports whether an earlier session decided something that speaks of a sentence.
func (k *talk) decided(said ready.Said) bool {
	k.read()
	shared := 0
	for _, term := range k.ticket.Reading.Language().TermSet(said.Sentence.Text) {
		if places := k.by[term]; len(places) > 0 && places[len(places)-1] == decidedAt {
			shared++
		}
	}
	return shared >= 2
}

// placeOf is the place of the comment that a sentence stands in, -1 in the ticket's own
// texts.
func placeOf(said ready.Said) int {
	if said.Text.Comment == nil {
		return -1
	}
	return said.Text.Nth
}

func (k *talk) read() {
	if k.by != nil {
		return
	}
	k.by, k.last = map[string][]int{}, -1
	lang := k.ticket.Reading.Language()
	note := func(at int, said string) {
		for _, term := range lang.TermSet(said) {
			if places := k.by[term]; len(places) == 0 || places[len(places)-1] != at {
				k.by[term] = append(places, at)
			}
		}
	}
	for _, c := range k.ticket.Reading.Texts() {
		if c.Comment == nil || c.Program {
			continue
		}
		if c.Progress {
			k.last = c.Nth
		}
		note(c.Nth, c.Raw)
	}
	if end, _, ok := ended(k.ticket); ok {
		k.last = end.Text.Nth
	}
	for _, a := range k.ticket.Issue.Agreed {
		for _, d := range a.Decisions {
			note(decidedAt, d)
		}
	}
}
