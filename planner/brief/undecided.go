package brief

import (
	"refine/internal/lazyregexp"
	"refine/planner/ready"
	"refine/planner/text"
)

// undecided finds where a ticket holds a place for what is not decided ("TBD", "still to
// be determined"). What it leaves undecided in more words is told by the rules of
// readiness, see judged.go.
//
// Eleven more expressions stood here ("not sure whether", "there are two approaches"): on
// 504 issues of 167 other projects 11 of 27 were right, and without them 15 of 453 doubts
// in all trackers at hand were missing.
func undecided(s *set) (found []Doubt) {
	for _, t := range s.all {
		later := &talk{ticket: t}
		for said := range t.Reading.Sentences() {
			if said.Text.Progress || said.Block.Aside || said.Block.Kind == text.Heading || said.Sentence.Asks() || !s.lastWord(t, said.Text) || !mayHold(said.Sentence.Text) {
				continue
			}
			m := placeholder.FindStringIndex(said.Sentence.Text)
			if m == nil || notOpen.MatchString(said.Sentence.Text) || settled(said, m[1]) || later.speaksOf(said) {
				continue
			}
			d := Doubt{Kind: Undecided, Weight: 8, Blocks: true, Ask: settles(t)}
			if stub(said.Sentence.Text) { // "TBD" alone says nothing without its heading
				if d.Thing = said.Block.Under; d.Thing == "" || len(t.Criteria) == 0 && text.NamesCriteria(d.Thing) {
					continue
				}
			}
			if d.cite(t, said, [2]int(m)) {
				found = append(found, d)
			}
		}
	}
	return found
}

var placeholder = lazyregexp.New(`\b(?:TBD|TBC|tbd|t\.b\.d\.)(?:\W|$)|^\W*(?:TODO|NOTE: Incomplete)\W*$|` +
	`(?i:(?:^|[:(-] ?|\b(?:still|needs?|has|have|is|are|remains?|yet) )to be (?:decided|determined|defined|confirmed|clarified|agreed)(?: later| on| upon)?(?:[^\w ]|$| with | whether | if | how | what | which ))`)

// mayHold looks for what each placeholder has one of.
var mayHold = holds("be ", "BE ", "Be ", "TB", "tb", "t.b", "TODO", "NOTE")

// notOpen is what such words say of somebody else, of the past or of the
// tracker itself.
var notOpen = lazyregexp.New(`(?i)\b(?:was|were) not (?:sure|clear)|\bi edited\b|^\W*as an? \b|\b(?:user|users|developer|developers|customer|customers|admins?) (?:\w+ )?(?:don't|do not|does not|are not|is not|need to|have to|needs to)|\b(?:issue type|jira|(?:right|correct) (?:place|issue|project|ticket|forum)|where to (?:post|report|file)|to publish|(?:unable|not able|cannot|can't) (?:to )?reproduce)\b`)

// settled reports whether what follows in the sentence, or the next one, tells
// what was decided.
func settled(s ready.Said, from int) bool {
	if decided.MatchString(s.Sentence.Text[from:]) {
		return true
	}
	next, ok := s.Next()
	return ok && decided.MatchString(next.Text)
}

var decided = lazyregexp.New(`(?i)\b(?:per (?:the |our )?discussion|as discussed|(?:was|were|been|we|has) (?:\w+ )?(?:decided|agreed)|it turns out|turned out|we(?:'ll| will) (?:just |now )?(?:go with|use|do|have)|not included|update:|edit:|answer:)\b`)
