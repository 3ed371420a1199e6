package planner

import (
	"regexp"
	"strings"
)

// commands are the verbs that titles begin with. What follows one of them is
// what the ticket is about.
var commands = regexp.MustCompile(`(?i)^(?:please |we (?:should|need to|must|have to) )?(adds?|allow|analy[sz]e|auto-?mate|build|bring|change|clarify|clean ?up|combine|compile|complete|consolidate|continue|convert|correct|create|define|deliver|deploy|deprecate|describe|design|detect|determine|develop|disable|document|drop|enable|enhance|ensure|establish|evaluate|expand|explain|explore|expose|extend|find|finali[sz]e|fix|generate|handle|hide|identify|implement|improve|include|increase|install|integrate|introduce|investigate|make|merge|migrate|modify|move|optimi[sz]e|organi[sz]e|perform|plan|port|prepare|prevent|print|prioriti[sz]e|provide|publish|rebuild|recompile|register|redesign|reduce|refactor|release|remove|rename|reorgani[sz]e|replace|research|resolve|restructure|reuse|review|revise|rework|rewrite|run|send|separate|set|set ?up|show|simplify|split|spike|standardi[sz]e|streamline|support|switch|test|track|unify|update|upgrade|use|validate|verify|work on|wrap|write)(?: and (?:analy[sz]e|automate|design|document|implement|prioriti[sz]e|review|support|test|update|validate|verify))? `)

var (
	// fillers stand between the verb and its object.
	fillers = regexp.MustCompile(`(?i)^(?:(?:the |an? )?(?:additional |further )?(?:support|functionality|capability|feature|features) for |support |(?:the|an?|all|any|some|more|my|your|our|their|its|this|existing and new|existing|new|of) )+`)
	// objectEnd is where a noun phrase is over.
	objectEnd = regexp.MustCompile(`(?i)(?:[,;:(\[{<]| [–—/-]+ | (?:to|for|when|while|if|so|in order|that|which|who|whose|by|with|without|from|into|onto|in|on|at|via|using|during|after|before|once|because|instead|should|must|shall|can|can't|cannot|could|would|will|is|are|isn't|aren't|was|were|does|doesn't|do|don't|did|didn't|has|have|not|no|as|based|against|than|through|where|like|such|related|including|per|under|within|across|throughout|needs?|fails?|crash(?:es)?|throws?|returns?|breaks?|gets|due)\b)`)
	// sentenceVerb tells a title that states something from one that names it.
	sentenceVerb = regexp.MustCompile(`(?i)\b(?:is|are|was|were|isn't|aren't|wasn't|weren't|does|doesn't|don't|didn't|cannot|can't|won't|will|fails?|crash(?:es|ed)?|breaks?|throws?|hangs?|returns?|ignores?|causes?|needs?|shows?|displays?|places|assumes|uses|should|must|gets|stops?|missing|not)\b`)
	component    = regexp.MustCompile(`^(?:\[[^\]]*\]\s*)?(?:[\w@/.+ -]{2,40}: +){0,2}(?:\[[^\]]*\]\s*)?`)
)

// mostThing is how many words name a thing within a sentence.
const mostThing = 6

// otherCommand is a title that begins with a verb which the list does not have:
// what an article follows is no noun.
var otherCommand = regexp.MustCompile(`^([A-Z][a-z]+) (?:an?|the|my|your|our|their|every|each|all) `)

// command is the verb a title begins with, in lower case, and the rest of the
// title behind it. The verb is empty where the title begins with none.
func (r *reading) command() (verb, rest string) {
	title := readable(oneLine(r.issue.Summary))
	if r.story.Complete() && r.storyFrom.where == "summary" {
		return "", ""
	}
	title = title[len(component.FindString(title)):]
	if area, rest, ok := strings.Cut(title, " - "); ok && len(strings.Fields(area)) <= 2 && commands.MatchString(rest) {
		title = rest // "CLI - Remove restrictions"
	}
	if m := commands.FindStringSubmatch(title); m != nil {
		return strings.ToLower(strings.TrimSuffix(m[1], "s")), title[len(m[0]):]
	}
	if m := otherCommand.FindStringSubmatchIndex(title); m != nil && !conjunction.MatchString(title) {
		return strings.ToLower(title[m[2]:m[3]]), title[m[3]+1:]
	}
	return "", title
}

// thing is what the ticket is about, as a noun phrase of its own title, without
// an article; empty where the title has none that could stand in a sentence.
func (r *reading) thing() string {
	if !r.english {
		return ""
	}
	verb, rest := r.command()
	if verb == "" && (sentenceVerb.MatchString(rest) || participle.MatchString(rest)) {
		return ""
	}
	if joining[verb] && strings.Contains(rest, " and ") {
		return "" // of two things, and none of them by itself
	}
	if thing := nounPhrase(rest); !gerund.MatchString(thing) {
		return thing
	}
	return ""
}

// joining are verbs whose object is several things.
var joining = wordSet("combine consolidate merge unify")

// nounPhrase is the noun phrase that s begins with, without its article.
func nounPhrase(s string) string {
	s = fillers.ReplaceAllString(s, "")
	if conjunction.MatchString(s) {
		return ""
	}
	if end := objectEnd.FindStringIndex(s); end != nil {
		s = s[:end[0]]
	}
	s = strings.Trim(beforeNextCommand(s), " .!?\"“”")
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > mostThing || strings.ContainsRune(s, unquotable) || strings.ContainsAny(s, "“”") {
		return ""
	}
	if len(terms(s)) == 0 || onlyPronoun.MatchString(s) {
		return ""
	}
	return s
}

// beforeNextCommand cuts off a second thing to do: "the samples and publish
// them". Two nouns stay together.
func beforeNextCommand(s string) string {
	for _, join := range []string{" and ", " or "} {
		if first, second, ok := strings.Cut(s, join); ok && (commands.MatchString(second+" ") || onlyPronoun.MatchString(second) || len(strings.Fields(second)) > 3) {
			return first
		}
	}
	return s
}

// articled is the noun phrase that s begins with as it stands in a sentence:
// with the article that it has there, else with the one that it takes.
func articled(s string) string {
	bare := nounPhrase(s)
	if bare == "" || gerund.MatchString(s) {
		return ""
	}
	switch article := strings.ToLower(fillers.FindString(s)); {
	case aThing.MatchString(article):
		return indefinite(bare)
	case strings.Contains(article, "the "), strings.Contains(article, "this "):
		return "the " + bare
	}
	return definite(bare)
}

// wholePhrase is s if it is one noun phrase from end to end, as the subject of a
// sentence has to be.
func wholePhrase(s string) string {
	bare := strings.TrimSpace(s[len(determiner.FindString(s)):])
	if nounPhrase(bare) != bare || pronounFirst.MatchString(bare) || commands.MatchString(bare+" ") {
		return ""
	}
	if plannedVersion.MatchString(bare) { // today people use the one before
		bare = plannedVersion.ReplaceAllString(bare, "")
	}
	switch article := strings.ToLower(strings.TrimSpace(determiner.FindString(s))); article {
	case "a", "an":
		return indefinite(bare)
	case "":
		if aWord.MatchString(bare) {
			return "" // a common noun whose capital comes from where it stands
		}
		return definite(bare)
	default:
		return "the " + bare
	}
}

var (
	determiner   = regexp.MustCompile(`(?i)^(?:all of the|all the|any of the|the|an?|our|their|its|this|these|those|current|the current) `)
	pronounFirst = regexp.MustCompile(`(?i)^(?:this|that|these|those|it|they|there|he|she|we|you|i|one|some|any|many|most|few|each|every|both|none|no|not)\b`)
	aWord        = regexp.MustCompile(`^[A-Z][a-z]+$`)
	// plannedVersion ends the name of what is to come.
	plannedVersion = regexp.MustCompile(` v?\d+(?:\.\d+)*$`)
	// participle begins a title that tells of a doing, not of a thing.
	participle = regexp.MustCompile(`^[A-Z][a-z]+(?:ing|ed) `)
)

var (
	conjunction = regexp.MustCompile(`(?i)^(?:(?:and|or|but|to|of|for|be|being|been|not|also|just|only|more|less|very|too|so|that|in|on|at|with|what|which|how|why|where|when|whether|if|there|further|again|later|now|first|soon|well|as|by|from|into|up|out|use|make|get|create|add|write|send|allow|provide|enable|remove|handle|improve|ensure|implement|find|let|keep|do|take|give|I|we|you|it|they|he|she)\b)`)
	gerund      = regexp.MustCompile(`^[a-z]+ing\b`)
	aThing      = regexp.MustCompile(`^an? $`)
)

// onlyPronoun stands for something that was named before.
var onlyPronoun = regexp.MustCompile(`(?i)^(?:it|ways?|options?|ability|possibility|means|case|this|that|these|those|they|them|we|us|you|he|she|there|here|what|which|one|both|everything|anything|something|things?|stuff|issues?|tickets?|bugs?|problems?)$`)

// definite is a noun phrase with the article it takes within a sentence: names
// take none.
func definite(phrase string) string {
	first, _, _ := strings.Cut(phrase, " ")
	if phrase == "" || startsUpper(phrase) && !commonNoun.MatchString(phrase) || len(first) <= 2 && !aThing.MatchString(first+" ") || strings.Contains(first, "'s") || strings.ContainsAny(first, "@/") || first == phrase && strings.Contains(first, ".") || plainPlural.MatchString(phrase) {
		return phrase
	}
	return "the " + phrase
}

var (
	// commonNoun ends a phrase that takes an article even if it begins with a
	// name: "the Alloy repo".
	commonNoun  = regexp.MustCompile(`(?i) (?:app|application|api|adapter|build|class|client|code|command|component|config|configuration|dialog|directory|document|documentation|engine|environment|file|flow|form|framework|function|generator|guide|handler|implementation|interface|library|list|menu|method|model|module|name|object|option|page|panel|parameter|parser|pipeline|plugin|process|project|property|repo|repository|report|screen|script|server|service|setting|structure|suite|system|table|team|template|test|tool|type|version|view|wizard|workflow)$`)
	plainPlural = regexp.MustCompile(`(?i)[^sui']s$`)
)
