package text

import (
	"slices"
	"strings"
)

// quotesMail notices where a text goes on with somebody else's mail, after
// "-----Original Message-----", or with a signature, to its end. After "On …
// wrote:" the lines that are marked as quoted are noise by themselves.
func (r *blockReader) quotesMail(s string) bool {
	switch {
	case strings.HasPrefix(s, "--") && (strings.Contains(s, "Original Message") || strings.Contains(s, "Forwarded message")),
		strings.HasPrefix(s, "Begin forwarded message"):
		r.flush()
		r.ended = true
	case s == "--" && isSignature(r.rest):
		r.flush()
		r.ended = true
	case strings.HasSuffix(s, "wrote:") && (strings.HasPrefix(s, "On ") || strings.Contains(s, "@") || strings.Contains(s, "[e-mail")):
		r.flush()
	case strings.HasPrefix(s, "Sent from my "):
		r.flush()
	default:
		return false
	}
	return true
}

// longestSignature is how many bytes somebody needs to say who they are.
const longestSignature = 300

// isSignature tells who somebody is from what follows a ruler: up to four short
// lines, none of them a sentence or a label.
func isSignature(rest string) bool {
	if len(rest) > longestSignature {
		return false
	}
	lines := strings.Split(strings.TrimSpace(rest), "\n")
	return len(lines) <= 4 && !slices.ContainsFunc(lines, func(line string) bool {
		_, _, label := handmadeHeading(line)
		return label || len(strings.Fields(line)) > 5 || strings.HasSuffix(line, "!") || strings.HasSuffix(line, "?")
	})
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
