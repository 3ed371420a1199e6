package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// namesSection knows the labels that rule what follows without standing on a
// line of their own.
func namesSection(label string) bool {
	return NamesCriteria(label) || NamesExpectation(label) || NamesActual(label) || shortScript(label)
}

type criteriaName struct {
	name  string
	alone bool
}

// criteriaNames are what teams call the statements of when a ticket is done.
// Those that only stand for themselves also mean other things when words
// follow: "acceptance tests failed".
var criteriaNames = []criteriaName{
	{name: "acceptance criteria"}, {name: "acceptance criterion"}, {name: "acceptance criterias"}, {name: "acceptance conditions"},
	{name: "completion criteria"}, {name: "exit criteria"}, {name: "success criteria"}, {name: "done criteria"},
	{name: "acceptance-criteria"}, {name: "criteria for acceptance"}, {name: "criteria of acceptance"}, {name: "criteria for completion"},
	{name: "acceptance tests", alone: true}, {name: "acceptance test", alone: true}, {name: "acceptance testing", alone: true},
	{name: "definition of done"}, {name: "conditions of satisfaction"}, {name: "condition of satisfaction"}, {name: "condition of acceptance"},
	// In the languages of other teams.
	{name: "akzeptanzkriterien"}, {name: "abnahmekriterien"}, {name: "critères d'acceptation"}, {name: "critères d’acceptation"}, {name: "criterios de aceptación"},
	{name: "critérios de aceitação"}, {name: "critérios de aceite"}, {name: "criteri di accettazione"}, {name: "acceptatiecriteria"}, {name: "kryteria akceptacji"},
	{name: "критерии приемки"}, {name: "критерии приёмки"}, {name: "критерії приймання"}, {name: "受け入れ基準"}, {name: "受入基準"}, {name: "验收标准"}, {name: "驗收標準"},
	{name: "done when", alone: true}, {name: "done if", alone: true}, {name: "accepted when", alone: true}, {name: "complete when", alone: true},
}

// criteriaShort are short for the same, and written in capitals.
var criteriaShort = []string{"AC", "ACs", "AC's", "A/C", "CC", "COS", "CoS", "DoD", "DOD"}

// beforeCriteria are the words that may stand before a name of criteria.
var beforeCriteria = WordSet("the our its proposed suggested draft updated new user customer functional ui ux qa dev technical business story ticket task initial additional final revised high-level basic main current this is ticket's story's it's it we are")

// afterCriteria may follow it.
var afterCriteria = WordSet("for of are is include includes as")

// NamesCriteria reports whether a heading or label announces acceptance
// criteria, whatever the team calls them and whatever signs it sets around.
func NamesCriteria(label string) bool {
	if len(label) > 3*longestLabel {
		return false
	}
	label = bare(label)
	if len(label) < 2 || len(label) > 2*longestLabel {
		return false
	}
	for _, short := range criteriaShort {
		if after, ok := strings.CutPrefix(label, short); ok && closes(after) || strings.EqualFold(label, short) {
			return true
		}
	}
	if label[0] < utf8.RuneSelf && strings.IndexByte("abcdefhikmnopqrstuw", label[0]|0x20) < 0 {
		return false
	}
	label = strings.ToLower(apart(label))
	return slices.ContainsFunc(criteriaNames, func(c criteriaName) bool { return c.within(label) })
}

// bare is a label without the number, the icon or the signs around it:
// "3. (/) AC:", ":memo: AC".
func bare(label string) string {
	label = strings.Trim(label, " :*_+-.")
	for strings.HasSuffix(label, ")") && len(label) > 3 && tickBox(label[len(label)-3:]+" ") > 0 {
		label = strings.TrimRight(label[:len(label)-3], " :*_+-.")
	}
	if name, after, ok := strings.Cut(label, ": "); ok && strings.Contains(name, "_") {
		label = after
	}
	for label != "" {
		if n := tickBox(label); n > 0 {
			label = label[n:]
		} else if r, size := utf8.DecodeRuneInString(label); !unicode.IsLetter(r) {
			label = label[size:]
		} else {
			break
		}
	}
	return label
}

// apart sets a space where a capital follows a small letter: "DoneCriteria".
func apart(label string) string {
	for i := 1; i < len(label); i++ {
		if isUpper(label[i]) && isLower(label[i-1]) {
			return label[:i] + " " + apart(label[i:])
		}
	}
	return label
}

// within reports whether a label is that name, with no other words than such as
// go with it.
func (c criteriaName) within(label string) bool {
	at := strings.Index(label, c.name)
	if at < 0 || at > 0 && !isBlank(label[at-1]) {
		return false
	}
	after := label[at+len(c.name):]
	if next := strings.TrimSpace(after); !closes(after) && (c.alone || next == after || !afterCriteria[leadingWord(next)]) {
		return false
	}
	return onlyOf(label[:at], beforeCriteria)
}

// closes reports whether a name ends here, a number or a remark in brackets
// aside.
func closes(after string) bool {
	after = strings.TrimLeft(after, " #:0123456789")
	return after == "" || after[0] == '('
}

func leadingWord(s string) string {
	return s[:wordLength(s)]
}

func onlyOf(s string, set map[string]bool) bool {
	for w := range strings.FieldsSeq(s) {
		if !set[w] {
			return false
		}
	}
	return true
}

// NamesExpectation knows where reports tell what should happen instead.
func NamesExpectation(label string) bool {
	return namesOneOf(label, "expected", "expected result", "expected results", "expected behavior", "expected behaviour", "desired behavior", "desired behaviour",
		"expected behavoir", "expected outcome", "expected output", "expected outcomes", "expectation", "expectations", "expected to", "what is expected", "should be")
}

func NamesActual(label string) bool {
	return namesOneOf(label, "actual", "actual result", "actual results", "actual behavior", "actual behaviour", "actual outcome", "actual output", "observed", "observed behavior", "current behavior", "current behaviour")
}

// shortScript knows the labels of test steps that stand before their text.
func shortScript(label string) bool {
	return label == "QA" || namesOneOf(label, "steps to reproduce", "steps", "test steps", "testing notes", "test notes", "to test", "how to test", "to reproduce", "replication instructions", "testing instructions", "environment")
}

func namesOneOf(label string, names ...string) bool {
	label = strings.Trim(label, " :*_+-.(!)")
	return len(label) >= 5 && len(label) <= 30 && slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(label, name) })
}
