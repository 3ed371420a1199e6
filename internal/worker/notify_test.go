package worker_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"refine/internal/sandbox"
	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

// A post is a place that keeps what it was sent.
type post struct {
	name string
	mu   sync.Mutex
	got  []outcome.Message
	fail error // instead of taking a message
}

func (p *post) Name() string { return p.name }

func (p *post) Send(_ context.Context, m outcome.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fail != nil {
		return p.fail
	}
	p.got = append(p.got, m)
	return nil
}

// takes is what has come since the last call.
func (p *post) takes() (texts []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, m := range p.got {
		texts = append(texts, string(m.Event)+": "+m.Text)
	}
	p.got = nil
	return texts
}

// perhaps is a failure after which a message may have arrived.
type perhaps struct{}

func (perhaps) Error() string        { return "the connection broke; it may have arrived" }
func (perhaps) MayHaveArrived() bool { return true }

func TestEachEventIsToldOnce(t *testing.T) { // S10, C7
	onBoth(t, func(t *testing.T, w *world) {
		slack, mail := &post{name: "slack"}, &post{name: "mail"}
		w.team.Notify = append(w.team.Notify, slack, mail)

		dry, err := w.Publish(t.Context(), worker.Request{Team: w.team, DryRun: true})
		require.NoError(t, err)
		require.Len(t, dry.Notices, 2)
		assert.Empty(t, slack.takes(), "a dry run sends nothing")

		real := w.publish(t, ticket.Selection{})
		told := slack.takes()
		require.Len(t, told, 1)
		assert.Equal(t, "publish: "+dry.Notices[0].Text, told[0], "what the dry run said")
		assert.Equal(t, told, mail.takes())
		assert.Equal(t, []worker.Delivery{{To: "slack", Status: worker.WasSent, Text: dry.Notices[0].Text}, {To: "mail", Status: worker.WasSent, Text: dry.Notices[0].Text}}, real.Notices)

		_, err = w.Sandbox.Jira.Comment("PAY-3", w.Sandbox.Jira.AddPerson(jiratest.Person{DisplayName: "Lea"}), "One more thing")
		require.NoError(t, err)
		require.Equal(t, worker.Updated, w.publish(t, ticket.Selection{}).Action)
		assert.Empty(t, slack.takes(), "later updates are minor")

		page := real.Page.ID
		assert.Empty(t, w.sync(t, page).Notices, "nobody typed")
		w.decides(t, page, "PAY-3", "Fees are included")
		planned, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
		require.NoError(t, err)
		require.Len(t, planned.Notices, 2)
		synced := w.sync(t, page)
		assert.Equal(t, []string{"sync: " + planned.Notices[0].Text}, slack.takes())
		assert.Contains(t, synced.Notices[0].Text, "1 of 8 items refined")
		w.sync(t, page)
		w.publish(t, ticket.Selection{})
		assert.Empty(t, slack.takes())

		w.edits(t, page, func(body string) (string, error) {
			return strings.Replace(body, "Fees are included", "Fees are left out", 1), nil
		})
		require.Equal(t, 1, applied(w.sync(t, page)))
		assert.Empty(t, slack.takes(), "it comes to the same")
		w.decides(t, page, "PAY-4", "Nicer means shorter")
		w.sync(t, page)
		assert.Len(t, slack.takes(), 1, "there is more to tell")
		mail.takes()
		p, _ := w.Confluence.Page(page)
		assert.Equal(t, 1, w.Confluence.Loud(page, p.Author), "Confluence tells its watchers of the first publish alone, of %d versions", p.Version)
	})
}

// A place that refuses gets the message with the next run, one that may have taken it
// never again; neither fails anything else, and the other places get theirs once.
func TestAFailedMessageIsToldAndFailsNothing(t *testing.T) { // S10
	t.Parallel()
	w := newWorld(t, few...)
	good, full, dark := &post{name: "good"}, &post{name: "full", fail: fmt.Errorf("it answered 503")}, &post{name: "dark", fail: perhaps{}}
	w.team.Notify = append(w.team.Notify, good, full, dark)
	status := func(all []worker.Delivery) (out []string) {
		for _, d := range all {
			out = append(out, d.To+" "+string(d.Status))
		}
		return out
	}
	assert.Equal(t, []string{"good sent", "full failed", "dark unknown"}, status(w.publish(t, ticket.Selection{}).Notices))
	assert.Equal(t, []string{"full failed"}, status(w.publish(t, ticket.Selection{}).Notices))
	full.fail = nil
	again := w.publish(t, ticket.Selection{})
	assert.Equal(t, worker.Unchanged, again.Action)
	assert.Equal(t, []string{"full sent"}, status(again.Notices))
	dark.fail = nil
	assert.Empty(t, w.publish(t, ticket.Selection{}).Notices)
	assert.Len(t, good.takes(), 1)
	assert.Len(t, full.takes(), 1)
	assert.Empty(t, dark.takes())

	full.fail = fmt.Errorf("it answered 503")
	page := again.Page.ID
	w.decides(t, page, "PAY-3", "Within a day")
	assert.Equal(t, []string{"good sent", "full failed", "dark sent"}, status(w.sync(t, page).Notices))
	full.fail = nil
	assert.Equal(t, []string{"full sent"}, status(w.sync(t, page).Notices), "a sync that has nothing else to write")
	assert.Empty(t, w.sync(t, page).Notices)
}

// A page that is named is its own team's, whichever team the command began with.
func TestANamedPageIsToldToItsOwnTeam(t *testing.T) { // S10
	t.Parallel()
	w := newWorld(t, few...)
	ours, theirs := &post{name: "slack"}, &post{name: "slack"}
	own, other := w.team, w.team
	own.Notify, other.Name, other.Notify = append(own.Notify, ours), "other", append(other.Notify, theirs)
	w.team = own
	page := w.publish(t, ticket.Selection{}).Page.ID
	ours.takes()
	w.decides(t, page, "PAY-3", "Within a day")
	named := func(name string) (worker.Team, bool) { return own, name == own.Name }
	_, err := w.Sync(t.Context(), worker.SyncRequest{Team: other, Page: page, Named: named})
	require.NoError(t, err)
	assert.Len(t, ours.takes(), 1)
	w.decides(t, page, "PAY-6", "Fourteen days")
	_, err = w.Sync(t.Context(), worker.SyncRequest{Team: other, Page: page})
	require.NoError(t, err)
	assert.Empty(t, ours.takes())
	assert.Empty(t, theirs.takes(), "nobody there is told")
}

// A page that was there before its team had a place is no news.
func TestAnOldPageIsNoNews(t *testing.T) { // S10
	t.Parallel()
	w := newWorld(t, few...)
	page := w.publish(t, ticket.Selection{}).Page.ID
	w.decides(t, page, "PAY-3", "Within a day")
	w.sync(t, page)
	slack := &post{name: "slack"}
	w.team.Notify = append(w.team.Notify, slack)
	w.publish(t, ticket.Selection{})
	w.sync(t, page)
	assert.Empty(t, slack.takes())
}

// A run that died over a message has perhaps sent it: that is told once, and the
// message is not sent again.
func TestAMessageThatWasPerhapsSentIsNotSentAgain(t *testing.T) { // S10, S5
	t.Parallel()
	w := newWorld(t, few...)
	slack := &post{name: "slack"}
	w.team.Notify = append(w.team.Notify, slack)
	page := w.publish(t, ticket.Selection{}).Page.ID
	w.decides(t, page, "PAY-3", "Within a day")
	w.sync(t, page)
	slack.takes()
	p, _ := w.Confluence.Page(page)
	state := strings.ReplaceAll(string(p.Properties["refine"]), `"slack":"sent"`, `"slack":"sending"`)
	require.NoError(t, w.Confluence.SetProperty(page, "refine", json.RawMessage(state)))
	for _, notices := range [][]worker.Delivery{w.publish(t, ticket.Selection{}).Notices, w.sync(t, page).Notices} {
		require.Len(t, notices, 1)
		assert.Equal(t, worker.PerhapsSent, notices[0].Status)
	}
	assert.Empty(t, w.publish(t, ticket.Selection{}).Notices)
	assert.Empty(t, w.sync(t, page).Notices)
	assert.Empty(t, slack.takes())
}

// Whatever request of a publish and a sync fails, once or by losing its answer, and
// whoever runs at the same time, nobody is told the same twice; and where no run died
// over a message nobody is left out.
func TestAnyRequestMayFailAndEachEventIsToldOnce(t *testing.T) { // S10, S5
	t.Parallel()
	cases := 0
	for name, options := range deployments {
		group := errgroup.Group{}
		group.SetLimit(8)
		for _, kind := range []sandbox.Kind{sandbox.Lost, sandbox.ServerError} {
			for n := 1; n <= 40; n++ {
				if (n+len(name)+len(kind))%min(sample, 40) != 0 { // one of them at least
					continue
				}
				cases++
				group.Go(apart(t, fmt.Sprintf("%s/%s at request %d", name, kind, n), func(t *testing.T) {
					w := newWorld(t, slices.Concat(options, few)...)
					slack := &post{name: "slack"}
					w.team.Notify = append(w.team.Notify, slack)
					require.NoError(t, w.breakAt(n, kind))
					lost := false
					for range 3 {
						if len(w.Confluence.Pages()) == 1 {
							w.typesOnce(t)
						}
						published, err := w.Publish(t.Context(), worker.Request{Team: w.team})
						synced, err2 := w.Sync(t.Context(), worker.SyncRequest{Team: w.team})
						for _, d := range append(published.Notices, synced.Notices...) {
							lost = lost || d.Status == worker.PerhapsSent
						}
						w.now = w.now.Add(3 * time.Minute) // a hold that a run could not end is over
						_, _ = err, err2
					}
					told := slack.takes()
					count := map[string]int{}
					for _, text := range told {
						count[text]++
						assert.Equal(t, 1, count[text], "%q", told)
					}
					assert.True(t, lost || len(told) == 2, "%q", told)
				}))
			}
		}
		require.NoError(t, group.Wait())
	}
	t.Logf("%d cases", cases)
}

func (w *world) typesOnce(t *testing.T) {
	page := w.Confluence.Pages()[0]
	if !strings.Contains(page.Body, "Within a day") {
		w.decides(t, page.ID, "PAY-3", "Within a day")
	}
}
