package draft

import (
	"slices"
	"strings"

	"refine/planner/guide"
	"refine/planner/text"
)

// An opening is what a sentence leaves to ask by its own words, though nobody has
// called it open. It keeps no ticket from being started: the words may mean little,
// and the room decides that in a moment. Its frames are good English behind any
// sentence that has such words.
type opening struct {
	is    func(own) bool
	asks  []string    // behind the sentence, as a question
	tell  string      // behind it where it is told as a key point; empty: it is not
	guide guide.Topic // the guide's line that it gives a reason for
}

// openings, those first that cost most if each in the room takes them otherwise.
var openings = []opening{
	{
		is:   phrase(" etc ", " and so on "),
		asks: []string{"What else belongs to that, and who knows?"},
		tell: "Ask what else belongs to that.", guide: guide.Problem,
	},
	{
		is:   unsure,
		asks: []string{"What is decided about that by now, and by whom?"},
		tell: "Ask what is decided about that by now.", guide: guide.Assumptions,
	},
	{
		is:   phrase(" sometimes ", " occasionally ", " intermittently ", " intermittent ", " randomly ", " from time to time "),
		asks: []string{"When is it so and when not, and who has seen that?"},
		tell: "Ask when it is so, and when not.", guide: guide.Problem,
	},
	{
		is:   demands,
		asks: []string{"What would somebody look at to check that?"},
		tell: "Ask what somebody would look at to check that.", guide: guide.Outcomes,
	},
	{
		is:   says,
		asks: restAsks,
	},
	{
		is:   func(own) bool { return true },
		asks: restAsks,
	},
}

// restAsks stand behind any sentence.
var restAsks = []string{"What has changed about that since it was written?", "What more is known about that by now?"}

// says reports whether a sentence says what is wrong or wanted.
func says(o own) bool { return o.said.Is(text.Problem) || has(o.Quote.Quote, wanting) }

// wanting are words of which one stands where somebody wants something.
var wanting = text.WordSet("should must want wants need needs would shall cannot can't")

// unsure is whether a sentence says itself that something is not settled.
var unsure = phrase(
	" maybe ", " perhaps ", " probably ", " possibly ", " not sure ", " unclear ", " i guess ", " we could ", " may need ", " may have to ",
	" to be determined ", " need to investigate ", " need to determine ", " need to figure out ",
	" need to find out ", " to identify how ", " think about ", " don't know ",
)

// demands reports whether a sentence says what must hold, and is no step of a test,
// which says itself what to look at.
func demands(o own) bool {
	return !o.ofTest() && phrase(" should ", " must ", " shall ")(o)
}

// phrase is whether a sentence has one of some phrases.
func phrase(phrases ...string) func(own) bool {
	return func(o own) bool {
		s := spaced(o.Quote.Quote)
		return slices.ContainsFunc(phrases, func(p string) bool { return strings.Contains(s, p) })
	}
}

// spaced is a text in small letters with one space before, between and behind its
// words, without what it quotes itself.
func spaced(s string) string {
	for parts := strings.SplitN(s, `"`, 3); len(parts) == 3; parts = strings.SplitN(s, `"`, 3) {
		s = parts[0] + parts[2]
	}
	return " " + strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return strings.ContainsRune(" .,;:!?()[]\"/", r) }), " ") + " "
}

// openings are the sentences of tickets that leave something to ask, with what: one of
// each ticket, of those in which no gap was found first, by the first openings first.
func (w *writer) openings() (all []opened) {
	taken, sentences := map[string]bool{}, map[string][]own{}
	for _, key := range w.keys() {
		sentences[key] = w.own(key)
	}
	for _, keys := range [][]string{without(w.keys(), w.unclear()), w.unclear()} {
		for _, o := range openings {
			for _, key := range keys {
				n := slices.IndexFunc(sentences[key], func(s own) bool { return !taken[key] && !w.said[s.Quote.Quote] && o.is(s) })
				if n >= 0 {
					all, taken[key] = append(all, opened{o, sentences[key][n]}), true
				}
			}
		}
	}
	return all
}

type opened struct {
	opening
	own
}
