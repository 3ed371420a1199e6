package ready

import (
	"strings"
	"unicode"

	"refine/internal/lazyregexp"
	"refine/planner/text"
)

// A Story is a user story taken apart. The parts are what the text says,
// verbatim; what it leaves out is empty.
type Story struct {
	Text  string
	Role  string // who: "clerk", of "As a clerk, I want …"
	Means string // what they want
	End   string // what it is good for
	// Rest is what follows the story within the text.
	Rest string

	shape      *storyShape
	marker     string // "so that"
	whole      span   // from the role's opener, or an end before it, to the end
	means, end span
	able       bool // of being able rather than of wishing
	endFirst   bool
}

// span is a part of a text: the bytes from:to.
type span struct{ from, to int }

func (s span) of(in string) string { return in[s.from:s.to] }

// Complete reports whether the text has a user story's form: a role and what it
// wants.
func (s Story) Complete() bool { return s.Role != "" && s.Means != "" }

// ParseStory takes the first user story in a text apart, in the language it is
// written in. Of a text that is none, it returns the parts that are there.
func ParseStory(said string) Story {
	for _, shape := range storyShapes() {
		if s := shape.parse(said); s.Complete() {
			return s
		}
	}
	for _, shape := range storyShapes() {
		if s := shape.fragment(said); s.shape != nil {
			return s
		}
	}
	return Story{Text: said, Rest: strings.TrimSpace(said)}
}

// longestRole is the longest name of a role in bytes; whatever is longer is a
// sentence that only begins like a story.
const longestRole = 120

// parse finds a role, a wish and what follows it.
func (h *storyShape) parse(said string) Story {
	m := matchOf(h.full, said)
	if m == nil {
		return Story{}
	}
	role := trimmed(said, m["role"])
	_, article := m["article"]
	if !h.names(role.of(said), article) {
		return Story{}
	}
	s := Story{Text: said, Role: role.of(said), shape: h}
	s.whole.from = m[""].from
	s.wished(m)
	if ahead, ok := m["ahead"]; ok && s.End == "" {
		s.end, s.endFirst = trimmed(said, ahead), true
		s.End = s.end.of(said)
	}
	return s
}

// names reports whether words name somebody: not "as a result, we need …", nor
// "as the page is slow, I want …".
func (h *storyShape) names(role string, article bool) bool {
	most := 4
	if article {
		most = 16
	}
	return role != "" && len(role) <= longestRole && len(strings.Fields(role)) <= most &&
		!h.nobody.MatchString(role) && (article || !h.pronoun.MatchString(role+" ")) && !saysSomething.MatchString(role)
}

// saysSomething is for what has a verb and so is no name.
var saysSomething = spaced(`^[^,]* (?:is|are|was|were|has been|have been|does|did|isn't|doesn't|ist|sind|est|sont) |^\pL+(?:ed|noted)$`)

// wished reads the wish at m: what turns it, its verb of wishing or of being
// able, and what leads over to an action. The means begin after it, unless they
// need it: without "only" or "don't" they say the opposite, and who wants a
// thing does nothing but want it.
func (s *Story) wished(m map[string]span) {
	from := m[""].to
	turned, opposite := m["turned"]
	wish, wishes := m["wish"]
	_, led := m["able"]
	switch {
	case opposite:
		from = turned.from
	case wishes && s.shape.marked && !led:
		from = wish.from
	}
	s.able = !wishes
	s.split(from)
}

// matchOf names what the groups of an expression match; the whole is "".
func matchOf(pattern *lazyregexp.Regexp, in string) map[string]span {
	m := pattern.FindStringSubmatchIndex(in)
	if m == nil {
		return nil
	}
	parts := map[string]span{}
	for n, name := range pattern.SubexpNames() {
		if m[2*n] >= 0 && (name != "" || n == 0) {
			parts[name] = span{m[2*n], m[2*n+1]}
		}
	}
	return parts
}

// split divides what stands from the wish on into means, end and rest.
func (s *Story) split(from int) {
	stop := text.SentenceEnd(s.Text, from)
	s.means = trimmed(s.Text, span{from, stop})
	m := matchOf(s.shape.endsAt, s.Text[from:])
	if m == nil || from+m[""].from > stop { // an end may be a sentence by itself, the next one
		m = matchOf(s.shape.causeAt, s.Text[from:stop])
	}
	if m != nil {
		begin := from + m[""].to
		if actor, ok := m["actor"]; ok {
			begin = from + actor.from
		}
		opened := span{from + m[""].from, begin}
		s.means = trimmed(s.Text, span{from, opened.from})
		s.marker = strings.ToLower(trimmed(s.Text, opened).of(s.Text))
		stop = text.SentenceEnd(s.Text, begin)
		s.end = trimmed(s.Text, span{begin, stop})
	}
	s.whole.to = stop
	s.Means, s.End, s.Rest = s.means.of(s.Text), s.end.of(s.Text), strings.TrimSpace(s.Text[stop:])
}

// fragment finds a role without a wish, or a wish without a role.
func (h *storyShape) fragment(said string) Story {
	s := Story{Text: said, shape: h}
	if m := matchOf(h.alone, said); m != nil {
		role := trimmed(said, m["role"]).of(said)
		if _, article := m["article"]; article && h.names(role, true) {
			s.Role, s.Rest = role, strings.TrimSpace(said[m[""].to:])
			return s
		}
	}
	if m := matchOf(h.wishes, said); m != nil {
		s.wished(m)
		return s
	}
	return Story{}
}

// trimmed cuts white space and the punctuation of the sentence around a part.
func trimmed(in string, s span) span {
	part := s.of(in)
	s.from += len(part) - len(strings.TrimLeftFunc(part, edge))
	s.to = max(s.from, s.to-(len(part)-len(strings.TrimRightFunc(part, edge))))
	return s
}

func edge(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",.;:–-", r)
}
