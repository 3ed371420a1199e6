package outcome

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

func nothingWithheld(Entry) bool { return false }

// Of several lines of the same words the one that has most in common is meant.
func TestTheSurestSignCounts(t *testing.T) { // S8, A1
	t.Parallel()
	task := func(owner, due, id string) Entry {
		e := Entry{Kind: Action, Text: Text{{Text: "ask legal"}}, ID: id, Owner: &User{AccountID: owner, Display: owner}}
		if due != "" {
			e.Due, _ = ticket.ParseDate(due)
		}
		return e
	}
	for name, test := range map[string]struct{ then, now, left []Entry }{
		"all of it": {
			[]Entry{task("dana", "", "1"), task("dana", "2026-12-01", "2")},
			[]Entry{task("dana", "2026-12-01", "1")}, []Entry{task("dana", "", "1")},
		},
		"its id": {
			[]Entry{task("dana", "", "1"), task("lena", "", "2")},
			[]Entry{task("dana", "2026-12-01", "2")}, []Entry{task("dana", "", "1")},
		},
		"its owner": {
			[]Entry{task("dana", "", ""), task("lena", "", "")},
			[]Entry{task("lena", "2026-12-01", "")}, []Entry{task("dana", "", "")},
		},
		"nothing but its words": {
			[]Entry{task("dana", "", "")},
			[]Entry{task("noor", "2026-12-01", "")}, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := compareEntries(test.then, test.now, nothingWithheld)
			for i := range test.left {
				test.left[i].Gone = true
			}
			assert.Equal(t, test.left, h.left)
			assert.Equal(t, test.now, h.now)
			assert.Empty(t, h.added)
		})
	}
}

// Texts about one subject are not alike for being long.
func TestLongTextsAreNotAlike(t *testing.T) { // S8, A1
	t.Parallel()
	a := shapeOf(`A ticket gets one comment per session, which later syncs edit. A line taken off the page stays in it, marked as no longer on the page, and is listed; one that moved to another item's section says where it went. Listed as not written are lines that can go nowhere, text that only looks like an action, and what this version does not write back yet: acceptance criteria and ticked outcome boxes. Ticking the last box starts nothing by itself.`)
	b := shapeOf(`What a session leaves open opens the team's next plan: parked topics, open questions, questions of the session that were answered in part, unfinished action items, items whose box was ticked, items that were put off, and what the retrospective asked to do differently. It is read from the page of the team's latest earlier session, wherever that was moved and whatever it is called now; people stand there by name and are not mentioned anew.`)
	assert.Less(t, a.alike(b), 0.5)
	assert.InDelta(t, 1, a.alike(a), 0)
}

// A long comment is compared with a long page in no time that anybody notices.
func TestLongPagesAreComparedSwiftly(t *testing.T) { // A11
	t.Parallel()
	lines := func(with string) (entries []Entry) {
		for n := range 400 {
			entries = append(entries, Entry{Kind: Decision, Text: Text{{Text: strings.Repeat(with, 3) + " " + string(rune('一'+n)) + " and more"}}})
		}
		return entries
	}
	histories := map[string]*history{}
	began := time.Now()
	for key, words := range map[string][2]string{"PAY-1": {"use the old one ", "drop it "}, "PAY-2": {"", "use the old one "}} {
		var then []Entry
		if words[0] != "" {
			then = lines(words[0])
		}
		h := compareEntries(then, lines(words[1]), nothingWithheld)
		histories[key] = &h
	}
	follow(histories, []string{"PAY-1", "PAY-2"})
	took := time.Since(began)
	require.Len(t, histories["PAY-1"].left, 400)
	assert.Equal(t, "PAY-2", histories["PAY-1"].left[0].Moved)
	assert.Less(t, took, 10*time.Second)
	t.Logf("400 lines beside 400, and 400 that moved: %v", took)
}
