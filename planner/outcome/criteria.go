package outcome

import (
	"slices"
	"strings"

	"refine/planner/ticket"
)

// criteria puts what the team agreed on into the ticket: as a passage under a
// heading of its own, below whatever else the field holds, which stays to the byte.
// Nothing of it is replaced but lines of ours that nobody has touched. Whether they
// stand there still is looked up only when there is something new to say.
func (in WritebackInput) criteria(t Ticket, entries []Entry) []Change {
	var lines []string
	for _, e := range entries {
		if s := e.Text.String(); e.Kind == Criterion && !slices.Contains(lines, s) {
			lines = append(lines, s)
		}
	}
	if in.Criteria == "" || len(lines) == 0 { // those that left the page stay where they are
		return nil
	}
	s := Setting{Field: in.Criteria, Heading: criteriaHeading(in.Session, in.Criteria)}
	c := Change{Issue: t.Key, Kind: FieldChange, To: strings.Join(lines, "\n"), Set: &s}
	screen, known := in.Screens[t.Key]
	set, before := in.Done[t.Key][c.piece()]
	switch {
	case set == print(c.To):
		c.From = c.To // as far as anybody has to know
	case known:
		c.From = strings.Join(screen.Fields[in.Criteria].Lines, "\n")
	case before:
		c.Status = Planned // until it was looked at
		return []Change{c}
	}
	return []Change{in.decided(c, "").checked(in.Screens)}
}

// criteriaHeading names the session, so that each has a passage of its own.
func criteriaHeading(s ticket.Session, in Field) string {
	day := s.Start.Format("2006-01-02")
	if in == DescriptionField {
		return "Acceptance criteria agreed on " + day
	}
	return "Agreed on " + day
}

// WithoutPassage is the text of a field, in wiki markup, without the passage that
// syncs of the session put there: its heading and the entries below it. What people
// change within the passage is told by the next sync, see [WritebackInput.Criteria].
func WithoutPassage(text string, s ticket.Session, in Field) string {
	title := criteriaHeading(s, in)
	var rest strings.Builder
	within := false
	for line := range strings.Lines(text) {
		bare := strings.TrimSpace(line)
		switch heading, heads := strings.CutPrefix(bare, "h3. "); {
		case heads && strings.ReplaceAll(heading, `\`, "") == title: // each service escapes as it likes
			within = true
		case within && (bare == "" || strings.HasPrefix(bare, "* ")):
		default:
			within = false
			rest.WriteString(line)
		}
	}
	return rest.String()
}
