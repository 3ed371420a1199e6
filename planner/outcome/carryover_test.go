package outcome_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// carriedOver is what a session's page leaves open for the next one.
func carriedOver(o outcome.Outcomes) (lines []string) {
	o.Keys = []string{"PAY-3", "PAY-12"}
	day := ticket.Date{Year: 2026, Month: time.November, Day: 24}
	for _, l := range o.CarryOver(day, outcome.PageRef{ID: "12"}).All() {
		lines = append(lines, l.String())
	}
	return lines
}

// An unfinished action is carried over with the ticket that a sync writes it to, whose key
// and whose day it says once.
func TestAnActionIsCarriedOverWithItsTicket(t *testing.T) { // P6 S7
	t.Parallel()
	for typed, want := range map[string]string{
		"archive it by 2026-12-09":         "PAY-3: archive it – due 2026-12-09",
		"PAY-12: archive it by 2026-12-09": "PAY-12: archive it – due 2026-12-09",
		"pay-12: archive it":               "pay-12: archive it",
		"archive it (PAY-12)":              "archive it (PAY-12)",
		"PAY-3: archive it":                "PAY-3: archive it",
		"PAY-3, PAY-12: archive them":      "PAY-3, PAY-12: archive them",
		"PAY-77: archive it":               "PAY-77: archive it", // of the session's project
		"UTF-8: archive it":                "PAY-3: UTF-8: archive it",
		"archive it as in PAY-12 before":   "PAY-3: archive it as in PAY-12 before", // which a sync lists
		"unlike PAY-12, PAY-3 is archived": "PAY-3: unlike PAY-12, PAY-3 is archived",
	} {
		e := action("PAY-3", typed)
		if strings.HasSuffix(typed, "2026-12-09") {
			e.Due = ticket.Date{Year: 2026, Month: time.December, Day: 9}
		}
		assert.Equal(t, []string{want}, carriedOver(outcome.Outcomes{Entries: []outcome.Entry{e}}))
	}

	named := action("PAY-3", "PAY-12: archive it")
	c := outcome.Outcomes{Keys: []string{"PAY-3", "PAY-12"}, Entries: []outcome.Entry{named}}.CarryOver(ticket.Date{}, outcome.PageRef{})
	require.Len(t, c.All(), 1)
	assert.True(t, c.All()[0].Names("PAY-12"))
	assert.False(t, c.All()[0].Names("PAY-3"), "it only stood there")

	row := action("PAY-3", "archive it")
	row.Row = "PAY-12"
	assert.Equal(t, []string{"PAY-12: archive it"}, carriedOver(outcome.Outcomes{Entries: []outcome.Entry{row}}))
	assert.Equal(t, []string{"ask Ivo about PAY-12"}, carriedOver(outcome.Outcomes{Entries: []outcome.Entry{action("", "ask Ivo about PAY-12")}}))
}

// What a sync does not take for the outcome of an item brings it back no more than that.
func TestOnlyABoxThatCountsIsCarriedOver(t *testing.T) { // P6 S3
	t.Parallel()
	box := func(b outcome.Box) outcome.Entry {
		return outcome.Entry{Kind: outcome.Result, Section: "PAY-12", Text: text(string(b))}
	}
	elsewhere := box(outcome.BoxReady)
	elsewhere.Section, elsewhere.Row = "PAY-3", "PAY-12"
	left := []outcome.Carried{
		{Kind: outcome.Parked, Key: "PAY-12"},
		{Kind: outcome.Parked, Key: "PAY-12", Text: text("the old archive")},
		{Kind: outcome.AnotherTime, Key: "PAY-3"},
	}
	all := []string{"PAY-3", "PAY-12", "PAY-12: “the old archive”"}
	for name, test := range map[string]struct {
		ticked  []outcome.Entry
		unclear []string
		want    []string
	}{
		"one":                         {[]outcome.Entry{box(outcome.BoxParked)}, nil, all},
		"one, and said again":         {[]outcome.Entry{box(outcome.BoxParked), box(outcome.BoxParked)}, nil, all},
		"two":                         {[]outcome.Entry{box(outcome.BoxReady), box(outcome.BoxParked)}, nil, []string{all[0], all[2]}},
		"another one, said elsewhere": {[]outcome.Entry{box(outcome.BoxParked), elsewhere}, nil, []string{all[0], all[2]}},
		"beside one with a note":      {[]outcome.Entry{box(outcome.BoxParked)}, []string{"PAY-12"}, []string{all[0], all[2]}},
	} {
		got := carriedOver(outcome.Outcomes{Entries: test.ticked, Left: left, Unclear: test.unclear})
		assert.Equal(t, test.want, got, name)
	}
}
