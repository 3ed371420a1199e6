package confluence

import (
	"cmp"
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/outcome"
)

// line reads what stands on one line: by its own label, by what announces it, or by the
// place it stands in and its shape there.
func (r *reader) line(p piece) {
	switch {
	case p.region == "" && r.announced.kind != otherKind && r.alone(p):
		return
	case r.isOurs(p):
		r.ourLine(p)
		return
	case len(p.text) == 0:
		r.picture(p)
		return
	}
	p.text = r.keyed(p.text)
	if first, rest := r.parts(p); rest != nil {
		for _, text := range []outcome.Text{first, rest} {
			p.text = text
			r.line(p)
			p.id = "" // two decisions are not the same one
		}
		return
	}
	if r.announcesOther(p) || r.ofOthers(p) {
		return
	}
	if r.announced.kind == otherKind {
		if _, sure, ok := r.announcedKind(p); ok && sure {
			p.text = slices.Concat(r.announced.words, plainText(" "), p.text)
		}
		if r.ofOthers(p) {
			return
		}
	}
	r.passBold(p)
	l, ok := leadOf(p.text, boldText(p.nodes))
	switch {
	case p.cell.isTitle() && (!ok || len(l.rest) == 0):
	case ok && l.kind != reasonKind && r.heeds(l) && r.said.claims(l):
		r.suggest(titled(string(l.kind), plainText("(words of a ticket)")), "the page says so of its own: say it in other words if it was decided") // not repeated: who reads this may not see that ticket (P7)
	case ok && p.quoted && (l.kind == decisionKind || l.kind == actionKind):
		r.suggest(p.text, aQuotation)
	case ok && r.heeds(l) && r.labelled(l, p):
	default:
		k, sure := r.placeKind(p)
		r.as(k, sure, p)
	}
}

// ourLine passes over text that we wrote. Where somebody put it into a place for
// outcomes it is listed, not repeated: it may be a ticket's. Below an item's boxes
// stand the next one's facts, whose heading may be gone.
func (r *reader) ourLine(p piece) {
	r.announced = announced{}
	switch r.part.kind {
	case deferredKind:
		r.postpone(p.text)
		return
	case discussKind:
		r.question(p.text)
	}
	if p.region == "" && r.part.kind.isOutcome() && r.part.kind != resultKind && p.cell == nil {
		r.suggest(plainText("("+r.told(p)+")"), "it is text of the plan, not an outcome: type what was agreed in words of your own")
	}
}

// told names a text of ours without repeating it.
func (r *reader) told(p piece) string {
	region := cmp.Or(p.region, r.said.regionOf(p.text))
	if key, isItem := strings.CutPrefix(region, itemRegion); isItem {
		return "what the page says of " + key
	}
	if p.form == headingForm {
		return p.text.String()
	}
	return "what the page says"
}

// picture lists what has no words where an outcome would stand.
func (r *reader) picture(p piece) {
	k, _ := r.placeKind(p)
	r.announced = announced{}
	if k.isOutcome() {
		r.suggest(titled(string(k), plainText("("+p.shows+")")), noWords)
	}
}

// saysAgreed reports whether a label of what was agreed has words behind it; the link
// to where people estimate is none.
func (l lead) saysAgreed() bool {
	return len(l.rest) > 0 && (l.kind == resultKind || l.kind == criterionKind || l.kind == splitKind || l.kind == estimateKind && l.rest[len(l.rest)-1].URL == "")
}

// opens reports whether a label alone makes a place for what stands below it, in an
// item's section.
func (r *reader) opens(l lead) bool {
	return l.sure && l.ends && len(l.rest) == 0 && (l.kind.isForm() || l.kind == questionKind || l.kind == parkedKind) && r.item() != ""
}

// heeds reports whether a label counts where it stands. In the account of
// something else only a decision does; a retrospective has labels of its own.
func (r *reader) heeds(l lead) bool {
	switch r.part.kind {
	case accountKind, deferredKind:
		return l.kind == decisionKind && l.sure
	case factsKind:
		return l.sure && (l.kind == decisionKind || l.kind == actionKind || l.saysAgreed() || r.opens(l) || l.kind == reasonKind)
	case questionKind, discussKind, parkedKind, retroKind:
		return l.sure && (l.kind == decisionKind || l.kind == actionKind || r.opens(l) || l.kind == reasonKind && r.decision > 0)
	default:
		return l.sure || l.kind != actionKind || r.item() != "" // "Action count: 3" is none
	}
}

// labelled reads a line with a label, and reports whether that settles what it is.
func (r *reader) labelled(l lead, p piece) bool {
	switch {
	case len(l.rest) == 0 && p.shows != "" && l.kind.isOutcome():
		r.announced = announced{}
		r.suggest(slices.Concat(p.text, plainText(" ("+p.shows+")")), noWords)
		return true
	case len(l.rest) == 0 && p.taken: // withdrawn
		r.decision, r.announced = 0, announced{}
		return true
	case len(l.rest) == 0 && r.enterBold(l, p):
		return true
	case len(l.rest) == 0:
		return r.announce(l, p)
	}
	switch l.kind {
	case decisionKind, actionKind:
		r.outcomeOf(l, p)
	case reasonKind:
		k, _ := r.placeKind(p)
		switch {
		case l.sure && r.because(l.rest, p.text):
		case l.sure && l.ends && (k.isOutcome() || r.item() != "" && (k == plainKind || k == factsKind)):
			r.suggest(p.text, noDecision)
		default:
			return false
		}
	case ownerKind, dueKind:
		k, sure := r.placeKind(p)
		return (k == actionKind || k == decisionKind) && sure && r.amend(l, p)
	case rejectedKind:
		k, _ := r.placeKind(p)
		if !l.sure || !l.ends || !k.isOutcome() || k == actionKind && openAction(p) {
			return false
		}
		r.settled()
		r.suggest(p.text, notDecided)
	case criterionKind, estimateKind, resultKind, splitKind:
		if !l.sure || r.item() == "" {
			return false
		}
		r.settled()
		r.agree(l.kind, l.rest, p)
	case questionKind, parkedKind:
		k, _ := r.placeKind(p)
		if !l.sure || k == resultKind {
			return false
		}
		if r.settled(); k.isOutcome() {
			r.suggest(p.text, notDecided)
		} else {
			r.leaveAs(l.kind, l.rest)
		}
	default:
		return false
	}
	return true
}

// decidedWith is the label of a decision that says with whom, folded.
var decidedWith = lazyregexp.New(`^\PL*\pL+ (?:with|w/|mit|avec|con|com|met|z) [^:]+:`)

// outcomeOf reads a decision or an action that its label tells.
func (r *reader) outcomeOf(l lead, p piece) {
	k, sure := r.placeKind(p)
	r.settled()
	switch {
	case !l.sure && l.kind == decisionKind && l.kind == k && decidedWith.MatchString(folded(p.text.String())):
		r.decide(p.text, p)
	case !l.sure && l.kind == k: // "Tentative decision: …"
		r.suggest(p.text, onlyLooks(k))
	case !l.sure:
		r.suggest(p.text, looks)
	case l.kind == decisionKind:
		r.decide(l.rest, p)
		if r.announced.scope == nil {
			r.announced = announced{kind: decisionKind, sure: k == decisionKind && sure, label: p.node, lists: true}
		}
	case k.isForm() && sure: // in any place of an item's own form
		r.act(l.rest, p, outcome.Entry{})
	default:
		r.suggest(p.text, looks)
		r.leave(k, p)
	}
}

// placeKind is what a line is by what announces it or by where it stands. A native
// decision is a place of its own.
func (r *reader) placeKind(p piece) (k kind, sure bool) {
	if p.form == decisionForm {
		return decisionKind, true
	}
	if k, sure, ok := r.announcedKind(p); ok {
		return k, sure
	}
	c := p.cell
	switch {
	case c == nil || r.part.level == 0 && r.part.kind != plainKind && r.part.kind != factsKind || r.part.cell == c:
		return r.part.kind, r.part.sure
	case c.isTitle():
		return plainKind, false
	case c.kind.isForm() && r.part.kind != accountKind:
		return c.kind, c.sure
	case (r.part.kind == actionKind || r.part.kind == decisionKind) && r.part.sure && c.isMain():
		return r.part.kind, true
	case r.beside(c):
		return plainKind, false
	case r.part.kind.isOutcome():
		return r.part.kind, false
	default:
		return r.part.kind, r.part.sure
	}
}

// beside reports whether a cell says who, when or what about of what its row decides or
// asks to do, or what it answers to.
func (r *reader) beside(c *cell) bool {
	if c == nil || !isColumn(c.kind) {
		return c != nil && r.isOption(c)
	}
	inPlace := r.part.kind == actionKind || r.part.kind == decisionKind
	return inPlace && c.row.main() != nil || len(c.row.nodes(decisionKind)) > 0 || len(c.row.nodes(actionKind)) > 0
}

// keyed is a text in which addresses of tickets, as Cloud stores cards and people paste
// them, read as their keys.
func (r *reader) keyed(t outcome.Text) outcome.Text {
	t = slices.Clone(t)
	for i, run := range t {
		address := cmp.Or(run.URL, strings.TrimSpace(run.Text))
		if key := outcome.IssueAt(address, r.browse...); key != "" && run.User == nil && strings.Contains(run.Text, "://") {
			t[i] = outcome.Run{Text: key, URL: address}
		}
	}
	return t
}

// onlyTicket reports whether a line is made of tickets alone, or of a link to one: a
// heading of somebody's own, for what stands below it.
func (r *reader) onlyTicket(t outcome.Text) bool {
	rest, keys := withoutKeys(t.String())
	return len(keys) > 0 && decorated(rest) || len(t) == 1 && outcome.IssueAt(t[0].URL, r.browse...) != ""
}

// answer is how a cell begins that only says yes or no, folded, or more behind that.
var answer = lazyregexp.New(`^(?:(yes|ja|oui|si|sim|tak|✓|✔|✅)|no|nein|non|nee|nie|✗|✘|❌)[.! ]*([,;:–—-]|$)`)

// optionOf is what a cell answers to, if it answers: the first words of its row that are
// no ticket.
func (r *reader) optionOf(c *cell) (option outcome.Text) {
	for _, before := range c.row.cells[:slices.Index(c.row.cells, c)] {
		if said := textOf(before.node.Children); len(said) > 0 && len(said.Keys(r.browse...)) == 0 {
			return said
		}
	}
	return nil
}

// isOption reports whether a cell is what another one of its row answers to.
func (r *reader) isOption(c *cell) bool {
	said := textOf(c.node.Children).String()
	return slices.ContainsFunc(c.row.cells, func(o *cell) bool {
		return (o.kind == decisionKind || o.kind == actionKind) && answer.MatchString(folded(textOf(o.node.Children).String())) && r.optionOf(o).String() == said
	})
}

// answered is what a cell says, and whether it answers to what its row begins with,
// tickets aside: "yes" is that, and "yes, Ivo" says so behind it. Nil if it is listed.
func (r *reader) answered(t outcome.Text, p piece) (whole outcome.Text, answers bool) {
	m := answer.FindStringSubmatch(folded(t.String()))
	if p.cell == nil || m == nil {
		return t, false
	}
	option := r.optionOf(p.cell)
	if whole = t; len(option) > 0 {
		whole = merge(slices.Concat(option, plainText(": "), t))
	}
	switch yes, alone := m[1] != "", m[2] == ""; {
	case alone && !yes:
		r.suggest(whole, notDecided)
	case alone && len(option) == 0:
		r.suggest(p.text, "it says yes, and no cell in front of it says to what: write it out")
	case alone:
		return option, true
	default:
		return whole, len(option) > 0
	}
	return nil, true
}

// as reads a line that has no label of its own as what its place is for.
func (r *reader) as(k kind, sure bool, p piece) {
	p.loose = r.looseText(k, p)
	switch {
	case r.onlyTicket(p.text) && (k.isOutcome() || holdsList(entryOf(p))):
		r.headBullet(p)
	case k == rejectedKind:
		r.suggest(p.text, notDecided)
	case (k == decisionKind || k == actionKind) && sure && !heads(p.text) && r.bare(k, p):
	case k.isOutcome() && p.quoted:
		r.suggest(p.text, aQuotation)
	case k == reasonKind && sure && r.decision > 0:
		d := r.decision
		r.because(p.text, p.text)
		r.decision = d
	case k.isOutcome() && !sure && p.cell != nil && p.loose != "":
		r.suggest(p.text, p.loose)
	case k.isOutcome() && !sure, k == reasonKind:
		r.suggest(p.text, onlyLooks(k))
	case k == decisionKind && p.cell == nil && because.MatchString(folded(p.text.String())) && r.because(p.text, p.text):
	case k == decisionKind:
		r.decide(p.text, p)
	case k == actionKind:
		r.decision = 0
		r.act(p.text, p, outcome.Entry{})
	case k.isOutcome():
		r.decision = 0
		r.agree(k, p.text, p)
	case sure:
		r.plain(k, p)
	default:
		r.plain(r.part.kind, p)
	}
}

// because is how a reason begins that has no label.
var because = lazyregexp.New(`^(?:because|bc\b|b/c\b|weil|parce qu|porque|perche|omdat|poniewaz)`)

// typedBullet is a list's mark that somebody typed.
var typedBullet = lazyregexp.New(`^\s*(?:[-–—*•·▪◦‣]|--)\s+(?:\[[ xX✓]?\]\s+)?`)

// decide adds a decision, unless it is a question, or says that it is none.
func (r *reader) decide(text outcome.Text, p piece) {
	r.decision = 0
	text, answers := r.answered(text, p)
	if text == nil {
		return
	}
	if reason := refusal(decisionKind, text, p); reason != "" {
		r.suggest(inRow(p), reason)
		return
	}
	e := outcome.Entry{Kind: outcome.Decision, Text: cut(text, typedBullet)}
	if p.cell != nil {
		e.Reason = p.cell.row.text(reasonKind)
		if len(p.cell.row.nodes(actionKind)) == 0 { // else they are the action's
			e.Text = beside(e.Text, p.cell.row.text(ownerKind), false)
			e.Text = beside(e.Text, p.cell.row.text(dueKind), false)
		}
		if topic := p.cell.row.text(itemKind); len(topic) > 0 && !answers && len(topic.Keys(r.browse...)) == 0 {
			e.Text = merge(slices.Concat(topic, plainText(": "), e.Text))
		}
	}
	r.add(e, p)
}

// because gives the last decision its reason, which the whole line says, and reports
// whether there is one.
func (r *reader) because(reason, whole outcome.Text) bool {
	above := r.decision
	r.decision = 0
	return r.belongs(above, whole, func(d *outcome.Entry) {
		if len(d.Reason) > 0 {
			d.Reason = append(slices.Clip(d.Reason), outcome.Run{Text: "; "})
		}
		d.Reason = merge(append(slices.Clip(d.Reason), reason...))
	}, outcome.Decision)
}

// onlyLooks is the reason of what may not be what its place is for.
func onlyLooks(k kind) string {
	return "it only looks like one: begin it with “" + labelOf[k] + ":”"
}
