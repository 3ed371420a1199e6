package ready

import (
	"cmp"
	"fmt"

	"refine/planner/text"
	"refine/planner/ticket"
)

// notAStory is why the rules about stories say nothing.
const notAStory = "it holds no user story"

// noOthers is why nothing can be said of a story beside others.
const noOthers = "there is no other story beside it"

func (r *Reading) noOthers() proof {
	if !r.story.Complete() {
		return exempt(notAStory)
	}
	return exempt(noOthers)
}

// named are the texts that were read: "title, description and 2 comments".
func (r *Reading) named() string {
	if r.lone {
		return "the story"
	}
	var parts []string
	for _, t := range r.texts[:ownTexts] {
		switch {
		case len(t.Blocks) == 0:
		case t.Where == Summary:
			parts = append(parts, "title")
		default:
			parts = append(parts, t.Where)
		}
	}
	comments := 0
	for _, t := range r.Comments() {
		if !t.Program {
			comments++
		}
	}
	if comments > 0 {
		parts = append(parts, text.Counted(comments, "comment"))
	}
	return cmp.Or(text.Enumerate(parts), "the ticket")
}

// ownWords is the first thing that the ticket says beside its title.
func (r *Reading) ownWords() proof {
	if r.main.Quote != "" {
		return proven("", r.main)
	}
	return unopposed(text.Counted(r.words(), "word") + " beside the title, none of which can be quoted")
}

// findMain quotes the first sentence beside the title that is long enough to say
// something, else the first that can be quoted.
func (r *Reading) findMain() (first ticket.Evidence) {
	for s := range r.statements() {
		ev, quotable := s.evidence()
		if quotable && len(s.Sentences) > 0 && !s.Aside && len(s.Sentences[0].Text) > leastMain {
			return ev
		}
		if quotable && first.Quote == "" {
			first = ev
		}
	}
	return first
}

// leastMain is how many bytes a sentence has that says what a ticket is about.
const leastMain = 25

// ofStory quotes a part of the ticket's story.
func (r *Reading) ofStory(note string, at span) proof {
	if !r.story.Complete() {
		return exempt(notAStory)
	}
	if ev := r.storyQuote(at); ev.Quote != "" {
		return proven(note, ev)
	}
	return unopposed(cmp.Or(note, "its words cannot be quoted"))
}

// benefit is the reason that the ticket gives for its wish.
func (r *Reading) benefit() proof {
	if r.story.Complete() && r.story.End != "" {
		return r.ofStory("", r.story.end)
	}
	if s, ok := r.firstSaying(text.Benefit); ok {
		at, _ := s.Says(text.Benefit)
		if ev, ok := s.Quote(at); ok {
			return proven("", ev)
		}
	}
	switch {
	case !r.story.Complete():
		return exempt(notAStory)
	case r.tellsTrouble():
		return unopposed("it says what goes wrong")
	case !r.lang.Knows(text.Benefit):
		return exempt(otherLanguage)
	}
	return unopposed("its reason cannot be quoted")
}

// measuredSize is the estimate, else what was counted.
func (r *Reading) measuredSize() proof {
	if p := r.issue.StoryPoints; p != nil {
		return proven("", ticket.Evidence{Where: "story points", Quote: fmt.Sprintf("%g", *p)})
	}
	counted := []string{text.Counted(r.words(), "word")}
	if n := len(r.done.criteria); r.done.named {
		counted = append(counted, fmt.Sprintf("%d acceptance %s", n, text.Agree(n, "criterion", "criteria")))
	}
	if n := len(r.issue.Subtasks); n > 0 {
		counted = append(counted, text.Counted(n, "subtask"))
	}
	return unopposed("it has " + text.Enumerate(counted))
}
