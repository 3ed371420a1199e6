package planner

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/guide"
)

// A pointer is a key point that could be made, before it is chosen.
type pointer struct {
	score  int
	guides []string // other lines of the guide that it fits
	kind   string   // of a crossing: one of a kind is enough
	KeyPoint
}

// keyPoints chooses three to five lines of the guide that these items give a
// reason for, each line once.
func (b *builder) keyPoints() []KeyPoint {
	pool := slices.Concat(b.crossingPoints(), b.wordingPoints(), b.gapPoints())
	slices.SortStableFunc(pool, func(a, b pointer) int { return cmp.Compare(b.score, a.score) })
	var out []KeyPoint
	lines, kinds, perKey := map[string]bool{"": true}, map[string]bool{"": false}, map[string]int{}
	for _, p := range pool {
		if other := slices.IndexFunc(p.guides, func(g string) bool { return !lines[g] }); lines[p.Guide] && other >= 0 {
			p.Guide = p.guides[other]
		}
		p.Guide = cited(b.guide, p.Guide, lines)
		worn := !slices.ContainsFunc(p.Keys, func(k string) bool { return perKey[k] < 2 || b.epic != nil && k == b.epic.issue.Key })
		if lines[p.Guide] || kinds[p.kind] || worn && len(b.taken) > 2 || len(out) == mostPoints-1 && p.score < strongPoint {
			continue
		}
		lines[p.Guide], kinds[p.kind] = true, p.kind != ""
		for _, k := range p.Keys {
			perKey[k]++
		}
		if out = append(out, p.KeyPoint); len(out) == mostPoints {
			break
		}
	}
	return enough(b.guide, out, pool, lines, kinds)
}

// cited is the guide's line for a topic, empty if none speaks of it.
func cited(g Guide, topic string, used map[string]bool) string {
	line, near := g.Cite(guide.Topic(topic), used)
	if !near {
		return ""
	}
	return line
}

// strongPoint is what a fifth key point has to be worth.
const strongPoint = 40

// enough adds what was passed over while there are too few key points.
func enough(g Guide, out []KeyPoint, pool []pointer, lines, kinds map[string]bool) []KeyPoint {
	for _, p := range pool {
		made := slices.ContainsFunc(out, func(k KeyPoint) bool { return k.Text == p.Text })
		p.Guide, _ = g.Cite(guide.Topic(p.Guide), lines)
		if len(out) < leastPoints && !lines[p.Guide] && !kinds[p.kind] && !made {
			lines[p.Guide], kinds[p.kind] = true, p.kind != ""
			out = append(out, p.KeyPoint)
		}
	}
	return out
}

func (b *builder) crossingPoints() (pool []pointer) {
	for _, c := range b.across {
		pool = append(pool, pointer{c.weight, c.guides, c.kind, KeyPoint{Text: c.point, Guide: c.guide, Keys: c.keys}})
	}
	return pool
}

// wordingPoints make a point of the strongest cue per line of the guide, and
// set a second ticket's beside it where there is one.
func (b *builder) wordingPoints() (pool []pointer) {
	byLine := map[string][]hit{}
	for _, r := range b.taken {
		seen := map[string]bool{}
		for _, h := range r.hits { // strongest first
			if !seen[h.guide] {
				seen[h.guide] = true
				byLine[h.guide] = append(byLine[h.guide], h)
			}
		}
	}
	for _, c := range slices.Concat([]cue{questionCue}, cues) {
		hits := byLine[c.guide]
		delete(byLine, c.guide)
		if len(hits) > 0 {
			slices.SortStableFunc(hits, func(a, b hit) int { return b.score - a.score })
			pool = append(pool, wordingPoint(hits))
		}
	}
	return pool
}

func wordingPoint(hits []hit) pointer {
	first := hits[0]
	p := pointer{score: first.score, KeyPoint: KeyPoint{Guide: first.guide, Keys: []string{first.key}}}
	p.Text = first.point()
	last := first
	for _, h := range hits[1:] {
		if h.cue == first.cue && overlap(termSet(h.ev.Quote), termSet(first.ev.Quote)) < 0.5 {
			p.Text += first.besides(h)
			p.Keys = append(p.Keys, h.key)
			p.score += 4
			last = h
			break
		}
	}
	p.Text += stop(Evidence{Quote: last.ev.Quote}) + " " + upperFirst(first.fill(first.mean)) + "."
	return p
}

// point says what the hit shows of its ticket.
func (h hit) point() string {
	if h.cue == &questionCue {
		return fmt.Sprintf("%s asks %s", h.key, h.ev)
	}
	return fmt.Sprintf("%s %s: %s", h.key, h.tells, h.ev)
}

// besides sets another ticket's hit of the same cue beside h.
func (h hit) besides(other hit) string {
	if h.cue == &questionCue {
		return ", and " + other.point()
	}
	return fmt.Sprintf("; %s likewise: %s", other.key, other.ev)
}

// gapPoints are about what the tickets lack. At least three of them can be made
// of any items.
func (b *builder) gapPoints() []pointer {
	return slices.Concat(b.resultPoint(), b.problemPoint(), b.peoplePoint(), b.blockerPoint(), b.limitPoint(), b.nowPoint())
}

// resultPoint contrasts tickets that name a result with those that do not.
func (b *builder) resultPoint() []pointer {
	with := b.where(func(r *reading) bool { return r.ready() && r.stated })
	without := b.where(func(r *reading) bool { return len(r.criteria) == 0 })
	k := KeyPoint{Guide: "What does success look like?"}
	if len(b.taken) == 0 {
		return nil
	}
	switch {
	case len(without) == 0 && len(with) == 0:
		k.Keys = keysOf(b.taken[:1])
		k.Text = k.Keys[0] + " " + b.taken[0].halfResult()
		return []pointer{{score: 20, KeyPoint: k}}
	case len(without) == 0:
		k.Keys = keysOf(with[:1])
		k.Text = fmt.Sprintf("%s says when it is done: %s. Ask whether that is the result somebody waits for, or only the end of the work.", k.Keys[0], with[0].confirmed())
		return []pointer{{score: 20, KeyPoint: k}}
	case len(with) == 0:
		k.Keys = keysOf(without)
		k.Text = b.noResult(without)
		return []pointer{{score: 30, KeyPoint: k}}
	}
	k.Keys = append(keysOf(with[:1]), keysOf(without)...)
	k.Text = fmt.Sprintf("%s can be checked: %s. %s cannot yet; use it as the pattern.", with[0].issue.Key, with[0].confirmed(), upperFirst(b.those(keysOf(without))))
	return []pointer{{score: 32, KeyPoint: k}}
}

// noResult is for tickets none of which says when it is done.
func (b *builder) noResult(items []*reading) string {
	first := items[0]
	if len(items) == 1 {
		return fmt.Sprintf("%s asks for %s and does not say when that is reached. Have whoever asked tell of a day on which it is.", first.issue.Key, first.mainEvidence())
	}
	return fmt.Sprintf("%s have no acceptance criteria that could be found. Settle them for %s first, and use those as the pattern.", upperFirst(b.those(keysOf(items))), first.issue.Key)
}

// halfResult is for a ticket that is not clear though something in it stands for
// a result.
func (r *reading) halfResult() string {
	if !r.stated {
		return fmt.Sprintf("says %s, and not what is seen once that is over. Ask who would see it first.", r.confirmed())
	}
	return fmt.Sprintf("says when it is done, %s, and is still not clear. Ask whose result that is.", r.confirmed())
}

// problemPoint contrasts tickets that say what goes wrong with those that say
// what to build.
func (b *builder) problemPoint() []pointer {
	with := b.where(func(r *reading) bool { return r.says(ruleProblem) })
	build := b.where(func(r *reading) bool { return r.found(ruleSolution) })
	if len(build) == 0 {
		bare := b.where(func(r *reading) bool { return r.found(ruleNoDescription) })
		if len(bare) == 0 {
			return nil
		}
		k := KeyPoint{Guide: "Define the core problem", Keys: keysOf(bare)}
		k.Text = fmt.Sprintf("%s %s a title and no more: “%s”. The problem has to be told before it can be discussed; who was there?", upperFirst(b.those(k.Keys)), agree(len(bare), "has", "have"), bare[0].subject())
		return []pointer{{score: 36, KeyPoint: k}}
	}
	k := KeyPoint{Guide: "Jumping to solutions too quickly", Keys: keysOf(build)}
	k.Text = fmt.Sprintf("%s %s with what to build: %s.", upperFirst(b.those(k.Keys)), agree(len(build), "begins", "begin"), build[0].mainEvidence())
	if len(with) > 0 {
		h := with[0].hits[slices.IndexFunc(with[0].hits, func(h hit) bool { return h.rule == ruleProblem })]
		k.Keys = append(k.Keys, h.key)
		k.Text += fmt.Sprintf(" %s shows the other way, what goes wrong: %s. Ask for that sentence first.", h.key, h.ev)
	} else {
		k.Text += " Ask what somebody cannot do today before anybody speaks of how."
	}
	return []pointer{{score: 28, KeyPoint: k}}
}

// peoplePoint contrasts tickets that name somebody with those that do not.
func (b *builder) peoplePoint() []pointer {
	nobody := b.where(func(r *reading) bool { return !r.namesPeople() })
	if len(nobody) == 0 {
		return nil
	}
	k := KeyPoint{Guide: "Missing key stakeholders", Keys: keysOf(nobody)}
	k.Text = fmt.Sprintf("%s %s no person or role. For %s somebody in the room has to say whose day it changes, or who is to be asked.",
		upperFirst(b.those(k.Keys)), agree(len(nobody), "names", "name"), "“"+nobody[0].subject()+"”")
	return []pointer{{score: 18 + 2*len(nobody), KeyPoint: k}}
}

// blockerPoint is about open issues that items wait for by their links.
func (b *builder) blockerPoint() []pointer {
	for _, r := range b.taken {
		for _, f := range r.findings {
			if f.Rule == ruleDependency && f.hit == nil {
				k := KeyPoint{Guide: "Map out dependencies", Keys: []string{r.issue.Key}}
				k.Text = fmt.Sprintf("%s %s. Find out what of its problem can be settled without that.", r.issue.Key, f.Message)
				return []pointer{{score: 33, KeyPoint: k}}
			}
		}
	}
	return nil
}

// limitPoint is about what may not change, where no ticket says it.
func (b *builder) limitPoint() []pointer {
	if len(b.taken) == 0 || len(b.where(func(r *reading) bool { return len(r.limits()) > 0 })) > 0 {
		return nil
	}
	first := b.taken[0]
	return []pointer{{score: 14, KeyPoint: KeyPoint{Guide: "What are the non-negotiables?", Keys: []string{first.issue.Key},
		Text: fmt.Sprintf("%s %s no limit. Ask what “%s” (%s) must leave as it is, and for whom.", upperFirst(b.those(b.keys())), agree(len(b.taken), "sets", "set"), first.subject(), first.issue.Key)}}}
}

// nowPoint is about urgency. It can always be made.
func (b *builder) nowPoint() []pointer {
	k := KeyPoint{Guide: "Why these items matter now", Keys: b.keys()[:min(len(b.taken), 1)]}
	for _, r := range b.taken {
		if why := r.why(b.in.Session.Start); why != "" {
			k.Keys = []string{r.issue.Key}
			k.Text = fmt.Sprintf("%s says what presses: %s. The product owner says what is lost if it comes a quarter later.", r.issue.Key, why)
			return []pointer{{score: 16, KeyPoint: k}}
		}
	}
	if len(b.taken) == 0 {
		return nil
	}
	first := b.taken[0]
	k.Text = fmt.Sprintf("“%s” (%s) stands first", first.subject(), first.issue.Key)
	if reason := b.reasons[first.issue.Key]; strings.HasPrefix(reason, "priority") {
		k.Text += " by " + reason
	}
	k.Text += ", and no ticket says what happens if it waits. The product owner does."
	return []pointer{{score: 15, KeyPoint: k}}
}
