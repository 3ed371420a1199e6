package planner

var joinMessages = map[joinKind]string{
	clauses: "a second statement is joined to the wish; each of them may be a story of its own",
	actions: "asks for two actions at once; somebody may need one without the other",
	things:  "names two things at once; somebody may need one without the other",
}

// storyTexts is what the session does about a finding in a story.
var storyTexts = map[string]finding{
	ruleAtomic: {
		Finding: Finding{INVEST: "S"}, weight: 6,
		find: "which of its parts somebody needs first", gets: "a split or a reason against it", snag: "several wishes in one",
		asks: []string{
			"Which of the parts does somebody wait for, and who could live without the rest?",
			"Do the parts have the same people behind them, and who are they?",
		},
	},
	ruleUnique: {
		Finding: Finding{INVEST: "I"}, weight: 6,
		find: "who needs it beside its double", gets: "one ticket instead of two", snag: "a wish that stands twice",
		asks: []string{
			"Who would still miss something once the other one is fulfilled?",
			"Whose day differs between the two?",
		},
	},
	ruleNoBenefit: {
		Finding: Finding{INVEST: "V"}, weight: 5,
		find: "what that role does today without it", gets: "the reason", snag: "a wish without a reason",
		asks: []string{
			"What do they do today instead, and what does that cost them?",
			"What went wrong for them the last time they had to do without?",
			"Who of them has asked, and for the sake of what?",
		},
	},
	ruleWellFormed: {
		Finding: Finding{INVEST: "V"}, weight: 4,
		find: "who wants what", gets: "a role and a wish", snag: "half a story",
		asks: []string{"Who wants it, and what do they try to do when they miss it?"},
	},
	ruleMinimal: {
		Finding: Finding{INVEST: "N"}, weight: 3,
		find: "whose need the detail is", gets: "its details as criteria", snag: "details within the wish",
		asks: []string{"Who needs that detail, and what goes wrong for them without it?"},
	},
	ruleUniform: {
		Finding: Finding{INVEST: "E"}, weight: 1,
		find: "whether it means what the others mean", gets: "the form of the others", snag: "a form of its own",
	},
}

// storyFinding is a finding in the story of an issue.
func storyFinding(rule, key, message string, ev Evidence) finding {
	f := storyTexts[rule]
	f.Rule, f.Message, f.Evidence = rule, message, []Evidence{}
	switch f.lead = key + ": " + ev.String() + stop(ev); {
	case ev.Quote == "":
		f.lead = key + " " + message + "."
		return f
	case rule == ruleNoBenefit:
		f.lead = key + ": " + ev.String() + ", and no reason."
	}
	f.Evidence = []Evidence{ev}
	return f
}
