package planner

import (
	"cmp"
	"regexp"
	"strings"
)

// titlePrefix is what teams put before the subject of a title: a component, a
// user story's role, a leading verb.
var titlePrefix = regexp.MustCompile(`(?i)^\s*(?:\[[^\]]*\]\s*)?(?:[\w@/.+ -]{2,40}: )?(?:\[[^\]]*\]\s*)?(?:as an? [^,]{2,60}, (?:i|we) (?:want|need|would like)(?: to)?(?: be able to| the ability to)?\s+)?`)

// titleEvidence quotes the title's subject.
func (r *reading) titleEvidence() Evidence {
	return Evidence{Where: "summary", Quote: r.subject()}
}

// subject is the part of the title that names what the issue is about, short
// enough to stand within a sentence.
func (r *reading) subject() string {
	text := strings.Join(strings.Fields(r.issue.Summary), " ")
	if rest := text[len(titlePrefix.FindString(text)):]; len(strings.Fields(rest)) >= 2 {
		text = rest
	}
	if i := strings.Index(text, " so that "); i > 0 {
		text = text[:i]
	}
	src := r.source("summary")
	if src == nil {
		return r.issue.Key
	}
	if quote, _, _ := clip(text, [2]int{0, min(len(text), 1)}); quote != "" && src.holds(quote) {
		return quote
	}
	return cmp.Or(longestPiece(text, src), r.issue.Key)
}

// longestPiece is for titles full of markup: the longest run of words that
// stands in the title as it is.
func longestPiece(text string, src *source) (best string) {
	for piece := range strings.SplitSeq(text, " ") {
		piece = strings.Trim(piece, "“”")
		if len(piece) > len(best) && !strings.ContainsAny(piece, "“”") && len(piece) <= maxQuote && src.holds(piece) && fold(piece) != "" {
			best = piece
		}
	}
	return best
}

func (r *reading) source(where string) *source {
	for _, s := range r.sources {
		if s.where == where {
			return s
		}
	}
	return nil
}

// mainEvidence quotes the first thing the ticket says about itself: the first
// sentence of the description that is long enough, else the title.
func (r *reading) mainEvidence() Evidence {
	for _, l := range r.blocks {
		if l.from.comment || l.from.where == "summary" || l.kind == heading || l.aside {
			continue
		}
		if reference.MatchString(l.under) {
			continue // its first entry says nothing of the whole
		}
		for _, s := range l.said {
			if ev, ok := l.from.quote(s.text); ok && len(strings.Fields(ev.Quote)) >= 5 {
				return ev
			}
		}
	}
	return r.titleEvidence()
}

// reference is a heading of what is copied from an interface's description.
var reference = regexp.MustCompile(`(?i)^(?:constants|properties|methods|events|parameters|arguments|attributes|fields|functions|returns?|throws|signature)\W*$`)

// sideClause begins a sentence whose main clause comes after a comma.
var sideClause = regexp.MustCompile(`(?i)^(?:when|if|while|as|since|although|though|because|after|before|once|per|in order to|for|in|on|currently|however|also|additionally|furthermore|moreover)\b[^,;:]*, `)

// quote makes evidence of a sentence's beginning, or of its main clause where
// the sentence is too long to be quoted whole.
func (s *source) quote(sentence string) (Evidence, bool) {
	at := 0
	if len(sentence) > goodQuote {
		at = len(sideClause.FindString(sentence))
	}
	q, before, after := clip(sentence, [2]int{at, min(len(sentence), at+1)})
	return Evidence{Where: s.where, Quote: q, before: before, after: after}, len(strings.Fields(q)) >= minQuoteWords && s.holds(q)
}

// aim is what the ticket says that it is good for, quoted.
func (r *reading) aim() string {
	for _, l := range r.blocks {
		if l.from.comment || l.kind == heading {
			continue
		}
		for _, s := range l.said {
			if at, ok := s.says(saysBenefit); ok {
				q, before, after := clip(s.text, at)
				if l.from.holds(q) && len(strings.Fields(q)) >= 5 && !strings.HasPrefix(q, "and ") {
					return Evidence{l.from.where, q, before, after}.String()
				}
			}
		}
	}
	return ""
}
