package confluence

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"refine/internal/lazyregexp"
)

// looksLike reports whether a line reads like a decision or an action item that
// nobody labelled.
func (r *reader) looksLike(p piece) bool {
	if what := unspoken(p.text); len(what) > 0 && flat(what) != flat(p.text) {
		said := p
		said.text = what
		if r.looksLike(said) {
			return true
		}
	}
	s := p.text.String()
	switch {
	case typedBox.MatchString(s), decisionNoun(s), loudLabel.MatchString(s), saysDecided.MatchString(folded(s)), labelInside(s):
		return true
	case r.heading == "" && r.item() == "", r.part.kind == retroKind:
		return false
	case doneLead.MatchString(s), namesSide.MatchString(folded(s)), dayFirst.MatchString(s):
		return true
	case concludes.MatchString(folded(s)), sizes.MatchString(folded(s)):
		return true
	}
	return looksLikeAction(p)
}

var typedBox = lazyregexp.New(`^(?:\[[ xX✓]?\]|[☐☑☒])\s*\S`)

// loudLabel is a label in capitals that needs no colon.
var loudLabel = lazyregexp.New(`^(?:ACTION|ACTIONS|TODO|AP|DECISION|AUFGABE|BESCHLUSS|ENTSCHEIDUNG) \S`)

// decisionNoun reports whether a line begins with the word for decision.
func decisionNoun(s string) bool {
	first, _, _ := strings.Cut(folded(s), " ")
	return decisionNouns()[strings.Trim(first, ".,:;*_")]
}

// decisionNouns are singular and plural in each language, which come first there.
var decisionNouns = sync.OnceValue(func() map[string]bool {
	l := labelWords[0]
	var nouns []string
	for _, words := range []string{l.en, l.de, l.fr, l.es, l.it, l.pt, l.nl, l.pl} {
		nouns = append(nouns, strings.SplitN(words, ",", 3)[:2]...)
	}
	return wordSet(nouns...)()
})

// saysDecided is how people tell that something was decided, folded.
var saysDecided = lazyregexp.New(`^(?:(?:we|the team) (?:have |has )?(?:decided|agreed)|(?:\S+ )?(?:decided|agreed) (?:on|to|no|not|against|for|that)|it was (?:decided|agreed)` +
	`|(?:wir|das team) (?:haben |hat )?(?:uns )?(?:entschieden|beschlossen|geeinigt|vereinbart)|wir haben (?:uns )?.{0,60}(?:entschieden|beschlossen|geeinigt)$|es wurde (?:entschieden|beschlossen)` +
	`|(?:nous avons|on a|l'equipe a|il a ete) (?:decide|convenu)|(?:hemos )?(?:decidimos|acordamos|decidido|acordado)|se (?:decidio|acordo|ha decidido|ha acordado)` +
	`|(?:abbiamo|si e|e stato) (?:deciso|concordato)|(?:nos )?(?:concordamos|ficou decidido|foi decidido)` +
	`|(?:we hebben|het team heeft) (?:besloten|afgesproken)|we (?:besloten|spraken af)|(?:zdecydowalismy|ustalilismy|postanowilismy|uzgodnilismy))\b`)

// labelInside reports whether a label begins a later sentence of a line, or a
// quotation.
func labelInside(s string) bool {
	for _, at := range sentenceStart.FindAllStringIndex(s, -1) {
		end := labelStop.FindStringIndex(s[at[1]:])
		if end == nil || end[0] > longestLabel {
			continue
		}
		k, sure := kindOf(s[at[1] : at[1]+end[0]])
		if sure && (k == decisionKind || k == actionKind && s[:at[0]] != "" && !strings.Contains(s[:at[0]], ".")) {
			return true
		}
	}
	return false
}

var labelStop = lazyregexp.New(`:|\s[–-]\s`)

var sentenceStart = lazyregexp.New(`[.!?;,:]\s+|\s[–-]\s+|^["“”„«‘]\s*`)

// looksLikeAction reports whether a line names somebody who does something: it
// begins with a mention, an arrow to a name, or a name and holds a date.
func looksLikeAction(p piece) bool {
	t := p.text
	if t[0].User != nil && len(t) > 1 || firstUser(t) != nil && !dueDate(p.nodes).IsZero() {
		return true
	}
	s := t.String()
	words := behindKeys(s)
	words = words[decoration(words):]
	if strings.HasPrefix(words, "@") && strings.Contains(words, " ") || promises.MatchString(folded(words)) {
		return true
	}
	name, rest, _ := strings.Cut(words, " ")
	first, _ := utf8.DecodeRuneInString(name)
	if rest == "" || !unicode.IsUpper(first) || commonStart()[folded(strings.Trim(name, ".,:;"))] {
		return false
	}
	return arrow.MatchString(s) || doing.MatchString(folded(rest)) || strings.Contains(rest, " ") && (dueWords.MatchString(folded(rest)) || dayBehind.MatchString(folded(rest)))
}

// concludes is how people choose in passing, folded.
var concludes = lazyregexp.New(`^(?:ok[,.]? )?(?:so )?(?:(?:we(?:'ll| will)?|let's) (?:go with|keep|stick (?:with|to))|let's (?:do|use|take)|(?:we(?:'re| are) )?going with|wir (?:nehmen|behalten|bleiben bei)|(?:on|nous) (?:prend|prenons|garde|gardons|part(?:ons)? sur|choisi(?:t|ssons))|vamos con|nos quedamos con|elegimos|andiamo con|(?:prendiamo|teniamo|scegliamo)|vamos com|ficamos com|we (?:gaan voor|kiezen|houden|nemen)|bierzemy|wybieramy)\b` +
	`|(?:, |\bas (?:discussed|agreed),? )we(?:'ll| will)? (?:go with|keep|stick with)\b` +
	`|^(?:ok[,.]? )?(?:so )?\S+(?: \S+){0,3} it is[.!]?$|^so .+ then[.!]?$|^(?:=>|⇒) ?\pL` +
	`|^(?:final(?: call)?|resolved|conclu\w+|fazit|festgelegt|wniosek|consensus|konsens|proposal|vorschlag|proposition|propuesta|proposta|voorstel|propozycja|de[cs]{1,2}i?[cs]{1,2}i?ons?|dcn|dec|entsch|beschl)\.? ?(?:[:=]|[–-] )`)

// sizes is an estimate that stands for itself or has a label of one team's, folded.
var sizes = lazyregexp.New(`^(?:(?:est\.?|sp|estimate|t-shirt(?: size)?|size|schatzung|estimation|estimacion|stima|estimativa|schatting|szacunek) ?[:= ] ?(?:[0-9?½]+(?: ?(?:→|->|=>) ?[0-9]+)?|x*[sml])(?: (?:sp|points?|punkte))?` +
	`|(?:(?:changed|updated|raised|lowered|re-?estimated|now)(?: to)? )?[0-9]{1,3} ?(?:sp|pts?|(?:story ?)?(?:points?|punkte?|puntos?|punti|pontos?|punten|punkty)))[.!]?$`)

// promises is how somebody takes on what is to be done, folded.
var promises = lazyregexp.New(`^(?:i(?:'ll| will| am going to|'m going to)|ich (?:werde|mache|ubernehme|kummere mich|klare|frage)|je (?:vais|m'en|m'occupe)|(?:yo )?(?:voy a|me encargo)|(?:io )?mi occupo|(?:eu )?vou|ik (?:zal|ga|doe)|zajme sie)\b`)

// doing is what people promise to do, behind a name.
var doing = lazyregexp.New(`^(?:and \w+ |und \w+ |et \w+ )?(?:` +
	`(?:will|shall|is going to) [a-z]{2,}\b` +
	`|(?:to|should|needs to|has to) (?:ask|bring|book|call|chase|check|clarify|confirm|contact|create|discuss|document|draft|find|follow|get|invite|investigate|look|organi[sz]e|ping|prepare|provide|review|schedule|send|set|share|sort|speak|summari[sz]e|take|talk|tell|update|write)\b` +
	`|(?:wird|soll|muss) (?:\S+ )*[a-z]+e?[lr]?n[.!]?$|(?:va|doit) [a-z]+(?:er|ir|re)\b|(?:va a|debe) [a-z]+[aei]r\b|deve [a-z]+[aei]re\b|(?:vai|deve) [a-z]+[aei]r\b|(?:zal|gaat|moet) (?:\S+ )*[a-z]+en[.!]?$` +
	`|takes (?:care|this|that|it|over)\b|follows up\b|(?:kummert|befasst) sich\b|(?:klart|fragt|pruft|schickt|schreibt|bespricht)\b|(?:stimmt|spricht) .* ab$|(?:ruft|fragt|legt) .* (?:an|nach)$|s'occupe\b|s'en (?:occupe|charge)|se (?:encarga|ocupa|charge) d|si occupa d|\(?(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?)\)?:? \S|(?:va|doit) (?:demander|verifier|contacter|envoyer|preparer|ecrire)\b` +
	`|(?:va a|debe) (?:preguntar|revisar|contactar|enviar|preparar)\b|(?:chiede|verifica|contatta|prepara|invia)\b|(?:vai|deve) (?:perguntar|verificar|contatar|enviar|preparar)\b|(?:vraagt|controleert|stuurt|regelt|zoekt uit)\b|(?:zapyta|sprawdzi|wysle|przygotuje|ustali)\b)`)

// namesSide is a line, folded, that only says whose something is, or until when; and one
// that asks somebody by name.
var namesSide = lazyregexp.New(`^(?:(?:owner|assignee|due|deadline|verantwortlich|zustandig|fallig|frist|responsable|echeance|responsabile|scadenza|responsavel|prazo|verantwoordelijk|odpowiedzialn[ya]|termin) ?: \S|(?:pls|please|bitte|por favor|svp) @\S)`)

// dayFirst is a day in front of who does something: "by 2026-12-05 Noor tells sales".
var dayFirst = lazyregexp.New(`^(?i:by|until|till|on|bis|am) (?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?|\pL+(?i:day|tag)):? \p{Lu}\pL+ \pL`)

var arrow = lazyregexp.New(`^(?:→|->|=>|➡|⇒)`)

// commonStart are words that begin a sentence about no person.
var commonStart = wordSet("the, a, an, it, this, that, these, those, there, what, when, where, why, how, if, in, on, at, for, as, all, every, each, no, not, but, and, or, by, today, tomorrow, yesterday",
	"der, die, das, ein, eine, es, dies, diese, was, wann, wo, warum, wie, wenn, im, am, für, alle, jede, kein, aber, und, oder, bis, heute, morgen",
	"le, la, les, un, une, il, ce, cette, ces, que, quand, où, pourquoi, comment, si, dans, en, pour, tous, mais, et, ou", "el, los, las, una, esto, esta, que, cuando, donde, por, como, si, para, todos, pero, y, o",
	"gli, lo, i, uno, questo, questa, che, quando, dove, perché, come, se, per, tutti, ma, e", "os, as, um, uma, isto, este, esta, que, quando, onde, porque, como, se, para, todos, mas, e",
	"de, het, een, dit, deze, wat, wanneer, waar, waarom, hoe, als, voor, alle, maar, en, of", "to, ten, ta, co, kiedy, gdzie, dlaczego, jak, jeśli, dla, wszystkie, ale, i, lub")

// dueWords are a day before which something is to be done, folded.
var dueWords = lazyregexp.New(`\b(?:by|until|till|before|due|on|bis(?: zum| zu| ende)?|am|vor|d'ici(?: a)?|avant|pour|para|antes (?:de|del|do|da)|hasta|entro|prima di|ate|voor|tegen|op|do|przed)\s+` +
	`(?:(?:the|next|this|end of|nachsten?|kommenden?|le|la|fin de|el|il|lo|proximo|prossimo|a|o|volgende|eind|konca)\s+){0,3}` +
	`(?:` + dayNames + `\b` +
	`|\d{4}-\d{2}|\d{1,2}[./-](?:\s?\d{1,2}\b|\s)|\d{1,2}(?:st|nd|rd|th)\b|\d{1,2}\.? (?:d?e? ?)(?:jan|feb|fev|mar|maart|avr|apr|abr|may|mai|mei|mag|jun|juin|giu|jul|juil|lug|aug|ago|aou|sep|set|oct|okt|ott|out|nov|dec|dez|dic))`)

// dayNames are the days, months and the like by which something is due, folded.
const dayNames = `(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?|tomorrow|noon|week|month|sprint|january|february|march|april|may|june|july|august|september|october|november|december` +
	`|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|morgen|woche|monat|januar|februar|marz|mai|juni|juli|oktober|dezember` +
	`|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain|semaine|mois|janvier|fevrier|mars|avril|juin|juillet|aout|septembre|octobre|novembre|decembre` +
	`|lunes|martes|miercoles|jueves|viernes|sabado|domingo|manana|semana|mes|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre` +
	`|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|domani|settimana|mese|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre` +
	`|segunda|terca|quarta|quinta|sexta|amanha|janeiro|fevereiro|marco|maio|junho|julho|setembro|outubro|novembro|dezembro` +
	`|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|maand|maart|mei|augustus` +
	`|poniedzial\w*|wtor\w*|srod\w*|czwart\w*|piat\w*|sobot\w*|niedziel\w*|jutra|tygodni\w*|miesiac\w*)`

// dayBehind is a day in brackets or behind a dash at the end of a line, folded.
var dayBehind = lazyregexp.New(`(?:\(|–\s?|\s-\s?|, )(?:` + dayNames + `|\d{1,2}\.\d{1,2}\.(?:\d{2,4})?)\.?\)?$`)
