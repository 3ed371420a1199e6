package planner

import (
	"fmt"
	"regexp"
)

var (
	// takesAll is a demand for every one of some things.
	takesAll = regexp.MustCompile(`(?i)\b(?:all|each|every one|the whole set) (?:of )?(?:the |our |these |those |its )?((?:[\w-]+ ){0,2}[\w-]+s)\b`)
	// dropsSome doubts a part of them.
	dropsSome = regexp.MustCompile(`(?i)\b(?:some|a few|several|many|most|not all|half)\b[^.;:?]*\b(?:no longer|not be (?:needed|used|kept)|obsolete|outdated|out of date|deprecated|unneeded|unnecessary|useless|redundant|(?:be|are|is) (?:removed|dropped|retired|merged))\b`)
)

// allAndSome are two tickets of which one takes all of some things while the
// other doubts a part of them.
func allAndSome(items []*reading) (out []crossing) {
	var drops []said
	each(items, false, func(r *reading, from *source, s string) {
		if at := dropsSome.FindStringIndex(s); at != nil {
			if ev, ok := from.around(s, at); ok {
				drops = append(drops, said{r, ev})
			}
		}
	})
	if len(drops) == 0 {
		return nil
	}
	each(items, false, func(r *reading, from *source, s string) {
		at := takesAll.FindStringSubmatchIndex(s)
		if at == nil || len(out) > 0 || tentative.MatchString(s) {
			return
		}
		things := subjectTerms(s[at[2]:at[3]])
		for _, d := range drops {
			if d.by == r || len(things) == 0 || common(things, termSet(d.by.ownText())) < len(things) {
				continue
			}
			if ev, ok := from.around(s, at[:2]); ok {
				out = append(out, allAndSomeCrossing(said{r, ev}, d, s[at[2]:at[3]]))
				return
			}
		}
	})
	return out
}

func allAndSomeCrossing(all, some said, things string) crossing {
	a, b := all.by.issue.Key, some.by.issue.Key
	return crossing{
		kind: "all and some", weight: 43, guide: "Clarify assumptions", guides: []string{"Map out dependencies", "Define the core problem"}, keys: []string{a, b}, key: a, quote: all.ev.Quote,
		point:  fmt.Sprintf("%s takes all of them, %s, while %s says %s. Which of them stay has to be known before anything gathers them.", a, all.ev, b, some.ev),
		ask:    fmt.Sprintf("%s takes all of them, %s, and %s would drop some. Who can tell which of the %s people still come for, and which only fill the list?", a, all.ev, b, things),
		gets:   fmt.Sprintf("%s says which of the %s stay, and %s goes by that", b, things, a),
		settle: fmt.Sprintf("which of the %s stay (%s and %s)", things, a, b),
	}
}
