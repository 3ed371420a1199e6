package planner

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// L8 L9: a title that promises something made, over a text that only looks into
// it, leaves open what comes out.
func TestBuildOrFinding(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, title, text string
		want              bool
	}{
		{"a way among others", "Create a guide to fees", "One possible way to help clerks would be a guide. We should investigate ways to print one each month.", true},
		{"looks into it", "Implement a letter by mail", "Investigate ways for letters by mail and for those that clerks print.", true},
		{"an investigation by its title", "Investigate a guide to fees", "We should investigate ways to print one each month for clerks.", false},
		{"builds as well", "Create a guide to fees", "We should investigate which fees there are. The guide must name all of them.", false},
		{"builds only", "Create a guide to fees", "Clerks cannot look a fee up. One of them keeps a list by hand.", false},
		{"has criteria", "Create a guide to fees", "We should investigate ways to print one.\n\nAcceptance criteria:\n* A page tells what was found.", false},
		{"names no doing", "The guide to fees", "We should investigate ways to print one each month for clerks.", false},
	} {
		i := Issue{Key: "PAY-1", Summary: c.title, Description: c.text}
		r := judgedBy(i, ruled())
		got := strings.Contains(strings.Join(messages(r), "\n"), "a build or a finding?")
		assert.Equal(t, c.want, got, "%s: %v", c.name, messages(r))
		p := Build(Input{Session: testSession("x"), Issues: []Issue{i}})
		require.Empty(t, Gate(p), c.name)
		if c.want {
			f := r.breach(ruleOpenQuestion)
			assert.Len(t, f.Evidence, 2, c.name)
			assert.Contains(t, f.asks, ask(p.Questions[0]), c.name)
		}
	}
}

// L8: what a ticket asks to be written into it is missed as long as it is not
// there.
func TestAskedHere(t *testing.T) {
	t.Parallel()
	const asks = "Clerks know of few letters. Please investigate and document (in this ticket) the ways to show them."
	said := func(text string) []Comment { return []Comment{{Author: Person{Name: "Dana"}, Body: text}} }
	for _, c := range []struct {
		name, text string
		comments   []Comment
		want       bool
	}{
		{"nothing behind it", asks, nil, true},
		{"decide", "Clerks know of few letters.\n\nDecide on this ticket which of the letters are kept.", nil, true},
		{"a word of progress", asks, said("Resolved for now."), true},
		{"a list behind it", asks + "\n* a page for clerks\n* a letter each month", nil, false},
		{"a section behind it", asks + "\n\nh3. Ways\n\nA page for clerks, or a letter.", nil, false},
		{"a comment with it", asks, said("We talked to all of the clerks: they would look at a page in the guide first, and then ask the desk next door."), false},
		{"its criteria", "Clerks know of few letters.\n\nAcceptance criteria:\n* Document the ways in this ticket.", nil, false},
		{"elsewhere", "Clerks know of few letters. Please document the ways to show them in the guide.", nil, false},
		{"a list as a thing", "Clerks know of few letters. The list in this ticket is from May.", nil, false},
	} {
		i := Issue{Key: "PAY-1", Summary: "Show letters", Description: c.text, Comments: c.comments, CommentTotal: len(c.comments)}
		r := judgedBy(i, ruled())
		got := strings.Contains(strings.Join(messages(r), "\n"), "asks for something to be written into the ticket")
		assert.Equal(t, c.want, got, "%s: %v", c.name, messages(r))
		require.Empty(t, Gate(Build(Input{Session: testSession("x"), Issues: []Issue{i}})), c.name)
	}
}

// L8: addresses alone describe nothing.
func TestOnlyLinks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, quote string }{
		{"two addresses", "https://docs.example.com/fees#!/letter_2\r\nhttps://example.com/a-b\r\n", "https://docs.example.com/fees#!/letter_2"},
		{"in wiki markup", "[https://docs.example.com/fees]", "https://docs.example.com/fees"},
		{"with a word", "Clerks see https://docs.example.com/fees", ""},
		{"none", "", ""},
	} {
		i := Issue{Key: "PAY-1", Summary: "Implement the fees of letters", Description: c.text}
		r := judgedBy(i, ruled())
		f := r.findings[0]
		require.Equal(t, c.quote != "", f.Message == "the description is only links", "%s: %v", c.name, messages(r))
		if c.quote != "" {
			assert.True(t, f.Blocks, c.name)
			assert.Equal(t, []Evidence{{Where: "description", Quote: c.quote}}, f.Evidence, c.name)
		}
		assert.Empty(t, Gate(Build(Input{Session: testSession("x"), Issues: []Issue{i}})), c.name)
	}
}

// L9: a story without its end has a reason if the ticket gives one elsewhere.
func TestReasonBesideTheStory(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text   string
		reason bool
	}{
		{"This should help to find late payers.", true},
		{"The purpose of this list is to find late payers.", true},
		{"The main goal is to find late payers.", true},
		{"Letters go out early in order to find late payers.", true},
		{"We write each day to prevent late fees.", true},
		{"Today, the desk cannot find late payers.", true},
		{"The list should allow a filter by month.", false},
		{"It shows the purpose of the letter.", false},
		{"Letters are shown by month.", false},
	} {
		r := judgedBy(Issue{Key: "PAY-1", Summary: "As a clerk, I want a list of letters", Description: c.text}, ruled())
		assert.Equal(t, !c.reason, r.found(ruleNoBenefit), "%s: %v", c.text, messages(r))
		if c.reason {
			for _, result := range r.ruleResults(DefinitionOfReady{}) {
				if result.Rule == ruleNoBenefit {
					assert.Equal(t, Met, result.State, c.text)
					assert.NotEmpty(t, result.Evidence, c.text)
				}
			}
		}
	}
}
