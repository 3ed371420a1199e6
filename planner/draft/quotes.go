package draft

import (
	"strings"

	"refine/internal/lazyregexp"
)

// quotation is a quotation in a text of the plan.
var quotation = lazyregexp.New(`“([^“”]*)”`)

// Quotes lists what a text of the plan quotes.
func Quotes(text string) (all []string) {
	for _, m := range quotation.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}

// Outside is a text of the plan with empty quotations.
func Outside(text string) string { return quotation.ReplaceAllString(text, "“”") }

// MapOutside changes a text of the plan where it does not quote.
func MapOutside(text string, change func(string) string) string {
	var b strings.Builder
	from := 0
	for _, at := range quotation.FindAllStringIndex(text, -1) {
		b.WriteString(change(text[from:at[0]]) + text[at[0]:at[1]])
		from = at[1]
	}
	return b.String() + change(text[from:])
}
