package confluence

import (
	"slices"
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
	text, row := r.ofTicket(cut(text, typedBullet))
	reason := ""
	if k != estimateKind { // what is none the team's sizes tell, see [outcome.WritebackInput]
		reason = refusal(k, text, p)
	}
	box, note, certain := noted(text.String())
	switch {
	case reason != "":
		r.suggest(p.text.String(), reason)
	case k == resultKind && !certain:
		r.suggest(string(k)+": "+text.String(), "it is none of the five outcomes; tick one of them")
	case k == resultKind:
		e := outcome.Entry{Kind: outcome.Result, Text: outcome.Text{{Text: string(box)}}}
		if note != "" {
			e.Reason = outcome.Text{{Text: note}}
		}
		r.addFor(row, e, p)
		if row == "" && p.loose == "" {
			r.leaveItem(box)
		}
	default:
		r.addFor(row, outcome.Entry{Kind: agreed[k], Text: text}, p)
	}
}

// addFor notes an entry about another item than the one it stands at, or with an empty
// key about that.
func (r *reader) addFor(key string, e outcome.Entry, p piece) {
	n := len(r.out.Entries)
	if r.add(e, p); key != "" && len(r.out.Entries) > n {
		r.out.Entries[n].Row = key
	}
}

// ofTicket is what a line says behind another item of the session that it begins with,
// and that item's key; empty if it begins with none. "PAY-3 shows the fee" is about the
// item that it stands at.
func (r *reader) ofTicket(t outcome.Text) (rest outcome.Text, key string) {
	s := flat(t)
	lead := leadingKey(s)
	key = strings.ToUpper(strings.Trim(dashed(lead), "[]() :,-"))
	linked := len(t) > 0 && outcome.IssueAt(t[0].URL, r.browse...) == key
	if rest = dropped(t, len(lead)); linked {
		rest = cut(trim(slices.Clone(t[1:])), leadingMark)
	}
	if !r.session[key] || len(rest) == 0 || !linked && !strings.ContainsAny(lead, ":–—") {
		return t, ""
	}
	return rest, key
}

// blockedBy is how people write that an item waits for others, in the languages of
// the labels: perhaps its own key, the words, and theirs.
var blockedBy = lazyregexp.New(`(?i)^\W*([a-z][a-z0-9_]+-[1-9][0-9]*)?\W*(?:(?:is|ist|est|está|è|jest|is nog)\s+)?` +
	`(?:blocked by|blockiert (?:durch|von)|bloquée? par|bloquead[oa] por|bloccat[oa] da|geblokkeerd door|zablokowan[aeyi] przez)` +
	`\s*:?\s*([a-z][a-z0-9_]+-[1-9][0-9]*\b.*)$`)

// blocked reads a line that says by which tickets an item is blocked.
func (r *reader) blocked(p piece) bool {
	if p.form != lineForm && p.form != taskForm || p.quoted || r.isOurs(p) || !r.part.kind.isForm() && !r.part.kind.isProse() {
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
	r.addFor(strings.ToUpper(m[1]), outcome.Entry{Kind: outcome.Blocker, Text: outcome.Text{{Text: strings.TrimSpace(m[2])}}}, p)
	return true
}
