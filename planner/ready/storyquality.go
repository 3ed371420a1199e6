package ready

import (
	"strings"

	"refine/planner/text"
	"refine/planner/ticket"
)

// storyFinding is a finding in a story, shown by ev if there is any.
func storyFinding(rule, message string, ev ticket.Evidence) Finding {
	f := Finding{Rule: rule, Message: message, Evidence: []ticket.Evidence{}}
	if ev.Quote != "" {
		f.Evidence = append(f.Evidence, ev)
	}
	return f
}

var joinMessages = map[joinKind]string{
	clauses: "a second statement is joined to the wish; each of them may be a story of its own",
	actions: "asks for two actions at once; somebody may need one without the other",
	things:  "names two things at once; somebody may need one without the other",
}

// severalWishes is where the story joins what could be asked for apart.
func (r *Reading) severalWishes() []Finding {
	if j := r.story.join(); j.kind != noJoin {
		return []Finding{storyFinding(RuleAtomic, joinMessages[j.kind], r.storyQuote(j.at))}
	}
	return nil
}

// halfStory is a lone text that is no story.
func (r *Reading) halfStory() []Finding {
	if r.lone && !r.story.Complete() {
		return []Finding{storyFinding(RuleWellFormed, r.story.unformed(), r.storyQuote(span{0, len(r.story.Text)}))}
	}
	return nil
}

func (r *Reading) moreThanStory() []Finding {
	if !r.story.Complete() {
		return nil
	}
	if extra, ok := r.story.surplus(); ok {
		return []Finding{storyFinding(RuleMinimal, extra.why, r.storyQuote(extra.at))}
	}
	return nil
}

// bareWish is how many words a wish has that says nothing to check.
const bareWish = 3

// withoutReason is a story without an end, in a ticket that gives no reason
// anywhere else either. A lone one whose wish is a word or two says nothing that
// work could start from: "As a user I want to log in".
func (r *Reading) withoutReason() []Finding {
	if !r.story.Complete() || r.story.End != "" || r.says(text.Benefit) || r.tellsTrouble() || !r.lone && !r.lang.Knows(text.Benefit) {
		return nil
	}
	f := storyFinding(RuleNoBenefit, "a role and a wish, no reason", r.storyQuote(r.story.means))
	if f.Blocks = r.lone && len(strings.Fields(r.story.Means)) <= bareWish; f.Blocks {
		f.Message = "a role and a wish of a word or two, no reason: nothing to start from"
	}
	return []Finding{f}
}

// tellsTrouble reports whether the ticket says, outside of its story, what goes
// wrong: that is a reason.
func (r *Reading) tellsTrouble() bool {
	for s := range r.wanted() {
		if s.Is(text.Problem) && !strings.Contains(r.story.Text, s.Sentence.Text) {
			return true
		}
	}
	return false
}

// says reports whether the ticket's writer says something of a sense.
func (r *Reading) says(what text.Sense) bool {
	_, ok := r.firstSaying(what)
	return ok
}

// firstSaying is the first sentence in which the ticket's writer says something
// of a sense.
func (r *Reading) firstSaying(what text.Sense) (Said, bool) {
	for s := range r.wanted() {
		if s.Is(what) {
			return s, true
		}
	}
	return Said{}, false
}
