package jiratest

import (
	"net/http"
	"slices"
	"strings"
)

// Issue returns a copy of an issue, by key in any case or by id.
func (s *Server) Issue(key string) (Issue, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.find(key)
	if i == nil {
		return Issue{}, false
	}
	return *i.clone(), true
}

// Comments returns an issue's comments with their properties, oldest first.
func (s *Server) Comments(key string) []Comment {
	i, _ := s.Issue(key)
	return i.Comments
}

// RemoteLinks returns an issue's remote links, oldest first.
func (s *Server) RemoteLinks(key string) []RemoteLink {
	i, _ := s.Issue(key)
	return i.Remote
}

// Keys lists all issues as they were created.
func (s *Server) Keys() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var keys []string
	for _, i := range s.sorted() {
		keys = append(keys, i.Key)
	}
	return keys
}

// Me is the account the API is used with.
func (s *Server) Me() Person { return s.me }

// People lists everybody the site knows, in the order they came.
func (s *Server) People() []Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.people)
}

// An Exchange is a request to the API that was answered.
type Exchange struct {
	Method, Path, Query string
	Status              int
}

// Writes reports whether the request was one that changes what the site
// holds. Searches are sent by POST and change nothing.
func (e Exchange) Writes() bool {
	if e.Method == http.MethodGet || e.Method == http.MethodHead {
		return false
	}
	for _, reading := range []string{"/search", "/search/jql", "/search/approximate-count", "/bulkfetch", "/comment/list"} {
		if strings.HasSuffix(e.Path, reading) {
			return false
		}
	}
	return true
}

// journalLimit keeps a server that runs for days from growing.
const journalLimit = 10_000

func (s *Server) remember(e Exchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.journal) == journalLimit {
		s.journal = slices.Delete(s.journal, 0, journalLimit/2)
	}
	s.journal = append(s.journal, e)
}

// Journal lists the last requests, in the order they were answered.
func (s *Server) Journal() []Exchange {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.journal)
}

// Written lists those of the journal that changed something.
func (s *Server) Written() []Exchange {
	return slices.DeleteFunc(s.Journal(), func(e Exchange) bool { return !e.Writes() || e.Status >= 400 })
}

// ForgetJournal starts the journal anew.
func (s *Server) ForgetJournal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.journal = nil
}

// Links are an issue's links to others, as sentences: "PAY-2 Blocks PAY-1". Sorted.
func (s *Server) Links(key string) (sentences []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.linksOf(key) {
		sentences = append(sentences, l.From+" "+l.Type.Name+" "+l.To)
	}
	slices.Sort(sentences)
	return sentences
}

// FieldID is the id of the field of that name, empty if there is none.
func (s *Server) FieldID(name string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.fields {
		if f.id != "" && f.name == name {
			return f.id
		}
	}
	return ""
}
