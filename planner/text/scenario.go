package text

import "strings"

// scenarioWords begin the lines of a scenario.
var scenarioWords = []string{"Given", "When", "Then", "And", "But", "Scenario"}

// scenarioWord is the word that makes of s a step of a scenario, or nothing.
func scenarioWord(s string) string {
	s = strings.TrimLeft(s, "*_ ")
	for _, w := range scenarioWords {
		if len(s) > len(w) && strings.EqualFold(s[:len(w)], w) && isUpper(s[0]) && !isLetter(s[len(w)]) && s[len(w)] != '\'' {
			return w
		}
	}
	return ""
}

// step is a line of a scenario. The lines of one scenario are one block, so
// that what is given stays with what then happens.
func (r *blockReader) step(word, text string, marked bool) {
	goesOn := r.scenario && word != "Scenario" && (word != "Given" || len(r.open) == 1 && scenarioWord(r.open[0]) == "Scenario")
	if !goesOn {
		r.flush()
		r.scenario = word == "Given" || word == "Scenario"
		if marked {
			r.kind = Bullet
		}
	} else if marked { // the mark stands between the lines
		text = string(unquotable) + text
	}
	r.open = append(r.open, text)
}

// IsScenario reports whether text tells what is given, what happens and what
// is then true.
func IsScenario(text string) bool {
	given := startOf(text, "Given")
	if given < 0 {
		return false
	}
	rest := text[given+len("Given"):]
	when := wordIn(rest, "when")
	return when >= 0 && wordIn(rest[when:], "then") >= 0
}

// startOf is where a line of text begins with word, marks of a list and a
// scenario's title aside.
func startOf(text, word string) int {
	for from := 0; ; {
		at := indexFold(text[from:], word)
		if at < 0 {
			return -1
		}
		at += from
		if isUpper(text[at]) && beginsLine(text[:at]) && at+len(word) < len(text) && !isLetter(text[at+len(word)]) {
			return at
		}
		from = at + len(word)
	}
}

// beginsLine reports whether only marks stand between before's end and the
// line's or sentence's beginning.
func beginsLine(before string) bool {
	before = strings.TrimRight(before, " \t*_-#"+string(unquotable))
	if before == "" {
		return true
	}
	if strings.HasSuffix(before, "\n") || strings.HasPrefix(before, "Scenario") {
		return true
	}
	return strings.IndexByte(".:)", before[len(before)-1]) >= 0
}

// wordIn is where a word stands in s, in whatever case, or -1.
func wordIn(s, word string) int {
	for from := 0; ; {
		at := indexFold(s[from:], word)
		if at < 0 {
			return -1
		}
		at += from
		end := at + len(word)
		if (at == 0 || !isLetter(s[at-1])) && (end == len(s) || !isLetter(s[end])) {
			return at
		}
		from = end
	}
}

// indexFold is strings.Index for ASCII letters in any case.
func indexFold(s, word string) int {
	lower, upper := word[0]|0x20, word[0]&^0x20
	for i := 0; i+len(word) <= len(s); i++ {
		if (s[i] == lower || s[i] == upper) && strings.EqualFold(s[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}
