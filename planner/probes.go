package planner

import "regexp"

// probes are in the order in which they claim a sentence.
var probes = []probe{
	{
		name: "wait", parts: "n", score: 42,
		shape: regexp.MustCompile(`(?i)\b(?:wait(?:ing)?|hold off|on hold|postponed?) (?:till|until|for) (.+)`),
		asks: []string{
			"When is {1} expected, and what do people who need {thing} do until then?",
			"Who can say when {1} comes, and who is stuck until then?",
		},
		find: "who is stuck until {1}", gets: "a date for {1}, or a yes without it",
	},
	{
		name: "no longer be", parts: "sn", score: 40, title: true,
		shape: regexp.MustCompile(`(?i)^(.{3,60}?) (?:will|should|shall|must|would|can) no longer be (.+)`),
		asks:  []string{"Who uses {1} as {2} today, and what do they lose?"},
		find:  "who uses {1} as {2} today", gets: "what those who use it as {2} must still be able to do", guest: "somebody who uses {1} as {2}",
	},
	{
		name: "no longer", parts: "sv", score: 38, title: true,
		shape: regexp.MustCompile(`(?i)^(.{3,60}?) (?:will|should|shall|must|would|can) no longer (.+)`),
		asks:  []string{"Who counts on {1} to {2} today, and how would they find out?"},
		find:  "who counts on {1} to {2}", gets: "what those who count on {1} must still be able to do",
	},
	{
		name: "for each", parts: "l", score: 40,
		shape: regexp.MustCompile(`(?i)\b(?:duplicated?|copied|repeated|separate(?:ly)?|maintained)\b[^.]*\b(?:each|every|all|both)[\w -]*\(([^()]+)\)`),
		asks:  []string{"Which change was last made for one of {1} and not for the others, and who met the difference?"},
		find:  "what {1} cost as long as they are kept apart", gets: "one measure of what {1} cost apart",
	},
	{
		name: "own place", parts: "sn", score: 38,
		shape: regexp.MustCompile(`(?i)^(.{3,60}?) (?:will|should|must|shall|needs? to|can) be (?:integrated|merged|moved|folded) (?:in)?to (.+)`),
		asks:  []string{"Who works with {1} on its own today, and what changes for them once it is part of {2}?"},
		find:  "who works with {1} on its own today", gets: "what those who work with {1} must still be able to do", guest: "somebody who works with {1} on its own",
	},
	{
		name: "to be named", parts: "b", score: 40,
		shape: regexp.MustCompile(`\b(?:TBD|TBC) ([\w-]+(?: [\w-]+)?)`),
		asks:  []string{"Who would work with the {1}, and what do they miss as long as there is none?", "Does anybody wait for the {1}, or would the rest of the ticket serve them without it?"},
		find:  "who would work with the {1} that is still to be named", gets: "the people who need the {1}, or a decision to do without", parks: "which {1} it becomes",
	},
	{
		name: "list in brackets", parts: "hl", score: 34,
		shape: regexp.MustCompile(`(?i)\b((?:[\w'/-]+ ){0,2}[\w'/-]+s) ?\((?:e\.g\.|for example|such as|like|i\.e\.)?,? ?([^()]+?),? (?:etc\.?|and so on|\.\.\.)\)`),
		asks:  []string{"With which {1} has somebody had trouble so far, with {2} or with others?", "Of {2} and other {1}, which have cost somebody time, and whom?"},
		find:  "with which {1} somebody had trouble so far", gets: "the {1} that gave trouble, by name",
	},
	{
		name: "examples", parts: "hl", score: 31,
		shape: regexp.MustCompile(`(?i)\b((?:[\w'/-]+ (?:and|or) )?(?:[\w'/-]+ ){0,2}[\w'/-]+s),? (?:such as|for example|like for example|e\.g\.),? (.+)`),
		asks:  []string{"Besides {2}, which {1} has somebody asked for?", "Which {1} other than {2} does somebody need first, and for what?"},
		find:  "which {1} are needed beside {2}", gets: "the list of {1}",
	},
	{
		name: "choice of ways", parts: "v", score: 34,
		shape: regexp.MustCompile(`(?i)\b(?:one (?:possible )?(?:way|option|idea)|(?:ideas|options|possibilities|alternatives) (?:might |could )?include|we (?:could|might)|perhaps we (?:could|should)|a possible solution)\b[^.]*?(?: to | would be to |: )([a-z].+)`),
		asks:  []string{"Whom would it help most to {1}, and what would still be hard for them after that?"},
		find:  "whom it would help to {1}, and what would still be hard", gets: "the need behind the ways it lists", parks: "how to {1}",
	},
	{
		name: "unknown", parts: "wc", score: 36,
		shape: regexp.MustCompile(`(?i)\b(?:determine|decide|find out|figure out|investigate|research|evaluate|understand|clarify|not (?:sure|clear|known|decided)|unsure|unclear) (if|whether|how|which|what|why|where|when) (.+)`),
		asks:  []string{"What has happened that makes it matter {1} {2}?", "Who has to act without knowing {1} {2}, and what do they do now?"},
		find:  "who can tell {1} {2}", gets: "an answer on {1} {2}",
	},
	{
		name: "investigate", parts: "n", score: 30, title: true,
		shape: regexp.MustCompile(`(?i)\b(?:investigate|research|look into|explore|evaluate|analy[sz]e)(?: (?:ways|options|possibilities) (?:to|for|of))? (.+)`),
		asks:  []string{"Which decision waits for what is found out about {1}, and whose is it?", "What is held up as long as nobody has looked into {1}, and for whom?"},
		find:  "which decision waits for {1}", gets: "the decision that {1} is for",
	},
	{
		name: "smart about", parts: "sc", score: 34,
		shape: regexp.MustCompile(`(?i)^(.{3,60}?) (?:needs? to|should|must|has to|could|will) be (?:smart(?:er)?|clever|intelligent) about (.+)`),
		asks:  []string{"After which everyday step does somebody wait because {1} does not know {2}?"},
		find:  "who is held up because {1} does not know {2}", gets: "one everyday case for {1}",
	},
	{
		name: "already", parts: "s", score: 33,
		shape: regexp.MustCompile(`(?i)^(.{3,60}?) (?:already (?:exists?|works?|supports?|is|are|has|have|does)|(?:is|are) already)\b`),
		asks:  []string{"Who has worked with {1} lately, and what do they know to be wrong with it?", "Which fault of {1} should not come along?"},
		find:  "what is known to be wrong with {1}", gets: "the faults of {1} that must not come along",
	},
	{
		name: "which ones", parts: "b", score: 22, told: whichOnesTold,
		shape: regexp.MustCompile(`(?i)\b(?:various|several|certain|some of the|some|numerous|a number of|a few|couple of) ((?:[\w'/-]+ ){0,2}[\w'/-]+s)\b`),
		asks:  []string{"Which {1} are meant, and which of them does somebody trip over?", "Which of the {1} does somebody need first, and for what?"},
		find:  "which {1} are meant", gets: "the names of the {1}",
	},
	{
		name: "which one", parts: "b", score: 34,
		shape: regexp.MustCompile(`(?i)\b(?:the |an? )?(?:associated|relevant|appropriate|respective) ((?:[\w'/-]+ )?[\w'/-]+)\b`),
		asks:  []string{"Which {1} is meant, and where did the last person who needed it get stuck?"},
		find:  "which {1} is meant", gets: "a name for the {1}",
	},
	{
		name: "compatible", parts: "n", score: 30,
		shape: regexp.MustCompile(`(?i)\bcompatib\w+ (?:with|to) (.+)`),
		asks:  []string{"Who uses {1} today, and what would break for them?"},
		find:  "who uses {1} today", gets: "what users of {1} must not notice",
	},
	{
		name: "continues", parts: "s", score: 30,
		shape: regexp.MustCompile(`(?i)^(.{3,60}?) (?:will|should|must|has to|have to|needs? to) (?:still|continue to) `),
		asks:  []string{"Who relies on {1} today, and until when do they have to?"},
		find:  "who relies on {1}, and for how long", gets: "until when {1} must go on working, and for whom", guest: "somebody who relies on {1}",
	},
	{
		name: "goes away", parts: "n", score: 32, title: true,
		shape: regexp.MustCompile(`(?i)(?:^|^[\w@/. -]{2,30}: |\b(?:should|will|must|shall|we can|going to|want to|need to|plan to) )(?:remove|drop|retire|deprecate|get rid of|discontinue) ((?:the |an? |all |support for )*[\w'/.-]+(?: [\w'/.-]+)*)`),
		asks:  []string{"Who still works with {1}, and how would they find out that it goes?", "What works today only because of {1}?"},
		find:  "who still works with {1}", gets: "what those who work with {1} must still be able to do", guest: "somebody who works with {1}",
	},
	{
		name: "instead of", parts: "d", score: 28, title: true,
		shape: regexp.MustCompile(`(?i)\b(?:instead of|replac(?:e|es|ing)|in place of) (.+)`),
		asks:  []string{"Who uses {1} today, and what must not change for them?", "Who is content with {1}, and why?"},
		find:  "who uses {1} today, and what must not change for them", gets: "what those who use {1} must still be able to do",
	},
	{
		name: "story's end", parts: "bv", score: 30, title: true,
		shape: regexp.MustCompile(`(?i)^\W*as (?:an? |the )?([^,]{2,50}?),? i (?:would like|want|need|can|should be able|must be able|wish|am able|have)\b.+? so (?:that )?(?:i|we|they) (?:can|could|may|am able to|are able to|will be able to) (.+)`),
		asks:  []string{"How does {the 1} {2} today, and where does that fall short?", "When did {the 1} last fail to {2}, and what did it cost?"},
		find:  "how {the 1} manages to {2} today", gets: "an example of {the 1} who can {2}",
	},
	{
		name: "story's sign", parts: "bc", score: 27, title: true,
		shape: regexp.MustCompile(`(?i)^\W*as (?:an? |the )?([^,]{2,50}?),? i (?:would like|want|need|can|should be able|must be able|wish|am able|have)\b.+? so that (.+)`),
		asks:  []string{"By what would {the 1} tell that {2}, and what do they see now?"},
		find:  "by what {the 1} would tell that {2}", gets: "a sign by which {the 1} can tell",
	},
	{
		name: "story's wish", parts: "bv", score: 27, title: true,
		shape: regexp.MustCompile(`(?i)^\W*as (?:an? |the )?([^,]{2,50}?),? i (?:would like|want|need|should be able|must be able|wish|am able|have) to (?:be able to )?(.+)`),
		asks:  []string{"What does {the 1} do today when they have to {2}?", "Which {1} last needed to {2}, and what for?"},
		find:  "what {the 1} does today instead", gets: "an example that {the 1} would accept",
	},
	{
		name: "story's change", parts: "bsv", score: 27, title: true,
		shape: regexp.MustCompile(`(?i)^\W*as (?:an? |the )?([^,]{2,50}?),? i (?:would like|want|need) (.{3,50}?) (?:to be |to get )?(?:(\w+ed .+))`),
		asks:  []string{"What does {the 1} do today because {2} is not {3}?"},
		find:  "what {the 1} does today because {2} is not {3}", gets: "an example that {the 1} would accept",
	},
	{
		name: "story's other", parts: "bsv", score: 27, title: true,
		shape: regexp.MustCompile(`(?i)^\W*as (?:an? |the )?([^,]{2,50}?),? i (?:would like|want|need) (.{3,50}?) to (?:be able to )?((?-i:[a-z]).+)`),
		asks:  []string{"What does {the 1} do today because {2} cannot {3}?"},
		find:  "what {the 1} does today because {2} cannot {3}", gets: "an example that {the 1} would accept",
	},
	{
		name: "story's thing", parts: "bs", score: 25, title: true,
		shape: regexp.MustCompile(`(?i)^\W*as (?:an? |the )?([^,]{2,50}?),? i (?:would like|want|need|wish for|should have|would like to have|have) (?:to have )?([^,]+?)(?:,|\.|$| so | in order | which | that | for | when )`),
		asks:  []string{"What does {the 1} do today without {2}?", "At which step does {the 1} get stuck for want of {2}?", "When did {the 1} last need {2}, and how did that end?"},
		find:  "what {the 1} does today without {2}", gets: "an example that {the 1} would accept",
	},
	{
		name: "cannot", parts: "v", score: 31, title: true,
		shape: regexp.MustCompile(`(?i)\b(?:can(?:not|'t| not)|(?:is|are|am|was|were) (?:unable|not able) to|impossible to|not possible to|no way to|(?:hard|difficult|tedious|cumbersome) to) ((?:[a-z]+) .+)`),
		asks:  []string{"Who has to {1}, and what do they do instead today?", "When did somebody last need to {1}, and what came of it?"},
		find:  "who has to {1}, and what they do instead", gets: "one case in which somebody can {1}",
	},
	{
		name: "not aware", parts: "bv", score: 36,
		shape: regexp.MustCompile(`(?i)^(?:however,? |but )?(?:not many |few |most )?([\w -]{3,40}?) (?:seem to be |are |is )?(?:unaware|not aware|(?:do not|don't) know)(?: to| that| how to| where to)? (.+)`),
		asks:  []string{"Where did the last of the {1} look before giving up, and what had they hoped to find?"},
		find:  "where the {1} look today", gets: "where the {1} must be able to find it", guest: "one of the {1}",
	},
	{
		name: "more of it to people", parts: "wb", score: 30,
		shape: regexp.MustCompile(`(?i)\bmore (?:\w+ly )?(accessible|available|visible|useful|attractive|prominent|transparent|readable|understandable) (?:to|for) (.+)`),
		asks:  []string{"Which of the {2} went without {thing}, and what did they do instead?", "Which of the {2} went without it, and what did they do instead?"},
		find:  "how the {2} get by without {thing}", gets: "what the {2} must be able to do with {thing}", guest: "one of the {2}",
	},
	{
		name: "make more", parts: "nw", score: 32, title: true,
		shape: regexp.MustCompile(`(?i)^(?:make|making) (.{3,50}?) more (\w+(?: and \w+)?)\b`),
		asks:  []string{"Who last missed {1} for not being {2}, and what did they do instead?"},
		find:  "who last missed {1} for not being {2}", gets: "one moment at which {1} must be {2}",
	},
	{
		name: "does not", parts: "swv", score: 24, title: true,
		shape: regexp.MustCompile(`(?i)^(?:[\w@/.+ -]{2,40}: )?(.{3,50}?) (does not|doesn't|do not|don't) (.+)`),
		asks:  []string{"Who counts on {1} there, and what do they do when it {2} {3}?"},
		find:  "who is hit when {1} {2} {3}", gets: "one case to see the change by",
	},
	{
		name: "fails", parts: "s", score: 25, title: true,
		shape: regexp.MustCompile(`(?i)^(?:[\w@/.+ -]{2,40}: )?(.{3,50}?) (?:fails?|crash(?:es)?|breaks?|hangs?|freezes|stops working|throws|is broken|are broken)\b`),
		asks:  []string{"What was somebody doing when {1} failed them, and what was lost?"},
		find:  "what people are doing when {1} fails them", gets: "a case to see {1} work by",
	},
	{
		name: "clear way", parts: "v", score: 24,
		shape: regexp.MustCompile(`(?i)\b(?:in order to|so (?:that )?(?:we|users?|developers?|people|they|customers?|adopters?) can) (?:be able to )?([a-z].+)`),
		asks:  []string{"What happens today when somebody tries to {1}?", "Who was last kept from being able to {1}, and by what?"},
		find:  "what happens today when somebody tries to {1}", gets: "a case in which somebody can {1}",
	},
	{
		name: "allows people", parts: "bv", score: 24,
		shape: regexp.MustCompile(`(?i)\b(?:allow(?:s|ing)?|enabl(?:es?|ing)|let(?:s|ting)?|help(?:s|ing)?) ((?:[\w-]+ ){0,2}(?:users?|developers?|customers?|people|admins?|administrators?|testers?|teams?|adopters?|partners?|members?|clients?|managers?)) (?:to )?([a-z].+)`),
		asks:  []string{"Which {1} have asked to {2}, and how do they get by today?"},
		find:  "which {1} have asked to {2}", gets: "one thing that the {1} must be able to do", guest: "one of the {1}",
	},
	{
		name: "has to", parts: "sv", score: 20,
		shape: regexp.MustCompile(`(?i)^(.{3,60}?) (?:now )?(?:needs? to|has to|have to|must|should) (?:be able to )?([a-z].+)`),
		asks:  []string{"Whose work stops as long as {1} cannot {2}, and how often?", "What do people do as long as {1} cannot {2}?"},
		find:  "who needs {1} to {2}, and when", gets: "a case in which {1} must {2}",
	},
}
