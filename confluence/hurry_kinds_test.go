package confluence_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner/outcome"
)

// TestKindsTypedInAHurry types lines, as entries of a list unless they say otherwise, into
// an item's facts or its places, by their first letters (F: between the facts and the
// places), and says for each what becomes of it (S7, S11): D, A, C, E, B (what blocks it)
// S (a story that it is split into) and R (its rank) are written, x is an action that is
// done, L is listed, Q is carried over. Nothing else comes of it.
func TestKindsTypedInAHurry(t *testing.T) {
	t.Parallel()
	for kind, lines := range map[string]string{
		"the shape of a line": `
D <p>use SEPA</p> = L
D <p>use SEPA<br/>keep cards</p> = LL
D <ul><li>use SEPA</li><li><p>keep cards</p></li></ul> = DD
D <ol><li>use SEPA<ul><li>from May on</li></ul></li></ol> = DD
D <p>- use SEPA</p> = L
D <table><tbody><tr><td>use SEPA</td><td><ul><li>keep cards</li></ul></td></tr></tbody></table> = LL
D <blockquote><ul><li>use SEPA</li></ul></blockquote> = L
D <h4>Payment</h4><ul><li>use SEPA</li></ul><p>keep cards</p> = DL
D <p>Payment:</p><ul><li>use SEPA</li></ul> = DL
D <p>still not sure</p><p>Dana is against it</p><p>hmm</p> = LLL
A <p>ask the bank</p><ul><li>ask legal</li></ul> = AL
A <p>[10:02] Dana: I ask the bank</p> = L
A <p>Action: ask the bank</p><p>TODO: ask legal</p> = AA
C <p>a fee is shown</p><ul><li>a mail goes out</li></ul> = CL
C <p>AC: a fee is shown</p> = C
E <p>5</p> = E
E <ul><li>M</li></ul> = E
F <p>Decisions:</p><ul><li>use SEPA</li></ul><p>then lunch</p> = DL
F <p>Decisions:</p><p>use SEPA</p><p>then lunch</p> = LL
F <p>Decision: use SEPA</p><ul><li>from May on</li></ul> = DL
F <p>Q: who pays? A: the shop</p> = L`,

		"notes": `
F <p>it rained</p><p>→ Mia asks legal</p><p>TODO Mia: ask legal</p><p>we agreed to wait</p> = LLLL
F <h4>Notes</h4><ul><li>Mia will ask legal by Friday</li><li>[ ] order tapes</li></ul><table><tbody><tr><td>5 points</td></tr></tbody></table> = LLL
F <h3>PAY-9</h3><p>flag in the CRM</p> = L
F <h3>Descisions</h3><ul><li>one series</li></ul><p>Decsion: another</p> = LL
F <p>Entscheidung (Mia): Sie-Form</p><p>ok decision: serif</p><p>[11:05] Mia: Decision: serif</p> = LLL
F <p>Parked: sms</p><p>Question: who pays?</p> = LL
F <h4>Open questions</h4><p>who pays?</p><p>Answer: the shop</p> = L
F <p><strong>PAY-9 shows the fee</strong></p> = L
F <p>LOZENGE(new)</p> = L`,

		"what was rejected": `
D <h4>Alternatives</h4><p>memcached</p><ul><li>varnish</li></ul><h4>Rejected</h4><p>redis cluster</p> = LLL
D <h3>Alternatives</h3><ul><li>varnish</li></ul><h3>Rejected</h3><ul><li>redis cluster</li></ul> = LL
D <ul><li>keep it</li></ul><h5>Risiken</h5><ul><li>langsam</li></ul><h5>Frontend</h5><ul><li>one form</li></ul> = DDL
D <h4>Rejected</h4><p>one</p><p>Decision: two</p> = DL
A <h4>Alternatives</h4><ul><li>ask Ivo</li></ul><h4>Web</h4><ul><li>ask Mia</li></ul> = AL
D <p><strong>Rejected</strong></p><ul><li>comic sans</li></ul><p><strong>Decided</strong></p><ul><li>serif</li></ul> = DL
D <ul><li><p><strong>Alternatives</strong></p><ul><li>cards</li></ul></li><li><p>use SEPA</p></li></ul> = DL
F <h3>Risks</h3><p>the bank is slow</p> = L
D Option A: renumber = L
D Option 2: gaps = L
D a) use SEPA = D
D Decided w/ Ivo: use SEPA = D
D décidé avec Noor: pas de SMS = D
D Beschlossen mit MENTION: eine Mahnung = D
D Decision B: use SEPA = D
D Question: what if the mail bounces = L
D Parked: sms = L`,

		"a label alone above a list": `
F <p>Acceptance criteria:</p><ul><li>a mail goes out</li><li>errors:<ul><li>a retry</li></ul></li></ul><p>Action items:</p><ul><li>ask Ivo</li></ul><p>Estimate:</p><ul><li>13</li></ul> = CCAEL
F <p>Split into:</p><ul><li>index</li><li>cache</li></ul> = SS
F <h3>Open questions</h3><ul><li>who pays?</li></ul><p>Estimate:</p><p>3</p> = EQ
D <ul><li>use SEPA</li></ul><p>Split into:</p><ul><li>index</li></ul> = DS
C <ul><li>errors:<ul><li>a bounce is logged</li></ul></li></ul> = CL
F <p>Blocked by:</p><ul><li>PAY-9</li><li>PAY-12, PAY-13</li><li>the bank</li></ul><p>lunch</p> = BBLL
D <ul><li>use SEPA</li></ul><p><strong>Blockiert durch:</strong></p><ol><li>PAY-9</li></ol> = DB
A <p>Blocked by:</p><p>PAY-9</p><p>lunch</p> = BL
F <p>Rank:</p><ul><li>before PAY-9</li></ul> = R
F <p>Blocked by:</p><p>Blocked by PAY-9</p> = B
D <p>Reihenfolge:</p><p>zuletzt</p> = R
F <p>Rank:</p><ul><li>some day</li></ul> = L
F <p>Aufwand:</p><ul><li>8</li></ul> = E
F <p>Open questions:</p><ul><li>who pays?</li><li>the fee</li></ul><p>lunch</p> = LQQ
D <ul><li>use SEPA</li></ul><p>Parking lot:</p><ul><li>sms</li></ul><p>keep cards</p> = DLQ
A <p><strong>Offene Fragen:</strong></p><ul><li>wer zahlt?</li></ul><h4>Web</h4><ul><li>ask Mia</li></ul> = AQ
F <p>Questions:</p><p>who pays?</p><p>lunch</p> = LQ
F <p>Open questions</p><p>who pays?</p> = LL`,

		"an estimate beside its place": `
F Estimate: 5 = E
F Estimate - 5 = E
F story points: 3 = E
F Aufwand: 8 = E
F Est. 5 = L
F 5 points = L
D Estimate 5 = L
F <p>Estimate: <a href="https://poker.example">Planning poker</a></p> = L`,

		"two labels on a line": `
D Decision: cards Action: Dana calls = DA
D Decision: max 3 colours, Action: Mia picks them = DA
D Decision: no gifs / Action: Ole removes them = DA
D Decision: serif. Action: Mia picks them = DA
D Entscheidung: Karten – Aufgabe: Dana ruft an = DA
D Action: Ole asks | Decision: cards only = AD
D Decision: the button is called Action = D
D Decision: call to action: green = D
D Decision: use AI: it is cheap = D
D PAY-4: Decision: keep cards = D
D We keep SEPA, Action: Noor asks legal by Friday = DA
D Karten bleiben – Aufgabe: Dana ruft an = DA
A Noor asks legal, Decision: keep cards = AD
C a fee is shown | Action: Noor asks legal = CA
F <p>We keep SEPA, Action: Noor asks legal</p> = L
D no fees, Action <ac:link><ri:user ri:userkey="k1" /></ac:link>: mail them = DA
D the button says “Call, Action: now” = L
D It says "Call - Action: now" = D`,

		"a state in front, in a lozenge or in a column": `
A <ul><li>Lea LOZENGE(cancelled) footer tests</li></ul> = L
A <ul><li>Mia LOZENGE(done) subject tests</li><li>LOZENGE(ERLEDIGT) Betreff</li><li>LOZENGE(open) tests</li></ul> = AxAxA
D <ul><li>new font LOZENGE(to be confirmed)</li><li>LOZENGE(abgelehnt) neue Schrift</li><li>LOZENGE(new) font</li></ul> = DLL
A <table><tbody><tr><th>To do</th><th>@</th><th>Done?</th></tr><tr><td>label tapes</td><td>Mia</td><td>✔</td></tr><tr><td>buy tapes</td><td>Mia</td><td></td></tr></tbody></table> = AxA
A <table><tbody><tr><th>Aufgabe</th><th>Erledigt?</th></tr><tr><td>Bänder</td><td>ja</td></tr></tbody></table> = Ax
A <table><tbody><tr><th>Priority</th><th>What</th><th>Who</th></tr><tr><td>High</td><td>call the bank</td><td>Noor</td></tr></tbody></table> = LLL
A <table><tbody><tr><th>No.</th><th>What</th><th>Who</th></tr><tr><td>1</td><td>call the bank</td><td>Noor</td></tr></tbody></table> = AL
D <table><tbody><tr><th>Decision</th><th>Status</th></tr><tr><td>50 rows</td><td>agreed</td></tr><tr><td>scroll</td><td>LOZENGE(OPEN)</td></tr><tr><td>colours</td><td>proposed</td></tr></tbody></table> = DLL
D <p>LOZENGE(Decision)</p><table><tbody><tr><td>no mails to lawyers</td><td>Dana</td></tr><tr><td>a flag</td><td>?</td></tr></tbody></table> = LLLL
A <ul><li><ac:emoticon ac:name="tick" /> ask tax</li><li><ac:emoticon ac:name="cross" /> ask tax</li></ul> = AxL
A entfällt: Brief = L
A ❌ ask tax = L
D ⏳ backfill = L
A ⏳ ask tax = A
A measure - done = Ax
A Finish what is half-done = A
D ✅ counter in redis = D
D Proposal: 60 d for B2B = L
D Vorschlag: 60 Tage = L
D Idea: colours by age = L
D tbd: logo = L
D noch offen: Betreff = L
D Postponed: refunds = L
D on hold = L
D verschoben: CDN = L
D reporté : devise = L
D pospuesto: idioma = L
D rinviata: lingua = L
D odłożone: język = L
D n.a. = L
D The proposal of the bank stands = D
D Postponed invoices get a reminder = D
D open-source licence only = D
C Pending: shown in yellow = C`,

		"what is put off": `
A TASK(TBD – who?) = L
A TASK(MENTION tbd) = L
A TASK(maybe: a second supplier) = L
A the date LOZENGE(TBC) = L
A später: Preise = L
D LATER: archive = L
D moved to Q3: the price list = L
D verschoben auf Mai: Rabatte = L
D più tardi - sconti = L
C tba – the wording = L
C TBD by Mia: the wording = L
C plus tard : l'export = L
C ok. = L
A TASK(done) = L
A TASK(MENTION done: logos) = Ax
A done ✅ asked Mia = Ax
A Later invoices get it too = A
D We tell them later: by mail = D`,

		"what is no more open": `
F <h4>Open questions</h4><ul><li><s>do we need it</s> closed</li><li>limits? Answer: 5k</li><li>Wer zahlt? Antwort: der Shop</li><li>who? → Mia</li><li>which? a: b</li></ul> = LLLLL
F <h4>Open questions</h4><ul><li><s>who pays</s> who pays the fee</li><li>n/a</li><li>an answer: when?</li></ul> = LQQ
F <h4>Open questions</h4><ul><li>MENTION asks bank: cut-off of instant?</li><li>limits: MENTION knows by 2026-12-08</li></ul> = QQ
F <h4>Parking lot</h4><ul><li>MENTION dark mode lol</li><li>[ ] MENTION orders tapes</li></ul> = LQQ
F <h4>Open questions</h4><ul><li>who asks? Answer: MENTION</li></ul> = L
F <h4>Questions from chat</h4><p>Noor: is VAT in the amount?</p><p>Dana: yes</p> = L
F <h4>Open questions</h4><ul><li>incl. VAT?</li><li>MENTION: no, never</li><li>fee for B2C?</li><li>ja.</li></ul> = LL
F <h4>Open questions</h4><ul><li>who pays?</li><li>no idea who pays</li><li>Mia: yes or no?</li></ul> = QQQ`,

		"an estimate by another name": `
F SP: 3 = E
F Est.: 3 SP = E
F Schätzung 3 = L`,

		"a row of a table": `
F <table><tbody><tr><th>What</th><th>Decision</th><th>Note</th></tr><tr><td>logo</td><td>blue</td><td>Mia likes it</td></tr><tr><td>font</td><td></td><td>open</td></tr></tbody></table> = DLL`,

		"what says nothing": `
D none = L
D – = L
D 👍 = L
D ??? who signs = L
D who signs? = L
D PAY-6: tbd = L
D By card = D
D <ul><li>use SEPA</li><li>by Friday the shop closes</li><li>until May</li></ul> = DDD
A n/a = L
A Ivo: = L
A <ul><li>ask Ivo</li><li>by 9 Dec</li></ul> = A
A blocked by PAY-9 = B
A bloquee par PAY-9 = B`,

		"a task of the editor": `
A TASK(x) = A
A TASK(call Priya?) = A
A TASK(maybe ask for a sample) = A
A TASK(Pending: ask Ivo) = A
A TASK(n/a) = L
A TASK(?) = L
A TASK(LOZENGE(cancelled) call) = L
F TASK(ask legal) = A
A TASK(Decision: use SEPA) = D
D TASK(<strong>Entscheidung:</strong> SEPA) = D
A TASK(PAY-9: Decision – keep cards. Action: ask legal) = DA
A TASK(Decision: who signs?) = L
A TASK(Tentative decision: wait) = L
A TASK(Decision:) = L
A TASK(Decide on the fee) = A
A TASK(Decide: fee or no fee) = A
D TASK(Décidé : sans frais) = D`,

		"a scenario": `
C <p>Given an order<br/>And a card<br/>When I refund it<br/>Then a mail goes out<br/>But no letter</p> = C
C <ul><li>Angenommen, es regnet</li><li>Wenn ich gehe</li><li>Dann werde ich nass</li></ul> = C
C <p>Étant donné une facture</p><p>Quand je la paie</p><p>Alors elle est close</p><p>a fee is shown</p> = CL
C <p>Given a</p><p>When b</p><p>Then c</p><p>Given d</p><p>When e</p><p>Then f</p> = CC
C <p>Scenario: paid<br/>Given a<br/>When b<br/>Then c</p> = C
C <p>When paid, a mail goes out</p><p>and a letter</p> = LL
D <p>Given a</p><p>When b</p><p>Then c</p> = L`,
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			for line := range strings.Lines(strings.TrimSpace(lines)) {
				typed, want := line[2:strings.LastIndex(line, " = ")], strings.TrimSpace(line[strings.LastIndex(line, " = ")+3:])
				assert.Equal(t, strings.Trim(want, "0"), becomes(t, line[:1], typed), typed)
			}
		})
	}
}

// What stands for a lozenge and for a task of the editor.
var (
	lozenges = regexp.MustCompile(`LOZENGE\(([^)]*)\)`)
	taskOf   = regexp.MustCompile(`^TASK\((.*)\)$`)
)

// becomes is what becomes of something typed into one of an item's places.
func becomes(t *testing.T, place, typed string) string {
	t.Helper()
	typed = strings.ReplaceAll(typed, "MENTION", `<ac:link><ri:user ri:userkey="k1" /></ac:link>`)
	typed = lozenges.ReplaceAllString(typed, `<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">$1</ac:parameter></ac:structured-macro>`)
	if m := taskOf.FindStringSubmatch(typed); m != nil {
		typed = `<ac:task-list><ac:task><ac:task-body>` + m[1] + `</ac:task-body></ac:task></ac:task-list>`
	} else if !strings.HasPrefix(typed, "<") {
		typed = "<ul><li>" + typed + "</li></ul>"
	}
	at := map[string]string{place: typed}
	out, err := confluence.State{}.Outcomes("<h2>PAY-7 Refunds</h2><p>No gap found 5 min. In Jira: PAY-7</p>" + at["F"] + "<h3>Decisions</h3>" + at["D"] + "<h3>Action items</h3>" + at["A"] +
		"<h3>Acceptance criteria</h3>" + at["C"] + "<h3>Estimate</h3>" + at["E"] + "<h3>Outcome</h3>")
	require.NoError(t, err)
	var became strings.Builder
	letters := map[outcome.EntryKind]string{outcome.Decision: "D", outcome.Action: "A", outcome.Criterion: "C", outcome.Estimate: "E", outcome.Blocker: "B", outcome.SplitStory: "S", outcome.Rank: "R"}
	for _, e := range out.Entries {
		became.WriteString(letters[e.Kind])
		if e.Done {
			became.WriteString("x")
		}
	}
	return became.String() + strings.Repeat("L", len(out.Suggestions)) + strings.Repeat("Q", len(out.Left))
}

// S2 S7 S11: a word for what nobody decided yet stays one, whatever says by whom or when,
// and is listed in each place; a sentence that begins like it is an outcome.
func TestWhatNobodyDecidedYet(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"tbd by Noor", "tbd w/ legal", "tbc by MENTION", "TBD Q1", "tbd w/ Datev: export format", "still open: who pays", "still tbd", "noch offen: Skonto",
		"à définir : délais", "to be decided by Dana till Fri", "pending legal", "waiting 4 DPO", "wait for legal", "on hold till Mollie signs", "open (Dana asks)", "open: MENTION who owns webhook",
		"PAY-4: tbc with bank", "immer noch zu klären mit Recht – Preis", "waiting for MENTION: export", "yet to be confirmed by audit", "<p>TASK(open: MENTION who owns webhook)</p>",
	} {
		for _, place := range []string{"D", "A", "C"} {
			assert.Equal(t, "L", becomes(t, place, line), "%s in %s", line, place)
		}
	}
	for _, line := range []string{
		"open the port in staging", "wait 3 s before retry", "open by default", "pending payments stay grey", "on hold orders get no mail", "wait for the bank before the refund",
		"still open after 30 d → 2nd reminder", "open (and pending) invoices are shown", "TBD fields are hidden", "to be confirmed bookings are grey",
	} {
		for _, place := range []string{"D", "A", "C"} {
			assert.Equal(t, place, becomes(t, place, line), "%s in %s", line, place)
		}
	}
}

// S11: the same among what we wrote, on the pages of both products.
func TestKindsTypedOnAPublishedPage(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, page written) {
		page = page.under(t, "PAY-2", "Decisions", "<ul><li>use SEPA</li></ul><h4>Rejected</h4><ul><li>keep cards</li></ul><p>A: never</p>").
			under(t, "PAY-2", "Action items", "<p><strong>Alternatives</strong></p><ul><li>ask Mia</li></ul>").
			with(t, "<h3>Decisions</h3>", "<p>Estimate: 5</p><p>[11:02] Lea: I will ask the bank</p><p>Lea: Decision: wait</p><h3>Decisions</h3>")
		assert.Equal(t, []string{
			"estimate PAY-2 5", "decision PAY-2 use SEPA",
			"listed PAY-2 [11:02] Lea: I will ask the bank", "listed PAY-2 Lea: Decision: wait",
			"listed PAY-2 keep cards", "listed PAY-2 A: never", "listed PAY-2 ask Mia",
		}, page.read(t))
	})
}

// S1 S7: a native decision says what an entry of a list would, and keeps its id.
func TestANativeDecisionIsReadAsAnEntry(t *testing.T) {
	t.Parallel()
	for lines, want := range map[string]string{
		"use SEPA":                                     "d0 decision use SEPA",
		"use SEPA|Reason: audit":                       "d0 decision use SEPA | audit",
		"use SEPA|because banks ask|keep cards":        "d0 decision use SEPA | because banks ask; d2 decision keep cards",
		"Decision: no icons Action: Noor tells design": "d0 decision no icons;  action Noor tells design",
		"Action: Ivo measures":                         " action Ivo measures",
		"TODO MENTION: measure":                        " action measure",
		"MENTION Action: measure by 2026-12-09":        " action measure by 2026-12-09",
		"AC: a mail goes out":                          " acceptance criterion a mail goes out",
		"Estimate: 5":                                  " estimate 5",
		"do we need 3DS?":                              "listed do we need 3DS?",
		"Proposal: 60 days":                            "listed Proposal: 60 days",
		"Rejected: local cache":                        "listed Rejected: local cache",
		"Tentative decision: 2 nodes":                  "listed Tentative decision: 2 nodes",
		"postponed: varnish":                           "listed postponed: varnish",
		"undecided":                                    "listed undecided",
		"Option A: renumber":                           "listed Option A: renumber",
		"❌ memcached":                                  "listed ❌ memcached",
		"⏳ upgrade":                                    "listed ⏳ upgrade",
		"Reason:":                                      "listed Reason:",
		"LOZENGE(NEW) LOZENGE(rejected) Apple Pay":     "listed NEW rejected Apple Pay",
		"LOZENGE(Decision) wait":                       "d0 decision wait",
		"blocked by PAY-9":                             " blocked by PAY-9",
	} {
		var typed strings.Builder
		for i, line := range strings.Split(lines, "|") {
			typed.WriteString(`<ac:adf-node type="decision-item"><ac:adf-attribute key="local-id">d` + strconv.Itoa(i) + `</ac:adf-attribute><ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-content>` +
				lozenges.ReplaceAllString(strings.Replace(line, "MENTION", `<ac:link><ri:user ri:account-id="1" /></ac:link>`, 1), `<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">$1</ac:parameter></ac:structured-macro>`) + `</ac:adf-content></ac:adf-node>`)
		}
		out, err := confluence.State{}.Outcomes(`<h2>PAY-7 Refunds</h2><h3>Decisions</h3><ac:adf-extension><ac:adf-node type="decision-list">` + typed.String() + `</ac:adf-node></ac:adf-extension>`)
		require.NoError(t, err)
		var got []string
		for _, e := range out.Entries {
			line := e.ID + " " + string(e.Kind) + " " + e.Text.String()
			if len(e.Reason) > 0 {
				line += " | " + e.Reason.String()
			}
			got = append(got, line)
		}
		for _, s := range out.Suggestions {
			got = append(got, "listed "+s.Text)
		}
		assert.Equal(t, want, strings.Join(got, "; "), lines)
	}
}

// S2 S7: what is agreed of other tickets is theirs, whether the page has a section of them.
func TestACriterionLeadsWithItsTickets(t *testing.T) {
	t.Parallel()
	link := func(key string) string { return `<a href="https://jira.example/browse/` + key + `">` + key + `</a>` }
	known := confluence.State{Regions: map[string]string{"item/PAY-7": "00", "item/PAY-9": "00"}}
	for typed, want := range map[string]string{
		"a fee is shown":             " a fee is shown",
		"PAY-13: the export is void": "PAY-13 the export is void",
		"PAY-9, PAY-4: mails render": "PAY-9 mails render; PAY-4 mails render",
		"PAY-9 und pay-4: mails":     "PAY-9 mails; PAY-4 mails",
		"PAY-9/PAY-4 – mails":        "PAY-9 mails; PAY-4 mails",
		"PAY-9 shows the fee":        " PAY-9 shows the fee",
		"no reminder (PAY-9)":        " no reminder (PAY-9)",
		"mandate shown, for PAY-9":   " mandate shown, for PAY-9",
		"fee → PAY-9":                " fee → PAY-9",
		"UTF-8: without BOM":         "UTF-8 UTF-8: without BOM",
		"as in PAY-9, PAY-4: mails":  " as in PAY-9, PAY-4: mails",

		link("PAY-9") + ", " + link("PAY-4") + ": mails":                  "PAY-9 mails; PAY-4 mails",
		link("PAY-9") + " and " + link("PAY-4") + ": as " + link("PAY-6"): "PAY-9 as PAY-6; PAY-4 as PAY-6",
		link("PAY-9") + " mails":                                          "PAY-9 mails",
	} {
		out, err := known.Outcomes("<h2>PAY-7 Refunds</h2><h3>Acceptance criteria</h3><ul><li>"+typed+"</li></ul>", "https://jira.example/browse/")
		require.NoError(t, err)
		var got []string
		for _, e := range out.Entries {
			got = append(got, e.Row+" "+e.Text.String())
		}
		assert.Equal(t, want, strings.Join(got, "; "), typed)
	}
}

// S2: a day in plain text is an action's due date where it can be nothing else.
func TestADayInPlainText(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"<ul><li>call the bank, due 2026-12-09</li></ul>":                                                                       "call the bank, due 2026-12-09 | 2026-12-09",
		"<ul><li>ask legal bis zum 2026-12-09</li></ul>":                                                                        "ask legal bis zum 2026-12-09 | 2026-12-09",
		"<ul><li>migrate invoices older than 2025-01-01</li></ul>":                                                              "migrate invoices older than 2025-01-01 | ",
		"<ul><li>check the run of 2026-11-02</li></ul>":                                                                         "check the run of 2026-11-02 | ",
		"<ul><li>call the bank //2026-12-14</li></ul>":                                                                          "call the bank | 2026-12-14",
		"<ul><li>call the bank</li><li>Due: 2026-12-14</li></ul>":                                                               "call the bank | 2026-12-14",
		"<ul><li>compare 2026-11-01 and 2026-12-01</li></ul>":                                                                   "compare 2026-11-01 and 2026-12-01 | ",
		"<ul><li>call the bank, till 2026-12-18</li></ul>":                                                                      "call the bank, till 2026-12-18 | 2026-12-18",
		"<ul><li>call the bank (until 2026-12-18).</li></ul>":                                                                   "call the bank (until 2026-12-18). | 2026-12-18",
		"<ul><li>call the bank (due: 2026-12-18)</li></ul>":                                                                     "call the bank (due: 2026-12-18) | 2026-12-18",
		"<ul><li>keep the file until 2026-12-18 and drop it</li></ul>":                                                          "keep the file until 2026-12-18 and drop it | ",
		"<ul><li>call the bank, 2026-12-18</li></ul>":                                                                           "call the bank | 2026-12-18",
		"<ul><li>FAQ text 2026-12-18 <ac:link><ri:user ri:userkey=\"k1\" /></ac:link></li></ul>":                                "FAQ text | 2026-12-18",
		"<ul><li>Preisliste fällig 2026-12-18</li></ul>":                                                                        "Preisliste fällig 2026-12-18 | 2026-12-18",
		"<ul><li>mail, due: 2026-12-18</li></ul>":                                                                               "mail, due: 2026-12-18 | 2026-12-18",
		`<ul><li>mail by: <time datetime="2026-12-18" /></li></ul>`:                                                             "mail by: 2026-12-18 | 2026-12-18",
		"<ul><li>alte Rechnungen ab 2026-11-01</li></ul>":                                                                       "alte Rechnungen ab 2026-11-01 | ",
		"<ul><li>compare 2026-11-01, 2026-12-01</li></ul>":                                                                      "compare 2026-11-01, 2026-12-01 | ",
		"<ul><li>call the bank until Friday</li></ul>":                                                                          "call the bank until Friday | ",
		"<ul><li>call the bank due 18.12.</li></ul>":                                                                            "call the bank due 18.12. | ",
		"<ul><li>call the bank by 9 Dec</li></ul>":                                                                              "call the bank by 9 Dec | ",
		`<ul><li>call by <time datetime="2026-12-01" /> (was 2026-11-20)</li></ul>`:                                             "call by 2026-12-01 (was 2026-11-20) | 2026-12-01",
		"<table><tbody><tr><th>Action</th><th>When</th></tr><tr><td>call the bank</td><td>2026-12-10</td></tr></tbody></table>": "call the bank | 2026-12-10",

		`<ul><li>call <del><time datetime="2026-12-04" /></del></li></ul>`:                                                                                                                                                                                 "call | ",
		`<ul><li>call <s>by <time datetime="2026-12-04" /></s> <time datetime="2026-12-11" /></li></ul>`:                                                                                                                                                   "call | 2026-12-11",
		`<ul><li>call <strike>by </strike><strike><time datetime="2026-12-04" /></strike> 2026-12-11</li></ul>`:                                                                                                                                            "call | 2026-12-11",
		`<ul><li>call <strong><span style="text-decoration: line-through;">//<time datetime="2026-12-04" /></span></strong> by <time datetime="2026-12-11" /></li></ul>`:                                                                                   "call by 2026-12-11 | 2026-12-11",
		`<ul><li>call</li><li>Due: <del><time datetime="2026-12-04" /></del> <time datetime="2026-12-11" /></li></ul>`:                                                                                                                                     "call | 2026-12-11",
		`<ul><li>call</li></ul><p>Due: <s><time datetime="2026-12-04" /></s></p>`:                                                                                                                                                                          "call | ",
		`<ul><li>call</li><li><s><time datetime="2026-12-04" /></s></li></ul>`:                                                                                                                                                                             "call | ",
		`<ac:task-list><ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>call <del><time datetime="2026-12-04" /></del> <time datetime="2026-12-11" /></ac:task-body></ac:task></ac:task-list>`:                                            "call | 2026-12-11",
		`<table><tbody><tr><th>Action</th><th>Due</th></tr><tr><td>call</td><td><p><s><time datetime="2026-12-04" /></s> <time datetime="2026-12-11" /></p></td></tr><tr><td>mail</td><td><s><time datetime="2026-12-04" /></s></td></tr></tbody></table>`: "call | 2026-12-11; mail | ",
	} {
		out, err := confluence.State{}.Outcomes("<h2>PAY-7 Refunds</h2><h3>Action items</h3>" + typed)
		require.NoError(t, err)
		var got []string
		for _, e := range out.Entries {
			day := ""
			if !e.Due.IsZero() {
				day = e.Due.String()
			}
			got = append(got, e.Text.String()+" | "+day)
		}
		assert.Empty(t, out.Suggestions, typed)
		assert.Equal(t, want, strings.Join(got, "; "), typed)
	}
}
