package confluence

import (
	"strings"

	"refine/confluence/storage"
	"refine/internal/lazyregexp"
	"refine/planner"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// leave hands a line that is no outcome to the part in which it stands, or to what
// stands announced above it, whose lines the next session opens with (P6).
func (r *reader) leave(k kind, p piece) {
	if len(p.text) > 0 && nearest(p.nodes[0], "th") == nil && emptyWords(p.text.String()) == "" {
		if k == retroKind {
			r.followWish(p)
		}
		r.leaveAs(k, p.text)
	}
}

func (r *reader) leaveAs(k kind, text outcome.Text) {
	switch k {
	case parkedKind:
		r.leftOpen(outcome.Carried{Kind: outcome.Parked, Text: text})
	case questionKind:
		r.leaveOpen(text)
	case discussKind:
		r.discuss(text)
	case retroKind:
		r.wish(text)
	case deferredKind:
		r.postpone(text)
	}
}

func (r *reader) leftOpen(c outcome.Carried) {
	if c.Key == "" {
		c.Key = r.item()
	}
	r.out.Left = append(r.out.Left, c)
}

// answerLabel begins an answer, at the beginning of a line or behind its question.
var answerLabel = lazyregexp.New(`(?i)(^|\?\s*)(?:(?:answer(?:ed)?|antwort|réponse|respuesta|risposta|resposta|antwoord|odpowiedź|a)\s*[:：]|→|->|=>|✓|✔)`)

// whoAnswers is a name in front of what it answers, folded.
var whoAnswers = lazyregexp.New(`^(?:\pL+|` + person + `) ?: ?`)

// leaveOpen reads a question that nobody could answer, unless "Answer:" follows it or
// begins the next line, or that says yes or no: "Dana: yes". An outcome below it may be
// the answer to something else.
func (r *reader) leaveOpen(text outcome.Text) {
	said := folded(flat(text))
	switch m := answerLabel.FindStringSubmatch(text.String()); {
	case r.asked > 0 && answer.MatchString(said[len(whoAnswers.FindString(said)):]) && !strings.HasSuffix(said, "?"):
		r.settle()
	case m == nil:
		r.ask(text)
	case m[1] == "":
		r.settle()
	}
}

// ask leaves a question open until it is settled.
func (r *reader) ask(text outcome.Text) {
	r.leftOpen(outcome.Carried{Kind: outcome.OpenQuestion, Text: text})
	r.asked = len(r.out.Left)
}

// settle takes back the question that was asked last.
func (r *reader) settle() {
	if r.asked > 0 && r.asked == len(r.out.Left) {
		r.out.Left = r.out.Left[:r.asked-1]
	}
	r.asked = 0
}

var numbered = lazyregexp.New(`^\d{1,2}[.)]\s+`)

// question notes which ticket the answers below one of the session's questions are
// about: the first that it names.
func (r *reader) question(text outcome.Text) {
	r.about = ""
	if keys := text.Keys(r.browse...); len(keys) > 0 {
		r.about = keys[0]
	}
}

// discuss reads the session's questions: what stands below one, or behind its
// question mark, is its answer.
func (r *reader) discuss(text outcome.Text) {
	s := text.String()
	isNew := numbered.MatchString(s)
	if isNew && strings.Contains(s, "?") { // "14. it is" answers
		r.question(text)
	}
	switch {
	case s == moreQuestions:
	case !isNew:
		r.settle()
	case strings.HasSuffix(strings.TrimRight(s, `”" `), "?"):
		r.ask(cut(text, numbered))
	default:
		r.asked = 0
	}
}

var (
	wishLabel = lazyregexp.New(`(?i)^\PL*(?:(?:what )?to do differently(?: next time)?|do differently|(?:to |what (?:can|could|should) we )?(?:change|improve|try)(?: next time)?|improvements?|areas? for improvement|(?:das )?nächste[sn]? mal(?: anders)?|beim nächsten mal(?: anders)?|anders machen|verbesserungen|(?:à )?faire (?:différemment|autrement)(?: la prochaine fois)?|la prochaine fois|à améliorer|(?:para )?la próxima vez|la prossima volta|(?:para )?a próxima vez|(?:de )?volgende keer(?: anders)?|następnym razem|next time)\s*\??\s*[:：]\s*`)
	// otherLabel begins the answer to another question of the retrospective.
	otherLabel = lazyregexp.New(`(?i)^(?:what (?:worked|went)|worked|went|discussion|time|session|good|keep|was (?:gut )?(?:lief|war)|gut|lief|ce qui|bien)[^:：]*[:：]`)
)

// followWish ends the wishes of a list where it ends: a paragraph below it is none.
func (r *reader) followWish(p piece) {
	listed := entryOf(p) != nil
	switch {
	case wishLabel.MatchString(p.text.String()):
		r.wishesListed = listed
	case r.wishesListed && !listed && p.cell == nil:
		r.wishing = false
	}
}

// wish reads what is to be done differently next time: behind that label, or in
// the lines below it.
func (r *reader) wish(text outcome.Text) {
	switch s := text.String(); {
	case wishLabel.MatchString(s):
		r.wishing = true
		text = cut(text, wishLabel)
	case otherLabel.MatchString(s):
		r.wishing = false
	}
	if r.wishing && len(text) > 0 {
		r.leftOpen(outcome.Carried{Kind: outcome.Wish, Text: text})
	}
}

// postpone reads the items that were put off. Only their keys are carried: what
// they are called is known where it may be known. Epics and items with a
// security level stand there for other reasons.
func (r *reader) postpone(text outcome.Text) {
	s := text.String()
	keys := ticket.IssueKeys(s)
	if len(keys) == 0 || !strings.HasPrefix(s, keys[0]) || strings.HasSuffix(s, withheldItem) || strings.HasSuffix(s, planner.EpicReason+keys[0]) {
		return
	}
	r.leftOpen(outcome.Carried{Kind: outcome.Postponed, Key: keys[0]})
}

// leftBoxes are the outcomes after which an item comes back.
var leftBoxes = map[outcome.Box]outcome.CarriedKind{outcome.BoxAnother: outcome.AnotherTime, outcome.BoxParked: outcome.Parked}

// leaveItem notes an outcome that somebody ticked under an item.
func (r *reader) leaveItem(box outcome.Box) {
	if kind, ok := leftBoxes[box]; ok && r.item() != "" {
		r.leftOpen(outcome.Carried{Kind: kind})
	}
}

// origin is the end of a task that was carried over: a link to the page of the
// session it was written in.
var origin = lazyregexp.New(`^from (\d{4}-\d{2}-\d{2})$`)

// carriedTask reads a task that was carried over to this page. It is the earlier
// session's, not an action item of this one, and stays open until it is ticked.
func (r *reader) carriedTask(text outcome.Text, body []*storage.Node, done bool) bool {
	if len(text) == 0 {
		return false
	}
	last := text[len(text)-1]
	m := origin.FindStringSubmatch(last.Text)
	if m == nil || last.URL == "" {
		return false
	}
	since, err := ticket.ParseDate(m[1])
	if err != nil {
		return false
	}
	due := dueDate(body)
	text = withoutLabels(trim(text[:len(text)-1]), nil, due)
	text = outcome.Entry{Kind: outcome.Action, Text: text, Due: due}.Undated() // of a page that was written before, perhaps
	r.out.Settled = r.out.Settled || done
	if !done && len(text) > 0 {
		r.leftOpen(outcome.Carried{Kind: outcome.Unfinished, Text: text, Owner: firstUser(text), Due: due, Since: since, URL: last.URL})
	}
	return true
}
