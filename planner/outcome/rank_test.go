package outcome

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// rankSession is a backlog of tickets in which lines ask for places, "A-3 first" or "A-3
// before A-1", and the texts of the ranks that those had at the plan and were left with.
type rankSession struct {
	backlog []string
	wanted  []string
	done    map[string]string // "first", by ticket
	seen    map[string]string
	stood   Before
}

// decided is each change as a line, and the backlog that writing them leaves.
func (s rankSession) decided() (lines []string, order string) {
	in := WritebackInput{SetRank: true, Done: Done{}, Seen: map[string]Seen{}, Screens: map[string]Screen{}, Stood: s.stood}
	screen := Screen{Fields: map[Field]SiteField{RankField: {ID: "customfield_1"}}, Ranking: &Ranking{Keys: s.backlog}}
	text := func(key string) string { return "0|" + key }
	for _, key := range s.backlog {
		in.Tickets = append(in.Tickets, Ticket{Issue: ticket.Issue{Key: key, Rank: text(key)}})
		in.Seen[key], in.Screens[key] = Seen{Rank: text(key)}, screen
		if rank, moved := s.seen[key]; moved {
			in.Seen[key] = Seen{Rank: rank}
		}
		if label := s.done[key]; label != "" {
			in.Done[key] = map[string]string{"rank line": print(label), "rank": text(key)}
		}
	}
	var changes []Change
	for _, line := range s.wanted {
		key, place, _ := strings.Cut(line, " ")
		for _, t := range in.Tickets {
			if t.Key == key {
				changes = append(changes, in.rank(t, []Entry{{Kind: Rank, Text: Text{{Text: place}}}}, "")...)
			}
		}
	}
	in.arrange(changes)
	left := Ranking{Keys: append([]string{}, s.backlog...)}
	var each [][]Change
	for _, c := range changes {
		lines = append(lines, fmt.Sprintf("%s %s %s", c.Issue, c.Status, c.To))
		each = append(each, []Change{c})
	}
	for _, lane := range Lanes(each) {
		for _, c := range lane {
			if side, _, _ := strings.Cut(c[0].To, " "); c[0].Writes() {
				left.put(c[0].Issue, side, c[0].Set.Beside)
			}
		}
	}
	return lines, strings.Join(left.Keys, " ")
}

func TestRanksAreDecidedTogether(t *testing.T) { // S3 S6
	t.Parallel()
	backlog := strings.Fields("A-1 A-2 A-3 A-4 A-5")
	was := func(key, at, next, between string) Before {
		return Before{key: {"rank": {At: at, Next: next, Between: between}}}
	}
	for name, test := range map[string]struct {
		rankSession
		lines []string
		order string
	}{
		"in front of another":                 {rankSession{wanted: []string{"A-4 before A-2"}}, []string{"A-4 planned before A-2"}, "A-1 A-4 A-2 A-3 A-5"},
		"it stands there, and not next to it": {rankSession{wanted: []string{"A-1 before A-4"}}, []string{"A-1 unchanged before A-4"}, "A-1 A-2 A-3 A-4 A-5"},
		"several are first":                   {rankSession{wanted: []string{"A-5 first", "A-3 first"}}, []string{"A-5 planned before A-1", "A-3 planned before A-1"}, "A-3 A-5 A-1 A-2 A-4"},
		"several are last":                    {rankSession{wanted: []string{"A-1 last", "A-3 last"}}, []string{"A-1 planned after A-5", "A-3 planned after A-5"}, "A-2 A-4 A-5 A-1 A-3"},
		"one of them is first already":        {rankSession{wanted: []string{"A-1 first", "A-3 first"}}, []string{"A-1 unchanged before A-2", "A-3 planned before A-2"}, "A-1 A-3 A-2 A-4 A-5"},
		"behind what was ranked first before": {rankSession{wanted: []string{"A-3 first"}, done: map[string]string{"A-1": "first"}}, []string{"A-3 planned before A-2"}, "A-1 A-3 A-2 A-4 A-5"},
		"in front of what was, in the order of the plan": {
			rankSession{backlog: strings.Fields("A-5 A-1 A-2 A-3 A-4"), wanted: []string{"A-3 first"}, done: map[string]string{"A-5": "first"}},
			[]string{"A-3 planned before A-5"}, "A-3 A-5 A-1 A-2 A-4",
		},
		"all of the backlog": {rankSession{backlog: strings.Fields("A-1 A-2"), wanted: []string{"A-1 first", "A-2 first"}}, []string{"A-1 unchanged first", "A-2 unchanged first"}, "A-1 A-2"},
		"beside what goes away itself": {
			rankSession{wanted: []string{"A-2 before A-4", "A-4 first"}}, []string{"A-2 planned before A-4", "A-4 planned before A-1"}, "A-2 A-4 A-1 A-3 A-5",
		},
		"each beside the other": {rankSession{wanted: []string{"A-2 before A-4", "A-4 before A-2"}}, []string{"A-2 conflict before A-4", "A-4 conflict before A-2"}, "A-1 A-2 A-3 A-4 A-5"},
		"beside itself":         {rankSession{wanted: []string{"A-2 before A-2"}}, []string{"A-2 conflict "}, "A-1 A-2 A-3 A-4 A-5"},
		"beside nothing":        {rankSession{wanted: []string{"A-2 before A-9"}}, []string{"A-2 conflict "}, "A-1 A-2 A-3 A-4 A-5"},
		"people moved it":       {rankSession{wanted: []string{"A-4 first"}, seen: map[string]string{"A-4": "0|x"}}, []string{"A-4 conflict before A-1"}, "A-1 A-2 A-3 A-4 A-5"},
		"the site moved all":    {rankSession{wanted: []string{"A-4 first"}, seen: map[string]string{"A-4": "1|x"}}, []string{"A-4 planned before A-1"}, "A-4 A-1 A-2 A-3 A-5"},
		"a run died behind it, and another ticket came": {
			rankSession{wanted: []string{"A-4 last"}, seen: map[string]string{"A-4": "0|x"}, stood: was("A-4", "0|x", "last", "A-3 ")},
			[]string{"A-4 unchanged after A-5"}, "A-1 A-2 A-3 A-4 A-5",
		},
		"and another place is wanted since": {
			rankSession{wanted: []string{"A-4 first"}, seen: map[string]string{"A-4": "0|x"}, stood: was("A-4", "0|x", "last", "A-3 ")},
			[]string{"A-4 planned before A-1"}, "A-4 A-1 A-2 A-3 A-5",
		},
		"a run died before it": {
			rankSession{wanted: []string{"A-4 last"}, stood: was("A-4", "0|A-4", "last", "A-3 ")},
			[]string{"A-4 planned after A-5"}, "A-1 A-2 A-3 A-5 A-4",
		},
		"people moved it behind a run that died": {
			rankSession{wanted: []string{"A-4 last"}, seen: map[string]string{"A-4": "0|x"}, stood: was("A-4", "0|x", "last", "A-5 ")},
			[]string{"A-4 conflict after A-5"}, "A-1 A-2 A-3 A-4 A-5",
		},
		"people moved it there": {rankSession{wanted: []string{"A-1 first"}, seen: map[string]string{"A-1": "0|x"}}, []string{"A-1 unchanged before A-2"}, "A-1 A-2 A-3 A-4 A-5"},
	} {
		if test.backlog == nil {
			test.backlog = backlog
		}
		lines, order := test.decided()
		assert.Equal(t, test.lines, lines, name)
		assert.Equal(t, test.order, order, name)
	}
}

func TestOrdinals(t *testing.T) {
	t.Parallel()
	var all []string
	for _, n := range []int{1, 2, 3, 4, 11, 12, 13, 21, 102, 111} {
		all = append(all, ordinal(n))
	}
	assert.Equal(t, "1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 111th", strings.Join(all, " "))
}

// What nobody could read after it was set is remembered as of a run that died behind it:
// the next sync notes it, and an undo goes by where the ticket stands.
func TestARankThatWasNotRead(t *testing.T) { // S5 S6 S9
	t.Parallel()
	synced := func(s Status, left string) SyncPlan {
		return SyncPlan{Changes: []Change{{
			Issue: "A-1", Kind: RankChange, Status: s, To: "before A-3",
			Set: &Setting{Field: RankField, Label: RankFirst, Beside: "A-3", Saw: "0|c", Left: left, Back: "after A-2"},
		}}}
	}
	planned := synced(Planned, "").Before(nil, nil)
	unread := synced(Applied, "")
	assert.Equal(t, planned, unread.Before(planned, nil))
	assert.Empty(t, unread.Done(nil))
	next := synced(Unchanged, "0|a")
	assert.Equal(t, synced(Applied, "0|a").Before(planned, nil), next.Before(planned, nil))
	assert.Equal(t, synced(Applied, "0|a").Done(nil), next.Done(nil))

	before := Was{From: "after A-2", At: "0|c", Next: "before A-3", Between: " A-3"}
	again := before
	again.Set = "0|b"
	balanced := Was{From: "after A-2", At: "0|c", Set: "1|a", Between: "A-4 A-3"}
	for name, test := range map[string]struct {
		was     Was
		backlog string
		want    Status
	}{
		"it stands where it was put":    {before, "A-1 A-3 A-2", Planned},
		"so it does, the second time":   {again, "A-1 A-3 A-2", Planned},
		"people moved it":               {before, "A-3 A-1 A-2", Conflict},
		"they did, the second time":     {again, "A-3 A-1 A-2", Conflict},
		"nobody knows where it was put": {Was{From: "after A-2", At: "0|c"}, "A-1 A-3 A-2", Conflict},
		"all have new ranks":            {balanced, "A-4 A-1 A-3 A-2", Planned},
		"it went up before, or since":   {balanced, "A-1 A-4 A-3 A-2", Conflict},
		"it went down":                  {balanced, "A-4 A-3 A-1 A-2", Conflict},
	} {
		in := UndoInput{Screens: map[string]Screen{"A-1": {Ranking: &Ranking{Keys: strings.Fields(test.backlog)}}}}
		c, is := in.rankBack(Ticket{Issue: ticket.Issue{Key: "A-1", Rank: "0|a"}, Link: &RemoteLink{}}, test.was)
		assert.True(t, is, name)
		assert.Equal(t, test.want, c.Status, name)
	}
	undone := unread.Changes[0]
	undone.Back = true
	assert.True(t, undone.Unread(), "the next undo reads it")
	assert.Empty(t, Reranked([]Change{undone}))
}
