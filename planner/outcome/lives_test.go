package outcome_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"refine/planner/outcome"
)

var (
	lives    = flag.Int("lives", 10000/sample, "how many random lives of lines are played")
	lifeSeed = flag.Uint64("life-seed", 0, "play only the life with this seed")
)

// A life is a session whose page people edit between syncs in any way, and the
// ledger of what must stand on its tickets.
type life struct {
	*ledger
	*played
	rng   *rand.Rand
	ids   int
	words map[string]bool
	log   []string
	count map[string]int
}

// Whatever people type, reword, move, take off, type again and delete, and
// whichever write fails: each ticket says what the ledger has noted, nothing is
// lost, nothing stands twice, and a second sync writes nothing.
func TestRandomLives(t *testing.T) { // S1 S5 S6 S8 S11, A1 A15 A16
	t.Parallel()
	total := map[string]int{}
	play := func(seed uint64) {
		l := newLife(seed)
		if err := l.play(); err != nil {
			t.Fatalf("%v\n\nseed %d: go test ./planner/outcome -run RandomLives -life-seed %d\n%s", err, seed, seed, strings.Join(l.log, "\n"))
		}
		for what, n := range l.count {
			total[what] += n
		}
	}
	if *lifeSeed != 0 {
		play(*lifeSeed)
		return
	}
	for seed := range uint64(*lives) {
		play(seed + 1)
	}
	for _, what := range slices.Sorted(maps.Keys(total)) {
		t.Logf("%8d %s", total[what], what)
	}
	for _, what := range []string{"stands", "left", "moved", "back", "withheld", "theirs", "write failed", "answer lost"} {
		require.Positive(t, total[what], "nothing %s: nothing was tested", what)
	}
}

func newLife(seed uint64) *life {
	keys := []string{"PAY-1", "PAY-2", "PAY-3"}
	return &life{
		ledger: &ledger{keys: keys, comments: map[string]*noteBook{}, memory: map[string]map[string]bool{}},
		played: newPlayed(keys...), rng: rand.New(rand.NewPCG(seed, 2)), words: map[string]bool{}, count: map[string]int{},
	}
}

func (l *life) play() error {
	for range 3 + l.rng.IntN(8) {
		for range l.rng.IntN(5) {
			l.peopleAct()
		}
		if err := l.syncs(); err != nil {
			return err
		}
	}
	return nil
}

func (l *life) did(what, more string) {
	l.count[what]++
	l.log = append(l.log, what+" "+more)
}

// word is one that nobody has typed before.
func (l *life) word() string {
	b := make([]byte, 4+l.rng.IntN(5))
	for i := range b {
		b[i] = byte('a' + l.rng.IntN(26))
	}
	if w := string(b); !l.words[w] {
		l.words[w] = true
		return w
	}
	return l.word()
}

func (l *life) some(n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = l.word()
	}
	return strings.Join(words, " ")
}

func (l *life) key() string { return l.keys[l.rng.IntN(len(l.keys))] }

// id is one that Confluence gives, now and then none.
func (l *life) id() string {
	if l.rng.IntN(3) == 0 {
		return ""
	}
	l.ids++
	return fmt.Sprint(l.ids)
}

// adds puts a line somewhere on the page.
func (l *life) adds(line *typedLine) {
	l.page = slices.Insert(l.page, l.rng.IntN(len(l.page)+1), line)
}

func (l *life) takesOff(line *typedLine) {
	l.page = slices.DeleteFunc(l.page, func(o *typedLine) bool { return o == line })
}

// peopleAct is one thing that people do, to a line of the page or to a comment.
func (l *life) peopleAct() {
	key, n := l.key(), l.rng.IntN(20)
	if n < 5 || len(l.page) == 0 {
		l.types(key)
		return
	}
	line := l.page[l.rng.IntN(len(l.page))]
	switch n {
	case 5, 6, 7:
		l.rewords(line)
	case 8, 9:
		l.did("takes off", line.words)
		l.takesOff(line)
	case 10, 11, 12:
		l.moves(line, key)
	case 13:
		l.ticks(line)
	case 14:
		l.copies(line, key)
	case 15, 16:
		l.typesAgain(key)
	case 17:
		l.savesWithNewIDs()
	case 18:
		l.replacesDone(line)
	default:
		l.touchesComment(key)
	}
}

func (l *life) types(key string) {
	line := &typedLine{kind: outcome.Decision, words: l.some(3 + l.rng.IntN(5)), section: key, id: l.id()}
	line.began = line.words
	if l.rng.IntN(2) == 0 {
		line.kind, line.done = outcome.Action, l.rng.IntN(4) == 0
	}
	l.did("types", key+" "+line.content())
	l.adds(line)
}

// twin reports whether another line began with the same words, on the page or,
// in the section, in the comment: a sync could not tell which of them was changed.
func (l *life) twin(line *typedLine, section string) bool {
	kin := func(o *typedLine) bool { return o != line && o.began == line.began }
	return slices.ContainsFunc(l.page, kin) || l.comments[section].stands(func(n noted) bool { return n.line != line && kin(&n.said) }) != nil
}

// rewords changes a line's words: all of them, if only its id stays, or some.
func (l *life) rewords(line *typedLine) {
	before := line.words
	words := strings.Fields(line.words)
	switch n := l.rng.IntN(3); {
	case line.reworded || l.twin(line, line.section):
		return
	case n == 0 && line.id != "" && l.known(line):
		line.words, line.reworded = l.some(3), true
	case n == 1 && !line.moved && len(words) > 4: // a typing error is corrected
		i := l.rng.IntN(len(words))
		words[i] = words[i][1:]
		line.words, line.reworded = strings.Join(words, " "), true
	default:
		line.words += " " + l.some(2)
		line.reworded = true
	}
	l.did("rewords", before+" to "+line.words)
}

// known reports whether the last sync wrote the line under its id, or nobody has
// written it, nor one that began with its words.
func (l *life) known(line *typedLine) bool {
	for _, key := range l.keys {
		n := l.comments[key].stands(func(n noted) bool { return n.said.began == line.began })
		if n != nil && (n.line != line || n.said.id != line.id) {
			return false
		}
	}
	return true
}

// moves cuts a line and pastes it into a section; its id may be lost on the way.
func (l *life) moves(line *typedLine, key string) {
	if l.twin(line, key) {
		return
	}
	l.takesOff(line)
	if !line.reworded && l.rng.IntN(2) == 0 {
		line.id = l.id()
	}
	line.moved = line.moved || line.section != key
	line.section = key
	l.did("moves", key+" "+line.content())
	l.adds(line)
}

func (l *life) ticks(line *typedLine) {
	if line.kind == outcome.Action && !line.reworded && !l.twin(line, line.section) {
		line.reworded, line.done = line.done, !line.done // what is open again and other words is other work
		l.did("ticks", line.content())
	}
}

// copies types a line's words once more.
func (l *life) copies(line *typedLine, key string) {
	again := *line
	again.section, again.id, again.reworded, again.moved = key, l.id(), false, false
	if line.reworded || line.moved || l.comments[key].stands(func(n noted) bool { return n.said.sameWords(line) && n.said.done != line.done }) != nil {
		return
	}
	l.did("copies", key+" "+again.content())
	l.adds(&again)
}

// typesAgain types what had left a ticket, in its words or with more.
func (l *life) typesAgain(key string) {
	if l.comments[key] == nil {
		return
	}
	for _, n := range l.comments[key].notes {
		again := &typedLine{kind: n.said.kind, words: n.said.words, done: n.said.done, section: key, id: l.id(), began: n.said.began}
		if !n.gone || l.twin(again, key) {
			continue
		}
		if l.rng.IntN(3) == 0 {
			again.words += " " + l.some(2)
		} else if l.free(n.said.id) {
			again.id = n.said.id
		}
		l.did("types again", key+" "+again.content())
		l.adds(again)
		return
	}
}

// free reports whether Confluence may give an id again: no line has it that
// stands, nor had it when it was written last.
func (l *life) free(id string) bool {
	used := slices.ContainsFunc(l.page, func(o *typedLine) bool { return o.id == id })
	for _, c := range l.comments {
		used = used || c.stands(func(n noted) bool { return n.said.id == id }) != nil
	}
	return !used
}

// savesWithNewIDs is a save after which Confluence calls all lines otherwise.
func (l *life) savesWithNewIDs() {
	for _, line := range l.page {
		if line.id != "" && !line.reworded {
			l.ids++
			line.id = fmt.Sprint(l.ids)
		}
	}
	l.did("saves with new ids", "")
}

// replacesDone types other work over a task that is done.
func (l *life) replacesDone(line *typedLine) {
	written := l.comments[line.section].stands(func(n noted) bool { return n.line == line && n.said.done })
	if written == nil || line.reworded || l.twin(line, line.section) {
		return
	}
	l.takesOff(line)
	other := &typedLine{kind: outcome.Action, words: l.some(4), section: line.section, id: line.id, reworded: true}
	other.began = other.words
	l.did("replaces done", line.content()+" by "+other.content())
	l.adds(other)
}

// touchesComment deletes or rewrites our comment, or deletes the page's memory.
func (l *life) touchesComment(key string) {
	c := l.comments[key]
	switch n := l.rng.IntN(6); {
	case n == 0:
		l.did("memory lost", "")
		l.told, l.memory = nil, map[string]map[string]bool{}
	case c == nil:
	case n == 1:
		l.did("rewrites comment", key)
		c.theirs, l.ticket(key).Comment.EditedBy = true, "Dana"
	default:
		l.did("deletes comment", key)
		l.comments[key], l.ticket(key).Comment = nil, nil
	}
}

// entries are the page as a sync reads it, top to bottom.
func (l *life) entries() (entries []outcome.Entry) {
	for _, line := range l.page {
		entries = append(entries, outcome.Entry{Kind: line.kind, ID: line.id, Text: text(line.words), Done: line.done, Section: line.section})
	}
	return entries
}

// syncs makes a sync, of which a write may fail or its answer be lost, and holds
// the tickets to the ledger; then one more, which has nothing to do.
func (l *life) syncs() error {
	var failing, lost string
	switch l.rng.IntN(6) {
	case 0:
		failing = l.key()
	case 1:
		lost = l.key()
	}
	l.did("sync", failing+" "+lost)
	next, moves := map[string]*noteBook{}, map[string]map[int][]string{}
	for _, key := range l.keys {
		next[key], moves[key] = l.written(key)
	}
	before := l.told
	l.sync(l.entries(), failing)
	l.keepIDs(next)
	l.loses(lost, before)
	if err := l.follows(next, moves); err != nil {
		return err
	}
	for _, key := range l.keys {
		l.notes(key, next[key], key == failing, key == lost)
	}
	for _, line := range l.page {
		if failing == "" {
			line.reworded, line.moved = false, false
		}
	}
	if err := l.check(); err != nil || failing+lost != "" {
		return err
	}
	l.sync(l.entries())
	for _, c := range l.plan.Changes {
		if c.Note != nil && c.Status == outcome.Applied {
			return fmt.Errorf("a second sync writes %s: %s", c.Issue, c.Detail)
		}
	}
	return l.check()
}

// keepIDs notes that a comment which needed no write knows lines by the ids that
// they had when it was written.
func (l *life) keepIDs(next map[string]*noteBook) {
	for _, c := range l.plan.Changes {
		if c.Note == nil || c.Status == outcome.Applied {
			continue
		}
		for i, was := range l.comments[c.Issue].clone().notes {
			next[c.Issue].notes[i].said.id = was.said.id
		}
	}
}

// loses makes a sync not know that it wrote a ticket.
func (l *life) loses(key string, before map[string][]string) {
	for i, c := range l.plan.Changes {
		if c.Issue == key && c.Note != nil && c.Status == outcome.Applied {
			l.plan.Changes[i].Status = outcome.Failed
			l.did("answer lost", key)
		}
	}
	l.told = l.plan.Told(before)
}

// follows notes where lines moved to. Where that may be one of several tickets,
// what the sync told counts.
func (l *life) follows(next map[string]*noteBook, moves map[string]map[int][]string) error {
	for _, key := range l.keys {
		for i, keys := range moves[key] {
			n := &next[key].notes[i]
			n.to = l.toldMove(key, n.said)
			ours := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { c := l.comments[key]; return c != nil && c.theirs })
			if n.to == "" && len(ours) == 0 { // whether it is new to a comment of theirs, nobody knows
				continue
			}
			if !slices.Contains(keys, n.to) {
				return fmt.Errorf("%q left %s, may be on one of %q, and is told to have moved to %q", n.said.words, key, keys, n.to)
			}
			arrived := next[n.to].stands(func(o noted) bool { return o.line == n.line })
			if arrived == nil {
				arrived = next[n.to].stands(func(o noted) bool { return o.said.has(&n.said) })
			}
			if arrived != nil { // else it is withheld there
				arrived.from = key
			}
		}
	}
	return nil
}

// toldMove is where the sync told that a line which left a ticket went.
func (l *life) toldMove(key string, said typedLine) string {
	for _, c := range l.plan.Changes {
		if c.Kind == outcome.RemovedLine && c.Issue == key && strings.Contains(c.Detail, "“"+said.words+"”") {
			return c.Moved
		}
	}
	return ""
}

// notes is what a sync must have made of a ticket.
func (l *life) notes(key string, next *noteBook, failed, lost bool) {
	before := l.comments[key]
	if before != nil {
		l.memory[key] = before.contents()
	}
	switch {
	case before != nil && before.theirs:
		l.count["theirs"]++
		return
	case before == nil && len(next.notes) == 0:
		return
	case failed:
		l.did("write failed", key)
		return
	}
	for i, n := range next.notes {
		switch was := before.clone().notes; {
		case !n.gone && i < len(was) && was[i].gone:
			l.count["back"]++
		case !n.gone:
			l.count["stands"]++
		case n.to != "":
			l.count["moved"]++
		default:
			l.count["left"]++
		}
	}
	if l.comments[key] = next; !lost {
		l.memory[key] = next.contents()
	}
}

// check holds the tickets to the ledger, and each line of the page to being
// written or told.
func (l *life) check() error {
	for _, key := range l.keys {
		var said []string
		if c := l.ticket(key).Comment; c != nil {
			for _, e := range c.Mark.Entries {
				line := typedLine{kind: e.Kind, words: e.Text.String(), done: e.Done}
				said = append(said, say(line.content(), e.Gone, e.Moved))
			}
			slices.Sort(said)
		}
		if want := l.comments[key].clone().says(); !slices.Equal(want, said) {
			return fmt.Errorf("%s must say\n%s\nand says\n%s", key, strings.Join(want, "\n"), strings.Join(said, "\n"))
		}
	}
	return l.checkTold()
}

func (l *life) checkTold() error {
	told := map[string]bool{}
	for _, c := range l.plan.Changes {
		entries := c.Withheld
		if c.Note != nil {
			entries = append(slices.Clone(entries), c.Note.Entries...)
		}
		for _, e := range entries {
			told[c.Issue+" "+e.Text.String()] = true
		}
		l.count["withheld"] += len(c.Withheld)
	}
	for _, line := range l.page {
		if !told[line.section+" "+line.words] {
			return fmt.Errorf("%q of %s is neither written nor told", line.words, line.section)
		}
	}
	return nil
}
