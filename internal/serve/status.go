package serve

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// How much of the status page's lists is shown.
const (
	mostNext   = 50
	mostRuns   = 40
	mostFailed = 100
)

//go:embed status.html
var statusHTML string

var statusTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("status").Parse(statusHTML)) })

// status is what people see of the daemon.
type status struct {
	Version, Store string
	Now            string
	Ticked         string // when somebody last looked for what is due
	Trouble        string // why nothing goes on at all
	Teams, Dated   int
	Failed         []statusRow
	MoreFailed     int
	Next           []statusSession
	MoreNext       int
	Runs           []statusRow
}

type statusRow struct {
	When, Team, Session, What, State, Says, Try, Page string
	Good                                              bool
}

type statusSession struct{ Start, Team, Zone, Page, Publishes string }

func (s *server) statusPage(w http.ResponseWriter, r *http.Request) {
	var page bytes.Buffer
	if err := statusTemplate().Execute(&page, s.status(r.Context())); err != nil {
		s.Log.Error("the status page cannot be written", "error", err)
		http.Error(w, "the status page cannot be written; the log says why", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	page.WriteTo(w) // whoever went away misses nothing
}

func (s *server) status(ctx context.Context) status {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	now := s.Now()
	v := status{Version: s.Version, Store: kind(s.Store), Now: now.UTC().Format("Mon 2 Jan 2006 15:04 MST"), Teams: len(s.Teams)}
	rows, last, err := s.look(ctx)
	switch {
	case err != nil:
		v.Trouble = "The store cannot be used: " + err.Error() + ". It is tried again all the time, and nothing is lost: what was done stands in Jira and Confluence."
	case last.IsZero():
		v.Trouble = "Nobody has looked for what is due yet; that takes a quarter of a minute after a start."
	case now.Sub(last) > late:
		v.Trouble = "Nobody has looked for what is due since " + last.UTC().Format("Mon 2 Jan 15:04 MST") + ". Look at the log of the process."
	}
	if !last.IsZero() {
		v.Ticked = last.UTC().Format("15:04 MST")
	}
	v.sessions(ctx, s, now, byKey(rows))
	v.work(s, rows)
	return v
}

// sessions lists who meets next, and the teams of which that is not known.
func (v *status) sessions(ctx context.Context, s *server, now time.Time, known map[key]row) {
	type upcoming struct {
		at time.Time
		statusSession
	}
	var next []upcoming
	for _, t := range s.Teams {
		if t.Schedule == nil {
			continue
		}
		v.Dated++
		d := s.datesOf(ctx, t, now, now)
		if d.err != nil {
			v.Failed = append(v.Failed, statusRow{Team: t.Name, What: "schedule", State: "not known", Says: d.err.Error(), Try: s.HintOf(d.err)})
			continue
		}
		if d.next.IsZero() {
			continue
		}
		start := d.next.In(t.Zone)
		session := statusSession{Start: start.Format("Mon 2 Jan 15:04"), Team: t.Name, Zone: start.Format("MST"),
			Publishes: "publishes " + start.Add(-t.Schedule.LeadTime()).Format("Mon 2 Jan 15:04")}
		published := known[key{publishing, t.Name, start.Format(time.DateOnly)}]
		session.Page = published.page
		switch {
		case published.state == retrying:
			session.Publishes = "not published yet, see above"
		case !now.Before(start.Add(-t.Schedule.LeadTime())):
			session.Publishes = "publishes now"
		}
		next = append(next, upcoming{start, session})
	}
	slices.SortStableFunc(next, func(a, b upcoming) int { return a.at.Compare(b.at) })
	for _, n := range next {
		if len(v.Next) == mostNext {
			v.MoreNext = len(next) - mostNext
			break
		}
		v.Next = append(v.Next, n.statusSession)
	}
}

// work lists what failed and what was done last.
func (v *status) work(s *server, rows []row) {
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(max(b.finished, b.tried), max(a.finished, a.tried)), strings.Compare(a.team, b.team))
	})
	for _, r := range rows {
		shown := s.shown(r)
		bad := r.state == retrying || r.state == failed || r.state == missed
		switch {
		case bad && len(v.Failed) < mostFailed:
			v.Failed = append(v.Failed, shown)
		case bad:
			v.MoreFailed++
		case r.state == done && r.what != watching && (r.what != sweeping || !idle(r.says)) && len(v.Runs) < mostRuns:
			v.Runs = append(v.Runs, shown)
		}
	}
}

var whatForPeople = map[string]string{publishing: "publish", syncing: "sync", sweeping: "look for later edits", watching: "look whether sessions were held", hinted: "webhook"}

var stateForPeople = map[string]string{done: "done", retrying: "failed, tried again", failed: "done in part, looked at again", missed: "missed"}

func (s *server) shown(r row) statusRow {
	zone := time.UTC
	for _, t := range s.Teams {
		if t.Name == r.team {
			zone = t.Zone
		}
	}
	v := statusRow{
		When: time.Unix(max(r.finished, r.tried), 0).In(zone).Format("Mon 2 Jan 15:04 MST"), Team: r.team, Session: r.occurrence,
		What: whatForPeople[r.what], State: stateForPeople[r.state], Says: r.says, Try: r.hint, Page: r.page, Good: r.state == done,
	}
	if r.what == hinted {
		v.Team, v.Session = "page "+r.occurrence, ""
	}
	return v
}
