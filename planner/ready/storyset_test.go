package ready

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/text"
	"refine/planner/ticket"
)

// only is the finding of a rule, nil if there is none.
func only(c *Checked, rule string) *Finding {
	for n := range c.Findings {
		if c.Findings[n].Rule == rule {
			return &c.Findings[n]
		}
	}
	return nil
}

// L9 `atomic`: two features in one, beside what only looks like two.
func TestStoryAtomic(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ means, quote string }{
		{"to send a reminder and cancel the contract", "send a reminder and cancel the contract"},
		{"to add or remove payers", "add or remove payers"},
		{"to see the invoices and reminders of a payer", "invoices and reminders"},
		{"to close the month and I want a report of it", "and I want a report of it"},
		{"to print letters, envelopes as well as labels", "as well as labels"},
		{"to see whether an invoice is open or paid", ""},
		{"to know which invoices were sent or printed", ""},
		{"to pay without a card or an account", ""},
		{"to choose between cash and card", ""},
		{"to see both the debts and the payments", ""},
		{"to see amounts that are rounded and therefore short", ""},
		{"to be told when a payer moves and leaves a debt", ""},
		{"to see clear and readable amounts", ""},
		{"to find an invoice quickly and easily", ""},
		{"to log in with my name and password", ""},
		{"to select one or more invoices", ""},
		{"to attach papers such as receipts and letters", ""},
		{"to sort the list by date (newest and oldest)", ""},
		{"to see the amount that a payer owes", ""},
	} {
		text := "As a clerk, I want " + c.means + ", so that nobody has to call me."
		got := only(checkedStories([]string{text})[0], RuleAtomic)
		if c.quote == "" {
			assert.Nil(t, got, text)
			continue
		}
		require.NotNil(t, got, text)
		assert.Contains(t, got.Evidence[0].Quote, c.quote)
	}
}

// L9 `minimal`: more than role, means and end.
func TestStoryMinimal(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, quote string }{
		{"As a clerk, I want to attach papers such as receipts, so that auditors find them.", "such as receipts"},
		{"As a clerk, I want to sort the list (newest one first), so that I see what is new.", "(newest one first)"},
		{"As a clerk, I want to delete a payer and I expect this to fail while there are debts.", "I expect this to fail"},
		{"As a clerk, I want to close a month, but it must stay open for refunds.", "but it must stay open for refunds"},
		{"As a clerk, I want to see debts, so that I can call payers, so that they pay.", "so that they pay"},
		{"As a clerk, I want to see debts, so that I can call. The list has five columns.", "The list has five columns"},
		{"As a clerk, I want to see debts, so that I can call payers.", ""},
		{"As a clerk, I want to open the payer's page(s), so that I can call them.", ""},
		{"As a clerk, I want a simple but complete list, so that I can call payers.", ""},
	} {
		got := only(checkedStories([]string{c.text})[0], RuleMinimal)
		if c.quote == "" {
			assert.Nil(t, got, c.text)
			continue
		}
		require.NotNil(t, got, c.text)
		assert.Contains(t, got.Evidence[0].Quote, c.quote)
	}
}

// plainStories are n stories of one form that have nothing in common.
func plainStories(n int) (texts []string) {
	for n := range n {
		texts = append(texts, fmt.Sprintf("As a clerk, I want to see what group %d owes, so that I can call customer %d.", n, n))
	}
	return texts
}

// L9 `uniform`: what does not follow the set's form; a set without a form of its
// own has none to follow.
func TestStoryUniform(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		others     int
		found      bool
	}{
		{"another verb", "As a clerk, I can see the refunds, so that I can explain them.", 8, true},
		{"another order", "In order to explain refunds, as a clerk, I want to see them.", 8, true},
		{"another language", "Als Buchhalterin möchte ich Erstattungen sehen, damit ich sie erklären kann.", 8, true},
		{"words that stand twice", "As a clerk, I want to see refunds, so that so that I can explain them.", 0, true},
		{"a like form", "As an auditor I would like to see the refunds so that I can explain them.", 8, false},
		{"a small set", "As a clerk, I can see the refunds, so that I can explain them.", 2, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			all := checkedStories(append(plainStories(c.others), c.text))
			assert.Equal(t, c.found, only(all[c.others], RuleUniform) != nil)
			for _, other := range all[:c.others] {
				assert.Empty(t, other.Findings)
			}
		})
	}
}

// L9 `unique`: a double, beside stories that differ in a word that matters.
func TestStoryUnique(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, a, b, how string
	}{
		{"the same words", "As a clerk, I want to print a letter.", "As a clerk I want to  print a letter", "word for word"},
		{"another reason", "As a clerk, I want to print a letter, so that it can be signed.", "As a clerk, I want to print letters, so that payers get them.", "with another reason"},
		{"another plain verb", "As a payer, I want to have a later due date, so that I pay in full.", "As a payer, I want to choose a later due date, so that I pay in full.", "for the same reason"},
		{"another condition", "As a payer, I want to change my order until it is packed, so that I pay for what I need.", "As a payer, I want to change my order as long as nothing has been sent, so that I pay for what I need.", "on another condition"},
		{"another action", "As a clerk, I want to add a payer, so that the list is right.", "As a clerk, I want to remove a payer, so that the list is right.", ""},
		{"another thing", "As a clerk, I want to export debts as CSV.", "As a clerk, I want to export debts as PDF.", ""},
		{"another role", "As a clerk, I want to print a letter.", "As an auditor, I want to print a letter.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			all := checkedStories([]string{c.a, c.b})
			for n, other := range []string{"line 2", "line 1"} {
				got := only(all[n], RuleUnique)
				if c.how == "" {
					assert.Nil(t, got)
					continue
				}
				require.NotNil(t, got)
				assert.Equal(t, "story", got.Evidence[0].Where)
				assert.Contains(t, got.Message, other)
				assert.Contains(t, got.Message, c.how)
			}
		})
	}
}

// L9 `well-formed`, `no-benefit`.
func TestStoryParts(t *testing.T) {
	t.Parallel()
	for text, rule := range map[string]string{
		"Print letters":                                               RuleWellFormed,
		"As a clerk, the list of debts":                               RuleWellFormed,
		"I want to see debts, so that I call.":                        RuleWellFormed,
		"As a clerk, I want to see debts.":                            RuleNoBenefit,
		"As a clerk, I want to see debts to help payers.":             "",
		"As a clerk, I want to see debts, so that I know.":            "",
		"Als Kunde möchte ich Rechnungen sehen.":                      RuleNoBenefit,
		"Als Kunde möchte ich Rechnungen sehen, damit ich sie zahle.": "",
	} {
		var rules []string
		for _, f := range checkedStories([]string{text})[0].Findings {
			rules = append(rules, f.Rule)
		}
		if rule == "" {
			assert.Empty(t, rules, text)
		} else {
			assert.Equal(t, []string{rule}, rules, text)
		}
	}
}

// L9: the story of an issue is judged beside those of its session, as in a check,
// and its quotes stand in the issue.
func TestStoriesOfASession(t *testing.T) {
	t.Parallel()
	issues := []ticket.Issue{
		{Key: "PAY-1", Summary: "Letters", Description: "h3. Story\n*As a* clerk, *I want* to print a letter and archive it, so that it can be signed.\n\nIt has our address. It is printed in one go."},
		{Key: "PAY-2", Summary: "As a clerk, I want to print a letter and archive it, so that it can be signed"},
		{Key: "PAY-3", Summary: "Printer jams", Description: "The printer jams, as the paper is wet, we need to dry it and look at it."},
	}
	c, checked := NewChecker(Definition{}, today), make([]*Checked, len(issues))
	c.Explain = true
	for n, i := range issues {
		one := c.Issue(i)
		checked[n] = &one
	}
	c.Together(checked)
	for n, j := range Judge(issues, Definition{}, today) {
		assert.Equal(t, j.Findings, checked[n].Findings)
		assert.Equal(t, j.Rules, checked[n].Readiness)
		assert.Equal(t, j.Ready, checked[n].Ready)
		for _, f := range j.Findings {
			for _, e := range f.Evidence {
				assert.True(t, j.Reading.Holds(e.Quote, e.Where), e)
			}
		}
	}
	assert.Equal(t, "asks for the same as PAY-2, word for word", only(checked[0], RuleUnique).Message)
	assert.NotNil(t, only(checked[0], RuleAtomic))
	assert.Nil(t, only(checked[0], RuleMinimal))
	assert.NotNil(t, only(checked[1], RuleUnique))
	assert.Nil(t, only(checked[2], RuleAtomic))
}

// A team can make a rule about stories required, or switch it off.
func TestReadyRulesOfStories(t *testing.T) {
	t.Parallel()
	story := "As a clerk, I want to print a letter, so that it can be signed."
	for severity, ready := range map[Severity]bool{Required: false, Off: true, "": true} {
		c := NewChecker(Definition{Rules: []Rule{{ID: RuleUnique, Severity: severity}}}, today)
		a, b := c.Story("1", story), c.Story("2", story)
		c.Together([]*Checked{&a, &b})
		assert.Equal(t, ready, a.Ready, severity)
		assert.Equal(t, severity == Off, only(&b, RuleUnique) == nil, severity)
	}
}

// BenchmarkStories judges lists of growing size: the time for each story stays
// the same.
func BenchmarkStories(b *testing.B) {
	for _, size := range []int{1000, 10000} {
		texts := plainStories(size)
		b.Run(fmt.Sprintf("stories=%d", size), func(b *testing.B) {
			for b.Loop() {
				checkedStories(texts)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*size), "ns/story")
		})
	}
}

// L9: whatever the text, its parts and quotes stand in it.
func FuzzStory(f *testing.F) {
	for _, text := range []string{
		"As a clerk, I want to see and call payers (all of them), so that they pay, so that so.",
		"In order to E, as the R I don't want M. So that E",
		"Als Kundin möchte ich M, damit ich E", "En tant qu'utilisateur, je veux M afin de E",
		"As a , I want", "as a\n\nas a b, i want to “c” and d", "İAs a ſ, I want ﬁ and I expect ß",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, said string) {
		s := ParseStory(said)
		for _, part := range []string{s.Role, s.Means, s.End, s.Rest} {
			if !strings.Contains(said, part) {
				t.Errorf("%q is no part of %q", part, said)
			}
		}
		for _, c := range checkedStories([]string{said, said}) {
			for _, finding := range c.Findings {
				for _, e := range finding.Evidence {
					if !strings.Contains(text.Fold(said), text.Fold(e.Quote)) && e.Where != "summary" {
						t.Errorf("%q quotes %q", said, e.Quote)
					}
				}
			}
		}
	})
}
