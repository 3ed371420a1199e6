package guide

import (
	"slices"

	"refine/internal/lazyregexp"
)

// A Role is what a session does in a phase; a phase may have several.
type Role int

const (
	Context Role = 1 << iota // what the items are for, and why now: the first box
	Talk                     // the items, one talk after the other; each guide has one such box
	Check                    // the items' success criteria
	Size                     // the items' sizes
	Order                    // the order of the items, and what they depend on
	Retro                    // a look back at the session
	Closing                  // the end of the session: the last box
)

// Has reports whether all of o is among what r holds.
func (r Role) Has(o Role) bool { return r&o == o }

// PerItem reports whether each item has its time in the phase.
func (r Role) PerItem() bool { return r&(Talk|Check|Size) != 0 }

// Own reports whether the phase has something to do that is not only its place
// at one end. Without, it is for what the guide says of it.
func (r Role) Own() bool { return r&^(Context|Closing) != 0 }

// sizing is how headings name an agreement on sizes.
var sizing = lazyregexp.New(`(?i)\b(?:estimat\w+|sizing|size|poker|pointing)\b|schätz`)

// roleWords are how headings name what a phase is for; the first that fits is
// taken, and each once.
var roleWords = []struct {
	role  Role
	words *lazyregexp.Regexp
}{
	{Check, lazyregexp.New(`(?i)\b(?:success|criteria|acceptance|outcomes?|definition of done)\b|erfolg|kriteri|akzeptanz`)},
	{Size, sizing},
	{Order, lazyregexp.New(`(?i)\b(?:order|sequenc\w+|priorit\w+|dependenc\w+|ranking)\b|reihenfolge|abhängig`)},
	{Retro, lazyregexp.New(`(?i)\b(?:retro\w*|feedback|look back|review of the session)\b|rückblick|rückschau`)},
}

// giveRoles settles what happens in which box: the items are talked about in the
// longest, the first of equals, and the others are by the words of their
// headings. A box about the items may agree on their sizes as well.
func giveRoles(phases []Phase) {
	var boxes []*Phase
	for n := range phases {
		if phases[n].Boxed() {
			boxes = append(boxes, &phases[n])
		}
	}
	talk := slices.MaxFunc(boxes, func(a, b *Phase) int { return a.Max - b.Max })
	talk.Role = Talk
	var taken Role
	for _, b := range boxes {
		for _, r := range roleWords {
			if b.Role == 0 && !taken.Has(r.role) && r.words.MatchString(b.Name) {
				b.Role, taken = r.role, taken|r.role
			}
		}
		if b.Role&(Talk|Check) != 0 && sizing.MatchString(b.Name) {
			b.Role |= Size
		}
	}
	boxes[0].Role |= Context
	boxes[len(boxes)-1].Role |= Closing
}
