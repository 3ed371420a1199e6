package planner

import (
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
	quote, _, _ := clip(text, [2]int{0, min(len(text), 1)})
	if src := r.source("summary"); src != nil && !src.holds(quote) {
		return r.issue.Key
	}
	return quote
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
		if l.from.comment || l.from.where == "summary" || l.kind == heading || template(l.under) {
			continue
		}
		for _, s := range sentences(l.text) {
			if ev, ok := l.from.quote(s); ok && len(strings.Fields(ev.Quote)) >= 5 {
				return ev
			}
		}
	}
	return r.titleEvidence()
}

// quote makes evidence of a sentence's beginning.
func (s *source) quote(sentence string) (Evidence, bool) {
	q, before, after := clip(sentence, [2]int{0, min(len(sentence), 1)})
	return Evidence{Where: s.where, Quote: q, before: before, after: after}, len(strings.Fields(q)) >= minQuoteWords && s.holds(q)
}

// evidence looks the first of the wordings up that stands in the ticket's own
// text.
func (r *reading) evidence(wordings ...string) (Evidence, bool) {
	for _, w := range wordings {
		w = strings.TrimSpace(w)
		for _, s := range r.sources {
			if !s.comment && w != "" && !strings.ContainsAny(w, "“”") && s.holds(w) {
				return Evidence{Where: s.where, Quote: w}, true
			}
		}
	}
	return Evidence{}, false
}
