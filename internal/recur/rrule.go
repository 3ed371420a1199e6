package recur

import (
	"errors"
	"fmt"
	"time"

	"refine/internal/lazyregexp"

	"github.com/teambition/rrule-go"
)

// longest is for how many years a series is followed. Without an end, a rule that
// no day satisfies would be tried up to the year 9999.
const longest = 40

// RRule reads a recurrence rule of RFC 5545 whose series begins at start, in
// start's zone. An UNTIL that is only a day means the whole of that day.
func RRule(rule string, start time.Time) (Next, error) {
	option, err := rrule.StrToROptionInLocation(rule, start.Location())
	switch {
	case err != nil:
		return nil, fmt.Errorf("is no RFC 5545 rule: %w", err)
	case !option.Dtstart.IsZero():
		return nil, errors.New("the first session belongs into start, not into DTSTART")
	case option.Freq > rrule.DAILY:
		return nil, errOften
	case len(option.Byhour) > 1 || len(option.Byminute) > 1 || len(option.Bysecond) > 1:
		return nil, fmt.Errorf("%w: BYHOUR, BYMINUTE and BYSECOND take one number each", errOften)
	}
	option.Dtstart = start
	if untilDay.MatchString(rule) {
		option.Until = option.Until.AddDate(0, 0, 1).Add(-time.Second)
	}
	if last := start.AddDate(longest, 0, 0); option.Until.IsZero() || option.Until.After(last) {
		option.Until = last
	}
	r, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, fmt.Errorf("is no RFC 5545 rule: %w", err)
	}
	return func(t time.Time) time.Time { return r.After(t, true) }, nil
}

var untilDay = lazyregexp.New(`(?:^|[;:\n])UNTIL=[0-9]{8}(?:;|\s*$)`)
