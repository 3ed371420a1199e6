package outcome

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A comment on Data Center that mentions somebody is known again without its mark,
// wherever in a line the mention stands.
func TestACommentsPeopleAreThePages(t *testing.T) {
	t.Parallel()
	mention := func(u User) Text { return Text{{Text: "as "}, {User: &u}, {Text: " asked"}} }
	onPage, inComment := User{Key: "k1", Name: "noor"}, User{Name: "noor"}
	entry := func(u User) Entry {
		return Entry{Kind: Action, Text: mention(u), Reason: mention(u), Owner: &u}
	}
	in := WritebackInput{Outcomes: Outcomes{Entries: []Entry{entry(onPage)}}}
	in.Page.ID = "7"
	note := Note{PageID: "7", Entries: []Entry{entry(onPage)}}
	left := Marked{Says: []Entry{entry(inComment)}, Lines: note.Lines()}
	left.Mark.Hash = note.Hash()
	entries, known := in.recalled(left)
	assert.True(t, known)
	assert.Equal(t, note.Entries, entries)
}
