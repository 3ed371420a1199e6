package planner

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// P5 L14: a day that a text sets tells why now, though no field holds it.
func TestDaysThatTextsSet(t *testing.T) {
	t.Parallel()
	day := func(y, m, d int) Date { return Date{Year: y, Month: time.Month(m), Day: d} }
	for text, want := range map[string]Date{
		"Starting February 1, 2027, new apps must be built in another way.": day(2027, 2, 1),
		"The bank wants it no later than 3rd of March 2027.":                day(2027, 3, 3),
		"It has to be there by 2027-01-31 at the latest.":                   day(2027, 1, 31),
		"The deadline is Feb 1st, 2027 for all markets.":                    day(2027, 2, 1),
		"A clerk reported on March 3, 2026 that sums are wrong.":            {},
		"Version 2026-01-31 has the fault that we see.":                     {},
	} {
		l, ok := read(Issue{Key: "PAY-1", Summary: "Build apps anew", Description: text}).wantedBy()
		assert.Equal(t, !want.IsZero(), ok, text)
		assert.Equal(t, want, l.day, text)
	}
}

func TestADayInATextIsNoGap(t *testing.T) { // L6
	t.Parallel()
	issue := Issue{Key: "PAY-1", Summary: "Build apps anew", Description: "Starting February 1, 2026, new apps must be built in another way."}
	now := Build(Input{Session: testSession("x"), Issues: []Issue{issue}}).Agenda[0].Lines
	why := now[len(now)-1]
	assert.Contains(t, why, "“Starting February 1, 2026, new apps must be built in another way” (PAY-1, description), a day that is past")
	assert.Contains(t, why, "No ticket has a release or sprint goal")
}

// A day that two texts set is told once.
func TestADayIsToldOnce(t *testing.T) { // L6
	t.Parallel()
	issues := asking(2)
	issues[0].Description = "Starting February 1, 2027, new apps must be built in another way. Who may see them?"
	issues[1].Description = "The market has a deadline of Feb 1st, 2027 for all apps. Who may see them?"
	b := newBuilder(Input{Session: testSession("x"), Issues: issues})
	assert.Len(t, b.daysWanted(), 1)
}
