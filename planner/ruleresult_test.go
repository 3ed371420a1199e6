package planner

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// resultsOf are what the rules come to for an issue, by rule.
func resultsOf(i Issue, rules ...ReadyRule) map[string]RuleResult {
	by := ruled(rules...)
	out := map[string]RuleResult{}
	for _, r := range judgedBy(i, by).ruleResults(by.ready) {
		out[r.Rule] = r
	}
	return out
}

// L8: a rule that is met shows the words by which it is, and where they stand; a
// rule about what must not be there says that it is absent and where it was
// looked for; a rule that is not about the item says why.
func TestRulesShowWhatTheyGoBy(t *testing.T) {
	t.Parallel()
	points, day := 5.0, time.Date(2026, 10, 2, 8, 0, 0, 0, time.UTC)
	plain := clearIssue()
	rich := clearIssue()
	rich.Description = "As a payer, I want to see what I owe, so that I pay in time. Must it be on paper for the tax office? Yes, the tax office asks for paper. It must open within 2 seconds."
	rich.StoryPoints, rich.Created = &points, day
	rich.Links = []Link{{Type: "Blocks", Phrase: "is blocked by", Inward: true, Ref: Ref{Key: "PAY-7", Summary: "Secret merger", Status: "Done", Done: true}}}
	rich.Attachments, rich.Visuals = []Attachment{{Name: "list.png"}}, []Visual{{Name: "list.png", Where: "attachment"}}
	polish := Issue{Key: "PAY-4", Summary: "Lista faktur", Description: "Użytkownicy nie mogą znaleźć faktury, ponieważ lista nie jest posortowana według daty i trwa to bardzo długo każdego dnia."}

	for _, c := range []struct {
		name  string
		issue Issue
		rule  string
		want  string // state, note, then quotes with where they stand
	}{
		{"more than a title", plain, ruleNoDescription, "met||Payers ask for an invoice after every month because the tax office wants one (description)"},
		{"a criterion", plain, ruleCriteria, "met||An invoice of the past month is in the list on the first day of the next (acceptance criteria)"},
		{"no criterion", Issue{Key: "PAY-3", Summary: "Invoice list", Description: "Clerks look for the list of invoices every morning and call support."}, ruleCriteria,
			"not met|no line says how anyone would tell that it is done|Clerks look for the list of invoices every morning and call support (description)"},
		{"no question", plain, ruleOpenQuestion, "met|no question is left open in title, description and acceptance criteria|"},
		{"a question with its answer", rich, ruleOpenQuestion, "met|asked and answered|Must it be on paper for the tax office? (description)"},
		{"no contradiction", plain, ruleContradiction, "met|no two parts disagree in title, description and acceptance criteria|"},
		{"no link", plain, ruleDependency, "met|it has no link, and no word of a wait stands in title, description and acceptance criteria|"},
		{"a blocker that is done, its title aside", rich, ruleDependency, "met|done|is blocked by PAY-7 (link)"},
		{"closed lists", plain, ruleOpenList, "met|no list is left open in title, description and acceptance criteria|"},
		{"counted", plain, ruleSize, "met|it has 35 words and 1 acceptance criterion|"},
		{"estimated", rich, ruleSize, "met||5 (story points)"},
		{"an aim without a measure", plain, ruleVague, "not met|the aim has no measure|It should open faster (description)"},
		{"a measure", rich, ruleVague, "met||It must open within 2 seconds (description)"},
		{"one wish", rich, ruleAtomic, "met|one wish|As a payer, I want to see what I owe, so that I pay in time (description)"},
		{"no story", plain, ruleWellFormed, "not applicable|it holds no user story|"},
		{"a story", rich, ruleWellFormed, "met||As a payer, I want to see what I owe, so that I pay in time (description)"},
		{"a story alone", rich, ruleUnique, "not applicable|there is no other story beside it|"},
		{"a reason", plain, ruleNoBenefit, "met||Payers ask for an invoice after every month because the tax office wants one (description)"},
		{"a need", rich, ruleSolution, "met||As a payer, I want to see what I owe, so that I pay in time (description)"},
		{"somebody", plain, ruleStakeholder, "met||Monthly invoice for payers (summary)"},
		{"no screen", plain, ruleVisual, "not applicable|it is not about a screen, as far as its words tell|"},
		{"a picture", rich, ruleVisual, "met||list.png (attachment)"},
		{"nothing guessed", plain, ruleAssumption, "met|nothing is guessed or taken for granted in title, description and acceptance criteria|"},
		{"written lately", rich, ruleStale, "met|the last word in it is of 2 October 2026|"},
		{"nobody knows when", plain, ruleStale, "not applicable|nobody knows when it was written|"},
		{"words of another language", polish, ruleVague, "not applicable|" + otherLanguage + "|"},
		{"people of another language", polish, ruleStakeholder, "not applicable|" + otherLanguage + "|"},
	} {
		r, ok := resultsOf(c.issue)[c.rule]
		require.True(t, ok, c.name)
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
	i := clearIssue()
	i.Description += " See the mock-up."
	for _, c := range []struct {
		name string
		rule ReadyRule
		want string
	}{
		{"matches", ReadyRule{ID: "x", Sentence: "links a “mock-up”", Pattern: mockUp}, "x required met: “mock-up” (description)"},
		{"matches as advice", ReadyRule{ID: "x", Pattern: mockUp, Severity: Advice}, "x advice met: “mock-up” (description)"},
		{"does not match", ReadyRule{ID: "x", Sentence: "links a “sketch”", Pattern: regexp.MustCompile("sketch")}, "x required not met: the team's rule is not met: links a sketch"},
		{"forbids what is not there", ReadyRule{ID: "x", Pattern: regexp.MustCompile("acme"), Forbid: true, In: InComments}, "x required met: nothing of the kind stands in comments"},
		{"forbids what is there", ReadyRule{ID: "x", Sentence: "has no mock-up", Pattern: mockUp, Forbid: true}, "x required not met: the team's rule is not met: has no mock-up: “mock-up” (description)"},
		{"is about other types", ReadyRule{ID: "x", Pattern: mockUp, Types: []string{"Bug", "Task"}}, "x required not applicable: it is for Bug and Task alone"},
		{"is off", ReadyRule{ID: "x", Pattern: mockUp, Severity: Off}, ""},
		{"a known rule is off", ReadyRule{ID: ruleVague, Severity: Off}, ""},
		{"a known rule is off for this type", ReadyRule{ID: ruleVague, Severity: Off, Types: []string{"Story"}}, "vague advice not applicable: the team has switched it off for Story"},
		{"a known rule is required", ReadyRule{ID: ruleVague, Severity: Required}, "vague required not met: the aim has no measure: “It should open faster” (description)"},
	} {
		got := ""
		if r, ok := resultsOf(i, c.rule)[c.rule.ID]; ok {
			shown := strings.TrimPrefix(Finding{Message: r.Note, Evidence: r.Evidence}.String(), ": ")
			got = strings.Join([]string{r.Rule, string(r.Severity), string(r.State) + ": " + shown}, " ")
		}
		assert.Equal(t, c.want, got, c.name)
	}
}

// L8 L7: an item is ready exactly if no required rule is broken, also where it has
// more findings than its list has room for; the gate holds a plan to that, and
// to its quotes.
func TestRulesAgreeWithTheVerdict(t *testing.T) {
	t.Parallel()
	crowded := Issue{Key: "PAY-3", Summary: "Improve list", Created: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), Description: "Make the list better, etc. It should be faster. " +
		"Some columns should be hidden. Perhaps we should wait for PAY-9. It depends on the new service. Should paid ones be hidden too?"}
	p := Build(Input{Session: testSession("x"), Issues: []Issue{clearIssue(), crowded}})
	require.Empty(t, Gate(p))
	for _, i := range p.Items {
		assert.Equal(t, i.Ready, !i.Rules.blocked(), i.Issue.Key)
		for _, f := range i.Findings {
			at := slices.IndexFunc(i.Rules, func(r RuleResult) bool { return r.Rule == f.Rule })
			require.GreaterOrEqual(t, at, 0, f.Rule)
			assert.Equal(t, NotMet, i.Rules[at].State, f.Rule)
		}
	}
	broken := p.Items[slices.IndexFunc(p.Items, func(i Item) bool { return i.Issue.Key == "PAY-3" })]
	assert.Greater(t, len(broken.Rules.in(NotMet)), len(broken.Findings), "what the list has no room for is not called met")

	r := slices.IndexFunc(p.Items[0].Rules, func(r RuleResult) bool { return len(r.Evidence) > 0 })
	kept := p.Items[0].Rules[r].Evidence[0]
	p.Items[0].Rules[r].Evidence[0].Quote = "what nobody wrote"
	assert.NotEmpty(t, Gate(p))
	p.Items[0].Rules[r].Evidence[0] = kept
	p.Items[0].Ready, p.Ready.Before = !p.Items[0].Ready, 2-p.Ready.Before
	assert.Contains(t, Gate(p), Violation{"items", p.Items[0].Issue.Key + " is called ready or not against what its rules come to"})
}

// L8 L14: what is nobody's business is no evidence.
func TestRulesShowNoPersonalData(t *testing.T) {
	t.Parallel()
	i := clearIssue()
	i.Description = "Payers ask dana@example.com for an invoice after every month, as the tax office wants one."
	for rule, r := range resultsOf(i) {
		for _, e := range r.Evidence {
			assert.NotContains(t, e.Quote, "@", rule)
		}
	}
	assert.Equal(t, "its words hold personal data and are not shown", resultsOf(i)[ruleNoDescription].Note)
}

// L8: each format shows the rules of an item; JSON has all of them.
func TestFormatsShowRules(t *testing.T) {
	t.Parallel()
	p := Build(Input{Session: testSession("x"), Issues: []Issue{clearIssue()}})
	var text, markdown, tagged strings.Builder
	require.NoError(t, WriteText(&text, p))
	require.NoError(t, WriteMarkdown(&markdown, p))
	require.NoError(t, WriteTagged(&tagged, p))
	assert.Contains(t, text.String(), "    Definition of Ready: 7 of 7 required rules met, 5 of 6 advised\n      met: says more than its title (“Payers ask for")
	assert.Contains(t, text.String(), "      met, as nothing in the ticket speaks against it: leaves no question open; does not contradict itself; ")
	assert.Contains(t, text.String(), "      not met: has a measure for what it aims at\n")
	assert.Contains(t, text.String(), "      does not apply: asks for what no other item asks for, ")
	assert.Contains(t, markdown.String(), "\n- Definition of Ready: 7 of 7 required rules met, 5 of 6 advised\n  - met: says more than its title (“Payers ask for")
	assert.NotContains(t, tagged.String(), "required rules met", "the sections of the first seed stay as short as they are")
	v := View(p).Items[0]
	require.Len(t, v.Readiness, len(readyRules))
	assert.Equal(t, ruleNoDescription, v.Readiness[0].Rule)
	assert.NotNil(t, v.Readiness[2].Evidence)
}

// L8 L9: what a story shows beside others is known once all are read.
func TestCheckedStoriesShowRules(t *testing.T) {
	t.Parallel()
	c := NewChecker(DefinitionOfReady{}, testSession("x").Start)
	c.Explain = true
	texts := []string{
		"As a payer, I want to see what I owe, so that I pay in time.", "As a clerk, I want to find an invoice, so that I can answer a call.",
		"As a clerk, I want to print a letter, so that I can send it.", "As a payer, I want to change my address, so that letters arrive.",
		"As a clerk, I can block a payer, so that no more is lent.",
	}
	var all []*Checked
	for n, text := range texts {
		got := c.Story(string(rune('1'+n)), text)
		all = append(all, &got)
	}
	c.Together(all)
	state := func(n int, rule string) RuleResult {
		at := slices.IndexFunc(all[n].Readiness, func(r RuleResult) bool { return r.Rule == rule })
		require.GreaterOrEqual(t, at, 0)
		return all[n].Readiness[at]
	}
	assert.Equal(t, RuleResult{ruleUnique, "asks for what no other item asks for", Advice, Met, "no other story beside it asks for the same",
		[]Evidence{{Where: "story", Quote: "As a payer, I want to see what I owe, so that I pay in time"}}}, state(0, ruleUnique))
	assert.Equal(t, Met, state(0, ruleUniform).State)
	assert.Equal(t, NotMet, state(4, ruleUniform).State)
	assert.Equal(t, -1, slices.IndexFunc(all[0].Readiness, func(r RuleResult) bool { return r.Rule == ruleCriteria }), "not asked of a story")

	quiet := NewChecker(DefinitionOfReady{}, testSession("x").Start)
	assert.Empty(t, quiet.Story("1", texts[0]).Readiness)
}
