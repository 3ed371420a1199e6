package confluence

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestARankIsRead(t *testing.T) { // S3 S11
	t.Parallel()
	for typed, want := range map[string]string{
		"before PAY-9": "before PAY-9", "above PAY-9": "before PAY-9", "in front of PAY-9": "before PAY-9", "after PAY-9": "after PAY-9",
		"right behind PAY-9": "after PAY-9", "first": "first", "to the top": "first", "Top of the backlog": "first", "LAST": "last", "to the bottom": "last",
		"vor PAY-9": "before PAY-9", "nach PAY-9": "after PAY-9", "ganz oben": "first", "zuletzt": "last", "über PAY-9": "before PAY-9",
		"avant PAY-9": "before PAY-9", "après PAY-9": "after PAY-9", "en tête": "first", "dernière": "last",
		"antes de PAY-9": "before PAY-9", "después de PAY-9": "after PAY-9", "primero": "first", "último": "last",
		"prima di PAY-9": "before PAY-9", "dopo PAY-9": "after PAY-9", "in cima": "first", "in fondo": "last",
		"depois de PAY-9": "after PAY-9", "no topo": "first", "no fim": "last",
		"voor PAY-9": "before PAY-9", "na PAY-9": "after PAY-9", "bovenaan": "first", "laatste": "last",
		"przed PAY-9": "before PAY-9", "po PAY-9": "after PAY-9", "na górze": "first", "na końcu": "last",
		"3": "", "before": "", "PAY-9": "", "before PAY-8 and PAY-9": "", "first PAY-9": "", "best match first": "", "not before PAY-9": "", "": "",
	} {
		assert.Equal(t, want, placeIn(typed), "%q", typed)
	}
	for line, rest := range map[string]string{
		"Rank: first": "first", "PAY-7: Rank – before PAY-9.": "before PAY-9", "Rang: vor PAY-9": "vor PAY-9", "• Reihenfolge : zuerst": "zuerst",
		"The rank: first": "", "Posizione: in fondo": "", "Rank first": "", "Frank: first": "",
	} {
		m, got := rankLine.FindStringSubmatch(line), ""
		if m != nil {
			got = m[2]
		}
		assert.Equal(t, rest, got, "%q", line)
	}
}
