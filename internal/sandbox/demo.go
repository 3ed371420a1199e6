package sandbox

import (
	_ "embed"
	"io"
	"strings"

	"refine/confluence/confluencetest"
	"refine/jira/jiratest"
)

// demoBacklog are two epics of a made-up invoicing product: items ready and
// vague, too big, contradictory, and one that is a solution looking for its
// problem.
//
//go:embed demo.jsonl
var demoBacklog string

// DemoBacklog is the demo's backlog as JSON lines.
func DemoBacklog() io.Reader { return strings.NewReader(demoBacklog) }

// demoTeam are the people who wrote the demo's backlog, with the accounts they
// have in Jira, so that a mention on a page is the same person there.
var demoTeam = []confluencetest.User{
	{Display: "Dana Whitfield", AccountID: "5f1a0c11d2a7b90001000001", Key: "dana", Name: "dana"},
	{Display: "Ivo Marek", AccountID: "5f1a0c11d2a7b90001000002", Key: "ivo", Name: "ivo"},
	{Display: "Noor Haddad", AccountID: "5f1a0c11d2a7b90001000003", Key: "noor", Name: "noor"},
	{Display: "Tomás Rivera", AccountID: "5f1a0c11d2a7b90001000004", Key: "tomas", Name: "tomas"},
	{Display: "Lena Brandt", AccountID: "5f1a0c11d2a7b90001000005", Key: "lena", Name: "lena"},
	{Display: "Priya Nair", AccountID: "5f1a0c11d2a7b90001000006", Key: "priya", Name: "priya"},
}

// people have the accounts in Confluence: those who wrote the tickets, so that a
// mention on a page is somebody whom Jira knows by name. Tickets that name nobody get
// the demo's team, whom Jira is told of.
func people(o Options, jira *jiratest.Server) (users []confluencetest.User) {
	if o.Backlog == nil {
		return demoTeam
	}
	for _, p := range jira.People() {
		if p.AccountID != jira.Me().AccountID && !p.Inactive {
			users = append(users, confluencetest.User{Display: p.DisplayName, AccountID: p.AccountID, Key: p.Key, Name: p.Name})
		}
	}
	if len(users) > 0 {
		return users
	}
	for _, u := range demoTeam {
		jira.AddPerson(jiratest.Person{DisplayName: u.Display, AccountID: u.AccountID, Key: u.Key, Name: u.Name})
	}
	return demoTeam
}
