package model

import (
	"cmp"
	"context"

	"refine/planner/check"
	"refine/planner/draft"
)

// What the words of one session may cost: the draft, a second reading, the repair
// and a reading of what was repaired, in tokens sent and received.
const (
	mostRequests = 4
	mostSpent    = 500_000
)

// A run is the requests for one session and what they have come to.
type run struct {
	*Drafter
	input draft.Input
	left  int // requests

	draft    draft.Draft     // the lines that stand
	wrong    map[string]bool // texts of lines that a second reading refused
	answered bool
	repaired bool
	reviewed bool // all of them were read a second time
	tokens   int
	reason   string // why there is no draft
	settled  bool   // the model has answered: asking again would be the same question
	hint     string // for the log
}

// words asks, has it read, and asks once more for the lines that do not stand. What
// stands of the first answer is not lost by the second.
func (r *run) words(ctx context.Context) {
	text, ok := r.answer(ctx, draft.Ask(r.input, mark()))
	if !ok {
		return
	}
	faults, fine := r.take(ctx, text)
	if fine {
		return
	}
	r.log.DebugContext(ctx, "lines of the model's draft do not stand", "model", r.model, "lines", len(faults))
	if text, ok = r.answer(ctx, draft.Repair(r.input, mark(), text, faults)); ok {
		r.repaired = r.answered
		r.take(ctx, text)
	}
}

// take keeps what stands of an answer beside what stood before, and says what is
// wrong with the rest.
func (r *run) take(ctx context.Context, text string) (faults []draft.Fault, fine bool) {
	d, err := draft.Read(text)
	if err != nil {
		if !r.answered {
			r.reason, r.settled, r.hint = "its answer was no draft", true, "another model.model may do better"
		}
		return []draft.Fault{{Place: "the answer", Reason: "it is not one complete JSON object that fits the schema: " + err.Error()}}, false
	}
	stands, refused := check.Check(d, r.input)
	for _, f := range refused {
		faults = append(faults, draft.Fault{Place: f.Place, Text: f.Text, Reason: f.Reason})
	}
	stands, unread := r.read(ctx, stands)
	r.draft, r.answered, r.settled = merged(stands, r.draft), true, true
	faults = append(faults, unread...)
	return faults, len(faults) == 0
}

// read has lines read a second time, those that were read before left out, and
// returns the ones that stand. Without an answer they all do, unread.
func (r *run) read(ctx context.Context, d draft.Draft) (stands draft.Draft, faults []draft.Fault) {
	if !r.review {
		return d, nil
	}
	d = d.Only(func(_ string, l draft.Line) bool { return !r.wrong[l.Text] })
	known := lineTexts(r.draft)
	before := r.answered && !r.reviewed
	fresh := d.Only(func(_ string, l draft.Line) bool { return before || !known[l.Text] })
	if len(lineTexts(fresh)) == 0 {
		return d, nil
	}
	text, ok := r.ask(ctx, draft.ReviewPrompt(r.input, fresh, mark()))
	remarks, err := draft.ReadReview(text, fresh)
	if r.reviewed = ok && err == nil; !r.reviewed {
		r.log.WarnContext(ctx, "the model's draft was not read a second time", "model", r.model)
		return d, nil
	}
	for _, m := range remarks {
		if reason := m.Fault(); reason != "" {
			fresh.Only(func(place string, l draft.Line) bool {
				if place == m.Place {
					r.wrong[l.Text] = true
					faults = append(faults, draft.Fault{Place: place, Text: l.Text, Reason: reason})
				}
				return true
			})
		}
	}
	return d.Only(func(_ string, l draft.Line) bool { return !r.wrong[l.Text] }), faults
}

// answer asks for a draft, once more where that may do.
func (r *run) answer(ctx context.Context, p draft.Prompt) (string, bool) {
	for {
		text, f := r.request(ctx, p)
		if f == nil {
			return text, true
		}
		if !r.answered {
			r.reason, r.settled, r.hint = f.reason, f.settled, f.hint
		}
		if !f.again || r.left == 0 || !r.wait(ctx, cmp.Or(f.after, r.breath)) {
			return "", false
		}
	}
}

// ask asks once.
func (r *run) ask(ctx context.Context, p draft.Prompt) (string, bool) {
	text, f := r.request(ctx, p)
	return text, f == nil
}

func (r *run) request(ctx context.Context, p draft.Prompt) (string, *failure) {
	if r.left == 0 || r.tokens > mostSpent {
		return "", &failure{reason: "it took too many requests or tokens"}
	}
	r.left--
	got, err := r.service.ask(ctx, p)
	r.tokens += got.tokens
	if err != nil {
		return "", asFailure(err)
	}
	return got.text, nil
}

// lineTexts are the texts of a draft's lines.
func lineTexts(d draft.Draft) map[string]bool {
	all := map[string]bool{}
	for _, p := range d.Parts() {
		for _, l := range p.Lines {
			all[l.Text] = true
		}
	}
	return all
}

// merged is an answer, and what an earlier one had where it has less.
func merged(d, before draft.Draft) draft.Draft {
	for _, one := range []struct{ now, then *draft.Line }{{&d.Goal, &before.Goal}, {&d.WhyNow, &before.WhyNow}, {&d.Retro, &before.Retro}} {
		if one.now.Text == "" {
			*one.now = *one.then
		}
	}
	for _, part := range []struct{ now, then *[]draft.Line }{
		{&d.Talks, &before.Talks}, {&d.Verdicts, &before.Verdicts}, {&d.Results, &before.Results}, {&d.KeyPoints, &before.KeyPoints},
		{&d.Questions, &before.Questions}, {&d.Invite, &before.Invite}, {&d.Parked, &before.Parked}, {&d.Closing, &before.Closing},
	} {
		if len(*part.now) < len(*part.then) {
			*part.now = *part.then
		}
	}
	return d
}
