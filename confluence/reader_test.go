package confluence_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner"
	"refine/planner/guide"

	"refine/planner/outcome"
	"refine/planner/ticket"
)

const browse = "https://jira.example/browse/"

// A written page is a published one, with what its property remembers of it.
type written struct {
	body  string
	state confluence.State
}

// publishedPage is the page of two items, PAY-2 and PAY-3, as a product shows it.
func publishedPage(t testing.TB, style confluence.Style, p planner.Plan) written {
	t.Helper()
	regions := confluence.Render(p, style)
	known, err := confluence.Fingerprints(regions)
	require.NoError(t, err)
	return written{confluence.Assemble(regions), confluence.State{Regions: known, Said: saidOf(t, regions, "", nil)}}
}

// linkedPlan is a plan whose items have addresses, as real ones do.
func linkedPlan(t *testing.T) planner.Plan {
	p := formatPlan(t, guide.BuiltIn(guide.POPM))
	for n := range p.Items {
		p.Items[n].Issue.URL = browse + p.Items[n].Issue.Key
	}
	return p
}

// read is what becomes of the page: "decision PAY-2 go | reason", "action PAY-3 ask",
// "listed PAY-2 go", "doubtful go".
func (w written) read(t testing.TB) (got []string) {
	t.Helper()
	out, err := w.state.Outcomes(w.body, browse)
	require.NoError(t, err)
	return readings(out)
}

func readings(out outcome.Outcomes) (got []string) {
	for _, e := range out.Entries {
		line := string(e.Kind) + " " + e.Section + " " + e.Text.String()
		if e.Doubt != "" {
			line = "doubtful " + e.Text.String()
		}
		if len(e.Reason) > 0 {
			line += " | " + e.Reason.String()
		}
		got = append(got, line)
	}
	for _, s := range out.Suggestions {
		got = append(got, "listed "+s.Issue+" "+s.Text)
	}
	return got
}

// under types markup right below a heading of an item's section.
func (w written) under(t testing.TB, key, heading, markup string) written {
	t.Helper()
	section := strings.Index(w.body, `<h2><a href="`+browse+key+`">`)
	require.GreaterOrEqual(t, section, 0, key)
	at := strings.Index(w.body[section:], "<h3>"+heading+"</h3>")
	require.GreaterOrEqual(t, at, 0, heading)
	at += section + len("<h3>"+heading+"</h3>")
	w.body = w.body[:at] + markup + w.body[at:]
	return w
}

func (w written) with(t testing.TB, old, new string) written {
	t.Helper()
	require.True(t, strings.Contains(w.body, old), "the page has no %s", old)
	w.body = strings.Replace(w.body, old, new, 1)
	return w
}

// onBoth plays a case on the pages of both products.
func onBoth(t *testing.T, play func(t *testing.T, page written)) {
	p := linkedPlan(t)
	for product, style := range styles {
		page := publishedPage(t, style, p)
		t.Run(product, func(t *testing.T) {
			t.Parallel()
			play(t, page)
		})
	}
}

func TestAPublishedPageHasNoOutcomes(t *testing.T) { // S11
	t.Parallel()
	onBoth(t, func(t *testing.T, page written) {
		assert.Empty(t, page.read(t))
		page.state.Regions = map[string]string{"item/PAY-2": "", "item/PAY-3": ""}
		assert.Empty(t, page.read(t), "also where people have touched all of it")
	})
}

// S11 A2 R7: what stands below an item's own heading is of its kind.
func TestAPlaceSaysWhatALineIs(t *testing.T) {
	t.Parallel()
	const list = `<ul><li>use SEPA</li><li><p>keep cards</p></li></ul>`
	for name, test := range map[string]struct {
		heading, markup string
		want            []string
	}{
		"a paragraph":               {"Decisions", `<p>use SEPA</p>`, []string{"listed PAY-2 use SEPA"}},
		"a pasted list":             {"Decisions", list, []string{"decision PAY-2 use SEPA", "decision PAY-2 keep cards"}},
		"several lines":             {"Decisions", `<p>use SEPA<br />keep cards</p>`, []string{"listed PAY-2 use SEPA", "listed PAY-2 keep cards"}},
		"numbered and nested":       {"Decisions", `<ol><li>use SEPA<ul><li>from May on</li></ul></li></ol>`, []string{"decision PAY-2 use SEPA", "decision PAY-2 from May on"}},
		"with its reason":           {"Decisions", `<ul><li>use SEPA</li></ul><p>Reason: cheaper</p>`, []string{"decision PAY-2 use SEPA | cheaper"}},
		"a reason of what is loose": {"Decisions", `<p>use SEPA</p><p>Reason: cheaper</p><p>keep cards</p>`, []string{"listed PAY-2 use SEPA", "listed PAY-2 Reason: cheaper", "listed PAY-2 keep cards"}},
		"below a sub-heading":       {"Decisions", `<h4>Payment</h4><ul><li>use SEPA</li></ul>`, []string{"decision PAY-2 use SEPA"}},
		"a question is none":        {"Decisions", `<p>use SEPA?</p>`, []string{"listed PAY-2 use SEPA?"}},
		"nothing was decided":       {"Decisions", `<p>None.</p>`, []string{"listed PAY-2 None."}},
		"a table in the place":      {"Decisions", `<table><tbody><tr><td>use SEPA</td><td>x1</td></tr></tbody></table>`, []string{"listed PAY-2 use SEPA", "listed PAY-2 x1"}},
		"a quotation":               {"Decisions", `<blockquote><p>use SEPA</p></blockquote>`, []string{"listed PAY-2 use SEPA"}},
		"a picture":                 {"Decisions", `<p><ac:image><ri:attachment ri:filename="b.png" /></ac:image></p>`, []string{"listed PAY-2 decision: (a picture)"}},
		"an action without a task":  {"Action items", `<ul><li>ask the bank</li></ul>`, []string{"action PAY-2 ask the bank"}},
		"a list of actions":         {"Action items", list, []string{"action PAY-2 use SEPA", "action PAY-2 keep cards"}},
		"a labelled action":         {"Action items", `<p>TODO: ask the bank</p>`, []string{"action PAY-2 ask the bank"}},
		"a decision among actions":  {"Action items", `<p>Decision: use SEPA</p>`, []string{"decision PAY-2 use SEPA"}},
		"criteria":                  {"Acceptance criteria", list, []string{"acceptance criterion PAY-2 use SEPA", "acceptance criterion PAY-2 keep cards"}},
		"an estimate":               {"Estimate", `<p>5 points</p>`, []string{"estimate PAY-2 5 points"}},
		"an outcome in words":       {"Outcome", `<p>Split in two</p>`, []string{"listed PAY-2 Split in two"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onBoth(t, func(t *testing.T, page written) {
				assert.Equal(t, test.want, page.under(t, "PAY-2", test.heading, test.markup).read(t))
			})
		})
	}
}

// S11 A2 R6 R7: a label counts wherever a person puts one.
func TestALabelSaysWhatALineIs(t *testing.T) {
	t.Parallel()
	const list = `<ul><li>use SEPA</li><li>keep cards</li></ul>`
	two := []string{"decision PAY-7 use SEPA", "decision PAY-7 keep cards"}
	panel := func(macro, title, body string) string {
		return `<ac:structured-macro ac:name="` + macro + `"><ac:parameter ac:name="title">` + title + `</ac:parameter><ac:rich-text-body>` + body + `</ac:rich-text-body></ac:structured-macro>`
	}
	for name, test := range map[string]struct {
		markup string
		want   []string
	}{
		"a panel":                       {panel("info", "Decision", "<p>use SEPA</p>"), []string{"listed PAY-7 use SEPA"}},
		"a panel with a list":           {panel("panel", "Decisions made", list), two},
		"an expand":                     {panel("expand", "✅ Entscheidungen", list) + `<p>then lunch</p>`, append(two, "listed PAY-7 then lunch")},
		"a panel of actions":            {panel("note", "Next steps", `<ul><li>ask the bank</li></ul>`), []string{"action PAY-7 ask the bank"}},
		"a panel's own title":           {panel("note", "Decision: use SEPA", `<p>see below</p>`), []string{"listed PAY-7 Decision: use SEPA", "listed PAY-7 see below"}},
		"a panel's first line":          {`<ac:structured-macro ac:name="tip"><ac:rich-text-body><p><strong>Decision</strong></p><ul><li>use SEPA</li></ul></ac:rich-text-body></ac:structured-macro><p>then lunch</p>`, []string{"decision PAY-7 use SEPA", "listed PAY-7 then lunch"}},
		"label and list":                {`<p>Decisions made:</p>` + list, two},
		"label and list, spaced":        {"<p>Décision\u202f:</p>" + list, two},
		"em space":                      {"<p>Decision\u2003:\u2003use SEPA</p>", two[:1]},
		"ideographic":                   {"<p>Decision：\u3000use SEPA</p>", two[:1]},
		"decomposed":                    {"<p>De\u0301cisions\u00a0: use SEPA</p>", two[:1]},
		"zero width":                    {"<p>\u200bDecision\ufeff: use SEPA</p>", two[:1]},
		"two paragraphs":                {`<p>Decision:</p><p>use SEPA</p><p>keep cards</p>`, []string{"listed PAY-7 use SEPA", "listed PAY-7 keep cards"}},
		"emoji":                         {`<p>✅ Decision: use SEPA</p>`, two[:1]},
		"emoticon":                      {`<p><ac:emoticon ac:name="tick" /> Decision: use SEPA</p>`, two[:1]},
		"numbered":                      {`<p>Decision 2: use SEPA</p><p>3. Decision: keep cards</p>`, two},
		"numbered with a sign":          {`<p>Decision #1 – use SEPA</p><p>(2) Decision: keep cards</p>`, two},
		"tentative":                     {`<p>Tentative decision: use SEPA</p>`, []string{"listed PAY-7 Tentative decision: use SEPA"}},
		"proposed":                      {`<p>Decision (proposed): use SEPA</p>`, []string{"listed PAY-7 Decision (proposed): use SEPA"}},
		"none":                          {`<p>No decision: we wait</p>`, []string{"listed PAY-7 No decision: we wait"}},
		"final":                         {`<p>Our final decision: use SEPA</p>`, two[:1]},
		"bold without a colon":          {`<p><strong>Decision</strong> use SEPA</p>`, two[:1]},
		"bold and a dash":               {`<p><strong>Decision</strong> – use SEPA</p>`, two[:1]},
		"a picture":                     {`<p>Decision: <ac:image><ri:attachment ri:filename="board.png" /></ac:image></p><p>Then we had a break.</p>`, []string{"listed PAY-7 Decision: (a picture)", "listed PAY-7 Then we had a break."}},
		"a picture below":               {`<p>Decision:</p><ac:image><ri:url ri:value="https://x.example/b.png" /></ac:image><p>Then we had a break.</p>`, []string{"listed PAY-7 decision: (a picture)", "listed PAY-7 Then we had a break."}},
		"a diagram":                     {`<p>Decision: <ac:structured-macro ac:name="drawio"><ac:parameter ac:name="diagramName">Decision: x</ac:parameter></ac:structured-macro></p><p>Break.</p>`, []string{"listed PAY-7 Decision: (a macro: drawio)", "listed PAY-7 Break."}},
		"a struck label":                {`<p><span style="color: red; text-decoration: line-through;">Decision: no</span></p><p><s>Decision: no</s></p>`, nil},
		"struck within":                 {`<p>Decision: <span style="text-decoration-line:line-through">five times</span> use <del>four</del> SEPA</p>`, two[:1]},
		"struck and nested":             {`<ul><li style="text-decoration: line-through"><p>Decision: no</p></li><li>Decision: use <em><strike>x</strike></em>SEPA</li></ul>`, two[:1]},
		"powers":                        {`<p>Decision: 10<sup>6</sup> loans, H<sub>2</sub>O, 1<sup>st</sup>, n<sup>k+x</sup></p>`, []string{"decision PAY-7 10⁶ loans, H₂O, 1st, n^k+x"}},
		"macro settings":                {`<p>Decision: use <ac:macro ac:name="colour"><ac:parameter ac:name="x">red</ac:parameter></ac:macro>SEPA</p>`, two[:1]},
		"a row's heading":               {`<table><tbody><tr><th>Decision</th><td>use SEPA</td></tr><tr><th>Notes</th><td>lunch</td></tr></tbody></table>`, []string{two[0], "listed PAY-7 Notes – lunch"}},
		"a row's label":                 {`<table><tbody><tr><td>Decision</td><td>use SEPA</td></tr><tr><td>Notes</td><td>lunch</td></tr></tbody></table>`, []string{two[0], "listed PAY-7 Notes – lunch"}},
		"a definition list":             {`<dl><dt>Decision</dt><dd>use SEPA</dd></dl>`, []string{"listed PAY-7 use SEPA"}},
		"an action anywhere":            {`<p>AP: Dana asks legal</p><p>TODO Dana: ask legal</p><p>Dana will ask legal about it by Friday</p><p>→ Dana asks legal</p>`, []string{"listed PAY-7 AP: Dana asks legal", "listed PAY-7 TODO Dana: ask legal", "listed PAY-7 Dana will ask legal about it by Friday", "listed PAY-7 → Dana asks legal"}},
		"an action by mention":          {`<p><ac:link><ri:user ri:userkey="k1" /></ac:link> asks legal</p>`, []string{"listed PAY-7 somebody asks legal"}},
		"an action in German":           {`<p>Dana klärt das mit der Bank bis Freitag</p>`, []string{"listed PAY-7 Dana klärt das mit der Bank bis Freitag"}},
		"an action without a day":       {`<p>Dana kümmert sich um die Bank</p><p>@dana asks legal</p><p>Bo and Dana will check it</p>`, []string{"listed PAY-7 Dana kümmert sich um die Bank", "listed PAY-7 @dana asks legal", "listed PAY-7 Bo and Dana will check it"}},
		"a list under an open label":    {`<p>Decisions made in this session:</p>` + list, []string{"listed PAY-7 use SEPA", "listed PAY-7 keep cards"}},
		"a list under what was decided": {`<p>We decided the following:</p>` + list, []string{"listed PAY-7 use SEPA", "listed PAY-7 keep cards"}},
		"a list under a decision":       {`<p>Decision: pay as follows</p>` + list + `<p>then lunch</p>`, []string{"decision PAY-7 pay as follows", "listed PAY-7 use SEPA", "listed PAY-7 keep cards", "listed PAY-7 then lunch"}},
		"a withdrawn text":              {`<p>Decision: <del>use cards</del></p><p>then lunch</p>`, []string{"listed PAY-7 then lunch"}},
		"an emoji alone":                {`<p>Decision: <ac:emoticon ac:name="tick" /></p><p>then lunch</p>`, []string{"listed PAY-7 Decision: :tick:", "listed PAY-7 then lunch"}},
		"a key in front":                {`<p>[pay-8] Decision: use SEPA</p><p>PAY-8: Decision: keep cards</p>`, []string{"decision PAY-7 pay-8: use SEPA", "decision PAY-7 PAY-8: keep cards"}},
		"a heading and its reason":      {`<h4>Decision</h4><ul><li>use SEPA</li></ul><h4>Why</h4><p>cheaper</p>`, []string{"decision PAY-7 use SEPA | cheaper"}},
		"numbered otherwise":            {`<p>Beschluss Nr. 3: use SEPA</p><p>Décision n° 2 : keep cards</p>`, two},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, err := confluence.State{}.Outcomes(`<h2>PAY-7 Refunds</h2>`+test.markup, browse)
			require.NoError(t, err)
			assert.Equal(t, test.want, readings(out))
		})
	}
}

// S11 A2: a column says what its cells are.
func TestAColumnSaysWhatItsCellsAre(t *testing.T) {
	t.Parallel()
	table := func(head string, rows ...string) string {
		return `<table><tbody><tr>` + head + `</tr><tr>` + strings.Join(rows, `</tr><tr>`) + `</tr></tbody></table>`
	}
	for name, test := range map[string]struct {
		markup string
		want   []string
	}{
		"decisions":            {table(`<th>Topic</th><th>Decision</th>`, `<td>Cards</td><td><p>keep them</p></td>`, `<td>SEPA</td><td>use it</td>`), []string{"decision PAY-7 Cards: keep them", "decision PAY-7 SEPA: use it"}},
		"an answer and more":   {table(`<th>Option</th><th>Decision</th>`, `<td>S3</td><td>yes, Ivo</td>`, `<td>NAS</td><td>no – too slow</td>`), []string{"decision PAY-7 S3: yes, Ivo", "decision PAY-7 NAS: no – too slow"}},
		"an answer and a key":  {table(`<th>Ticket</th><th>Change</th><th>Decision</th>`, `<td>PAY-9</td><td>mails</td><td>ja: ab Mai</td>`), []string{"decision PAY-7 mails: ja: ab Mai"}},
		"an answer to nothing": {table(`<th>Ticket</th><th>Decision</th>`, `<td>PAY-9</td><td>yes</td>`), []string{"listed PAY-7 yes"}},
		"an answer in actions": {table(`<th>Work</th><th>Action</th>`, `<td>ask legal</td><td>yes, <ac:link><ri:user ri:userkey="k1" /></ac:link></td>`), []string{"action PAY-7 ask legal: yes, somebody"}},
		"no answer":            {table(`<th>Option</th><th>Decision</th>`, `<td>fees</td><td>no fee for cards</td>`), []string{"decision PAY-7 no fee for cards", "listed PAY-7 fees – no fee for cards"}},
		"German":               {table(`<th>Thema</th><th>Entscheidung</th><th>Begründung</th>`, `<td>Karten</td><td>bleiben</td><td>billiger</td>`), []string{"decision PAY-7 Karten: bleiben | billiger"}},
		"Polish":               {table(`<th>Decyzje</th><th>Uwagi</th>`, `<td>karty zostają</td><td>tak</td>`), []string{"decision PAY-7 karty zostają", "listed PAY-7 karty zostają – tak"}},
		"a bold first":         {table(`<td><strong>Decision</strong></td><td><strong>Impact</strong></td>`, `<td>use SEPA</td><td>none</td>`), []string{"decision PAY-7 use SEPA", "listed PAY-7 use SEPA – none"}},
		"actions":              {table(`<th>Action</th><th>Owner</th><th>Due</th>`, `<td>ask legal</td><td><ac:link><ri:user ri:userkey="k1" /></ac:link></td><td><time datetime="2026-12-01" /></td>`), []string{"action PAY-7 ask legal"}},
		"spans":                {table(`<th colspan="2">Topic</th><th>Decision</th>`, `<td rowspan="2">Cards</td><td>Visa</td><td>keep</td>`, `<td>Amex</td><td>drop</td>`), []string{"decision PAY-7 Cards: keep", "decision PAY-7 Cards: drop", "listed PAY-7 Cards – Visa – keep", "listed PAY-7 Cards – Amex – drop"}},
		"tentative":            {table(`<th>Item</th><th>Proposed decision</th>`, `<td>Cards</td><td>keep</td>`), []string{"listed PAY-7 Cards – keep", "listed PAY-7 keep"}},
		"an empty row":         {table(`<th>Item</th><th>Decision</th>`, `<td>Cards</td><td></td>`), []string{"listed PAY-7 Cards"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, err := confluence.State{}.Outcomes(`<h2>PAY-7 Refunds</h2>`+test.markup, browse)
			require.NoError(t, err)
			assert.Equal(t, test.want, readings(out))
		})
	}
	out, err := confluence.State{}.Outcomes(`<h2>PAY-7</h2>`+table(`<th>Item</th><th>Action</th><th>Who</th><th>Until</th>`,
		`<td><a href="`+browse+`PAY-8">Fees</a></td><td>ask legal</td><td><ac:link><ri:user ri:userkey="k1" /></ac:link></td><td><time datetime="2026-12-01" /></td>`), browse)
	require.NoError(t, err)
	require.Len(t, out.Entries, 1)
	assert.Equal(t, "PAY-8", out.Entries[0].Row)
	assert.Equal(t, "k1", out.Entries[0].Owner.Key)
	assert.Equal(t, "2026-12-01", out.Entries[0].Due.String())
}

// anchorOf ends an item's heading.
func anchorOf(key string) string {
	return `<ac:structured-macro ac:name="anchor" ac:schema-version="1"><ac:parameter ac:name="">` + key + `</ac:parameter></ac:structured-macro>`
}

// A3: an item is known by more than its heading's level.
func TestARestyledHeadingKeepsItsItem(t *testing.T) {
	t.Parallel()
	heading := `<h2><a href="` + browse + `PAY-3">PAY-3</a> Invoice export` + anchorOf("PAY-3") + `</h2>`
	typed := []string{"decision PAY-3 use CSV"}
	for name, heading3 := range map[string]string{
		"h3":            strings.ReplaceAll(heading, "h2>", "h3>"),
		"h4":            strings.ReplaceAll(heading, "h2>", "h4>"),
		"h1":            strings.ReplaceAll(heading, "h2>", "h1>"),
		"bold":          `<p><strong><a href="` + browse + `PAY-3">PAY-3</a> Invoice export</strong></p>`,
		"a link alone":  `<p><a href="` + browse + `PAY-3">Invoice export</a></p>`,
		"a card alone":  `<p><a href="` + browse + `PAY-3" data-card-appearance="inline">` + browse + `PAY-3</a></p>`,
		"a macro alone": `<p><ac:structured-macro ac:name="jira"><ac:parameter ac:name="key">PAY-3</ac:parameter></ac:structured-macro></p>`,
		"gone":          ``,
		"renamed":       `<h2>Export</h2>`,
		"struck":        `<h2><s><a href="` + browse + `PAY-3">PAY-3</a> Invoice export</s></h2>`,
		"in a panel":    `<ac:structured-macro ac:name="info"><ac:rich-text-body>` + heading + `</ac:rich-text-body></ac:structured-macro>`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onBoth(t, func(t *testing.T, page written) {
				typed3 := page.under(t, "PAY-3", "Decisions", `<ul><li>use CSV</li></ul>`)
				assert.Equal(t, typed, typed3.with(t, heading, heading3).read(t))

				bare := typed3 // its facts are gone, too
				from := strings.Index(bare.body, heading)
				to := from + strings.Index(bare.body[from:], "<h3>Decisions</h3>")
				bare.body = bare.body[:from] + heading3 + bare.body[to:]
				got := bare.read(t)
				require.Len(t, got, 1)
				if name != "renamed" { // then it is a section of people's own
					assert.Contains(t, []string{typed[0], "doubtful use CSV"}, got[0])
				}
			})
		})
	}
}

// A3: what stands behind the items is theirs no more, whatever level it has.
func TestARestyledSectionIsNoItems(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, page written) {
		page = page.with(t, "<h2>Parking lot</h2>", "<h4>Parking lot</h4><p>Decision: meet weekly</p>")
		assert.Equal(t, []string{"decision  meet weekly"}, page.read(t))
	})
	out, err := confluence.State{}.Outcomes(`<h3><a href="`+browse+`PAY-7">PAY-7</a></h3><h3>Minutes of May</h3><p>Decision: meet weekly</p><p>Decision: PAY-7 first</p>`, browse)
	require.NoError(t, err)
	plan := outcome.Writeback(outcome.WritebackInput{Outcomes: out, Tickets: []outcome.Ticket{{}}})
	assert.Equal(t, []string{"meet weekly", "PAY-7 first"}, []string{plan.Unattributed[0].Text, plan.Unattributed[1].Text})
	assert.Contains(t, plan.Unattributed[0].Reason, "not certain")
}

// A7: what came from a ticket is no outcome, also where people touched or copied it.
func TestTextOfATicketIsNoOutcome(t *testing.T) {
	t.Parallel()
	p := linkedPlan(t)
	p.Items[0].Issue.Summary = "Decision: drop the audit log"
	p.Items[0].Questions = []string{"TODO: who pays for the audit log?"}
	p.Items[0].Why = "Decision: customers wait for it"
	p.Items[1].Questions = []string{"Action: why is the export late?"}
	p.Items[0].Issue.Visuals = []ticket.Visual{{Name: "Decision: drop the audit log.png", URL: browse + "x.png", Where: "attachment"}}
	for product, style := range styles {
		page := publishedPage(t, style, p)
		const line = "<li><p>TODO: who pays for the audit log?</p></li>"
		for name, c := range map[string]struct {
			touched written
			want    []string
		}{
			"untouched":        {page, nil},
			"a line added":     {page.with(t, line, line+"<li>Decision: keep it</li>"), []string{"decision PAY-2 keep it"}},
			"a word changed":   {page.with(t, "Why now", "Why today"), []string{}},
			"a line taken out": {page.with(t, line, ""), nil},
			"a line moved":     {page.with(t, line, "").with(t, "<h3>Action items</h3>", "<h3>Action items</h3><ul>"+line+"</ul>"), []string{"listed PAY-2 (what the page says of PAY-2)"}},
			"a line edited":    {page.with(t, line, "<li><p>TODO: who pays for the audit log? Dana!</p></li>"), []string{"listed PAY-2 action: (words of a ticket)"}},
			"a title in bold":  {page.with(t, "<h2>"+titleOf(p.Items[0]), "<p><strong>"+titleOf(p.Items[0])).with(t, "audit log"+anchorOf("PAY-2")+"</h2>", "audit log</strong></p>"), nil},
			"a line copied":    {page.with(t, "<h2>Parking lot</h2>", "<h2>Parking lot</h2><p>TODO: who pays for the audit log?</p>"), nil},
		} {
			t.Run(product+"/"+name, func(t *testing.T) {
				t.Parallel()
				assert.ElementsMatch(t, c.want, c.touched.read(t))
			})
		}
	}
}

func titleOf(it planner.Item) string {
	return `<a href="` + it.Issue.URL + `">` + it.Issue.Key + `</a> ` + it.Issue.Summary[:8]
}

// S8: a line that a ticket was told stays one when somebody makes a paragraph of it, also
// with another reason; in other words it is listed.
func TestALineThatWasToldStaysOne(t *testing.T) {
	t.Parallel()
	type told struct {
		heading string
		entry   outcome.Entry
	}
	for name, was := range map[string]told{
		"a decision":  {"Decisions", outcome.Entry{Kind: outcome.Decision, Text: text("use SEPA")}},
		"an action":   {"Action items", outcome.Entry{Kind: outcome.Action, Text: text("use SEPA")}},
		"a criterion": {"Acceptance criteria", outcome.Entry{Kind: outcome.Criterion, Text: text("use SEPA")}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := "<h2>PAY-2</h2><h3>" + was.heading + "</h3><p>use SEPA</p><p>use cards</p>"
			listed, err := confluence.State{}.Outcomes(body, browse)
			require.NoError(t, err)
			assert.Equal(t, []string{"listed PAY-2 use SEPA", "listed PAY-2 use cards"}, readings(listed))
			state := confluence.State{Told: map[string][]string{"PAY-2": {was.entry.Print()}}}
			out, err := state.Outcomes(body, browse)
			require.NoError(t, err)
			assert.Equal(t, []string{string(was.entry.Kind) + " PAY-2 use SEPA", "listed PAY-2 use cards"}, readings(out))
		})
	}
	decision := outcome.Entry{Kind: outcome.Decision, Text: text("use SEPA")}
	out, err := confluence.State{Told: map[string][]string{"PAY-2": {decision.Print()}}}.Outcomes("<h2>PAY-2</h2><h3>Decisions</h3><p>use SEPA</p><p>Reason: cheaper</p>", browse)
	require.NoError(t, err)
	assert.Equal(t, []string{"decision PAY-2 use SEPA | cheaper"}, readings(out))
}

// A listed line calls people by name once that is known, and never by an id.
func TestAListedLineNamesPeople(t *testing.T) { // S11
	t.Parallel()
	const ivo = `<ac:link><ri:user ri:account-id="5b10:ivo" /></ac:link>`
	for typed, want := range map[string]string{
		`<p>` + ivo + ` asks https://jira.example/browse/PAY-9 first</p>`:                                       "IVO asks https://jira.example/browse/PAY-9 first",
		`<p>ask <strong>` + ivo + `</strong> first</p>`:                                                         "ask IVO first",
		`<p>Tentative action:&nbsp;` + ivo + ` calls</p>`:                                                       "Tentative action: IVO calls",
		`<ac:task-list><ac:task><ac:task-body>Parked, ` + ivo + ` asks</ac:task-body></ac:task></ac:task-list>`: "outcome: Parked, IVO asks",
	} {
		place := "Action items"
		if strings.Contains(typed, "Parked") {
			place = "Outcome"
		}
		out, err := confluence.State{}.Outcomes("<h2>PAY-7 Refunds</h2><h3>"+place+"</h3>"+typed, browse)
		require.NoError(t, err)
		for name, called := range map[string]string{"": "somebody", "Ivo Marsh": "@Ivo Marsh"} {
			for _, u := range out.Users()["5b10:ivo"] {
				u.Display = name
			}
			listed := outcome.Writeback(outcome.WritebackInput{Outcomes: out}).Suggestions
			require.Len(t, listed, 1, typed)
			assert.Equal(t, strings.Replace(want, "IVO", called, 1), listed[0].Text)
		}
	}
}

// What several people are to do says so, and is the first one's in Jira, see docs/actions.md.
func TestSeveralPeopleDoIt(t *testing.T) { // S2
	t.Parallel()
	noor, ivo := `<ac:link><ri:user ri:userkey="noor" /></ac:link>`, `<ac:link><ri:user ri:userkey="ivo" /></ac:link>`
	for typed, want := range map[string]string{
		`<ul><li>` + noor + ` + ` + ivo + ` decide on fees</li></ul>`:                                                                      "@noor + @ivo decide on fees",
		`<ul><li>` + noor + ` und ` + ivo + `: Gebühren klären</li></ul>`:                                                                  "@noor und @ivo: Gebühren klären",
		`<ul><li>` + noor + `, ` + ivo + ` ask legal</li></ul>`:                                                                            "@noor, @ivo ask legal",
		`<ul><li>` + noor + ` + Uwe: fees</li></ul>`:                                                                                       "@noor + Uwe: fees",
		`<ul><li>` + noor + ` et Uwe demandent</li></ul>`:                                                                                  "@noor et Uwe demandent",
		`<ul><li>` + noor + `/Uwe: fees</li></ul>`:                                                                                         "@noor/Uwe: fees",
		`<ul><li>` + noor + ` asks ` + ivo + ` about fees</li></ul>`:                                                                       "asks @ivo about fees",
		`<ul><li>ask legal</li><li>Owner: ` + noor + ` &amp; ` + ivo + `</li></ul>`:                                                        "ask legal – Owner: @noor & @ivo",
		`<table><tbody><tr><th>What</th><th>Who</th></tr><tr><td>ask legal</td><td>` + noor + `<br/>` + ivo + `</td></tr></tbody></table>`: "ask legal – @noor @ivo",
		`<ul><li>` + noor + ` / ` + ivo + `:<ul><li>ask legal</li></ul></li></ul>`:                                                         "ask legal – @noor / @ivo",
	} {
		out, err := confluence.State{}.Outcomes("<h2>PAY-7 Refunds</h2><h3>Action items</h3>"+typed, browse)
		require.NoError(t, err)
		for id, mentions := range out.Users() {
			for _, u := range mentions {
				u.Display = id
			}
		}
		require.Len(t, out.Entries, 1, typed)
		require.NotNil(t, out.Entries[0].Owner, typed)
		assert.Equal(t, "noor "+want, out.Entries[0].Owner.Key+" "+out.Entries[0].Text.String(), typed)
	}
}

// Each line that is listed says what to do to have it written.
func TestEachReasonSaysWhatToDo(t *testing.T) { // S11
	t.Parallel()
	for _, typed := range []string{
		`<h3>Decisions</h3><p>loose</p><ul><li>who signs?</li><li>none</li><li>–</li><li>rejected: cards</li><li>PAY-9</li><li>and so:</li></ul><blockquote><ul><li>told</li></ul></blockquote>` +
			`<p>Reason: cheap</p><p>Estimate 5</p><p>Decision: <ac:image /></p><p>Tentative decision: x</p><table><tbody><tr><td>a</td><td>b</td></tr><tr><th>Options for the fee</th><td>c</td></tr></tbody></table>`,
		`<h3>Decisions and more</h3><ul><li>use SEPA</li></ul><h3>Estimates, and how</h3><p>many</p>`,
		`<h3>Action items</h3><p>Owner: Noor</p><p>2026-12-01</p><ul><li>Ivo:</li></ul>`,
		`<h3>Outcome</h3><p>it rained</p><ul><li>three stories</li></ul><ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body>Ready if so</ac:task-body></ac:task></ac:task-list>`,
		`<p>a note</p><p>TODO: ask</p><p>Rank: near PAY-9</p><p>Blocked by the bank</p>`,
		`<h2>Decisions</h2><ul><li>PAY-9 and 10</li><li>for all</li><li>PAY-9/10 too</li><li>PAY-77 is next</li></ul>`,
	} {
		out, err := confluence.State{}.Outcomes("<h2>PAY-7 Refunds</h2>"+typed, browse)
		require.NoError(t, err)
		plan := outcome.Writeback(outcome.WritebackInput{Outcomes: out, Tickets: []outcome.Ticket{{Issue: ticket.Issue{Key: "PAY-7"}}, {Issue: ticket.Issue{Key: "PAY-9"}}}, Missing: []string{"PAY-77"}})
		require.Positive(t, len(plan.Suggestions)+len(plan.Unattributed), typed)
		for _, s := range plan.Suggestions {
			assert.Regexp(t, `: |; tick one`, s.Why(), s.Text)
		}
		for _, u := range plan.Unattributed {
			assert.Contains(t, u.Reason, ": ", u.Text)
		}
	}
}
