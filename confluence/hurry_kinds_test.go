package confluence_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence"
	"refine/planner/outcome"
)

// TestKindsTypedInAHurry types lines into an item's facts or its places, by their first
// letters (F: between the facts and the places), and says for each what becomes of it
// (S7, S11): D, A, C, E and B (what blocks it) are written, x is an action that is done,
// L is listed. Nothing else comes of it.
func TestKindsTypedInAHurry(t *testing.T) {
	t.Parallel()
	for kind, lines := range map[string]string{
		"what was rejected": `
D <h4>Alternatives</h4><p>memcached</p><ul><li>varnish</li></ul><h4>Rejected</h4><p>redis cluster</p> = LLL
D <h3>Alternatives</h3><p>memcached</p><ul><li>varnish</li></ul><h3>Rejected</h3><p>redis cluster</p> = LLL
D <p>keep it</p><h5>Risiken</h5><p>langsam</p><p>teuer</p><h5>Frontend</h5><p>one form</p> = DDLL
D <h4>Options considered</h4><p>one</p><h5>Two</h5><p>two</p><h3>Decisions</h3><p>three</p> = DLL
D <h4>Rejected</h4><p>one</p><p>Decision: two</p> = DL
A <h4>Alternatives</h4><ul><li>ask Ivo</li></ul><h4>Web</h4><p>ask Mia</p> = AL
D <p><strong>Rejected</strong></p><p>comic sans</p> = L
D <ul><li><p><strong>Alternatives</strong></p><ul><li>cards</li></ul></li><li><p>use SEPA</p></li></ul> = DL
D <p><strong>Verworfen</strong></p><p>one</p><p></p><ul><li>two</li></ul><p><strong>Decided</strong></p><p>three</p> = DLL
F <h3>Risks</h3><p>the bank is slow</p><h3>Notes</h3><p>it rained</p> = L`,

		"options of which none was chosen": `
D <ul><li>Option A: renumber</li><li>Option B: gaps</li><li>Option C: uuid</li></ul> = LLL
D <p>Option 1: renumber</p><p>Option 2: gaps</p> = LL
D <p>A: renumber</p><p>B: keep gaps</p><p>=&gt; A</p> = LLL
D <p>a) use SEPA</p><p>b) keep cards</p> = DD
D 14 d = D
D Decision B: use SEPA = D`,

		"an estimate beside its place": `
F Estimate: 5 = E
F Estimate - 5 = E
F story points: 3 = E
F Schätzung: 3 = E
F Aufwand: 8 = E
F Est. 5 = L
F SP: 5 = L
F 5 points = L
F 8 Punkte = L
F T-shirt: M = L
F Estimate = 5 = L
F <p>Estimate: <a href="https://poker.example">Planning poker</a></p> = 0
F 5 points of the list were read = 0`,

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
D PAY-4: Decision: keep cards = D`,

		"a quotation": `
D “make it pop” – the boss = L
D “We will never need a cache” (Ole, 2023) = L
D „Das brauchen wir nie“ = L
A "just do it now" - Ivo = L
D “Pay now” – the button’s new name = D
D the button says “Pay it all now” = D`,

		"who spoke, and when": `
F [11:02] Mia: ok decision: serif font = L
F [11:03] Ole: I will ask brand team = L
F 11:04 Lea: ACTION me -&gt; contrast check = L
F Lea 14:03: I’ll do the backfill tonight = L
F &gt; Ole: we decided on no gaps = L
F 14:03 Lea: I will order tapes = L
F [11:05] Mia: Decision: serif = D
F Lea (14:03): Decision: sans = D
F [11:05] Mia: it rains = 0
A [11:05] Mia: lol = L
D 14:03 Lea: not decided = L
D &gt; Frontend: one form = D
D <p>Dana 10:01 AM<br/>shall we…<br/>Ivo 10:02 AM<br/>yes<br/>Dana 10:02 AM<br/>ok decided then :)</p> = LLLLLL
A <p>Lea 14:05<br/>I do the backfill<br/>Ole 14:06<br/>thx<br/>Lea 14:06<br/>np</p> = ALLLLL
A Dana 2:15 PM = L
A Call Ivo 10:00 = A
D Cut-off 18:00 = D
D Cut-off 18:00: what comes later waits = D`,

		"thanks and laughter": `
A lol = L
A haha nice = L
A thx = L
D thx all 🎉 = L
A Danke! = L
A <p>cc <ac:link><ri:user ri:account-id="5b10:dana" /></ac:link></p> = L
A Thanks page: new picture = A
D OK for all = L
D ok by legal, says Ivo = L
D OK for refunds below 50 EUR = D`,

		"a state in front, in a lozenge or in a column": `
A <p>Lea LOZENGE(cancelled) footer tests</p> = L
A <p>Mia LOZENGE(done) subject tests</p> = Ax
A <p>LOZENGE(ERLEDIGT) Betreff</p> = Ax
A <p>LOZENGE(open) subject tests</p> = A
D <p>new font LOZENGE(to be confirmed)</p> = L
D <p>LOZENGE(abgelehnt) neue Schrift</p> = L
D <p>LOZENGE(new) font</p> = D
A <table><tbody><tr><th>To do</th><th>@</th><th>Done?</th></tr><tr><td>label tapes</td><td>Mia</td><td>✔</td></tr><tr><td>buy tapes</td><td>Mia</td><td></td></tr></tbody></table> = AxA
A <table><tbody><tr><th>Aufgabe</th><th>Erledigt?</th></tr><tr><td>Bänder</td><td>ja</td></tr></tbody></table> = Ax
A <table><tbody><tr><th>Priority</th><th>What</th><th>Who</th></tr><tr><td>High</td><td>call the bank</td><td>Noor</td></tr></tbody></table> = LLL
A <table><tbody><tr><th>No.</th><th>What</th><th>Who</th></tr><tr><td>1</td><td>call the bank</td><td>Noor</td></tr></tbody></table> = AL
D <p>LOZENGE(Decision)</p><table><tbody><tr><td>no mails to lawyers</td><td>Dana</td></tr><tr><td>a flag</td><td>?</td></tr></tbody></table> = LLLL
A <table><tbody><tr><th>To do</th><th>Done</th></tr><tr><td>label tapes</td><td>buy tapes</td></tr></tbody></table> = AL
A <p><ac:emoticon ac:name="tick" /> ask tax</p> = Ax
A <p><ac:emoticon ac:name="cross" /> ask tax</p> = L
A entfällt: Brief = L
A ❌ ask tax = L
D ❌ counter in redis = L
D ⏳ backfill = L
A ⏳ ask tax = A
A Finish what is half-done = A
A measure - done = Ax
D ✅ counter in redis = D`,

		"not decided yet": `
D nope, no decision yet, Ivo wants numbers = L
D we talked, no consensus = L
D keine Entscheidung, vertagt = L
D pas de décision = L
D geen besluit = L
D brak decyzji = L
D Proposal: 60 d for B2B = L
D Vorschlag: 60 Tage = L
D Propuesta: 60 días = L
D Idea: colours by age = L
D Maybe: sort by amount = L
D Vielleicht nach Betrag = L
D Glacier: maybe = L
D on hold = L
D undecided = L
D TBC by legal: fee 25 = L
D Still open: how long = L
D The proposal of the bank stands = D
D Postponed invoices get a reminder = D
D Reporte mensual en PDF = D
D postponed to January = L
D vertagt: Gebühren = L
D reporté au sprint suivant = L
D adiado para janeiro = L
D decision postponed until legal answers = L
D Unpaid orders are auto-cancelled = D
D the breaker goes half-open = D
D Open-source licence only = D
D open - legal answers first = L
D Ideas are kept in the backlog = D
D A customer without a decision waits = D`,

		"for another time": `
D Later: exports = L
D we decide on Monday = L
D let’s vote on it next time = L
D wir vertagen das = L
D wir stimmen nächste Woche ab = L
D lo votamos mañana = L
D on en reparle = L
D needs more input from Noor = L
D lassen wir offen = L
D Decision: we vote next sprint = L
D Decision: later = D
D Later payments are free = D
D the shop votes next week on its own = D
D we postpone the launch to May = D
A discuss the fee next week = A
A Talk to Ivo tomorrow = A`,

		"perhaps, or somebody else is to say": `
D (maybe) gift cards = L
D probably 20 EUR = L
D either cards or SEPA = L
D 20 vs 25 EUR = L
D 20 EUR (tbc) = L
D 20 EUR - to be confirmed by Ivo = L
D noch zu klären = L
D let’s see = L
D depends on the bank = L
D Ivo will tell us = L
D we need to ask Ivo first = L
D @ivo please confirm = L
D ask Ivo = L
D ??? who signs = L
D Decision: cards too? = L
D PAY-6: ja = L
D Hi all = L
D both = L
D everyone fine with that 🎉 = L
D siehe Mail von Ivo = L
D Ivo: see Miro = L
D I think 14 days = L
D Ivo prefers cards = L
D noch nicht sicher = L
D to follow = L
D good point = L
D link: https://example.com/x = L
D Both addresses are shown = D
D 2 of 3 approvers agree = D
D Everyone can see the state = D
D we need to ask for consent first = D
D cards, as the bank can do it = D
D <table><tbody><tr><th>Decision</th><th>Status</th></tr><tr><td>50 rows</td><td>agreed</td></tr><tr><td>scroll</td><td>LOZENGE(OPEN)</td></tr><tr><td>colours</td><td>proposed</td></tr></tbody></table> = DLL`,

		"neither what nor who": `
A Noor, Ivo and Lena = L
A → Dana = L
A WIP = L
A n.a. = L
A nobody = L
A won’t do: header 7 = L
A dropped: header 8 = L
A obsolete header 9 = L
A blocked by PAY-9 = B
A WIP limit: set it to 3 = A
A @mia pls draft the text = A
A @Mia Lund bitte Texte prüfen = A
A dropped carts get a mail: Ivo asks legal = A`,

		"misspelt, and in short": `
F Decison: one series = L
F Dec: short = L
F Entsch.: kein Papier = L
F Decision=equal = L
F consensus: no colours = L
F *Decision* one series = L
F Proposal: blockchain = L
F 3pts = L
F estimate 3 → 5 = L
F Est. 13 points = L
F Why: it sorts = L
F Owner: Lena = L
F Done: contract signed = L
F E-mail: it stays = 0
F D: four columns = 0
F December: it snows = 0
F On 3 May the points were counted = 0`,

		"who does what, in three lines": `
F <p>Who: Lea<br/>What: restore test<br/>When: 15.12.</p> = L
A <p>What: restore test</p><p>Who: Lea</p><p>When: 15.12.</p> = A
A <ul><li>Wer: Lea</li><li>Was: Test</li><li>Wer: Ivo</li><li>Was: Bänder</li></ul> = AA
A <p>call the bank</p><p>Who: Lea</p> = A
F <p>When: 15.12.</p><p>What: it rained</p><p>Notes: none</p> = L
F <p>What: a fee</p><p>Note: costs</p> = 0
F <h3>Who does what</h3><ul><li>Noor: web terms</li></ul> = A
F <h4>Wer macht was</h4><p>Noor: Texte</p> = A`,

		"a scenario": `
C <p>Given an order<br/>And a card<br/>When I refund it<br/>Then a mail goes out<br/>But no letter</p> = C
C <ul><li>Angenommen, es regnet</li><li>Wenn ich gehe</li><li>Dann werde ich nass</li></ul> = C
C <p>Étant donné une facture</p><p>Quand je la paie</p><p>Alors elle est close</p><p>a fee is shown</p> = CC
C <p>Given a</p><p>When b</p><p>Then c</p><p>Given d</p><p>When e</p><p>Then f</p> = CC
C <p>Scenario: paid<br/>Given a<br/>When b<br/>Then c</p> = C
C <p>When paid, a mail goes out</p><p>and a letter</p> = CC
C <p>Given names are shown first</p><p>Fees are shown last</p> = CC
D <p>When in doubt, refund</p><p>use SEPA</p> = DD`,

		"no criterion and no estimate": `
C ask Mia = L
C check with legal about the fee = L
C mit Legal klären = L
C Kriterien folgen = L
C Ivo to write these = L
C ??? scans = L
C noch zu klären = L
C either card or SEPA is shown = C
C Customers will get back what they paid = C
C Pending: shown in yellow = C
C Please wait is shown meanwhile = C
C Depends on the country: the fee = C
C Customer adds it to the cart = C
C @mia please check = L
E probably 5 = L
C The user adds more items = C
E coffee = L
E later = L
E between S and M = L
E split it first = L
C Ask for consent before the first mail = C
C Ask the customer for a reason = C
E no estimate = L
E nicht geschätzt = L
E unestimated = L
E too big = L
E Ole says 1, Mia says 8 lol = L
E Mia 3, Ole 5 = L
E 5 or 8 = L
E 5 points, no tests = E
E M = E
E 8, as it touches the ledger = E`,

		"what only says where to look": `
D see PAY-3 = L
D siehe PAY-6 = L
D cf. PAY-9 = L
D → PAY-12 = L
D dup of PAY-4 = L
D as discussed in PAY-6 = L
D wie bei PAY-6 = L
D see above, same as for PAY-7 = L
D same as PAY-10 = L
D ditto = L
D same here = L
D see below = L
D idem = L
A dito = L
D - see the board - = L
C see Figma = L
C see PAY-4 = L
C tbd w/ Mia = L
D Decision: see PAY-3 = L
D same fee as in PAY-10, but monthly = D
D See the total before paying = D
D as PAY-6 is late, we ship without it = D`,

		"chosen in passing": `
F We’ll go with 25 EUR = L
F We go with cards = L
F Hi all, as discussed we go with cards = L
F PO decided no colours = L
F agreed to drop it = L
F let’s use mail = L
F so 14 days then = L
F =&gt; mail only = L
F going with option 2 = L
F nous prenons l’option 2 = L
F nos quedamos con tarjetas = L
F Let’s go with cards = L
F Let’s keep the old vendor = L
F OK. 14 days it is. = L
F ok so cards it is = L
F Final call: tape + S3 = L
F Resolved: tape only in DE = L
F Conclusion: hash daily = L
F Conclusión: cada día = L
F Wir nehmen Karten = L
F Descision: max 120 words = L
F Cards are as good as it gets = 0
F A resolved dispute has a date = 0`,

		"promised in passing": `
F I will call the PSP = L
F Ich kläre das mit der Bank = L
F Je vais demander = L
F Dana will order tapes = L
F Dana will fix it = L
F Dana wird Bänder bestellen = L
F Dana va commander = L
F Dana va a pedir = L
F Dana gaat tapes bestellen = L
F Mia: redraw header (Fri) = L
F Lea – order tapes – Fri = L
F Ivo: Bank anrufen (Freitag) = L
F Ich übernehme das = L
F Mia 2026-12-04 columns = L
F Mia (3.12.) mock = L
F by 2026-12-05 Mia tells sales = L
F pls @mia check fonts = L
F Mia se encarga de todo = L
F Update the FAQ by Friday = L
F Mail the bank by 3 May = L
F PAY-6, PAY-9: Jörg stimmt das mit Legal ab = L
F PAY-6: Dana klärt das = L
F Button to cancel the order = 0
F Refunds to cards = 0
F It will rain = 0
F Release goes out mid-sprint = 0
F The price will rise = 0`,
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

var lozenges = strings.NewReplacer(`LOZENGE(`, `<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">`, `)`, `</ac:parameter></ac:structured-macro>`)

// becomes is what becomes of something typed into one of an item's places.
func becomes(t *testing.T, place, typed string) string {
	t.Helper()
	switch {
	case strings.Contains(typed, "LOZENGE"):
		typed = lozenges.Replace(typed)
	case !strings.HasPrefix(typed, "<"):
		typed = "<p>" + typed + "</p>"
	}
	at := map[string]string{place: typed}
	out, err := confluence.State{}.Outcomes("<h2>PAY-7 Refunds</h2><p>No gap found 5 min. In Jira: PAY-7</p>" + at["F"] + "<h3>Decisions</h3>" + at["D"] + "<h3>Action items</h3>" + at["A"] +
		"<h3>Acceptance criteria</h3>" + at["C"] + "<h3>Estimate</h3>" + at["E"] + "<h3>Outcome</h3>")
	require.NoError(t, err)
	var became strings.Builder
	letters := map[outcome.EntryKind]string{outcome.Decision: "D", outcome.Action: "A", outcome.Criterion: "C", outcome.Estimate: "E", outcome.Blocker: "B"}
	for _, e := range out.Entries {
		became.WriteString(letters[e.Kind])
		if e.Done {
			became.WriteString("x")
		}
	}
	return became.String() + strings.Repeat("L", len(out.Suggestions))
}

// S11: the same among what we wrote, on the pages of both products.
func TestKindsTypedOnAPublishedPage(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, page written) {
		page = page.under(t, "PAY-2", "Decisions", "<p>use SEPA</p><h4>Rejected</h4><p>keep cards</p><p>A: never</p>").
			under(t, "PAY-2", "Action items", "<p><strong>Alternatives</strong></p><p>ask Mia</p>").
			with(t, "<h3>Decisions</h3>", "<p>Estimate: 5</p><p>[11:02] Lea: I will ask the bank</p><p>Lea: Decision: wait</p><h3>Decisions</h3>")
		assert.Equal(t, []string{
			"estimate PAY-2 5", "decision PAY-2 use SEPA",
			"listed PAY-2 [11:02] Lea: I will ask the bank", "listed PAY-2 Lea: Decision: wait",
			"listed PAY-2 keep cards", "listed PAY-2 A: never", "listed PAY-2 ask Mia",
		}, page.read(t))
	})
}
