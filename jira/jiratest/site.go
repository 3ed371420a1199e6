package jiratest

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"refine/internal/lazyregexp"
)

// site is the state of a server. The server's lock guards all of it.
type site struct {
	issues   map[string]*Issue // by key
	moved    map[string]string // old key to the present one
	foreign  map[string]ref    // issues that are named but not held
	links    []link
	projects map[string]Project // by key
	people   []Person
	filters  []filter
	boards   []board
	lastID   int64
	lastKey  map[string]int // of each project, the number of the last issue created
	lastRank int64
	bucket   int // of the ranks, of three

	types       []IssueType
	statuses    []Status
	priorities  []Named // most urgent first
	resolutions []Named
	linkTypes   []linkType
	components  []Named
	versions    []Version
	sprints     []Sprint
}

// ref is what another issue is known by where it is linked.
type ref struct {
	ID           string
	Key, Summary string
	Type         IssueType
	Status       Status
	Priority     Named
}

type filter struct{ ID, Name, JQL string }

// newSite is a site fresh from the box.
func newSite() site {
	return site{
		issues:   map[string]*Issue{},
		moved:    map[string]string{},
		foreign:  map[string]ref{},
		lastKey:  map[string]int{},
		projects: map[string]Project{},
		lastID:   1_000_000, // beyond what sources bring along
		types: []IssueType{
			{ID: "10000", Name: "Epic"},
			{ID: "10001", Name: "Story"},
			{ID: "10002", Name: "Task"},
			{ID: "10003", Name: "Sub-task", Subtask: true},
			{ID: "10004", Name: "Bug"},
		},
		statuses: []Status{
			{ID: "1", Name: "Open", Category: "new"},
			{ID: "3", Name: "In Progress", Category: "indeterminate"},
			{ID: "4", Name: "Reopened", Category: "new"},
			{ID: "5", Name: "Resolved", Category: "done"},
			{ID: "6", Name: "Closed", Category: "done"},
			{ID: "10000", Name: "To Do", Category: "new"},
			{ID: "10001", Name: "Done", Category: "done"},
		},
		priorities: []Named{
			{"10", "Blocker"}, {"1", "Critical"}, {"11", "Highest"}, {"2", "High"}, {"12", "Major"},
			{"3", "Medium"}, {"13", "Minor"}, {"4", "Low"}, {"14", "Lowest"}, {"15", "Trivial"},
		},
		resolutions: []Named{{"10000", "Done"}, {"10001", "Won't Do"}, {"10002", "Duplicate"}, {"1", "Fixed"}},
		linkTypes: []linkType{
			{"10100", "Blocks", "is blocked by", "blocks"},
			{"10101", "Cloners", "is cloned by", "clones"},
			{"10102", "Duplicate", "is duplicated by", "duplicates"},
			{"10103", "Relates", "relates to", "relates to"},
		},
	}
}

func (s *site) nextID() int64 {
	s.lastID++
	return s.lastID
}

// nextRank puts an issue behind all others.
func (s *site) nextRank() string {
	s.lastRank++
	return fmt.Sprintf("%d|i%05s:", s.bucket, strconv.FormatInt(s.lastRank*36, 36))
}

// find takes a key in any case, the key of before a move, or an id.
func (s *site) find(idOrKey string) *Issue {
	key := strings.ToUpper(idOrKey)
	if i := s.issues[cmp.Or(s.moved[key], key)]; i != nil {
		return i
	}
	id, err := strconv.ParseInt(idOrKey, 10, 64)
	if err != nil {
		return nil
	}
	for _, i := range s.issues {
		if i.ID == id {
			return i
		}
	}
	return nil
}

// sorted lists the issues as they were created.
func (s *site) sorted() []*Issue {
	all := make([]*Issue, 0, len(s.issues))
	for _, i := range s.issues {
		all = append(all, i)
	}
	slices.SortFunc(all, byID)
	return all
}

func byID(a, b *Issue) int { return cmp.Or(cmp.Compare(a.ID, b.ID), byKey(a, b)) }

func byKey(a, b *Issue) int {
	return cmp.Or(strings.Compare(a.Project.Key, b.Project.Key), cmp.Compare(a.number(), b.number()))
}

// refOf is how an issue looks from another one, zero if nobody knows it.
func (s *site) refOf(key string) ref {
	i := s.find(key)
	if i == nil {
		return s.foreign[key]
	}
	return ref{ID: formatID(i.ID), Key: i.Key, Summary: i.Summary, Type: i.Type, Status: i.Status, Priority: i.Priority}
}

func (s *site) subtasks(i *Issue) []*Issue {
	var found []*Issue
	for _, other := range s.issues {
		if other.Type.Subtask && other.Parent == i.Key {
			found = append(found, other)
		}
	}
	slices.SortFunc(found, byKey)
	return found
}

// linksOf lists the links of an issue, by their age.
func (s *site) linksOf(key string) []link {
	var found []link
	for _, l := range s.links {
		if l.From == key || l.To == key {
			found = append(found, l)
		}
	}
	slices.SortFunc(found, func(a, b link) int { return cmp.Compare(a.ID, b.ID) })
	return found
}

// addLink keeps a pair of issues linked once per type, whichever end says so.
func (s *site) addLink(l link) {
	same := func(o link) bool { return o.Type.Name == l.Type.Name && o.From == l.From && o.To == l.To }
	if slices.ContainsFunc(s.links, same) {
		return
	}
	l.ID = cmp.Or(l.ID, s.nextID())
	s.links = append(s.links, l)
}

func (s *site) person(name string) (Person, bool) {
	n := slices.IndexFunc(s.people, func(p Person) bool { return p.is(name) })
	if n < 0 {
		return Person{}, false
	}
	return s.people[n], true
}

// addPerson completes what the source left out and returns who it is.
func (s *site) addPerson(p Person) Person {
	p.Name = cmp.Or(p.Name, p.Key, strings.ReplaceAll(strings.ToLower(p.DisplayName), " ", "."))
	if known, ok := s.person(p.Name); ok {
		return known
	}
	p.Key = cmp.Or(p.Key, p.Name)
	p.DisplayName = cmp.Or(p.DisplayName, p.Name)
	p.TimeZone = cmp.Or(p.TimeZone, "Etc/UTC")
	p.AccountID = cmp.Or(p.AccountID, accountID(p.Name))
	s.people = append(s.people, p)
	return p
}

// accountID is opaque and the same on every server.
func accountID(name string) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:])[:24]
}

var keyPattern = lazyregexp.New(`^[A-Z][A-Z0-9_]+-[1-9][0-9]*$`)

func keyNumber(key string) int {
	_, digits, _ := strings.Cut(key, "-")
	n, _ := strconv.Atoi(digits) // keys are checked when they come in
	return n
}

func projectKey(key string) string {
	project, _, _ := strings.Cut(key, "-")
	return project
}

// named finds by id or name, names in any case as Jira does.
func named[T any](all []T, as func(T) Named, idOrName string) (T, bool) {
	for _, one := range all {
		if n := as(one); n.ID == idOrName || strings.EqualFold(n.Name, idOrName) {
			return one, true
		}
	}
	var none T
	return none, false
}

// enlist adds what a source names and the site does not know yet.
func enlist[T any](all []T, as func(T) Named, one T) []T {
	if _, known := named(all, as, as(one).Name); known {
		return all
	}
	return append(all, one)
}

func asNamed(n Named) Named         { return n }
func typeName(t IssueType) Named    { return Named{t.ID, t.Name} }
func statusName(st Status) Named    { return Named{st.ID, st.Name} }
func versionName(v Version) Named   { return Named{v.ID, v.Name} }
func linkTypeName(t linkType) Named { return Named{t.ID, t.Name} }
func sprintName(sp Sprint) Named    { return Named{formatID(sp.ID), sp.Name} }
