package worker

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"refine/confluence"
	"refine/planner/outcome"
	"refine/planner/text"
)

// place is where a team's messages go; *notify.Place is one.
type place interface {
	Name() string
	Send(ctx context.Context, m outcome.Message) error
}

// A Delivery is what became of a message at one place.
type Delivery struct {
	To     string        `json:"to"`
	Status DeliveryState `json:"status"`
	Text   string        `json:"text"`
	Reason string        `json:"reason,omitempty"` // why it was not sent, or perhaps
}

// DeliveryState says what became of a message.
type DeliveryState string

const (
	ToBeSent    DeliveryState = "planned" // a dry run
	WasSent     DeliveryState = "sent"
	NotSent     DeliveryState = "failed"  // the next run tries again
	PerhapsSent DeliveryState = "unknown" // and not sent again
)

func (t Team) places() (names []string) {
	for _, p := range t.Notify {
		names = append(names, p.Name())
	}
	return names
}

// publishMessage tells that a session's page is there.
func publishMessage(p Published) outcome.Message {
	s := p.Plan.Session
	return outcome.Message{
		Event: outcome.PagePublished, Team: s.Team, Session: s.ID, Title: p.Page.Title, URL: p.Page.URL,
		Text: fmt.Sprintf("the page for %s is there: %s, %s", s.Start.Format("Mon 2006-01-02 15:04 MST"),
			text.Counted(p.Plan.Ready.Items, "item"), p.Plan.Ready.Counts()),
	}
}

// syncMessage tells what the session came to.
func syncMessage(s Synced) outcome.Message {
	return outcome.Message{
		Event: outcome.SessionSynced, Team: s.Session.Team, Session: s.Session.ID, Title: s.Page.Title, URL: s.Page.URL,
		Text: s.Update.String(),
	}
}

// noticeOfSync is what the page shall remember of a sync's message, given what it
// remembers: a sync that writes something, and has something to tell which was not
// told before, has a message that is due.
func noticeOfSync(t Team, m outcome.Message, writes bool, before outcome.Notice) outcome.Notice {
	switch {
	case m.Text == "":
		return outcome.Notice{} // what was due is not there any more
	case len(t.Notify) == 0 || !writes || before.Print == m.Print():
		return before
	}
	return outcome.NewNotice(m, t.places())
}

// planned are the messages that a run would send.
func planned(m outcome.Message, n outcome.Notice, places []string) (all []Delivery) {
	for _, to := range n.At(outcome.Due, places) {
		all = append(all, Delivery{To: to, Status: ToBeSent, Text: m.Text})
	}
	return all
}

// notifyPublished sends the message about a page that is there, if it is due. A run
// that has the session now sends it itself.
func (w *Worker) notifyPublished(ctx context.Context, t Team, p *Published) {
	m := publishMessage(*p)
	prop := p.Page.Property
	if prop == nil || context.Cause(ctx) != nil {
		return
	}
	n := prop.State.Notices[m.Event]
	if len(n.Open(t.places())) == 0 {
		return
	}
	l, err := w.acquire(ctx, p.Page.ID, *prop, func(s *confluence.State) {
		s.SetNotice(m.Event, n.With(outcome.Sending, n.At(outcome.Due, t.places())...))
	})
	if _, held := errors.AsType[*HeldError](err); held || errors.Is(err, errOvertaken) {
		return
	}
	if err != nil {
		p.Notices = undelivered(m, n.At(outcome.Due, t.places()), err)
		return
	}
	sent, after := w.deliver(ctx, t, m, n)
	p.Notices = sent
	err = l.release(ctx, func(s *confluence.State) { s.SetNotice(m.Event, after) })
	p.Page.Property = &l.prop
	if err != nil {
		w.Log.Warn("the page does not note that a message was sent; it is not sent again", "page", p.Page.ID, "error", err)
	}
}

// keep notes how far a sync's message has come, if there is one.
func keep(s *confluence.State, n outcome.Notice) {
	if n.To != nil {
		s.SetNotice(outcome.SessionSynced, n)
	}
}

// notifySynced sends a sync's message, if it is due, while the run holds the session.
func (w *Worker) notifySynced(ctx context.Context, l *lease, t Team, m outcome.Message, n outcome.Notice) ([]Delivery, outcome.Notice) {
	due := n.At(outcome.Due, t.places())
	if len(n.Open(t.places())) == 0 || context.Cause(ctx) != nil {
		return nil, n
	}
	err := l.write(ctx, func(s *confluence.State) { keep(s, n.With(outcome.Sending, due...)) })
	if err != nil {
		return undelivered(m, due, err), n
	}
	return w.deliver(ctx, t, m, n)
}

func undelivered(m outcome.Message, places []string, err error) (all []Delivery) {
	for _, to := range places {
		all = append(all, Delivery{To: to, Status: NotSent, Text: m.Text, Reason: err.Error()})
	}
	return all
}

// deliver sends a message to all places where it is due, once the page's property
// says that it is being sent. Where the property said so before, a run died over
// it: that is told, and nothing is sent. The notice is what to remember now.
func (w *Worker) deliver(ctx context.Context, t Team, m outcome.Message, n outcome.Notice) ([]Delivery, outcome.Notice) {
	var (
		all  []Delivery
		lost = n.At(outcome.Sending, t.places())
		mu   sync.Mutex
		wg   sync.WaitGroup
	)
	for _, to := range lost {
		all = append(all, Delivery{To: to, Status: PerhapsSent, Text: m.Text, Reason: "a run ended while it was being sent"})
	}
	due := n.At(outcome.Due, t.places())
	n = n.With(outcome.Lost, lost...)
	n.Print = m.Print()
	for _, p := range t.Notify {
		if !slices.Contains(due, p.Name()) {
			continue
		}
		w.progress("telling %s", p.Name())
		wg.Go(func() {
			d, stage := w.sendTo(ctx, p, m)
			mu.Lock()
			defer mu.Unlock()
			all, n = append(all, d), n.With(stage, p.Name())
		})
	}
	wg.Wait()
	slices.SortStableFunc(all, func(a, b Delivery) int { return slices.Index(t.places(), a.To) - slices.Index(t.places(), b.To) })
	return all, n
}

// sendTo sends one message. A signal does not cut it off: half of it would be worse.
func (w *Worker) sendTo(ctx context.Context, p place, m outcome.Message) (Delivery, outcome.Stage) {
	d := Delivery{To: p.Name(), Status: WasSent, Text: m.Text}
	err := p.Send(context.WithoutCancel(ctx), m)
	if err == nil {
		w.Log.Info("message sent", "to", p.Name(), "event", m.Event, "session", m.Session)
		return d, outcome.Sent
	}
	d.Status, d.Reason = NotSent, err.Error()
	stage := outcome.Due
	if e, ok := errors.AsType[interface {
		error
		MayHaveArrived() bool
	}](err); ok && e.MayHaveArrived() {
		d.Status, stage = PerhapsSent, outcome.Lost
	}
	w.Log.Warn("message not sent", "to", p.Name(), "event", m.Event, "session", m.Session, "error", err)
	return d, stage
}

// noticesFor are those of a page that has just been made.
func noticesFor(t Team, p Published) map[outcome.Event]outcome.Notice {
	if len(t.Notify) == 0 {
		return nil
	}
	m := publishMessage(p)
	return map[outcome.Event]outcome.Notice{m.Event: outcome.NewNotice(m, t.places())}
}
