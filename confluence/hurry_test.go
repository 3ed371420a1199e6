package confluence_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner/outcome"
)

// TestTypedInAHurry types what people typed who had no time, into an item's places
// as the page has them, and says where it goes (S1, S2, S7, S11).
func TestTypedInAHurry(t *testing.T) {
	t.Parallel()
	const (
		ivo    = `<ac:link><ri:user ri:account-id="5b10:ivo" /></ac:link>`
		day    = `<time datetime="2026-12-24" />`
		status = `<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">`
		ends   = `</ac:parameter></ac:structured-macro>`
	)
	task := func(body, state string) string {
		return "<ac:task-list><ac:task><ac:task-status>" + state + "</ac:task-status><ac:task-body>" + body + "</ac:task-body></ac:task></ac:task-list>"
	}
	lozenge := func(colour, title string) string {
		return `<ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">` + colour + `</ac:parameter><ac:parameter ac:name="title">` + title + ends
	}
	for _, test := range []struct {
		name, facts, decisions, actions, outcomes string
		written, listed                           []string
	}{
		{name: "a note behind an outcome's box", outcomes: task("Needs another session with legal", "incomplete") + task("Ready "+ivo, "complete"),
			listed: []string{"outcome: Needs another session with legal", "outcome: Ready somebody"}},
		{name: "a task that is called like a box", actions: task("Split", "incomplete"), written: []string{"A Split"}},
		{name: "bullets below a bullet that is a ticket", decisions: "<ul><li><p>PAY-4</p><ul><li><p>keep it</p></li></ul></li><li><p>drop it</p></li></ul>",
			written: []string{"D PAY-4: keep it", "D drop it"}},
		{name: "bullets below a bullet that is a ticket's address", decisions: "<ul><li><p><a href=\"" + browse + "PAY-4\">" + browse + "PAY-4</a></p><ul><li><p>keep it</p></li></ul></li><li><p>" + browse + "PAY-5</p><ul><li><p>drop it</p></li></ul></li></ul>",
			facts: "<ul><li><p><a href=\"" + browse + "PAY-6\">Overview</a></p><ul><li><p>Decision: show it</p></li></ul></li></ul>", written: []string{"D PAY-6: show it", "D PAY-4: keep it", "D PAY-5: drop it"}},
		{name: "a label behind a card", facts: "<p><a href=\"" + browse + "PAY-4\" data-card-appearance=\"inline\">" + browse + "PAY-4</a> Decision: no fee</p>", written: []string{"D PAY-4 no fee"}},
		{name: "a list behind a labelled decision", decisions: "<p>Decision: mail first</p><ul><li>then a letter</li></ul>", written: []string{"D mail first", "D then a letter"}},
		{name: "what another item is to be", facts: "<p>PAY-4 Estimate: 3</p>", outcomes: "<ul><li>PAY-4: Ready</li><li>PAY-9: Ready</li></ul>", written: []string{"PAY-4: 3", "PAY-4: Ready"}, listed: []string{"outcome: PAY-9: Ready"}},
		{name: "the heading of another item in front of the places", facts: "<h3>PAY-4 (related)</h3>", decisions: "<ul><li>in Frankfurt</li></ul>",
			written: []string{"D in Frankfurt (it may belong to PAY-7 or to PAY-4, whose heading stands in its section: name the ticket in the line)"}},
		{name: "a row about two tickets", actions: "<table><tbody><tr><th>Ticket</th><th>Action</th></tr><tr><td>PAY-7, PAY-3</td><td>ask legal</td></tr></tbody></table>",
			written: []string{"A ask legal (its row names several tickets: give each a row)"}},
		{name: "a dash for none", actions: "<ul><li>-</li><li>–</li></ul>", listed: []string{"-", "–"}},
		{name: "who and when below a decision", decisions: "<ul><li>pause it</li><li>Owner: Ivo</li><li>Due: Friday</li></ul>", written: []string{"D pause it – Owner: Ivo – Due: Friday"}},
		{name: "a mention and a day alone below an action", actions: "<ul><li>write job</li></ul><p>" + ivo + "</p><p>" + day + "</p>", written: []string{"A write job @ 2026-12-24"}},
		{name: "a task of a mention alone", actions: task(ivo, "incomplete"), listed: []string{"somebody"}},
		{name: "what was rejected", decisions: "<p>Rejected:</p><ul><li>never pause</li></ul>", listed: []string{"never pause"}},
		{name: "a rejecting lozenge", decisions: "<ul><li>" + status + "Rejected" + ends + " paypal</li></ul>", listed: []string{"Rejected paypal"}},
		{name: "a heading within a place", decisions: "<p>Frontend:</p><ul><li>use one form</li></ul>", written: []string{"D use one form"}, listed: []string{"Frontend:"}},
		{name: "nothing was decided", decisions: "<ul><li>not decided</li><li>postponed</li><li>TBD: who pays</li><li>Order status: cancelled</li></ul>",
			written: []string{"D Order status: cancelled"}, listed: []string{"not decided", "postponed", "TBD: who pays"}},
		{name: "nothing to do", actions: "<ul><li>nothing to do</li><li>cancelled: call</li></ul>", listed: []string{"nothing to do", "cancelled: call"}},
		{name: "a column of states", actions: "<table><tbody><tr><th>Action</th><th>Status</th></tr><tr><td>mail</td><td>Done</td></tr><tr><td>call</td><td>Cancelled</td></tr></tbody></table>",
			written: []string{"A mail done"}, listed: []string{"call"}},
		{name: "done in words", actions: "<ul><li>Done: mail sent</li><li>(done) call</li></ul>", written: []string{"A mail sent done", "A call done"}},
		{name: "typed bullets", decisions: "<ul><li>- drop it</li></ul>", actions: "<ul><li>- [ ] ask legal</li><li>• ask Ivo</li></ul>", written: []string{"D drop it", "A ask legal", "A ask Ivo"}},
		{name: "a lozenge behind the key", decisions: "<p>PAY-4 " + status + "Decision" + ends + " mails later</p>", written: []string{"D PAY-4: mails later"}},
		{name: "between facts and decisions", facts: "<p>We decided to drop it</p><p>Design decision: drop it</p><p>Lena will ask about it</p><p>Decision – wait</p>",
			written: []string{"D wait"}, listed: []string{"We decided to drop it", "Design decision: drop it", "Lena will ask about it"}},
		{name: "who and when in columns beside a decision", decisions: "<table><tbody><tr><th>Topic</th><th>Decision</th><th>Owner</th><th>Due</th></tr><tr><td>Mails</td><td>keep</td><td>Ivo</td><td>2026-12-12</td></tr></tbody></table>",
			written: []string{"D Mails: keep – Ivo – 2026-12-12"}},
		{name: "a list behind two paragraphs", facts: "<p><strong>Decisions</strong></p><p>one</p><p>two</p><ul><li>three</li></ul>",
			listed: []string{"one", "two", "three"}},
		{name: "a person above what is theirs", actions: "<ul><li><p>Ivo:</p><ul><li><p>add a flag</p></li></ul></li><li><p>" + ivo + ":</p><ul><li><p>test it</p></li></ul></li></ul>",
			written: []string{"A add a flag – Ivo", "A test it @"}},
		{name: "a table of options", decisions: "<table><tbody><tr><th>Option</th><th>Pro</th><th>Decision</th></tr><tr><td>S3</td><td>cheap</td><td>yes</td></tr><tr><td>NAS</td><td>fast</td><td>no</td></tr></tbody></table>",
			written: []string{"D S3"}, listed: []string{"cheap", "fast", "NAS: no"}},
		{name: "a label that means the opposite", decisions: "<ul><li>to be confirmed: logo</li><li>Parked: translations</li><li>Option A: PDF</li><li>Tentative decision: HTML</li></ul><p>Decision: tbd</p>",
			listed: []string{"to be confirmed: logo", "Parked: translations", "Option A: PDF", "Tentative decision: HTML", "Decision: tbd"}},
		{name: "no action in words", actions: "<ul><li>rien à faire</li><li>RAS</li><li>nichts zu tun</li></ul>", listed: []string{"rien à faire", "RAS", "nichts zu tun"}},
		{name: "a day alone", actions: "<ul><li>variants</li><li>by 9 Dec</li></ul>", written: []string{"A variants – by 9 Dec"}},
		{name: "done at the end", actions: "<ul><li>measure (done in the meeting)</li><li>Script fertig ✔</li></ul>", written: []string{"A measure (done in the meeting) done", "A Script fertig ✔ done"}},
		{name: "to do in two words", decisions: "<p>To do: icon</p>", written: []string{"A icon"}},
		{name: "words of the subject that only look like it", decisions: "<ul><li>Cancelled invoices get no reminder</li><li>Rejected payments are red</li><li>Parked orders are grey</li></ul>",
			written: []string{"D Cancelled invoices get no reminder", "D Rejected payments are red", "D Parked orders are grey"}},
		{name: "remarks", decisions: "<p>No decision on the filter yet</p><p>+1 from Noor</p><p>OK for all</p><p>no objections</p>", actions: task("nothing else", "incomplete"),
			listed: []string{"No decision on the filter yet", "+1 from Noor", "OK for all", "no objections", "nothing else"}},
		{name: "reactions", decisions: "<ul><li>keep it</li></ul><p>+1</p><p>LGTM</p><p>passt so</p>", written: []string{"D keep it"}, listed: []string{"+1", "LGTM", "passt so"}},
		{name: "a reason without its word", decisions: "<ul><li>no fee for cards</li></ul><p>because the provider charges little</p>", written: []string{"D no fee for cards | because the provider charges little"}},
		{name: "owner and day of the action beside a decision", decisions: "<table><tbody><tr><th>Decision</th><th>Action</th><th>Owner</th></tr><tr><td>restart</td><td>add flag</td><td>Ivo</td></tr></tbody></table>",
			written: []string{"D restart", "A add flag – Ivo"}},
		{name: "labels above the places", facts: "<p>Key decision: one provider</p><p>To Do: update mock</p><p>ACTION Ivo talks to the bank</p><p>Update (1 Dec): Decision: tooltips on</p><p>Einigung: kein Rückwirken</p><p>Outcome: three stories</p>",
			written: []string{"D one provider", "D kein Rückwirken"}, listed: []string{"To Do: update mock", "ACTION Ivo talks to the bank", "Update (1 Dec): Decision: tooltips on", "outcome: three stories"}},
		{name: "an estimate without a colon", decisions: "<p>Estimate 5</p>", listed: []string{"estimate: Estimate 5"}},
		{name: "what, who and when", actions: "<table><tbody><tr><th>What</th><th>Who</th><th>When</th></tr><tr><td>measure p95</td><td>" + ivo + "</td><td>" + day + "</td></tr><tr><td>write job</td><td>Noor</td><td>Friday</td></tr></tbody></table>",
			written: []string{"A measure p95 @ 2026-12-24", "A write job – Noor – Friday"}},
		{name: "a question among actions", actions: "<p>Who closes complaints?</p>", listed: []string{"Who closes complaints?"}},
		{name: "a table between facts and decisions", facts: "<table><tbody><tr><th>Topic</th><th>Decision</th></tr><tr><td>Banner</td><td>it is yellow</td></tr></tbody></table>",
			written: []string{"D Banner: it is yellow"}},
		{name: "a name in front of the label", facts: "<p>Dana: Decision – hide them</p><p>Noor: Action: ask marketing</p>", listed: []string{"Dana: Decision – hide them", "Noor: Action: ask marketing"}},
		{name: "a box begun and left", actions: task("ask legal", "incomplete") + task(ivo, "incomplete"), written: []string{"A ask legal"}, listed: []string{"somebody"}},
		{name: "a heading of their own behind the boxes", outcomes: task("Ready", "incomplete") + "<h4>To do</h4><ul><li>update the help</li></ul><p>Decision: it stays</p>",
			written: []string{"A update the help", "D it stays"}},
		{name: "two kinds on a line", decisions: "<p>Decision: wait; Action: Ivo asks legal</p>", written: []string{"D wait", "A Ivo asks legal"}},
		{name: "a lozenge in the colour of what is not settled, whatever it says", decisions: "<ul><li>" + lozenge("Yellow", "to confirm") + " hold six weeks</li><li>hold 45 days " +
			lozenge("Red", "zu klären") + "</li><li>" + lozenge("Green", "agreed") + " keep the format</li><li>" + lozenge("Blue", "v2") + " pay by card</li><li>" + lozenge("Yellow", "Decision") + " no fee</li><li>" +
			lozenge("Red", "done") + " drop the field</li></ul>", actions: "<ul><li>" + lozenge("Yellow", "in progress") + " ask legal</li></ul>",
			written: []string{"D keep the format", "D v2 pay by card", "D no fee", "D done drop the field", "A in progress ask legal"}, listed: []string{"to confirm hold six weeks", "hold 45 days zu klären"}},
		{name: "native tasks below the criteria", outcomes: "<h3>Acceptance criteria</h3>" + task("works on an iPad", "incomplete") + task("shows the code", "complete") + task("Decision: no fee", "incomplete"),
			written: []string{"works on an iPad", "shows the code", "D no fee"}},
		{name: "criteria that are not agreed", outcomes: "<h3>Acceptance criteria</h3><ul><li>tbd: limits per method</li><li>pending: shown in yellow</li><li>" + lozenge("Yellow", "tbd") + " age of a draft</li><li>" +
			lozenge("Grey", "TBC") + " tooltip</li><li>⏳ export</li><li>a pending payment is grey</li></ul>",
			written: []string{"pending: shown in yellow", "a pending payment is grey"}, listed: []string{"tbd: limits per method", "tbd age of a draft", "TBC tooltip", "⏳ export"}},
		{name: "what stands before who and when", actions: "<ul><li>logos of card schemes, " + ivo + "</li><li>a sequence – @" + ivo + " – " + day + "</li><li>read the log, //" + day + "</li></ul>",
			written: []string{"A logos of card schemes @", "A a sequence @ 2026-12-24", "A read the log 2026-12-24"}},
		{name: "two tickets on a line", decisions: "<ul><li>nicer mails; PAY-12: ten years</li></ul>", written: []string{"D nicer mails", "D PAY-12: ten years"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			state := confluence.State{Regions: map[string]string{"item/PAY-4": "", "item/PAY-7": ""}}
			out, err := state.Outcomes("<h2>PAY-7 Refunds</h2>"+test.facts+"<h3>Decisions</h3>"+test.decisions+"<h3>Action items</h3>"+
				test.actions+"<h3>Acceptance criteria</h3><p></p><h3>Outcome</h3>"+test.outcomes, browse)
			require.NoError(t, err)
			var written, listed []string
			for _, e := range out.Entries {
				written = append(written, shown(e))
			}
			for _, s := range out.Suggestions {
				if s.Text != "Rejected:" {
					listed = append(listed, s.Text)
				}
			}
			assert.Equal(t, test.written, written, "written")
			assert.Equal(t, test.listed, listed, "listed")
		})
	}
}

func shown(e outcome.Entry) string {
	kind := map[outcome.EntryKind]string{outcome.Decision: "D ", outcome.Action: "A "}[e.Kind]
	if e.Row != "" {
		kind += e.Row + ": "
	}
	s := kind + said(e)
	if len(e.Reason) > 0 {
		s += " | " + e.Reason.String()
	}
	if e.Done {
		s += " done"
	}
	if e.Doubt != "" {
		s += " (" + e.Doubt + ")"
	}
	return s
}
