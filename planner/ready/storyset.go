package ready

import (
	"fmt"
	"slices"
	"strings"

	"refine/planner/text"
	"refine/planner/ticket"
)

// A storySet is the stories of one session or list: what is uniform and unique
// shows only beside the others. It keeps of each story what it compares.
type storySet struct {
	stories []sketch
	form    storyForm // what most of them have; see settle
	share   int       // of a hundred, how many have it; 0 for a set too small to have one
	whole   int       // how many of them are stories
	twins   []twin
}

// A sketch is what a set keeps of a story. The zero value is an item that is no
// story.
type sketch struct {
	name    string // how messages call it
	form    storyForm
	terms   *storyTerms
	doubled bool
	wish    ticket.Evidence
	joint   ticket.Evidence // where the words stand twice
}

// storyForm is what the stories of a set should have in common.
type storyForm struct {
	shape    *storyShape // the language
	able     bool        // "I can" rather than "I want"
	endFirst bool
}

// sketched keeps what a set compares, and nothing of the story's text but
// quotes.
func (s *Story) sketched(name string, x *text.Language, quote func(span) ticket.Evidence) sketch {
	if !s.Complete() {
		return sketch{}
	}
	out := sketch{
		name: strings.Clone(name), form: storyForm{s.shape, s.able, s.endFirst}, terms: termsOf(s, x),
		doubled: s.doubled(), wish: quote(s.means),
	}
	if out.doubled {
		out.joint = quote(span{s.means.to, s.end.from})
	}
	return out
}

// doubled reports whether the words before the end stand twice: "so that so
// that".
func (s *Story) doubled() bool {
	words := strings.Fields(strings.ReplaceAll(s.marker, ",", " "))
	slices.Sort(words)
	return len(slices.Compact(words)) < len(strings.Fields(s.marker))
}

// A set has a form of its own from this many stories and this share in percent
// on; below, its stories only differ.
const (
	leastStories = 5
	leastShare   = 80
)

// settle compares the stories with each other, in linear time, once all of them
// are there.
func (set *storySet) settle() {
	uses := map[storyForm]int{}
	for _, s := range set.stories {
		if s.terms != nil {
			uses[s.form]++
			set.whole++
		}
	}
	for _, s := range set.stories { // in their order, so that the first settles a tie
		if s.terms != nil && uses[s.form] > uses[set.form] {
			set.form = s.form
		}
	}
	if set.whole >= leastStories {
		set.share = 100 * uses[set.form] / set.whole
	}
	set.twins = twinsAmong(set.stories)
}

// findings is what shows of the nth story beside the others.
func (set *storySet) findings(n int) (found []Finding) {
	s := &set.stories[n]
	if s.terms == nil {
		return nil
	}
	if t := set.twins[n]; t.how != "" {
		found = append(found, storyFinding(RuleUnique, fmt.Sprintf(t.how, set.stories[t.of].name), s.wish))
	}
	switch why := set.deviation(s); {
	case s.doubled:
		found = append(found, storyFinding(RuleUniform, "the words before its reason stand twice", s.joint))
	case why != "":
		found = append(found, storyFinding(RuleUniform, why, s.wish))
	}
	return found
}

// deviation is how the story's form differs from that of its set.
func (set *storySet) deviation(s *sketch) string {
	switch {
	case set.share < leastShare || s.form == set.form:
		return ""
	case s.form.shape != set.form.shape:
		return "is written in another language than the other stories"
	case s.form.endFirst != set.form.endFirst:
		return "has its parts in another order than the other stories"
	case s.form.able:
		return "says what somebody can do; the other stories say what somebody wants"
	}
	return "says what somebody wants; the other stories say what somebody can do"
}

// setProofs is what a story shows beside the others of its set that no finding is
// about. The zero value is a story that was compared with none.
type setProofs struct{ unique, uniform proof }

// proofs are what the nth story shows, in a set that is settled.
func (set *storySet) proofs(n int) setProofs {
	s := &set.stories[n]
	switch {
	case s.terms == nil:
		return setProofs{exempt(notAStory), exempt(notAStory)}
	case set.whole < 2:
		return setProofs{exempt(noOthers), exempt(noOthers)}
	}
	out := setProofs{unique: s.proof("no other story beside it asks for the same"), uniform: s.proof("it has the form of most stories beside it")}
	switch {
	case set.share == 0:
		out.uniform = exempt(fmt.Sprintf("fewer than %d stories are no set with a form of its own", leastStories))
	case set.share < leastShare:
		out.uniform = exempt("the stories beside it have no form in common")
	}
	return out
}

func (s *sketch) proof(note string) proof {
	if s.wish.Quote == "" {
		return unopposed(note)
	}
	return proven(note, s.wish)
}
