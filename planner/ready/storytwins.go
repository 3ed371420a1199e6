package ready

import (
	"slices"
	"strings"
	"unicode"

	"refine/planner/text"
)

// A twin is another story that asks for the same.
type twin struct {
	of  int
	how string // a message about it; empty for a story that is alone
}

// sameness is one way for two stories to be the same: by a key that both have,
// and a test of what the key leaves out.
type sameness struct {
	how  string
	key  func(*storyTerms) string // empty: not in this way
	test func(a, b *storyTerms) bool
}

var samenesses = []sameness{
	{"asks for the same as %s, word for word", sameAll, always},
	{"asks for the same as %s, with another reason", sameMeans, always},
	{"asks for the same thing as %s, for the same reason", sameObject, func(a, b *storyTerms) bool {
		return a.verb == b.verb || plainVerbs()[a.verb] || plainVerbs()[b.verb]
	}},
	{"asks for the same as %s, on another condition", sameCore, func(a, b *storyTerms) bool {
		return (a.condition || b.condition) && len(a.end) > 1 && len(b.end) > 1 && (amongTerms(a.end, b.end) || amongTerms(b.end, a.end))
	}},
}

func always(_, _ *storyTerms) bool { return true }

// plainVerbs name no action of their own: to have a thing, to see it, to choose
// it all ask for the thing.
var plainVerbs = wordSet("have get see view be use access receive obtain know choose find want")

// storyTerms are a story's words without those that only join them, stemmed.
type storyTerms struct {
	role, verb  string
	means, core []string // with the verb; core ends before a condition
	end         []string
	condition   bool
}

func termsOf(s *Story, x *text.Language) *storyTerms {
	t := &storyTerms{role: strings.Join(fullTerms(x, s.Role), " "), means: fullTerms(x, s.Means), end: fullTerms(x, s.End)}
	if len(t.means) > 0 {
		t.verb = t.means[0]
	}
	t.core = t.means
	if m := s.shape.times.FindStringIndex(s.Means); m != nil {
		t.core, t.condition = fullTerms(x, s.Means[:m[0]]), true
	}
	return t
}

func sameAll(t *storyTerms) string {
	return t.role + "|" + strings.Join(t.means, " ") + "|" + strings.Join(t.end, " ")
}

func sameMeans(t *storyTerms) string {
	if len(t.means) < 2 {
		return ""
	}
	return t.role + "|" + strings.Join(t.means, " ")
}

func sameObject(t *storyTerms) string {
	if len(t.means) < 3 || len(t.end) < 2 {
		return ""
	}
	return t.role + "|" + strings.Join(t.means[1:], " ") + "|" + strings.Join(t.end, " ")
}

func sameCore(t *storyTerms) string {
	if len(t.core) < 2 || plainVerbs()[t.verb] {
		return ""
	}
	return t.role + "|" + strings.Join(t.core, " ")
}

func amongTerms(part, whole []string) bool {
	return !slices.ContainsFunc(part, func(t string) bool { return !slices.Contains(whole, t) })
}

// twinsAmong finds for each story another one that asks for the same, in linear
// time: each is compared with the first that has its key.
func twinsAmong(stories []sketch) []twin {
	out := make([]twin, len(stories))
	for _, way := range samenesses {
		firsts := map[string]int{}
		for n, s := range stories {
			if s.terms == nil || way.key(s.terms) == "" {
				continue
			}
			first, met := firsts[way.key(s.terms)]
			if !met {
				firsts[way.key(s.terms)] = n
			} else if out[n].how == "" && way.test(stories[first].terms, s.terms) {
				out[n] = twin{first, way.how}
				if out[first].how == "" {
					out[first] = twin{n, way.how}
				}
			}
		}
	}
	return out
}

// joiningWords carry nothing that two wishes could differ in.
var joiningWords = wordSet("a an the to of for in on at by i my we our can able be it its is are will would that this")

// fullTerms are the words of s, stemmed, without those that only join them.
// Unlike [text.Language.Terms] it keeps what is done: to add and to remove are two wishes.
func fullTerms(x *text.Language, s string) (out []string) {
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !joiningWords()[w] {
			out = append(out, strings.Clone(x.Stem(w)))
		}
	}
	return out
}
