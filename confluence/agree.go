package confluence

import (
	"cmp"
	"maps"
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
	text, rows := r.ofTickets(k, cut(text, typedBullet))
	reason := ""
	if k != estimateKind { // what is none the team's sizes tell, see [outcome.WritebackInput]
		reason = refusal(k, text, p)
	}
	box, note, certain := noted(text)
	switch {
	case reason != "":
		r.suggest(p.text, reason)
	case k == resultKind && box == "" && p.loose != "":
		r.note(p)
	case k == resultKind && box == "":
		r.suggest(titled(string(k), text), "it is none of the five outcomes; tick one, or begin the line with what it is: Decision, Action, Estimate, Blocked by")
	case k == resultKind && !certain:
		if p.loose == "" {
			r.out.Unclear = append(r.out.Unclear, cmp.Or(rows[0], r.item()))
		}
		r.suggest(titled(string(k), text), aNotedBox)
	case k == resultKind:
		r.addFor(rows[0], outcome.Entry{Kind: outcome.Result, Text: plainText(string(box)), Reason: note}, p)
		if rows[0] == "" && p.loose == "" {
			r.leaveItem(box)
		}
	default:
		for _, row := range rows {
			r.addFor(row, outcome.Entry{Kind: agreed[k], Text: text}, p)
		}
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

// ofTickets are the tickets that a line about items is for, empty for the one that it
// stands at, and what it says of them: other items of the session, by a key and a colon
// or by a card. A criterion and an estimate may lead with several, and with tickets that
// the page has no section of. "PAY-3 shows the fee" is about the item that it stands at.
func (r *reader) ofTickets(k kind, t outcome.Text) (rest outcome.Text, keys []string) {
	rest, keys = r.leadingTickets(t)
	switch {
	case len(keys) == 1 && r.session[keys[0]], len(keys) > 0 && (k == criterionKind || k == estimateKind):
		return rest, keys
	case len(t) > 1 && r.session[outcome.IssueAt(t[0].URL, r.browse...)]:
		return cut(trim(t[1:]), leadingMark), []string{outcome.IssueAt(t[0].URL, r.browse...)}
	default:
		return t, []string{""}
	}
}

// leadingTickets are the keys that a line has in front of a colon or a dash, none if
// anything else stands there, and what stands behind. A key of a project that the session
// does not know may be a word, "UTF-8: no BOM", and stays in the text.
func (r *reader) leadingTickets(t outcome.Text) (rest outcome.Text, keys []string) {
	named := slices.Clone(t)
	for i, run := range named { // a card is its key
		if key := outcome.IssueAt(run.URL, r.browse...); key != "" {
			named[i] = outcome.Run{Text: key}
		} else if strings.ContainsAny(run.Text, ":–—") {
			break
		}
	}
	s, at, ends, known := flat(named), 0, false, true
	for lead := leadingKey(s); lead != "" && !ends; lead = leadingKey(s[at:]) {
		key := strings.ToUpper(strings.Trim(dashed(lead), "[]() :,-"))
		keys, known = append(keys, key), known && r.knowsProject(key)
		at += len(lead)
		at += len(keyJoint.FindString(s[at:]))
		ends = strings.ContainsAny(lead, ":–—")
	}
	rest = dropped(named, at)
	switch {
	case !ends, len(rest) == 0:
		return t, nil
	case known:
		return rest, keys
	default:
		return t, keys
	}
}

// keyJoint joins the keys, and the people, that a line leads with.
var keyJoint = lazyregexp.New(`^(?:[,&+/;]|` + outcome.And + `\s)\s*`)

// knowsProject reports whether the page has items of that ticket's project.
func (r *reader) knowsProject(key string) bool {
	same := func(item string) bool { return ticket.Project(item) == ticket.Project(key) }
	return slices.ContainsFunc(slices.Collect(maps.Keys(r.session)), same) || slices.ContainsFunc(r.out.Keys, same)
}

// blockedWords say that an item waits, with or without accents.
const blockedWords = `(?:blocked by|blockiert (?:durch|von)|bloqu[ée]e? par|bloquead[oa] por|bloccat[oa] da|geblokkeerd door|zablokowan[aeyi] przez)`

// blockedBy is how people write that an item waits for others, in the languages of
// the labels: perhaps its own key, the words, and theirs.
var blockedBy = lazyregexp.New(`(?i)^\W*([a-z][a-z0-9_]+-[1-9][0-9]*)?\W*(?:(?:is|ist|est|está|è|jest|is nog)\s+)?` +
	blockedWords + `\s*:?\s*([a-z][a-z0-9_]+-[1-9][0-9]*\b.*)$`)

// rankWords are the label of an item's rank.
const rankWords = `(?:rank|ranking|rang|rangfolge|rango|rangorde|ranga|reihenfolge)`

// rankLine is how people write where an item shall stand in the backlog, in the
// languages of the labels: perhaps its own key, the label, and the rest.
var rankLine = lazyregexp.New(`(?i)^\W*([a-z][a-z0-9_]+-[1-9][0-9]*)?\W*` + rankWords + `\s*[:：–—-]\s*(.+?)[.!\s]*$`)

// placeWords are how they say, folded, which place that is.
var placeWords = []struct {
	place string
	is    *lazyregexp.Regexp
}{
	{outcome.RankFirst, lazyregexp.New(`^(?:(?:the |das |la |le |il |o )?(?:very )?(?:first|top)|to the top|at the top|top of (?:the )?(?:backlog|list)|first (?:in|of) the backlog|erste[rs]?|zuerst|als erstes|(?:ganz )?(?:nach )?oben|premiere?|en premier|en tete|en haut|primer[oa]?|arriba|el primero|prim[oa]|per prim[oa]|in cima|primeir[oa]|no topo|eerste|bovenaan|pierwsz[yae]|na poczatku|na gorze)$`)},
	{outcome.RankLast, lazyregexp.New(`^(?:(?:the |das |la |le |il |o )?(?:very )?(?:last|bottom)|to the bottom|at the bottom|end|bottom of (?:the )?(?:backlog|list)|last (?:in|of) the backlog|letzte[rs]?|zuletzt|als letztes|(?:ganz )?(?:nach )?unten|derniere?|en dernier|en bas|a la fin|ultim[oa]|el ultimo|abajo|al final|per ultim[oa]|in fondo|por ultimo|no fim|laatste|onderaan|ostatni[ae]?|na koncu|na dole)$`)},
	{outcome.RankBefore, lazyregexp.New(`^(?:right |directly |direkt |juste |justo |just )?(?:before|above|ahead of|in front of|vor|uber|oberhalb von|avant|devant|au-dessus de|antes d[eo]|delante de|encima de|prima di|davanti a|sopra|acima de|a frente de|voor|boven|przed|nad|powyzej)$`)},
	{outcome.RankAfter, lazyregexp.New(`^(?:right |directly |direkt |juste |justo |just )?(?:after|below|behind|under|nach|hinter|unter|unterhalb von|apres|derriere|en dessous de|sous|despues de|detras de|debajo de|dopo|dietro|sotto|depois d[eo]|atras de|abaixo de|na|achter|onder|po|za|pod|ponizej)$`)},
}

// placeIn is the place in a backlog that a text says, empty if it says none.
func placeIn(s string) string {
	keys := ticket.KeySpans(s)
	words, key := folded(s), ""
	if len(keys) == 1 && keys[0][1] == len(s) {
		words, key = folded(s[:keys[0][0]]), s[keys[0][0]:]
	}
	for _, p := range placeWords {
		if p.is.MatchString(words) && (key != "") == (p.place == outcome.RankBefore || p.place == outcome.RankAfter) {
			return strings.TrimSpace(p.place + " " + strings.ToUpper(key))
		}
	}
	return ""
}

// ofOthers reads a line that says by which tickets an item is blocked, or where it shall
// stand in the backlog. Other words behind the label of a rank may be a criterion; in
// prose, where nothing would tell of them, they are listed.
func (r *reader) ofOthers(p piece) bool {
	if p.quoted || r.isOurs(p) || !r.part.kind.isForm() && !r.part.kind.isProse() {
		return false
	}
	is, m := outcome.Rank, rankLine.FindStringSubmatch(r.spelled(p))
	if m == nil {
		is, m = outcome.Blocker, blockedBy.FindStringSubmatch(r.spelled(p))
	}
	if m == nil || r.item() == "" && m[1] == "" {
		return false
	}
	said, keys := strings.TrimSpace(m[2]), ticket.IssueKeys(m[2])
	switch place := placeIn(said); {
	case is == outcome.Rank && place != "":
		said = place
	case is == outcome.Rank && r.part.kind.isProse() && len(keys) > 0:
		r.suggest(p.text, "it is no place in a backlog: first, last, before or after a ticket")
		return true
	case is == outcome.Rank, len(keys) == 0, !strings.HasPrefix(strings.ToUpper(said), keys[0]):
		return false
	}
	r.settled()
	r.addFor(strings.ToUpper(m[1]), outcome.Entry{Kind: is, Text: plainText(said)}, p)
	return true
}

// spelled is a piece's text with the keys of tickets as Jira writes them.
func (r *reader) spelled(p piece) string {
	return outcome.Outcomes{Browse: r.out.Browse, Also: r.out.Also, Keys: r.out.Keys}.Spelled(p.text)
}
