package recur

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// every marks a field that was given as *: it restricts nothing.
const every = 1 << 63

// furthest is how far a cron expression is followed, in days: any day of the
// calendar comes within eight years.
const furthest = 8*366 + 1

// Cron reads five fields of cron, evaluated in loc. Minute and hour are one
// number each; Sunday is 0, 7 or SUN. On a day whose clock skips the time or shows
// it twice there is one session all the same.
func Cron(spec string, loc *time.Location) (Next, error) {
	fields := strings.Fields(spec)
	if len(fields) != 5 {
		return nil, errors.New("must be five cron fields such as 0 10 * * TUE")
	}
	fields[4] = sundayFirst(fields[4])
	parsed, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(strings.Join(fields, " "))
	if err != nil {
		return nil, fmt.Errorf("must be five cron fields such as 0 10 * * TUE: %w", err)
	}
	days := parsed.(*cron.SpecSchedule) // what five fields come to
	switch {
	case bits.OnesCount64(days.Minute&^every) != 1 || bits.OnesCount64(days.Hour&^every) != 1:
		return nil, fmt.Errorf("%w: minute and hour have to be one number each, as in 0 10 * * TUE", errOften)
	case days.Dom&every == 0 && days.Dow&every == 0:
		return nil, errors.New("day of month and day of week are both given, and cron then takes the days of either: " +
			"leave one as *, or use rrule, where the first Tuesday of a month is FREQ=MONTHLY;BYDAY=1TU")
	}
	return func(t time.Time) time.Time { return nextDay(days, t, loc) }, nil
}

// nextDay goes through the days from t on. Hours are not counted, so that a
// clock that is put forward or back moves no session to another day.
func nextDay(s *cron.SpecSchedule, t time.Time, loc *time.Location) time.Time {
	year, month, day := t.In(loc).Date()
	hour, minute := bits.TrailingZeros64(s.Hour), bits.TrailingZeros64(s.Minute)
	for n := range furthest {
		start := time.Date(year, month, day+n, hour, minute, 0, 0, loc)
		// the day as the calendar has it, whatever the clock made of the hour
		date := time.Date(year, month, day+n, 0, 0, 0, 0, time.UTC)
		if on(s.Month, int(date.Month())) && on(s.Dom, date.Day()) && on(s.Dow, int(date.Weekday())) && !start.Before(t) {
			return start
		}
	}
	return time.Time{}
}

func on(field uint64, n int) bool { return field&(1<<n) != 0 }

// sundayFirst writes a day of the week that is 7, or a range that ends with
// Sunday, as the parser knows it: 0.
func sundayFirst(field string) string {
	items := strings.Split(field, ",")
	for i, item := range items {
		from, to, ranges := strings.Cut(item, "-")
		switch {
		case !ranges && from == "7":
			items[i] = "0"
		case !ranges || !sunday(to):
			items[i] = strings.Replace(item, "7-", "0-", 1)
		case from == "0":
			items[i] = "0-6"
		case sunday(from):
			items[i] = "0"
		default:
			items[i] = from + "-6,0"
		}
	}
	return strings.Join(items, ",")
}

func sunday(day string) bool { return day == "7" || strings.EqualFold(day, "SUN") }
