package planner

import (
	"regexp"
	"slices"
	"strings"
)

// spelled gives the quotes of a draft the tickets' own spelling where only the
// typography differs, and its straight quotation marks the plan's. Neither
// changes what a text says, and neither is worth a request.
func (m material) spelled(d Drafted) Drafted {
	out := Drafted{Closing: m.spelledText(oneLine(d.Closing), nil)}
	for _, k := range d.KeyPoints {
		k.Text = m.spelledText(oneLine(k.Text), k.Keys)
		out.KeyPoints = append(out.KeyPoints, k)
	}
	for _, q := range d.Questions {
		q.Ask = m.spelledText(oneLine(q.Ask), []string{q.Key})
		q.Quote = m.spelledQuote(strings.Trim(oneLine(q.Quote), "“”\" "), []string{q.Key})
		out.Questions = append(out.Questions, q)
	}
	return out
}

// spelledText sets pairs of straight quotation marks as the plan does, and the
// quotes between them as the tickets do. Marks within a quote are the ticket's.
func (m material) spelledText(s string, keys []string) string {
	var b strings.Builder
	at := 0
	for _, q := range append(ourQuote.FindAllStringIndex(s, -1), []int{len(s), len(s)}) {
		b.WriteString(curled(s[at:q[0]]) + s[q[0]:q[1]])
		at = q[1]
	}
	return ourQuote.ReplaceAllStringFunc(b.String(), func(quoted string) string {
		return "“" + m.spelledQuote(strings.TrimSuffix(strings.TrimPrefix(quoted, "“"), "”"), keys) + "”"
	})
}

var straightPair = regexp.MustCompile(`"([^"“”]*)"`)

func curled(s string) string { return straightPair.ReplaceAllString(s, "“$1”") }

// spelledQuote is the words as one of the tickets has them; no keys are all.
// Words that are in none stay as they are, for the check to refuse.
func (m material) spelledQuote(quote string, keys []string) string {
	bare := strings.TrimRight(quote, ".,;: ")
	for _, x := range m.tickets {
		if len(keys) > 0 && !slices.Contains(keys, x.key) {
			continue
		}
		for _, q := range []string{quote, bare} {
			if found := findAlike(x.text, q); found != "" {
				return found
			}
		}
	}
	return quote
}

// findAlike finds quote in text, typography aside, and returns it as it stands
// there.
func findAlike(text, quote string) string {
	runes := []rune(text)
	at := runeIndex(typewritten(text), typewritten(quote))
	if quote == "" || at < 0 {
		return ""
	}
	return string(runes[at : at+len([]rune(quote))])
}

// typewritten maps each character to the plainest one that looks like it. The number
// of characters stays the same.
func typewritten(s string) []rune {
	runes := []rune(s)
	for n, r := range runes {
		switch r {
		case '’', '‘', '‚', '´', '`':
			runes[n] = '\''
		case '–', '—', '‑', '−':
			runes[n] = '-'
		case '\u00a0', '\u202f':
			runes[n] = ' '
		}
	}
	return runes
}

func runeIndex(text, part []rune) int {
	at := strings.Index(string(text), string(part))
	if at < 0 {
		return -1
	}
	return len([]rune(string(text)[:at]))
}
