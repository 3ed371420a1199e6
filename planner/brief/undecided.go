package brief

import (
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/ready"
	"refine/planner/text"
)

// undecided finds what a ticket leaves undecided in so many words: "TBD", "not
// sure whether", "need to decide how".
//
// On unseen tickets (as in asked.go) 35 of 45 were right at first sight; what was
// wrong were things that users or programs do not know, where to report, and what
// the next words settle, which are left out now: 35 of 38 on the same tickets. In brackets
// ("(scaled by size?)", "(or copy it)") 14 of 15 in all descriptions.
func undecided(s *set) (found []Doubt) {
	for _, t := range s.all {
		for said := range t.Reading.Sentences() {
			if said.Text.Progress || said.Block.Aside || said.Sentence.Asks() || !s.lastWord(t, said.Text) {
				continue
			}
			_, m := open.Find(said.Sentence.Text) // the first by the order of these
			if m == nil && said.Text.Comment == nil && strings.IndexByte(said.Sentence.Text, '(') >= 0 {
				m = aside.FindStringIndex(said.Sentence.Text)
			}
			if m == nil || notOpen.MatchString(said.Sentence.Text) || settled(said, m[1]) {
				continue
			}
			d := Doubt{Kind: Undecided, Weight: 8, Blocks: true, Ask: settles(t)}
			if stub(said.Sentence.Text) { // "TBD" alone says nothing without its heading
				if d.Thing = said.Block.Under; d.Thing == "" {
					continue
				}
			}
			if said.Block.Kind != text.Heading && d.cite(t, said, [2]int(m)) {
				found = append(found, d)
			}
		}
	}
	return found
}

// open is how people say that something is not decided. What a program does not
// know, and what its users do not, is no such thing.
var open = lazyregexp.NewSet(
	`\b(?:TBD|TBC|tbd|t\.b\.d\.)(?:\W|$)|^\W*(?:TODO|NOTE: Incomplete)\W*$`,
	`[^-?]\?\?+\W`,
	`(?i)(?:^|[:(-] ?|\b(?:still|needs?|has|have|is|are|remains?|yet) )to be (?:decided|determined|defined|confirmed|clarified|agreed)(?: later| on| upon)?(?:[^\w ]|$| with | whether | if | how | what | which )`,
	`(?i)\b(?:not (?:yet |really |quite |entirely |100% )?(?:sure|certain|clear|decided)(?: yet)?,? (?:exactly )?(?:if|whether|how|what|which|where|who)|not (?:yet )?decided|undecided|unsure (?:if|whether|how|what|which|about))\b`,
	`(?i)\b(?:(?:still|yet) unclear|unclear (?:if|whether|how) (?:we|to))\b`,
	`(?i)\b(?:we|i|also|still|will|^)(?: will| still| also)? ?needs? to (?:first )?(?:decide|determine|define|figure out|find out|clarify|agree|work out|settle|discuss|investigate) (?:on |upon |about )?(?:if|whether|how|what|which|where|who)\b`,
	`(?i)\b(?:i|we|you)(?:'d| would|'ll| will)? (?:still )?(?:have|need) to (?:research|investigate|look into) (?:this |that |it |the \w+ )?(?:further|more|first)\b`,
	`(?i)\bthere are (?:at least |basically )?(?:two|three|several|a few|a couple of|multiple) (?:possible |potential |different )?(?:approaches|options|alternatives|possibilities|ways to (?:do|solve|fix|handle))\b`,
	`(?i)\b(?:(?:investigation|research|discussion|analysis) (?:still )?(?:needs|has) to be done|needs? (?:to be )?(?:further|more|some) (?:investigation|research|discussion|analysis|thought|refinement|refining))\b`,
	`(?i)\bthe question (?:here |now |then )?is (?:how|what|whether|which|who|if)\b`,
	`(?i)\bshould (?:probably|perhaps|maybe|possibly) (?:also )?consider\b`,
	`(?i)\b(?:(?:don't|do not) (?:yet )?know (?:yet )?(?:if|whether|which|how (?:we|this|it)|what the)|no idea (?:if|whether|how|what|which))\b`,
	`(?i)\(or (?:maybe|perhaps|possibly) `,
)

// aside is how the text of a ticket, though no comment, says so in brackets: a question,
// another way to do it.
var aside = lazyregexp.New(`\(or (?:even |just |simply )?(?:try|use|copy|cheat|make|do|add|put|keep|move|let|set|create|write|remove|drop|skip|show)\b[^()]*\)|` +
	`\([^()?,]*\w{3}[^()?,]*\?\)`)

// notOpen is what the same words say of somebody else, of the past or of the
// tracker itself.
var notOpen = lazyregexp.New(`(?i)\b(?:was|were) not (?:sure|clear)|^\W*as an? \b|\b(?:user|users|developer|developers|customer|customers|admins?) (?:\w+ )?(?:don't|do not|does not|are not|is not|need to|have to|needs to)|\b(?:issue type|jira|(?:right|correct) (?:place|issue|project|ticket|forum)|where to (?:post|report|file)|to publish|(?:unable|not able|cannot|can't) (?:to )?reproduce)\b`)

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
