package recur

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const layout = "Mon 2006-01-02 15:04 -0700"

func berlin(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	return loc
}

// upcoming writes the next three sessions as people read them.
func upcoming(next Next, now time.Time) (dates []string) {
	for _, t := range next.Upcoming(now, 3) {
		dates = append(dates, t.Format(layout))
	}
	return dates
}

func TestCron(t *testing.T) { // R15
	t.Parallel()
	loc := berlin(t)
	sunday := []string{"Sun 2026-11-29 10:00 +0100", "Sun 2026-12-06 10:00 +0100", "Sun 2026-12-13 10:00 +0100"}
	weekend := []string{"Sat 2026-11-28 10:00 +0100", "Sun 2026-11-29 10:00 +0100", "Sat 2026-12-05 10:00 +0100"}
	for spec, want := range map[string][]string{
		"0 10 * * TUE":          {"Tue 2026-12-01 10:00 +0100", "Tue 2026-12-08 10:00 +0100", "Tue 2026-12-15 10:00 +0100"},
		"  0 10  * * tue ":      {"Tue 2026-12-01 10:00 +0100", "Tue 2026-12-08 10:00 +0100", "Tue 2026-12-15 10:00 +0100"},
		"0 10 * * *":            {"Fri 2026-11-27 10:00 +0100", "Sat 2026-11-28 10:00 +0100", "Sun 2026-11-29 10:00 +0100"},
		"0 10 1 * ?":            {"Tue 2026-12-01 10:00 +0100", "Fri 2027-01-01 10:00 +0100", "Mon 2027-02-01 10:00 +0100"},
		"30 9 29 2 *":           {"Tue 2028-02-29 09:30 +0100", "Sun 2032-02-29 09:30 +0100", "Fri 2036-02-29 09:30 +0100"},
		"0 10 * * 0":            sunday,
		"0 10 * * 7":            sunday,
		"0 10 * * SUN":          sunday,
		"0 10 * * 7-7":          sunday,
		"0 10 * * 0,7":          sunday,
		"0 10 * * 6-7":          weekend,
		"0 10 * * SAT-SUN":      weekend,
		"0 10 * * 6,7":          weekend,
		"0 10 * * 0-7":          {"Fri 2026-11-27 10:00 +0100", "Sat 2026-11-28 10:00 +0100", "Sun 2026-11-29 10:00 +0100"},
		"0 10 * * 7-1":          {"Sun 2026-11-29 10:00 +0100", "Mon 2026-11-30 10:00 +0100", "Sun 2026-12-06 10:00 +0100"},
		"0 10 30 2 *":           nil,
		"0 10 */10 12 *":        {"Tue 2026-12-01 10:00 +0100", "Fri 2026-12-11 10:00 +0100", "Mon 2026-12-21 10:00 +0100"},
		"15,15 10 * 12-12 MON":  {"Mon 2026-12-07 10:15 +0100", "Mon 2026-12-14 10:15 +0100", "Mon 2026-12-21 10:15 +0100"},
		"0 10-10 * jan TUE,TUE": {"Tue 2027-01-05 10:00 +0100", "Tue 2027-01-12 10:00 +0100", "Tue 2027-01-19 10:00 +0100"},
	} {
		t.Run(spec, func(t *testing.T) {
			t.Parallel()
			next, err := Cron(spec, loc)
			require.NoError(t, err)
			assert.Equal(t, want, upcoming(next, time.Date(2026, time.November, 27, 9, 0, 0, 0, time.UTC)))
		})
	}
}

func TestCronThatIsRefused(t *testing.T) { // R15
	t.Parallel()
	for spec, says := range map[string]string{
		"0 * * * *":               "more than one session a day",
		"*/5 * * * *":             "more than one session a day",
		"* 10 * * *":              "more than one session a day",
		"0 9,15 * * TUE":          "more than one session a day",
		"0,30 10 * * TUE":         "more than one session a day",
		"0 9-10 1 * *":            "more than one session a day",
		"0 */12 * * *":            "more than one session a day",
		"0 8/8 * * *":             "more than one session a day",
		"@every 1h":               "must be five cron fields",
		"@hourly":                 "must be five cron fields",
		"@weekly":                 "must be five cron fields",
		"0 10 1-7 * TUE":          "day of month and day of week are both given",
		"0 10 1 * 5":              "day of month and day of week are both given",
		"0 10 */2 * MON":          "day of month and day of week are both given",
		"0 10 13 * MON-FRI":       "day of month and day of week are both given",
		"0 10 * * 8":              "above maximum (6)",
		"0 10 * * 5-9":            "above maximum (6)",
		"0 10 * * WED-MON":        "beyond end of range",
		"0 24 * * *":              "above maximum (23)",
		"0 10 0 * *":              "below minimum (1)",
		"0 10 * *":                "must be five cron fields",
		"0 0 10 * * TUE":          "must be five cron fields",
		"every tuesday":           "must be five cron fields",
		"every tuesday at ten am": "must be five cron fields such as 0 10 * * TUE: failed to parse",
		"TZ=Europe/Berlin":        "must be five cron fields",
		"CRON_TZ=UTC 10 * * TUE":  "must be five cron fields",
		", 10 * * TUE":            "more than one session a day",
		"":                        "must be five cron fields",
	} {
		t.Run(spec, func(t *testing.T) {
			t.Parallel()
			_, err := Cron(spec, time.UTC)
			assert.ErrorContains(t, err, says)
		})
	}
}

// A clock that is put forward or back keeps one session a day.
func TestCronWhereTheClockChanges(t *testing.T) {
	t.Parallel()
	next, err := Cron("30 2 * * *", berlin(t))
	require.NoError(t, err)
	assert.Equal(t, []string{"Sat 2026-03-28 02:30 +0100", "Sun 2026-03-29 03:30 +0200", "Mon 2026-03-30 02:30 +0200"},
		upcoming(next, time.Date(2026, time.March, 28, 0, 0, 0, 0, time.UTC)))
	assert.Equal(t, []string{"Sun 2026-10-25 02:30 +0100", "Mon 2026-10-26 02:30 +0100", "Tue 2026-10-27 02:30 +0100"},
		upcoming(next, time.Date(2026, time.October, 25, 0, 0, 0, 0, time.UTC)))
}

func TestRRule(t *testing.T) { // R15
	t.Parallel()
	start := time.Date(2026, time.November, 24, 10, 0, 0, 0, berlin(t))
	tuesdays := []string{"Tue 2026-12-01 10:00 +0100", "Tue 2026-12-08 10:00 +0100"}
	for rule, want := range map[string][]string{
		"FREQ=WEEKLY;BYDAY=TU":                           append(tuesdays, "Tue 2026-12-15 10:00 +0100"),
		"FREQ=WEEKLY;BYDAY=TU;UNTIL=20261208":            tuesdays,
		"UNTIL=20261208;FREQ=WEEKLY;BYDAY=TU":            tuesdays,
		"RRULE:UNTIL=20261208;FREQ=WEEKLY;BYDAY=TU":      tuesdays,
		"FREQ=WEEKLY;BYDAY=TU;UNTIL=20261207":            tuesdays[:1],
		"FREQ=WEEKLY;BYDAY=TU;UNTIL=20261208T100000":     tuesdays,
		"FREQ=WEEKLY;BYDAY=TU;UNTIL=20261208T095959":     tuesdays[:1],
		"FREQ=WEEKLY;BYDAY=TU;UNTIL=20261208T090000Z":    tuesdays,
		"FREQ=WEEKLY;BYDAY=TU;UNTIL=20261208T085959Z":    tuesdays[:1],
		"FREQ=MONTHLY;BYDAY=1TU;BYHOUR=9;BYMINUTE=15":    {"Tue 2026-12-01 09:15 +0100", "Tue 2027-01-05 09:15 +0100", "Tue 2027-02-02 09:15 +0100"},
		"FREQ=WEEKLY;BYDAY=TU;COUNT=2":                   tuesdays[:1],
		"FREQ=DAILY;UNTIL=20261129":                      {"Fri 2026-11-27 10:00 +0100", "Sat 2026-11-28 10:00 +0100", "Sun 2026-11-29 10:00 +0100"},
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30":            nil,
		"FREQ=WEEKLY;UNTIL=20260101":                     nil,
		"FREQ=WEEKLY;BYDAY=TU;BYHOUR=10;UNTIL=20261201 ": tuesdays[:1],
	} {
		t.Run(rule, func(t *testing.T) {
			t.Parallel()
			next, err := RRule(rule, start)
			require.NoError(t, err)
			assert.Equal(t, want, upcoming(next, time.Date(2026, time.November, 27, 9, 0, 0, 0, time.UTC)))
		})
	}
}

func TestRRuleThatIsRefused(t *testing.T) { // R15
	t.Parallel()
	for rule, says := range map[string]string{
		"FREQ=HOURLY":                             "more than one session a day",
		"FREQ=MINUTELY;INTERVAL=2000":             "more than one session a day",
		"FREQ=SECONDLY":                           "more than one session a day",
		"FREQ=DAILY;BYHOUR=9,15":                  "more than one session a day",
		"FREQ=WEEKLY;BYHOUR=9;BYMINUTE=0,30":      "more than one session a day",
		"FREQ=MONTHLY;BYDAY=1TU;BYSECOND=0,1":     "more than one session a day",
		"FREQ=FORTNIGHTLY":                        "is no RFC 5545 rule",
		"every tuesday":                           "is no RFC 5545 rule",
		"":                                        "is no RFC 5545 rule",
		"FREQ=WEEKLY;UNTIL=2026-12-08":            "is no RFC 5545 rule",
		"FREQ=WEEKLY;UNTIL=20261399":              "is no RFC 5545 rule",
		"FREQ=WEEKLY;BYHOUR=25":                   "is no RFC 5545 rule",
		"DTSTART:20261201T100000\nFREQ=WEEKLY":    "belongs into start, not into DTSTART",
		"DTSTART:20261201T100000Z\nRRULE:FREQ=Y_": "is no RFC 5545 rule",
	} {
		t.Run(rule, func(t *testing.T) {
			t.Parallel()
			_, err := RRule(rule, time.Date(2026, time.November, 24, 10, 0, 0, 0, time.UTC))
			assert.ErrorContains(t, err, says)
		})
	}
}

// Ten o'clock stays ten o'clock when summer time begins, and a session that
// starts now is the next.
func TestTheClockOfTheTeam(t *testing.T) { // O1: schedules in the team's time zone
	t.Parallel()
	loc := berlin(t)
	first := time.Date(2026, time.March, 24, 10, 0, 0, 0, loc)
	rule, err := RRule("FREQ=WEEKLY;BYDAY=TU", first)
	require.NoError(t, err)
	cron, err := Cron("0 10 * * TUE", loc)
	require.NoError(t, err)
	for _, next := range []Next{rule, cron} {
		assert.True(t, first.Equal(next(first)))
		assert.Equal(t, "Tue 2026-03-31 10:00 +0200", next(first.Add(time.Nanosecond)).Format(layout))
	}
}

// The whole of UNTIL's day counts where the team is, not in UTC.
func TestUntilIsTheTeamsDay(t *testing.T) { // R15
	t.Parallel()
	kiritimati, err := time.LoadLocation("Pacific/Kiritimati") // 14 hours ahead
	require.NoError(t, err)
	for _, loc := range []*time.Location{kiritimati, time.UTC, time.FixedZone("behind", -11*60*60)} {
		for _, hour := range []int{0, 10, 23} {
			next, err := RRule("FREQ=DAILY;UNTIL=20261202", time.Date(2026, time.December, 1, hour, 59, 0, 0, loc))
			require.NoError(t, err)
			assert.Len(t, next.Upcoming(time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC), 5), 2, "%v at %d", loc, hour)
		}
	}
}

func TestFrom(t *testing.T) {
	t.Parallel()
	daily, err := Cron("0 10 * * *", time.UTC)
	require.NoError(t, err)
	now := time.Date(2026, time.November, 27, 9, 0, 0, 0, time.UTC)
	assert.Equal(t, []string{"Fri 2027-01-01 10:00 +0000"}, upcoming(daily.From(time.Date(2027, time.January, 1, 10, 0, 0, 0, time.UTC)), now)[:1])
	assert.Equal(t, []string{"Fri 2026-11-27 10:00 +0000"}, upcoming(daily.From(time.Time{}), now)[:1])
}
