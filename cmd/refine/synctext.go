package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"refine/internal/worker"
	"refine/planner/outcome"
	"refine/planner/text"
)

// syncText tells people what became of a page's outcomes: one line for each
// ticket, and one for each line of the page that went nowhere.
func syncText(out io.Writer, s worker.Synced, dryRun bool) {
	fmt.Fprintf(out, "%s\n%s\n", s.Page.Title, s.Page.URL)
	for _, c := range s.Changes {
		changeText(out, c, s.Changes)
	}
	for _, u := range s.Unattributed {
		fmt.Fprintf(out, "not written: “%s” (%s): %s\n", u.Text, u.Where, u.Reason)
	}
	for _, g := range s.Suggestions {
		fmt.Fprintf(out, "not written: “%s” (%s): %s\n", g.Text, g.Where, g.Why())
	}
	othersText(out, s.Others)
	for _, p := range s.Left {
		fmt.Fprintf(out, "not synced, another session: %s (refine sync --page %s)\n", p.Title, p.ID)
	}
	for _, key := range slices.Sorted(maps.Keys(s.Hidden)) {
		fmt.Fprintf(out, "%s: may not be shown any more; of what refine wrote the page keeps its key alone\n", key)
	}
	if line := receiptText[s.Receipt]; line != "" {
		fmt.Fprintln(out, line)
	}
	if s.Update.Told() {
		fmt.Fprintf(out, "update: %s\n", s.Update)
	}
	noticesText(out, s.Notices, s.Update.String())
	fmt.Fprintln(out, summary(s, dryRun))
}

// receiptText says what became of the page's own account of the sync.
var receiptText = map[worker.ReceiptStatus]string{
	worker.ReceiptPlanned: "receipt on the page: planned",
	worker.ReceiptWritten: "receipt on the page: written",
	worker.ReceiptKept:    "receipt on the page: left as people changed it",
}

func changeText(out io.Writer, c outcome.Change, all []outcome.Change) {
	switch {
	case c.Kind == outcome.RemovedLine && c.Moved != "":
		fmt.Fprintf(out, "%s: moved to %s, left on the ticket as moved: %s\n", c.Issue, c.Moved, c.Detail)
		return
	case c.Kind == outcome.RemovedLine:
		departure, _, _ := strings.Cut(c.Reason, ";")
		fmt.Fprintf(out, "%s: %s, left on the ticket: %s\n", c.Issue, departure, c.Detail)
		return
	case c.Status == outcome.Unchanged && len(c.Withheld) == 0 && (c.Set == nil && !c.Kind.OfIssue() && !c.Back || c.Reason == "") || besideComment(c, all):
		return
	case c.Kind == outcome.LinkChange:
		fmt.Fprintf(out, "%s: link %s: %s\n", c.Issue, c.Status, c.Detail)
	case (c.Kind.OfIssue() || c.Back) && c.Status == outcome.Unchanged:
		fmt.Fprintf(out, "%s: %s\n", c.Issue, c.Detail)
	case c.Kind.OfIssue() && c.Action != nil && c.Action.New != nil && c.Target != "":
		fmt.Fprintf(out, "%s: %s %s, %s: %s\n", c.Issue, c.Kind, c.Status, c.Target, c.Detail)
	default:
		what, detail := saidOnce(c)
		fmt.Fprintf(out, "%s: %s %s: %s\n", c.Issue, what, c.Status, detail)
	}
	if c.Reason != "" {
		fmt.Fprintf(out, "  %s\n", c.Reason)
	}
}

// saidOnce is what a change is of, and its detail without those words: that of a
// setting begins with its field, that of what is taken back says so.
func saidOnce(c outcome.Change) (what, detail string) {
	what, detail = string(c.Kind), c.Detail
	back := ""
	if rest, says := strings.CutPrefix(detail, "taken back: "); says {
		back, detail = " taken back,", rest
	}
	if c.Set != nil {
		if rest, says := strings.CutPrefix(detail, string(c.Set.Field)+": "); says {
			what, detail = string(c.Set.Field), rest
		}
	}
	return what + back, detail
}

// besideComment reports whether c is the link that goes with a comment: the line
// about the comment tells enough if both fared alike.
func besideComment(c outcome.Change, all []outcome.Change) bool {
	return c.Kind == outcome.LinkChange && slices.ContainsFunc(all, func(o outcome.Change) bool {
		return o.Issue == c.Issue && o.Kind == outcome.CommentChange && o.Status == c.Status
	})
}

// summary is one line; it begins with what has changed in Jira, or would.
func summary(s worker.Synced, dryRun bool) string {
	count := map[outcome.Status]int{}
	for _, c := range s.Changes {
		count[c.Status]++
	}
	line, notMade := made(s.Changes, outcome.Applied, ""), count[outcome.Failed]+count[outcome.Planned]
	if dryRun {
		line, notMade = made(s.Changes, outcome.Planned, " planned"), count[outcome.Failed]
	}
	if notMade > 0 {
		line += fmt.Sprintf(", %d not made", notMade)
	}
	if n := count[outcome.Conflict]; n > 0 {
		line += ", " + text.Counted(n, "conflict")
	}
	if n := len(s.Unattributed) + len(s.Suggestions); n > 0 {
		line += fmt.Sprintf(", %s not written", text.Counted(n, "line"))
	}
	return line
}

// made counts the changes with that status, and where they are of several kinds, or
// links, which the lines above do not show, those of each.
func made(changes []outcome.Change, status outcome.Status, what string) string {
	count, all := map[string]int{}, 0
	for _, c := range changes {
		if c.Status == status {
			all++
			count[cmp.Or(counted[c.Kind], setting)]++
		}
	}
	line := text.Counted(all, "change") + what
	if len(count) < 2 && count[counted[outcome.LinkChange]] == 0 {
		return line
	}
	var parts []string
	for _, kind := range []string{"comment", "action item", "split issue", setting, "link"} {
		if n := count[kind]; n > 0 {
			parts = append(parts, text.Counted(n, kind))
		}
	}
	if count[counted[outcome.LinkChange]] > 0 { // the last one
		parts[len(parts)-1] += " to the page"
	}
	return fmt.Sprintf("%s (%s)", line, strings.Join(parts, ", "))
}

// counted is what a summary calls changes of a kind, those of no other one a setting.
var counted = map[outcome.ChangeKind]string{
	outcome.CommentChange: "comment", outcome.LinkChange: "link", outcome.ActionChange: "action item", outcome.SplitChange: "split issue",
}

const setting = "setting"
