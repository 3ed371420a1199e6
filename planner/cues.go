package planner

// Rule ids of findings.
const (
	ruleNoDescription = "no-description"
	ruleCriteria      = "acceptance-criteria"
	ruleOpenQuestion  = "open-question"
	ruleVague         = "vague"
	ruleOpenList      = "open-list"
	ruleNoBenefit     = "no-benefit"
	ruleSolution      = "solution"
	ruleStakeholder   = "stakeholder"
	ruleDependency    = "dependency"
	ruleContradiction = "contradiction"
	ruleAssumption    = "assumption"
	ruleVisual        = "visual"
	ruleConstraint    = "constraint"
	ruleAtomic        = "atomic"
	ruleMinimal       = "minimal"
	ruleUniform       = "uniform"
	ruleUnique        = "unique"
	ruleWellFormed    = "well-formed"
	ruleSize          = "size"
	ruleStale         = "stale"
	ruleProblem       = "problem" // not a gap: where the ticket says what goes wrong
)

// A cue is wording that gives a doubt away. Which words do is the lexicons' to
// say; {w} in a text stands for them, quoted.
type cue struct {
	sense  sense
	rule   string
	invest string
	weight int // how costly the doubt is if nobody asks
	blocks bool
	own    bool   // only in the ticket's own text, not in its comments
	guide  string // the guide's line it belongs to

	says  string   // the finding
	tells string   // the same after the ticket's key
	snag  string   // the same as a thing that the ticket carries
	asks  []string // about the problem; the quote stands before it
	find  string   // what exploration finds out
	mean  string   // what a key point concludes from it
	gets  string   // what the ticket gets in the session
	alone bool     // its questions say more than those of a probe of the sentence
}

// cues are in the order in which they claim a sentence.
var cues = []cue{
	{
		sense: saysNeedless, rule: ruleOpenQuestion, invest: "V", weight: 13, blocks: true, own: true, alone: true,
		guide: "Why these items matter now",
		says:  "the ticket doubts itself whether anybody needs it", tells: "doubts itself whether anybody needs it", snag: "a doubt whether anybody needs it",
		asks: []string{"Who still needs it, and what would they miss if it were closed today?", "Who can tell whether somebody still waits for it, and by what?", "For whom would it still be worth its while, and since when is that in doubt?"},
		find: "who still needs it, and what they would miss", mean: "all else in it waits until somebody says that they still need it",
		gets: "somebody who still needs it, or a decision to close it",
	},
	{
		sense: saysTooBig, rule: ruleSize, invest: "S", weight: 9, blocks: true,
		guide: "Define the core problem",
		says:  "somebody says that it is more than one ticket", tells: "is said to be more than one ticket", snag: "more in it than one ticket holds",
		asks: []string{"Whose need in it comes first, and who can wait?", "Which part would help somebody even if the others never came?", "Who has which of the needs in it, and who has none of them?"},
		find: "which needs are in it, and whose comes first", mean: "each need in it has its own people, and not all of them wait for the same thing",
		gets: "a split by need",
	},
	{
		sense: saysUnfilled, rule: ruleOpenQuestion, invest: "N", weight: 9, blocks: true,
		guide: "Document open questions",
		says:  "a part is left to be filled in", tells: "leaves a part to be filled in", snag: "an unfilled {w}",
		asks: []string{"What has to be known before {w} can be filled in, and who knows it?", "Who is waiting for what {w} stands for, and what goes wrong if it is guessed?"},
		find: "what {w} stands for and who can say", mean: "what replaces {w} decides what the rest of the ticket means",
		gets: "words in place of {w}",
	},
	{
		sense: saysUndecided, rule: ruleOpenQuestion, invest: "N", weight: 9, blocks: true, own: true,
		guide: "Document open questions",
		says:  "the ticket itself says it does not know", tells: "says itself that it does not know", snag: "an undecided point",
		asks: []string{"Who can settle that, and what do they need to see first?", "For whom does it make a difference which way this turns out?", "What happened the last time somebody had to guess?"},
		find: "who can settle it, and for whom it matters", mean: "as long as this is open, two people will expect two things",
		gets: "a decision on what is open",
	},
	{
		sense: saysWaiting, rule: ruleDependency, invest: "I", weight: 8, blocks: true,
		guide: "Map out dependencies",
		says:  "it is to wait", tells: "is to wait", snag: "a wait without a date",
		asks: []string{"What do those who need it do until then?", "Who has said when that is, and who is stuck in the meantime?", "What would have to be true to stop waiting, and who would see it first?"},
		find: "who is stuck while it waits, and until when", mean: "without a date the wait is a no that nobody has said",
		gets: "a date for the end of the wait, or a decision not to wait",
	},
	{
		sense: saysDepends, rule: ruleDependency, invest: "I", weight: 6,
		guide: "Map out dependencies",
		says:  "it leans on something outside of it", tells: "leans on something outside of it", snag: "a need for something outside",
		asks: []string{"Who on the other side knows that this ticket counts on them?", "What is left of the need if the other side never moves?", "Who notices first when the other side changes?"},
		find: "whom it needs from outside, and whether they know", mean: "whoever owns that has to know that this ticket counts on it",
		gets: "the name of whom it needs from outside",
	},
	{
		sense: saysEither, rule: ruleOpenQuestion, invest: "N", weight: 7, blocks: true, own: true,
		guide: "Document open questions",
		says:  "it is left open which way", tells: "leaves open which way", snag: "several ways where one is needed",
		asks: []string{"Who notices the difference between the two, and how?", "Which of them has somebody asked for by name?", "What would make one of the two wrong?"},
		find: "who notices which way it goes", mean: "the ticket holds two tickets until this is settled",
		gets: "one way instead of two",
	},
	{
		sense: saysOpenList, rule: ruleOpenList, invest: "S", weight: 6, blocks: true, own: true,
		guide: "What are the acceptance criteria?",
		says:  "the list is left open", tells: "does not finish its list", snag: "a list held open by {w}",
		asks: []string{"Who would miss something if the list ended here, and what?", "Who counts on an entry that is not named here, and on which?", "What belongs behind {w}, and for whose work?"},
		find: "where the list ends, and who needs more", mean: "a list that ends in {w} can be neither finished nor checked",
		gets: "a closed list",
	},
	{
		sense: saysExamples, rule: ruleOpenList, invest: "S", weight: 4, own: true,
		guide: "What are the acceptance criteria?",
		says:  "examples stand where the whole should", tells: "gives examples where the whole should stand", snag: "examples in place of a list",
		asks: []string{"What else belongs there that somebody has already missed?", "Which of these is needed first, and by whom?", "Who would be let down if it were only these?"},
		find: "who needs more than these examples, and what", mean: "examples tell where it begins, not where it ends",
		gets: "a list in place of the examples",
	},
	{
		sense: saysVagueAim, rule: ruleVague, invest: "T", weight: 6, own: true,
		guide: "How will we measure it?",
		says:  "the aim has no measure", tells: "has no measure for its aim", snag: "an aim called {w}",
		asks: []string{"Whom does it fail today, and what would {w} have to mean to them?", "Whose day shows the difference, and what do they put up with now?", "What did somebody fail to do last month that {w} would have let them do?"},
		find: "whom it fails today, and what {w} means to them", mean: "{w} has to become something two people would observe alike",
		gets: "a measure in place of {w}",
	},
	{
		sense: saysVagueResult, rule: ruleVague, invest: "T", weight: 5, own: true,
		guide: "What are the acceptance criteria?",
		says:  "the result is judged, not described", tells: "leaves the judging to its reader", snag: "a result called {w}",
		asks: []string{"Who decides what is {w} here, and what did they last turn down?", "Which case shows the opposite of {w}, and who met it?", "By whose eye is it {w}, and what would they reject?"},
		find: "who decides what is {w}, and by what", mean: "two people can read {w} in two ways and both be done",
		gets: "a case for {w} and one against",
	},
	{
		sense: saysVagueWhich, rule: ruleVague, invest: "S", weight: 4, own: true,
		guide: "Define the core problem",
		says:  "it does not say which ones", tells: "does not say which ones", snag: "unnamed {w}",
		asks: []string{"Which ones are meant by {w}, and which of them has hurt somebody?", "Who could write down {w} by name today?", "Of {w}, which one would be missed first, and by whom?"},
		find: "which ones are meant by {w}", mean: "{w} is as large as whoever reads it makes it",
		gets: "names for {w}",
	},
	{
		sense: saysOptional, rule: ruleAssumption, invest: "N", weight: 5, own: true,
		guide: "What are the non-negotiables?",
		says:  "it is not said whether this part has to be", tells: "does not say whether this part has to be", snag: "a part that is only {w}",
		asks: []string{"Who is worse off if this part is left out?", "For whom is this more than {w}?", "Who reads this as promised, and who as a wish?"},
		find: "whether anybody counts on it", mean: "either somebody counts on it or it goes",
		gets: "a yes or no to what is only {w}",
	},
	{
		sense: saysGuess, rule: ruleAssumption, invest: "E", weight: 5, own: true,
		guide: "Clarify assumptions",
		says:  "it is a guess", tells: "guesses", snag: "a guess",
		asks: []string{"Who could know it instead of guessing, and from what?", "What would somebody have to see to take {w} out of that sentence?", "Whose work goes wrong if the guess is wrong?"},
		find: "who knows it, and from what", mean: "a guess that nobody checks becomes a requirement",
		gets: "knowledge in place of the guess",
	},
	{
		sense: saysGranted, rule: ruleAssumption, weight: 5, own: true,
		guide: "Clarify assumptions",
		says:  "it is taken for granted", tells: "takes something for granted", snag: "something taken for granted",
		asks: []string{"Who has seen that it is so, and what is left of the need if it is not?", "Since when is that known, and what has changed around it?", "What was looked at to say so, and which case was not?"},
		find: "who has checked it, and on which case", mean: "if it does not hold, the ticket is another one",
		gets: "a check of what is taken for granted",
	},
	{
		sense: saysLimit, rule: ruleConstraint, weight: 4, own: true,
		guide: "Document constraints",
		says:  "a limit is set without its reason", tells: "sets a limit", snag: "a limit without its reason",
		asks: []string{"Who insists on it, and what goes wrong for them otherwise?", "Where has this limit been broken before, and who noticed?", "For how long and for whom does {w} hold?"},
		find: "who insists on it, and for how long", mean: "everything else in the ticket has to fit inside it",
		gets: "a reason for the limit",
	},
	{
		sense: saysLoss, rule: ruleStakeholder, invest: "V", weight: 4, own: true,
		guide: "Identify affected stakeholders",
		says:  "something goes away, and nobody is named who relies on it", tells: "takes something away", snag: "a loss that nobody is named for",
		asks: []string{"Who relies on what goes away, and how would they find out?", "Who loses something here, and have they been asked?", "What works today only because of what goes away?"},
		find: "who relies on what goes away", mean: "whoever relies on it today is not in the ticket",
		gets: "the people who lose something",
	},
	{
		sense: saysProblem, rule: ruleProblem, weight: 3, own: true,
		guide: "Define the core problem",
		says:  "says what goes wrong", tells: "says what goes wrong", snag: "a problem without its people",
		asks: []string{"Who runs into this, doing what, and how do they get around it?", "When did this last cost somebody a day, and whom?", "Which of those affected would call it solved first, and on seeing what?", "How often does it happen, and to whom would it matter if it stayed?"},
		find: "who runs into it, how often, and how they get around it", mean: "the team can start from what goes wrong instead of what to build",
		gets: "the people behind the problem",
	},
}

// discretionCue is for criteria that leave it to whoever judges. It is only heard
// in them, so it stands outside of the table.
var discretionCue = cue{
	sense: saysDiscretion, rule: ruleCriteria, invest: "T", weight: 8, blocks: true, own: true, alone: true,
	guide: "What are the acceptance criteria?",
	says:  "it is left to judgement when this is done", tells: "leaves it to judgement when it is done", snag: "a result left to judgement",
	asks: []string{"Who judges that, and what would make them hand it back?", "Which result would one of those invited accept and another send back?", "By what would two people who judge it separately come to the same verdict?"},
	find: "which result passes and which does not", mean: "{w} leaves the verdict to whoever looks at it last",
	gets: "a line by which two people would judge alike",
}

// questionCue is for sentences that are questions. It is no wording, so it
// stands outside of the table and has no sense of its own.
var questionCue = cue{
	rule: ruleOpenQuestion, invest: "N", weight: 10, blocks: true,
	guide: "Document open questions",
	says:  "it asks, and the ticket gives no answer", tells: "asks", snag: "an unanswered question",
	asks: []string{"Who holds the answer, and who is stuck without it?", "Whose experience could answer that, and what would it change for them?", "What do people believe the answer is today, and who would contradict?"},
	find: "the answer, or who will bring it", mean: "each answer changes what its ticket is about",
	gets: "an answer to the question",
}
