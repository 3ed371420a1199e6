package jiratest

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Load adds the issues of r, one JSON object a line as the REST API writes
// them. What every issue of a real Jira has and a source left out (an id, a
// status, a type, dates) is added; text is never made up. Nothing is loaded
// when a line is refused.
func (s *Server) Load(r io.Reader) error {
	records, err := readRecords(r)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for n, rec := range records {
		if s.issues[rec.Key] != nil {
			return fmt.Errorf("issue %d: %s is on the site already", n+1, rec.Key)
		}
	}
	for _, rec := range records {
		s.importIssue(rec)
	}
	for _, rec := range records {
		s.importLinks(rec)
	}
	return nil
}

func readRecords(r io.Reader) ([]record, error) {
	var (
		records []record
		seen    = map[string]int{}
		lines   = bufio.NewReader(r)
	)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			rec, bad := readRecord(line)
			if bad != nil {
				return nil, fmt.Errorf("line %d: %w", n, bad)
			}
			if first := seen[rec.Key]; first > 0 {
				return nil, fmt.Errorf("line %d: %s stands on line %d already", n, rec.Key, first)
			}
			seen[rec.Key] = n
			records = append(records, rec)
		}
		if errors.Is(err, io.EOF) {
			return records, nil
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
}

func readRecord(line []byte) (record, error) {
	var rec record
	if err := json.Unmarshal(line, &rec); err != nil {
		if bad, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
			return record{}, fmt.Errorf("not an issue as version 2 of Jira's API shows it: %s is no %s there", strings.TrimPrefix(bad.Field, "."), bad.Value)
		}
		return record{}, fmt.Errorf("not an issue: %w", err)
	}
	if !keyPattern.MatchString(rec.Key) {
		return record{}, fmt.Errorf("%q is no issue key", rec.Key)
	}
	if strings.TrimSpace(rec.Fields.Summary) == "" {
		return record{}, fmt.Errorf("%s has no summary", rec.Key)
	}
	return rec, nil
}

func (s *Server) importIssue(rec record) {
	f := &rec.Fields
	created := cmp.Or(f.Created.Time, f.ExportedCreated.Time, s.now())
	i := &Issue{
		ID:                 s.freshID(rec.ID.number()),
		Key:                rec.Key,
		Project:            s.importProject(rec),
		Type:               s.importType(rec),
		Status:             s.importStatus(f.Status),
		Resolution:         s.importResolution(f.Resolution),
		Priority:           s.importPriority(f.Priority),
		Summary:            strings.Join(strings.Fields(f.Summary), " "),
		Description:        f.Description,
		Environment:        f.Environment,
		Labels:             f.Labels,
		Components:         s.importComponents(f.Components),
		Versions:           s.importVersions(f.Versions),
		FixVersions:        s.importVersions(f.FixVersions),
		Reporter:           s.importPerson(f.Reporter),
		Creator:            s.importPerson(cmp.Or(f.Creator, f.Reporter)),
		Assignee:           s.importPerson(f.Assignee),
		Created:            created,
		Updated:            cmp.Or(f.Updated.Time, created),
		Resolved:           f.Resolved.Time,
		Due:                f.Due,
		Parent:             s.importParent(rec),
		Flagged:            f.Flagged,
		StoryPoints:        f.StoryPoints,
		BusinessValue:      f.BusinessValue,
		TimeCriticality:    f.TimeCriticality,
		RiskReduction:      f.RiskReduction,
		JobSize:            f.JobSize,
		AcceptanceCriteria: f.AcceptanceCriteria,
		Sprints:            s.importSprints(rec),
		Rank:               s.nextRank(),
		Security:           f.Security.named(),
		Custom:             map[string]json.RawMessage{},
		Properties:         map[string]json.RawMessage{},
	}
	for _, file := range f.Attachments {
		i.Attachments = append(i.Attachments, Attachment{cmp.Or(string(file.ID), s.newID()), file.Filename, file.MimeType, file.Size})
	}
	s.importComments(i, f.Comment.Comments)
	s.importHistory(i, rec.Changelog)
	s.issues[i.Key] = i
}

// freshID keeps the source's id unless another source used it before.
func (s *Server) freshID(id int64) int64 {
	if id == 0 || s.find(formatID(id)) != nil {
		return s.nextID()
	}
	return id
}

func (s *Server) newID() string { return strconv.FormatInt(s.nextID(), 10) }

func (s *Server) importProject(rec record) Project {
	key := projectKey(rec.Key)
	if known, ok := s.projects[key]; ok {
		return known
	}
	p := rec.Fields.Project
	s.projects[key] = Project{ID: cmp.Or(string(p.ID), s.newID()), Key: key, Name: cmp.Or(p.Name, key)}
	return s.projects[key]
}

// importType makes an issue without a type a story if it was estimated as
// one, else a task: what boards create unless told otherwise.
func (s *Server) importType(rec record) IssueType {
	t := rec.Fields.Type
	if t == nil {
		t = &recordType{recordNamed: recordNamed{Name: "Task"}}
		if rec.Fields.StoryPoints != nil {
			t.Name = "Story"
		}
	}
	return s.enlistType(t)
}

func (s *Server) enlistType(t *recordType) IssueType {
	if t == nil {
		return IssueType{}
	}
	if known, ok := named(s.types, typeName, t.Name); ok {
		return known
	}
	added := IssueType{cmp.Or(string(t.ID), s.newID()), t.Name, t.Description, t.Subtask || t.Name == "Sub-task"}
	s.types = append(s.types, added)
	return added
}

func (s *Server) importStatus(st *recordStatus) Status {
	if st == nil {
		return s.statuses[0]
	}
	if known, ok := named(s.statuses, statusName, st.Name); ok {
		return known
	}
	category := "new"
	if st.Category != nil {
		category = st.Category.Key
	}
	added := Status{cmp.Or(string(st.ID), s.newID()), st.Name, category}
	s.statuses = append(s.statuses, added)
	return added
}

func (s *Server) importResolution(r *recordNamed) Named {
	return s.enlistNamed(&s.resolutions, r)
}

func (s *Server) importPriority(p *recordNamed) Named {
	return s.enlistNamed(&s.priorities, p)
}

func (s *Server) importComponents(all []recordNamed) []Named {
	var components []Named
	for _, c := range all {
		components = append(components, s.enlistNamed(&s.components, &c))
	}
	return components
}

func (s *Server) enlistNamed(all *[]Named, r *recordNamed) Named {
	if r == nil || r.Name == "" {
		return Named{}
	}
	if known, ok := named(*all, asNamed, r.Name); ok {
		return known
	}
	added := Named{cmp.Or(string(r.ID), s.newID()), r.Name}
	*all = append(*all, added)
	return added
}

func (s *Server) importVersions(all []recordVersion) []Version {
	var versions []Version
	for _, v := range all {
		added := Version{cmp.Or(string(v.ID), s.newID()), v.Name, v.Released, v.Archived, v.ReleaseDate}
		s.versions = enlist(s.versions, versionName, added)
		versions = append(versions, added)
	}
	return versions
}

func (s *Server) importPerson(p *recordPerson) Person {
	if p == nil {
		return Person{}
	}
	return s.addPerson(Person{
		AccountID: p.AccountID, Key: p.Key, Name: p.Name, DisplayName: p.DisplayName,
		Email: p.Email, TimeZone: p.TimeZone, Inactive: p.Active != nil && !*p.Active,
	})
}

// importParent prefers the parent, which for a sub-task is not the epic.
func (s *Server) importParent(rec record) string {
	switch f := rec.Fields; {
	case f.Parent != nil:
		s.importRef(f.Parent)
		return f.Parent.Key
	case f.Epic != nil && f.Epic.Key != rec.Key:
		epic := &recordRef{ID: f.Epic.ID, Key: f.Epic.Key}
		epic.Fields.Summary = cmp.Or(f.Epic.Summary, f.Epic.Name)
		epic.Fields.Type = &recordType{recordNamed: recordNamed{Name: "Epic"}}
		s.importRef(epic)
		return f.Epic.Key
	default:
		return ""
	}
}

// importRef remembers what a source tells of an issue it may not hold.
func (s *Server) importRef(r *recordRef) {
	var status Status
	if r.Fields.Status != nil {
		status = s.importStatus(r.Fields.Status)
	}
	s.foreign[r.Key] = ref{
		ID:       cmp.Or(string(r.ID), s.foreign[r.Key].ID, s.newID()),
		Key:      r.Key,
		Summary:  r.Fields.Summary,
		Type:     s.enlistType(r.Fields.Type),
		Status:   status,
		Priority: s.importPriority(r.Fields.Priority),
	}
}

func (s *Server) importSprints(rec record) []Sprint {
	all := rec.Fields.ClosedSprints
	if rec.Fields.Sprint != nil {
		all = append(all, *rec.Fields.Sprint)
	}
	var sprints []Sprint
	for _, sp := range all {
		added := Sprint{
			ID: sp.ID, Board: sp.Board, Name: sp.Name, State: strings.ToLower(sp.State), Goal: sp.Goal,
			Start: sp.Start, End: sp.End, Complete: sp.Complete,
		}
		added.ID = cmp.Or(added.ID, s.nextID())
		s.sprints = enlist(s.sprints, sprintName, added)
		sprints = append(sprints, added)
	}
	return sprints
}

// importComments puts comments without a date a second apart, after the
// issue's creation: their order is known, their time is not.
func (s *Server) importComments(i *Issue, all []recordComment) {
	for n, c := range all {
		created := cmp.Or(c.Created.Time, i.Created.Add(time.Duration(n+1)*time.Second))
		i.Comments = append(i.Comments, Comment{
			ID:           cmp.Or(c.ID.number(), s.nextID()),
			Author:       s.importPerson(c.Author),
			UpdateAuthor: s.importPerson(cmp.Or(c.UpdateAuthor, c.Author)),
			Body:         c.Body,
			Created:      created,
			Updated:      cmp.Or(c.Updated.Time, created),
			Properties:   map[string]json.RawMessage{},
		})
	}
}

func (s *Server) importLinks(rec record) {
	for _, l := range rec.Fields.Links {
		kind := s.importLinkType(l)
		switch {
		case l.Outward != nil:
			s.importRef(l.Outward)
			s.addLink(link{l.ID.number(), kind, rec.Key, l.Outward.Key})
		case l.Inward != nil:
			s.importRef(l.Inward)
			s.addLink(link{l.ID.number(), kind, l.Inward.Key, rec.Key})
		}
	}
}

// symmetric is what the other end of a link reads whose type nobody knows: a
// phrase with a direction would turn the link around there.
const symmetric = "relates to"

// otherPhrase are the two phrases of a link's type.
var otherPhrase = map[string]string{
	"blocks": "is blocked by", "is blocked by": "blocks",
	"depends on": "is depended on by", "is depended on by": "depends on",
	"depends upon": "is depended upon by", "is depended upon by": "depends upon",
	"duplicates": "is duplicated by", "is duplicated by": "duplicates",
	"clones": "is cloned by", "is cloned by": "clones", "is a clone of": "is cloned by",
	"supersedes": "is superseded by", "is superseded by": "supersedes",
	"incorporates": "is part of", "is part of": "incorporates",
	"contains": "is contained in", "is contained in": "contains",
	"is related to": symmetric,
}

// importLinkType finds the type by its name, else by the one phrase a source
// may give, else makes one, whose other phrase is the one that goes with it.
func (s *Server) importLinkType(l recordLink) linkType {
	for _, known := range s.linkTypes {
		if known.Name == l.Type.Name || l.Type.Name == "" && (known.Outward == l.Type.Outward || known.Inward == l.Type.Inward) {
			return known
		}
	}
	added := linkType{
		ID:      cmp.Or(string(l.Type.ID), s.newID()),
		Name:    cmp.Or(l.Type.Name, l.Type.Outward, l.Type.Inward),
		Inward:  cmp.Or(l.Type.Inward, otherPhrase[l.Type.Outward], symmetric),
		Outward: cmp.Or(l.Type.Outward, otherPhrase[l.Type.Inward], symmetric),
	}
	s.linkTypes = append(s.linkTypes, added)
	return added
}
