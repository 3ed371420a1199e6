package people

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A Region is a part of a page that the program writes, and what it says: whole
// blocks. What is not Generated is people's from the moment it exists.
type Region struct {
	ID        string
	Texts     []string
	Generated bool
}

const (
	// changes is the block that is kept up to date while a session goes on.
	changes = "changed"
	// receipt is the account that [Ledger.Accounted] follows. A publish lets it be.
	receipt = "receipt"
	// agenda leads to the items' sections, and elsewhere once their headings are gone:
	// its words stay, and its links may not.
	agenda = "agenda"
	// items begin the names of the regions that stay when they leave the plan.
	items = "item/"
)

// A Ledger knows what each generated region said when it was written last. While
// it says that on the page, nobody has touched it.
type Ledger struct {
	said map[string][]string

	// How often which case was met; a test that meets none has tested nothing.
	Refreshed, Touched, Added, Retired, Accounts int
}

// NewLedger begins with a page as it was first written.
func NewLedger(regions []Region) *Ledger {
	l := &Ledger{said: map[string][]string{}}
	for _, r := range regions {
		if r.Generated {
			l.said[r.ID] = r.Texts
		}
	}
	return l
}

// Published holds a publish, which found the page as before and left it as
// after, to saying in each region that nobody has touched what now says, to
// adding what is new, and to leaving every other byte. begun says that the
// session has: then it may only add.
func (l *Ledger) Published(before, after Sheet, now []Region, begun bool) error { // C3 C4
	want, err := l.expected(before, after, now, begun)
	if err != nil {
		return err
	}
	got, added, err := l.withoutNew(after, now, begun)
	if err != nil {
		return err
	}
	if err := compare(want, got, added); err != nil {
		return err
	}
	return kept(before, after)
}

// expected is the page before with the regions replaced that have to be. A piece
// without a source may be spelled in any way.
func (l *Ledger) expected(before, after Sheet, now []Region, begun bool) ([]Piece, error) {
	replaced := map[int]replacement{}
	claimed := make([]bool, len(before.Pieces))
	for _, id := range slices.Sorted(maps.Keys(l.said)) {
		old := l.said[id]
		if id == receipt {
			continue
		}
		at, stands := firstFree(before.runs(old), claimed)
		if !stands {
			l.touched(id, after, now)
			continue
		}
		next, planned := l.next(id, now)
		same := slices.Equal(old, next)
		if begun && id != changes || same && (id != agenda || before.commented(at)) {
			continue
		}
		if before.commented(at) && len(after.runs(next)) <= len(before.runs(next)) {
			continue // the comment would be lost
		}
		if len(next) > 0 && len(after.runs(next)) == 0 {
			return nil, fmt.Errorf("nobody touched %s and it stays stale:\n%q\nand not\n%q", id, old, next)
		}
		for i := at.from; i < at.to; i++ {
			claimed[i] = true
		}
		replaced[at.from] = replacement{at.to, next}
		if !same {
			l.refreshed(id, next, planned)
		}
	}
	return replace(before.Pieces, replaced), nil
}

type replacement struct {
	to   int
	with []string
}

func replace(pieces []Piece, by map[int]replacement) (out []Piece) {
	for i := 0; i < len(pieces); i++ {
		r, ok := by[i]
		if !ok {
			out = append(out, pieces[i])
			continue
		}
		for _, text := range r.with {
			out = append(out, Piece{Text: text})
		}
		i = r.to - 1
	}
	return out
}

func firstFree(runs []run, claimed []bool) (run, bool) {
	for _, r := range runs {
		if !slices.Contains(claimed[r.from:r.to], true) {
			return r, true
		}
	}
	return run{}, false
}

// next is what a region has to say, nothing if it has to go. An item that left
// the plan keeps its key as its heading and says so: whether the rest of it may
// still be shown nobody knows (P7).
func (l *Ledger) next(id string, now []Region) (texts []string, planned bool) {
	for _, r := range now {
		if r.ID == id {
			return r.Texts, true
		}
	}
	if strings.HasPrefix(id, items) {
		return []string{"h2 " + strings.TrimPrefix(id, items), "p {status} Not selected This item is no longer part of the session's selection."}, false
	}
	return nil, false
}

func (l *Ledger) refreshed(id string, next []string, planned bool) {
	if planned {
		l.Refreshed++
	} else {
		l.Retired++
	}
	l.said[id] = next
	if len(next) == 0 {
		delete(l.said, id)
	}
}

// touched leaves a region to people, unless what it has to say stands on the
// page anyway. An account of changes that they took begins anew.
func (l *Ledger) touched(id string, after Sheet, now []Region) {
	l.Touched++
	if id == changes {
		delete(l.said, id)
	} else if next, planned := l.next(id, now); planned && len(after.runs(next)) > 0 {
		l.said[id] = next
	}
}

// withoutNew are the pieces of the page but for the regions it did not have,
// which have to be there, with the places for people that follow them.
func (l *Ledger) withoutNew(after Sheet, now []Region, begun bool) (rest []Piece, added int, err error) {
	isNew := func(r Region) bool {
		_, had := l.said[r.ID]
		return r.Generated && !had && (!begun || r.ID == changes || strings.HasPrefix(r.ID, items))
	}
	gone := make([]bool, len(after.Pieces))
	for i := 0; i < len(now); i++ {
		if !isNew(now[i]) {
			continue
		}
		id, texts := now[i].ID, slices.Clone(now[i].Texts)
		l.said[id] = now[i].Texts
		for ; i+1 < len(now) && !now[i+1].Generated; i++ {
			texts = append(texts, now[i+1].Texts...)
		}
		at, stands := firstFree(after.runs(texts), gone)
		if !stands {
			return nil, 0, fmt.Errorf("%s is new and was not added:\n%q", id, texts)
		}
		for j := at.from; j < at.to; j++ {
			gone[j] = true
		}
		added++
	}
	l.Added += added
	for i, p := range after.Pieces {
		if !gone[i] {
			rest = append(rest, p)
		}
	}
	return rest, added, nil
}

// compare finds the first piece that is not what it has to be. Where a region
// was added, empty lines may have come with it.
func compare(want, got []Piece, added int) error {
	if added > 0 {
		want, got = slices.DeleteFunc(slices.Clone(want), Piece.blank), slices.DeleteFunc(slices.Clone(got), Piece.blank)
	}
	for i := range max(len(want), len(got)) {
		switch {
		case i == len(want):
			return fmt.Errorf("something was added to the page that the plan does not have:\n%s", got[i].Source)
		case i == len(got):
			return fmt.Errorf("the end of the page is gone, from here on:\n%s %s", want[i].Text, want[i].Source)
		case want[i].Source == got[i].Source, want[i].Source == "" && want[i].Text == got[i].Text:
		default:
			return fmt.Errorf("a block that is not the program's to change has changed, or one that is has not:\n%s %s\nand now\n%s",
				want[i].Text, want[i].Source, got[i].Source)
		}
	}
	return nil
}

// kept compares what must survive any write: each word that a person typed, each
// comment, the columns.
func kept(before, after Sheet) error {
	now := after.Words()
	for word, n := range before.Words() {
		if now[word] != n {
			return fmt.Errorf("%s stood on the page %d times and does now %d times", word, n, now[word])
		}
	}
	return framed(before, after)
}

// framed compares the comments and the columns.
func framed(before, after Sheet) error {
	if a, b := before.comments(), after.comments(); a != b {
		return fmt.Errorf("of %d inline comments %d are left", a, b)
	}
	if before.frame != after.frame {
		return fmt.Errorf("what stands around the blocks has changed:\n%s\nand now\n%s", before.frame, after.frame)
	}
	return nil
}

// mostAccount is how many blocks an account has at most: a heading, a line, and two
// tables with a heading each.
const mostAccount = 6

// Accounted holds the writing of an account of what was done, a few blocks below
// that heading, to replacing the one before, or to adding one where people have
// made that theirs, and to leaving every other byte.
func (l *Ledger) Accounted(before, after Sheet, heading string) error { // C5
	wrong := fmt.Errorf("nothing stands below %q", heading)
	for i, p := range after.Pieces {
		if p.Text != heading {
			continue
		}
		for n := 3; n <= mostAccount && i+n <= len(after.Pieces) && after.Pieces[i+n-1].Text != heading; n++ {
			if wrong = l.accounted(before, after, i, i+n); wrong == nil {
				return framed(before, after)
			}
		}
	}
	return wrong
}

// accounted tries the pieces in between as the account.
func (l *Ledger) accounted(before, after Sheet, from, to int) (wrong error) {
	old, stands := firstFree(before.runs(l.said[receipt]), make([]bool, len(before.Pieces)))
	said := Sheet{Pieces: after.Pieces[from:to]}.Texts()
	if stands && !before.commented(old) {
		wrong = compare(replace(before.Pieces, map[int]replacement{old.from: {old.to, said}}), after.Pieces, 0)
	} else {
		wrong = compare(before.Pieces, slices.Concat(after.Pieces[:from], after.Pieces[to:]), 0)
	}
	if wrong == nil {
		l.said[receipt] = said
		l.Accounts++
	}
	return wrong
}
