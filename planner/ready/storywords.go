package ready

import (
	"cmp"
	"strings"
	"sync"

	"refine/internal/lazyregexp"
)

// storyWords is what marks a user story's form in one language. Each entry is
// a list of alternatives in the syntax of regular expressions, where a space
// stands for any white space.
type storyWords struct {
	opener  string // what opens the role begins with it
	role    string // opens the role, with its article
	bare    string // opens it without one
	nobody  string // what stands there in other sentences: "as a result"
	pronoun string // stands there, without an article, in other sentences still
	subject string // who wishes
	wish    string // the verb of wishing, of a thing or to do something
	may     string // the verb of being able, before what is done
	turned  string // belongs to the means: "I only want", "I don't want"
	able    string // may stand between the wish and the means
	marked  bool   // does so before every action: without it, a thing is wanted
	turns   bool   // the verb stands before who wishes
	end     string // opens the end, wherever it stands
	cause   string // opens a cause, which is the end of a story without another
	reason  string // opens the end before one of its subjects, or after a comma
	actor   string // these subjects
	aim     string // opens the end after a comma only
	first   string // opens an end that stands before the role
	expect  string // what somebody does who says what must hold: "and I expect"
	and, or string
	not     string // after it, "or" joins what is ruled out together
	time    string // opens a condition
	choice  string // after it, "or" names the two sides of one question
	steps   string // two actions, verb and verb, that are one after the other: "analyze" and "report"
	between string // after it, "and" names the two sides of one thing
	that    string // opens what describes a thing
	example string // opens what explains and asks for nothing
	except  string // opens an exception
}

var storyLanguages = []storyWords{
	{ // English
		opener: "as ", role: `as an?|as the`, bare: `as`,
		nobody: `result|consequence|workaround|note|step|follow-?(?:up|on)|start|reminder|rule|example|bonus|reference|part|fix|test|` +
			`solution|whole|matter|pass|precaution|suggestion|refinement|enhancement|improvement|measure|alternative|idea|goal|addition|aside`,
		pronoun: `it|we|I|you|they|this|that|there|he|she|well|soon|long|far|of|per|usual|such`,
		subject: `I|we`,
		wish:    `want|would want|would like|would love|would wish|'d like|’d like|need|wish|like|expect`,
		may:     `should be able|must be able|would be able|will be able|am able|\\?['’]m able|should|must|can|could|have|shall`,
		turned:  `do not|don't|don’t|never|no longer|only|just`,
		marked:  true,
		able:    `to be able to|be able to|the ability to|to`,
		end:     `so that|such that|in order that|in order to|so as to`,
		cause:   `because`, reason: `so|since`,
		actor: `I|we|you|he|she|it|they|my|our|your|his|her|its|their|users?|people|others|everyone|everybody|nobody`,
		aim:   `to`, first: `in order to|so that|to`,
		expect: `expect|assume`,
		and:    `and/or|and|as well as|&`, or: `or`,
		not:     `not|no|never|without|neither|nor|cannot|don't|don’t|doesn't|doesn’t|won't|won’t|can't|can’t`,
		time:    `when|whenever|if|up until|until|till|while|unless|once|before|after|because|as long as|as soon as|in case`,
		between: `between|both`, that: `that|which|who|whose|where`,
		choice: `whether|either|which|what|who|how|where`,
		steps: `(?:analy[sz]e|assess|collect|design|evaluate|examine|explore|gather|identify|investigate|research|review|study|survey) ` +
			`(?:design|describe|document|outline|present|propose|recommend|report|specify|summari[sz]e|write)|` +
			`(?:capture|collect|gather|record) (?:maintain|update)`,
		example: `such as|e\.g\.|i\.e\.|for example|for instance|things like`,
		except:  `(?:but|though|although) (?:it|they|this|that|these|there|all|the|an?|I|we|should|must|may|still)|even though`,
	},
	{ // German
		opener: "als ", role: `als eine?|als der|als die`, bare: `als`,
		nobody: `folge|ergebnis|erstes|nächstes|schritt|beispiel|hinweis|notlösung|ersatz`, pronoun: `ob|auch|wir|ich|es|das|sie|er`, subject: `ich|wir`, turns: true,
		wish:   `möchten?|will|wollen|brauchen?|benötigen?|wünschen?|hätten? gerne?|würden? gerne?`,
		may:    `kann|können|soll|sollen|muss|müssen`,
		turned: `nicht|nie|nur`, end: `damit|sodass|so dass`, cause: `weil|denn`, aim: `um|da`, first: `um`,
		expect: `erwarten?`, and: `und|sowie|&`, or: `oder|bzw\.`,
		not: `nicht|kein|keine|keinen|nie|ohne|weder|noch`, time: `wenn|falls|sobald|solange|bis|bevor|nachdem|während|weil`, choice: `ob|entweder`, between: `zwischen|sowohl`, that: `der|die|das|dem|den|deren|dessen|welche[rs]?|wo`,
		example: `zum Beispiel|z\.\s*B\.|d\.\s*h\.|beispielsweise`, except: `(?:aber|obwohl|allerdings) \pL+`,
	},
	{ // French
		opener: "en ", role: `en tant qu(?:e une? |e |['’]une? |['’])`, subject: `je|nous|j['’]`, nobody: `tel|telle`,
		wish:   `veux|voulons|souhaite|souhaitons|voudrais|voudrions|désire|ai besoin|avons besoin|aimerais|aimerions`,
		may:    `peux|pouvons|dois|devons`,
		turned: `ne`, able: `pouvoir|de pouvoir|être en mesure de|de|d['’]`,
		end:    `afin de|afin d['’]|afin que|afin qu['’]|de sorte que|de manière à|pour que|pour qu['’]`,
		reason: `pour`, actor: `(?:ne pas )?(?:les? |la |l['’]|y |en )?\pL+(?:er|ir|re)`, cause: `parce que|parce qu['’]`, aim: `car`, first: `afin de|afin d['’]|pour`,
		expect: `attends`, and: `et|ainsi que|&`, or: `ou`, not: `pas|sans|aucun|aucune|jamais|ni`,
		time: `quand|lorsque|si|jusqu['’]à|pendant que|avant de|après|dès que|tant que`, choice: `si|soit`, between: `entre`, that: `qui|que|dont|où`,
		example: `par exemple|p\.\s*ex\.|c['’]est-à-dire|tels? que|telles? que`, except: `(?:mais|sauf|bien que) \pL+`,
	},
}

// A storyShape is one language's words made into what finds the parts.
type storyShape struct {
	opener          string             // what every role begins with
	ahead           []string           // the first words of an end that stands before it
	marked          bool               // an action is led over to
	full            *lazyregexp.Regexp // article, role, turned, wish
	endsAt          *lazyregexp.Regexp // what opens an end, the subject it begins with
	endsFirst       *lazyregexp.Regexp // the same, at the beginning
	causeAt         *lazyregexp.Regexp // what opens a cause
	again           *lazyregexp.Regexp // a further end within an end
	alone           *lazyregexp.Regexp // a role without a wish
	wishes          *lazyregexp.Regexp // a wish without a role
	nobody, pronoun *lazyregexp.Regexp // what is no role

	joins, ownClause, denies, times, choices, steps, between, relative, expects, excepts, examples *lazyregexp.Regexp
}

// storyShapes are in the order in which they are tried.
var storyShapes = sync.OnceValue(func() (shapes []*storyShape) {
	for _, w := range storyLanguages {
		shapes = append(shapes, newStoryShape(w))
	}
	return shapes
})

func newStoryShape(w storyWords) *storyShape {
	ahead := `(?:(?:` + w.first + `)(?: |\b)(?P<ahead>[^\n.!?]+?)[,\s]+)?`
	opens := `(?:^[^\pL\d]*` + ahead + `|[.!?:;–-] |[\n\r][^\pL\d]*)`
	role := opens + `(?:(?P<article>` + w.role + `)|` + atLeast(w.bare) + `)\s*`
	var firsts []string
	for end := range strings.SplitSeq(w.first, "|") {
		firsts = append(firsts, strings.Fields(end)[0])
	}
	return &storyShape{
		opener: w.opener, ahead: firsts, marked: w.marked,
		full:      spaced(role + `(?P<role>[^\n.!?]+?)` + w.wished(`[\s,]+`, `|,\s*`)),
		endsAt:    spaced(endPattern(w)),
		endsFirst: spaced(`^(?:` + endPattern(w) + `)`),
		causeAt:   spaced(`(?:^|[\s,;.(]+)(?:` + w.cause + `)(?:\s|\b)`),
		again:     spaced(`[\s,;](?:` + w.end + `|(?:` + atLeast(firstOf(w.reason)) + `)(?:` + w.actor + `)) `),
		alone:     spaced(role + `(?P<role>[^\n,.!?]{1,60}?)\s*(?:,|$)`),
		wishes:    spaced(w.wished(`^[^\pL\d]*`, ``)),
		nobody:    spaced(`^(?:\pL+ )?(?:` + w.nobody + `)(?:$|,| (?:of|to|for|in|on|from|von|zu|für|de)\b)`),
		pronoun:   spaced(`^(?:` + atLeast(w.pronoun) + `)`),
		joins:     spaced(` (?:(` + w.and + `)|(` + w.or + `)) `),
		ownClause: spaced(`^(?:also |auch |aussi )?(?:` + w.subject + `)\s*(?:` + w.expect + `|` + w.wish + `|` + w.may + `)\b`),
		expects:   spaced(`(?:^|[\s,])((?:` + w.subject + `)\s*(?:` + w.expect + `))\b`),
		excepts:   spaced(`[\s,;–-](` + w.except + `)\b`),
		denies:    spaced(`(?:^|\s)(?:` + w.not + `) `),
		times:     spaced(`(?:^|\s)(?:` + w.time + `) `),
		steps:     spaced(`^(?:` + cmp.Or(w.steps, `[^\s\S]`) + `)$`),
		choices:   spaced(`(?:^|\s)(?:` + w.choice + `) `),
		between:   spaced(`(?:^|\s)(?:` + w.between + `) `),
		relative:  spaced(`\s(?:` + w.that + `) `),
		examples:  spaced(`(?:^|[\s,(])(?:` + w.example + `) `),
	}
}

// wished finds who wishes, and the words of wishing, after what stands before:
// "I want to", "möchte ich". People forget the "I" as well, where bare allows it.
func (w storyWords) wished(before, bare string) string {
	turned := `(?:(?P<turned>` + w.turned + `) )?`
	verb := `(?:(?P<wish>` + w.wish + `)|(?P<may>` + w.may + `))\b`
	if w.turns {
		return before + verb + ` (?:` + w.subject + `) ` + turned
	}
	return `(?:` + before + `(?:` + w.subject + `)\s*` + bare + `)` + turned + verb + optional(w.able)
}

// endPattern finds what opens an end. Some words do so everywhere, some only
// before a subject or after a comma: "so I know", "so far".
func endPattern(w storyWords) string {
	pattern := `(?:` + w.end + `)(?:[\s,]+(?:` + w.end + `|` + cmp.Or(w.reason, w.end) + `)\b)*(?:\s|\b)`
	comma := atLeast(w.aim)
	if w.reason != "" {
		pattern += `|(?:` + w.reason + `) (?P<actor>` + w.actor + `)\b`
		comma = `(?:` + w.aim + `|` + w.reason + `) `
	}
	return `(?:^|[\s,;.(]+)(?:` + pattern + `)|,\s*` + comma
}

// spaced makes a pattern that ignores case and reads any white space as a space.
func spaced(pattern string) *lazyregexp.Regexp {
	return lazyregexp.New(`(?i)` + strings.ReplaceAll(pattern, " ", `\s+`))
}

func optional(alternatives string) string {
	if alternatives == "" {
		return ""
	}
	return `(?: (?P<able>` + alternatives + `)(?:\s|\b))?`
}

// atLeast keeps an empty list of alternatives from matching everywhere.
func atLeast(alternatives string) string {
	if alternatives == "" {
		return `[^\s\S]`
	}
	return `(?:` + alternatives + `) `
}

// firstOf is the first of a list of alternatives.
func firstOf(alternatives string) string {
	first, _, _ := strings.Cut(alternatives, "|")
	return first
}
