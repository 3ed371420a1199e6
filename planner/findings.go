package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A finding is a [Finding] with what the session does about it.
type finding struct {
	Finding
	weight int
	find   string // what exploration finds out
	snag   string // what the ticket carries
	gets   string // what the ticket gets in the session
	lead   string // of a question about it: the key and what it is about
	asks   []string
	hit    *hit   // the cue behind it, if it is about wording
	beyond string // why no talk settles it, after the key; empty if talk can
	sharp  bool   // says what is lacking in the ticket's own words
	with   string // the ticket in whose talk it is settled, if that is another one
	alone  bool   // its questions say more than others about the same words
	first  bool   // is settled before the ticket's own talk begins
}

// judge collects an item's findings, the most costly first. What the team
// switched off is not asked about either, nor is an umbrella whether it is more than one ticket.
func (r *reading) judge(by standard) {
	off := func(h hit) bool {
		return by.ready.severity(h.rule, r.issue.Type) == Off || r.umbrella && h.rule == ruleSize
	}
	r.hits = slices.DeleteFunc(r.hits, off)
	found := slices.Concat(r.wording(), r.undecided(), r.blockers(), r.numbers(), r.gaps(), r.outcomes(), r.storyFindings(), r.oversize(by.ready), r.silence(by.at), r.teamRules(by.ready))
	r.findings = weigh(found, r.issue.Type, by.ready)
	r.promote(by.ready)
	r.broken = r.findings
	r.findings = slices.Clone(foremost(r.broken))
}

// judgeAll judges each item by itself, and then its story beside the others.
func judgeAll(items []*reading, by standard) {
	var set storySet
	findUmbrellas(items)
	for _, r := range items {
		r.judge(by)
		set.stories = append(set.stories, r.sketch())
	}
	set.settle()
	for n, r := range items {
		found := weigh(set.findings(n), r.issue.Type, by.ready)
		r.findings, r.broken = foremost(append(r.findings, found...)), append(r.broken, found...)
		r.beside = set.proofs(n)
	}
}

// foremost sorts findings and keeps the most costly.
func foremost(found []finding) []finding {
	slices.SortStableFunc(found, func(a, b finding) int { return b.rank() - a.rank() })
	return found[:min(len(found), maxFindings)]
}

// maxFindings keeps an item's list to what a team can talk about.
const maxFindings = 5

// promote lets the strongest gap block where the ticket does not say when it is
// done: with nothing to check against, that gap is what keeps it from being
// ready, and says more than "no acceptance criteria".
func (r *reading) promote(d DefinitionOfReady) {
	kind := r.issue.Type
	if s := d.severity(ruleCriteria, kind); len(r.criteria) > 0 || r.words == 0 || s == Advice || s == Off {
		return
	}
	best := -1
	for n, f := range r.findings {
		if f.Blocks && f.Rule != ruleCriteria {
			return
		}
		if f.Rule != ruleCriteria && d.severity(f.Rule, kind) != Advice && (best < 0 || f.weight > r.findings[best].weight) {
			best = n
		}
	}
	if best >= 0 && r.findings[best].weight >= promoteWeight {
		r.findings[best].Blocks = true
	}
}

// promoteWeight is the least a gap weighs that says more than a missing result.
const promoteWeight = 5

func (f finding) rank() int {
	if f.Blocks {
		return f.weight + 100
	}
	return f.weight
}

// wording turns the strongest cue of each rule into a finding. Where a ticket
// states its problem or a limit, nothing is missing.
func (r *reading) wording() (out []finding) {
	seen := map[string]bool{ruleProblem: true, ruleConstraint: true}
	for i := range r.hits {
		h := &r.hits[i]
		if seen[h.rule] || r.settledByLinks(*h) {
			continue
		}
		seen[h.rule] = true
		blocks := h.blocks
		if h.rule == ruleOpenList {
			blocks = r.leavesOpen(h)
		}
		shown := []Evidence{h.ev}
		if h.since.Quote != "" {
			shown = append(shown, h.since)
		} else if again := slices.IndexFunc(r.hits[i+1:], func(o hit) bool { return o.cue == h.cue && h.alone }); again >= 0 {
			shown = append(shown, r.hits[i+1+again].ev)
		}
		out = append(out, finding{
			Finding: Finding{Rule: h.rule, INVEST: h.invest, Message: h.fill(h.says), Blocks: blocks, Evidence: shown},
			weight:  h.weight, find: h.fill(h.find), gets: h.fill(h.gets), snag: h.fill(h.snag), hit: h, alone: h.alone, beyond: h.beyond(),
		})
	}
	return out
}

// gaps are the findings of absence.
func (r *reading) gaps() (out []finding) {
	if r.words == 0 {
		return []finding{r.titleOnly()}
	}
	if len(r.criteria) == 0 {
		out = append(out, r.noCriteria())
	}
	if f, ok := r.solutionFirst(); ok {
		out = append(out, f)
	}
	if f, ok := r.nobody(); ok {
		out = append(out, f)
	}
	if f, ok := r.noVisual(); ok {
		out = append(out, f)
	}
	return out
}

func (r *reading) titleOnly() finding {
	if f, ok := r.onlyLinks(); ok {
		return f
	}
	return finding{
		Finding: Finding{Rule: ruleNoDescription, INVEST: "V", Blocks: true,
			Message: r.titleOnlyMessage(), Evidence: r.titleQuotes()},
		weight: 10, find: "what stands behind the title: who asked, and what had happened",
		gets: "a description of the problem", snag: "a title without a text",
		lead: r.issue.Key + " has only its title, " + r.titleEvidence().String() + ".",
		asks: []string{
			"Who asked for it, and what had just happened to them?",
			"What would somebody who was not there understand wrongly?",
			"Who can tell the story behind it, and who else is in that story?",
			"What goes on being bad, and for whom, while it stays undone?",
		},
	}
}

// address is a link by itself.
var address = regexp.MustCompile(`[^\s\[|]*://[^\s|\]]+`)

// onlyLinks is for a description that consists of addresses: what of those pages
// is meant stands nowhere.
func (r *reading) onlyLinks() (finding, bool) {
	links := address.FindAllString(r.issue.Description, -1)
	if len(links) == 0 || strings.ContainsFunc(address.ReplaceAllString(r.issue.Description, ""), unicode.IsLetter) {
		return finding{}, false
	}
	shown := r.titleQuotes()
	if src := r.source("description"); len(links[0]) <= maxQuote && src.holds(links[0]) && !strings.ContainsAny(links[0], "“”") {
		shown = []Evidence{{Where: src.where, Quote: links[0]}}
	}
	return finding{
		Finding: Finding{Rule: ruleNoDescription, INVEST: "V", Blocks: true, Message: "the description is only links", Evidence: shown},
		weight:  10, alone: true, find: "what of the linked pages somebody needs", gets: "what of the linked pages counts, in words", snag: "a description of links alone",
		lead: r.issue.Key + " says no more of " + r.titleEvidence().String() + " than where to read.",
		asks: []string{
			"What of the linked pages does somebody need, and who is it?",
			"Who has read the linked pages, and what on them is not meant here?",
		},
	}, true
}

// titleQuotes is the title as evidence, unless nothing of it can be quoted.
func (r *reading) titleQuotes() []Evidence {
	if ev := r.titleEvidence(); ev.Quote != r.issue.Key {
		return []Evidence{ev}
	}
	return []Evidence{}
}

func (r *reading) titleOnlyMessage() string {
	if strings.TrimSpace(r.issue.Description) != "" {
		return "beside the title there is no prose, only links, code or tables"
	}
	return "has a title and no description"
}

func (r *reading) noCriteria() finding {
	main := r.mainEvidence()
	f := finding{
		Finding: Finding{Rule: ruleCriteria, INVEST: "T", Blocks: true, Evidence: []Evidence{main}},
		weight:  3, find: "what is different for somebody once it is done",
		gets: "a result to check", snag: "no line on when it is done",
		lead: r.issue.Key + " does not say when this is done: " + main.String() + stop(main),
		asks: []string{
			"Who takes the result first, and what would make them hand it back?",
			"What will its first user do on that day that they cannot do now?",
			"Which example would convince whoever asked for it?",
			"Who may say that it is not done, and by what would they tell?",
		},
	}
	switch bullets, whole := r.bullets(); {
	case r.story.Complete():
		f.Message = "a wish, and no line on what is seen when it is fulfilled"
		f.find, f.gets = "what its role does first once the wish is fulfilled", "an example that the role would accept"
	case bullets >= 3 && whole:
		f.Message = fmt.Sprintf("%d points are listed, and no line says how anyone tells that they are met", bullets)
		f.find, f.gets = fmt.Sprintf("which of its %d points somebody waits for", bullets), fmt.Sprintf("a check for each of the %d points", bullets)
	case r.lex.reads(main.Quote).is(saysMeans):
		f.Message = "says what to do, not what is true afterwards"
		f.find, f.gets = "who waits for it, and for what they would use it", "a sentence on what is true afterwards"
	case r.says(ruleProblem) || fault.MatchString(r.issue.Summary):
		f.Message = "says how it is today, not what is different once it is done"
	default:
		f.Message = "no line says how anyone would tell that it is done"
	}
	return f
}

// additions are wishes that a ticket heaps on its first one.
func (r *reading) additions() []finding {
	var found []Evidence
	for _, l := range r.blocks {
		if l.from.comment || l.from.where == "summary" || l.kind == heading {
			continue
		}
		for _, s := range l.said {
			if at, ok := s.says(saysAddition); ok {
				if q, before, after := clip(s.text, at); l.from.holds(q) && len(strings.Fields(q)) > minQuoteWords {
					found = append(found, Evidence{l.from.where, q, before, after})
				}
			}
		}
	}
	if len(found) < 2 {
		return nil
	}
	f := storyFinding(ruleAtomic, r.issue.Key, "asks for more than one thing", found[0])
	f.Evidence = found[:2]
	f.lead = fmt.Sprintf("%s adds to itself: %s, then %s%s", r.issue.Key, found[0], found[1], stop(found[1]))
	return []finding{f}
}

func (r *reading) solutionFirst() (finding, bool) {
	main := r.mainEvidence()
	if main.Where == "summary" || r.story.Complete() || r.writes(saysBenefit) || r.says(ruleProblem) || !r.lex.reads(main.Quote).is(saysMeans) {
		return finding{}, false
	}
	return finding{
		Finding: Finding{Rule: ruleSolution, INVEST: "N", Message: "starts with what to build; what is wrong without it is not said", Evidence: []Evidence{main}},
		weight:  5, find: "what somebody cannot do today", gets: "the need behind it", snag: "a means without its need",
		lead: r.issue.Key + " names a means: " + main.String() + stop(main),
		asks: []string{
			"What can somebody not do today, and who is it?",
			"Whose need does it answer, and how do they help themselves now?",
			"Which complaint would stop if it existed?",
		},
	}, true
}

// leastWords is how much a ticket must say before what it leaves out counts.
const leastWords = 12

func (r *reading) nobody() (finding, bool) {
	if r.words < leastWords || r.namesPeople() {
		return finding{}, false
	}
	return finding{
		Finding: Finding{Rule: ruleStakeholder, INVEST: "V", Message: "nobody who needs it is named", Evidence: []Evidence{}},
		weight:  3, find: "who needs it, by role", gets: "somebody who needs it", snag: "no word on who needs it",
		lead: r.issue.Key + " names no person or role for " + r.titleEvidence().String() + ".",
		asks: []string{
			"Who would complain first if it never came?",
			"Who meets it, and at which moment of their work?",
		},
	}, true
}

// namesPeople reports whether the ticket names a role or a person, or is in a
// language in which that cannot be told.
func (r *reading) namesPeople() bool { return !r.lex.knows(saysPeople) || r.writes(saysPeople) }

// writes reports whether the ticket's own text says something of a sense.
func (r *reading) writes(what sense) bool {
	return slices.ContainsFunc(r.blocks, func(l located) bool {
		return !l.from.comment && slices.ContainsFunc(l.said, func(s sentence) bool { return s.is(what) })
	})
}

// bullets counts the entries of the ticket's lists. Some is all that may be said
// of them where machine text stands between.
func (r *reading) bullets() (n int, whole bool) {
	whole = true
	for _, l := range r.blocks {
		if l.kind == bullet && !l.from.comment {
			n++
		}
		whole = whole && !l.cut
	}
	return n, whole
}

func (r *reading) says(rule string) bool {
	return slices.ContainsFunc(r.hits, func(h hit) bool { return h.rule == rule })
}

// ready reports whether nothing blocks.
func (r *reading) ready() bool {
	return !slices.ContainsFunc(r.findings, func(f finding) bool { return f.Blocks })
}

// doubt weighs how unclear the item is; it decides the item's minutes.
func (r *reading) doubt() (sum int) {
	for _, f := range r.findings {
		if f.with == "" && !f.first { // those are talked about elsewhere
			sum += f.weight
		}
	}
	if r.ready() {
		return sum / 3
	}
	return sum
}
