package ticket

import "strings"

// Phrases of links by which the issue that holds one has to wait for the other,
// and by which the other has to wait for it. Sites have their own; these are
// parts of those that they mostly have.
var (
	needing = []string{"blocked by", "depends on", "depends upon", "depend on", "depend upon", "dependent on", "dependent upon", "requires", "done after"}
	needed  = []string{"blocks", "dependent of", "depended on by", "depended upon by", "required by", "done before"}
)

// Needs reports whether the issue that holds the link has to wait for the other.
func (l Link) Needs() bool { return l.saysOne(needing) && !l.NeededBy() }

// NeededBy reports whether the other issue has to wait for the one that holds
// the link.
func (l Link) NeededBy() bool { return l.saysOne(needed) }

func (l Link) saysOne(phrases []string) bool {
	said := strings.ToLower(l.Phrase)
	for _, p := range phrases {
		if strings.Contains(said, p) {
			return true
		}
	}
	return false
}
