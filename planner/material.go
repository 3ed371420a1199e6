package planner

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// How much of a session a model is shown, in bytes. What does not fit is left
// out by whole paragraphs: of a ticket the end, its older comments first; of a
// session something of every ticket rather than all of the last.
const (
	mostOfTicket  = 4000
	mostOfSession = 48000
	leastOfTicket = 400
)

// gapShown stands in shown text for what is left out of it.
const gapShown = "[…]"

// material is what a model may see of a session: no name of a person that does
// not stand in the text, no address of a link, no log or code, and of a ticket
// with a security level its key.
type material struct {
	facts   []string // of the session, for a model; numbers may be taken from them
	tickets []excerpt
}

// An excerpt is what is shown of one ticket.
type excerpt struct {
	key       string
	lines     []string
	text      string   // the lines' text, to look quotes up in
	addressed []string // left out: passages that speak to a model
	cut       bool     // more was left out for its length
}

func materialOf(p Plan) material {
	m := material{facts: sessionFacts(p)}
	hidden := map[string]bool{}
	for _, key := range p.Withheld {
		hidden[key] = true
	}
	issues := shownIssues(p)
	if last := len(issues) - 1; p.Epic != nil { // first, it tells what the others are for
		issues = slices.Concat(issues[last:], issues[:last])
	}
	room := max(min(mostOfTicket, mostOfSession/max(len(issues), 1)), leastOfTicket)
	for _, i := range issues {
		m.tickets = append(m.tickets, excerptOf(i, hidden, room))
	}
	return m
}

func sessionFacts(p Plan) []string {
	s := p.Session
	ready := 0
	for _, i := range p.Items {
		if i.Ready {
			ready++
		}
	}
	facts := []string{
		"topic: " + clean(s.Topic),
		"team: " + clean(s.Team),
		fmt.Sprintf("date: %s, %s", s.Date(), s.Start.Format("Monday 2 January 2006")),
		fmt.Sprintf("time: %s to %s, %d minutes", clock(s.Start), clock(s.End()), int(s.Duration.Minutes())),
		fmt.Sprintf("%d tickets, %d of them ready, %d not ready, %d found", len(p.Items), ready, len(p.Items)-ready, p.Matched),
	}
	for _, d := range p.Deferred {
		facts = append(facts, d.Key+": not in this session, proposed for another")
	}
	for _, key := range p.Withheld {
		facts = append(facts, key+": has a security level and cannot be shown")
	}
	return facts
}

// excerptOf shows a ticket within room, in bytes.
func excerptOf(i Issue, hidden map[string]bool, room int) excerpt {
	x := excerpt{key: i.Key}
	if i.Restricted {
		x.lines = []string{"has a security level and cannot be shown"}
		return x
	}
	x.fields(i)
	r := read(i)
	for _, from := range inOrderOfUse(r) {
		x.source(r, from, room)
	}
	x.links(i, hidden, room)
	if x.cut {
		x.lines = append(x.lines, "("+gapShown+" more of this ticket is left out)")
	}
	return x
}

// inOrderOfUse are the ticket's texts as they are shown, for as long as there is
// room: what it says itself, then its comments, the newest first.
func inOrderOfUse(r *reading) (out []*source) {
	for _, where := range []string{"summary", "acceptance criteria", "description"} {
		if s := r.source(where); s != nil {
			out = append(out, s)
		}
	}
	for _, s := range slices.Backward(r.sources) {
		if s.comment {
			out = append(out, s)
		}
	}
	return out
}

// source adds one text of the ticket, block by block. Who wrote a comment is
// nobody's business here.
func (x *excerpt) source(r *reading, from *source, room int) {
	title := from.where
	if from.comment {
		title = "comment"
	}
	first := true
	for _, b := range r.blocks {
		if b.from != from {
			continue
		}
		text := clean(b.text)
		if speaksToModel(text) || speaksToModel(b.under) {
			x.addressed = append(x.addressed, text)
			continue
		}
		if text = x.fit(text, room); text == "" {
			continue
		}
		if first {
			x.lines = append(x.lines, title+":")
		}
		first = false
		x.say(map[blockKind]string{bullet: "- ", heading: "# "}[b.kind], text)
	}
}

// fields are facts about the ticket that a text may name and not quote.
func (x *excerpt) fields(i Issue) {
	for _, f := range []struct{ name, value string }{{"type", i.Type}, {"priority", i.Priority}, {"status", i.Status}} {
		if value := clean(f.value); value != "" {
			x.lines = append(x.lines, f.name+": "+value)
		}
	}
}

func (x *excerpt) links(i Issue, hidden map[string]bool, room int) {
	for _, l := range i.Links {
		text := clean(l.Summary)
		if hidden[l.Key] || speaksToModel(text) {
			text = ""
		}
		if line := fmt.Sprintf("link: %s %s %s", clean(l.Phrase), l.Key, text); x.fit(line, room) == line {
			x.lines = append(x.lines, strings.TrimSpace(line))
		}
	}
}

// fit is what of a text there is room for: whole sentences from its beginning,
// and nothing once something was left out. A title is always shown.
func (x *excerpt) fit(text string, room int) string {
	if x.text == "" || !x.cut && len(x.text)+len(text) <= room {
		return text
	}
	fits := ""
	for _, s := range sentences(text) {
		if x.cut || len(x.text)+len(fits)+len(s) > room {
			break
		}
		fits = strings.TrimSpace(fits + " " + s)
	}
	x.cut = true
	return fits
}

func (x *excerpt) say(mark, text string) {
	x.lines = append(x.lines, mark+text)
	x.text += text + "\n"
}

var (
	emailAddress = regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.-]+`)
	bareLink     = regexp.MustCompile(`\[?\b(?:https?|ftp|file|mailto|s?ftp|git|ssh):\S+`)
)

// clean makes shown text of read text: one line, without what nobody sees, and
// with a gap for addresses.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.C, r), r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000:
			return -1
		}
		return r
	}, s)
	s = strings.ReplaceAll(s, string(unquotable), gapShown)
	s = emailAddress.ReplaceAllString(s, gapShown)
	return oneLine(bareLink.ReplaceAllString(s, gapShown))
}

// toModel finds sentences that speak to a language model. No ticket needs them
// for its problem; one that does is shown without them, and the plan says so.
var toModel = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`\b(?:ignore|disregard|forget|override|bypass|overrule)\b[^.!?]{0,60}\b(?:instruct\w*|prompts?|rules|directions?|guidelines?|guardrails?|told)\b`,
	`\b(?:system|developer|hidden) (?:prompt|message|instructions?)\b`,
	`\b(?:new|updated|additional|following|important) instructions?\s*(?::|for\b)`,
	`\byou are (?:now )?(?:an?|the|no longer)\b[^.!?]{0,30}\b(?:AI|assistant|model|LLM|chat ?bot|agent|writer)\b`,
	`\bas an? (?:AI|LLM|language model)\b`,
	`\b(?:note to|dear|attention|hey|hello|hi),? (?:the |all |any )?(?:AIs?|LLMs?|language models?|assistants?|chat ?gpt|claude|gpt|copilot|bots?)\b`,
	`\b(?:AI|LLM|language model|assistant)s?\b[^.!?]{0,24}\b(?:reading|processing|summari[sz]ing) this\b`,
	`\b(?:reply|respond|answer|output|print|write|say|repeat)\b[^.!?]{0,24}\b(?:the (?:exact )?(?:words?|phrase|sentence)\b|verbatim\b|nothing else\b|word for word\b)`,
	`<\|[^|>]{1,40}\|>`, `\[/?INST\]`, `</?(?:system|assistant|instructions?)>`, `^\s*(?:system|assistant)\s*:`,
	`\b(?:jailbreak|prompt injection)\b`,
}, "|"))

func speaksToModel(s string) bool { return toModel.MatchString(s) }

// data is the material as it stands in a request, each part between two lines
// that nobody who writes tickets can know.
func (m material) data(mark string) string {
	var b strings.Builder
	fence := func(name string, lines []string) {
		fmt.Fprintf(&b, "BEGIN %s %s\n", name, mark)
		for _, l := range lines {
			if mark != "" {
				l = strings.ReplaceAll(l, mark, "")
			}
			b.WriteString(l + "\n")
		}
		fmt.Fprintf(&b, "END %s %s\n\n", name, mark)
	}
	fence("session", m.facts)
	for _, t := range m.tickets {
		fence(t.key, t.lines)
	}
	return b.String()
}

// omissions says what of the tickets the model was not shown.
func (m material) omissions() string {
	var addressed, cut []string
	for _, t := range m.tickets {
		if len(t.addressed) > 0 {
			addressed = append(addressed, t.key)
		}
		if t.cut {
			cut = append(cut, t.key)
		}
	}
	var s string
	if len(cut) > 0 {
		s += fmt.Sprintf(" It read only the beginning of %s.", some(cut))
	}
	if len(addressed) > 0 {
		s += fmt.Sprintf(" Text in %s that speaks to a language model was not shown to it.", some(addressed))
	}
	return s
}

func (m material) ticket(key string) (excerpt, bool) {
	for _, t := range m.tickets {
		if t.key == key {
			return t, true
		}
	}
	return excerpt{}, false
}
