package confluence

import (
	"strings"

	"refine/planner/outcome"
)

// agreed are the kinds of lines about an item that are told on its ticket, beside
// decisions and actions.
var agreed = map[kind]outcome.EntryKind{criterionKind: outcome.Criterion, estimateKind: outcome.Estimate, resultKind: outcome.Result}

// agree reads what people agreed about an item: a criterion, an estimate, or an
// outcome in words.
func (r *reader) agree(k kind, text outcome.Text, p piece) {
	text = cut(text, typedBullet)
	s := text.String()
	switch bare := folded(strings.Trim(s, ". ")); {
	case nothingSaid[bare]:
		r.suggest(p.text.String(), "it says that there is none")
	case decorated(s) && k != estimateKind:
		r.suggest(p.text.String(), "it has no words")
	case remark.MatchString(folded(s)):
		r.suggest(p.text.String(), "it is a remark")
	case saysUndecided.MatchString(folded(s)) && !(k == resultKind && boxOf(s) != ""):
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
