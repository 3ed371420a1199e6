package draft

import "refine/planner/brief"

// Means says what a kind of doubt is to whoever writes of it.
func Means(k brief.Kind) string { return meaning[k] }

var meaning = map[brief.Kind]string{
	brief.Asked:         "the ticket or a comment asks this, and nobody answered",
	brief.Undecided:     "the ticket leaves this undecided in so many words",
	brief.Unseen:        "somebody looked for this fault and did not see it",
	brief.NoDescription: "there is no description beside the title",
	brief.NoResult:      "the description says little beyond the title",
	brief.Blocked:       "it is linked to open issues that come first",
	brief.Waits:         "the text says that it waits",
	brief.Circle:        "by their links these wait for one another all round",
	brief.Alike:         "these ask for nearly the same, and no link says so",
	brief.Duplicate:     "a link, or somebody, says that an issue elsewhere is about the same",
	brief.Unlinked:      "the text names issues that no link leads to",
	brief.TwoValues:     "one thing, named by the same words, has two values",
	brief.Personal:      "it held data that a room should not see, which was taken out",
	brief.Finished:      "it is open, and its last comment says that it is done",
	brief.Size:          "by its own number or somebody's word it is more than one ticket",
	brief.Vague:         "what it aims at has no measure",
	brief.Returned:      "the team's last session ticked that it needs another one",
	brief.TeamRule:      "a rule of the team's own is not met",
}
