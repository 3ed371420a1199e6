package confluence

import (
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"refine/confluence/storage"
	"refine/planner/outcome"
)

// said are the lines that we wrote on a page, as hashes, with the region each
// stands in; [sharedRegion] for one that several say. A region's fingerprint tells only
// whether it is untouched; these tell our words from a person's where it is not.
type said map[lineHash]string

// A lineHash identifies a line. Four bytes, since the page's property has little
// room; of a thousand lines one in four million is taken for another.
type lineHash [4]byte

// shortest is how long a line is, in characters, that is known as ours wherever it
// stands. Shorter ones ("Met", a name) people type themselves, and they only are no
// notes.
const shortest = 12

func hashOf(s string) (h lineHash) {
	sum := sha256.Sum256([]byte(s))
	copy(h[:], sum[:])
	return h
}

// regionOf is the region that says a text, empty if none does or if it is too
// short to tell. What several regions say has the name of shared.
func (s said) regionOf(t outcome.Text) string {
	if len(s) == 0 {
		return ""
	}
	text := t.String()
	if utf8.RuneCountInString(text) < shortest {
		return ""
	}
	return s[hashOf(text)]
}

// says reports whether we wrote a text, however short.
func (s said) says(t outcome.Text) bool {
	_, ours := s[hashOf(t.String())]
	return ours
}

// sharedRegion is the name for what several regions say.
const sharedRegion = "*"

// claims reports whether a label and the words behind it stand so in our own text,
// whatever a person added to them.
func (s said) claims(l lead) bool {
	_, ours := s[claim(l)]
	return ours
}

// claim identifies a label by the words behind it.
func claim(l lead) lineHash {
	words := strings.Fields(folded(l.rest.String()))
	return hashOf(string(l.kind) + "\x00" + strings.Join(words[:min(len(words), 3)], " "))
}

// Lines are those that are written now.
type Lines struct {
	said   said
	claims claimed
	of     map[string][]lineHash // by the bodies of the regions
}

// LinesOf reads the lines of regions. Those of a region that was read before, as it is
// now, are not read again.
func LinesOf(regions []Region, before Lines) (Lines, error) {
	l := Lines{said{}, claimed{}, map[string][]lineHash{}}
	for _, r := range regions {
		if !r.Generated {
			continue
		}
		lines, known := before.of[r.Body]
		if !known {
			var err error
			if lines, err = linesIn(r.Body, l.claims); err != nil {
				return l, err
			}
		}
		l.of[r.Body] = lines
		l.said.learn(lines, func(lineHash) string { return r.ID })
	}
	return l, nil
}

// Said is what the page's state remembers of the lines that we write: by region
// their hashes, one after the other. body is the page with them; of what was said
// before, the lines stay that still stand there.
func (l Lines) Said(body string, before map[string]string) (map[string]string, error) {
	s, old := maps.Clone(l.said), readSaid(before)
	if !s.hold(old) {
		lines, err := linesIn(body, l.claims)
		if err != nil {
			return nil, err
		}
		s.learn(lines, func(h lineHash) string { return old[h] })
	}
	return s.store(), nil
}

// hold reports whether all of the lines are there, of the same regions: as long as
// nothing is written anew, what was said before is said now.
func (s said) hold(old said) bool {
	for h, id := range old {
		if s[h] != id {
			return false
		}
	}
	return true
}

// claimed are lines that were looked at for a label, with what they claim: most lines of
// a page stand in many of its regions.
type claimed map[[2]string]*lineHash

func (c claimed) of(p piece, text string) *lineHash {
	bold := boldText(p.nodes)
	at := [2]string{text, bold}
	h, known := c[at]
	if !known {
		if mayLead(p.text, bold) {
			if l, ok := leadOf(p.text, bold); ok && len(l.rest) > 0 && l.kind.isOutcome() {
				h = new(claim(l))
			}
		}
		c[at] = h
	}
	return h
}

// linesIn lists the lines of a body, and what labels among them claim.
func linesIn(body string, claims claimed) (lines []lineHash, err error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return nil, err
	}
	scan := scanner{take: func(p piece) {
		text := p.text.String()
		if len(p.text) > 0 {
			lines = append(lines, hashOf(text))
		}
		if h := claims.of(p, text); h != nil {
			lines = append(lines, *h)
		}
	}}
	for _, n := range doc.Blocks() {
		scan.block(n)
	}
	return lines, nil
}

// learn adds lines, each with the region that says it; those of none are left out.
func (s said) learn(lines []lineHash, region func(lineHash) string) {
	for _, h := range lines {
		switch id := region(h); {
		case id == "":
		case s[h] == "":
			s[h] = id
		case s[h] != id:
			s[h] = sharedRegion
		}
	}
}

// store writes the lines as they are kept in the page's property.
func (s said) store() map[string]string {
	byRegion := map[string][]byte{}
	for _, h := range slices.SortedFunc(maps.Keys(s), func(a, b lineHash) int { return slices.Compare(a[:], b[:]) }) {
		byRegion[s[h]] = append(byRegion[s[h]], h[:]...)
	}
	out := map[string]string{}
	for id, hashes := range byRegion {
		out[id] = base64.RawStdEncoding.EncodeToString(hashes)
	}
	return out
}

// readSaid is the reverse of store. What cannot be read is nothing: people can
// edit the property.
func readSaid(texts map[string]string) said {
	s := said{}
	for id, text := range texts {
		b, err := base64.RawStdEncoding.DecodeString(text)
		if err != nil {
			continue
		}
		for c := range slices.Chunk(b, len(lineHash{})) {
			if len(c) == len(lineHash{}) {
				s[lineHash(c)] = id
			}
		}
	}
	return s
}
