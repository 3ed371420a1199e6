package sandboxtest

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A Request is a line of the journal.
type Request struct {
	N            int
	Method, Path string
	Status       int
}

// Requests reads a journal to its end.
func Requests(journal io.Reader) (requests []Request, err error) {
	for dec := json.NewDecoder(journal); ; {
		var r Request
		err := dec.Decode(&r)
		if err == io.EOF {
			return requests, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading the journal: %w", err)
		}
		requests = append(requests, r)
	}
}

// lookups are what is asked for by POST because a query would not hold it.
var lookups = []string{"/search", "/search/jql", "/search/approximate-count", "/bulkfetch", "/comment/list", "/users-bulk"}

// Writes reports whether the request asks for a change, made or refused.
func (r Request) Writes() bool {
	if r.Method == "GET" {
		return false
	}
	for _, lookup := range lookups {
		if strings.HasSuffix(r.Path, lookup) {
			return false
		}
	}
	return true
}

// What names the thing that the request is about: "comment PAY-3", "remotelink
// PAY-3", "issue PAY-3", "new issue", "issue link", "mark" (a comment's), "page", "property" (a
// page's), "label", "picture".
func (r Request) What() string {
	parts := strings.Split(r.Path, "/")
	has := func(part string) bool { return slices.Contains(parts, part) }
	switch at := slices.Index(parts, "issue"); {
	case at >= 0 && at+2 < len(parts):
		return parts[at+2] + " " + parts[at+1]
	case at >= 0 && at+1 < len(parts):
		return "issue " + parts[at+1]
	case at >= 0:
		return "new issue"
	}
	switch {
	case has("issueLink"):
		return "issue link"
	case has("comment"):
		return "mark"
	case has("property"), has("properties"):
		return "property"
	case has("label"):
		return "label"
	case has("attachment"):
		return "picture"
	}
	return "page"
}

// Written counts the writes that took effect, by what they wrote: "POST comment
// PAY-3", "PUT page".
func Written(requests []Request) map[string]int { return count(requests, true) }

// Refused counts the writes that did not take effect.
func Refused(requests []Request) map[string]int { return count(requests, false) }

func count(requests []Request, effective bool) map[string]int {
	counts := map[string]int{}
	for _, r := range requests {
		if r.Writes() && effective == (r.Status/100 == 2) {
			counts[r.Method+" "+r.What()]++
		}
	}
	return counts
}
