package draft

import "strings"

const opens, shuts = "“", "”"

// quotations are where a text of the plan quotes, the marks included. What opens within
// another one begins anew.
func quotations(text string) (spans [][2]int) {
	for from := 0; ; {
		open := strings.Index(text[from:], opens)
		if open < 0 {
			return spans
		}
		open += from
		within := open + len(opens)
		shut := strings.Index(text[within:], shuts)
		if shut < 0 {
			return spans
		}
		shut += within
		if again := strings.LastIndex(text[within:shut], opens); again >= 0 {
			open = within + again
		}
		from = shut + len(shuts)
		spans = append(spans, [2]int{open, from})
	}
}

// Quotes lists what a text of the plan quotes.
func Quotes(text string) (all []string) {
	for _, at := range quotations(text) {
		all = append(all, text[at[0]+len(opens):at[1]-len(shuts)])
	}
	return all
}

// Outside is a text of the plan with empty quotations.
func Outside(text string) string {
	spans := quotations(text)
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	from := 0
	for _, at := range spans {
		b.WriteString(text[from:at[0]] + opens + shuts)
		from = at[1]
	}
	return b.String() + text[from:]
}

// MapOutside changes a text of the plan where it does not quote.
func MapOutside(text string, change func(string) string) string {
	var b strings.Builder
	from := 0
	for _, at := range quotations(text) {
		b.WriteString(change(text[from:at[0]]) + text[at[0]:at[1]])
		from = at[1]
	}
	return b.String() + change(text[from:])
}
