package worker_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/confluence/storage"
	"refine/internal/worker"
	"refine/jira/jiratest"
	"refine/planner/outcome"
	"refine/planner/ticket"
)

const receiptHeading = "Written back to Jira"

// receipts are the texts below each heading of a receipt, in the page's order.
func (w *world) receipts(t *testing.T, page string) (texts []string) {
	t.Helper()
	p, ok := w.Confluence.Page(page)
	require.True(t, ok)
	doc, err := storage.Parse(p.Body)
	require.NoError(t, err)
	within := false
	for _, n := range doc.Blocks() {
		if n.Name == "h2" {
			if within = n.PlainText() == receiptHeading; within {
				texts = append(texts, "")
			}
			continue
		}
		if within {
			texts[len(texts)-1] += n.PlainText() + "\n"
		}
	}
	return texts
}

// types adds markup at the end of the page.
func (w *world) types(t *testing.T, page, markup string) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) { return body + markup, nil })
}

func (w *world) replaces(t *testing.T, page, old, new string) {
	t.Helper()
	w.edits(t, page, func(body string) (string, error) {
		require.True(t, strings.Contains(body, old), "the page has no %q", old)
		return strings.ReplaceAll(body, old, new), nil
	})
}

func TestThePageSaysWhatBecameOfEachLine(t *testing.T) { // C5 S7 S8
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		assert.Equal(t, worker.NoReceipt, w.sync(t, page).Receipt, "nobody has typed anything")
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.acts(t, page, "PAY-6", "ask the bank", monday)
		w.types(t, page, "<h2>Notes</h2><p>Decision: we meet every week</p><p>Action: book a room</p>")

		dry, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page, DryRun: true})
		require.NoError(t, err)
		assert.Equal(t, worker.ReceiptPlanned, dry.Receipt)
		assert.Empty(t, w.receipts(t, page))

		before, _ := w.Confluence.Page(page)
		w.requests(t)
		synced := w.sync(t, page)
		assert.Equal(t, worker.ReceiptWritten, synced.Receipt)
		_, writes := w.requests(t)
		assert.Equal(t, 2+1+2*2, writes, "the hold and its end, the page, and of two tickets comment and link")
		after, _ := w.Confluence.Page(page)
		assert.Equal(t, before.Version+1, after.Version, "one PUT")
		assert.Equal(t, after.Version, synced.Page.Version)
		assert.True(t, after.Minor, "nobody is notified")
		assert.Equal(t, []string{"As of 2026-11-23. What is typed or changed since is written by the next sync.\n" +
			"Decisions of this session\nDecision\nTicket\nResult\n" +
			"“Refund within a day”\nPAY-3\nWritten as a decision\n" +
			"Action items and what else was read\nLine\nTicket\nResult\n" +
			"“ask the bank”, due 2026-11-23\nPAY-6\nWritten as an action item\n" +
			"“we meet every week”\nNot written (Notes): it names no ticket and stands in no item's section: name one, or move it below its item\n" +
			"“Action: book a room”\nNot written (Notes): it only looks like an outcome: type it below Decisions or Action items of its item\n"}, w.receipts(t, page))
		assert.Contains(t, after.Body, `href="`+w.Site.Jira+`/browse/PAY-3"`)

		w.now = w.now.AddDate(0, 0, 3)
		w.requests(t)
		assert.Equal(t, worker.ReceiptUnchanged, w.sync(t, page).Receipt, "also on another day")
		_, writes = w.requests(t)
		assert.Zero(t, writes)

		w.edits(t, page, func(body string) (string, error) { // the form, not the receipt
			return strings.Replace(body, "Refund within a day", "", 1), nil
		})
		w.sync(t, page)
		assert.Contains(t, w.receipts(t, page)[0], "“Refund within a day”\nPAY-3\nNo longer on the page; it stays on the ticket\n")
		assert.Contains(t, w.receipts(t, page)[0], "As of 2026-11-26.")
		require.Len(t, w.receipts(t, page), 1)
	})
}

func TestTheReceiptSaysWhyNot(t *testing.T) { // C5 S6
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.sync(t, page)
		ivo := w.Sandbox.Jira.AddPerson(jiratest.Person{DisplayName: "Ivo Marek"})
		require.NoError(t, w.Sandbox.Jira.EditComment("PAY-3", w.Sandbox.Jira.Comments("PAY-3")[len(w.Sandbox.Jira.Comments("PAY-3"))-1].ID, ivo, "Ivo's own words"))
		w.decides(t, page, "PAY-3", "Fees included")
		w.decides(t, page, "PAY-6", "Fourteen days")

		synced, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		_, partly := errors.AsType[*worker.PartlyError](err)
		require.True(t, partly, "%v", err)
		assert.Equal(t, worker.ReceiptWritten, synced.Receipt)
		told := w.receipts(t, page)[0]
		assert.Contains(t, told, "“Fees included”\nPAY-3\nNot written: Ivo Marek changed the comment")
		assert.Contains(t, told, "“Fourteen days”\nPAY-6\nWritten as a decision")

		w.requests(t)
		again, err := w.Sync(t.Context(), worker.SyncRequest{Team: w.team, Page: page})
		assert.Error(t, err, "the conflict stands")
		assert.Equal(t, worker.ReceiptUnchanged, again.Receipt)
		_, writes := w.requests(t)
		assert.Zero(t, writes)
	})
}

func TestAReceiptThatPeopleTouchedIsTheirs(t *testing.T) { // C3 C5
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.sync(t, page)
		w.replaces(t, page, "Written as a decision", "Written, thanks. Decision: done")

		w.requests(t)
		assert.Equal(t, worker.ReceiptKept, w.sync(t, page).Receipt, "there is nothing new to say")
		_, writes := w.requests(t)
		assert.Zero(t, writes, "and its words are no outcomes")

		w.acts(t, page, "PAY-6", "ask the bank", monday)
		assert.Equal(t, worker.ReceiptWritten, w.sync(t, page).Receipt)
		told := w.receipts(t, page)
		require.Len(t, told, 2)
		assert.Contains(t, told[0], "Written, thanks")
		assert.NotContains(t, told[0], "ask the bank")
		assert.Contains(t, told[1], "ask the bank")

		w.acts(t, page, "PAY-7", "split it", monday)
		assert.Equal(t, worker.ReceiptWritten, w.sync(t, page).Receipt)
		require.Len(t, w.receipts(t, page), 2, "the newer one is refreshed")

		w.replaces(t, page, "Written as an action item", "Seen")
		w.decides(t, page, "PAY-7", "Cards first")
		assert.Equal(t, worker.ReceiptKept, w.sync(t, page).Receipt)
		require.Len(t, w.receipts(t, page), 2, "never a third")
		assert.Len(t, w.commented(t)["PAY-7"], 1)
	})
}

func TestAReceiptThatPeopleTookOutStaysOut(t *testing.T) { // C3 C5
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.sync(t, page)
		w.edits(t, page, func(body string) (string, error) {
			return body[:strings.LastIndex(body, "<h2")], nil
		})
		w.acts(t, page, "PAY-6", "ask the bank", monday)
		assert.Equal(t, worker.ReceiptKept, w.sync(t, page).Receipt)
		assert.Empty(t, w.receipts(t, page))
		assert.Len(t, w.commented(t)["PAY-6"], 1)
	})
}

func TestAPublishLeavesTheReceipt(t *testing.T) { // C3 C5
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.sync(t, page)
		assert.Equal(t, worker.Unchanged, w.publish(t, ticket.Selection{}).Action)
		w.renames(t, "PAY-7", "Pay by card")
		again := w.publish(t, ticket.Selection{})
		assert.Equal(t, worker.Updated, again.Action)
		assert.Empty(t, again.Kept)
		require.Len(t, w.receipts(t, page), 1)
		w.acts(t, page, "PAY-6", "ask the bank", monday)
		assert.Equal(t, worker.ReceiptWritten, w.sync(t, page).Receipt)
		require.Len(t, w.receipts(t, page), 1)
	})
}

func TestWhatIsTypedBelowTheReceiptIsRead(t *testing.T) { // C5 S7
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.sync(t, page)
		w.types(t, page, "<p>Decision: PAY-6 waits for the bank</p>")
		w.sync(t, page)
		require.Len(t, w.commented(t)["PAY-6"], 1)
		require.Len(t, w.receipts(t, page), 1)
		assert.Contains(t, w.receipts(t, page)[0], "Decision: PAY-6 waits for the bank")
		assert.Contains(t, w.receipts(t, page)[0], "“PAY-6 waits for the bank”\nPAY-6\nWritten as a decision")
	})
}

func TestPeopleTypeWhileAReceiptIsWritten(t *testing.T) { // C3 C5
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.Pages = &typist{Client: w.Pages.(*confluence.Client), types: func() { w.decides(t, page, "PAY-6", "Typed just now") }}
		assert.Equal(t, worker.ReceiptWritten, w.sync(t, page).Receipt)
		p, _ := w.Confluence.Page(page)
		assert.Contains(t, p.Body, "Typed just now")
		require.Len(t, w.receipts(t, page), 1)
		assert.NotContains(t, w.receipts(t, page)[0], "Typed just now", "it has not been written yet")
		w.sync(t, page)
		require.Len(t, w.receipts(t, page), 1)
		assert.Contains(t, w.receipts(t, page)[0], "Typed just now")
	})
}

func TestALineThatLeftWithItsWholeSectionIsTold(t *testing.T) { // C5 S8
	onBoth(t, func(t *testing.T, w *world) {
		page := w.publish(t, ticket.Selection{}).Page.ID
		w.decides(t, page, "PAY-3", "Refund within a day")
		w.sync(t, page)
		w.edits(t, page, func(body string) (string, error) {
			line := strings.Index(body, "Refund within a day")
			from, to := strings.LastIndex(body[:line], "<h2"), line+strings.Index(body[line:], "<h2")
			return body[:from] + body[to:], nil
		})
		synced := w.sync(t, page)
		require.Len(t, synced.Changes, 3, "the comment, the line that is gone, the link")
		removed := synced.Changes[1]
		assert.Equal(t, outcome.RemovedLine, removed.Kind)
		assert.Contains(t, removed.Detail, "Refund within a day")
		require.Len(t, w.commented(t)["PAY-3"], 1)
		assert.Contains(t, w.commented(t)["PAY-3"][0], "*Left the page*\n* Refund within a day – no longer on the page\n", "it stays on the ticket")
		require.Len(t, w.receipts(t, page), 1)
		assert.Contains(t, w.receipts(t, page)[0], "No longer on the page")
		assert.Zero(t, applied(w.sync(t, page)))
	})
}
