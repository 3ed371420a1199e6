package planner

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A proof is what shows that an item meets a rule, or why the rule is not about
// it.
type proof struct {
	state RuleState
	note  string
	shown []Evidence
}

// proven is met, as the words show.
func proven(note string, shown ...Evidence) proof { return proof{Met, note, shown} }

// unopposed is met, as nothing speaks against it.
func unopposed(note string) proof { return proof{state: Met, note: note} }

// exempt is a rule that is not about the item.
func exempt(why string) proof { return proof{state: NotApplicable, note: why} }

// otherLanguage is why rules of wording say nothing; an assumption names the
// tickets and their languages (L15).
const otherLanguage = "the words of this rule are not known in the ticket's language"

// notAStory is why the rules about stories say nothing.
const notAStory = "it holds no user story"

// ruleResults judge the item by every rule of the team's, with what shows it (L8).
// They agree with its findings: what those say is not met.
func (r *reading) ruleResults(d DefinitionOfReady) RuleResults {
	out := RuleResults{}
	for _, k := range d.judged(r.issue.Type) {
		out = append(out, r.result(k))
	}
	return out
}

func (r *reading) result(k judgedRule) RuleResult {
	out := RuleResult{Rule: k.ID, Sentence: k.Sentence, Severity: k.Severity, State: NotApplicable, Note: k.aside, Evidence: []Evidence{}}
	if k.aside != "" {
		return out
	}
	if f := r.breach(k.ID); f != nil {
		return out.broken(f.Finding)
	}
	return out.shown(r.proof(k))
}

// shown is the result with a proof, without words that are nobody's business.
func (r RuleResult) shown(p proof) RuleResult {
	r.State, r.Note = p.state, p.note
	for _, e := range p.shown {
		if showsPersonal(e.Quote) {
			r.Note = cmp.Or(r.Note, "its words hold personal data and are not shown")
		} else {
			r.Evidence = append(r.Evidence, e)
		}
	}
	return r
}

// broken is the result of a rule that a finding says is not met.
func (r RuleResult) broken(f Finding) RuleResult {
	r.State, r.Note, r.Severity = NotMet, f.Message, Advice
	if f.Blocks {
		r.Severity = Required
	}
	r.Evidence = append([]Evidence{}, f.Evidence...)
	return r
}

// breach is the weightiest finding of a rule, nil if there is none. It may be
// one that the item's list has no room for.
func (r *reading) breach(rule string) *finding {
	for _, list := range [][]finding{r.findings, r.broken} {
		for n := range list {
			if list[n].Rule == rule {
				return &list[n]
			}
		}
	}
	return nil
}

// A judgedRule is a rule as it is for one type of issue.
type judgedRule struct {
	ReadyRule
	aside string // why it is not about issues of that type
}

// judged are the team's rules for issues of a type, in their order: those that
// the planner knows, then the team's own. What is off for all is left out.
func (d DefinitionOfReady) judged(kind string) (out []judgedRule) {
	add := func(k ReadyRule) {
		switch entry := d.rule(k.ID, kind); {
		case entry == nil && k.Pattern != nil:
			out = append(out, judgedRule{k, "it is for " + enumerate(d.types(k.ID)) + " alone"})
		case entry == nil:
			out = append(out, judgedRule{k, ""})
		case entry.Severity == Off && len(entry.Types) > 0:
			out = append(out, judgedRule{k, "the team has switched it off for " + enumerate(entry.Types)})
		case entry.Severity != Off:
			k.Severity = cmp.Or(entry.Severity, k.Severity)
			k.Pattern, k.Forbid, k.In = entry.Pattern, entry.Forbid, entry.In
			out = append(out, judgedRule{k, ""})
		}
	}
	for _, k := range readyRules {
		add(k)
	}
	for n, k := range d.Rules {
		first := slices.IndexFunc(d.Rules, func(o ReadyRule) bool { return o.ID == k.ID })
		if k.Pattern != nil && first == n {
			k.Severity, k.Sentence = cmp.Or(k.Severity, Required), k.said()
			add(k)
		}
	}
	return out
}

// types are the issue types that the team's entries for a rule are about.
func (d DefinitionOfReady) types(id string) (out []string) {
	for _, k := range d.Rules {
		if k.ID == id {
			out = append(out, k.Types...)
		}
	}
	return out
}

// proof looks for what shows that a rule is met, where no finding says that it
// is not.
func (r *reading) proof(k judgedRule) proof {
	if k.Pattern != nil {
		return r.ownProof(&k.ReadyRule)
	}
	if show := proofs[k.ID]; r.hears(k.ID) {
		return show(r)
	}
	return exempt(otherLanguage)
}

// hears reports whether the ticket's language has words for a rule. Some rules
// go by other things than words.
func (r *reading) hears(rule string) bool {
	if senses := wordRules[rule]; len(senses) > 0 {
		return slices.ContainsFunc(senses, r.lex.knows)
	}
	return true
}

// wordRules are the rules that go by words alone, with what those mean.
var wordRules = map[string][]sense{
	ruleOpenQuestion: {saysUnfilled, saysUndecided, saysEither}, ruleOpenList: {saysOpenList, saysExamples},
	ruleVague: {saysVagueAim, saysVagueResult, saysVagueWhich}, ruleAssumption: {saysOptional, saysGuess, saysGranted},
	ruleSolution: {saysMeans}, ruleStakeholder: {saysPeople},
}

// proofs are, by rule, what an item shows that no finding of the rule is about.
var proofs = map[string]func(*reading) proof{
	ruleNoDescription: (*reading).ownWords,
	ruleCriteria:      (*reading).firstCriterion,
	ruleOpenQuestion:  (*reading).answeredQuestion,
	ruleContradiction: func(r *reading) proof { return unopposed("no two parts disagree in " + r.texts()) },
	ruleDependency:    (*reading).doneBlocker,
	ruleOpenList:      func(r *reading) proof { return unopposed("no list is left open in " + r.texts()) },
	ruleSize:          (*reading).measuredSize,
	ruleVague:         (*reading).measure,
	ruleAtomic:        (*reading).oneWish,
	ruleUnique:        func(r *reading) proof { return r.amongOthers().unique },
	ruleWellFormed:    func(r *reading) proof { return r.ofStory("", r.story.whole) },
	ruleMinimal:       func(r *reading) proof { return r.ofStory("nothing beside role, means and end", r.story.whole) },
	ruleUniform:       func(r *reading) proof { return r.amongOthers().uniform },
	ruleNoBenefit:     (*reading).benefit,
	ruleSolution:      (*reading).need,
	ruleStakeholder:   (*reading).someone,
	ruleVisual:        (*reading).picture,
	ruleAssumption:    func(r *reading) proof { return unopposed("nothing is guessed or taken for granted in " + r.texts()) },
	ruleStale:         (*reading).lastWritten,
}

// texts names what was read: "title, description and 2 comments".
func (r *reading) texts() string {
	if r.lone {
		return "the story"
	}
	var parts []string
	comments := 0
	for _, s := range r.sources {
		switch {
		case s.comment:
			comments++
		case s.where == "summary":
			parts = append(parts, "title")
		default:
			parts = append(parts, s.where)
		}
	}
	if comments > 0 {
		parts = append(parts, plural(comments, "comment"))
	}
	return cmp.Or(enumerate(parts), "the ticket")
}

// ownWords is the first thing that the ticket says beside its title.
func (r *reading) ownWords() proof {
	if ev := r.mainEvidence(); ev.Where != "summary" {
		return proven("", ev)
	}
	for l := range r.statements() {
		if ev, ok := l.evidence(); ok {
			return proven("", ev)
		}
	}
	return unopposed(fmt.Sprintf("%s beside the title, none of which can be quoted", plural(r.words, "word")))
}

func (r *reading) firstCriterion() proof {
	if len(r.criteria) == 0 {
		return exempt("it has no text that could say it")
	}
	note := ""
	if n := len(r.criteria); n > 1 {
		note = fmt.Sprintf("the first of %d", n)
	}
	for _, l := range r.criteria {
		if ev, ok := l.evidence(); ok {
			return proven(note, ev)
		}
	}
	return unopposed(plural(len(r.criteria), "statement") + " to check, none of which can be quoted")
}

// evidence quotes a block, however short.
func (l located) evidence() (Evidence, bool) {
	if ev, ok := l.from.quote(l.text); ok && len(ev.Quote) <= maxQuote {
		return ev, true
	}
	quote := strings.Trim(l.text, " .,;:")
	ok := fold(quote) != "" && len(quote) <= goodQuote && !strings.ContainsAny(quote, "“”"+string(unquotable)) && l.from.holds(quote)
	return Evidence{Where: l.from.where, Quote: quote}, ok
}

// answeredQuestion is a question to which the ticket has the answer.
func (r *reading) answeredQuestion() proof {
	for _, l := range r.blocks {
		if l.aside {
			continue
		}
		for n, s := range l.said {
			if !s.asks() || s.is(saysIdle) || !r.answered(l.said, n, l.from) {
				continue
			}
			if ev, ok := l.from.quote(s.text); ok && strings.HasSuffix(ev.Quote, "?") {
				return proven("asked and answered", ev)
			}
		}
	}
	return unopposed("no question is left open in " + r.texts())
}

// doneBlocker is what the ticket waited for. Only the link is quoted: the other
// issue's title may not be for everybody.
func (r *reading) doneBlocker() proof {
	for _, l := range r.issue.Links {
		if needs(l) && l.Done {
			return proven("done", Evidence{Where: "link", Quote: linkNamed(l)})
		}
	}
	unsaid := "no word of a wait stands in " + r.texts()
	switch n := len(r.issue.Links); {
	case r.lone:
		return unopposed(unsaid)
	case n == 0:
		return unopposed("it has no link, and " + unsaid)
	default:
		return unopposed(fmt.Sprintf("it has %s, none to what it waits for, and %s", plural(n, "link"), unsaid))
	}
}

// named is the link as the ticket shows it: "is blocked by PAY-3".
func linkNamed(l Link) string { return strings.TrimSpace(l.Phrase + " " + l.Key) }

// measuredSize is the estimate, else what was counted.
func (r *reading) measuredSize() proof {
	if p := r.issue.StoryPoints; p != nil {
		return proven("", Evidence{Where: "story points", Quote: fmt.Sprintf("%g", *p)})
	}
	counted := []string{plural(r.words, "word")}
	if n := len(r.criteria); r.named {
		counted = append(counted, fmt.Sprintf("%d acceptance %s", n, agree(n, "criterion", "criteria")))
	}
	if n := len(r.issue.Subtasks); n > 0 {
		counted = append(counted, plural(n, "subtask"))
	}
	return unopposed("it has " + enumerate(counted))
}

// measure is a number that the ticket demands.
func (r *reading) measure() proof {
	own, _ := r.claims()
	for _, c := range own {
		if ev, ok := c.evidence(); ok && demanded(c.sentence) {
			return proven("", ev)
		}
	}
	return unopposed("no aim without a measure stands in " + r.texts())
}

func (r *reading) oneWish() proof {
	if r.umbrella {
		return exempt("other items of the session carry its parts")
	}
	if r.story.Complete() {
		return r.ofStory("one wish", r.story.means)
	}
	return proven("no second wish", r.titleQuotes()...)
}

// ofStory quotes a part of the ticket's story.
func (r *reading) ofStory(note string, at span) proof {
	if !r.story.Complete() {
		return exempt(notAStory)
	}
	if ev := r.storyQuote(at); ev.Quote != "" {
		return proven(note, ev)
	}
	return unopposed(cmp.Or(note, "its words cannot be quoted"))
}

// benefit is the reason that the ticket gives for its wish.
func (r *reading) benefit() proof {
	if r.story.Complete() && r.story.End != "" {
		return r.ofStory("", r.story.end)
	}
	if ev, ok := r.firstSaying(saysBenefit, func(l located) bool { return l.kind != heading }); ok {
		return proven("", ev)
	}
	switch {
	case !r.story.Complete():
		return exempt(notAStory)
	case r.tellsTrouble():
		return r.need()
	case !r.tellsReasons():
		return exempt(otherLanguage)
	}
	return unopposed("its reason cannot be quoted")
}

// need is what the ticket starts from: what goes wrong, a wish, what it is good
// for, else its first sentence.
func (r *reading) need() proof {
	for _, h := range r.hits {
		if h.rule == ruleProblem {
			return proven("says what goes wrong", h.ev)
		}
	}
	if r.story.Complete() {
		return r.ofStory("", r.story.means)
	}
	if ev, ok := r.firstSaying(saysBenefit, func(located) bool { return true }); ok {
		return proven("says what it is good for", ev)
	}
	if ev := r.mainEvidence(); ev.Where != "summary" {
		return proven("does not begin with something to build", ev)
	}
	return exempt("it has no sentence beside its title to start with")
}

// onlyUs are words for people that name no role.
var onlyUs = regexp.MustCompile(`(?i)\b(?:we|us|i|you)\b`)

func (r *reading) someone() proof {
	switch ev, ok := r.firstSaying(saysPeople, func(located) bool { return true }); {
	case ok && !r.lex.reads(onlyUs.ReplaceAllString(ev.Quote, "")).is(saysPeople):
		return unopposed("it speaks of us or you, and names no role")
	case ok:
		return proven("", ev)
	case r.namesPeople():
		return unopposed("somebody is named where it cannot be quoted")
	}
	return exempt(fmt.Sprintf("it says too little to leave somebody out: fewer than %d words", leastWords))
}

// picture is what there is to look at.
func (r *reading) picture() proof {
	for _, v := range r.issue.Visuals {
		if file := v.Name; attachedOf(r.issue, file) && !strings.ContainsAny(file, "“”") && len(file) <= maxQuote {
			return proven("", Evidence{Where: "attachment", Quote: file})
		}
	}
	if v := r.issue.Visuals; len(v) > 0 {
		return unopposed(fmt.Sprintf("%s (%s)", visualTitle(v[0]), v[0].Where))
	}
	return exempt("it is not about a screen, as far as its words tell")
}

func attachedOf(i Issue, name string) bool {
	return slices.ContainsFunc(i.Attachments, func(a Attachment) bool { return a.Name == name })
}

func (r *reading) lastWritten() proof {
	last := lastWordOf(r.issue)
	if last.IsZero() {
		return exempt("nobody knows when it was written")
	}
	return unopposed("the last word in it is of " + last.Format("2 January 2006"))
}

// ownProof is what shows that a rule of the team's own is met.
func (r *reading) ownProof(k *ReadyRule) proof {
	if k.Forbid {
		return unopposed("nothing of the kind stands in " + cmp.Or(strings.ReplaceAll(string(k.In), "-", " "), "title, description or acceptance criteria"))
	}
	where, text := r.match(k)
	if ev, ok := r.quoteMatch(where, text); ok {
		return proven("", ev)
	}
	return unopposed("stands in the " + where + ", where it cannot be quoted")
}

// showsPersonal reports whether a quote would show what is nobody's business. All
// of that has a digit or an @ in it.
func showsPersonal(quote string) bool {
	if !strings.ContainsAny(quote, "@0123456789") {
		return false
	}
	for _, p := range personal {
		if p.in.MatchString(quote) {
			return true
		}
	}
	return false
}
