package planner

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

const monthName = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`

// deadline is a day that a sentence sets: the day itself, and before it a word
// that makes it a limit. A day on which something was reported is none.
var deadline = regexp.MustCompile(`(?i)\b(?:by|before|starting(?: on| from)?|beginning(?: on)?|effective|no later than|until|till|as of|on or after|deadline(?: is| of|:)?|due(?: on| by| date is)?) (?:the )?(?:end of )?(` +
	monthName + `\.? \d{1,2}(?:st|nd|rd|th)?,? (?:of )?\d{4}|\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?` + monthName + `\.?,? \d{4}|\d{4}-\d\d-\d\d)\b`)

// besideDay is how far behind a day its sentence is quoted at least.
const besideDay = 24

// A dayWanted is a sentence of a ticket or its comments that sets a day.
type dayWanted struct {
	ev  Evidence
	day Date // zero if the day is written in another way than we read
}

// wantedBy is the first day that the ticket's texts set, if any.
func (r *reading) wantedBy() (found dayWanted, ok bool) {
	each([]*reading{r}, true, func(_ *reading, from *source, s string) {
		at := deadline.FindStringSubmatchIndex(s)
		if at == nil || ok {
			return
		}
		if ev, held := from.around(s, []int{at[0], min(len(s), at[1]+besideDay)}); held {
			ev.Quote = strings.TrimLeft(ev.Quote, `"'`)
			found, ok = dayWanted{ev, dayWritten(s[at[2]:at[3]])}, true
		}
	})
	return found, ok
}

var (
	ordinal = regexp.MustCompile(`(\d)(?:st|nd|rd|th)`)
	notDay  = regexp.MustCompile(`[.,]| of\b`)
)

// dayWritten reads a day as people write one.
func dayWritten(s string) Date {
	s = oneLine(notDay.ReplaceAllString(ordinal.ReplaceAllString(s, "$1"), " "))
	for _, layout := range []string{"January 2 2006", "Jan 2 2006", "2 January 2006", "2 Jan 2006", time.DateOnly} {
		if day, err := time.Parse(layout, s); err == nil {
			return DateOf(day)
		}
	}
	return Date{}
}

// past says of a day that it lies before the session's.
func past(day, session Date) string {
	if day.IsZero() || day.Compare(session) >= 0 {
		return ""
	}
	return ", a day that is past"
}

// tells is the day as a fact about now.
func (l dayWanted) tells(key string, session Date) string {
	return fmt.Sprintf("%s (%s, %s)%s", l.ev, key, l.ev.Where, past(l.day, session))
}

// daysWanted are the days that the texts of the epic and the items set, each
// sentence and each day once.
func (b *builder) daysWanted() (facts []string) {
	seen, days := map[string]bool{}, map[Date]bool{{}: false}
	for _, r := range b.concerned() {
		l, ok := r.wantedBy()
		if !ok || seen[l.ev.Quote] || days[l.day] || strings.Contains(r.pressed.Quote, l.ev.Quote) {
			continue
		}
		seen[l.ev.Quote], days[l.day] = true, !l.day.IsZero()
		facts = append(facts, l.tells(r.issue.Key, b.in.Session.Date()))
	}
	return facts[:min(len(facts), 2)]
}
