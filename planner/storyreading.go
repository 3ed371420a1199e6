package planner

import (
	"slices"
	"strings"
)

// findStory takes the first user story apart that the ticket's writer wrote.
func (r *reading) findStory() {
	for n := range r.blocks {
		l := &r.blocks[n]
		if l.from.comment || l.kind == heading || l.aside {
			continue
		}
		for m := range l.said {
			if s, ok := storyAt(l, m); ok {
				r.story, r.storyFrom = s, l.from
				return
			}
		}
	}
}

// storyAt is the story that the nth of a block's sentences is, together with the
// sentence after it where its end stands apart: "… a list. So that I …".
func storyAt(l *located, n int) (Story, bool) {
	for _, h := range storyShapes {
		if !slices.ContainsFunc(l.said[n].words, h.opens) {
			continue
		}
		text := l.said[n].text
		if n+1 < len(l.said) && h.beginsEnd(l.said[n+1].text) {
			text = l.text[strings.Index(l.text, text):]
		}
		if s := h.parse(text); s.Complete() {
			s.Rest = "" // a description may go on after its story
			return s, true
		}
	}
	return Story{}, false
}

// readStory analyses a story that is all there is. Its text is quoted as it is,
// not as wiki markup.
func readStory(key, text string) *reading {
	r := read(Issue{Key: key, Type: "Story", Description: text})
	r.lone, r.story, r.storyFrom = true, ParseStory(text), r.source("description")
	return r
}

// opens reports whether a word may open a role.
func (h *storyShape) opens(w word) bool { return w.text == h.opener }

// beginsEnd reports whether a sentence begins as the end of a story does.
func (h *storyShape) beginsEnd(sentence string) bool {
	at := h.endsAt.FindStringIndex(sentence)
	return at != nil && at[0] == 0
}

// storyFindings are what the Quality User Story criteria find in the ticket's
// story by itself.
func (r *reading) storyFindings() (found []finding) {
	if r.lone && !r.story.Complete() {
		return []finding{r.storyFinding(ruleWellFormed, r.story.unformed(), span{0, len(r.story.Text)})}
	}
	found = r.severalWishes()
	if !r.story.Complete() {
		return found
	}
	if extra, ok := r.story.surplus(); ok {
		found = append(found, r.storyFinding(ruleMinimal, extra.why, extra.at))
	}
	if r.story.End == "" && r.tellsReasons() && !r.writes(saysBenefit) && !r.tellsTrouble() {
		found = append(found, r.storyFinding(ruleNoBenefit, "a role and a wish, no reason", r.story.means))
	}
	return found
}

// tellsReasons reports whether a reason would be known if the ticket gave one
// outside of its story.
func (r *reading) tellsReasons() bool { return r.lone || r.lex.knows(saysBenefit) }

// tellsTrouble reports whether the ticket says, outside of its story, what goes
// wrong: that is a reason.
func (r *reading) tellsTrouble() bool {
	return slices.ContainsFunc(r.hits, func(h hit) bool {
		return h.rule == ruleProblem && !strings.Contains(r.story.Text, h.ev.Quote)
	})
}

// severalWishes is why the ticket is more than one: its concerns, what its story
// joins, or what it heaps on its first wish. An umbrella is meant to be.
func (r *reading) severalWishes() []finding {
	if r.umbrella {
		return nil
	}
	if found := r.concerns(); len(found) > 0 {
		return found
	}
	if j := r.story.join(); j.kind != noJoin {
		f := r.storyFinding(ruleAtomic, joinMessages[j.kind], j.at)
		if j.kind == things {
			f.weight = fewThings
		}
		return []finding{f}
	}
	return r.additions()
}

// fewThings is how little it weighs that a story names two things: often, one is
// of no use without the other.
const fewThings = 3

// unformed says what of its form a text lacks.
func (s *Story) unformed() string {
	switch {
	case s.Role != "":
		return "names a role and not what it wants"
	case s.Means != "":
		return "names a wish and not whose it is"
	}
	return "has no role and no wish"
}

func (r *reading) storyFinding(rule, message string, at span) finding {
	return storyFinding(rule, r.issue.Key, message, r.storyQuote(at))
}

// storyQuote quotes a place of the story with the clause it stands in; the title
// where that cannot be quoted.
func (r *reading) storyQuote(at span) Evidence {
	at = trimmed(r.story.Text, at)
	if at.from == at.to {
		return r.titleQuote()
	}
	if at.to-at.from > goodQuote {
		at.to = at.from + 1 // its beginning
	}
	quote, before, after := clip(r.story.Text, [2]int{at.from, at.to})
	if strings.TrimSpace(quote) == "" || r.storyFrom == nil || !r.storyFrom.holds(quote) || len(quote) > maxQuote {
		return r.titleQuote()
	}
	ev := Evidence{Where: r.storyFrom.where, Quote: quote, before: before, after: after}
	if r.lone {
		ev.Where = "story"
	}
	return ev
}

// titleQuote is the title as evidence, none if it cannot be quoted.
func (r *reading) titleQuote() Evidence {
	if quotes := r.titleQuotes(); len(quotes) > 0 {
		return quotes[0]
	}
	return Evidence{}
}

// sketch is what the session's set keeps of the ticket's story.
func (r *reading) sketch() sketch {
	name := r.issue.Key
	if r.lone && strings.Trim(name, "0123456789") == "" {
		name = "line " + name // a story without a key is called by its place
	}
	return r.story.sketched(name, func(at span) Evidence {
		ev := r.storyQuote(at)
		ev.Quote = strings.Clone(ev.Quote)
		return ev
	})
}
