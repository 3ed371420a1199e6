package planner

import (
	"fmt"
	"regexp"
	"strings"
)

var counted = regexp.MustCompile(`(?i)(?:^|[\s(])(\d{1,5}|two|three|four|five|six|seven|eight|nine|ten|twelve)[ -]([a-z]{3,})`)

// versioned ends with a name that a number belongs to: "Windows 10".
var versioned = regexp.MustCompile(`(?:\b[A-Z][\w.]*|\bversion|[vV]) $`)

var spelled = map[string]string{
	"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "twelve": "12",
}

// A quantity is "five attempts", as it stands in a text.
type quantity struct {
	number, unit string
	text         string
}

func counts(s string) (out []quantity) {
	for _, at := range counted.FindAllStringSubmatchIndex(s, -1) {
		m := []string{s[at[0]:at[1]], s[at[2]:at[3]], s[at[4]:at[5]]}
		if stopWords[strings.ToLower(m[2])] || versioned.MatchString(s[:at[2]]) {
			continue
		}
		n := strings.ToLower(m[1])
		if digits, ok := spelled[n]; ok {
			n = digits
		}
		out = append(out, quantity{number: n, unit: stem(strings.ToLower(m[2])), text: strings.TrimLeft(m[0], " (\n\t")})
	}
	return out
}

// numbers compares what the title counts with what the description counts: the
// same things in different numbers cannot both be meant.
func (r *reading) numbers() (out []finding) {
	title, body := r.source("summary"), r.source("description")
	if title == nil || body == nil {
		return nil
	}
	var text strings.Builder
	for _, l := range r.blocks {
		if l.from == body {
			text.WriteString(l.text + "\n")
		}
	}
	inBody := counts(text.String())
	for _, t := range counts(title.raw) {
		if other, ok := differs(t, inBody); ok && title.holds(t.text) && body.holds(other.text) {
			out = append(out, contradiction(r.issue.Key, Evidence{Where: "summary", Quote: t.text}, Evidence{Where: "description", Quote: other.text}))
		}
	}
	return out
}

// differs finds a different number of the same things, unless the same number
// is there, too.
func differs(c quantity, others []quantity) (other quantity, ok bool) {
	for _, o := range others {
		if o.unit != c.unit {
			continue
		}
		if o.number == c.number {
			return quantity{}, false
		}
		other, ok = o, true
	}
	return other, ok
}

func contradiction(key string, a, b Evidence) finding {
	return finding{
		Finding: Finding{Rule: ruleContradiction, INVEST: "T", Blocks: true, Evidence: []Evidence{a, b},
			Message: fmt.Sprintf("the %s and the %s do not agree", a.Where, b.Where)},
		weight: 12, find: "which of the two holds, and who has relied on the other", gets: "one number", snag: "two numbers for one thing",
		lead: fmt.Sprintf("%s says %s in its %s and %s in its %s.", key, a, a.Where, b, b.Where),
		asks: []string{"Who has relied on which of the two?", "Whose need is behind each?"},
	}
}
