package brief

import (
	"strings"

	"refine/planner/ready"
	"refine/planner/text"
)

// twoValues finds one thing that has two values: a number with its unit that stands
// among the same words with another number, in two texts of a ticket or in two
// tickets. Within one text numbers differ because they are of two cases.
//
// In 2,563 real tickets it speaks once, rightly: "running within 15 minutes" and,
// of the same demand, "within 10 minutes". Of twelve hits of a first version, which
// asked for no unit and looked within a text, none was a contradiction.
func twoValues(s *set) (found []Doubt) {
	first := map[string]value{} // by what they are of
	told := map[string]bool{}
	var words []token // of a sentence, one after the other
	for _, t := range s.all {
		for said := range t.Reading.Sentences() {
			if said.Text.Progress || said.Block.Aside || !strings.ContainsAny(said.Sentence.Text, "0123456789") {
				continue
			}
			words = tokens(words[:0], said.Sentence.Text)
			for _, v := range valuesIn(t, said, words) {
				one, known := first[v.thing]
				switch {
				case !known:
					first[v.thing] = v
				case one.number == v.number || one.text == v.text || told[v.thing]:
				case (&talk{ticket: one.ticket}).decided(one.said) || (&talk{ticket: v.ticket}).decided(v.said):
				default:
					d := Doubt{Kind: TwoValues, Thing: v.thing, Weight: 8, Blocks: true, Ask: settles(one.ticket)}
					if d.cite(one.ticket, one.said, one.at) && d.cite(v.ticket, v.said, v.at) {
						told[v.thing] = true
						found = append(found, d)
					}
				}
			}
		}
	}
	return found
}

// A value is a number in its place, and the words that name what it is of.
type value struct {
	thing, number string
	at            [2]int
	text          string // which text of which ticket
	ticket        *Ticket
	said          ready.Said
}

// units are what a number is measured in where two of one thing do not fit.
var units = text.WordSet("second seconds minute minutes hour hours day days week weeks month months year years eur euro euros usd dollar dollars gbp chf percent mb gb kb tb kg km users customers requests pixels")

// joinsValue stand between what a number is of and the number.
var joinsValue = text.WordSet("of is are to at a an the was be about only")

// valuesIn are the numbers of a sentence that have a unit and words enough to tell
// what they are of: two behind the unit, or two before the number.
func valuesIn(t *Ticket, said ready.Said, words []token) (all []value) {
	for n, w := range words {
		if !w.number || n+1 == len(words) || !units[words[n+1].text] {
			continue
		}
		v := value{number: w.text, at: [2]int{w.from, words[n+1].to}, text: t.Issue.Key + " " + said.Text.Where, ticket: t, said: said}
		unit := words[n+1].text
		if n+4 < len(words) && content(words[n+2:n+5]) >= 2 {
			v.thing = "… " + unit + " " + join(words[n+2:n+5])
			all = append(all, v)
		}
		before := n
		for before > 0 && joinsValue[words[before-1].text] {
			before--
		}
		if before >= 2 && content(words[before-2:before]) == 2 {
			v.thing = join(words[before-2:before]) + " … " + unit
			all = append(all, v)
		}
	}
	return all
}

// A token is a word or a number of a sentence, in lower case.
type token struct {
	text     string
	from, to int
	number   bool
}

// tokens adds those of a sentence to others.
func tokens(all []token, s string) []token {
	for from := 0; from < len(s); {
		n := 0
		digit := '0' <= s[from] && s[from] <= '9'
		for from+n < len(s) && inToken(s[from+n], digit) {
			n++
		}
		if n == 0 {
			from++
			continue
		}
		w := strings.TrimRight(s[from:from+n], ".,")
		all = append(all, token{strings.ToLower(w), from, from + len(w), digit})
		from += n
	}
	return all
}

func inToken(c byte, digit bool) bool {
	isDigit := '0' <= c && c <= '9'
	if digit {
		return isDigit || c == '.' || c == ','
	}
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80 || c == '\''
}

func join(words []token) string {
	var all []string
	for _, w := range words {
		all = append(all, w.text)
	}
	return strings.Join(all, " ")
}

// content counts the words that name something.
func content(words []token) (n int) {
	for _, w := range words {
		if !w.number && !joinsValue[w.text] && len(w.text) > 2 {
			n++
		}
	}
	return n
}
