package planner

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// L2 L3 L4 L5 L6 L7 L8: whatever real tickets meet, the plan passes the gate,
// quotes only what stands in them and loses none of them.
func TestRandomSetsOfRealIssues(t *testing.T) {
	t.Parallel()
	keys, issues, _ := realIssues(t)
	rng := rand.New(rand.NewPCG(1, 2))
	wordings, forms := map[string]int{}, map[string]int{}
	const sets = 200 / sample
	for range sets {
		in := Input{Session: testSession("Flagged items")}
		for _, n := range rng.Perm(len(keys))[:3+rng.IntN(7)] {
			in.Issues = append(in.Issues, issues[keys[n]])
		}
		p := Build(in)
		if found := Gate(p); !assert.Empty(t, found, keysIn(in.Issues)) {
			continue
		}
		assert.Len(t, in.Issues, len(p.Items)+len(p.Deferred))
		assertVerbatim(t, p)
		for _, q := range p.Questions {
			wordings[bare(q.Text)]++
		}
		b := newBuilder(in)
		b.questions()
		for form := range b.asked {
			forms[form]++
		}
	}
	for w, n := range wordings {
		assert.LessOrEqual(t, n, sets/4, "worn: %s", w)
	}
	most := ""
	for f, n := range forms { // stricter: what of the ticket stands in the question does not count
		assert.LessOrEqual(t, n, sets/4, "worn: %s", f)
		if n > forms[most] || n == forms[most] && f < most {
			most = f
		}
	}
	t.Logf("%d sets, the most used form of %d stands in %d of them: %s", sets, len(forms), forms[most], most)
}

// L1 to L7 for every epic there is, whether its own text is known or not.
func TestEveryRealEpic(t *testing.T) {
	t.Parallel()
	keys, issues, epicOf := realIssues(t)
	inputs := map[string]*Input{}
	for _, k := range keys {
		epic := epicOf[k]
		if epic == "" {
			continue
		}
		in := inputs[epic]
		if in == nil {
			in = &Input{Session: testSession(epic)}
			if i, ok := issues[epic]; ok {
				in.Epic = &i
			}
			inputs[epic] = in
		}
		in.Issues = append(in.Issues, issues[k])
	}
	for epic, in := range inputs {
		p := Build(*in)
		assert.Empty(t, Gate(p), epic)
		assertVerbatim(t, p)
	}
}

func keysIn(issues []Issue) (keys []string) {
	for _, i := range issues {
		keys = append(keys, i.Key)
	}
	return keys
}

// assertVerbatim checks quotes by a rule of its own, so that the planner's idea
// of markup is not judged by itself.
func assertVerbatim(t *testing.T, p Plan) {
	t.Helper()
	texts := map[string]string{}
	for _, i := range p.Items {
		raw := i.Issue.Summary + "\n" + i.Issue.Description
		for _, c := range i.Issue.Comments {
			raw += "\n" + c.Body
		}
		texts[i.Issue.Key] = letters(raw)
	}
	for _, i := range p.Items {
		for _, f := range i.Findings {
			for _, e := range f.Evidence {
				assert.Contains(t, texts[i.Issue.Key], letters(e.Quote), "%s %s", i.Issue.Key, f.Rule)
				assert.LessOrEqual(t, len([]rune(e.Quote)), maxQuote)
			}
		}
	}
	for _, i := range p.Items {
		assertRulesVerbatim(t, i)
	}
	for _, q := range p.Questions {
		if text, ok := texts[q.Key]; ok {
			assert.Contains(t, text, letters(q.Quote), q.Text)
		}
	}
}

// assertRulesVerbatim checks that what shows a rule stands where it is said to
// stand, and that no rule is without a word on what it goes by.
func assertRulesVerbatim(t *testing.T, i Item) {
	t.Helper()
	texts := map[string]string{}
	add := func(where, text string) { texts[where] += letters(text) + "\n" }
	add("summary", i.Issue.Summary)
	add("description", i.Issue.Description)
	add("acceptance criteria", i.Issue.AcceptanceCriteria)
	for _, c := range i.Issue.Comments {
		add("comment by "+cmp.Or(c.Author.Name, "somebody"), c.Body)
	}
	for _, l := range i.Issue.Links {
		add("link", l.Phrase+" "+l.Key)
	}
	for _, r := range i.Rules {
		assert.NotEmpty(t, r.Sentence, r.Rule)
		assert.True(t, len(r.Evidence) > 0 || r.Note != "", "%s %s shows nothing", i.Issue.Key, r.Rule)
		assert.True(t, r.State != NotApplicable || len(r.Evidence) == 0, "%s %s", i.Issue.Key, r.Rule)
		for _, e := range r.Evidence {
			assert.NotEmpty(t, letters(e.Quote), "%s %s", i.Issue.Key, r.Rule)
			assert.Contains(t, texts[e.Where], letters(e.Quote), "%s %s, %s", i.Issue.Key, r.Rule, e.Where)
			assert.LessOrEqual(t, len([]rune(e.Quote)), maxQuote)
		}
	}
	assert.Len(t, i.Rules, len(readyRules), i.Issue.Key)
}

// letters drops all that is not a letter or a digit, formatting macros first.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n\u00a0\u200b*_{}[]|+^~\\-", r) {
			return -1
		}
		return r
	}, dropMacros(s))
}

// L2: every length of session adds up, and what is unusual is stated.
func TestDurations(t *testing.T) {
	t.Parallel()
	for minutes := 4; minutes <= 180; minutes++ {
		in := Input{Session: testSession("x")}
		in.Session.Duration = time.Duration(minutes) * time.Minute
		for n := range 7 {
			in.Issues = append(in.Issues, Issue{Key: fmt.Sprintf("PAY-%d", n+1), Summary: "Invoice list", Description: "Make it faster, etc."})
		}
		assert.Empty(t, Gate(Build(in)), "%d minutes", minutes)
	}
}

func TestPresentersTakeTurns(t *testing.T) {
	t.Parallel()
	in := Input{Session: testSession("Flagged items"), Presenters: []string{"Dana", "Ivo"}}
	for _, key := range []string{"PAY-1", "PAY-2", "PAY-3"} {
		in.Issues = append(in.Issues, Issue{Key: key, Summary: "Show what is owed on " + key, Description: "Clerks cannot see who owes what in " + key + "."})
	}
	first := Build(in)
	in.Session.Start = in.Session.Start.AddDate(0, 0, 7)
	next := Build(in)
	turns := func(p Plan) (names []string) {
		for _, s := range p.Agenda[1].Items {
			if s.Topic == "" {
				names = append(names, s.Presenter)
			}
		}
		return names
	}
	assert.NotEqual(t, turns(first)[0], turns(first)[1])
	assert.NotEqual(t, turns(first)[0], turns(next)[0], "another one begins the week after")
	assert.Empty(t, Gate(first))
}
