package worker

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"refine/confluence"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// ReceiptStatus says what became of the page's account of a sync.
type ReceiptStatus string

const (
	NoReceipt        ReceiptStatus = "none"    // nothing to account for
	ReceiptPlanned   ReceiptStatus = "planned" // a dry run, or not yet tried
	ReceiptWritten   ReceiptStatus = "written"
	ReceiptUnchanged ReceiptStatus = "unchanged"
	ReceiptKept      ReceiptStatus = "kept" // people changed it or took it out
	ReceiptFailed    ReceiptStatus = "failed"
)

// A receipt is the page's account of a sync as it shall stand, and the page's
// body with it (C5).
type receipt struct {
	status ReceiptStatus
	print  string // empty unless it stands on the page, or shall
	day    ticket.Date
	body   string
	ticks  bool // tasks of the page are ticked with it
	// withheld are the items of which the page says no more than their keys with it, and
	// prints what the regions say then that told more.
	withheld []string
	prints   map[string]string
	saved    bool // it stands
	cutOff   bool // an earlier sync announced one and could not say whether it was written
}

// receiptFor decides what account of the sync the page shall have. Before the
// changes are made it is the one that they will need if all goes well.
func (w *Worker) receiptFor(s Synced) (receipt, error) {
	state := s.Page.Property.State
	body, err := state.Tick(s.Page.Body, s.Ticks(), w.Jira.IssueAddresses()...)
	if err != nil {
		return receipt{}, fmt.Errorf("ticking what is done in Jira: %w", err)
	}
	r := receipt{status: NoReceipt, ticks: body != s.Page.Body, cutOff: state.ReceiptAnnounced(), withheld: slices.Sorted(maps.Keys(s.Hidden))}
	if body, r.prints, err = state.Withhold(body, s.Hidden); err != nil {
		return receipt{}, fmt.Errorf("taking off the page what may not be shown any more: %w", err)
	}
	r.body = body
	region, day, ok := w.account(s, ticket.DateOf(w.Now().In(s.Session.Start.Location())))
	if !ok {
		return r, nil
	}
	prints, err := confluence.Fingerprints([]confluence.Region{region})
	if err != nil {
		return r, err
	}
	placed := false
	r.body, placed, err = state.PlaceReceipt(body, region)
	switch {
	case err != nil:
		return r, err
	case !placed:
		r.status = ReceiptKept
		return r, nil
	case r.body == body:
		r.status = ReceiptUnchanged
	default:
		r.status = ReceiptPlanned
	}
	r.print, r.day = prints[region.ID], day
	return r, nil
}

// account is what the page shall say of the sync, or of the undo, with the day it
// bears; ok is false where there is nothing to account for. An undo accounts for
// the one before as well, which may have been cut short.
func (w *Worker) account(s Synced, today ticket.Date) (region confluence.Region, day ticket.Date, ok bool) {
	state, lines := s.Page.Property.State, s.SyncPlan.Receipt(w.Jira.Browse(""))
	if !s.Undo {
		return state.Receipt(lines, today)
	}
	if state.Undone.IsZero() && state.Undoing == nil && !slices.ContainsFunc(s.Changes, outcome.Change.TakesBack) {
		return confluence.Region{}, ticket.Date{}, false
	}
	region, day = state.UndoneReceipt(lines, today)
	return region, day, true
}

func (r receipt) writes() bool { return r.status == ReceiptPlanned || r.edits() || r.cutOff }

// edits reports whether the page is written whatever its account says.
func (r receipt) edits() bool { return r.ticks || len(r.withheld) > 0 }

// announce notes in the state what is about to be written on the page.
func (r receipt) announce(s *confluence.State) {
	if r.status == ReceiptPlanned {
		s.AnnounceReceipt(r.print)
	}
	s.Announce(r.prints)
}

// settle notes what stands on the page now.
func (r receipt) settle(s *confluence.State) {
	if r.saved {
		s.Settle(r.prints)
		s.Withheld(r.withheld)
	}
	switch r.status {
	case ReceiptWritten, ReceiptUnchanged:
		s.SettleReceipt(r.print, r.day)
	case ReceiptPlanned, ReceiptFailed: // it may stand there, or not
	default:
		s.SettleReceipt("", s.ReceiptDay)
	}
}

// writeReceipt brings the page's account up to date with what became of the
// changes. r is what was announced; it becomes what was written.
func (w *Worker) writeReceipt(ctx context.Context, l *lease, s *Synced, r *receipt) error {
	announced := r.print
	decide := func() (string, error) {
		next, err := w.receiptFor(*s)
		if err == nil {
			*r = next
		}
		return next.body, err
	}
	_, err := decide()
	if err == nil && r.status == ReceiptPlanned && r.print != announced { // not all went well
		err = l.write(ctx, r.announce)
	}
	if err == nil && (r.status == ReceiptPlanned || r.edits()) {
		if err = l.renew(ctx); err == nil {
			err = w.save(ctx, &s.Page, r.body, s.message(), decide)
		}
		r.saved = err == nil
		if err == nil && r.status == ReceiptPlanned { // unless people were faster
			r.status = ReceiptWritten
		}
	}
	if err != nil {
		r.status = ReceiptFailed
		err = &ReceiptError{err: err, nothing: allFailed(s.Changes)}
	}
	s.Receipt = r.status
	return err
}

// message is what the page's history says of the update.
func (s Synced) message() string {
	if s.Undo {
		return "Taken back from Jira"
	}
	return "Written back to Jira"
}
