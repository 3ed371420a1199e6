package ready

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"refine/planner/text"
	"refine/planner/ticket"
)

// findStory takes the first user story apart that the ticket's writer wrote.
func (r *Reading) findStory() {
	for s := range r.wanted() {
		if story, ok := storyAt(s); ok {
			r.story, r.storyFrom = story, s.Text
			return
		}
	}
}

// storyAt is the story that a sentence is, together with the sentence after it
// where its end stands apart: "… a list. So that I …".
func storyAt(s Said) (Story, bool) {
	for _, h := range storyShapes() {
		if !h.opens(s.Sentence.Text) {
			continue
		}
		said := s.Sentence.Text
		if next, ok := s.Next(); ok && h.endsFirst.MatchString(next.Text) {
			said = s.Block.Text[strings.Index(s.Block.Text, said):]
		}
		if story := h.parse(said); story.Complete() {
			story.Rest = "" // a description may go on after its story
			return story, true
		}
	}
	return Story{}, false
}

// opens reports whether a role may begin in a sentence: in front, behind a mark, or
// behind an end that stands before it. It saves the expressions below most sentences.
func (h *storyShape) opens(said string) bool {
	start := strings.TrimLeftFunc(said, func(r rune) bool { return !unicode.IsLetter(r) && (r < '0' || r > '9') })
	if begins(start, h.opener) {
		return true
	}
	ahead := slices.ContainsFunc(h.ahead, func(first string) bool { return begins(start, first) })
	for i := 1; i+len(h.opener) <= len(said); i++ {
		if (said[i-1] == ' ' || said[i-1] == ',') && begins(said[i:], h.opener) {
			if before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(said[:i], " ")); ahead || strings.ContainsRune(".!?:;–-", before) {
				return true
			}
		}
	}
	return false
}

// readStory reads a story that is all there is.
func readStory(key, said string) *Reading {
	r := Read(ticket.Issue{Key: key, Type: "Story", Description: said})
	r.lone, r.story, r.storyFrom = true, ParseStory(said), r.Text(Description)
	return r
}

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

// storyQuote quotes a place of the story with the clause it stands in; the title
// where that cannot be quoted.
func (r *Reading) storyQuote(at span) ticket.Evidence {
	at = trimmed(r.story.Text, at)
	if at.from == at.to || r.storyFrom == nil {
		return r.titleQuote()
	}
	quote := text.Clip(r.story.Text, [2]int{at.from, at.to})
	if quote == "" || !r.storyFrom.Holds(quote) {
		return r.titleQuote()
	}
	if r.lone {
		return ticket.Evidence{Where: "story", Quote: quote}
	}
	return ticket.Evidence{Where: r.storyFrom.Where, Quote: quote}
}

// titleQuote is the title as evidence, none if it cannot be quoted.
func (r *Reading) titleQuote() ticket.Evidence {
	t := r.Text(Summary)
	if len(t.Blocks) == 0 {
		return ticket.Evidence{}
	}
	quote := text.Clip(t.Blocks[0].Text, [2]int{0, 1})
	if text.Fold(quote) == "" || !t.Holds(quote) {
		return ticket.Evidence{}
	}
	return ticket.Evidence{Where: Summary, Quote: quote}
}

// sketch is what the session's set keeps of the ticket's story.
func (r *Reading) sketch() sketch {
	name := r.issue.Key
	if r.lone && strings.Trim(name, "0123456789") == "" {
		name = "line " + name // a story without a key is called by its place
	}
	return r.story.sketched(name, r.storyLanguage(), func(at span) ticket.Evidence {
		ev := r.storyQuote(at)
		ev.Quote = strings.Clone(ev.Quote)
		return ev
	})
}

// storyLanguage is the ticket's language, or the usual one.
func (r *Reading) storyLanguage() *text.Language {
	if r.lang == nil {
		return text.English()
	}
	return r.lang
}

// Wish is the ticket's user story up to what is wanted, if it can be quoted whole.
func (r *Reading) Wish() (said ticket.Evidence, ok bool) {
	s := r.story
	if !s.Complete() || s.endFirst || r.storyFrom == nil {
		return said, false
	}
	from, to := s.whole.from, max(s.means.to, s.whole.from)
	said = ticket.Evidence{Where: r.storyFrom.Where, Quote: text.Clip(s.Text, [2]int{from, to})}
	return said, strings.Contains(said.Quote, s.Text[from:to]) && r.storyFrom.Holds(said.Quote)
}

// Role is whose wish the ticket tells, empty where it tells none.
func (r *Reading) Role() string { return r.story.Role }

// End is what the story is good for, empty where it does not say.
func (r *Reading) End() string { return r.story.End }
