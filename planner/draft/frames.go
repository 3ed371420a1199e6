package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/text"
	"refine/planner/ticket"
)

// frames are what the built-in writer says of a doubt of one kind. It knows no
// meaning: each is good English behind any quote of that kind, and says nothing
// but what the kind's finder has checked. {other} is the other key, with its
// title and status where they are known.
type frames struct {
	asks    []string // behind the cited quotes; several, so that a plan need not repeat itself
	find    string   // what a talk finds out of it
	blocker string   // what keeps the ticket from being ready, before the quotes
	result  string   // what is to be written into the ticket
	noun    string   // that in a word, for the goal; empty: a decision
}

var framesOf = map[brief.Kind]frames{
	brief.Asked: {
		asks: []string{"Who can answer that, and what changes with the answer?", "Which answers are possible, and whom would each of them affect?", "What do we know about it, and who knows more?"},
		find: "its open question", blocker: "An open question", result: "the answer, and who gave it", noun: "answer",
	},
	brief.Undecided: {
		asks: []string{"What has to be known to decide it, and who knows that?", "Who decides it, and what do they need from us?", "What speaks for each way, and who would have to live with it?"},
		find: "what it leaves undecided", blocker: "Undecided", result: "the decision, and its reason",
	},
	brief.NoDescription: {
		asks: []string{"Who can tell what stands behind {it}, and what would be missing without {it}?", "Who had asked for {it}, and what for?"},
		find: "what stands behind the title", blocker: "No description", result: "a description that says more than its title", noun: "description",
	},
	brief.NoResult: {
		asks: []string{"Who takes the result, and what do they look at first?", "What must be true afterwards that is not true today?"},
		find: "how anyone will tell that it is done", blocker: "The description says little beyond the title", result: "one line that somebody else can check", noun: "checkable result",
	},
	brief.Blocked: {
		asks: []string{"What of {it} can be settled before then?", "Who can say when {other} will be done?"},
		find: "what can begin before {other} {is} done", blocker: "Blocked by {other}", result: "what can begin before {other} {is} done", noun: "first step",
	},
	brief.Waits: {
		asks: []string{"Who can say how long that takes, and what happens meanwhile?", "How long is that worth waiting for, and who decides it?"},
		find: "whether the wait is worth it", blocker: "It waits", result: "how long it waits, or that it need not",
	},
	brief.Circle: {
		asks: []string{"Which of them can begin without the others?"},
		find: "which of them comes first", blocker: "Its links run in a circle", result: "which of them comes first",
	},
	brief.Alike: {
		asks: []string{"Which of them stays, and what of the other has to go into it?"},
		find: "what each of them is for", blocker: "Nearly the same as {other}", result: "what each is for, or which of them stays",
	},
	brief.Duplicate: {
		asks: []string{"Which of them stays, and who decides that?"},
		find: "which of them stays", blocker: "Linked as a duplicate of {other}", result: "which of them stays",
	},
	brief.Unlinked: {
		find: "whether {other} belongs to it", blocker: "It names {other} without a link", result: "a link to {other}, if it belongs there",
	},
	brief.TwoValues: {
		asks: []string{"Which of the two holds, and who relies on the other?"},
		find: "which of its two values holds", blocker: "Two values for one thing", result: "which of the two holds",
	},
	brief.Finished: {
		find: "what is still missing", blocker: "It is open, and its last comment says otherwise", result: "what is still missing, or that it is done",
	},
	brief.Vague: {
		asks: []string{"By which measure would we see that it is reached, and who has one?"},
		find: "how anyone will measure it", blocker: "No measure for what it aims at", result: "a measure", noun: "measure",
	},
	brief.TeamRule: {
		find: "what is missing for the team's own rule", blocker: "{thing}", result: "what the team's own rule asks",
	},
	brief.Size: {
		asks: []string{"Which part of it would be of use by itself?"},
		find: "which part of it comes first", blocker: "{thing}", result: "the part that comes first", noun: "first part",
	},
}

// epicAsk stands behind what the epic wants.
const epicAsk = "Which part of that has no ticket yet?"

// anyAsks can be asked of a ticket whatever it says. They are as many as the
// questions that a session has at least.
var anyAsks = [Least]string{
	"What is known about it that its text does not say?",
	"Who can tell whether it came out right?",
	"What would be missing if it were left out?",
}

// commentAsks are asked of tickets without a description on which people have
// commented: they may have said it all.
var commentAsks = []string{"What of {its} comments belongs in a description?"}

// asksOf are the frames for a doubt, and what they are counted by.
func (w *writer) asksOf(d brief.Doubt) (kind string, asks []string) {
	if w.commented(d) {
		return "commented", commentAsks
	}
	return string(d.Kind), framesOf[d.Kind].asks
}

// commented reports whether a doubt is about a description that is not there, and
// people have commented on the ticket.
func (w *writer) commented(d brief.Doubt) bool {
	t := w.Brief.Ticket(d.Keys[0])
	return d.Kind == brief.NoDescription && t != nil && slices.ContainsFunc(t.Reading.Comments(), func(c *ready.Text) bool { return !c.Program })
}

// blocker is the kind's frame for the gap that a doubt is. What stands where a
// description should is something else than nothing.
func blocker(d brief.Doubt) string {
	switch {
	case d.Kind == brief.NoDescription && d.Thing != "":
		return "The description is " + d.Thing
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
const mostOthers = 3

func filled(frame string, d brief.Doubt, name func(ticket.Ref) string) string {
	frame = strings.ReplaceAll(frame, "{thing}", cmp.Or(text.UpperFirst(d.Thing), "Perhaps more than one ticket")) // somebody's word has no number
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
