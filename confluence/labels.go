package confluence

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A kind is what a line is, or what a place on the page is for.
type kind string

// The kinds. The first seven are outcomes: what stands in a place for one of them is
// written or listed (S11).
const (
	plainKind     kind = ""
	decisionKind  kind = "decision"
	actionKind    kind = "action"
	criterionKind kind = "acceptance criterion"
	estimateKind  kind = "estimate"
	resultKind    kind = "outcome" // what became of an item: ready, parked, split
	splitKind     kind = "split story"
	reasonKind    kind = "reason"

	questionKind kind = "open question"
	discussKind  kind = "discussion question"
	parkedKind   kind = "parked"
	retroKind    kind = "retrospective"
	deferredKind kind = "put off"

	accountKind kind = "account" // what we or people tell of outcomes that stand elsewhere
	notesKind   kind = "notes"

	// What only columns of a table are called by.
	ownerKind kind = "owner"
	dueKind   kind = "due date"
	itemKind  kind = "item"
	// statusKind tells what became of what its row decides or asks to do.
	statusKind kind = "status"

	// otherKind has no place of its own: what blocks an item, and its rank.
	otherKind kind = "blocker or rank"

	// rejectedKind is what people discussed and did not decide.
	rejectedKind kind = "not decided"
)

// isProse reports whether what stands in such a place is read as prose, in which an
// outcome can hide.
func (k kind) isProse() bool {
	switch k {
	case plainKind, factsKind, questionKind, discussKind, parkedKind, notesKind:
		return true
	default:
		return false
	}
}

// isOutcome reports whether what stands in a place of that kind must not be
// dropped.
func (k kind) isOutcome() bool {
	switch k {
	case decisionKind, actionKind, criterionKind, estimateKind, resultKind, splitKind, reasonKind:
		return true
	default:
		return false
	}
}

// labelWords are what people call each kind, at the beginning of a line, as a
// heading, as the title of a panel or a column: singular and plural, by language.
// Case and accents do not matter.
var labelWords = []struct {
	kind                           kind
	en, de, fr, es, it, pt, nl, pl string
}{
	{decisionKind,
		"decision, decisions, decided, agreed, agreement, agreements, we decided, we agreed, what we decided, what was decided, decision made, decisions made, decision taken, decisions taken",
		"Entscheidung, Entscheidungen, entschieden, Beschluss, Beschlüsse, beschlossen, Vereinbarung, Vereinbarungen, vereinbart, Festlegung, Festlegungen, festgelegt, Einigung, Entscheid, Entscheide, abgestimmt, getroffene Entscheidungen, was wir entschieden haben",
		"décision, décisions, décidé, convenu, accord, accords, décision prise, décisions prises, ce qui a été décidé",
		"decisión, decisiones, decidido, acordado, acuerdo, acuerdos, decisión tomada, decisiones tomadas, lo decidido",
		"decisione, decisioni, deciso, concordato, accordo, accordi, delibera, delibere, decisione presa, decisioni prese",
		"decisão, decisões, decidido, acordado, acordo, acordos, deliberação, deliberações, decisão tomada, decisões tomadas",
		"beslissing, beslissingen, besluit, besluiten, beslist, besloten, afgesproken, afspraak, afspraken, genomen besluiten, genomen beslissingen",
		"decyzja, decyzje, zdecydowano, ustalenie, ustalenia, ustalono, postanowienie, postanowienia, postanowiono, uzgodniono, podjęte decyzje"},
	{actionKind,
		"action, actions, action item, action items, open action items, action point, action points, todo, todos, to-do, to-dos, to do, task, tasks, next step, next steps, follow-up, follow-ups, follow up, who does what, ap, ai",
		"Aktion, Aktionen, Maßnahme, Maßnahmen, Aufgabe, Aufgaben, Aktionspunkt, Aktionspunkte, zu tun, zu erledigen, nächster Schritt, nächste Schritte, offene Aufgaben, Arbeitsauftrag, Arbeitsaufträge, wer macht was",
		"action, actions, tâche, tâches, à faire, prochaine étape, prochaines étapes, action à mener, actions à mener, point d'action, points d'action, qui fait quoi",
		"acción, acciones, tarea, tareas, por hacer, próximo paso, próximos pasos, siguiente paso, siguientes pasos, punto de acción, puntos de acción, quién hace qué",
		"azione, azioni, attività, compito, compiti, da fare, prossimo passo, prossimi passi, azione da intraprendere, azioni da intraprendere, punto di azione, punti di azione, chi fa cosa",
		"ação, ações, tarefa, tarefas, a fazer, pendência, pendências, próximo passo, próximos passos, item de ação, itens de ação, ponto de ação, pontos de ação, quem faz o quê",
		"actie, acties, actiepunt, actiepunten, taak, taken, te doen, volgende stap, volgende stappen, vervolgstap, vervolgstappen, wie doet wat",
		"działanie, działania, akcja, akcje, zadanie, zadania, do zrobienia, następny krok, następne kroki, kolejny krok, kolejne kroki, punkt akcji, kto co robi"},
	{reasonKind,
		"reason, reasons, rationale, why, because, justification",
		"Begründung, Begründungen, Grund, Gründe, warum, weil",
		"raison, raisons, motif, motifs, justification, pourquoi, parce que",
		"razón, razones, motivo, motivos, justificación, por qué, porque",
		"motivo, motivi, motivazione, motivazioni, ragione, ragioni, perché, giustificazione",
		"razão, razões, motivo, motivos, justificativa, justificação, por quê, porque",
		"reden, redenen, motivatie, onderbouwing, waarom, omdat",
		"powód, powody, uzasadnienie, dlaczego, ponieważ"},
	{criterionKind,
		"acceptance criterion, acceptance criteria, criterion, criteria, ac, acs, done when, completion criteria",
		"Akzeptanzkriterium, Akzeptanzkriterien, Abnahmekriterium, Abnahmekriterien, Kriterium, Kriterien, fertig wenn",
		"critère d'acceptation, critères d'acceptation, critère, critères",
		"criterio de aceptación, criterios de aceptación, criterio, criterios",
		"criterio di accettazione, criteri di accettazione, criterio, criteri",
		"critério de aceitação, critérios de aceitação, critério de aceite, critérios de aceite, critério, critérios",
		"acceptatiecriterium, acceptatiecriteria, criterium, criteria",
		"kryterium akceptacji, kryteria akceptacji, kryterium, kryteria"},
	{estimateKind,
		"estimate, estimates, estimation, est, est., size, story point, story points, sp, points, effort, agreed size",
		"Schätzung, Schätzungen, Aufwand, Größe, Aufwandsschätzung, Punkte",
		"estimation, estimations, taille",
		"estimación, estimaciones, tamaño, esfuerzo, puntos",
		"stima, stime, dimensione, sforzo, punti",
		"estimativa, estimativas, tamanho, esforço, pontos",
		"schatting, schattingen, inschatting, inschattingen, omvang, punten",
		"szacunek, szacunki, oszacowanie, oszacowania, estymacja, estymacje, estymata, wycena, rozmiar, punkty"},
	{resultKind,
		"outcome, outcomes, result, results",
		"Ergebnis, Ergebnisse, Resultat, Resultate",
		"résultat, résultats",
		"resultado, resultados",
		"esito, esiti, risultato, risultati",
		"resultado, resultados",
		"uitkomst, uitkomsten, resultaat, resultaten",
		"wynik, wyniki, rezultat, rezultaty"},
	{splitKind,
		"split into, split off, split story, split stories",
		"geteilt in, aufgeteilt in, abgeteilt, Teilstory, Teilstorys",
		"divisé en, divisée en, découpé en, découpée en",
		"dividido en, dividida en",
		"diviso in, divisa in, suddiviso in, suddivisa in",
		"dividido em, dividida em",
		"gesplitst in, opgesplitst in",
		"podzielono na, podzielone na"},
	{questionKind,
		"question, questions, open question, open questions, open point, open points, still open questions, still open points, unanswered, unanswered question, unanswered questions",
		"Frage, Fragen, offene Frage, offene Fragen, offener Punkt, offene Punkte, ungeklärt, ungeklärte Fragen",
		"question, questions, question ouverte, questions ouvertes, question en suspens, questions en suspens, questions sans réponse, point ouvert, points ouverts, point en suspens, points en suspens",
		"pregunta, preguntas, pregunta abierta, preguntas abiertas, punto abierto, puntos abiertos, preguntas pendientes",
		"domanda, domande, domanda aperta, domande aperte, punto aperto, punti aperti",
		"pergunta, perguntas, pergunta em aberto, perguntas em aberto, questão, questões, questões em aberto, pontos em aberto",
		"vraag, vragen, open vraag, open vragen, open punt, open punten, onbeantwoorde vragen",
		"pytanie, pytania, otwarte pytanie, otwarte pytania, otwarte punkty, kwestie otwarte"},
	{discussKind,
		"discussion question, discussion questions, question for discussion, questions for discussion",
		"Diskussionsfrage, Diskussionsfragen",
		"question de discussion, questions de discussion, questions pour la discussion, questions à discuter",
		"preguntas para el debate, preguntas de discusión",
		"domande per la discussione, domande di discussione",
		"perguntas para discussão, questões para discussão",
		"discussievraag, discussievragen",
		"pytania do dyskusji"},
	{parkedKind,
		"parking lot, parkinglot, parking-lot, parked, parked topic, parked topics, parked item, parked items, parked point, parked points, parking",
		"Parkplatz, Themenparkplatz, Themenspeicher, geparkt, geparkte Themen",
		"parking, point en attente, points en attente, sujets en attente, points mis de côté, sujets mis de côté, points reportés, sujets reportés",
		"aparcado, aparcados, temas aparcados, estacionamiento, temas pospuestos",
		"parcheggio, argomenti parcheggiati, temi rimandati",
		"estacionamento, assuntos adiados, tópicos adiados",
		"parkeerplaats, geparkeerd, geparkeerde onderwerpen, parkeerlijst",
		"parking, tematy odłożone, odłożone, zaparkowane"},
	{retroKind,
		"retro, retrospective, session retro, session retrospective",
		"Retrospektive, Rückblick",
		"rétro, rétrospective",
		"retrospectiva",
		"retrospettiva",
		"retrospectiva",
		"retrospectief, terugblik",
		"retrospektywa, retrospekcja"},
	{deferredKind,
		"proposed for another session, found no time",
		"für eine andere Sitzung", "pour une autre session", "para otra sesión", "per un'altra sessione", "para outra sessão", "voor een andere sessie", "na inną sesję"},
	{notesKind,
		"note, notes, comment, comments, discussion, minutes",
		"Notiz, Notizen, Anmerkung, Anmerkungen, Diskussion, Protokoll",
		"note, notes, remarque, remarques, discussion, compte rendu",
		"nota, notas, observación, observaciones, discusión, acta",
		"nota, note, osservazioni, discussione, verbale",
		"nota, notas, observação, observações, discussão, ata",
		"notitie, notities, opmerking, opmerkingen, discussie, notulen",
		"notatka, notatki, uwaga, uwagi, dyskusja, protokół"},
	{accountKind, "written back to jira, decisions of this session, action items and what else was read, before and after, changed since you read it, from the last session", "", "", "", "", "", "", ""},
	{ownerKind,
		"owner, owners, assignee, assignees, resp, resp., who, responsible, assigned to, person, name",
		"Verantwortlich, Verantwortliche, Verantwortlicher, wer, zuständig, Zuständige, Besitzer",
		"responsable, responsables, qui, porteur, assigné à", "responsable, responsables, quién, asignado a", "responsabile, responsabili, chi, assegnato a",
		"responsável, responsáveis, quem, atribuído a", "verantwoordelijke, verantwoordelijk, wie, eigenaar", "odpowiedzialny, odpowiedzialna, kto, właściciel, osoba"},
	{dueKind,
		"due, due date, deadline, until, by, by when, when, date",
		"fällig, fällig am, bis, bis wann, wann, Frist, Termin, Datum", "échéance, pour le, quand, date limite, date, délai", "plazo, fecha, fecha límite, cuándo, vencimiento",
		"scadenza, entro, quando, data", "prazo, data, quando, vencimento, data limite", "deadline, uiterlijk, wanneer, datum, vervaldatum", "termin, kiedy, do kiedy, data"},
	{statusKind, "status, state", "Status, Stand", "statut, état", "estado", "stato", "estado, situação", "status, stand", "status, stan"},
	{rejectedKind,
		"rejected, not decided, undecided, alternative, alternatives, option, options, options considered, alternatives considered, pros, cons, pros and cons, risk, risks, open, out of scope",
		"verworfen, abgelehnt, nicht entschieden, Alternative, Alternativen, Option, Optionen, Vorteile, Nachteile, Risiko, Risiken, offen",
		"rejeté, rejetés, options, alternatives, avantages, inconvénients, risques", "rechazado, rechazados, opciones, alternativas, riesgos, pendiente, pendientes", "respinto, respinti, opzioni, alternative, rischi",
		"rejeitado, rejeitados, opções, alternativas, riscos", "afgewezen, opties, alternatieven, risico's", "odrzucone, opcje, alternatywy, ryzyka"},
	{itemKind,
		"item, items, ticket, tickets, issue, issues, story, stories, key, topic, topics",
		"Vorgang, Vorgänge, Ticket, Tickets, Schlüssel, Thema, Themen", "ticket, tickets, sujet, sujets, élément", "elemento, ticket, tema, temas, incidencia",
		"elemento, ticket, argomento, tema", "item, itens, ticket, tema, assunto", "item, ticket, onderwerp, onderwerpen", "zgłoszenie, zgłoszenia, temat, tematy, ticket"},
}

// certain are words that may stand beside a label and change nothing; any other one may
// take it back: "tentative decision".
var certain = wordSet("our, the, final, key, main, today, todays, team, team's, made, taken, new, further, other, all, important, agreed",
	"unsere, die, der, das, weitere, neue, heute, heutige, wichtige, endgültige, finale", "nos, notre, les, la, le, finale, finales", "nuestras, las, los, la, el, final, finales",
	"le, la, i, il, finale, finali, nostre", "as, os, a, o, final, finais, nossas", "onze, de, het, definitieve", "nasze, ostateczna, ostateczne")

// numberSigns stand before the number of a decision.
var numberSigns = wordSet("no., nr, nr., n., n°, nº, n.º, num., number, nummer, numéro, número")

// between joins a label with what it is of.
var between = wordSet("of, for, on, about, in, to, re", "für, zu, zum, zur, von, über", "de, pour, sur, du", "para, de, sobre", "per, di, su", "para, de, sobre", "voor, van, over", "dla, do, o, w")

// nothingSaid are lines by which people say that there is nothing, or no more.
var nothingSaid = wordSet("none, no, ok, done, closed, answered, n/a, na, n.a, nothing, nothing to do, nothing else, tbd, tba, no decision, no decisions, no decision yet, no action, no actions, no action items, not yet, nothing yet, more to come, to come, to follow, to be written, open, to be decided, to be defined, as above, see above",
	"keine, keiner, nichts, nichts zu tun, erledigt, geklärt, noch offen, offen, entfällt, siehe oben, folgt, Entscheidung folgt, kommt noch", "aucun, aucune, rien, rien à faire, ras, à définir, voir plus haut", "ninguna, ninguno, nada, nada que hacer, por definir",
	"nessuna, nessuno, niente, niente da fare, da definire", "nenhuma, nenhum, nada, a definir", "geen, niets, nog niet, nader te bepalen", "brak, nic, do ustalenia")

// labelled is the kind that each label stands for, by its folded words. Where
// languages share a word the first kind counts.
var labelled = sync.OnceValue(func() map[string]kind {
	m := map[string]kind{}
	for _, l := range labelWords {
		for word := range wordSet(l.en, l.de, l.fr, l.es, l.it, l.pt, l.nl, l.pl)() {
			if _, taken := m[word]; !taken {
				m[word] = l.kind
			}
		}
	}
	return m
})

// wordSet is the lists' entries, folded when somebody first asks: most runs of the
// program read no page.
func wordSet(lists ...string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		set := map[string]bool{}
		for _, list := range lists {
			for entry := range strings.SplitSeq(list, ",") {
				if word := folded(entry); word != "" {
					set[word] = true
				}
			}
		}
		return set
	})
}

// folded are the words of s, in lower case and without accents.
func folded(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0 { // as most are
		return strings.Join(strings.Fields(strings.ToLower(s)), " ")
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ß':
			b.WriteString("ss")
		case r == 'ł':
			b.WriteByte('l')
		case r == '’', r == 'ʼ':
			b.WriteByte('\'')
		case isHyphen(r):
			b.WriteByte('-')
		default:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// kindOf is what a label says by itself. It is sure where the words are a label
// and nothing else; a label with words beside it that change what it says, or
// that nobody knows, only looks like one.
func kindOf(label string) (k kind, sure bool) {
	if strings.EqualFold(strings.TrimSpace(label), "decide") { // what is still to be done; "décidé" is French
		return plainKind, false
	}
	words := strings.FieldsFunc(folded(label), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("()[]{}#/&+,;:：*_?!", r) })
	if len(words) > 0 && unicode.IsDigit(rune(words[0][0])) { // "5 points" is no label, "Decision 2" is one
		return plainKind, false
	}
	words = slices.DeleteFunc(words, func(w string) bool { return numberSigns()[w] || !strings.ContainsFunc(w, unicode.IsLetter) })
	if k, ok := labelled()[strings.Join(words, " ")]; ok {
		return k, true
	}
	if n := len(words) - 1; n > 0 && len(words[n]) == 1 { // its letter: "Option B"
		words = words[:n]
	}
	for len(words) > 0 && between()[words[len(words)-1]] { // of an item, whose key was taken off
		words = words[:len(words)-1]
	}
	if len(words) == 0 || len(words) > 6 {
		return plainKind, false
	}
	if k, ok := labelled()[strings.Join(words, " ")]; ok {
		return k, true
	}
	for n := range 2 * len(words) { // a decision goes before a column: "key decision"
		from := n % len(words)
		for to := len(words); to > from && (from == 0 || to == len(words)); to-- {
			k, ok := labelled()[strings.Join(words[from:to], " ")]
			if !ok || n < len(words) && k != decisionKind && k != actionKind {
				continue
			}
			return k, !slices.ContainsFunc(slices.Concat(words[:from], words[to:]), func(w string) bool { return !certain()[w] })
		}
	}
	return plainKind, false
}

// titleKind is what a heading, a panel's or a column's title stands for; numbers,
// emojis and keys of tickets aside.
func titleKind(title string) (k kind, sure bool) {
	from := decoration(title)
	if from == len(title) {
		return plainKind, false
	}
	name, _ := withoutKeys(title[from:])
	return kindOf(name)
}
