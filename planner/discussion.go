package planner

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// leastAlong is how many minutes a ticket adds to a discussion that it shares.
const leastAlong = 2

// A discussion is of the items that share one slot.
type discussion []*reading

// discussions joins neighbours that share one doubt: each lacks the same, says
// so by nothing but its title, and the question about one is the question about
// all.
func discussions(items []*reading) (out []discussion) {
	for _, r := range items {
		if n := len(out) - 1; n >= 0 && (out[n][len(out[n])-1].sharesDoubt(r) || out[n].settles(r)) {
			out[n] = append(out[n], r)
			continue
		}
		out = append(out, discussion{r})
	}
	return out
}

// settles reports whether the item's doubt is the first one's.
func (d discussion) settles(r *reading) bool {
	return !r.ready() && r.leading().with == d[0].issue.Key
}

// sharesDoubt reports whether all that is asked of one ticket is what is asked
// of the other, their things aside.
func (r *reading) sharesDoubt(other *reading) bool {
	mine, ok := r.commonDoubt()
	theirs, too := other.commonDoubt()
	if !ok || !too || mine != theirs {
		return false
	}
	return r.words <= mostAlike && other.words <= mostAlike ||
		overlap(termSet(r.issue.Summary), termSet(other.issue.Summary)) >= leastTwin
}

const (
	// mostAlike is how many words a ticket has at most beside its title to be no
	// story of its own.
	mostAlike = 25
	// leastTwin is how alike the titles of longer tickets are that are one.
	leastTwin = 0.4
)

// commonDoubt is the form of the ticket's leading doubt, where nothing in its
// words makes it one of its own.
func (r *reading) commonDoubt() (form string, ok bool) {
	if r.ready() || !r.leading().plainGap() || r.leading().sharp {
		return "", false
	}
	if _, own := r.probeOf(r.leading()); own {
		return "", false
	}
	_, _, _, form = r.aboutThing()
	return form, form != ""
}

// keysAfter are the keys of all but the first item.
func (d discussion) keysAfter() []string { return keysOf(d[1:]) }

// slotsOf lays one slot after the other, a discussion in each.
func slotsOf(items []*reading, minutes []int, start time.Time) (out []Slot) {
	at := 0
	for _, d := range discussions(items) {
		sum := 0
		for _, m := range minutes[at : at+len(d)] {
			sum += m
		}
		end := start.Add(time.Duration(sum) * time.Minute)
		out = append(out, Slot{Key: d[0].issue.Key, With: d.keysAfter(), Start: start, End: end, Minutes: sum})
		start, at = end, at+len(d)
	}
	return out
}

// discussionOf is the one that begins with the item of that key.
func (b *builder) discussionOf(key string) discussion {
	all := discussions(b.taken)
	return all[slices.IndexFunc(all, func(d discussion) bool { return d[0].issue.Key == key })]
}

// exploreNote says what the discussion is for.
func (d discussion) exploreNote() string {
	if len(d) == 1 {
		return d[0].exploreNote()
	}
	_, find, _, _ := d[0].aboutAs("each")
	if d.settles(d[1]) {
		find, _ = d[0].toFindOut()
	}
	return "one doubt, so one talk: find out " + find
}

// successNote says which result is to be written for each of its items.
func (d discussion) successNote() string {
	if len(d) == 1 {
		return d[0].successNote()
	}
	if d.settles(d[1]) {
		return toWrite(d[0].gains()) + ", for " + allOf(len(d))
	}
	_, _, gets, _ := d[0].aboutAs("it")
	each := cmp.Or(gets, d[0].leading().gets)
	return strings.Replace(toWrite(each), " ", " for each ", 1)
}
