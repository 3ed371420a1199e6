package brief

import (
	"slices"
	"strings"
	"unicode"

	"refine/planner/ticket"
)

const (
	leastTitle = 3   // words without which a title says too little to be the same
	likeShare  = 0.3 // of the words of both descriptions, where both have one
)

// alike finds tickets that ask for nearly the same: their titles say the same
// words in the same order, and their descriptions, if both have one, share words
// beyond what any two tickets share. Words that only join others do not count.
//
// Sharing most words is no sign of it: all 17 groups so found in the trackers
// that this was made from were brothers ("acceptance test for X", "for Y"). Equal
// titles are rare: ten pairs there and one in 1,865 unseen tickets, all right.
func alike(s *set) (found []Doubt) {
	defer func() { found = append(found, s.duplicates()...) }()
	at := map[string]int{} // of the doubt of a title in found
	for n := range s.Tickets {
		t := &s.Tickets[n]
		title := spoken(t.Issue.Summary)
		named := strings.Join(title, " ")
		if len(title) < leastTitle { // it says too little without all of the text
			named += "\x00" + strings.Join(spoken(t.Issue.Description), " ")
		}
		if named == "" || strings.HasSuffix(named, "\x00") {
			continue
		}
		first, known := at[named]
		if !known {
			at[named] = len(found)
			found = append(found, Doubt{Kind: Alike, Keys: []string{t.Issue.Key}, Weight: 5, Blocks: true, Ask: settles(t)})
			continue
		}
		d := &found[first]
		if one := s.all[s.place[d.Keys[0]]].Issue; !neighbours(one, nil)[t.Issue.Key] && (likeTexts(one, t.Issue) || speaksOf(one, t.Issue) || speaksOf(t.Issue, one)) {
			d.Keys = append(d.Keys, t.Issue.Key)
		}
	}
	return slices.DeleteFunc(found, func(d Doubt) bool { return len(d.Keys) < 2 })
}

// speaksOf reports whether the description of one issue names the other: "same as PAY-7?"
func speaksOf(one, other ticket.Issue) bool {
	return slices.Contains(ticket.IssueKeys(one.Description), other.Key)
}

// likeTexts reports whether the descriptions of two issues may be of one thing.
func likeTexts(a, b ticket.Issue) bool {
	one, other := wordsOf(a.Description), wordsOf(b.Description)
	if len(one) == 0 || len(other) == 0 {
		return true
	}
	both := 0
	for w := range one {
		switch {
		case other[w]:
			both++
		case '0' <= w[0] && w[0] <= '9':
			return false // of another release
		}
	}
	return float64(both) >= likeShare*float64(len(one)+len(other)-both)
}

func wordsOf(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range spoken(s) {
		set[w] = true
	}
	return set
}

var joining = []string{"a", "an", "the", "to", "of", "for", "in", "on", "and", "or", "with", "is", "are", "be", "as", "should", "der", "die", "das", "und", "für", "mit", "le", "la", "les", "de", "pour", "et"}

// spoken are the words of s in order, in lower case, without those that only join
// others.
func spoken(s string) []string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(words, func(w string) bool { return slices.Contains(joining, w) })
}

// duplicates are tickets of which a link says that another open issue is about the same,
// those of one issue together. It is right by the link. What the epic is about is another
// matter.
func (s *set) duplicates() (found []Doubt) {
	at := map[string]int{} // of the doubt about an issue outside in found
	for n := range s.Tickets {
		t := &s.Tickets[n]
		for _, l := range t.Issue.Links {
			if s.Epic != nil && l.Key == s.Epic.Issue.Key || !l.Duplicates() || l.Done {
				continue
			}
			if n, known := at[l.Key]; known {
				found[n].Keys = append(found[n].Keys, t.Issue.Key)
			} else {
				at[l.Key] = len(found)
				found = append(found, Doubt{Kind: Duplicate, Keys: []string{t.Issue.Key}, Others: []ticket.Ref{l.Ref}, Weight: 6, Blocks: true, Ask: settles(t)})
			}
		}
	}
	return found
}
