package planner

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A mentionOf is a place where a ticket uses a phrase.
type mentionOf struct {
	by      *reading
	ev      Evidence
	subject bool // the sentence begins with it, so it is what the ticket is about
}

var wordPair = regexp.MustCompile(`[A-Za-z]{4,}`)

// mostSharing is how many tickets may use a phrase before it is just what the
// session is about.
const mostSharing = 4

// shared finds the phrase that a few of the tickets, the epic among them, use
// each in its own way: the same thing seen from several sides, which nobody
// owns. The more sides it has, the better.
func shared(epic *reading, items []*reading) []crossing {
	common := map[string]bool{}
	if epic != nil {
		common = termSet(epic.issue.Summary)
	}
	uses := map[string][]mentionOf{}
	for _, r := range withEpic(epic, items) {
		if r.english {
			r.phrases(func(phrase string, m mentionOf) {
				if u := uses[phrase]; len(u) == 0 || u[len(u)-1].by != r {
					uses[phrase] = append(u, m)
				}
			})
		}
	}
	best := ""
	for phrase, u := range uses {
		if len(u) < 2 || len(u) > mostSharing || 2*len(u) > len(items)+2 || aboutIt(u) || !allApart(u) || within(phrase, common) || !claimed(phrase, u) {
			continue
		}
		if best == "" || cmp.Or(cmp.Compare(len(u), len(uses[best])), cmp.Compare(len(phrase), len(best)), cmp.Compare(best, phrase)) > 0 {
			best = phrase
		}
	}
	if best == "" {
		return nil
	}
	return []crossing{sharedCrossing(best, uses[best])}
}

// apart reports whether two tickets use the phrase in sentences of their own.
// Cloned tickets share sentences, which says nothing.
func apart(a, b mentionOf) bool {
	return overlap(termSet(a.ev.Quote), termSet(b.ev.Quote)) < 0.6 &&
		overlap(termSet(a.by.ownText()), termSet(b.by.ownText())) < 0.5
}

func allApart(u []mentionOf) bool {
	for i := range u {
		for j := range i {
			if !apart(u[i], u[j]) {
				return false
			}
		}
	}
	return true
}

// aboutIt reports whether most of the tickets are about the phrase's thing: then
// it is the session's subject, and nothing that they share unawares.
func aboutIt(u []mentionOf) bool {
	n := 0
	for _, m := range u {
		if m.subject {
			n++
		}
	}
	return 2*n > len(u)
}

// claimed reports whether the tickets do two things or more with what the phrase
// names, of those that only one can do at a time: then somebody has to own it.
// That each speaks of the install documentation sets nobody apart.
func claimed(phrase string, u []mentionOf) bool {
	done := map[string]bool{}
	for _, m := range u {
		if verb := doneWith(phrase, m.ev.Quote); verb != "" {
			done[verb] = true
		}
	}
	return len(done) > 1
}

// Words between a verb and its thing: "share the pipeline's build state",
// "the last build state is loaded".
const (
	wordsBefore = 3
	wordsAfter  = 2
)

// doneWith is the stem of the verb that the sentence has next to the phrase.
func doneWith(phrase, s string) string {
	at := strings.Index(strings.ToLower(s), phrase)
	if at < 0 {
		return ""
	}
	before, after := wordsIn(s[:at]), wordsIn(s[at+len(phrase):])
	for _, w := range slices.Concat(before[max(len(before)-wordsBefore, 0):], after[:min(len(after), wordsAfter)]) {
		if verb := stem(w.text); owning[verb] {
			return verb
		}
	}
	return ""
}

// owning are the stems of verbs of keeping and changing a thing.
var owning = stemsOf(wordSet("maintain keep hold store save own load share update replace track persist write change delete remove manage reset read"))

// within reports whether the phrase says nothing that the epic's title does not.
func within(phrase string, common map[string]bool) bool {
	return !slices.ContainsFunc(terms(phrase), func(t string) bool { return !common[t] })
}

// phrases calls use with each pair of neighbouring words that carry a subject.
func (r *reading) phrases(use func(phrase string, m mentionOf)) {
	for _, l := range r.blocks {
		if l.from.comment || l.from.where == "summary" || l.kind == heading || l.aside {
			continue
		}
		for _, line := range l.said {
			s := line.text
			words := wordPair.FindAllStringIndex(afterRole(s), -1)
			for i := 1; i < len(words); i++ {
				a, b := words[i-1], words[i]
				if s[a[1]:b[0]] == " " && subjectPair(s[a[0]:a[1]], s[b[0]:b[1]]) {
					r.phrase(l.from, s, [2]int{a[0], b[1]}, use)
				}
			}
		}
	}
}

// afterRole blanks the role of a user story: that two stories have the same
// role is no subject of theirs.
func afterRole(s string) string {
	story := ParseStory(s)
	if !story.Complete() {
		return s
	}
	end := story.whole.from + strings.Index(s[story.whole.from:], story.Role) + len(story.Role)
	return strings.Repeat(".", end) + s[end:]
}

// subjectPair reports whether both words carry a subject: "build state", not
// "based upon".
func subjectPair(a, b string) bool {
	return len(terms(a)) == 1 && len(terms(b)) == 1 && !plainWords[strings.ToLower(a)] && !plainWords[strings.ToLower(b)] &&
		!strings.HasSuffix(a, "ly") && !strings.HasSuffix(b, "ly") && !strings.HasSuffix(a, "ing") && !strings.HasSuffix(b, "ing")
}

// plainWords join sentences rather than name things.
var plainWords = wordSet(`about above across after again against along already although always among another based because been before
behind being below between both cannot could does doing done down during each either else even ever every from further have having here
however into just know like likely made many means much never next none once onto other over please rather same several shall since
some still take taken than their them there these they thing things this those through thus toward under until upon very want well were
what when where whether which while whom whose will with within without work works would need needs needed required requires require
ability able certain current currently different existing following given good great large look main multiple possible provide provides
provided right several similar specific sure various first last second better best time times long well known number contain contains
include includes included including review ticket issue story task epic version using used uses added adding make makes made able
allow allows depends upon only document documents code file files test tests data project projects team page pages system also`)

func (r *reading) phrase(from *source, s string, at [2]int, use func(string, mentionOf)) {
	q, before, after := clip(s, at)
	if len(strings.Fields(q)) < 4 || !from.holds(q) || len(q) > maxQuote {
		return
	}
	use(strings.ToLower(s[at[0]:at[1]]), mentionOf{
		by: r, ev: Evidence{Where: from.where, Quote: q, before: before, after: after},
		subject: len(strings.Fields(s[:at[0]])) <= 1,
	})
}

// sideWords is how much of a sentence is shown on each side where many are.
const sideWords = 45

// narrow is the evidence cut to the words around a phrase, where there is no
// room for more.
func (e Evidence) narrow(phrase string, cut bool) Evidence {
	at := strings.Index(strings.ToLower(e.Quote), phrase)
	if !cut || at < 0 || len(e.Quote) <= goodQuote {
		return e
	}
	from, to := max(at-sideWords, 0), min(at+len(phrase)+sideWords, len(e.Quote))
	if from > 0 {
		from += strings.IndexByte(e.Quote[from:], ' ') + 1
	}
	if clause := strings.LastIndex(e.Quote[from:at], ", "); clause >= 0 {
		from += clause + len(", ")
	}
	if to < len(e.Quote) {
		to = at + len(phrase) + max(strings.LastIndexByte(e.Quote[at+len(phrase):to], ' '), 0)
		to = from + looseEnd(e.Quote[from:to])
	}
	return Evidence{Where: e.Where, Quote: strings.Trim(e.Quote[from:to], " .,;:"), before: e.before || from > 0, after: e.after || to < len(e.Quote)}
}

func sharedCrossing(phrase string, u []mentionOf) crossing {
	var says, keys []string
	for _, m := range u {
		keys = append(keys, m.by.issue.Key)
		if len(says) < 3 {
			says = append(says, fmt.Sprintf("%s says %s", m.by.issue.Key, m.ev.narrow(phrase, len(u) > 2)))
		}
	}
	c := crossing{
		kind: "shared", second: true, weight: 17, guide: "Map out dependencies", guides: []string{"Clarify assumptions", "Document constraints"}, keys: keys, key: keys[0], quote: u[0].ev.narrow(phrase, len(u) > 2).Quote,
		point: fmt.Sprintf("%s. Agree once what both mean by %s, before either is talked through.", strings.Join(says, ", "), phrase),
		ask:   fmt.Sprintf("%s. Do both mean the same %s, and who would notice if they did not?", strings.Join(says, " and "), phrase),
		gets:  fmt.Sprintf("%s agree on one meaning of %s", enumerate(keys), phrase), settle: fmt.Sprintf("what %s mean by %s", enumerate(keys), phrase),
	}
	if len(u) > 2 {
		c.weight = 47
		c.point = fmt.Sprintf("%d tickets claim the %s: %s. Agree whose it is before any of them is talked through.", len(u), phrase, strings.Join(says, ", "))
		c.ask = fmt.Sprintf("%s. Whose is the %s, and who notices when two of them see it differently?", strings.Join(says, ", "), phrase)
	}
	return c
}
