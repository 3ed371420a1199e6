package ready

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"refine/planner/text"
	"refine/planner/ticket"
)

// A doneness is where a ticket says when it is done.
type doneness struct {
	criteria []statement
	named    bool // the ticket calls them so
	// shown is what else can be checked, where no criteria stand; and how says in
	// a few words what it is.
	shown ticket.Evidence
	how   string
	// thin says that nothing in the ticket can be checked.
	thin bool
	held ticket.Evidence // what stands in the place of criteria that are still to come
}

// findDone looks for criteria, then for what a report expects instead of its
// fault, then for anything that can be checked.
func (r *Reading) findDone() (d doneness) {
	criteria, held := r.acceptance()
	if d.criteria = criteria; len(d.criteria) > 0 && !r.repeats(d.criteria) {
		d.named = true
		return d
	}
	if held.Quote != "" && !r.IsFault() && !r.saidLater() {
		d.held, d.thin = held, true
		return d
	}
	if d.criteria = r.expectations(); len(d.criteria) > 0 {
		return d
	}
	d.shown, d.how = r.checkableText()
	d.thin = d.how == "" && !r.saidLater()
	return d
}

// saidLater reports whether a comment says what is to be seen, under a name for that.
func (r *Reading) saidLater() bool {
	return slices.ContainsFunc(r.Comments(), func(c *Text) bool {
		return slices.ContainsFunc(c.Blocks, func(b text.Block) bool {
			return b.Kind != text.Heading && (underCriteria(&b) || text.NamesExpectation(b.Under))
		})
	})
}

// repeats reports whether criteria say no more than the title does.
func (r *Reading) repeats(list []statement) bool {
	title := r.lang.TermSet(r.issue.Summary)
	for _, s := range list {
		for t := range r.lang.Terms(s.Text) {
			if !slices.Contains(title, t) {
				return false
			}
		}
	}
	return true
}

// IsFault reports whether the issue is of a type whose result is that a fault is
// gone.
func (r *Reading) IsFault() bool {
	return slices.ContainsFunc([]string{"bug", "defect", "fault", "incident", "problem", "fehler", "anomalie"}, func(f string) bool {
		return strings.EqualFold(r.issue.Type, f)
	})
}

// checkableText is the first thing beside criteria that whoever tests can go by,
// and what it is; empty if there is nothing.
func (r *Reading) checkableText() (ev ticket.Evidence, how string) {
	if s, ok := r.firstSaying(text.Problem); ok {
		at, _ := s.Says(text.Problem)
		ev, _ = s.Quote(at)
		return ev, "it is done when this is no longer so"
	}
	if r.IsFault() {
		return r.main, "it is done when the fault is gone"
	}
	if s, ok := r.firstSaying(text.Evident); ok {
		at, _ := s.Says(text.Evident)
		if ev, ok := s.Quote(at); ok {
			return ev, "one look shows whether it is done"
		}
	}
	if !r.lang.HasRules() {
		return ticket.Evidence{}, ""
	}
	if r.story.End != "" || r.says(text.Condition) || r.saysMore() {
		return r.main, "what it says can be checked"
	}
	return r.main, ""
}

// leastNew is how many words a ticket has that its title has not, before its text
// tells more of the result than the title does. Of 60 labelled tickets all that
// had fewer and named nothing exact were arguable or not ready, and none that had
// more lacked a result for this reason.
const leastNew = 6

// saysMore reports whether the ticket's text tells more than its title: in words
// of its own, by a list, by code, by what it quotes, or by naming something exactly.
func (r *Reading) saysMore() bool {
	if slices.ContainsFunc([]string{"{code", "{noformat", "{quote}", "```"}, func(mark string) bool { return strings.Contains(r.issue.Description, mark) }) {
		return true
	}
	entries := 0
	for s := range r.statements() {
		if s.Kind == text.Bullet {
			entries++
		}
		if entries >= leastParts || exact(s.Text) {
			return true
		}
	}
	known, fresh := r.lang.TermSet(r.issue.Summary), 0 // stems last, which cost most
	for s := range r.statements() {
		for t := range r.lang.Terms(s.Text) {
			if slices.Contains(known, t) {
				continue
			}
			if known, fresh = append(known, t), fresh+1; fresh >= leastNew {
				return true
			}
		}
	}
	return false
}

// exact reports whether a text names something exactly: "5.4.0", “loadLibs”,
// retry.limit, x_y.
func exact(said string) bool {
	for w := range strings.FieldsSeq(said) {
		w = strings.Trim(w, `.,;:!?()[]'"“”`)
		for n := 1; n < len(w)-1; n++ {
			a, c, b := rune(w[n-1]), rune(w[n]), rune(w[n+1])
			joined := strings.ContainsRune("._=()", c) && (isWordRune(a) && isWordRune(b) || c == '(')
			if joined || unicode.IsLower(a) && unicode.IsUpper(c) && unicode.IsLower(b) {
				return true
			}
		}
	}
	return strings.Count(said, `"`) > 1 || strings.Contains(said, "`")
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// noResult is the finding of a ticket that does not say when it is done.
func (r *Reading) noResult() []Finding {
	if !r.done.thin || len(r.titleOnly()) > 0 {
		return nil
	}
	if held := r.done.held; held.Quote != "" {
		return blocking(RuleCriteria, SaysHeld, held)
	}
	if !r.lang.HasRules() {
		return nil
	}
	shown := []ticket.Evidence{}
	if r.main.Quote != "" {
		shown = append(shown, r.main)
	}
	return blocking(RuleCriteria, "no line says how anyone would tell that it is done", shown...)
}

// result is where the ticket says when it is done.
func (r *Reading) result() proof {
	switch d := r.done; {
	case len(r.titleOnly()) > 0:
		return exempt("it has no text that could say it")
	case len(d.criteria) > 0:
		note := ""
		if n := len(d.criteria); n > 1 {
			note = fmt.Sprintf("the first of %d", n)
		}
		for _, s := range d.criteria {
			if ev, ok := s.evidence(); ok {
				return proven(note, ev)
			}
		}
		return unopposed(text.Counted(len(d.criteria), "statement") + " to check, none of which can be quoted")
	case d.thin:
		return exempt(otherLanguage)
	case d.shown.Quote != "":
		return proven(d.how, d.shown)
	default:
		return unopposed(d.how)
	}
}
