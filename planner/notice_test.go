package planner

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

var (
	first  = ticket.Date{Year: 2026, Month: time.November, Day: 23}
	second = ticket.Date{Year: 2026, Month: time.November, Day: 24}
)

func planOf(items ...Item) Plan { return Plan{Items: items} }

func TestNoticeTellsWhatIsNotAsItWas(t *testing.T) { // C4
	t.Parallel()
	was := ticket.Issue{Key: "PAY-1", Summary: "Refunds", Status: "To Do", Priority: "High", Description: "Slow.", AcceptanceCriteria: "Fast", CommentTotal: 1}
	tests := []struct {
		name   string
		change func(*Item)
		want   string
	}{
		{"nothing", func(*Item) {}, ""},
		{"white space", func(i *Item) { i.Issue.Description = " Slow.\n" }, ""},
		{"marks of entries", func(i *Item) { i.Issue.Description = "- [ ] Slow." }, ""},
		{"summary", func(i *Item) { i.Issue.Summary = "Refund at once" }, "summary “Refunds” → “Refund at once”"},
		{"status", func(i *Item) { i.Issue.Status = "In Progress" }, "status “To Do” → “In Progress”"},
		{"priority", func(i *Item) { i.Issue.Priority = "" }, "priority “High” → none"},
		{"description", func(i *Item) { i.Issue.Description = "Slow and lossy." }, "description changed"},
		{"no description", func(i *Item) { i.Issue.Description = "" }, "description removed"},
		{"criteria", func(i *Item) { i.Issue.AcceptanceCriteria = "Faster" }, "acceptance criteria changed"},
		{"a comment", func(i *Item) {
			i.Issue.CommentTotal, i.Issue.Comments = 2, []ticket.Comment{{Body: "old"}, {Author: ticket.Person{Name: "Lea"}, Body: "The bank\nagrees."}}
		}, "1 new comment, the newest by Lea: “The bank agrees.”"},
		{"comments that were held back", func(i *Item) { i.Issue.CommentTotal = 30 }, "29 new comments"},
		{"a comment less", func(i *Item) { i.Issue.CommentTotal = 0 }, "1 comment removed"},
		{"readiness", func(i *Item) { i.Ready = true }, "not ready → ready"},
		{"two things", func(i *Item) { i.Issue.Status, i.Ready = "Done", true }, "status “To Do” → “Done”; not ready → ready"},
		{"far behind the beginning of a long summary", func(i *Item) { i.Issue.Summary = strings.Repeat("x", 200) },
			"summary “Refunds” → “" + strings.Repeat("x", 79) + "…”"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			before, noticed := Notice(nil, planOf(Item{Issue: was}), first, false)
			assert.Empty(t, noticed, "nobody has read it yet")
			now := Item{Issue: was}
			test.change(&now)
			after, noticed := Notice(before, planOf(now), second, false)
			if test.want == "" {
				assert.Empty(t, noticed)
				assert.Equal(t, before, after)
				return
			}
			require.Len(t, noticed, 1)
			assert.Equal(t, test.want, noticed[0].Text)
			assert.Equal(t, second, noticed[0].Day)

			kept, again := Notice(after, planOf(now), ticket.Date{Year: 2027, Month: time.January, Day: 1}, false)
			assert.Equal(t, noticed, again, "the day does not churn")
			assert.Equal(t, after, kept)
			back, none := Notice(after, planOf(Item{Issue: was}), second, false)
			assert.Empty(t, none, "it is as it was")
			assert.Equal(t, before, back)
		})
	}
}

func TestNoticeTellsWhoCameAndWhoLeft(t *testing.T) { // C4
	t.Parallel()
	item := func(key string) Item { return Item{Issue: ticket.Issue{Key: key, Summary: "About " + key}} }
	before, _ := Notice(nil, planOf(item("A-1"), item("A-2"), item("A-3")), first, false)
	now := planOf(item("A-3"), item("A-4"))
	now.Deferred = []Deferred{{Key: "A-2", Summary: "About A-2", Reason: "no time"}}
	after, noticed := Notice(before, now, second, false)
	told := map[string]string{}
	for _, n := range noticed {
		told[n.Key] = n.Text
	}
	assert.Equal(t, map[string]string{
		"A-1": "no longer among the items of this session", "A-2": "proposed for another session: no time", "A-4": "new in this session",
	}, told)
	_, noticed = Notice(after, planOf(item("A-1"), item("A-2"), item("A-3"), item("A-4")), second, false)
	require.Len(t, noticed, 1, "those who came back are where they were")
	assert.Equal(t, "A-4", noticed[0].Key)
}

func TestNoticeDoesNotRepeatWhatPeopleTookOver(t *testing.T) { // C4
	t.Parallel()
	item := func(key, status string) Item {
		return Item{Issue: ticket.Issue{Key: key, Summary: key, Status: status}}
	}
	facts, _ := Notice(nil, planOf(item("A-1", "To Do"), item("A-2", "To Do")), first, false)
	facts, noticed := Notice(facts, planOf(item("A-1", "Done"), item("A-2", "To Do")), first, false)
	require.Len(t, noticed, 1)
	facts, noticed = Notice(facts, planOf(item("A-1", "Done"), item("A-2", "Done")), second, true)
	require.Len(t, noticed, 1)
	assert.Equal(t, "A-2", noticed[0].Key)
	_, noticed = Notice(facts, planOf(item("A-1", "Open"), item("A-2", "Done")), second, false)
	assert.Len(t, noticed, 2, "what is new about it is told")
}

func TestAnItemThatGotASecurityLevelIsToldByItsKey(t *testing.T) { // C4 P7
	t.Parallel()
	before, _ := Notice(nil, planOf(Item{Issue: ticket.Issue{Key: "A-1", Summary: "Secret", Status: "Hidden"}}), first, false)
	after, noticed := Notice(before, Plan{Withheld: []string{"A-1"}}, second, false)
	require.Len(t, noticed, 1)
	assert.Equal(t, "has a security level now and is not shown here", noticed[0].Text)
	b, err := json.Marshal(after)
	require.NoError(t, err)
	assert.NotContains(t, fmt.Sprint(noticed)+string(b), "Secret")
	assert.NotContains(t, string(b), "Hidden")
}

func TestShorterForgetsStepByStep(t *testing.T) { // C4
	t.Parallel()
	long := strings.Repeat("a word ", 30)
	all, _ := Notice(nil, planOf(Item{Issue: ticket.Issue{Key: "A-1", Summary: long, Status: "To Do"}}), first, false)
	now := planOf(Item{Issue: ticket.Issue{Key: "A-1", Summary: "short", Status: "Done"}})
	var told []string
	for step := 0; ; step++ {
		_, noticed := Notice(all, now, second, false)
		text := "nothing"
		if len(noticed) > 0 {
			text = noticed[0].Text
		}
		told = append(told, text)
		shorter, ok := Shorter(all, step)
		if !ok {
			break
		}
		all = shorter
	}
	assert.Equal(t, []string{
		"summary “" + long[:79] + "…” → “short”; status “To Do” → “Done”",
		"summary “" + long[:19] + "…” → “short”; status “To Do” → “Done”",
		"summary changed to “short”; status “To Do” → “Done”",
		"nothing",
	}, told)
}

// C4: a page of an earlier version remembers texts with the marks of their entries; that
// alone is no change.
func TestMarksThatAPageRemembers(t *testing.T) {
	t.Parallel()
	item := Item{Issue: ticket.Issue{Key: "PAY-1", Summary: "Refunds", Description: "Done when\n- [ ] paid\n- [ ] told"}}
	before, _ := Notice(nil, planOf(item), first, false)
	f := before["PAY-1"]
	f.Description = hashOf(item.Issue.Description)
	_, noticed := Notice(map[string]Facts{"PAY-1": f}, planOf(item), second, false)
	assert.Empty(t, noticed)
	item.Issue.Description += "\n- [ ] closed"
	_, noticed = Notice(map[string]Facts{"PAY-1": f}, planOf(item), second, false)
	require.Len(t, noticed, 1)
	assert.Equal(t, "description changed", noticed[0].Text)
}
