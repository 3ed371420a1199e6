package brief

import (
	"iter"
	"slices"
	"strings"
	"unicode"

	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// A Titled phrase stands in the titles of a few tickets: brothers, which are talked about
// in one go.
type Titled struct {
	Phrase string // in the singular, where a title has that: it stands in each of them
	Keys   []string
}

const (
	mostTitled   = 3  // tickets that share a phrase which parts them from others
	mostCompared = 60 // tickets among which that is no chance
)

// titled finds phrases of two words, one for each ticket. What most of the titles or the
// epic's name, a role, the product, and what every team speaks of part nothing.
func titled(s *set) (found []Titled) {
	if len(s.Tickets) > mostCompared {
		return nil
	}
	at, terms := map[string]int{}, termed{}
	epic := map[string]bool{}
	if s.Epic != nil {
		for phrase := range terms.phrases(s.Epic.Issue.Summary) {
			epic[phrase] = true
		}
	}
	for n := range s.Tickets {
		i := s.Tickets[n].Issue
		role, project := text.Lower(ready.ParseStory(i.Summary).Role), ticket.Project(i.Key)
		product := func(word string) bool { return strings.HasPrefix(strings.ToUpper(word), project) }
		for phrase, words := range terms.phrases(i.Summary) {
			if epic[phrase] || ofWork(phrase) || strings.Contains(role, text.Lower(words)) || slices.ContainsFunc(strings.Fields(words), product) {
				continue
			}
			form := strings.TrimSuffix(text.Lower(words), "s")
			m, known := at[form]
			if !known {
				m, at[form] = len(found), len(found)
				found = append(found, Titled{Phrase: words})
			}
			if len(words) < len(found[m].Phrase) {
				found[m].Phrase = words
			}
			if !slices.Contains(found[m].Keys, i.Key) {
				found[m].Keys = append(found[m].Keys, i.Key)
			}
		}
	}
	taken := map[string]bool{}
	return slices.DeleteFunc(found, func(f Titled) bool {
		few := 2 <= len(f.Keys) && len(f.Keys) <= mostTitled && 2*len(f.Keys) <= len(s.Tickets)
		if !few || slices.ContainsFunc(f.Keys, func(key string) bool { return taken[key] }) {
			return true
		}
		for _, key := range f.Keys {
			taken[key] = true
		}
		return false
	})
}

// ofWork reports whether a phrase is of how every team works ("test cases"), or names
// nothing ("doesn't work", "next release").
func ofWork(phrase string) bool {
	one, other, _ := strings.Cut(phrase, " ")
	return workTerms[one] && workTerms[other] || nameless[one] || nameless[other]
}

var (
	workTerms = text.WordSet("accept approach build case code coverag design document issu note page peer regress releas review script suit test unit wiki")
	nameless  = text.WordSet("against after befor between current doesn finalis final first last latest next through work")
)

// termed remembers the term of each word.
type termed map[string]string

// phrases are two terms of s that nothing but white space parts, with the words as they stand.
func (x termed) phrases(s string) iter.Seq2[string, string] {
	outside := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	return func(yield func(string, string) bool) {
		last, before := "", ""
		for field := range strings.FieldsSeq(s) {
			word := strings.TrimFunc(field, outside)
			term := x.term(word)
			if last != "" && term != "" && strings.HasPrefix(field, word) && !yield(last+" "+term, before+" "+word) {
				return
			}
			last, before = term, word
			if !strings.HasSuffix(field, word) {
				last = ""
			}
		}
	}
}

// term is a word's, empty of one that carries no subject.
func (x termed) term(word string) string {
	term, known := x[word]
	if !known {
		for term = range text.English().Terms(word) {
			break
		}
		x[word] = term
	}
	return term
}
