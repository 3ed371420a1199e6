package jiratest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// record is an issue as sources give it: Jira's REST representation, of which
// any part may be absent.
type record struct {
	ID        looseID         `json:"id"`
	Key       string          `json:"key"`
	Changelog recordChangelog `json:"changelog"`
	Fields    struct {
		Summary       string        `json:"summary"`
		Description   string        `json:"description"`
		Environment   string        `json:"environment"`
		Type          *recordType   `json:"issuetype"`
		Project       recordNamed   `json:"project"`
		Status        *recordStatus `json:"status"`
		Resolution    *recordNamed  `json:"resolution"`
		Priority      *recordNamed  `json:"priority"`
		Labels        []string      `json:"labels"`
		Components    []recordNamed `json:"components"`
		Versions      []recordVersion
		FixVersions   []recordVersion                    `json:"fixVersions"`
		Reporter      *recordPerson                      `json:"reporter"`
		Creator       *recordPerson                      `json:"creator"`
		Assignee      *recordPerson                      `json:"assignee"`
		Created       recordTime                         `json:"created"`
		Updated       recordTime                         `json:"updated"`
		Resolved      recordTime                         `json:"resolutiondate"`
		Due           string                             `json:"duedate"`
		Parent        *recordRef                         `json:"parent"`
		Epic          *recordEpic                        `json:"epic"`
		Flagged       bool                               `json:"flagged"`
		Sprint        *recordSprint                      `json:"sprint"`
		ClosedSprints []recordSprint                     `json:"closedSprints"`
		Links         []recordLink                       `json:"issuelinks"`
		Security      *recordNamed                       `json:"security"`
		Attachments   []recordFile                       `json:"attachment"`
		Comment       struct{ Comments []recordComment } `json:"comment"`

		// What no field of a Jira is named, because custom fields have no names there.
		StoryPoints        *float64   `json:"x_story_points"`
		BusinessValue      *float64   `json:"x_business_value"`
		TimeCriticality    *float64   `json:"x_time_criticality"`
		RiskReduction      *float64   `json:"x_risk_reduction"`
		JobSize            *float64   `json:"x_job_size"`
		AcceptanceCriteria string     `json:"x_acceptance_criteria"`
		ExportedCreated    recordTime `json:"x_created"`
	} `json:"fields"`
}

type recordChangelog struct {
	Histories []struct {
		ID      looseID       `json:"id"`
		Author  *recordPerson `json:"author"`
		Created recordTime    `json:"created"`
		Items   []struct {
			Field      string `json:"field"`
			FieldID    string `json:"fieldId"`
			Type       string `json:"fieldtype"`
			From       string `json:"from"`
			FromString string `json:"fromString"`
			To         string `json:"to"`
			ToString   string `json:"toString"`
		} `json:"items"`
	} `json:"histories"`
}

type recordNamed struct {
	ID   looseID `json:"id"`
	Key  string  `json:"key"`
	Name string  `json:"name"`
}

type recordType struct {
	recordNamed
	Description string `json:"description"`
	Subtask     bool   `json:"subtask"`
}

type recordStatus struct {
	recordNamed
	Category *recordNamed `json:"statusCategory"`
}

type recordVersion struct {
	recordNamed
	Released    bool   `json:"released"`
	Archived    bool   `json:"archived"`
	ReleaseDate string `json:"releaseDate"`
}

type recordPerson struct {
	AccountID   string `json:"accountId"`
	Key         string `json:"key"`
	Name        string `json:"name"`
	DisplayName string `json:"displayName"`
	Email       string `json:"emailAddress"`
	TimeZone    string `json:"timeZone"`
	Active      *bool  `json:"active"`
}

type recordSprint struct {
	ID       int64  `json:"id"`
	Board    int64  `json:"originBoardId"`
	Name     string `json:"name"`
	State    string `json:"state"`
	Goal     string `json:"goal"`
	Start    string `json:"startDate"`
	End      string `json:"endDate"`
	Complete string `json:"completeDate"`
}

type recordRef struct {
	ID     looseID `json:"id"`
	Key    string  `json:"key"`
	Fields struct {
		Summary  string        `json:"summary"`
		Type     *recordType   `json:"issuetype"`
		Status   *recordStatus `json:"status"`
		Priority *recordNamed  `json:"priority"`
	} `json:"fields"`
}

type recordEpic struct {
	ID      looseID `json:"id"`
	Key     string  `json:"key"`
	Name    string  `json:"name"`
	Summary string  `json:"summary"`
}

type recordLink struct {
	ID   looseID `json:"id"`
	Type struct {
		ID      looseID `json:"id"`
		Name    string  `json:"name"`
		Inward  string  `json:"inward"`
		Outward string  `json:"outward"`
	} `json:"type"`
	Inward  *recordRef `json:"inwardIssue"`
	Outward *recordRef `json:"outwardIssue"`
}

type recordFile struct {
	ID       looseID `json:"id"`
	Filename string  `json:"filename"`
	MimeType string  `json:"mimeType"`
	Size     int64   `json:"size"`
}

type recordComment struct {
	ID           looseID       `json:"id"`
	Author       *recordPerson `json:"author"`
	UpdateAuthor *recordPerson `json:"updateAuthor"`
	Body         string        `json:"body"`
	Created      recordTime    `json:"created"`
	Updated      recordTime    `json:"updated"`
}

// looseID is an id that some resources write as a string, others as a number.
type looseID string

func (id *looseID) UnmarshalJSON(raw []byte) error {
	text := string(bytes.Trim(raw, `"`))
	if text == "null" {
		return nil
	}
	if _, err := strconv.ParseInt(text, 10, 64); err != nil {
		return fmt.Errorf("the id %s is not a number", raw)
	}
	*id = looseID(text)
	return nil
}

// number is zero for an id that is absent.
func (id looseID) number() int64 {
	n, _ := strconv.ParseInt(string(id), 10, 64)
	return n
}

// recordTime is a moment in one of the shapes sources use.
type recordTime struct{ time.Time }

func (t *recordTime) UnmarshalJSON(raw []byte) error {
	var text *string
	if err := json.Unmarshal(raw, &text); err != nil {
		return fmt.Errorf("the time %s is not a string", raw)
	}
	if text == nil {
		return nil
	}
	for _, layout := range []string{wireTime, time.RFC3339Nano, "2006-01-02 15:04:05.999999", time.DateOnly} {
		if parsed, err := time.Parse(layout, *text); err == nil {
			t.Time = parsed.UTC()
			return nil
		}
	}
	return fmt.Errorf("%q is no time", *text)
}

func (n *recordNamed) named() Named {
	if n == nil {
		return Named{}
	}
	return Named{ID: string(n.ID), Name: cmp.Or(n.Name, n.Key)}
}
