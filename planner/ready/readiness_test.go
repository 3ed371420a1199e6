package ready

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// blocks are the rules that keep an issue from being ready.
func blocks(i ticket.Issue) (rules []string) {
	for _, f := range Judge([]ticket.Issue{i}, Definition{}, today)[0].Findings {
		if f.Blocks {
			rules = append(rules, f.Rule)
		}
	}
	return rules
}

// payers is a description that says enough for anybody.
const payers = "Payers cannot find the invoice of last month, because the list is sorted by name and not by date."

func by(name, body string) ticket.Comment {
	return ticket.Comment{Author: ticket.Person{ID: name, Name: name}, Body: body}
}

// L8: when a ticket tells by what it is done, and when it does not, as people who
// read tickets see it (data/jira/verdicts).
func TestResult(t *testing.T) {
	t.Parallel()
	no := []string{RuleCriteria}
	for _, c := range []struct {
		name, kind, summary, description string
		want                             []string
	}{
		{"a fault whose opposite is the result", "Bug", "Invoices", "The list of invoices stays empty.", nil},
		{"a fault in a story", "Story", "Invoices", "The invoice is missing.", nil},
		{"a fault that its type alone tells", "Bug", "List jumps", "It jumps.", nil},
		{"text that can be checked", "Story", "Invoices", "Paid invoices should no longer be shown.", nil},
		{"one look shows it", "Task", "Invoices", `Capitalize "N" in the heading.`, nil},
		{"one look shows that it is gone", "Task", "Old list", "Remove the old list", nil},
		{"a renaming", "Task", "List", "The list should be renamed.", nil},
		{"a condition", "Task", "Support phones", "Turn the list when the phone turns", nil},
		{"something exact", "Task", "Update the ledger", "Ledger 5.4.0", nil},
		{"a name of code", "Task", "Update the ledger", "Set retryLimit", nil},
		{"an example in code", "Task", "Support the ledger", "Support this:\n{code}\nledger.pay(7)\n{code}", nil},
		{"a list", "Task", "Ledger", "* add phones\n* handle faxes\n* fix letters", nil},
		{"words enough", "Task", "Ledger", "Add a column with the day on which the bank got the money of each payer", nil},
		{"a repeat of the title", "Task", "Add support for the ledger", "Add support for the ledger", no},
		{"hardly more than the title", "Story", "Add Apple Pay", "We should wrap the APIs of Apple Pay into the app", no},
		{"an umbrella", "Task", "Support scanners", "This ticket will track all items that are needed to support scanners", no},
		{"criteria that repeat the title", "Task", "Support the ledger", "Support the ledger.\n\nAcceptance criteria:\n* support the ledger", no},
		{"a wish in a sentence", "Story", "Log in", "As a user I want to log in", no},
		{"TBD is no description", "Task", "Draft of the language", "TBD", []string{RuleNoDescription}},
		{"nor is a word for later", "Task", "Draft of the language", "to be done", []string{RuleNoDescription}},
		{"nor is a pointer", "Task", "Draft of the language", "See PAY-7", []string{RuleNoDescription}},
		{"nor a link", "Task", "Draft of the language", "https://example.com/draft", []string{RuleNoDescription}},
		{"none at all", "Bug", "It jumps", "", []string{RuleNoDescription}},
		{"one word of discretion voids nothing", "Story", "Invoices", "Acceptance criteria:\n* the day is shown as needed\n* the sum is shown\n* the payer is named", nil},
	} {
		assert.Equal(t, c.want, blocks(ticket.Issue{Key: "PAY-1", Type: c.kind, Summary: c.summary, Description: c.description}), c.name)
	}
}

// L8: what a ticket leaves open, and what only looks so.
func TestOpen(t *testing.T) {
	t.Parallel()
	open := []string{RuleOpenQuestion}
	for _, c := range []struct {
		name, kind, text string
		want             []string
	}{
		{"a part to be filled in", "Story", payers + " The hour of the letter is TBD.", open},
		{"in a fault, too", "Bug", payers + " Steps to reproduce: TBD", open},
		{"undecided", "Story", payers + " We need to decide which date counts.", open},
		{"not sure", "Story", payers + " Not sure whether the bank gives us the date.", open},
		{"alternatives", "Story", payers + " Sort it by date.\n\nOr we could show the last month alone.", open},
		{"a reporter who does not know why", "Bug", payers + " I am not sure why.", nil},
		{"a question about what should be", "Story", payers + " Should paid invoices be sorted by date as well?", open},
		{"a case nobody thought of", "Story", payers + " What happens if an invoice has no date?", open},
		{"a question with its answer", "Story", payers + " Should paid invoices be sorted as well? Yes, by date.", nil},
		{"a request", "Story", payers + " Can we sort the list by date instead?", nil},
		{"a question of a reporter", "Bug", payers + " Is that a bug?", nil},
		{"decided meanwhile", "Story", payers + " Need to decide which date counts (per discussion, that of the letter).", nil},
		{"users who do not know", "Story", "As a payer who is unclear on fees, I want to see them, so that I pay in time.", nil},
		{"a comment in code", "Story", payers + " Leave the TODO comments as they are.", nil},
	} {
		assert.Equal(t, c.want, blocks(ticket.Issue{Key: "PAY-1", Type: c.kind, Summary: "Sort invoices", Description: c.text}), c.name)
	}
}

// L8: process talk in comments is no question, and what nobody saw again is open.
func TestComments(t *testing.T) {
	t.Parallel()
	open, wait := []string{RuleOpenQuestion}, []string{RuleDependency}
	for _, c := range []struct {
		name, kind string
		comments   []ticket.Comment
		want       []string
	}{
		{"an update is asked for", "Bug", []ticket.Comment{by("Dana", "Can I get an update?")}, nil},
		{"somebody offers to do it", "Story", []ticket.Comment{by("Dana", "Can I work on this?")}, nil},
		{"not seen again", "Bug", []ticket.Comment{by("Dana", "It is bad."), by("Robin", "I cannot reproduce this with the list of March.")}, open},
		{"seen later", "Bug", []ticket.Comment{by("Robin", "Unable to reproduce."), by("Dana", "I can reproduce it with April.")}, nil},
		{"mended later", "Bug", []ticket.Comment{by("Robin", "Unable to reproduce."), by("Dana", "PR: https://github.com/a/b/pull/7")}, nil},
		{"a program's word", "Bug", []ticket.Comment{by("Jenkins", "Unable to reproduce the build.")}, nil},
		{"to be tried with the next release", "Story", []ticket.Comment{by("Dana", "The API does not work. We need to verify this in the next beta.")}, wait},
		{"until somebody else has moved", "Story", []ticket.Comment{by("Dana", "Leaving this one on hold until the bank answers.")}, wait},
		{"progress", "Story", []ticket.Comment{by("Dana", "Waiting on Jenkins build.")}, nil},
	} {
		assert.Equal(t, c.want, blocks(ticket.Issue{Key: "PAY-1", Type: c.kind, Summary: "Sort invoices", Description: payers, Comments: c.comments}), c.name)
	}
}

// L8: what a ticket waits for, by link and by word.
func TestWaits(t *testing.T) {
	t.Parallel()
	wait := []string{RuleDependency}
	open := ticket.Ref{Key: "PAY-7", Status: "Open"}
	done := ticket.Ref{Key: "PAY-7", Status: "Done", Done: true}
	for _, c := range []struct {
		name, text string
		links      []ticket.Link
		want       []string
	}{
		{"an open blocker", payers, []ticket.Link{{Phrase: "is blocked by", Ref: open}}, wait},
		{"another phrase for it", payers, []ticket.Link{{Phrase: "has to be done after", Ref: open}}, wait},
		{"one that is done", payers, []ticket.Link{{Phrase: "is blocked by", Ref: done}}, nil},
		{"one that nobody knows of", payers, []ticket.Link{{Phrase: "is blocked by", Ref: ticket.Ref{Key: "PAY-7"}}}, nil},
		{"the other way round", payers, []ticket.Link{{Phrase: "blocks", Ref: open}}, nil},
		{"no wait", payers, []ticket.Link{{Phrase: "relates to", Ref: open}}, nil},
		{"a release", "Pending the release of the ledger, sort the list by date. " + payers, nil, wait},
		{"a ticket", payers + " This depends on PAY-7.", nil, wait},
		{"a ticket that is done", payers + " This depends on PAY-7.", []ticket.Link{{Phrase: "relates to", Ref: done}}, nil},
		{"what a program waits for", payers + " The list depends on the cache, and the job is blocked by a lock.", nil, nil},
	} {
		assert.Equal(t, c.want, blocks(ticket.Issue{Key: "PAY-1", Type: "Story", Summary: "Sort invoices", Description: c.text, Links: c.links}), c.name)
	}
}

// L9: what is more than one ticket is said, or shows by counting against the
// team's limit; only what is said blocks.
func TestSize(t *testing.T) {
	t.Parallel()
	points := func(n float64) ticket.Issue { return ticket.Issue{StoryPoints: &n} }
	many := ticket.Issue{AcceptanceCriteria: "* a is shown\n* b is shown\n* c is shown\n* d is shown\n* e is shown\n* f is shown\n* g is shown\n* h is shown\n* i is shown\n* j is shown\n* k is shown"}
	for _, c := range []struct {
		name    string
		issue   ticket.Issue
		limit   float64
		message string
		blocks  bool
	}{
		{"usual points", points(13), 0, "", false},
		{"more points", points(20), 0, "it has 20 story points", false},
		{"the team's limit", points(8), 5, "it has 8 story points, more than 5", true},
		{"within the team's limit", points(20), 40, "", false},
		{"subtasks", ticket.Issue{Subtasks: make([]ticket.Ref, 9)}, 0, "it has 9 subtasks", false},
		{"criteria", many, 0, "it lists 11 acceptance criteria", false},
		{"said", ticket.Issue{Comments: []ticket.Comment{by("Dana", "This story is too big for one sprint.")}}, 0, "somebody says that it is more than one ticket", true},
		{"several faults", ticket.Issue{Type: "Bug", Comments: []ticket.Comment{by("Dana", "There are 3 separate issues here.")}}, 0, "somebody says that it is more than one ticket", true},
		{"split already", ticket.Issue{Comments: []ticket.Comment{by("Dana", "We have already split it, it was too big for one sprint.")}}, 0, "", false},
	} {
		c.issue.Key, c.issue.Summary, c.issue.Description = "PAY-1", "Sort invoices", payers
		got := Judge([]ticket.Issue{c.issue}, Definition{MaxPoints: c.limit}, today)[0]
		message := ""
		for _, f := range got.Findings {
			if f.Rule == RuleSize {
				message = f.Message
			}
		}
		assert.Equal(t, c.message, message, c.name)
		assert.Equal(t, c.blocks, !got.Ready, c.name)
	}
}

// L15: where nobody knows the language, no rule of wording says anything, and
// none claims to be met.
func TestUnknownLanguage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ language, summary, description string }{
		{"Romanian", "Export de facturi", "Exportul trebuie să fie simplu, pentru ca un contabil să poată verifica toate facturile la sfârșitul lunii și să nu lipsească nicio plată."},
		{"Hungarian", "Számlák exportálása", "Az exportnak egyszerűnek kell lennie, hogy a könyvelés a hónap végén ellenőrizhesse a számlákat, és ne maradjon ki fizetés."},
		{"Croatian", "Izvoz računa", "Izvoz mora biti jednostavan kako bi računovodstvo na kraju mjeseca moglo provjeriti račune i da nijedno plaćanje ne nedostaje."},
		{"Spanish", "Exportar facturas", "La exportación debe ser sencilla para que contabilidad pueda revisar las facturas a fin de mes y no falten pagos."},
		{"another language", "ส่งออกใบแจ้งหนี้", "การส่งออกต้องง่าย เพื่อให้ฝ่ายบัญชีตรวจสอบใบแจ้งหนี้ได้"},
	} {
		j := Judge([]ticket.Issue{{Key: "PAY-1", Type: "Story", Summary: c.summary, Description: c.description}}, Definition{}, today)[0]
		assert.Equal(t, c.language, j.Reading.Language().Name())
		assert.True(t, j.Ready, c.language)
		for _, r := range j.Rules {
			if r.Rule != RuleNoDescription && r.Rule != RuleSize {
				assert.Equal(t, NotApplicable, r.State, "%s: %s", c.language, r)
			}
		}
	}
}

// L15: German and French tickets are judged by their own words.
func TestOtherLanguages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Die Buchhaltung verschickt die Mahnungen von Hand, das ist umständlich. Welche Gebühr auf der Mahnung steht, ist noch nicht entschieden.", []string{RuleOpenQuestion}},
		{"Der Export funktioniert bei großen Kunden nicht.", nil},
		{"Mit dem Druck sollten wir noch warten, weil die Bank die Vorlage ändert und die Buchhaltung sie prüft.", []string{RuleDependency}},
		{"Les relances doivent partir le lundi pour la comptabilité et les clients. Le modèle de courriel est à définir.", []string{RuleOpenQuestion}},
		{"L'export échoue avec les grands clients.", nil},
	} {
		assert.Equal(t, c.want, blocks(ticket.Issue{Key: "PAY-1", Type: "Story", Summary: "Export", Description: c.text}), c.text)
	}
}
