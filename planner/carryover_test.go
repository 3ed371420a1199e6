package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func carrying(lines ...Carried) *CarryOver {
	o := Outcomes{Left: lines, Keys: []string{"PAY-7"}, Browse: "https://jira.example.com/browse/"}
	return o.CarryOver(Date{Year: 2026, Month: 11, Day: 10}, PageRef{ID: "7", URL: "https://wiki.example.com/7", Title: "2026-11-10 Refinement"})
}

func typed(s string) Text { return Text{{Text: s}} }

func TestCarryOverOpensThePlan(t *testing.T) { // P6 L7
	t.Parallel()
	in := Input{Session: testSession("Flagged items"), Issues: []Issue{
		{ID: "1", Key: "PAY-7", Summary: "Show what is owed", Description: "Clerks cannot see who owes what."},
		{ID: "2", Key: "PAY-8", Summary: "A secret", Restricted: true},
		{ID: "3", Key: "PAY-9", Summary: "Remind late payers", Description: "The second reminder leaves too early."},
	}}
	in.CarryOver = carrying(
		Carried{Kind: Parked, Text: typed("currencies of PAY-8")},
		Carried{Kind: OpenQuestion, Key: "PAY-7", Text: typed("who pays?")},
		Carried{Kind: OpenQuestion, Key: "PAY-7", Text: typed("who pays?")},
		Carried{Kind: AnotherTime, Key: "PAY-9"},
		Carried{Kind: Wish, Text: typed("shorter talks")}, Carried{Kind: Wish, Text: typed("“ ”")},
	)
	p := Build(in)
	require.Empty(t, Gate(p))
	assert.Equal(t, "From last time (2026-11-10): 1 open question, 1 item to come back to and 1 parked topic. Say of each in one sentence whether it is done, dropped, or for whom it stays open.", p.Agenda[0].Lines[0])
	assert.Equal(t, "Last time you asked for “shorter talks”. Say at the start what is different today.", p.Agenda[0].Lines[1])
	assert.Equal(t, "open question: “who pays?”", carriedBy(p, "PAY-7"))
	assert.Equal(t, "it needs another session", carriedBy(p, "PAY-9"))
	for _, write := range []func(*strings.Builder) error{
		func(b *strings.Builder) error { return WriteText(b, p) },
		func(b *strings.Builder) error { return WriteTagged(b, p) },
		func(b *strings.Builder) error { return WriteMarkdown(b, p) },
	} {
		var b strings.Builder
		require.NoError(t, write(&b))
		for _, want := range []string{"From last time", "https://wiki.example.com/7", "who pays?", "Parked"} {
			assert.Contains(t, b.String(), want)
		}
		assert.NotContains(t, b.String(), "currencies", "PAY-8 has a security level") // P7
	}
	v := View(p).CarryOver
	assert.Equal(t, []CarriedPartView{
		{Kind: OpenQuestion, Lines: []CarriedView{{Text: "who pays?", Keys: []string{"PAY-7"}, Since: Date{Year: 2026, Month: 11, Day: 10}, URL: "https://wiki.example.com/7"}}},
		{Kind: AnotherTime, Lines: []CarriedView{{Keys: []string{"PAY-9"}, Since: Date{Year: 2026, Month: 11, Day: 10}, URL: "https://wiki.example.com/7"}}},
		{Kind: Parked, Lines: []CarriedView{{Keys: []string{"PAY-8"}, Since: Date{Year: 2026, Month: 11, Day: 10}, URL: "https://wiki.example.com/7"}}},
	}, v.Parts[:3])
}

func carriedBy(p Plan, key string) string {
	for _, i := range p.Items {
		if i.Issue.Key == key {
			var said []string
			for _, c := range i.Carried {
				said = append(said, c.OfItem())
			}
			return strings.Join(said, "; ")
		}
	}
	return ""
}

func TestNothingLeftOpenIsNoCarryOver(t *testing.T) { // P6
	t.Parallel()
	in := Input{Session: testSession("Flagged items"), Issues: []Issue{{ID: "1", Key: "PAY-7", Summary: "Show what is owed", Description: "Clerks cannot see who owes what."}}}
	without := Build(in)
	in.CarryOver = carrying()
	assert.Equal(t, without, Build(in))
}

func TestCarriedLines(t *testing.T) { // P6
	t.Parallel()
	long := Carried{Kind: Parked, Text: typed(strings.Repeat("ä", 500))}
	assert.Len(t, []rune(long.Words()), 300)
	stranger := Carried{Kind: Unfinished, Text: Text{{Text: "ask "}, {User: &User{AccountID: "5b"}}}, Owner: &User{AccountID: "5b"}}
	assert.Equal(t, "ask @somebody – somebody", stranger.String(), "an id is no name")
	link := Carried{Kind: Parked, Text: Text{{Text: "see "}, {URL: "https://example.com/a"}}}
	assert.Equal(t, "“see https://example.com/a”", link.String())
}
