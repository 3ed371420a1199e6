package outcome_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/outcome"
)

func TestUpdate(t *testing.T) { // S10, L8
	t.Parallel()
	words := func(s string) outcome.Text { return outcome.Text{{Text: s}} }
	decision := func(key string) outcome.Entry {
		return outcome.Entry{Kind: outcome.Decision, Section: key, Text: words("as it is")}
	}
	action := func(key, text string) outcome.Entry {
		return outcome.Entry{Kind: outcome.Action, Section: key, Text: words(text)}
	}
	done, gone := action("PAY-1", "ask"), action("PAY-1", "look")
	done.Done, gone.Gone = true, true
	box := func(key string, b outcome.Box, note string) outcome.Entry {
		return outcome.Entry{Kind: outcome.Result, Section: key, Text: words(string(b)), Reason: words(note)}
	}
	ready := func(key string) outcome.Entry { return box(key, outcome.BoxReady, "") }
	three := map[string]bool{"PAY-1": true, "PAY-7": false, "PAY-9": false}
	for name, test := range map[string]struct {
		outcomes        outcome.Outcomes
		message, toward string
	}{
		"nobody typed": {outcome.Outcomes{}, "", "1 of 3 ready"},
		"all are judged": {outcome.Outcomes{
			Entries: []outcome.Entry{decision("PAY-1"), decision("PAY-7"), done, gone, ready("PAY-1"), ready("PAY-7"), box("PAY-9", outcome.BoxAnother, "UX input")},
		}, "3 items refined, 2 ready (1 before); PAY-9 needs another session: UX input. 2 decisions, 0 open action items", "1 of 3 ready → 2 of 3"},
		"nobody judged": {outcome.Outcomes{Entries: []outcome.Entry{action("PAY-9", "get UX input")}},
			"1 of 3 items refined, 1 ready before; PAY-9 waits for “get UX input”. 0 decisions, 1 open action item", "1 of 3 ready"},
		"what became of them": {outcome.Outcomes{Entries: []outcome.Entry{
			box("PAY-1", outcome.BoxParked, ""), box("PAY-7", outcome.BoxSplit, ""), box("PAY-9", outcome.BoxDropped, ""),
		}}, "3 items refined, 0 ready (1 before); PAY-1 is parked; PAY-7 is split; PAY-9 is dropped. 0 decisions, 0 open action items", "1 of 3 ready → 0 of 3"},
		"two boxes of an item": {outcome.Outcomes{Entries: []outcome.Entry{ready("PAY-7"), box("PAY-7", outcome.BoxSplit, ""), ready("PAY-9"), ready("PAY-9")}},
			"2 of 3 items refined, 2 ready (1 before). 0 decisions, 0 open action items", "1 of 3 ready → 2 of 3"},
		"one that may be a condition": {outcome.Outcomes{Entries: []outcome.Entry{ready("PAY-7"), ready("PAY-9")}, Unclear: []string{"PAY-7"}},
			"2 of 3 items refined, 2 ready (1 before). 0 decisions, 0 open action items", "1 of 3 ready → 2 of 3"},
		"no box says what for": {outcome.Outcomes{
			Left:    []outcome.Carried{{Kind: outcome.OpenQuestion, Key: "PAY-7", Text: words("Who pays?")}},
			Entries: []outcome.Entry{action("PAY-1", "remove redis"), box("PAY-1", outcome.BoxDropped, ""), action("PAY-9", "mail"), box("PAY-9", outcome.BoxParked, "until May")},
		}, "3 items refined, 0 ready (1 before); PAY-1 is dropped; PAY-7 waits for “Who pays?”; PAY-9 is parked: until May. 0 decisions, 2 open action items", "1 of 3 ready → 0 of 3"},
		"a question stays open": {outcome.Outcomes{
			Left:    []outcome.Carried{{Kind: outcome.OpenQuestion, Key: "PAY-7", Text: words("Who pays?")}},
			Entries: []outcome.Entry{box("PAY-7", outcome.BoxAnother, "")},
		}, "1 of 3 items refined, 1 ready (1 before); PAY-7 needs another session. 0 decisions, 0 open action items", "1 of 3 ready → 1 of 3"},
		"in the order of the page": {outcome.Outcomes{
			Keys:    []string{"PAY-9", "PAY-7", "PAY-1"},
			Entries: []outcome.Entry{action("PAY-7", "ask legal"), action("PAY-9", "ask UX"), action("", "PAY-1: tidy up")},
		}, "3 items refined, 1 ready before; PAY-9 waits for “ask UX”; PAY-7 waits for “ask legal”. 0 decisions, 3 open action items", "1 of 3 ready"},
		"other tickets are none of the items": {outcome.Outcomes{Entries: []outcome.Entry{decision("OPS-1"), ready("OPS-2")}},
			"0 of 3 items refined, 1 ready before. 1 decision, 0 open action items", "1 of 3 ready"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := test.outcomes.Update(three)
			assert.Equal(t, test.message, u.String())
			assert.Equal(t, test.toward, u.Readiness())
		})
	}
}

func TestALongUpdateIsOneMessage(t *testing.T) { // S10
	t.Parallel()
	items := map[string]bool{}
	var o outcome.Outcomes
	for _, key := range []string{"PAY-1", "PAY-2", "PAY-3", "PAY-4", "PAY-5", "PAY-6", "PAY-8"} {
		items[key] = false
		o.Entries = append(o.Entries, outcome.Entry{Kind: outcome.Result, Section: key, Text: text("Parked"), Reason: text("a very long story that nobody will ever read to its end, since it goes on and on and on")})
	}
	message := o.Update(items).String()
	assert.Contains(t, message, "; and 2 more. ")
	assert.Less(t, len(message), 700)
}
