package confluence

import (
	"fmt"
	"time"

	"refine/confluence/storage"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// carryOverRegion is the heading of what was carried over; each kind of it is a
// region below, "carry-over/question".
const carryOverRegion = "carry-over"

// carryOver shows what the previous session left open (P6), before what this one
// brings. Nobody is mentioned, for that would notify people of what they know:
// they stand there by name. Each kind is a region of its own, so that ticking an
// action or striking a topic out leaves the rest ours to refresh.
func (r *renderer) carryOver() {
	c := r.plan.CarryOver
	if c == nil {
		return
	}
	r.generated(carryOverRegion, func(b *storage.Builder) {
		b.Heading(2, storage.Plain("From the last session"))
		b.Paragraph(storage.Plain("Left open on "), storage.Link(c.Page.URL, c.Page.Title), storage.Plain("."))
	})
	for _, p := range c.Parts {
		write := r.carriedPart
		if p.Kind == outcome.Unfinished {
			write = r.unfinished
		}
		r.generated(carryOverRegion+"/"+string(p.Kind), func(b *storage.Builder) { write(b, p) })
	}
}

func (r *renderer) carriedPart(b *storage.Builder, p outcome.CarriedPart) {
	b.Paragraph(storage.Strong(p.Kind.Title()))
	items := make([]storage.Body, len(p.Lines))
	for i, l := range p.Lines {
		items[i] = storage.Line(r.linked(l.String())...)
	}
	b.BulletList(append(items, more(p)...)...)
}

func more(p outcome.CarriedPart) []storage.Body {
	if p.More == 0 {
		return nil
	}
	return []storage.Body{storage.Words(fmt.Sprintf("%d more on that page", p.More))}
}

// unfinished are tasks that can be ticked here, too. Each ends in a link to the
// page it was written on, by which it is known as carried over; see
// [reader.carriedTask].
func (r *renderer) unfinished(b *storage.Builder, p outcome.CarriedPart) {
	b.Paragraph(storage.Strong(p.Kind.Title()))
	tasks := make([]storage.Task, len(p.Lines))
	for i, l := range p.Lines {
		due := l.Due
		l.Due = ticket.Date{} // a date of its own, not a word
		text := append(r.linked(l.String()), storage.Plain(" "))
		if !due.IsZero() && !l.Hidden {
			text = append(text, storage.Time(due.At(0, 0, time.UTC)), storage.Plain(" "))
		}
		tasks[i] = storage.Todo(append(text, storage.Link(l.URL, "from "+l.Since.String()))...)
	}
	b.TaskList(tasks...)
	b.BulletList(more(p)...)
}

// linked is text in which the keys of issues link to them.
func (r *renderer) linked(text string) (out []storage.Inline) {
	at := 0
	for _, span := range ticket.KeySpans(text) {
		url := r.plan.CarryOver.IssueURL(text[span[0]:span[1]])
		if url == "" {
			continue
		}
		out = append(out, storage.Plain(text[at:span[0]]), storage.Link(url, text[span[0]:span[1]]))
		at = span[1]
	}
	return append(out, storage.Plain(text[at:]))
}

// carried says under an item what the last session left open of it.
func (r *renderer) carried(b *storage.Builder, lines []outcome.Carried) {
	if len(lines) == 0 {
		return
	}
	b.Paragraph(storage.Strong("From the last session"))
	items := make([]storage.Body, len(lines))
	for i, l := range lines {
		items[i] = storage.Line(storage.Plain(sentence(l.OfItem())))
	}
	b.BulletList(items...)
}
