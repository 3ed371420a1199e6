package ready

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// shared is where the real tickets and the labels are, beside the repository.
const shared = "../../../shared/data"

// realIssues reads the real issues of files where they are, in their order, open
// as if nobody had finished them.
func realIssues(t testing.TB, pattern string) (all []ticket.Issue) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(shared, pattern))
	if len(files) == 0 {
		t.Skip("no real issues beside this repository")
	}
	for _, f := range files {
		for _, line := range readLines(t, f) {
			var raw restIssue
			require.NoError(t, json.Unmarshal(line, &raw), f)
			all = append(all, raw.issue())
		}
	}
	return all
}

func byKey(all []ticket.Issue) map[string]ticket.Issue {
	out := map[string]ticket.Issue{}
	for _, i := range all {
		out[i.Key] = i
	}
	return out
}

func readLines(t testing.TB, path string) (lines [][]byte) {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		lines = append(lines, append([]byte(nil), s.Bytes()...))
	}
	require.NoError(t, s.Err())
	return lines
}

type restRef struct {
	Key    string
	Fields struct {
		Summary string
		Status  struct {
			Name           string
			StatusCategory struct{ Key string }
		}
	}
}

func (r restRef) ref() ticket.Ref {
	s := r.Fields.Status
	return ticket.Ref{Key: r.Key, Summary: r.Fields.Summary, Status: s.Name, Done: s.StatusCategory.Key == "done" || s.Name == "Closed" || s.Name == "Done" || s.Name == "Resolved"}
}

type restUser struct{ Key, DisplayName string }

func (u restUser) person() ticket.Person { return ticket.Person{ID: u.Key, Name: u.DisplayName} }

type restIssue struct {
	Key    string
	Fields struct {
		Summary, Description, Created string
		IssueType                     struct {
			Name    string
			Subtask bool
		}
		Reporter restUser
		Subtasks []restRef
		Comment  struct {
			Comments []struct {
				Author        restUser
				Body, Created string
			}
		}
		Links []struct {
			Type         struct{ Name, Inward, Outward string }
			InwardIssue  *restRef
			OutwardIssue *restRef
		} `json:"issuelinks"`
	}
}

func (r restIssue) issue() ticket.Issue {
	f := r.Fields
	i := ticket.Issue{
		Key: r.Key, Summary: f.Summary, Description: f.Description, Type: f.IssueType.Name, Subtask: f.IssueType.Subtask,
		Reporter: f.Reporter.person(), Epic: f.IssueType.Name == "Epic", CommentTotal: len(f.Comment.Comments), Created: restTime(f.Created),
	}
	for _, c := range f.Comment.Comments {
		i.Comments = append(i.Comments, ticket.Comment{Author: c.Author.person(), Body: c.Body, Created: restTime(c.Created)})
	}
	for _, s := range f.Subtasks {
		i.Subtasks = append(i.Subtasks, s.ref())
	}
	for _, l := range f.Links {
		if l.InwardIssue != nil {
			i.Links = append(i.Links, ticket.Link{Type: l.Type.Name, Phrase: l.Type.Inward, Inward: true, Ref: l.InwardIssue.ref()})
		}
		if l.OutwardIssue != nil {
			i.Links = append(i.Links, ticket.Link{Type: l.Type.Name, Phrase: l.Type.Outward, Ref: l.OutwardIssue.ref()})
		}
	}
	return i
}

func restTime(s string) time.Time {
	at, _ := time.Parse("2006-01-02T15:04:05.000-0700", s)
	return at
}
