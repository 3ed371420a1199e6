package ready

import (
	"fmt"
	"hash/fnv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A labelled issue is one that a person has read. Its criteria are known by a
// hash of the first one's first words: the words are not ours to copy.
type labelled struct {
	key, set string
	label    string // "yes": acceptance criteria; "weak": a fault or an expectation that can be checked; "no"
	first    string
}

func labelledIssues(t *testing.T) (out []labelled) {
	t.Helper()
	for _, line := range readLines(t, "testdata/criteria-labels.tsv") {
		f := strings.Split(string(line), "\t")
		if f[0] == "key" || strings.HasPrefix(f[0], "#") {
			continue
		}
		require.Len(t, f, 4, string(line))
		out = append(out, labelled{key: f[0], set: f[1], label: f[2], first: f[3]})
	}
	return out
}

// firstWords is the hash of a text's first two words.
func firstWords(text string) string {
	words := strings.Fields(strings.ToLower(text))
	h := fnv.New32a()
	fmt.Fprint(h, strings.Join(words[:min(len(words), 2)], " "))
	return fmt.Sprintf("%08x", h.Sum32())
}

// L8 L9: on issues that a person has read, acceptance criteria are found and
// little else is. The seen ones were labelled before the rule was written, the
// unseen after, and the later when what they had shown was mended.
func TestCriteriaAgreeWithReaders(t *testing.T) {
	t.Parallel()
	issues := byKey(realIssues(t, "jira/*.jsonl"))
	for _, set := range []string{"seen", "unseen", "later"} {
		var hit, missed, alarm, located, tell, silent int
		for _, l := range labelledIssues(t) {
			if l.set != set {
				continue
			}
			r := Read(issues[l.key])
			switch yes := l.label == "yes"; {
			case yes && r.done.named:
				hit++
				if firstWords(r.done.criteria[0].Text) == l.first {
					located++
				} else {
					t.Logf("%s begins with %q", l.key, r.done.criteria[0].Text)
				}
			case yes:
				missed++
				t.Logf("%s is missed", l.key)
			case r.done.named:
				alarm++
				t.Logf("%s is a false alarm: %q", l.key, r.done.criteria[0].Text)
			case l.label == "weak" && len(r.done.criteria) > 0:
				tell++
			case l.label == "weak":
				silent++
				t.Logf("%s has a weak sign that is not seen", l.key)
			}
		}
		require.NotZero(t, hit, set)
		precision, recall := float64(hit)/float64(hit+alarm), float64(hit)/float64(hit+missed)
		t.Logf("%s: %d right, %d missed, %d false: precision %.3f, recall %.3f; first criterion located %d of %d; weak signs %d of %d",
			set, hit, missed, alarm, precision, recall, located, hit, tell, tell+silent)
		assert.GreaterOrEqual(t, precision, 0.95, set)
		assert.GreaterOrEqual(t, recall, 0.9, set)
	}
}
