package planner

import (
	"fmt"
	"regexp"
)

// machinery is talk of how something is to be built, which a refinement session
// parks from the start. It has to name a part of the machinery and say what is
// to be done with it.
var machinery = regexp.MustCompile(`(?i)\b(?:(?:is|are|be) implemented (?:as|with|by|in|using)|(?:candidate|possible) (?:tools?|libraries|frameworks?)\b|(?:will|should|must|could|to) (?:use|be) an? (?:\w+ ){0,2}(?:library|framework|database|cache|queue|class|thread|singleton|table|schema|factory|wrapper|script|json|xml)|data structure|like a git (?:commit|diff)|(?:using|via|through) (?:an? |the )?(?:\w+ ){0,2}(?:library|framework|API|pattern|algorithm|script|plugin|regex|template|adapter)\b)`)

// parked are the quotes of machinery, at most two, of different tickets.
func (b *builder) parked() (out []string) {
	quotes := map[string]bool{}
	for _, r := range b.concerned() {
		if ev, ok := r.builds(); ok && !quotes[ev.Quote] && len(out) < 2 {
			quotes[ev.Quote] = true
			out = append(out, fmt.Sprintf("%s (%s)", ev, r.issue.Key))
		}
	}
	return out
}

// builds is where the ticket first speaks of machinery.
func (r *reading) builds() (found Evidence, ok bool) {
	each([]*reading{r}, true, func(_ *reading, from *source, s string) {
		at := machinery.FindStringIndex(s)
		if at == nil || ok {
			return
		}
		found, ok = from.around(s, at)
	})
	return found, ok
}
