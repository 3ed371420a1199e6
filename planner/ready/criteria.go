package ready

import (
	"slices"
	"strings"
	"unicode"

	"refine/planner/text"
	"refine/planner/ticket"
)

// acceptance lists the acceptance criteria proper: they stand in their own field,
// beneath a heading or label, in a table's column, or have the form of a scenario.
// Of a script that is called a test only what is to be seen counts, unless
// nothing else is there. held is what stands in their place.
func (r *Reading) acceptance() (all []statement, held ticket.Evidence) {
	var lesser []statement
	for s := range r.statements() {
		section, test := section(s.Block)
		switch {
		case placeholder(s.Text):
			if ev, ok := s.evidence(); ok && (section || s.from.Where == CriteriaIn) && !elsewhere(s.Text) {
				held = ev
			}
		case isNote(s.Text):
		case s.from.Where == CriteriaIn, text.IsScenario(s.Text):
			all = append(all, s)
		case test && !checkable(s.Text):
			if s.Kind == text.Bullet {
				lesser = append(lesser, s)
			}
		case section && strings.HasSuffix(s.Text, ":"):
			lesser = append(lesser, s)
		case section:
			all = append(all, s)
		default:
			if c, ok := s.conclusion(); ok {
				all = append(all, c)
			}
		}
	}
	if len(all) == 0 {
		all = lesser
	}
	return all, held
}

// section reports whether a block stands beneath a heading of criteria, and
// whether that calls them a test.
func section(b *text.Block) (criteria, test bool) {
	name := b.Within
	switch {
	case text.NamesCriteria(b.Under):
		name = b.Under
	case name == "" || b.Aside || text.NamesActual(b.Under):
		return false, false
	case text.NamesExpectation(b.Under):
		return true, false
	}
	return true, strings.Contains(strings.ToLower(name), "test")
}

func underCriteria(b *text.Block) bool {
	named, _ := section(b)
	return named
}

// longestPlaceholder is how many words with a letter a placeholder has at most.
const longestPlaceholder = 6

// longestPhrase is more bytes than any fixed one has.
const longestPhrase = 20

// placeholder knows what stands where words are still to come.
func placeholder(said string) bool {
	said = strings.Trim(said, " .:-?!*_()<>[]\uFFFC")
	if len(said) <= longestPhrase && fixedPhrase(strings.ToLower(said)) {
		return true
	}
	for _, p := range placeholders {
		if begins(said, p) && strings.Count(said, " ") < longestPlaceholder {
			return true
		}
	}
	return strings.IndexFunc(said, unicode.IsLetter) < 0
}

// placeholders begin what stands where words are still to come.
var placeholders = []string{
	"tbd", "tbc", "todo", "to do", "to be ", "see ", "will be added", "will be defined", "will be provided", "will be written", "will follow",
	"noch zu ", "noch nicht ", "noch offen", "noch keine", "wird noch ", "werden noch ", "folgt ", "folgen ", "à définir", "à compléter", "à préciser", "por definir", "a definir", "pendiente",
}

// elsewhere reports whether a placeholder says that there are none, or where they are.
func elsewhere(said string) bool {
	said = strings.ToLower(strings.Trim(said, " .:*_()"))
	return begins(said, "see ") || none(said)
}

func none(said string) bool {
	return slices.Contains([]string{"none", "n/a", "na", "keine", "aucun"}, said)
}

func fixedPhrase(said string) bool {
	switch said {
	case "", "none yet", "not yet", "open", "later", "coming soon", "offen", "folgt", "folgen", "see above", "see below", "see description", "see title", "see summary", "as above", "same as above", "as title", "pending", "to follow", "fill in", "xxx", "test", "...", "…":
		return true
	}
	return none(said)
}

// begins reports whether a text begins so, in any case of letters.
func begins(said, with string) bool {
	return len(said) >= len(with) && strings.EqualFold(said[:len(with)], with)
}

// isNote reports whether a line among the criteria is a remark on them: a note, or where
// to look something up.
func isNote(said string) bool {
	if begins(said, "for ") {
		lower := strings.ToLower(said)
		return strings.Contains(lower, ", refer to ") || strings.Contains(lower, ", see ")
	}
	return begins(said, "refer to ") || begins(said, "not part of ") || begins(said, "out of scope") || begins(said, "not in scope") || len(said) > 4 && begins(said, "note") && !unicode.IsLetter(rune(said[4]))
}

// conclusion narrows a block to the sentence in which a ticket says when it is
// done: "This story is complete when the report has been sent".
func (s statement) conclusion() (statement, bool) {
	for _, said := range s.Sentences {
		n, last := 0, ""
		for w := range strings.FieldsSeq(said.Text) {
			if n > 1 && (strings.EqualFold(w, "when") || strings.EqualFold(w, "once")) && ends()[strings.ToLower(last)] &&
				slices.ContainsFunc(strings.Fields(strings.ToLower(said.Text))[:n], func(w string) bool { return ourselves()[w] }) {
				return s.narrowed(said), true
			}
			n, last = n+1, w
		}
	}
	return s, false
}

var (
	ends      = wordSet("done complete completed finished conclusion accepted")
	ourselves = wordSet("ticket story task issue epic work conclusion feature")
)

// narrowed is a statement of one of the block's sentences alone.
func (s statement) narrowed(to text.Sentence) statement {
	block := *s.Block
	block.Text, block.Sentences = to.Text, []text.Sentence{to}
	return statement{&block, s.from}
}

// expectations are what a report says should happen instead.
func (r *Reading) expectations() (all []statement) {
	for s := range r.statements() {
		if x, ok := s.expectation(); ok && !placeholder(s.Text) && !strings.Contains(strings.ToLower(s.Text), "as expected") {
			all = append(all, x)
		}
	}
	return all
}

// expectation narrows a block that no heading calls one to the sentence that does.
func (s statement) expectation() (statement, bool) {
	if text.NamesExpectation(s.Under) {
		return s, true
	}
	for _, said := range s.Sentences {
		if begins(said.Text, "expected") && strings.Contains(said.Text, ": ") {
			return s.narrowed(said), true
		}
	}
	return s, false
}

// checks are the words of a statement that can be held against what is seen.
var (
	checks     = wordSet("should must shall return returns show shows shown display displays displayed appear appears")
	checkPairs = []string{"can now", "able to", "verify that", "ensure that", "verify a", "verify the", "verify each", "make sure"}
)

func checkable(said string) bool {
	last := ""
	for w := range strings.FieldsFuncSeq(strings.ToLower(said), notWordByte) {
		if checks()[w] || last != "" && slices.Contains(checkPairs, last+" "+w) {
			return true
		}
		last = w
	}
	return false
}

// criteria quotes where the ticket says when it is done.
func (r *Reading) criteria() (all []ticket.Evidence) {
	for _, s := range r.done.criteria {
		if ev, ok := s.evidence(); ok {
			all = append(all, ev)
		}
	}
	return all
}
