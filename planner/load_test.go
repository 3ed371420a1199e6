package planner

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"refine/planner/ticket"
)

// realIssues reads the real issues where they are, by key; open as if nobody
// had finished them.
func realIssues(t testing.TB) (keys []string, issues map[string]ticket.Issue, epicOf map[string]string) {
	t.Helper()
	files, _ := filepath.Glob("../../shared/data/jira/*.jsonl")
	if len(files) == 0 {
		t.Skip("no real issues beside this repository")
	}
	issues, epicOf = map[string]ticket.Issue{}, map[string]string{}
	for _, f := range files {
		for _, line := range readLines(t, f) {
			var raw restIssue
			if err := json.Unmarshal(line, &raw); err != nil {
				t.Fatalf("%s: %v", f, err)
			}
			i := raw.issue()
			keys, issues[i.Key] = append(keys, i.Key), i
			epicOf[i.Key] = raw.epic()
		}
	}
	return keys, issues, epicOf
}

func readLines(t testing.TB, path string) (lines [][]byte) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		lines = append(lines, append([]byte(nil), s.Bytes()...))
	}
	return lines
}

type restRef struct {
	Key    string `json:"key"`
	Fields struct {
		Summary string `json:"summary"`
		Status  struct {
			Name     string               `json:"name"`
			Category struct{ Key string } `json:"statusCategory"`
		} `json:"status"`
	} `json:"fields"`
}

type restUser struct {
	DisplayName string `json:"displayName"`
}

type restIssue struct {
	Key    string `json:"key"`
	Fields struct {
		Summary     string                `json:"summary"`
		Description string                `json:"description"`
		IssueType   struct{ Name string } `json:"issuetype"`
		Priority    struct{ Name string } `json:"priority"`
		Reporter    restUser              `json:"reporter"`
		Updated     string                `json:"updated"`
		Created     string                `json:"created"`
		FixVersions []struct {
			Name     string
			Released bool
		} `json:"fixVersions"`
		Epic     struct{ Key string }  `json:"epic"`
		Parent   struct{ Key string }  `json:"parent"`
		Inferred struct{ Epic string } `json:"x_inferred"`
		Comment  struct {
			Comments []struct {
				Author  restUser `json:"author"`
				Body    string   `json:"body"`
				Created string   `json:"created"`
			} `json:"comments"`
		} `json:"comment"`
		Links []struct {
			Type    struct{ Name, Inward, Outward string } `json:"type"`
			Inward  *restRef                               `json:"inwardIssue"`
			Outward *restRef                               `json:"outwardIssue"`
		} `json:"issuelinks"`
	} `json:"fields"`
}

func (r restIssue) epic() string {
	f := r.Fields
	for _, k := range []string{f.Epic.Key, f.Parent.Key, f.Inferred.Epic} {
		if k != "" {
			return k
		}
	}
	return ""
}

func (r restIssue) issue() ticket.Issue {
	f := r.Fields
	i := ticket.Issue{
		Key: r.Key, Summary: f.Summary, Description: f.Description, Type: f.IssueType.Name, Priority: f.Priority.Name,
		Reporter: ticket.Person{Name: f.Reporter.DisplayName}, Epic: f.IssueType.Name == "Epic", CommentTotal: len(f.Comment.Comments),
	}
	i.Updated, _ = time.Parse("2006-01-02T15:04:05.000-0700", f.Updated)
	i.Created, _ = time.Parse("2006-01-02T15:04:05.000-0700", f.Created)
	for _, c := range f.Comment.Comments {
		at, _ := time.Parse("2006-01-02T15:04:05.000-0700", c.Created)
		i.Comments = append(i.Comments, ticket.Comment{Author: ticket.Person{Name: c.Author.DisplayName}, Body: c.Body, Created: at})
	}
	for _, v := range f.FixVersions {
		i.FixVersions = append(i.FixVersions, ticket.Version{Name: v.Name, Released: v.Released})
	}
	for _, l := range f.Links {
		if l.Inward != nil {
			i.Links = append(i.Links, ticket.Link{Type: l.Type.Name, Phrase: l.Type.Inward, Inward: true, Ref: ticket.Ref{Key: l.Inward.Key, Summary: l.Inward.Fields.Summary, Status: l.Inward.Fields.Status.Name, Done: l.Inward.Fields.Status.Category.Key == "done"}})
		}
		if l.Outward != nil {
			i.Links = append(i.Links, ticket.Link{Type: l.Type.Name, Phrase: l.Type.Outward, Ref: ticket.Ref{Key: l.Outward.Key, Summary: l.Outward.Fields.Summary, Status: l.Outward.Fields.Status.Name, Done: l.Outward.Fields.Status.Category.Key == "done"}})
		}
	}
	return i
}
