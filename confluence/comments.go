package confluence

import (
	"errors"
	"strings"

	"refine/confluence/storage"
)

// nothing is the fingerprint of no blocks at all.
var nothing = fingerprint(nil)

// errCommented says that replacing a region would lose somebody's comment.
var errCommented = errors.New("an inline comment hangs on a text that would go")

// rewritten returns the edits that make the blocks at s say what body does, and
// the fingerprint they then have. A block that bears an inline comment keeps
// every byte: it must be among the new ones, in its order. errCommented says
// that it is not.
func (m *merger) rewritten(s span, body string) (print string, edits []storage.Edit, err error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return "", nil, err
	}
	blocks := doc.Saying()
	print = fingerprint(blocks)
	var out strings.Builder
	at, next := 0, 0 // in body and among its blocks: what is written so far
	for _, old := range m.blocks[s.from:s.to] {
		if !old.Marked() {
			continue
		}
		for next < len(blocks) && blocks[next].Says != old.Says {
			next++
		}
		if next == len(blocks) {
			return "", nil, errCommented
		}
		out.WriteString(body[at:blocks[next].Start])
		out.WriteString(m.body[old.Start:old.End])
		at = blocks[next].End
		next++
	}
	out.WriteString(body[at:])
	start, end := m.bytes(s)
	return print, []storage.Edit{{Start: start, End: end, New: out.String()}}, nil
}
