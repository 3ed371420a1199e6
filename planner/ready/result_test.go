package ready

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// resultOf is what a rule comes to for an issue.
func resultOf(t *testing.T, i ticket.Issue, id string, rules ...Rule) Result {
	t.Helper()
	all := judged(i, rules...).Rules
	n := slices.IndexFunc(all, func(r Result) bool { return r.Rule == id })
	require.GreaterOrEqual(t, n, 0, id)
	return all[n]
}

// L8: a rule that is met shows the words by which it is, and where they stand; a
// rule about what must not be there says that it is absent and where it was
// looked for; a rule that is not about the item says why.
func TestRulesShowWhatTheyGoBy(t *testing.T) {
	t.Parallel()
	points, day := 5.0, time.Date(2026, 10, 2, 8, 0, 0, 0, time.UTC)
	rich := clear()
	rich.Description = "As a payer, I want to see what I owe, so that I pay in time."
	rich.StoryPoints, rich.Created = &points, day
	rich.Links = []ticket.Link{{Type: "Blocks", Phrase: "is blocked by", Inward: true, Ref: ticket.Ref{Key: "PAY-7", Summary: "Secret merger", Status: "Done", Done: true}}}
	fault := ticket.Issue{Key: "PAY-3", Type: "Bug", Summary: "Invoice list", Description: "The list of invoices stays empty in March."}

	for _, c := range []struct {
		name  string
		issue ticket.Issue
		rule  string
		want  string // state, note, then quotes with where they stand
	}{
		{"more than a title", clear(), RuleNoDescription, "met||Payers ask for an invoice after every month because the tax office wants one (description)"},
		{"a criterion", clear(), RuleCriteria, "met||An invoice of the past month is in the list on the first day of the next (acceptance criteria)"},
		{"a fault", fault, RuleCriteria, "met|it is done when the fault is gone|The list of invoices stays empty in March (description)"},
		{"no result", ticket.Issue{Key: "PAY-3", Summary: "Invoice list", Description: "We should build the list."}, RuleCriteria,
			"not met|no line says how anyone would tell that it is done|We should build the list (description)"},
		{"no question", clear(), RuleOpenQuestion, "met|no open question was found in title, description and acceptance criteria|"},
		{"no link", clear(), RuleDependency, "met|it has no link, and no word of a wait stands in title, description and acceptance criteria|"},
		{"a blocker that is done, its title aside", rich, RuleDependency, "met|done|is blocked by PAY-7 (link)"},
		{"counted", clear(), RuleSize, "met|it has 31 words and 1 acceptance criterion|"},
		{"estimated", rich, RuleSize, "met||5 (story points)"},
		{"no aim without a measure", clear(), RuleVague, "met|no aim stands by itself without a measure in title, description and acceptance criteria|"},
		{"one wish", rich, RuleAtomic, "met|one wish|As a payer, I want to see what I owe, so that I pay in time (description)"},
		{"no story", clear(), RuleWellFormed, "not applicable|it holds no user story|"},
		{"a story", rich, RuleWellFormed, "met||As a payer, I want to see what I owe, so that I pay in time (description)"},
		{"a story alone", rich, RuleUnique, "not applicable|there is no other story beside it|"},
		{"a reason", clear(), RuleNoBenefit, "met||Payers ask for an invoice after every month because the tax office wants one (description)"},
		{"written lately", rich, RuleStale, "met|the last word in it is of 2 October 2026|"},
		{"nobody knows when", clear(), RuleStale, "not applicable|nobody knows when it was written|"},
	} {
		r := resultOf(t, c.issue, c.rule)
		var quotes []string
		for _, e := range r.Evidence {
			quotes = append(quotes, e.Quote+" ("+e.Where+")")
		}
		assert.Equal(t, c.want, strings.Join([]string{string(r.State), r.Note, strings.Join(quotes, "; ")}, "|"), c.name)
	}
}

// L8: rules of the team's own show what they found; a rule that is off for a type
// says so, and one that is off for all is no part of the definition.
func TestResultsOfTheTeamsRules(t *testing.T) {
	t.Parallel()
	mockUp := regexp.MustCompile("mock-up")
	i := clear()
	i.Description += " See the mock-up."
	for _, c := range []struct {
		name string
		rule Rule
		want string
	}{
		{"matches", Rule{ID: "x", Sentence: "links a “mock-up”", Pattern: mockUp}, "required met links a mock-up (“mock-up” (description))"},
		{"matches as advice", Rule{ID: "x", Pattern: mockUp, Severity: Advice}, "advice met x (“mock-up” (description))"},
		{"does not match", Rule{ID: "x", Pattern: regexp.MustCompile("sketch")}, "required not met x (the team's rule is not met: x)"},
		{"forbids what is not there", Rule{ID: "x", Pattern: regexp.MustCompile("acme"), Forbid: true, In: InComments}, "required met x (nothing of the kind stands in comments)"},
		{"forbids what is there", Rule{ID: "x", Pattern: mockUp, Forbid: true}, "required not met x (the team's rule is not met: x: “mock-up” (description))"},
		{"is about other types", Rule{ID: "x", Pattern: mockUp, Types: []string{"Bug", "Task"}}, "required not applicable x (it is for Bug and Task alone)"},
		{"a known rule is off for this type", Rule{ID: RuleVague, Severity: Off, Types: []string{"Story"}}, "required not applicable has a measure for what it aims at (the team has switched it off for Story)"},
	} {
		r := resultOf(t, i, c.rule.ID, c.rule)
		assert.Equal(t, c.want, strings.Join([]string{string(r.Severity), string(r.State), r.String()}, " "), c.name)
	}
	for _, r := range judged(i, Rule{ID: RuleVague, Severity: Off}, Rule{ID: "x", Pattern: mockUp, Severity: Off}).Rules {
		assert.NotContains(t, []string{RuleVague, "x"}, r.Rule)
	}
}

// L8: results are counted, those that do not apply aside.
func TestResultsAreCounted(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "gaps by 0 of 6 required rules, 0 of 1 advised", judged(clear()).Rules.String())
	bare := ticket.Issue{Key: "PAY-1", Summary: "Invoices"}
	assert.Equal(t, "gaps by 1 of 5 required rules", judged(bare).Rules.String())
}

// L8 L14: what is nobody's business is no evidence.

// L9: two broken letters are too big or too vague, with a proposal by what the
// ticket itself has.
func TestInvest(t *testing.T) {
	t.Parallel()
	const open = "We need to decide which bank it is for. This story is too big for one sprint.\n\n"
	const vague = "We need to decide which bank it is for. Leave it until then, it is best to wait for the bank.\n\n"
	const tasks = "Add the tax number to invoices|Remove the fax number from letters|Update the address on reminders"
	list := func(mark string) string { return mark + strings.ReplaceAll(tasks, "|", "\n"+mark) }
	for _, c := range []struct{ name, text, broken, verdict, by, parts string }{
		{"nothing", payers, "", "", "", ""},
		{"one letter", payers + " The order is TBD.", "N", "", "", ""},
		{"no parts", open, "NS", "too big", "", ""},
		{"vague", vague, "IN", "too vague", "", ""},
		{"points", open + list("* "), "NS", "too big", "the points it lists", tasks},
		{"steps", open + list("# "), "NS", "too big", "its steps", tasks},
		{"options", open + "There are three options for that:\n" + list("* "), "NS", "too big", "", ""},
		{"facts", open + "* The tax number is long\n* The fax is broken\n* The address has moved", "NS", "too big", "", ""},
		{"criteria", open + "Acceptance criteria:\n" + list("* "), "NS", "too big", "", ""},
		{"two roles", open + "As a clerk, I want to see the export of my colleagues.\n\nAs an auditor, I want to read every export of the year.", "NS", "too big", "the roles it is for",
			"As a clerk, I want to see the export of my colleagues|As an auditor, I want to read every export of the year"},
	} {
		got := judged(ticket.Issue{Key: "PAY-2", Type: "Story", Summary: "Export", Description: c.text}).Invest
		assert.Equal(t, c.broken, strings.Join(got.Broken, ""), c.name)
		assert.Equal(t, c.verdict, got.Verdict, c.name)
		if c.by == "" {
			assert.Nil(t, got.Split, c.name)
			continue
		}
		require.NotNil(t, got.Split, c.name)
		assert.Equal(t, c.by, got.Split.By, c.name)
		var parts []string
		for _, p := range got.Split.Parts {
			parts = append(parts, p.Quote)
		}
		assert.Equal(t, c.parts, strings.Join(parts, "|"), c.name)
	}
	assert.Equal(t, "IN[V]ES[T], too vague; could be split by its wishes: “see it” and “print it”",
		Invest{Broken: []string{"V", "T"}, Verdict: "too vague", Split: &Split{"its wishes", []ticket.Evidence{{Quote: "see it"}, {Quote: "print it"}}}}.String())
	assert.Equal(t, "INVEST", Invest{}.String())
}

// L9: a ticket is stale a year after a person's last word, on the session's day.
func TestStale(t *testing.T) {
	t.Parallel()
	created := func(years, days int, comments ...ticket.Comment) ticket.Issue {
		i := clear()
		i.Created, i.Comments = today.AddDate(-years, 0, -days), comments
		return i
	}
	said := func(who string) ticket.Comment {
		c := by(who, "Still needed.")
		c.Created = today.AddDate(0, -1, 0)
		return c
	}
	for _, c := range []struct {
		name  string
		issue ticket.Issue
		stale bool
	}{
		{"young", created(0, 300), false},
		{"old", created(1, 2), true},
		{"old, with a word of late", created(3, 0, said("Dana")), false},
		{"old, with a program's word of late", created(3, 0, said("Jenkins")), true},
		{"without dates", clear(), false},
	} {
		j := judged(c.issue)
		assert.Equal(t, c.stale, j.finding(RuleStale) != nil, c.name)
		assert.True(t, j.Ready, c.name)
	}
	assert.Equal(t, "nobody has written in it since November 2025", judged(created(1, 2)).finding(RuleStale).Message)
}
