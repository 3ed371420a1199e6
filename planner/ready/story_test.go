package ready

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// storyFiles are the labelled stories, where they are.
func storyFiles(t testing.TB, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(shared + "/stories/" + pattern)
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("no labelled stories beside this repository")
	}
	slices.Sort(files)
	return files
}

func nameOf(file string) string {
	return strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
}

type labelledParts struct {
	Text    string   `json:"text"`
	Persona []string `json:"persona"`
	Action  []string `json:"primary_action"`
	Benefit string   `json:"benefit"`
}

// same compares parts as a reader does: white space, case and the punctuation
// at their end aside.
func same(a, b string) bool { return bareText(a) == bareText(b) }

func bareText(s string) string {
	return strings.TrimRight(strings.ToLower(strings.Join(strings.Fields(s), " ")), " .,;:!")
}

// L9: the parts of labelled stories. A label is right if the role and the end
// are the same, and the means holds the action (the first word, for actions that
// are labelled with a gap).
func TestLabelledParts(t *testing.T) {
	t.Parallel()
	var all struct{ n, role, means, end, every int }
	for _, file := range storyFiles(t, "parts/*.jsonl") {
		var n, right int
		for _, line := range readLines(t, file) {
			var want labelledParts
			require.NoError(t, json.Unmarshal(line, &want))
			s := ParseStory(want.Text)
			role := same(s.Role, want.Persona[0])
			means := !slices.ContainsFunc(want.Action[:1], func(a string) bool { return !strings.Contains(bareText(s.Means), bareText(a)) })
			end := same(s.End, want.Benefit)
			n++
			all.n++
			all.role += one(role)
			all.means += one(means)
			all.end += one(end)
			all.every += one(role && means && end)
			right += one(role && means && end)
			if os.Getenv("MISSES") != "" && !(role && means && end) {
				t.Logf("MISS %s %v %v %v: %s\n\trole %q\n\tmeans %q (%q)\n\tend %q (%q)", nameOf(file), role, means, end, want.Text, s.Role, s.Means, want.Action, s.End, want.Benefit)
			}
		}
		t.Logf("%s: %d of %d right", nameOf(file), right, n)
	}
	t.Logf("role %d, means %d, end %d, all three %d of %d", all.role, all.means, all.end, all.every, all.n)
	assert.GreaterOrEqual(t, float64(all.every), 0.95*float64(all.n))
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// L9: the shapes in which teams write.
func TestParseStory(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, role, means, end string }{
		{"as taught", "As a clerk, I want to see debts, so that I can call.", "clerk", "see debts", "I can call"},
		{"without commas", "as an auditor I would like to see debts so I can judge them", "auditor", "see debts", "I can judge them"},
		{"a role with commas", "As a buyer, payer or guest, I need to see my debts in order to pay.", "buyer, payer or guest", "see my debts", "pay"},
		{"a modal verb", "As the clerk, I should be able to see debts because payers ask.", "clerk", "see debts", "payers ask"},
		{"a thing", "As a clerk, I want a list of debts.", "clerk", "want a list of debts", ""},
		{"a negation stays", "As a payer, I don't want to see old debts, so that I am not confused.", "payer", "don't want to see old debts", "I am not confused"},
		{"the end first", "In order to call payers, as a clerk I want to see debts.", "clerk", "see debts", "call payers"},
		{"the end apart", "As a clerk, I want to see debts. So that I can call.", "clerk", "see debts", "I can call"},
		{"an aim after a comma", "As a clerk, I want to see debts, to call payers.", "clerk", "see debts", "call payers"},
		{"spaces and line breaks", "  As  a  clerk ,\nI  want to\tsee debts , so   that I can call .", "clerk", "see debts", "I can call"},
		{"a mark twice", "As a clerk, I want to see debts, so that so that I can call.", "clerk", "see debts", "I can call"},
		{"no article", "As lab clerk, I want to see debts.", "lab clerk", "see debts", ""},
		{"a forgotten I", "As a clerk, would like to see debts.", "clerk", "see debts", ""},
		{"after a label", "PAY-7: As a clerk, I want to see debts.", "clerk", "see debts", ""},
		{"so far is no end", "As a clerk, I want to see what was paid so far.", "clerk", "see what was paid so far", ""},
		{"German", "Als Buchhalterin möchte ich Schulden sehen, damit ich anrufen kann.", "Buchhalterin", "Schulden sehen", "ich anrufen kann"},
		{"German with an article", "Als ein Kunde will ich Schulden sehen, um sie zu zahlen.", "Kunde", "Schulden sehen", "sie zu zahlen"},
		{"French", "En tant que comptable, je veux voir les dettes afin de pouvoir appeler.", "comptable", "voir les dettes", "pouvoir appeler"},
		{"French, shortened", "En tant qu'utilisateur, j'aimerais voir mes dettes pour les payer.", "utilisateur", "voir mes dettes", "les payer"},
		{"a consequence", "As a result, we need to look at it.", "", "", ""},
		{"a first step", "As a first step, I want to look at it.", "", "", ""},
		{"a follow-on", "As a follow-on to PAY-3, we need to look at it.", "", "", ""},
		{"a role like a thing", "As a test engineer, I want to see debts.", "test engineer", "see debts", ""},
		{"a reason", "As the page is slow, I want to fix it.", "", "", ""},
		{"a pronoun", "As we grow, we need more space.", "", "", ""},
		{"no wish", "As a clerk, the page is slow.", "clerk", "", ""},
		{"no role", "I want to see debts so that I can call.", "", "see debts", "I can call"},
		{"no story", "Fix the login page", "", "", ""},
		{"nothing", "", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := ParseStory(c.text)
			assert.Equal(t, []string{c.role, c.means, c.end}, []string{s.Role, s.Means, s.End})
		})
	}
}

// L9: a sentence in which no role is looked for holds no story, in any language and wherever
// the story begins.
func TestNoStoryIsOverlooked(t *testing.T) {
	t.Parallel()
	stories := []string{
		"As a clerk, I want to see what is due so that I can ask for it", "as an admin I'd like a list", "As the owner I need a report", "As clerks, we want a list",
		"So that I can ask for it, as a clerk I want to see what is due", "In order to be paid, as a clerk I want a list",
		"Als Sachbearbeiterin möchte ich sehen, was offen ist, damit ich mahnen kann", "Als ein Kunde will ich eine Liste", "Um bezahlt zu werden, möchte ich als Kunde eine Liste",
		"En tant que client, je veux une liste afin de payer", "Como cliente, quiero una lista para pagar", "Als klant wil ik een lijst zodat ik kan betalen",
		"Come cliente, voglio una lista per pagare", "Como usuário, quero uma lista para pagar",
	}
	for _, file := range shownStories(t) {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		stories = append(stories, strings.Split(string(data), "\n")...)
	}
	found := 0
	for _, story := range stories {
		for _, front := range []string{"", "Story: ", "* ", "1. ", "Background. ", "Now – ", "It is late; ", "We know, "} {
			for _, h := range storyShapes() {
				if said := front + story; h.parse(said).Complete() {
					found++
					assert.True(t, h.opens(said), "%q", said)
				}
			}
		}
	}
	assert.Greater(t, found, 50)
}

// shownStories are the labelled ones, none where they are absent.
func shownStories(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(shared + "/stories/*/*.txt")
	require.NoError(t, err)
	return files
}
