package ready

import (
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// qusRules are the rules that the labelled stories have labels for.
var qusRules = []string{RuleAtomic, RuleMinimal, RuleUniform, RuleUnique}

func (a tally) plus(b tally) tally { return tally{a.hit + b.hit, a.alarm + b.alarm, a.miss + b.miss} }

// labelledStories are a set's stories and the labels that people gave them.
func labelledStories(t testing.TB, file string) (texts []string, labels [][]string) {
	t.Helper()
	for n, line := range readLines(t, file) {
		columns := strings.Split(string(line), "\t")
		if n == 0 || len(columns) < 2 {
			continue
		}
		texts = append(texts, columns[0])
		labels = append(labels, strings.Split(strings.ToLower(columns[1]), ", "))
	}
	return texts, labels
}

// checkedStories judges stories as one list.
func checkedStories(texts []string) []*Checked {
	c, all := NewChecker(Definition{}, today), make([]*Checked, len(texts))
	for n, text := range texts {
		checked := c.Story(strconv.Itoa(n+1), text)
		all[n] = &checked
	}
	c.Together(all)
	return all
}

func scores(t testing.TB, file string) map[string]tally {
	t.Helper()
	texts, labels := labelledStories(t, file)
	out := map[string]tally{}
	for n, c := range checkedStories(texts) {
		for _, rule := range qusRules {
			found := slices.ContainsFunc(c.Findings, func(f Finding) bool { return f.Rule == rule })
			label := slices.Contains(labels[n], rule)
			out[rule] = out[rule].plus(tally{one(found && label), one(found && !label), one(!found && label)})
			if os.Getenv("MISSES") != "" && found != label {
				t.Logf("%s found %v, labelled %v: %s", rule, found, label, texts[n])
			}
		}
	}
	return out
}

// L9: on stories that people have labelled, the findings of the four criteria
// hold up, and find most of what people found.
func TestLabelledQuality(t *testing.T) {
	t.Parallel()
	var all tally
	sums := map[string]tally{}
	for _, file := range storyFiles(t, "qus-spr8/g*.tsv") {
		var set tally
		for rule, c := range scores(t, file) {
			t.Logf("%s %s: %s", nameOf(file), rule, c)
			sums[rule] = sums[rule].plus(c)
			set = set.plus(c)
		}
		t.Logf("%s: %s", nameOf(file), set)
		all = all.plus(set)
	}
	for _, rule := range slices.Sorted(maps.Keys(sums)) {
		t.Logf("all %s: %s", rule, sums[rule])
	}
	t.Logf("all: %s", all)
	assert.GreaterOrEqual(t, all.precision(), 0.89)
	assert.GreaterOrEqual(t, all.recall(), 0.72)
}
