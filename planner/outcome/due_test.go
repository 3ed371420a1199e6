package outcome_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// S2: a day at a line's end that only says when it is due stands beside the line, once.
func TestADayAtTheEndIsTheDueDate(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"write the FAQ text, due 2026-12-10":            "write the FAQ text",
		"write the FAQ text – due by 2026-12-10.":       "write the FAQ text",
		"write the FAQ text by 2026-12-10":              "write the FAQ text",
		"write the FAQ text, due: 2026-12-10":           "write the FAQ text",
		"write the FAQ text due on 2026-12-10":          "write the FAQ text",
		"write the FAQ text (2026-12-10)":               "write the FAQ text",
		"write the FAQ text, [Due 2026-12-10]!":         "write the FAQ text",
		"Preisliste schreiben, fällig am 2026-12-10":    "Preisliste schreiben",
		"die Bank anrufen bis zum 2026-12-10":           "die Bank anrufen",
		"Due 2026-12-10: write the FAQ text":            "write the FAQ text",
		"Due 2026-12-10 – write it, due 2026-12-10":     "write it",
		"due 2026-12-10 the FAQ text":                   "due 2026-12-10 the FAQ text",
		"keep the file until 2026-12-10":                "keep the file until 2026-12-10",
		"call before 2026-12-10":                        "call before 2026-12-10",
		"call standby 2026-12-10":                       "call standby 2026-12-10",
		"call the bank (Ivo knows whom, by 2026-12-10)": "call the bank (Ivo knows whom, by 2026-12-10)",
		"call by 2026-12-10 and mail":                   "call by 2026-12-10 and mail",
		"call by 2026-12-11":                            "call by 2026-12-11", // another day
		"by 2026-12-10":                                 "by 2026-12-10",
		"(2026-12-10)":                                  "(2026-12-10)",
	} {
		e := action("PAY-3", typed)
		e.Due = ticket.Date{Year: 2026, Month: time.December, Day: 10}
		assert.Equal(t, want, e.Undated().String())
		assert.Equal(t, typed, e.Text.String())
		e.Kind = outcome.Decision
		assert.Equal(t, typed, e.Undated().String(), "a decision is due on no day")
	}
}
