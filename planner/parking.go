package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// machinery is talk of how something is to be built, which a refinement session
// parks from the start. It has to name a part of the machinery and say what is
// to be done with it.
var machinery = regexp.MustCompile(`(?i)\b(?:(?:is|are|be) implemented (?:as|with|by|in|using)|(?:candidate|possible) (?:tools?|libraries|frameworks?)\b|(?:will|should|must|could|to) (?:use|be) an? (?:\w+ ){0,2}(?:library|framework|database|cache|queue|class|thread|singleton|table|schema|factory|wrapper|script|json|xml)|data structure|like a git (?:commit|diff)|(?:using|via|through) (?:an? |the )?(?:\w+ ){0,2}(?:library|framework|API|pattern|algorithm|script|plugin|regex|template|adapter)\b)`)

// mostParked is how many things are parked from the start.
const mostParked = 3

// parked is talk of how that the tickets invite: machinery that they describe,
// choices that they leave to whoever builds it, and means that they begin with.
func (b *builder) parked() (out []string) {
	used := map[string]bool{}
	park := func(what, key string) {
		if what != "" && !used[what] && !used[key] && len(out) < mostParked {
			used[what], used[key] = true, true
			out = append(out, fmt.Sprintf("%s (%s)", what, key))
		}
	}
	for _, r := range b.concerned() {
		if ev, ok := r.builds(); ok {
			park(ev.String(), r.issue.Key)
		}
	}
	for _, r := range b.concerned() {
		park(r.candidates(), r.issue.Key)
		for _, p := range r.probed {
			park(p.fill(p.parks), r.issue.Key)
		}
		if !b.timed(r, "version") {
			park(r.versionChosen(), r.issue.Key)
		}
	}
	for _, c := range b.across {
		park(c.parks, c.keys[len(c.keys)-1])
	}
	for _, r := range b.where(func(r *reading) bool { return r.found(ruleSolution) }) {
		park(r.mainEvidence().String(), r.issue.Key)
	}
	return out
}

// timed reports whether the session gives time to a matter of the ticket by its
// talk or a question: then it is not parked.
func (b *builder) timed(r *reading, matter string) bool {
	texts := []string{}
	if len(r.findings) > 0 {
		find, _ := r.toFindOut()
		texts = append(texts, find)
	}
	for _, q := range b.plan.Questions {
		if q.Key == r.issue.Key {
			texts = append(texts, q.Text)
		}
	}
	return slices.ContainsFunc(texts, func(text string) bool { return stands(matter, bare(text)) })
}

// lists begins a list of means to choose from.
var lists = regexp.MustCompile(`(?i)\b(?:candidates?|tools?|libraries|frameworks?|options|alternatives|products|vendors)\b[^.]*$`)

// candidates are the means that the ticket or its comments list to choose from,
// those with names.
func (r *reading) candidates() string {
	texts := slices.Concat(r.blocks, r.progress)
	for n, l := range texts {
		if !l.announces() || l.aside || !lists.MatchString(l.text) {
			continue
		}
		var names []string
		for _, e := range texts[n+1:] {
			if e.kind != bullet || e.from != l.from {
				break
			}
			if name := properName.FindString(e.text); name != "" && strings.HasPrefix(e.text, name) {
				names = append(names, name)
			}
		}
		if len(names) > 1 {
			return fmt.Sprintf("the choice between %s, %s and the others listed", names[0], names[1])
		}
	}
	return ""
}

// intoVersion is a title that names the version to come.
var intoVersion = regexp.MustCompile(`(?i)\b(?:upgrade|update|move|migrate|bump|switch) (?:the )?([\w .-]{2,40}?) to (?:v|version )?\d+(?:\.\d+)+`)

// versionChosen is the choice of a version that the title makes.
func (r *reading) versionChosen() string {
	m := intoVersion.FindStringSubmatch(r.title())
	if m == nil {
		return ""
	}
	return "which version of " + m[1] + " it becomes"
}

// builds is where the ticket first speaks of machinery.
func (r *reading) builds() (found Evidence, ok bool) {
	each([]*reading{r}, true, func(_ *reading, from *source, s string) {
		at := machinery.FindStringIndex(s)
		if at == nil || ok {
			return
		}
		found, ok = from.around(s, at)
	})
	return found, ok
}
