package brief

import (
	"refine/internal/lazyregexp"
	"refine/planner/text"
)

// waiting finds tickets that say that they wait, and for what: "wait till the 2.0
// release", "pending the approval of".
//
// 5 of 5 right on unseen tickets (as in asked.go); on closed issues of other projects 3
// of 9, since later comments had overtaken it: what they end is left out, and of comments
// only the last one counts. On open ones of still others 4 of 5.
func waiting(s *set) (found []Doubt) {
	for _, t := range s.all {
		later := &talk{ticket: t}
		for said := range t.Reading.Sentences() {
			if said.Text.Program || said.Block.Aside || said.Block.Kind == text.Heading || said.Sentence.Asks() || said.Text.Comment != nil && said.Text != lastComment(t) {
				continue
			}
			m := stalled.Leftmost(said.Sentence.Text)
			if m == nil || later.ends(said) {
				continue
			}
			d := Doubt{Kind: Waits, Weight: 7, Blocks: true, Ask: settles(t)}
			if d.cite(t, said, [2]int(m)) {
				found = append(found, d)
			}
		}
	}
	return found
}

// stalled is how people say that work on a ticket has to wait; that a program
// waits or a module depends on another is no such thing.
var stalled = lazyregexp.NewSet(
	`(?i)^\W*(?:deferr(?:ing|ed)|postpon(?:ing|ed)|on hold|holding off|waiting|awaiting|pending|blocked)\b.*\b(?:until|till|for|on|by|the)\b`,
	`(?i)\b(?:we|we'll|we're|let's|it's|it is|best|better)(?: \w+){0,2} (?:to )?(?:wait|hold off|postpone|defer)(?: \w+)? (?:till|until|for|on)\b`,
	`(?i)\bpending (?:the |a |an |on |upon )?(?:\w+ )?(?:release|approval|decision|review|feedback|answer|outcome|confirmation|sign-off|discussion|response)\b`,
	`(?i)^\W*depends (?:up)?on\b`,
	`(?i)\b(?:is|are|be|put|placed|currently|now) on hold\b`,
	`(?i)^\W*(?:this|it|(?:this |the )?(?:ticket|issue|story|task|epic|work))(?: \w+)? (?:depends on|is blocked by|is dependent on|is waiting for|waits for|cannot start|can't start|can not start|cannot be (?:done|started)|can't be (?:done|started))\b`,
	`(?i)\b(?:need|needs|have|has) to (?:be )?(?:re)?(?:check|test|verif\w+)(?:ed)? (?:\w+ )?in (?:the )?next (?:beta|release|version|build)\b`,
	`(?i)\b(?:depends on|dependency|dependencies|blocked by): `,
)
