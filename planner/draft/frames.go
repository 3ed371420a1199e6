package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/text"
	"refine/planner/ticket"
)

// frames are what the built-in writer says of a doubt of one kind. It knows no
// meaning: each is good English behind any quote of that kind, and says nothing
// but what the kind's finder has checked. {other} is the other key, with its
// title and status where they are known.
type frames struct {
	asks    []string // behind the cited quotes; several, so that a plan need not repeat itself
	blocker string   // what keeps the ticket from being ready, before the quotes
	result  string   // what the ticket gets, as a noun
	goal    string   // what people do for that
}

var framesOf = map[brief.Kind]frames{
	brief.Asked: {
		asks:    []string{"Who can answer that, and what changes with the answer?", "Which answers are possible, and whom would each of them affect?", "What do we know about it, and who knows more?"},
		blocker: "An open question", result: "the answer to what it asks", goal: "settle what {keys} left open",
	},
	brief.Undecided: {
		asks:    []string{"What has to be known to decide it, and who knows that?", "Who decides it, and what do they need from us?", "What speaks for each way, and who would have to live with it?"},
		blocker: "Undecided", result: "the decision and its reason", goal: "decide what {keys} left open",
	},
	brief.Unseen: {
		asks:    []string{"Who still sees it, and where?", "What does it take to see it, and who can try that?"},
		blocker: "Not seen again", result: "where it can still be seen", goal: "settle where {keys} can still be seen",
	},
	brief.NoDescription: {
		asks:    []string{"Who can tell what stands behind {it}, and who waits for {it}?", "Who can tell what is meant, and whom does it touch first?"},
		blocker: "No description", result: "a description", goal: "describe {keys}",
	},
	brief.NoResult: {
		asks:    []string{"What must be true afterwards that is not true today?", "Who looks at it first when it is done, and at what?"},
		blocker: "The description says little beyond the title", result: "a line that says when it is done", goal: "say in a line when to call {keys} done",
	},
	brief.Blocked: {
		asks:    []string{"What of {it} can be settled before then?", "Which part of {it} does not wait for that?"},
		blocker: "Blocked by {other}", result: "what can begin before {other} {is} done", goal: "settle what of {keys} can begin before {other} {is} done",
	},
	brief.Waits: {
		asks:    []string{"Who can say when that will be, and what can be done meanwhile?", "How long is that worth waiting for, and who decides it?"},
		blocker: "It waits", result: "how long it is to wait", goal: "settle how long {keys} can wait",
	},
	brief.Circle: {
		asks:    []string{"Which of them can begin without the others?"},
		blocker: "Links run in a circle", result: "which of {all} comes first", goal: "settle which of {all} comes first",
	},
	brief.Alike: {
		asks:    []string{"Which of them stays, and what of the rest has to go into it?"},
		blocker: "Nearly the same as {other}", result: "which of {all} is kept", goal: "settle which of {all} is kept",
	},
	brief.Duplicate: {
		asks:    []string{"Which of them stays, and who decides that?"},
		blocker: "Linked as a duplicate of {other}", result: "which of {all} is kept", goal: "settle which of {all} is kept",
	},
	brief.TwoValues: {
		asks:    []string{"Which of the two holds, and who relies on the other?"},
		blocker: "Two values for one thing", result: "which of its two values holds", goal: "settle which of two values holds in {keys}",
	},
	brief.Vague: {
		asks:    []string{"By which measure would we see that it is reached, and who has one?"},
		blocker: "No measure for what it aims at", result: "a measure for what it aims at", goal: "find a measure for {keys}",
	},
	brief.Returned: {
		asks:    []string{"What was missing then, and is it there now?"},
		blocker: "The last session left it for another one", result: "what was missing last time", goal: "settle what was missing last time in {keys}",
	},
	brief.TeamRule: {
		blocker: "{thing}", result: "what the team's own rule asks for", goal: "add to {keys} what the team's own rule asks for",
	},
	brief.Size: {
		asks:    []string{"Which part of it would be of use by itself?"},
		blocker: "{thing}", result: "which part of it comes first", goal: "settle which part of {keys} comes first",
	},
}

// What stands behind what the epic wants or lists, and behind what somebody said last on it.
const (
	titleAsk   = "Who waits for that, and what do they do until it is there?"
	waitedAsk  = "Which of these %s does somebody wait for most, and what do they do until it is there?"
	epicAsk    = "Which ticket brings which part of that?"
	untoldAsk  = "Who waits for {it}, and which ticket is to bring {it}?"
	seriesAsk  = "Which of them is not like the others, and what do all of them need?"
	betweenAsk = "Which of them can begin now, and who sees to the one outside?"
	lastAsk    = "What follows from it for the tickets?"
)

// anyAsks can be asked of a ticket whatever it says. They are as many as the
// questions that a session has at least.
var anyAsks = [Least]string{
	"Who will look at it first when it is done, and at what?",
	"Who has to agree that it is done?",
	"Who has to know of it before work begins?",
}

// bareAsks are asked of one without criteria.
//
// Behind 36 real quotes a reader who did not build them found 31, 30 and 28 that a room could
// use, of who is held up today 22, of what goes on without it seven. Five of the first two
// failed behind a fault, for "it" where "the ticket" stands now, which was not read again. The
// last is no nine in ten: it is asked where L4 wants a third, and the next asks behind a title.
var bareAsks = []string{"What do we look at before we accept the ticket, and who has the last word?", "What would be too little for the ticket, and who would say so?", "What would show that this is settled, and to whom?"}

// commentAsks are asked of tickets without a description on which people have
// commented: they may have said it all.
var commentAsks = []string{"How much of what is wanted do {its} comments tell, and what do they leave open?"}

// calledAsks are asked where a comment calls a ticket a duplicate, which says which of
// them stays.
var calledAsks = []string{"What of it would {other} leave out?"}

// spokenAsks are asked of a wait that later comments speak of.
var spokenAsks = []string{"What do the comments on it leave open, and what can be done meanwhile?"}

// asksOf are the frames for a doubt, and what they are counted by.
func (w *writer) asksOf(d brief.Doubt) (kind string, asks []string) {
	switch {
	case w.commented(d):
		return "commented", commentAsks
	case d.Kind == brief.Waits && d.Thing == brief.SpokenOf:
		return "spoken", spokenAsks
	case d.Kind == brief.Duplicate && len(d.Quotes) > 0:
		return "called", calledAsks
	}
	return string(d.Kind), framesOf[d.Kind].asks
}

// commented reports whether a doubt is about a description that is not there, and
// people have said more in comments than where to look.
func (w *writer) commented(d brief.Doubt) bool {
	t, n := w.Brief.Ticket(d.Keys[0]), 0
	if d.Kind != brief.NoDescription || t == nil {
		return false
	}
	for _, c := range t.Reading.Comments() {
		if !c.Program && !c.Progress && len(c.Blocks) > 0 && len(strings.Fields(c.Blocks[0].Text)) >= leastComment {
			n++
		}
	}
	return n >= leastComments
}

// How many comments tell something, and of how many words they are.
const (
	leastComments = 1
	leastComment  = 6
)

// blocker is the kind's frame for the gap that a doubt is. What stands where a
// description should is something else than nothing.
func blocker(d brief.Doubt) string {
	switch {
	case d.Kind == brief.Duplicate && len(d.Quotes) > 0:
		return "Called a duplicate"
	case d.Kind == brief.NoDescription && d.Thing != "":
		return "The description is " + d.Thing
	case d.Kind == brief.NoResult && d.Thing == brief.Held:
		return "Its criteria are still to come"
	case d.Kind == brief.Undecided && d.Thing != "" && quotable(d.Thing):
		return "Undecided below the heading " + quoted(d.Thing)
	}
	return framesOf[d.Kind].blocker
}

// fill puts a doubt's other end into a frame by its key.
func fill(frame string, d brief.Doubt) string {
	return filled(frame, d, func(o ticket.Ref) string { return o.Key })
}

// introduce does the same the first time that a draft names the other end: with its
// title and status, as far as they are known.
func (w *writer) introduce(frame string, d brief.Doubt) string {
	return filled(frame, d, func(o ticket.Ref) string {
		if o.Key != d.Others[0].Key || !quotable(o.Summary) || w.said[o.Summary] {
			return o.Key
		}
		w.said[o.Summary] = true
		return o.Key + " " + quoted(o.Summary) + status(o.Status)
	})
}

// mostOthers is how many of a doubt's other ends a sentence names.
const mostOthers = 5

func filled(frame string, d brief.Doubt, name func(ticket.Ref) string) string {
	frame = strings.ReplaceAll(frame, "{thing}", cmp.Or(text.UpperFirst(d.Thing), "Perhaps more than one ticket")) // somebody's word has no number
	if strings.Contains(frame, "{all}") {
		all := slices.Clone(d.Keys)
		for _, o := range d.Others {
			all = append(all, without([]string{o.Key}, all)...)
		}
		return strings.ReplaceAll(frame, "{all}", some(all))
	}
	if !strings.Contains(frame, "{other}") {
		return numbered(frame, 1)
	}
	var others []string
	for _, o := range d.Others[:min(len(d.Others), mostOthers)] {
		others = append(others, name(o))
	}
	if more := len(d.Others) - mostOthers; more > 0 {
		others = append(others, fmt.Sprintf("%d more", more))
	}
	if len(others) == 0 {
		others = d.Keys[1:]
	}
	frame = numbered(frame, len(others))
	return strings.ReplaceAll(frame, "{other}", text.Enumerate(others))
}

// numbered makes a frame speak of one ticket or of several.
func numbered(frame string, n int) string {
	words := []string{"{it}", "it", "{is}", "is", "{its}", "its"}
	if n > 1 {
		words = []string{"{it}", "them", "{is}", "are", "{its}", "their"}
	}
	return strings.NewReplacer(words...).Replace(frame)
}

func status(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}
