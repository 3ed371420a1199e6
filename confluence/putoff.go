package confluence

import "refine/internal/lazyregexp"

// isPutOff reports whether a line, folded, says among decisions that somebody is to
// decide another time, or has yet to say. Among actions the same may be what is to be
// done.
func isPutOff(s string) bool {
	return isSetAside(s) || hedged.MatchString(s) || unanswered.MatchString(s)
}

// isSetAside reports whether a line, folded, says that somebody is to decide another
// time, among decisions or criteria.
func isSetAside(s string) bool { return announcesVote.MatchString(s) || setAside.MatchString(s) }

// announcesVote is how people say that they will decide, or talk about it, and when:
// "let's vote next week".
var announcesVote = lazyregexp.New(`^(?:` +
	`(?:(?:we(?:'ll| will)?|let's|lets|to) )?(?:vote|decide|discuss|talk|revisit|look at (?:it|this|that)|come back)` +
	`|(?:wir |lasst? uns )?(?:entscheiden|besprechen|klaren|stimmen|reden)` +
	`|on (?:en )?(?:decide(?:ra)?|vote(?:ra)?|parle(?:ra)?)` +
	`|(?:lo )?(?:decidimos|votamos|vemos|hablamos|decidiremos|votaremos)` +
	`|(?:lo )?(?:decidiamo|votiamo|vediamo)` +
	`|(?:we )?(?:beslissen|stemmen|bespreken)` +
	`|(?:za)?(?:decydujemy|glosujemy|omowimy)` +
	`)\b(?: \S+){0,3} ` + anotherTime + `[.!]?$`)

// later is a line, folded, that says no more of something than that it is for another
// time: "Later: CSV".
var later = lazyregexp.New(`^` + anotherTime + ` *(?::.*)?$`)

// anotherTime is when that will be.
const anotherTime = `(?:later|(?:the )?next (?:time|week|month|sprint|session|meeting|quarter|year)|tomorrow|on (?:mon|tues|wednes|thurs|fri)day` +
	`|spater|morgen|nachste[ns]? (?:mal|woche|monat|sprint|sitzung)|am (?:montag|dienstag|mittwoch|donnerstag|freitag)` +
	`|plus tard|demain|la (?:prochaine fois|semaine prochaine)` +
	`|la semana que viene|la proxima (?:semana|vez|sesion)|mas tarde|manana` +
	`|piu tardi|domani|la prossima (?:volta|settimana)` +
	`|mais tarde|amanha|na proxima (?:semana|vez)` +
	`|volgende (?:week|keer|sprint)` +
	`|pozniej|jutro|w przyszlym tygodniu|nastepnym razem)(?: ab| druber| daruber)?`

// setAside is how people leave something without a decision: "wir vertagen das".
var setAside = lazyregexp.New(`^(?:` +
	`(?:we(?:'ll| will)?|let's|lets|wir|lasst? uns) (?:postpone|park|defer|table|revisit|vertagen|verschieben|parken) (?:this|that|it|das|es|dies|the decision|die entscheidung)\b` +
	`|(?:(?:we(?:'ll| will)?|let's|lets) )?(?:(?:come back to|revisit) (?:this|it|that)\b|(?:keep|leave) (?:this|it|that) open[.!]?$)` +
	`|revisit (?:after|when|once|with|in)\b` +
	`|(?:to be|needs to be|muss noch) (?:discussed|clarified|besprochen|geklart|entschieden)\b|(?:let's|lets) (?:discuss|talk about)\b` +
	`|(?:noch )?(?:zu|to) (?:klaren|besprechen|clarify|discuss)\b|nochmal (?:besprechen|reden|anschauen)\b|(?:wir )?lassen (?:wir |das )?(?:das )?offen$|wird nachgereicht` +
	`|a (?:clarifier|discuter|definir)\b|on en reparle\b|por (?:aclarar|definir)\b|da chiarire\b|ne riparliamo\b|voltamos a isso\b|nog uit te zoeken|komen we op terug|do wyjasnienia|wrocimy do tego\b` +
	`|(?:let's |lets |we )?sleep on it$|(?:let's|we'll|we will) see$|mal (?:sehen|schauen)$|on verra$|veremos$|vedremo$|zobaczymy$|we zien wel$)`)

// hedged is a line that does not say which, or only perhaps: "probably 14 days".
var hedged = lazyregexp.New(`^(?:` +
	`\(?(?:maybe|perhaps|probably|possibly|undecided|evtl\.?|eventuell|wahrscheinlich|vermutlich|probablement|probablemente|probabilmente|provavelmente|waarschijnlijk|chyba)(?:[ ,:)]|$)` +
	`|(?:could|might|may) (?:also )?be\b|(?:not sure|unsure|unclear)\b|(?:noch )?(?:unklar|nicht (?:sicher|klar))\b|pas sur\b|no esta claro|non e chiaro|either .+ or\b|\d+ ?(?:vs\.?|or|oder|ou|lub) ?\d` +
	`|(?:i|ich|je|yo|io|eu|ik) (?:think|guess|believe|would|prefer|glaube|denke|finde|wurde|pense|crois|prefere|creo|prefiero|credo|penso|preferisco|acho|prefiro|denk|vind)\b|\S+ (?:prefers|wants|would (?:like|prefer)|suggests|mochte lieber|will lieber|prefere|voudrait|prefiere|preferisce)\b` +
	`|.*(?:\((?:tbc|tbd|maybe|unclear|open|offen|to be confirmed)\)$|(?:[–:,]|\s-) *(?:tbc|to be confirmed)\b))`)

// unanswered is a line that waits for what somebody else is to say: "depends on legal".
var unanswered = lazyregexp.New(`^(?:` +
	`we (?:don't|do not) know\b|wissen wir (?:noch )?nicht|depends on\b|kommt drauf an|(?:ca|cela) depend|depende\b|pending(?:$| *[:–,]| -)` +
	`|(?:needs?|requires?) (?:more |further )?(?:discussion|input|info(?:rmation)?|clarification)(?: (?:from|by|with|on|about) .*)?[.!]?$|(?:still )?waiting (?:for|on) \S+(?: \S+)?$` +
	`|we (?:need|have) to (?:(?:ask|check with|talk to) \S+(?: first)?$|(?:clarify|discuss|decide)\b)` +
	`|will be decided\b|(?:pls|please|bitte) |\S+ (?:klart|clarifies)\b|\S+ (?:will|is going to) (?:tell us|decide|let us know|come back|get back)\b)`)
