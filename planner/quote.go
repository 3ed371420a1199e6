package planner

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxQuote is what a reader takes in at a glance.
const maxQuote = 160

// foldedAway are white space and the characters that wiki markup is made of; a
// quote shows none of them where the ticket uses them as markup.
var foldedAway = asciiSet(`*_{}[]|+^~\-` + " \t\n\v\f\r")

func asciiSet(chars string) (set [utf8.RuneSelf]bool) {
	for _, c := range []byte(chars) {
		set[c] = true
	}
	return set
}

// fold drops white space and markup, so that a quote can be compared with the
// raw text it came from.
func fold(s string) string {
	s = dropMacros(s)
	var b strings.Builder
	b.Grow(len(s))
	for n, r := range s {
		switch {
		case r == utf8.RuneError:
			_, size := utf8.DecodeRuneInString(s[n:])
			b.WriteString(s[n : n+size])
		case r < utf8.RuneSelf && !foldedAway[r], r >= utf8.RuneSelf && !unicode.IsSpace(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// holds reports whether quote stands in s, markup and white space aside. A quote
// that is markup alone, as of a title "[]", stands there as it is.
func (s *source) holds(quote string) bool {
	if folded := fold(quote); folded != "" {
		return strings.Contains(s.folded, folded)
	}
	return strings.Contains(oneLine(s.raw), oneLine(quote))
}

// clauseEnds lists where one clause of a sentence ends and the next begins:
// behind a comma, around a dash, around what cannot be quoted.
func clauseEnds(s string) (cuts [][]int) {
	last := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf && !clauseMark[s[i]] {
			i++
			continue
		}
		start, end := clauseEndAt(s, last, i)
		if end == 0 {
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
			continue
		}
		cuts = append(cuts, []int{start, end})
		i, last = end, end
	}
	return cuts
}

// clauseMark are the ASCII characters that may begin or end a clause's end.
var clauseMark = asciiSet(",;:-")

// clauseEndAt is the clause's end whose mark stands at i, 0 and 0 if there is
// none; the last one ended at last.
func clauseEndAt(s string, last, i int) (start, end int) {
	r, size := utf8.DecodeRuneInString(s[i:])
	before, after := spacesAtEnd(s[last:i]), spaces(s[i+size:])
	switch r {
	case ',', ';', ':':
		if after > 0 {
			return i, i + 1 + after
		}
	case '-', '–':
		for strings.HasPrefix(s[i+size:], "-") || strings.HasPrefix(s[i+size:], "–") {
			_, more := utf8.DecodeRuneInString(s[i+size:])
			size += more
		}
		if after = spaces(s[i+size:]); before > 0 && after > 0 {
			return i - before, i + size + after
		}
	case '“', '”':
		return i, i + size
	case unquotable:
		return i - before, i + size + after
	}
	return 0, 0
}

// spaces is the length of the white space that s begins with.
func spaces(s string) int { return len(s) - len(strings.TrimLeft(s, " \t\n\f\r")) }

func spacesAtEnd(s string) int { return len(s) - len(strings.TrimRight(s, " \t\n\f\r")) }

// goodQuote is the length up to which neighbouring clauses are taken in.
const goodQuote = 120

// clip takes from a sentence what makes a quote of readable length: all of it, or
// the clauses around the bytes at[0]:at[1]. It reports at which sides the sentence
// goes on where it was cut.
func clip(sentence string, at [2]int) (quote string, before, after bool) {
	cuts := clauseCuts(sentence)
	lo, hi := enclosing(cuts, at)
	lo, hi = grown(sentence, cuts, lo, hi)
	if lo > 0 && turns.MatchString(sentence) && at[1] <= maxQuote && joinAll(sentence, cuts[1:lo+1]) {
		lo = 0
	}
	start, end := balanced(sentence, cuts[lo][1], cuts[hi][0], at)
	from, to := start, end
	if end-start > maxQuote {
		start, end = window(sentence, start, end, at)
	}
	if tail := looseEnd(sentence[start:end]); !endsClause(sentence, end) && start+tail >= at[1] {
		end = start + tail
	}
	quote = strings.TrimRight(strings.TrimSpace(sentence[start:end]), ".,;:- ")
	return quote, start > from, end < to || listed(sentence, cuts, hi)
}

// clauseCuts are where clauses may be parted, the sentence's ends included.
func clauseCuts(sentence string) [][]int {
	cuts := [][]int{{0, 0}}
	for _, c := range clauseEnds(sentence) {
		if c[1] == len(sentence) || sentence[c[1]] < '0' || sentence[c[1]] > '9' { // "February 1, 2015"
			cuts = append(cuts, c)
		}
	}
	return append(cuts, []int{len(sentence), len(sentence)})
}

// grown takes neighbouring clauses in, all of them where that is readable.
func grown(sentence string, cuts [][]int, lo, hi int) (int, int) {
	last := len(cuts) - 1
	if len(sentence) <= maxQuote && joinAll(sentence, cuts[1:last]) {
		return 0, last
	}
	for {
		switch { // to the left first: that is where the subject stands
		case lo > 0 && joins(sentence, cuts[lo]) && cuts[hi][0]-cuts[lo-1][1] <= goodQuote:
			lo--
		case hi < last && joins(sentence, cuts[hi]) && cuts[hi+1][0]-cuts[lo][1] <= goodQuote:
			hi++
		default:
			return lo, hi
		}
	}
}

// turns begins a sentence whose other clauses mean something else without the
// first: "Besides watches, phones and maybe …".
var turns = regexp.MustCompile(`(?i)^\W*(?:besides|apart from|aside from|except|unless|without|instead of|rather than|contrary to|if|until)\b`)

func joinAll(sentence string, cuts [][]int) bool {
	return !slices.ContainsFunc(cuts, func(c []int) bool { return !joins(sentence, c) })
}

// listed reports whether a quote that ends at a cut leaves out the rest of a
// list.
func listed(sentence string, cuts [][]int, hi int) bool {
	if hi+1 >= len(cuts) || sentence[cuts[hi][0]] != ',' {
		return false
	}
	next := sentence[cuts[hi][1]:cuts[hi+1][0]]
	return strings.HasPrefix(next, "and ") || strings.HasPrefix(next, "or ") || len(strings.Fields(next)) <= mostEntryWords && hi+2 < len(cuts)
}

// mostEntryWords is how many words make an entry of a list rather than a clause.
const mostEntryWords = 3

// endsClause reports whether what is said is over at end: nothing is missing
// behind it.
func endsClause(sentence string, end int) bool {
	if end < len(sentence) {
		return sentence[end] == ','
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(sentence, ` "')`))
	return strings.ContainsRune(".!?", last)
}

// looseEnd is where the words begin that a quote should not end with when what
// follows cannot be quoted, such as "from the"; the quote's end if there are
// none.
func looseEnd(s string) int {
	end := len(s)
	for at := end; ; {
		kept := strings.TrimRight(s[:at], " ,:;(.")
		n := strings.LastIndexAny(kept, " ,:;(") + 1
		if n == 0 || !looseEnds[abbreviated(kept[n:])] {
			return end
		}
		at = n
		end = len(strings.TrimRight(s[:at], " ,:;("))
	}
}

// balanced keeps a quote from beginning or ending within brackets.
func balanced(s string, start, end int, at [2]int) (int, int) {
	depth, open := 0, -1
	for i := start; i < end; i++ {
		switch s[i] {
		case '(':
			if depth++; depth == 1 {
				open = i
			}
		case ')':
			if depth--; depth < 0 && i+1 <= at[0] {
				start, depth = i+1, 0
			} else if depth < 0 && i >= at[1] {
				return start, i
			}
		}
	}
	switch {
	case depth > 0 && open >= at[1]:
		end = open
	case depth > 0 && open < at[0]:
		start = open + 1
	}
	return start, end
}

// enclosing finds the clause that holds at.
func enclosing(cuts [][]int, at [2]int) (lo, hi int) {
	for i, c := range cuts {
		if c[1] <= at[0] {
			lo = i
		}
	}
	for hi = lo + 1; hi < len(cuts)-1 && cuts[hi][0] < at[1]; {
		hi++
	}
	return lo, hi
}

// joins reports whether a quote may run across a clause's end: not across what
// cannot be quoted.
func joins(sentence string, cut []int) bool {
	return !strings.ContainsAny(sentence[cut[0]:cut[1]], "“”"+string(unquotable))
}

// window is the run of whole words around at that makes a quote of a clause that
// is too long for one. It begins where the clause does or, if at is too far from
// there, where words begin that stand for themselves.
func window(s string, start, end int, at [2]int) (int, int) {
	at = narrowed(s, start, at)
	if at[1]-start > maxQuote-leastAround {
		start = standing(s, start, at)
	}
	if to := max(min(start+maxQuote, end), at[1]); to < end {
		end = wordEnd(s, at[1], to)
	}
	return start, end
}

// narrowed is what of at has room in a quote that begins where the clause does,
// if that is most of one: its beginning tells what it is about.
func narrowed(s string, start int, at [2]int) [2]int {
	most := start + maxQuote - leastAround
	if at[0] == start || at[1] <= most || at[0]-start > maxQuote/2 {
		return at
	}
	if i := strings.LastIndexByte(s[at[0]:most], ' '); i > 0 {
		at[1] = at[0] + i
	}
	return at
}

// leastAround is the room, in bytes, that a quote has on a side where the
// sentence goes on.
const leastAround = 20

// standing is where the part of a clause begins that holds at and can stand by
// itself: with a conjunction and who does something, else with any word.
func standing(s string, start int, at [2]int) int {
	from := min(max(start, at[1]+leastAround-maxQuote), at[0])
	if heads := clauseHead.FindAllStringSubmatchIndex(s[from:at[1]], -1); len(heads) > 0 && from+heads[0][2] <= at[0] {
		return from + heads[0][2]
	}
	from = min(max(from, at[0]-(goodQuote-(at[1]-at[0]))/2), at[0])
	if i := strings.IndexByte(s[from:at[0]], ' '); i >= 0 {
		return from + i + 1
	}
	return at[0]
}

// clauseHead is where a clause begins without a comma.
var clauseHead = regexp.MustCompile(` (?:(?:and|but|so|or|then) )?((?:(?:because|since|while|whereas|although|if|when|whether) )?(?:it|they|we|you|I|he|she|there|this|that|these|those|the [\w-]+|an? [\w-]+) (?:is|are|was|were|has|have|had|does|do|did|can|cannot|could|will|would|should|shall|must|may|might|needs?|wants?)(?:n?['’]t)?\b)`)

var joint = regexp.MustCompile(` (?:and|but|or|which|that|who|so|because|when|while|if|to|for|in|on|such as|by|from|in order to) `)

// wordEnd is where to cut s within from:to: at a joint of the sentence, else
// between two words.
func wordEnd(s string, from, to int) int {
	if joints := joint.FindAllStringIndex(s[from:to], -1); len(joints) > 0 {
		if last := from + joints[len(joints)-1][0]; last > from+(to-from)/3 {
			return last
		}
	}
	if i := strings.LastIndexByte(s[from:to], ' '); i >= 0 {
		return from + i
	}
	return from
}

// String sets a quote in the plan's quotation marks, with an ellipsis outside
// of them where the sentence goes on.
func (e Evidence) String() string {
	var b strings.Builder
	if e.before {
		b.WriteString("…")
	}
	b.WriteString("“" + e.Quote + "”")
	if e.after {
		b.WriteString("…")
	}
	return b.String()
}

var ourQuote = regexp.MustCompile(`“([^“”]*)”`)

// quotesIn lists what a text of ours quotes.
func quotesIn(text string) (quotes []string) {
	for _, m := range ourQuote.FindAllStringSubmatch(text, -1) {
		quotes = append(quotes, m[1])
	}
	return slices.Compact(quotes)
}
