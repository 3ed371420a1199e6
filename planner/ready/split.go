package ready

import (
	"slices"
	"strings"
	"unicode"

	"refine/planner/text"
	"refine/planner/ticket"
)

// How many parts make a list worth splitting by, and how many are shown.
const (
	leastParts = 3
	mostParts  = 5
)

// split proposes how to cut the ticket by what is in it: the roles that wish, the
// steps or points that it lists, the two sides of its wish. It is nil where
// nothing in the ticket says where to cut.
func (r *Reading) split(all []finding) *Split {
	if parts := r.roles(); len(parts) > 1 {
		return &Split{"the roles it is for", parts}
	}
	if parts, by := r.points(); len(parts) >= leastParts {
		return &Split{by, parts[:min(len(parts), mostParts)]}
	}
	for _, f := range all {
		if parts := sides(f.Evidence); f.Rule == RuleAtomic && len(parts) > 1 {
			return &Split{"its wishes", parts}
		}
	}
	return nil
}

// roles quotes a wish of each role that has one of its own.
func (r *Reading) roles() (parts []ticket.Evidence) {
	seen := map[string]bool{}
	for s := range r.wanted() {
		story, ok := storyAt(s)
		role := strings.ToLower(story.Role)
		if !ok || seen[role] {
			continue
		}
		if ev, ok := s.Text.beginning(s.Sentence.Text); ok && strings.Contains(ev.Quote, story.Role) {
			seen[role] = true
			parts = append(parts, ev)
		}
	}
	return parts
}

// points quotes the longest list of wishes in the description, and says what its
// entries are. Its criteria are no parts of it, and of a list of options only one
// is meant to come.
func (r *Reading) points() (longest []ticket.Evidence, by string) {
	t := r.Text(Description)
	for from := 0; from < len(t.Blocks); {
		to := from
		for to < len(t.Blocks) && t.Blocks[to].Kind == text.Bullet && !t.Blocks[to].Aside && t.Blocks[to].Under == t.Blocks[from].Under {
			to++
		}
		if list := t.Blocks[from:to]; len(list) > len(longest) && !offers(t.Blocks[max(from-1, 0):to]) && !underCriteria(&list[0]) {
			if parts := t.tasks(list); len(parts) > len(longest) {
				longest, by = parts, "the points it lists"
				if t.numbers(list[0].Text) {
					by = "its steps"
				}
			}
		}
		from = max(to, from+1)
	}
	return longest, by
}

// tasks quotes those entries of a list that are something to do, if most are:
// other lists tell what is so.
func (t *Text) tasks(list []text.Block) (parts []ticket.Evidence) {
	for _, b := range list {
		if len(b.Sentences) == 0 || !b.Sentences[0].Is(text.Task) || b.Sentences[0].Asks() {
			continue
		}
		if ev, ok := t.beginning(b.Sentences[0].Text); ok && !slices.Contains(parts, ev) {
			parts = append(parts, ev)
		}
	}
	if 3*len(parts) < 2*len(list) {
		return nil
	}
	return parts
}

// offers reports whether blocks speak of a choice.
func offers(list []text.Block) bool {
	return slices.ContainsFunc(list, func(b text.Block) bool {
		return slices.ContainsFunc(b.Sentences, func(s text.Sentence) bool { return s.Is(text.Choice) })
	})
}

// numbers reports whether an entry stands in the text behind a number or the
// mark of a numbered list.
func (t *Text) numbers(entry string) bool {
	first, _, _ := strings.Cut(entry, " ")
	for line := range strings.Lines(t.Raw) {
		line = strings.TrimSpace(line)
		if strings.Contains(line, first) && line != "" && (line[0] == '#' || unicode.IsDigit(rune(line[0])) && line != entry) {
			return true
		}
	}
	return false
}

// sides are both sides of the one "and" of a quote.
func sides(quotes []ticket.Evidence) []ticket.Evidence {
	if len(quotes) != 1 {
		return quotes
	}
	parts := strings.Split(quotes[0].Quote, " and ")
	if len(parts) != 2 || len(strings.Fields(parts[0])) < 2 || len(strings.Fields(parts[1])) < 2 {
		return nil
	}
	return []ticket.Evidence{{Where: quotes[0].Where, Quote: parts[0]}, {Where: quotes[0].Where, Quote: parts[1]}}
}
