package ready

import (
	"strings"

	"refine/internal/lazyregexp"
)

// joinKind is what an "and" or "or" joins.
type joinKind int

const (
	noJoin  joinKind = iota
	clauses          // "… and I want …"
	actions          // "add or remove entries"
	things           // "feedback and complaints"
)

// A join is where the means of a story ask for two features in one.
type join struct {
	kind joinKind
	at   span // the joining word, in the story's text
}

// join finds the weightiest place at which the means join what could be asked
// for apart, the first of its kind.
func (s *Story) join() (found join) {
	if !s.Complete() {
		return found
	}
	for _, m := range s.shape.joins.FindAllStringSubmatchIndex(s.Means, -1) {
		before, after := s.Means[:m[0]], s.Means[m[1]:]
		kind := s.shape.kindOf(before, after, m[4] >= 0)
		if kind != noJoin && (found.kind == noJoin || kind < found.kind) {
			found = join{kind, span{s.means.from + m[0], s.means.from + m[1]}}
		}
	}
	return found
}

// kindOf judges what stands before and after a joining word. One feature stays
// one where the word joins conditions, examples, what is ruled out, the two
// sides of one question, two words that describe the same thing or two steps of
// one way.
func (h *storyShape) kindOf(before, after string, or bool) joinKind {
	clause := before[max(0, strings.LastIndexAny(before, ",;:")+1):]
	switch {
	case h.ownClause.MatchString(after):
		return clauses
	case h.examples.MatchString(before), openBracket(before), idiom.MatchString(after),
		or && h.denies.MatchString(clause), or && h.choices.MatchString(clause), h.between.MatchString(clause), h.times.MatchString(clause),
		describe(before, after), h.sequence(before, after), numbers(before, after), couple(before, after):
		return noJoin
	case h.doing(before, after) && !h.relative.MatchString(clause):
		return actions
	}
	return things
}

// openBracket reports whether text ends within brackets or quotation marks.
func openBracket(said string) bool {
	return strings.Count(said, "(") > strings.Count(said, ")") || strings.Count(said, "{") > strings.Count(said, "}") ||
		strings.Count(said, "[") > strings.Count(said, "]") || strings.Count(said, `"`)%2 == 1 || strings.Count(said, "“") > strings.Count(said, "”")
}

// idiom follows an "and" or "or" that names nothing of its own.
var idiom = lazyregexp.New(`(?i)^(?:so (?:on|forth)|vice versa|the like|etc|(?:all |any )?others?\b|more\b|less\b|not\b|therefore\b|thus\b|hence\b|conditions\b|answers\b|cons\b)`)

// sequence reports whether the second action works on what the first has found:
// "analyze the fees and report on them".
func (h *storyShape) sequence(before, after string) bool {
	first, then := actionLead.FindStringSubmatch(before), actionLead.FindStringSubmatch(after)
	return first != nil && then != nil && h.steps.MatchString(first[1]+" "+then[1])
}

var (
	lastWord   = lazyregexp.New(`(\S+)$`)
	nextWords  = lazyregexp.New(`^(\S+)(?: +([\pL-]+))?`)
	describing = lazyregexp.New(`(?i)(?:ly|able|ible|ful|less|ous|ive|al|ic|ed|est|ar|ory)$`)
	plainly    = wordSet(`easy simple fast quick slow clear safe secure new old big small large short long good bad better faster easier
simpler safer clean current former past future upcoming previous next open closed internal external different same early late accurate
complete correct consistent private common separate first second last high low strong weak light dark free paid minimum maximum medium`)
	joiningWord = wordSet(`of in on at by with from to for that which who when if is are and or`)
	numeral     = lazyregexp.New(`(?i)^(?:\d[\d.,%]*|\pL|zero|one|two|three|four|five|several|multiple|many|more|less|fewer)$`)
)

// describe reports whether both words describe one thing that follows or went
// before: "sensible and predictable addresses", "quickly and safely".
func describe(before, after string) bool {
	left, right := lastWord.FindString(before), nextWords.FindStringSubmatch(after)
	if right == nil || !describes(left) || !describes(right[1]) {
		return false
	}
	adverbs := strings.HasSuffix(left, "ly") && strings.HasSuffix(strings.TrimRight(right[1], ".,;"), "ly")
	return adverbs || right[2] != "" && !joiningWord()[strings.ToLower(right[2])]
}

func describes(word string) bool {
	word = strings.ToLower(strings.Trim(word, ".,;"))
	return plainly()[word] || len(word) > 4 && describing.MatchString(word)
}

// numbers reports whether a number and a number are joined: "one or more".
func numbers(before, after string) bool {
	right := nextWords.FindStringSubmatch(after)
	return right != nil && numeral.MatchString(lastWord.FindString(before)) && numeral.MatchString(strings.Trim(right[1], ".,;"))
}

// couples are two words that people use for one thing.
var couples = wordSet(`date/time day/night friend/family term/condition name/password user/password username/password email/password
name/address pro/con question/answer forward/backward back/forth research/development drag/drop copy/paste cut/paste trial/error
search/replace point/click any/all black/white audio/video start/end begin/end`)

// couple reports whether the joined words are one thing to those who use them.
func couple(before, after string) bool {
	right := nextWords.FindStringSubmatch(after)
	return right != nil && couples()[single(lastWord.FindString(before))+"/"+single(right[1])]
}

func single(word string) string {
	return strings.TrimRight(strings.TrimRight(strings.ToLower(word), ".,;"), "s")
}

var (
	ofAction   = wordSet(`a an the my our your his her its their this that these those any all each every some it them me us him which what how who where when if whether`)
	actionLead = lazyregexp.New(`(?i)^(?:then |also |to |be able to |\pL+ly )*(?:not )?(\pL+)(?:[ /]+(\pL+))?`)
)

// doing reports whether an action begins after the joining word, so that two of
// them are joined.
func (h *storyShape) doing(before, after string) bool {
	m := actionLead.FindStringSubmatch(after)
	if m == nil || !actionVerbs()[strings.ToLower(m[1])] {
		return false
	}
	left := lastWord.FindString(before)
	if actionVerbs()[strings.ToLower(nextWords.FindString(before))] && len(strings.Fields(before)) == 1 {
		return true
	}
	return ofAction()[strings.ToLower(m[2])] || actionVerbs()[strings.ToLower(left)] || !nounsToo()[strings.ToLower(m[1])]
}

// actionVerbs are what people want to do with software.
var actionVerbs = wordSet(`accept access add adjust allow analyse analyze annotate apply approve archive assign attach attend avoid
be begin block book branch browse buy calculate call cancel capture change charge check choose clear click close collect comment communicate compare
complete configure confirm connect contact control convert convey copy create customise customize cut deal decide define delete deploy describe
design determine develop disable discover discuss display do download drag drop edit email enable ensure enter estimate exclude execute
expect explore export extract fill filter find fix follow gain generate get give grant group handle have help hide highlight identify import
improve include inform inject insert install interact invite join keep know learn leave limit link list listen locate lock log maintain make
manage map mark match measure merge migrate modify monitor move navigate notify obtain offer open order organise organize override own pass pay
perform pick plan post prepare present preserve press prevent print prioritise prioritize process promote provide publish pull purchase push
put query rate reach read receive record recover redirect reduce refer register reject release reload remember remove rename render reply
report request reserve reset resolve respond restore restrict retain retrieve return review rotate run save scan schedule scroll search see
select sell send separate set share show sign skip sort specify start stop store submit subscribe switch sync synchronise synchronize tag
take tell test track train transfer trigger try turn understand undo unsubscribe update upgrade upload use validate verify view visit watch
withdraw work write zoom`)

// nounsToo are those of them that name things as often: they act only before
// what they act on.
var nounsToo = wordSet(`access branch call change check comment contact control copy design display download drop email estimate export filter
fix group help import limit link list lock log map mark match measure offer order pass plan post present press print process query rate record
release report request reset return review run scan schedule search set share show sign sort start stop store switch tag test track train
transfer trigger turn update upgrade upload use view visit watch work charge click cut drag edit highlight join move read reply`)
