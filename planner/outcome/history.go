package outcome

import (
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// history is how a ticket's entries came from what its comment said before to
// what the page says now.
type history struct {
	now     []Entry // as on the page
	gone    []Entry // written once, no longer on the page
	edited  []edit
	added   []Entry
	carried int // unchanged
}

type edit struct{ from, to Entry }

// all is what the comment shall say: the page's entries, then those that were
// written before and left the page.
func (h history) all() []Entry { return slices.Concat(h.now, h.gone) }

// compareEntries matches entries of then and now. Confluence may give entries
// new ids and people may reword them, so: same content first, then same id, then
// the most alike, and last what stands in the same place with neither more nor
// fewer around it.
func compareEntries(then, now []Entry) history {
	h := history{now: now}
	m := newMatcher(then, now)
	h.carried = len(m.pairs(func(i, j int) bool { return then[i].same(now[j]) }))
	for _, rule := range []func(i, j int) bool{
		func(i, j int) bool { return then[i].ID != "" && then[i].ID == now[j].ID && !then[i].Gone },
		func(i, j int) bool {
			return !then[i].Gone && then[i].resembles(now[j])
		},
		func(i, j int) bool { return inPlace(then, now, i, j) },
	} {
		h.edited = append(h.edited, m.pairs(rule)...)
	}
	h.added, h.gone = m.restNow(), m.restThen()
	for i := range h.gone {
		h.gone[i].Gone = true
	}
	return h
}

// inPlace reports whether a reworded entry is all that can have happened: as
// many of its kind stand there as before, and this one at the same place and in
// the same form. A list's item that makes room for a typed line is two things.
func inPlace(then, now []Entry, i, j int) bool {
	kind := then[i].Kind
	return !then[i].Gone && (then[i].ID == "") == (now[j].ID == "") &&
		count(then, kind) == count(now, kind) && count(then[:i], kind) == count(now[:j], kind)
}

func count(entries []Entry, kind EntryKind) (n int) {
	for _, e := range entries {
		if e.Kind == kind && !e.Gone {
			n++
		}
	}
	return n
}

// same reports whether two entries say the same, ids aside.
func (e Entry) same(o Entry) bool {
	if e.Cut != "" || o.Cut != "" {
		return e.hash() == o.hash()
	}
	return reflect.DeepEqual(e.content(), o.content())
}

// content is the entry without what Confluence or we assigned to it.
func (e Entry) content() Entry {
	e.ID, e.Gone, e.Section, e.Outer, e.Where, e.Row, e.Doubt = "", false, "", nil, "", "", ""
	e.Text, e.Reason, e.Owner = plain(e.Text), plain(e.Reason), e.Owner.identity()
	return e
}

// plain drops what does not make a text different: empty runs, and the names
// of people that an id identifies, which are looked up and may be unavailable.
func plain(t Text) Text {
	var out Text
	for _, r := range t {
		if r == (Run{}) {
			continue
		}
		r.User = r.User.identity()
		if r.User != nil {
			r.Text = ""
		}
		out = append(out, r)
	}
	return out
}

// identity is the user by id alone; without one, as the page shows them.
func (u *User) identity() *User {
	if u == nil || u.AccountID == "" && u.Key == "" {
		return u
	}
	return &User{AccountID: u.AccountID, Key: u.Key}
}

// matcher pairs old with new entries of the same kind, each at most once.
type matcher struct {
	then, now         []Entry
	usedThen, usedNow []bool
}

func newMatcher(then, now []Entry) *matcher {
	return &matcher{then: then, now: now, usedThen: make([]bool, len(then)), usedNow: make([]bool, len(now))}
}

func (m *matcher) pairs(match func(i, j int) bool) (out []edit) {
	for i, a := range m.then {
		for j, b := range m.now {
			if m.usedThen[i] || m.usedNow[j] || a.Kind != b.Kind || !match(i, j) {
				continue
			}
			m.usedThen[i], m.usedNow[j] = true, true
			out = append(out, edit{a, b})
		}
	}
	return out
}

func (m *matcher) restThen() []Entry { return rest(m.then, m.usedThen) }
func (m *matcher) restNow() []Entry  { return rest(m.now, m.usedNow) }

func rest(entries []Entry, used []bool) (out []Entry) {
	for i, e := range entries {
		if !used[i] {
			out = append(out, e)
		}
	}
	return out
}

// resembles reports whether o may be e reworded, as far as e's text is known.
func (e Entry) resembles(o Entry) bool {
	was, is := e.Text.String(), o.Text.String()
	if e.Cut != "" {
		is = beginning(is, utf8.RuneCountInString(was))
	}
	return alike(was, is) >= 0.4
}

// alike is the share of words two texts have in common (Jaccard index).
func alike(a, b string) float64 {
	x, y := words(a), words(b)
	common := 0
	for w := range x {
		if y[w] {
			common++
		}
	}
	if all := len(x) + len(y) - common; all > 0 {
		return float64(common) / float64(all)
	}
	return 0
}

func words(s string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(strings.ToLower(s)) {
		set[strings.Trim(w, ".,;:!?()“”\"'")] = true
	}
	return set
}

// forgotten reports whether the full text of a line that left the page is known
// no more, so that the comment cannot be written anew without losing it.
func (h history) forgotten() bool {
	return slices.ContainsFunc(h.gone, func(e Entry) bool { return e.Cut != "" })
}

// onlyRemoved reports whether the page says nothing that the comment does not.
func (h history) onlyRemoved() bool { return len(h.added) == 0 && len(h.edited) == 0 }

// describe says in one line what an update brings.
func (h history) describe() string {
	var parts []string
	for _, e := range h.added {
		parts = append(parts, e.describe())
	}
	for _, e := range h.edited {
		parts = append(parts, e.from.describe()+" → "+e.to.describe())
	}
	if len(parts) > 0 {
		return strings.Join(parts, "; ")
	}
	for _, e := range h.now {
		parts = append(parts, e.describe())
	}
	return strings.Join(parts, "; ")
}
