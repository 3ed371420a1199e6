package config

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// calendar wraps events as a calendar service writes them.
func calendar(events ...string) string {
	text := "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Test//EN\n"
	for _, e := range events {
		text += "BEGIN:VEVENT\nDTSTAMP:20251201T080000Z\n" + strings.TrimSpace(e) + "\nEND:VEVENT\n"
	}
	return strings.ReplaceAll(text+"END:VCALENDAR\n", "\n", "\r\n")
}

// years are ten schedules that are easily got wrong, and all their sessions of
// 2026, worked out by hand: day, clock time of the team, and its distance from UTC.
var years = map[string]struct {
	schedule Schedule
	calendar string
	want     string
}{
	"every second Tuesday, summer time both ways": {
		schedule: Schedule{RRule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", Start: "2026-01-06T10:00", Timezone: "Europe/Berlin"},
		want: `0106 10:00+01 0120 10:00+01 0203 10:00+01 0217 10:00+01 0303 10:00+01 0317 10:00+01
			0331 10:00+02 0414 10:00+02 0428 10:00+02 0512 10:00+02 0526 10:00+02 0609 10:00+02 0623 10:00+02 0707 10:00+02
			0721 10:00+02 0804 10:00+02 0818 10:00+02 0901 10:00+02 0915 10:00+02 0929 10:00+02 1013 10:00+02
			1027 10:00+01 1110 10:00+01 1124 10:00+01 1208 10:00+01 1222 10:00+01`,
	},
	"fifth Tuesdays in New York": {
		schedule: Schedule{RRule: "FREQ=MONTHLY;BYDAY=5TU", Start: "2026-01-01T09:30", Timezone: "America/New_York"},
		want:     `0331 09:30-04 0630 09:30-04 0929 09:30-04 1229 09:30-05`,
	},
	"every second Thursday but for Bavaria's holidays": { // New Year, Corpus Christi
		schedule: Schedule{RRule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", Start: "2026-01-01T14:00", Timezone: "Europe/Berlin", Holidays: "DE-BY"},
		want: `0115 14:00+01 0129 14:00+01 0212 14:00+01 0226 14:00+01 0312 14:00+01 0326 14:00+01
			0409 14:00+02 0423 14:00+02 0507 14:00+02 0521 14:00+02 0618 14:00+02 0702 14:00+02 0716 14:00+02 0730 14:00+02
			0813 14:00+02 0827 14:00+02 0910 14:00+02 0924 14:00+02 1008 14:00+02 1022 14:00+02
			1105 14:00+01 1119 14:00+01 1203 14:00+01 1217 14:00+01 1231 14:00+01`,
	},
	"fourth Thursdays but for Thanksgiving": {
		schedule: Schedule{RRule: "FREQ=MONTHLY;BYDAY=4TH", Start: "2026-01-01T11:00", Timezone: "America/Chicago", Holidays: "us"},
		want: `0122 11:00-06 0226 11:00-06 0326 11:00-05 0423 11:00-05 0528 11:00-05 0625 11:00-05 0723 11:00-05
			0827 11:00-05 0924 11:00-05 1022 11:00-05 1224 11:00-06`,
	},
	"last Sundays at half past two, which one night lacks and one has twice": {
		schedule: Schedule{RRule: "FREQ=MONTHLY;BYDAY=-1SU", Start: "2026-01-01T02:30", Timezone: "Europe/Berlin"},
		want: `0125 02:30+01 0222 02:30+01 0329 03:30+02 0426 02:30+02 0531 02:30+02 0628 02:30+02 0726 02:30+02
			0830 02:30+02 0927 02:30+02 1025 02:30+01 1129 02:30+01 1227 02:30+01`,
	},
	"the first of each month on Lord Howe, whose summer time is half an hour": {
		schedule: Schedule{Cron: "30 9 1 * *", Timezone: "Australia/Lord_Howe"},
		want: `0101 09:30+11 0201 09:30+11 0301 09:30+11 0401 09:30+11 0501 09:30+1030 0601 09:30+1030 0701 09:30+1030
			0801 09:30+1030 0901 09:30+1030 1001 09:30+1030 1101 09:30+11 1201 09:30+11`,
	},
	"the 31st until a day, that day included, one moved by hand": {
		schedule: Schedule{RRule: "FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20260831", Start: "2026-01-31T16:00", Timezone: "Europe/London",
			Except: []string{"2026-05-31"}, Also: []string{"2026-06-02T15:00", "2026-08-31T09:00"}},
		want: `0131 16:00+00 0331 16:00+01 0602 15:00+01 0731 16:00+01 0831 09:00+01`,
	},
	"a calendar: Mondays, one moved, one cancelled, one left out, one renamed": {
		schedule: Schedule{Event: "refinement", Timezone: "Europe/Berlin", Start: "2026-09-01T00:00"},
		calendar: calendar(`
UID:a
SUMMARY:Payments\, Refinement
DTSTART;TZID=Europe/Berlin:20260105T150000
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;UNTIL=20261215T140000Z
EXDATE;TZID=Europe/Berlin:20260914T150000`, `
UID:a
SUMMARY:Payments\, Refinement
RECURRENCE-ID;TZID=Europe/Berlin:20260928T150000
SEQUENCE:1
DTSTART;TZID=Europe/Berlin:20260928T160000`, `
UID:a
RECURRENCE-ID;TZID=Europe/Berlin:20260928T150000
SEQUENCE:2
DTSTART;TZID=Europe/Berlin:20260929T093000`, `
UID:a
SUMMARY:Payments\, Refinement
RECURRENCE-ID:20261012T130000Z
STATUS:CANCELLED
DTSTART;TZID=Europe/Berlin:20261012T150000`, `
UID:a
SUMMARY:Town hall instead
RECURRENCE-ID;TZID=Europe/Berlin:20261109T150000
DTSTART;TZID=Europe/Berlin:20261109T150000`, `
UID:b
SUMMARY:Retrospective
DTSTART;TZID=Nowhere/At All:20260902T150000
RRULE:FREQ=HOURLY`, `
UID:c
SUMMARY:Refinement week
DTSTART;VALUE=DATE:20260907`),
		// every second Monday from 5 January: 14 and 28 September, 12 and 26 October,
		// 9 and 23 November, 7 December; UNTIL is past the latter
		want: `0929 09:30+02 1026 15:00+01 1123 15:00+01 1207 15:00+01`,
	},
	"a calendar of Outlook: its zone, a list of exceptions, additions, a single event": {
		schedule: Schedule{Timezone: "America/New_York"}, // the team's; the events have their own
		calendar: calendar(`
UID:x
SUMMARY:Refinement
DTSTART;TZID=W. Europe Standard Time:20260303T150000
RRULE:FREQ=MONTHLY;BYDAY=1TU,1TH;COUNT=8
EXDATE;TZID=W. Europe Standard Time:20260402T150000,20260407T150000
RDATE;TZID=W. Europe Standard Time:20260410T150000,20260604T170000`, `
UID:y
SUMMARY:Refinement with the auditors
DTSTART:20260715T130000
DURATION:PT1H`, `
UID:z
SUMMARY:Refinement\, second that day
DTSTART:20260715T190000Z`),
		// first Tuesdays and Thursdays: 3, 5 March; 2, 7 April; 5, 7 May; 2, 4 June. For
		// the clocks of New York, Europe is an hour nearer from 8 to 29 March.
		want: `0303 09:00-05 0305 09:00-05 0410 09:00-04 0505 09:00-04 0507 09:00-04 0602 09:00-04 0604 09:00-04 0715 13:00-04`,
	},
	"a calendar: every weekday at half past eight but for whole days and holidays": {
		schedule: Schedule{Timezone: "Europe/Vienna", Holidays: "AT", Except: []string{"2026-05-29"}},
		calendar: calendar(`
UID:d
SUMMARY:Daily refinement
DTSTART;TZID=/mozilla.org/20070129_1/Europe/Vienna:20260511T083000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20260605
EXDATE;VALUE=DATE:20260513,20260515`),
		// Ascension is 14 May, Whit Monday 25 May, Corpus Christi 4 June
		want: `0511 08:30+02 0512 08:30+02 0518 08:30+02 0519 08:30+02 0520 08:30+02 0521 08:30+02 0522 08:30+02
			0526 08:30+02 0527 08:30+02 0528 08:30+02 0601 08:30+02 0602 08:30+02 0603 08:30+02 0605 08:30+02`,
	},
}

func TestAYearOfSchedules(t *testing.T) { // O1 O2
	t.Parallel()
	for name, c := range years {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			next, err := c.schedule.SessionsOf([]byte(c.calendar))
			if c.calendar == "" {
				next, err = c.schedule.Sessions()
			}
			require.NoError(t, err)
			zone := c.schedule.Location()
			year := time.Date(2026, time.January, 1, 0, 0, 0, 0, zone)
			var got []string
			for s := next(year); !s.IsZero() && s.In(zone).Year() == 2026; s = next(s.Add(time.Second)) {
				at := s.In(zone)
				got = append(got, at.Format("0102 15:04")+strings.TrimSuffix(at.Format("-0700"), "00"))
			}
			words := strings.Fields(c.want)
			var want []string
			for i := 0; i < len(words); i += 2 {
				want = append(want, words[i]+" "+words[i+1])
			}
			assert.Equal(t, want, got)
		})
	}
}

func TestACalendarThatIsRefused(t *testing.T) { // O2 F8
	t.Parallel()
	event := func(lines string) string { return calendar("UID:a\nSUMMARY:Refinement\n" + lines) }
	for name, c := range map[string]struct{ calendar, says string }{
		"nothing":      {"", "does not begin with BEGIN:VCALENDAR"},
		"a login page": {"<!DOCTYPE html><html>", "does not begin with BEGIN:VCALENDAR"},
		"cut off":      {calendar("UID:a")[:60], "is no whole calendar"},
		"an unknown zone": {event("DTSTART;TZID=Customized Time Zone:20260105T150000"),
			"the event “Refinement”: unknown time zone \"Customized Time Zone\""},
		"the machine's zone": {event("DTSTART;TZID=Local:20260105T150000"), "unknown time zone"},
		"no start":           {event("DURATION:PT1H"), "has no DTSTART"},
		"no time":            {event("DTSTART:tomorrow"), `DTSTART is no date or time: "tomorrow"`},
		"every hour":         {event("DTSTART:20260105T150000Z\nRRULE:FREQ=HOURLY"), "more than one session a day"},
		"no rule":            {event("DTSTART:20260105T150000Z\nRRULE:FREQ=SOMETIMES"), "is no RFC 5545 rule"},
		"two rules":          {event("DTSTART:20260105T150000Z\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY"), "has several RRULEs"},
		"a bad exception":    {event("DTSTART:20260105T150000Z\nRRULE:FREQ=DAILY\nEXDATE:20260105T150000Z,never"), "EXDATE is no date or time"},
		"all that follow": {calendar("UID:a\nSUMMARY:Refinement\nDTSTART:20260105T150000Z\nRRULE:FREQ=DAILY",
			"UID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260107T150000Z\nDTSTART:20260107T160000Z"), "end the series and begin another"},
		"nothing that is meant": {calendar("UID:a\nSUMMARY:Retrospective\nDTSTART:20260105T150000Z"),
			"has no event with a time of day whose title contains “refine”, among"},
		"too many events": {"BEGIN:VCALENDAR\n" + strings.Repeat("BEGIN:VEVENT\nEND:VEVENT\n", 20_001) + "END:VCALENDAR\n", "more than 20000 events"},
		"too many series": {calendar(many(21, "SUMMARY:Refinement\nDTSTART:20260105T150000Z\nRRULE:FREQ=DAILY")...), "21 events that recur"},
		"too many exceptions": {event("DTSTART:20260105T150000Z\nEXDATE:" + strings.Repeat("20260105T150000Z,", 10_000) + "20260105T150000Z"),
			"more than 10000 exceptions"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Schedule{Event: "refine"}.SessionsOf([]byte(c.calendar))
			assert.ErrorContains(t, err, c.says)
		})
	}
}

func many(n int, event string) (events []string) {
	for i := range n {
		events = append(events, fmt.Sprintf("UID:%d\n%s", i, event))
	}
	return events
}

// A series without an end that no day satisfies, and one that holidays swallow, are
// told in a moment.
func TestASeriesWithoutSessions(t *testing.T) { // F8
	t.Parallel()
	next, err := Schedule{}.SessionsOf([]byte(calendar(many(2, "DTSTART:20260105T150000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")...)))
	require.NoError(t, err)
	begun := time.Now()
	assert.Zero(t, next(begun))
	assert.Less(t, time.Since(begun), 20*time.Second)

	next, err = Schedule{RRule: "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25", Start: "2026-01-01T10:00", Holidays: "DE"}.Sessions()
	require.NoError(t, err)
	assert.Zero(t, next(begun))
}
