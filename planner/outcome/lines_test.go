package outcome_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

// A played session is its tickets, with our comments, and what the page's state
// remembers of them.
type played struct {
	tickets []outcome.Ticket
	told    map[string][]string
	plan    outcome.SyncPlan // of the last sync
}

func newPlayed(keys ...string) *played {
	p := &played{}
	for _, key := range keys {
		p.tickets = append(p.tickets, onTicket(key))
	}
	return p
}

// sync writes back what the page says, all but the comments of the tickets whose
// writes fail.
func (p *played) sync(entries []outcome.Entry, failing ...string) {
	p.plan = outcome.Writeback(outcome.WritebackInput{
		Session: session(ticket.Backlog, ""), Page: outcome.PageRef{ID: "12", URL: "https://wiki.example/12", Title: "Session"},
		Outcomes: outcome.Outcomes{Entries: entries}, Tickets: p.tickets, Told: p.told,
	})
	for i, c := range p.plan.Changes {
		if c.Note == nil || !c.Writes() {
			continue
		}
		p.plan.Changes[i].Status = outcome.Failed
		if !slices.Contains(failing, c.Issue) {
			p.plan.Changes[i].Status = outcome.Applied
			p.ticket(c.Issue).Comment = &outcome.Marked{ID: "100", Mark: c.Note.Mark()}
		}
	}
	p.told = p.plan.Told(p.told)
}

func (p *played) ticket(key string) *outcome.Ticket {
	return &p.tickets[slices.IndexFunc(p.tickets, func(t outcome.Ticket) bool { return t.Key == key })]
}

// says is what the tickets' comments say, as docs/lines.md writes it:
// "A: Use SEPA; ~Mail them / B: Use SEPA".
func (p *played) says() string {
	var tickets []string
	for _, t := range p.tickets {
		if t.Comment == nil {
			continue
		}
		var lines []string
		for _, e := range t.Comment.Mark.Entries {
			lines = append(lines, shown(e))
		}
		tickets = append(tickets, short(t.Key)+": "+strings.Join(lines, "; "))
	}
	return strings.Join(tickets, " / ")
}

func shown(e outcome.Entry) string {
	s := e.Text.String()
	switch {
	case e.Done:
		s = "[x] " + s
	case e.Kind == outcome.Action:
		s = "[ ] " + s
	}
	switch {
	case e.Moved != "":
		return "→" + short(e.Moved) + " " + s
	case e.Gone:
		return "~" + s
	}
	return s
}

// short calls PAY-1 A, PAY-2 B and so on.
func short(key string) string { return string(rune('A' - 1 + key[len(key)-1] - '0')) }

// pageOf reads a page as docs/lines.md writes it: "A: Use SEPA; [ ] ask legal #7".
// What follows # is the id that Confluence gave the line.
func pageOf(t *testing.T, written string) (entries []outcome.Entry) {
	t.Helper()
	for section := range strings.SplitSeq(written, " / ") {
		key, lines, ok := strings.Cut(section, ": ")
		if !ok {
			require.Equal(t, "nothing", section)
			continue
		}
		for line := range strings.SplitSeq(lines, "; ") {
			e := outcome.Entry{Kind: outcome.Decision, Section: "PAY-" + string('1'+key[0]-'A')}
			if key == "nowhere" {
				e.Section = ""
			}
			for box, done := range map[string]bool{"[ ] ": false, "[x] ": true} {
				if text, is := strings.CutPrefix(line, box); is {
					line, e.Kind, e.Done = text, outcome.Action, done
				}
			}
			line, e.ID, _ = strings.Cut(line, " #")
			e.Text = text(line)
			entries = append(entries, e)
		}
	}
	return entries
}

// TestLines plays each row of docs/lines.md: page after page is synced, each of
// them twice, and then the tickets say what the row says.
func TestLines(t *testing.T) { // S1 S5 S8, A1 A15 A16
	t.Parallel()
	file, err := os.ReadFile("../../docs/lines.md")
	require.NoError(t, err)
	rows := regexp.MustCompile("(?m)^\\| ([^|]+) \\| `([^|]+)` \\| (?:`([^|]*)`|nothing) \\|$").FindAllStringSubmatch(string(file), -1)
	require.Greater(t, len(rows), 30, "the table was not found")
	require.Len(t, rows, strings.Count(string(file), "\n| ")-1, "a row that is none")
	for _, row := range rows {
		t.Run(row[1], func(t *testing.T) {
			t.Parallel()
			p := newPlayed("PAY-1", "PAY-2", "PAY-3")
			for step := range strings.SplitSeq(row[2], " ⇒ ") {
				p.step(t, step)
			}
			assert.Equal(t, row[3], p.says())
		})
	}
}

// step is one of a row: what people do to our comments, or a page that is synced.
func (p *played) step(t *testing.T, step string) {
	switch step {
	case "comment on A deleted":
		p.ticket("PAY-1").Comment = nil
	case "comment on A edited":
		p.ticket("PAY-1").Comment.EditedBy = "Dana"
	case "memory lost":
		p.told = nil
	case "mark of A shortened":
		entries := p.ticket("PAY-1").Comment.Mark.Entries
		for i := range entries {
			entries[i] = entries[i].Shortened(120)
		}
	default:
		step, failing, _ := strings.Cut(step, ", no answer of ")
		if failing != "" {
			p.sync(pageOf(t, step), "PAY-"+string('1'+failing[0]-'A'))
			return
		}
		p.sync(pageOf(t, step))
		said := p.says()
		p.sync(pageOf(t, step))
		assert.Equal(t, said, p.says(), "a second sync changes nothing")
		for _, c := range p.plan.Changes {
			assert.NotEqual(t, outcome.Applied, c.Status, "a second sync writes nothing: %s", c.Detail)
		}
	}
}
