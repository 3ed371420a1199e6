package check

import (
	"cmp"
	"slices"
)

// places tell where words stand in the tickets of a session.
type places struct {
	all     []standing // of each word of the wordlist
	before  []int32    // of each place, the one before at which the same word stands; -1
	written []placed   // what people wrote into tickets, one behind the other
}

// A placed passage is one whose first word has that place.
type placed struct {
	*passage
	first int32
}

// A standing is the last place at which a word stands, -1 if no text that people wrote
// has it, how often it does, and whether any text of a ticket has it.
type standing struct {
	last, times int32
	here        bool
}

// places are read when they are first asked for.
func (k *knowledge) places() *places {
	if k.where != nil {
		return k.where
	}
	k.where = &places{}
	total := 0
	for t := range k.tickets() {
		for _, p := range k.passages(t.Issue.Key) {
			total += len(p.words)
		}
	}
	k.where.before, k.where.all = make([]int32, 0, total), slices.Repeat([]standing{{last: -1}}, len(k.list))
	for t := range k.tickets() {
		for _, p := range k.passages(t.Issue.Key) {
			k.where.read(p)
		}
	}
	return k.where
}

// read takes a passage in: a title, which names a ticket, and a field give words only.
func (x *places) read(p *passage) {
	written := p.where != "summary" && p.where != "field"
	if written && len(p.words) > 0 {
		x.written = append(x.written, placed{p, int32(len(x.before))})
	}
	for _, w := range p.words {
		s := &x.all[w.id]
		s.here = true
		if written {
			x.before = append(x.before, s.last)
			s.last, s.times = int32(len(x.before)-1), s.times+1
		}
	}
}

// has reports whether a word stands in a ticket. Those of a line have later numbers.
func (x *places) has(id int32) bool { return int(id) < len(x.all) && x.all[id].here }

// hold reports whether words stand one behind the other in what people wrote. They are
// looked for where the rarest of them stands.
func (x *places) hold(run []word) bool {
	rarest, nth := standing{}, 0
	for n, w := range run {
		if !x.has(w.id) {
			return false
		}
		if s := x.all[w.id]; n == 0 || s.times < rarest.times {
			rarest, nth = s, n
		}
	}
	for at := rarest.last; at >= 0; at = x.before[at] {
		n, begins := slices.BinarySearchFunc(x.written, at, func(p placed, at int32) int { return cmp.Compare(p.first, at) })
		if !begins {
			n--
		}
		p := x.written[n]
		if from := int(at-p.first) - nth; from >= 0 && from+len(run) <= len(p.words) && p.stands(run, from) {
			return true
		}
	}
	return false
}
