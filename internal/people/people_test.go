package people_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
	"refine/internal/people"
)

const (
	agenda = "<h2>Agenda</h2><p>10:00</p>"
	item   = "<h2>PAY-1 Refunds</h2><p>Slow.</p>"
	room   = "<p>type here</p>"
	later  = "<h2>Agenda</h2><p>10:30</p>"
	lossy  = "<h2>PAY-1 Refunds</h2><p>Slow, and lossy.</p>"
	left   = `<h2>PAY-1</h2><p><ac:structured-macro ac:name="status"><ac:parameter ac:name="title">Not selected</ac:parameter></ac:structured-macro> This item is no longer part of the session's selection.</p>`
	fees   = "<h2>PAY-2 Fees</h2>"
)

func look(t *testing.T, body string) people.Sheet {
	t.Helper()
	s, err := people.Look(body)
	require.NoError(t, err)
	return s
}

func region(t *testing.T, id, body string) people.Region {
	return people.Region{ID: id, Texts: look(t, body).Texts(), Generated: id != ""}
}

// What a publish may leave of a page, and what it may not.
func TestTheLedgerNoticesWhatGoesWrong(t *testing.T) { // C3 C4
	t.Parallel()
	marked := strings.Replace(item, "Slow", `<ac:inline-comment-marker ac:ref="1">Slow</ac:inline-comment-marker>`, 1)
	plan := func(t *testing.T, bodies ...string) (out []people.Region) {
		for i, id := range []string{"agenda", "item/PAY-1", "", "item/PAY-2", ""} {
			if i < len(bodies) && bodies[i] != "" {
				out = append(out, region(t, id, bodies[i]))
			}
		}
		return out
	}
	for name, test := range map[string]struct {
		before, after string
		now           []string
		begun         bool
		wrong         string // empty: all is well
	}{
		"refreshed":                     {agenda + item + room, later + lossy + room, []string{later, lossy, room}, false, ""},
		"stale":                         {agenda + item + room, later + item + room, []string{later, lossy, room}, false, "nobody touched item/PAY-1 and it stays stale"},
		"touched and left":              {agenda + item + "<p>w1x</p>", later + item + "<p>w1x</p>", []string{later, item, room}, false, ""},
		"touched and overwritten":       {agenda + "<h2>PAY-1 Refunds</h2><p>Slow. w1x</p>", later + lossy, []string{later, lossy, room}, false, "not the program's to change"},
		"a line of a person is gone":    {agenda + item + "<p>w1x</p>", later + item, []string{later, item, room}, false, "the end of the page is gone"},
		"a byte of a person is another": {agenda + item + `<p class="x">w1x</p>`, later + item + "<p>w1x</p>", []string{later, item, room}, false, "not the program's to change"},
		"untouched, and spelt anew":     {agenda + item, agenda + strings.Replace(item, "<p>", "<p >", 1), []string{agenda, item, room}, false, "not the program's to change"},
		"something came of itself":      {agenda + item, agenda + item + room, []string{agenda, item, room}, false, "that the plan does not have"},
		"an item is new":                {agenda + item + room, agenda + item + room + fees + room, []string{agenda, item, room, fees, room}, false, ""},
		"an item is not added":          {agenda + item + room, agenda + item + room, []string{agenda, item, room, fees, room}, false, "item/PAY-2 is new and was not added"},
		"an item left":                  {agenda + item + room, agenda + left + room, []string{agenda}, false, ""},
		"an item left without a word":   {agenda + item + room, agenda + room, []string{agenda}, false, "stays stale"},
		"rewritten under people":        {agenda + item, later + item, []string{later, item, room}, true, "not the program's to change"},
		"not rewritten":                 {agenda + item, agenda + item, []string{later, lossy, room}, true, ""},
		"a comment stays":               {agenda + marked, agenda + marked, []string{agenda, lossy, room}, false, ""},
		"a comment is lost":             {agenda + marked, agenda + lossy, []string{agenda, lossy, room}, false, "of 1 inline comments 0 are left"},
		"an empty line is a person's":   {agenda + "<p />" + item, agenda + item, []string{agenda, item, room}, false, "not the program's to change"},
		"columns are lost": {"<ac:layout><ac:layout-section><ac:layout-cell>" + agenda + item + "</ac:layout-cell></ac:layout-section></ac:layout>", agenda + item,
			[]string{agenda, item, room}, false, "what stands around the blocks"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := people.NewLedger(plan(t, agenda, item, room))
			err := l.Published(look(t, test.before), look(t, test.after), plan(t, test.now...), test.begun)
			if test.wrong == "" {
				assert.NoError(t, err)
			} else {
				assert.ErrorContains(t, err, test.wrong)
			}
		})
	}
}

// An account replaces the one before, or comes below it where that is people's.
func TestTheLedgerFollowsAccounts(t *testing.T) { // C5
	t.Parallel()
	account := func(day string) string { return "<h2>Written</h2><p>" + day + "</p><p>w1x</p>" }
	l := people.NewLedger(nil)
	check := func(before, after string) error { return l.Accounted(look(t, before), look(t, after), "h2 Written") }
	require.NoError(t, check(agenda, agenda+account("Monday")))
	require.Error(t, check(agenda+account("Monday"), agenda+account("Monday")+account("Tuesday")), "a second one")
	require.Error(t, check(agenda+account("Monday")+room, agenda+account("Tuesday")), "a person's line is gone")
	require.NoError(t, check(agenda+account("Monday")+room, agenda+account("Tuesday")+room))
	theirs := agenda + account("Tuesday, says Dana")
	require.NoError(t, check(theirs, theirs+account("Wednesday")))
	require.Error(t, check(theirs+account("Wednesday"), agenda+account("Thursday")))
	longer := account("Friday") + "<h3>Others</h3><p>w2x</p>"
	require.NoError(t, check(theirs+account("Wednesday"), theirs+longer))
	require.NoError(t, check(theirs+longer, theirs+account("Saturday")))
	require.Error(t, check(theirs+account("Saturday"), theirs+longer+"<p>w3x</p><p>w4x</p><p>w5x</p>"), "it grew without end")
}

func TestWhatAReaderSees(t *testing.T) {
	t.Parallel()
	b := storage.NewBuilder(nil)
	b.DecisionList(storage.Decided(storage.Plain("w1x it is")))
	b.Paragraph(storage.Status(storage.Green, "Decision"), storage.Plain(" w2x"))
	b.TaskList(storage.Todo(storage.Plain("w3x")))
	s := look(t, "<h2>A <strong>plan</strong></h2><p/><p>Decision: w4x, not w5x</p><h2>PAY-1</h2><h3>PAY-2</h3>"+b.String()+
		"<h3>Also</h3><p>Decision: w6x for PAY-3</p><h2>End</h2><p>Decision: none</p><p>w7x</p>")
	assert.Equal(t, "h2 A plan", s.Pieces[0].Text)
	assert.Equal(t, 2, s.Pieces[0].Level)
	assert.Equal(t, []people.Outcome{
		{Words: []string{"w4x", "w5x"}},
		{Words: []string{"w1x"}, Section: "PAY-2"}, {Words: []string{"w2x"}, Section: "PAY-2"}, {Words: []string{"w3x"}, Section: "PAY-2", Task: true},
		{Words: []string{"w6x"}, Keys: []string{"PAY-3"}, Section: "PAY-1"},
	}, s.Outcomes())
	assert.Equal(t, map[string]int{"w1x": 1, "w2x": 1, "w3x": 1, "w4x": 1, "w5x": 1, "w6x": 1, "w7x": 1}, s.Words())
}

// Whatever hands do leaves a page that can be read, and the same for a seed.
func TestHandsLeaveAPage(t *testing.T) {
	t.Parallel()
	play := func() (body string, log []string) {
		h := people.Hands{Rand: rand.New(rand.NewPCG(7, 0)), Native: true, Others: []string{"<p>pasted</p>"}}
		body = agenda + item + "<table><tbody><tr><td>a</td></tr></tbody></table>"
		for range 300 {
			edited, what, err := h.Act(body)
			require.NoError(t, err, strings.Join(log, "\n"))
			body, log = edited, append(log, what)
			if len(body) > 20_000 {
				body = agenda
			}
		}
		return body, log
	}
	body, log := play()
	again, same := play()
	assert.Equal(t, body, again)
	assert.Equal(t, log, same)
}
