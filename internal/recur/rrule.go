package recur

import (
	"errors"
	"fmt"
	"time"

	"refine/internal/lazyregexp"

	"github.com/teambition/rrule-go"
)

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
	r, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, fmt.Errorf("is no RFC 5545 rule: %w", err)
	}
	return func(t time.Time) time.Time { return r.After(t, true) }, nil
}

var untilDay = lazyregexp.New(`(?:^|[;:\n])UNTIL=[0-9]{8}(?:;|\s*$)`)
