package draft

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"refine/internal/lazyregexp"
	"refine/planner/brief"
	"refine/planner/ready"
	"refine/planner/text"
)

// A sentence of a ticket that is short enough to be shown and whole: between that
// many words.
const (
	leastOwn = 6
	mostOwn  = 30
)

// An own sentence is one of a ticket's description or criteria that can be quoted
// whole and understood where it stands alone.
type own struct {
	brief.Quote
	said ready.Said
}

// ofTest reports whether a sentence stands below a heading of tests.
func (o own) ofTest() bool {
	return strings.Contains(strings.ToLower(o.said.Block.Under+o.said.Block.Within), "test")
}

// own are a ticket's own sentences in their order.
func (w *writer) own(key string) (all []own) {
	if all, known := w.owns[key]; known {
		return all
	}
	defer func() { w.owns[key] = all }()
	t := w.Brief.Ticket(key)
	for said := range t.Reading.Sentences() {
		if said.Text.Comment != nil {
			break // they come last
		}
		if said.Text.Where == ready.Summary || said.Block.Kind == text.Heading || said.Block.Aside || said.Sentence.Asks() || !whole(said.Sentence.Text) || retold(said.Sentence.Text, t.Issue.Summary) {
			continue
		}
		if turnedAround(t, said) {
			continue
		}
		ev, ok := said.Quote([2]int{0, 1})
		if !ok || strings.TrimRight(ev.Quote, ".!? ") != strings.TrimRight(said.Sentence.Text, ".!? ") {
			continue // a part of it
		}
		if q := (brief.Quote{Key: key, Evidence: ev}); !w.Unsaid[ev.Quote] {
			all = append(all, own{q, said})
		}
	}
	return all
}

// turnedAround reports whether what stands around a sentence takes it back: the
// heading or lead-in above it ("should NOT", "several reasons", "original"), or what
// goes on behind it, in a new sentence ("However, …") or in the same.
func turnedAround(t *brief.Ticket, said ready.Said) bool {
	if denies.MatchString(said.Block.Under) || denies.MatchString(said.Block.Within) {
		return true
	}
	blocks := said.Text.Blocks
	at := slices.IndexFunc(blocks, func(b text.Block) bool {
		return len(b.Sentences) > 0 && len(said.Block.Sentences) > 0 && &b.Sentences[0] == &said.Block.Sentences[0]
	})
	for n := at - 1; n >= 0 && said.Block.Kind == text.Bullet; n-- {
		if blocks[n].Kind != text.Bullet {
			if denies.MatchString(blocks[n].Text) {
				return true
			}
			break
		}
	}
	next, ok := said.Next()
	if !ok && at+1 < len(blocks) && len(blocks[at+1].Sentences) > 0 && blocks[at+1].Kind != text.Heading {
		return contrary.MatchString(blocks[at+1].Sentences[0].Text)
	}
	return ok && (contrary.MatchString(next.Text) || unicode.IsLower([]rune(next.Text)[0]))
}

var (
	denies   = lazyregexp.New(`(?i)\bnot\b|n't\b|\breasons\b|\boriginal\b`)
	contrary = lazyregexp.New(`^(?:However|But|Though|Unfortunately)\b`)
)

var (
	// pointing words lead to what does not stand in a sentence, or speak to somebody.
	pointing = text.WordSet("this these those above below following attached attachment attachments screenshot screenshots here hi hello hey dear thanks thank please")
	// labels begin a step, a note, or a sentence that goes on from the one before.
	labels = text.WordSet("as given when then see update note steps step actual expected environment result results description qa cc dod cos ac todo tbd " +
		"which my i i'm i've i'd i'll unless because though although if only additionally actually sadly seems despite thereafter furthermore moreover maybe " +
		"follows similarly likewise thus hence finally secondly thirdly will")
	// loose words end a sentence that is cut, as hanging ones do. Questions end with them.
	loose = text.WordSet("by in on at as is are be shall should must support have has from that which e.g i.e " +
		"using via called named within into than though")
)

// whole reports whether a sentence can stand alone: by its length, its first and its
// last word, and without what points elsewhere or is code, a table or a step.
func whole(s string) bool {
	fields := strings.Fields(s)
	if len(fields) < leastOwn || len(fields) > mostOwn || !standing(s) || !begins(fields) {
		return false
	}
	if last := plainWord(fields[len(fields)-1]); hanging[last] || loose[last] {
		return false
	}
	return plain(s) && !has(s, pointing)
}

// plain reports whether words are no code, no path, no table and lead to nothing.
func plain(s string) bool {
	for _, mark := range []string{": ", "//", " ()", "--", "->"} {
		if strings.Contains(s, mark) {
			return false
		}
	}
	open := strings.HasSuffix(s, ":") || strings.HasSuffix(s, "…") || strings.HasSuffix(s, "...") || strings.Count(s, `"`)%2 != 0
	return !open && !strings.ContainsAny(s, "{}<>=;|\\*$@^~`")
}

// begins reports whether words begin a sentence, and neither an entry of a list nor
// something that goes on.
func begins(fields []string) bool {
	first, _ := utf8.DecodeRuneInString(fields[0])
	entry := utf8.RuneCountInString(fields[0]) == 1 && fields[0] != "A"
	after := plainWord(fields[1]) // "For instance", "In short"
	leans := slices.Contains(fields[:leastOwn], "that,") || slices.Contains(fields[:leastOwn], "-") || after == "each" || after == "instance" || after == "example" || after == "short"
	return unicode.IsUpper(first) && !entry && !leans && !labels[plainWord(fields[0])] && !strings.ContainsAny(fields[0], ":._(/")
}

// retold reports whether a sentence says little that the title does not.
func retold(s, title string) bool {
	told := map[string]bool{}
	for f := range strings.FieldsSeq(title) {
		told[plainWord(f)] = true
	}
	fresh := 0
	for f := range strings.FieldsSeq(s) {
		if p := plainWord(f); len(p) > 3 && !told[p] {
			fresh++
		}
	}
	return fresh < leastFresh
}

// leastFresh is how many longer words a sentence has that the title has not.
const leastFresh = 3

// has reports whether a text has one of the words.
func has(s string, some map[string]bool) bool {
	return slices.ContainsFunc(strings.Fields(s), func(f string) bool { return some[plainWord(f)] })
}

// plainWord is a word without what stands around it, in small letters.
func plainWord(s string) string { return strings.ToLower(strings.Trim(s, ".,;:!?()[]\"'’‘")) }
