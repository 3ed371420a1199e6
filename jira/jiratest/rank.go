package jiratest

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
)

const mostRanked = 50 // issues of one request

// rankIssues puts issues in front of another or behind it, in the order in which they
// are named. An issue that cannot be ranked is told in an answer of several statuses.
func rankIssues(s *Server, c *call) (reply, error) {
	var in struct {
		Issues []string `json:"issues"`
		Before string   `json:"rankBeforeIssue"`
		After  string   `json:"rankAfterIssue"`
		Field  *int64   `json:"rankCustomFieldId"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	switch {
	case len(in.Issues) == 0:
		return reply{}, refuse(http.StatusBadRequest, "No issues were specified to rank.")
	case len(in.Issues) > mostRanked:
		return reply{}, refuse(http.StatusBadRequest, "A maximum of %d issues can be ranked at once.", mostRanked)
	case (in.Before == "") == (in.After == ""):
		return reply{}, refuse(http.StatusBadRequest, "Either rankBeforeIssue or rankAfterIssue must be specified.")
	case in.Field != nil && fmt.Sprintf("customfield_%d", *in.Field) != rankID:
		return reply{}, refuse(http.StatusBadRequest, "Custom field with id '%d' is not a rank field.", *in.Field)
	}
	beside, err := s.see(cmp.Or(in.Before, in.After))
	if err != nil {
		return reply{}, err
	}
	var issues []*Issue
	for _, name := range in.Issues {
		i, err := s.see(name)
		switch {
		case err != nil:
			return reply{}, err
		case i == beside:
			return reply{}, refuse(http.StatusBadRequest, "Issue '%s' cannot be ranked relative to itself.", i.Key)
		case !s.may(ScheduleIssues, i.Project.Key):
			return reply{}, refuse(http.StatusForbidden, "You do not have the permission to rank the issue '%s'.", i.Key)
		}
		issues = append(issues, i)
	}
	return s.ranked(issues, beside, in.After != ""), nil
}

// ranked ranks issues, and tells of those of which it was told that they cannot be.
func (s *Server) ranked(issues []*Issue, beside *Issue, after bool) reply {
	var entries []any
	failed := false
	for _, i := range issues {
		entry := object{"issueId": i.ID, "issueKey": i.Key, "status": http.StatusOK}
		if slices.Contains(s.unrankable, i.Key) {
			failed = true
			entry["status"], entry["errors"] = http.StatusServiceUnavailable, []string{"JIRA Agile cannot execute the rank operation at this time. Please try again later."}
		} else {
			s.rankBeside(i, beside, after, s.me)
			beside, after = i, true
		}
		entries = append(entries, entry)
	}
	if failed {
		return reply{http.StatusMultiStatus, object{"entries": entries}}
	}
	return reply{status: http.StatusNoContent}
}

// rankBeside gives an issue a rank next to another's, and tells so in its history.
func (s *Server) rankBeside(i, beside *Issue, after bool, author Person) {
	var lower, higher string // the ranks around its place
	for _, o := range s.issues {
		switch {
		case o == i || o == beside:
		case o.Rank < beside.Rank && o.Rank > lower:
			lower = o.Rank
		case o.Rank > beside.Rank && (higher == "" || o.Rank < higher):
			higher = o.Rank
		}
	}
	before := i.Rank
	if after {
		i.Rank = rankBetween(beside.Rank, higher)
	} else {
		i.Rank = rankBetween(lower, beside.Rank)
	}
	what := "Ranked lower"
	if i.Rank < before {
		what = "Ranked higher"
	}
	i.History = append(i.History, HistoryEntry{s.nextID(), author, s.now(), []HistoryItem{{Field: "Rank", FieldID: rankID, Custom: true, To: what}}})
}

// Rank is a person dragging an issue right in front of another.
func (s *Server) Rank(author Person, key, before string) error {
	return s.each([]string{key, before}, func(i *Issue) {
		if beside := s.find(before); i != beside {
			s.rankBeside(i, beside, false, author)
		}
	})
}

// Unrankable makes issues ones that the site cannot rank at this time.
func (s *Server) Unrankable(keys ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unrankable = keys
}

// Balance gives every issue a new rank in another bucket, as a site does on its own
// when its ranks become long. Their order stays.
func (s *Server) Balance() {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.byRank()
	s.bucket, s.lastRank = (s.bucket+1)%3, 0
	for _, i := range all {
		i.Rank = s.nextRank()
	}
}

// Ranked lists all issues in the order of their ranks.
func (s *Server) Ranked() (keys []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, i := range s.byRank() {
		keys = append(keys, i.Key)
	}
	return keys
}

func (s *site) byRank() []*Issue {
	return slices.SortedFunc(maps.Values(s.issues), func(a, b *Issue) int { return cmp.Compare(a.Rank, b.Rank) })
}

const (
	rankDigits = "0123456789abcdefghijklmnopqrstuvwxyz"
	rankWidth  = 6 // digits in front of the colon
)

// rankBetween is a LexoRank behind one and in front of another, of which each may be
// empty for none: "0|i0000z:" and "0|i00010:" have "0|i0000z:i" between them.
func rankBetween(lower, higher string) string {
	bucket, low := rankParts(cmp.Or(lower, higher))
	if lower == "" {
		low = ""
	}
	_, high := rankParts(higher)
	var out []byte
	for n := 0; ; n++ {
		a, b := 0, len(rankDigits)
		if n < len(low) {
			a = strings.IndexByte(rankDigits, low[n])
		}
		if high != "" {
			b = 0
			if n < len(high) {
				b = strings.IndexByte(rankDigits, high[n])
			}
		}
		if b-a > 1 {
			out = append(out, rankDigits[(a+b)/2])
			break
		}
		if out = append(out, rankDigits[a]); b != a {
			high = "" // whatever follows is in front of it
		}
	}
	for len(out) < rankWidth {
		out = append(out, rankDigits[0])
	}
	return bucket + "|" + string(out[:rankWidth]) + ":" + string(out[rankWidth:])
}

// rankParts are a rank's bucket and its digits.
func rankParts(rank string) (bucket, digits string) {
	bucket, digits, _ = strings.Cut(rank, "|")
	return bucket, strings.Replace(digits, ":", "", 1)
}
