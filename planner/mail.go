package planner

import (
	"slices"
	"strings"
)

// quotesMail notices where a text goes on with somebody else's mail: after
// "-----Original Message-----" to its end; after "On … wrote:" the lines that
// are marked as quoted are noise by themselves.
func (r *blockReader) quotesMail(s string) bool {
	switch {
	case strings.HasPrefix(s, "--") && (strings.Contains(s, "Original Message") || strings.Contains(s, "Forwarded message")),
		strings.HasPrefix(s, "Begin forwarded message"):
		r.flush()
		r.ended = true
	case s == "--" && len(r.out) > 0 && r.out[len(r.out)-1].kind == paragraph && len(r.open) == 0:
		r.flush() // a ruler, or a signature's
	case strings.HasSuffix(s, "wrote:") && (strings.HasPrefix(s, "On ") || strings.Contains(s, "@") || strings.Contains(s, "[e-mail")):
		r.flush()
	case strings.HasPrefix(s, "Sent from my "):
		r.flush()
	default:
		return false
	}
	return true
}

var closings = []string{"regards", "best regards", "kind regards", "thanks", "thank you", "many thanks", "thanks and regards", "thanks & regards", "cheers", "best", "sincerely", "thx"}

// closesLetter leaves out how a letter ends: "Regards," and the name below it.
func (r *blockReader) closesLetter(s string) bool {
	if r.signed {
		r.signed = false
		if proseWords(s) == len(strings.Fields(s)) && len(strings.Fields(s)) < 4 && startsUpper(s) {
			r.flush()
			return true
		}
	}
	if len(s) > 24 || !slices.Contains(closings, strings.ToLower(strings.Trim(s, " ,.!"))) {
		return false
	}
	r.flush()
	r.signed = true
	return true
}
