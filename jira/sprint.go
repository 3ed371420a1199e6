package jira

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/planner/ticket"
)

// newest chooses among the sprints an issue has been in: the one that runs,
// else the next, else the last one listed.
func newest(list []json.RawMessage) *ticket.Sprint {
	var sprints []ticket.Sprint
	for _, raw := range list {
		if s, ok := parseSprint(raw); ok {
			sprints = append(sprints, s)
		}
	}
	if len(sprints) == 0 {
		return nil
	}
	slices.Reverse(sprints)
	slices.SortStableFunc(sprints, func(a, b ticket.Sprint) int {
		return cmp.Compare(sprintOrder(a.State), sprintOrder(b.State))
	})
	return &sprints[0]
}

func sprintOrder(state string) int {
	if i := slices.Index([]string{"active", "future"}, state); i >= 0 {
		return i
	}
	return 2
}

// parseSprint reads an object, as Cloud and newer versions answer, or the Java
// dump that Data Center shows.
func parseSprint(raw json.RawMessage) (ticket.Sprint, bool) {
	var dump string
	if json.Unmarshal(raw, &dump) == nil {
		return sprintOf(dumpFields(dump))
	}
	var object struct{ Name, Goal, State, StartDate, EndDate string }
	if json.Unmarshal(raw, &object) != nil {
		return ticket.Sprint{}, false
	}
	return sprintOf(map[string]string{
		"name": object.Name, "goal": object.Goal, "state": object.State,
		"startDate": object.StartDate, "endDate": object.EndDate,
	})
}

func sprintOf(f map[string]string) (ticket.Sprint, bool) {
	return ticket.Sprint{
		Name: f["name"], Goal: f["goal"], State: strings.ToLower(f["state"]),
		Start: parseTime(f["startDate"]), End: parseTime(f["endDate"]),
	}, f["name"] != ""
}

// dumpKey begins a member of com.atlassian.greenhopper…Sprint@1f[id=1,name=…].
// Names and goals may contain commas, so only known members begin one.
var dumpKey = lazyregexp.New(`(?:\[|,)(id|rapidViewId|state|name|startDate|endDate|completeDate|activatedDate|sequence|goal|synced|autoStartStop|incompleteIssuesDestinationId)=`)

func dumpFields(dump string) map[string]string {
	out := map[string]string{}
	dump = strings.TrimSuffix(dump, "]")
	starts := dumpKey.FindAllStringSubmatchIndex(dump, -1)
	for i, m := range starts {
		end := len(dump)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		if value := dump[m[1]:end]; value != "<null>" {
			out[dump[m[2]:m[3]]] = value
		}
	}
	return out
}
