package confluence

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"refine/confluence/storage"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// receiptRegion is the region that a sync writes, at the page's end.
const receiptRegion = "receipt"

// receiptTitle is its heading. What stands below such a heading and only looks
// like an outcome is not offered: it is an account of outcomes.
const receiptTitle = "Written back to Jira"

// The parts of the receipt: the decisions are told apart from the rest, so that all
// of the session's stand in one place (C9).
const (
	decisionsTitle = "Decisions of this session"
	othersTitle    = "Action items and what else was read"
)

// mostReceipts bounds how many receipts a page has: one that a person changed
// stays as it is, and one more is written below it, but never a third.
const mostReceipts = 2

// RenderReceipt writes what a sync of that day did (C5).
func RenderReceipt(lines []outcome.ReceiptLine, day ticket.Date) Region {
	b := storage.NewBuilder(nil)
	b.Heading(2, storage.Plain(receiptTitle))
	b.Paragraph(storage.Plain("As of "), storage.Time(day.At(0, 0, time.UTC)),
		storage.Plain(". What is typed or changed since is written by the next sync."))
	if len(lines) == 0 {
		b.Paragraph(storage.Plain("The page has no decision and no action item."))
	}
	isDecision := func(l outcome.ReceiptLine) bool { return l.Kind == outcome.Decision }
	accounted(b, decisionsTitle, "Decision", lines, isDecision)
	accounted(b, othersTitle, "Line", lines, func(l outcome.ReceiptLine) bool { return !isDecision(l) })
	return Region{ID: receiptRegion, Body: b.String(), Generated: true}
}

// RenderUndone writes that what was written was taken back on that day, and in
// lines what was not (S9).
func RenderUndone(lines []outcome.ReceiptLine, day ticket.Date) Region {
	b := storage.NewBuilder(nil)
	b.Heading(2, storage.Plain(receiptTitle))
	// other words with a table than without: one receipt must not be the beginning
	// of another, or that would be taken for it
	rest := ": nothing of this page stands on the tickets any more. The next sync writes it anew."
	if len(lines) > 0 {
		rest = ", but for what is listed here. The next sync writes it anew."
	}
	b.Paragraph(storage.Plain("Taken back on "), storage.Time(day.At(0, 0, time.UTC)), storage.Plain(rest))
	if len(lines) > 0 {
		b.Table([]string{"Line", "Ticket", "Result"}, accounts(lines)...)
	}
	return Region{ID: receiptRegion, Body: b.String(), Generated: true}
}

// accounted is a part of the receipt, with those lines that are wanted, or nothing
// without any.
func accounted(b *storage.Builder, heading, title string, lines []outcome.ReceiptLine, wanted func(outcome.ReceiptLine) bool) {
	lines = slices.DeleteFunc(slices.Clone(lines), func(l outcome.ReceiptLine) bool { return !wanted(l) })
	if len(lines) > 0 {
		b.Heading(3, storage.Plain(heading))
		b.Table([]string{title, "Ticket", "Result"}, accounts(lines)...)
	}
}

// accounts are lines as rows of a table.
func accounts(lines []outcome.ReceiptLine) []storage.Row {
	rows := make([]storage.Row, len(lines))
	for i, l := range lines {
		ticket := storage.Line()
		if l.Issue != "" {
			ticket = storage.Line(storage.Link(l.URL, l.Issue))
		}
		rows[i] = storage.Row{storage.Words(l.Text), ticket, storage.Words(l.Result)}
	}
	return rows
}

// Receipt returns the receipt that the page shall have, with the day it bears:
// the one it has if that says the same, since a receipt's day is the day on
// which it began to say so. ok is false where there is nothing to account for.
func (s State) Receipt(lines []outcome.ReceiptLine, today ticket.Date) (r Region, day ticket.Date, ok bool) {
	written := s.known(receiptRegion)
	if len(lines) == 0 && len(written) == 0 {
		return Region{}, ticket.Date{}, false
	}
	r, day = s.dated(func(day ticket.Date) Region { return RenderReceipt(lines, day) }, today)
	return r, day, true
}

// UndoneReceipt returns the account that an undo leaves in the place of the receipt, with
// the day it bears.
func (s State) UndoneReceipt(lines []outcome.ReceiptLine, today ticket.Date) (r Region, day ticket.Date) {
	return s.dated(func(day ticket.Date) Region { return RenderUndone(lines, day) }, today)
}

// dated is a receipt with the day of the one that the page has if that says the
// same, else of today.
func (s State) dated(render func(ticket.Date) Region, today ticket.Date) (r Region, day ticket.Date) {
	written := s.known(receiptRegion)
	for _, day := range []ticket.Date{s.ReceiptDay, today} {
		r = render(day)
		if p, err := Fingerprints([]Region{r}); err == nil && slices.Contains(written, p[receiptRegion]) {
			return r, day
		}
	}
	return r, today
}

// PlaceReceipt puts the receipt into the page's body: over the one that was
// written last, else at the end. A receipt that people changed or commented on
// is theirs and stays, with a new one below it once there is something new to
// account for; one that they took out stays out. placed is false where the body
// is left alone for such a reason.
func (s State) PlaceReceipt(body string, r Region) (out string, placed bool, err error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return "", false, fmt.Errorf("the page's body: %w", err)
	}
	prints, err := Fingerprints([]Region{r})
	if err != nil {
		return "", false, err
	}
	l, print := newLocator(doc), prints[r.ID]
	at, ok := l.find(append([]string{print}, s.known(r.ID)...)...)
	switch {
	case ok && fingerprint(l.blocks[at.from:at.to]) == print:
		return body, true, nil
	case ok && !slices.ContainsFunc(l.blocks[at.from:at.to], storage.Block.Marked):
		start, end := l.bytes(at)
		out, err = storage.Splice(body, []storage.Edit{{Start: start, End: end, New: r.Body}})
		return out, err == nil, err
	}
	n := receipts(doc)
	if written := s.Regions[r.ID]; written != "" && (written == print || n == 0) || n >= mostReceipts {
		return body, false, nil
	}
	end := l.end()
	out, err = storage.Splice(body, []storage.Edit{{Start: end, End: end, New: r.Body}})
	return out, err == nil, err
}

// receipts counts the receipts on a page, whoever changed them.
func receipts(doc *storage.Document) (n int) {
	for h := range doc.Root.Find("h2") {
		if isReceipt(h.PlainText()) {
			n++
		}
	}
	return n
}

func isReceipt(heading string) bool {
	return strings.EqualFold(strings.TrimSpace(heading), receiptTitle)
}

// known lists the fingerprints that a region may stand under, the newest last.
func (s State) known(region string) (prints []string) {
	for _, k := range s.Known() {
		if p, ok := k[region]; ok && p != "" {
			prints = append(prints, p)
		}
	}
	return prints
}

// AnnounceReceipt notes that a receipt is about to be written, so that one whose
// writing was cut short is recognised.
func (s *State) AnnounceReceipt(print string) { s.Announce(map[string]string{receiptRegion: print}) }

// Announce notes what regions are about to say.
func (s *State) Announce(prints map[string]string) { s.Pending = with(s.Pending, prints) }

// Settle notes that regions say now what was announced.
func (s *State) Settle(prints map[string]string) {
	s.Pending = maps.Clone(s.Pending)
	for id := range prints {
		delete(s.Pending, id)
	}
	if len(s.Pending) == 0 {
		s.Pending = nil
	}
	s.Regions = with(s.Regions, prints)
}

// with is m with the entries of more, and m itself untouched.
func with(m, more map[string]string) map[string]string {
	if len(more) == 0 {
		return m
	}
	out := map[string]string{}
	maps.Copy(out, m)
	maps.Copy(out, more)
	return out
}

// ReceiptAnnounced reports whether a receipt was announced and never settled.
func (s State) ReceiptAnnounced() bool { return s.Pending[receiptRegion] != "" }

// SettleReceipt notes that the receipt of that day stands on the page; without a
// fingerprint, that what stood there before still does.
func (s *State) SettleReceipt(print string, day ticket.Date) {
	s.ReceiptDay = day
	if print != "" {
		s.Settle(map[string]string{receiptRegion: print})
		return
	}
	s.Pending = maps.Clone(s.Pending)
	if delete(s.Pending, receiptRegion); len(s.Pending) == 0 {
		s.Pending = nil
	}
}
