package planner

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
)

// machineSigns counts what programs and logs are full of. It knows nothing of
// the rules that read noise.
func machineSigns(quote string) (n int) {
	for _, sign := range []string{";", "{", "}", "->", "=>", "::", "0x", "()", "==", "&&", "||", "=", "</", "/>", "\":", "Exception:", "\tat ", "[0m"} {
		n += strings.Count(quote, sign)
	}
	for word := range strings.FieldsSeq(quote) {
		if strings.Count(word, "/") > 2 || strings.Count(word, ":") > 1 || strings.Count(word, ".") > 3 {
			n++
		}
	}
	return n
}

func wordsOfProse(quote string) (n int) {
	for word := range strings.FieldsSeq(quote) {
		if strings.IndexFunc(strings.Trim(word, `.,;:!?()'"’“`), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '-' }) < 0 {
			n++
		}
	}
	return n
}

// shareOfSigns is how much of a quote is neither letter, digit, space nor
// punctuation of prose.
func shareOfSigns(quote string) float64 {
	signs := 0
	for _, r := range quote {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsSpace(r) && !strings.ContainsRune(`.,'’"()-–?!:/`, r) {
			signs++
		}
	}
	return float64(signs) / float64(max(len(quote), 1))
}

// L4 L8: no quote that a plan over real issues shows as evidence is code, a log
// or a trace. Where it stands in prose, a name of code may be quoted.
func TestEvidenceIsNoMachineText(t *testing.T) {
	t.Parallel()
	keys, issues, _ := realIssues(t)
	quotes, named, suspect, most := 0, 0, 0, 0.0
	for some := range slices.Chunk(keys, 20) {
		in := Input{Session: testSession("x")}
		for _, key := range some {
			in.Issues = append(in.Issues, issues[key])
		}
		for _, r := range newBuilder(in).all {
			for _, f := range r.findings {
				for _, ev := range f.Evidence {
					if ev.Where == "summary" {
						continue // the title is shown whatever it holds
					}
					if len(f.Evidence) == 1 && ev.Quote == address.FindString(ev.Quote) {
						continue // an address that is all that a description has
					}
					quotes++
					signs := machineSigns(ev.Quote)
					most = max(most, shareOfSigns(ev.Quote))
					if signs > 0 {
						named++
					}
					if signs > 0 && 2*signs >= wordsOfProse(ev.Quote) || shareOfSigns(ev.Quote) > 0.1 {
						suspect++
						t.Logf("%s %s: %q", r.issue.Key, ev.Where, ev.Quote)
					}
				}
			}
		}
	}
	t.Logf("%d quotes, %d name something of code, %d look like machine text; the highest share of signs is %.2f", quotes, named, suspect, most)
	assert.LessOrEqual(t, suspect*500, quotes, "more than 0.2 %")
}
