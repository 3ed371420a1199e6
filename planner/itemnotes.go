package planner

import (
	"fmt"
	"slices"
	"strings"
)

// exploreNote says what the item's time in exploration is for.
func (r *reading) exploreNote() string {
	if r.ready() && (len(r.findings) == 0 || r.findings[0].weight < promoteWeight) {
		if result, ok := r.resultShown(); ok {
			return fmt.Sprintf("ready; who objects to %s, and why?", result)
		}
		return "ready; who objects, and why?"
	}
	find, shown := r.toFindOut()
	if r.heard {
		shown = ""
	}
	note := "find out " + find + shown
	if r.ready() {
		note = "ready, with one thing open: " + note
	}
	return note
}

// toFindOut is what the item's talk has to bring to light, and the quote that
// shows it: in the ticket's own words where a probe or the title has them.
func (r *reading) toFindOut() (find, shown string) {
	f := r.leading()
	if p, ok := r.probeOf(f); ok {
		return p.fill(p.find), "" // in the ticket's own words; the quote stands beneath the item
	}
	if _, find, _, _ := r.aboutThing(); find != "" && f.plainGap() {
		return find, f.shows()
	}
	return f.find, f.shows()
}

// leading is the finding that the item's own talk is about.
func (r *reading) leading() finding {
	if n := slices.IndexFunc(r.findings, func(f finding) bool { return !f.first }); n >= 0 {
		return r.findings[n]
	}
	return r.findings[0]
}

// plainGap reports whether the finding says only that something is missing, as
// could be said of any ticket.
func (f finding) plainGap() bool {
	switch f.Rule {
	case ruleCriteria, ruleNoBenefit, ruleSolution, ruleStakeholder, ruleNoDescription:
		return f.hit == nil && !f.alone
	}
	return false
}

// absent reports whether the finding says that something is missing, which no
// quote can show.
func (f finding) absent() bool {
	return f.plainGap() && f.Rule != ruleSolution && !f.sharp
}

// hear marks the items whose leading doubt a key point or a question quotes: the
// agenda does not quote it again.
func (b *builder) hear() {
	texts := append(pointTexts(b.plan), questionTexts(b.plan)...)
	for _, r := range b.taken {
		if len(r.findings) == 0 || len(r.leading().Evidence) != 1 {
			continue
		}
		quote := r.leading().Evidence[0].Quote
		r.heard = slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, quote) })
	}
}

// probeOf is the probe that says the finding in the ticket's own words: one that
// speaks of its sentence, or the strongest if it only misses something.
func (r *reading) probeOf(f finding) (probed, bool) {
	if f.alone {
		return probed{}, false
	}
	for _, p := range r.probed {
		if p.fill(p.find) == "" {
			continue
		}
		same := len(f.Evidence) > 0 && (strings.Contains(f.Evidence[0].Quote, p.ev.Quote) || strings.Contains(p.ev.Quote, f.Evidence[0].Quote))
		if same || f.plainGap() && f.Rule != ruleNoDescription {
			return p, true
		}
	}
	return probed{}, false
}

// shows is the quote that a note ends with, both where two do not agree. The
// title stands in the line already, and so may the words that matter; a long quote
// drowns it, and stands beneath the item and with its verdict.
func (f finding) shows() string {
	switch {
	case len(f.Evidence) == 0 || f.absent():
		return ""
	case f.Rule == ruleContradiction:
		return fmt.Sprintf(": %s (%s) or %s (%s)", f.Evidence[0], f.Evidence[0].Where, f.Evidence[1], f.Evidence[1].Where)
	case len(f.Evidence[0].Quote) > shownShort || f.Evidence[0].Where == "summary" || len(quotesIn(f.find)) > 0:
		return ""
	default:
		return ": " + f.Evidence[0].String()
	}
}

// shownShort is the length of a quote that does not drown its line.
const shownShort = 70

// confirmed quotes what a ready ticket is ready by.
func (r *reading) confirmed() string {
	if result, ok := r.resultShown(); ok {
		return result.String()
	}
	return r.mainEvidence().String()
}

// resultShown is what the ticket says of its result, as far as it can be quoted.
func (r *reading) resultShown() (best Evidence, ok bool) {
	for _, l := range r.criteria {
		ev, quotable := l.from.quote(l.text)
		switch {
		case !quotable || strings.HasSuffix(strings.TrimSpace(l.text), ":"), strings.ContainsAny(ev.Quote[:1], `"'(`):
		case checkable(ev.Quote):
			return ev, true
		case best.Quote == "":
			best = ev
		}
	}
	return best, best.Quote != ""
}

// successNote says which result is to be written for the item.
func (r *reading) successNote() string {
	switch {
	case r.ready():
		return "confirm the result as it stands"
	case len(r.criteria) > 0 && r.stated:
		return fmt.Sprintf("%s; keep %s", toWrite(r.gain(r.leading())), r.confirmed())
	case len(r.limits()) > 0:
		return fmt.Sprintf("%s; non-negotiable or not: %s", toWrite(r.gains()), r.limits()[0].ev)
	default:
		return toWrite(r.gains())
	}
}

// gains names the first two things that the ticket gets in the session.
func (r *reading) gains() string {
	var out []string
	found := slices.DeleteFunc(slices.Clone(r.findings), func(f finding) bool { return f.first })
	if len(found) == 0 {
		found = r.findings
	}
	for n, f := range found[:min(len(found), 2)] {
		if n > 0 && sameSentence(found[0], f) {
			continue
		}
		if g := r.gain(f); !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	return enumerate(out)
}

// sameSentence reports whether both findings show one place.
func sameSentence(a, b finding) bool {
	return len(a.Evidence) > 0 && len(b.Evidence) > 0 && overlap(termSet(a.Evidence[0].Quote), termSet(b.Evidence[0].Quote)) > 0.5
}

// gain is what the ticket gets by talk about the finding.
func (r *reading) gain(f finding) string {
	if p, ok := r.probeOf(f); ok {
		if gets := p.fill(p.gets); gets != "" {
			return gets
		}
	}
	if _, _, gets, _ := r.aboutThing(); gets != "" && f.plainGap() {
		return gets
	}
	return f.gets
}

func (r *reading) limits() (out []hit) {
	for _, h := range r.hits {
		if h.rule == ruleConstraint {
			out = append(out, h)
		}
	}
	return out
}

// toWrite tells what has to stand in the ticket in the end: people are named,
// where nothing else will do.
func toWrite(gets string) string {
	people := strings.HasPrefix(gets, "somebody ") || strings.HasPrefix(gets, "the people ")
	if people && !strings.Contains(gets, ", or ") {
		return "name " + gets
	}
	return "write " + gets
}
