package confluence

import (
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// agreed are the kinds of lines about an item that are told on its ticket, beside
// decisions and actions.
var agreed = map[kind]outcome.EntryKind{criterionKind: outcome.Criterion, estimateKind: outcome.Estimate, resultKind: outcome.Result, splitKind: outcome.SplitStory}

// agree reads what people agreed about an item: a criterion, an estimate, a story
// that it is split into, or an outcome in words.
func (r *reader) agree(k kind, text outcome.Text, p piece) {
	text = cut(text, typedBullet)
	s := text.String()
	switch bare := folded(strings.Trim(s, ". ")); {
	case nothingSaid()[bare]:
		r.suggest(p.text.String(), "it says that there is none")
	case decorated(s) && k != estimateKind:
		r.suggest(p.text.String(), "it has no words")
	case remark.MatchString(folded(s)):
		r.suggest(p.text.String(), "it is a remark")
	case points(s):
		r.suggest(p.text.String(), elsewhere)
	case undecided(s) && !(k == resultKind && boxOf(s) != ""):
		r.suggest(p.text.String(), notDecided)
	case strings.HasSuffix(s, "?"):
		r.suggest(p.text.String(), "it is a question")
	case k == resultKind && boxOf(s) == "":
		r.suggest(string(k)+": "+s, "it is none of the five outcomes; tick one of them")
	case k == resultKind:
		r.add(outcome.Entry{Kind: outcome.Result, Text: outcome.Text{{Text: string(boxOf(s))}}}, p)
		r.leaveItem(boxOf(s))
	default:
		r.add(outcome.Entry{Kind: agreed[k], Text: text}, p)
	}
}

// blockedBy is how people write that an item waits for others, in the languages of
// the labels: perhaps its own key, the words, and theirs.
var blockedBy = lazyregexp.New(`(?i)^\W*([a-z][a-z0-9_]+-[1-9][0-9]*)?\W*(?:(?:is|ist|est|está|è|jest|is nog)\s+)?` +
	`(?:blocked by|blockiert (?:durch|von)|bloquée? par|bloquead[oa] por|bloccat[oa] da|geblokkeerd door|zablokowan[aeyi] przez)` +
	`\s*:?\s*([a-z][a-z0-9_]+-[1-9][0-9]*\b.*)$`)

// blocked reads a line that says by which tickets an item is blocked.
func (r *reader) blocked(p piece) bool {
	if p.form != lineForm || p.quoted || r.isOurs(p) || !r.part.kind.isForm() && !r.part.kind.isProse() {
		return false
	}
	m := blockedBy.FindStringSubmatch(outcome.Outcomes{Browse: r.out.Browse, Also: r.out.Also, Keys: r.out.Keys}.Spelled(p.text))
	if m == nil || r.item() == "" && m[1] == "" {
		return false
	}
	keys := ticket.IssueKeys(m[2])
	if len(keys) == 0 || !strings.HasPrefix(strings.ToUpper(m[2]), keys[0]) {
		return false
	}
	r.settled()
	r.add(outcome.Entry{Kind: outcome.Blocker, Text: outcome.Text{{Text: strings.TrimSpace(m[2])}}}, p)
	if m[1] != "" {
		r.out.Entries[len(r.out.Entries)-1].Row = strings.ToUpper(m[1])
	}
	return true
}
