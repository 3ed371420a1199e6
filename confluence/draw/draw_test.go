package draw_test

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/draw"
	"refine/planner/picture"
)

// samples are pictures with all that one may have to show.
func samples() []picture.Picture {
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	open, none := picture.Mark{Now: picture.Open}, picture.Mark{Now: picture.None}
	rules := []string{"described", "result said", "all answered", "can start", "one ticket", "measurable"}
	rows := []picture.Row{
		{Key: "PAY-7", Marks: []picture.Mark{none, open, none, open, none, none}},
		{Key: "INVOICES-1234", Marks: []picture.Mark{none, none, none, none, none, none}, Ready: true, WasReady: true},
		{Key: "PAY-9", Marks: []picture.Mark{none, {Now: picture.None, Was: picture.Open}, {Now: picture.Open, Was: picture.None}, none, none, none}, Ready: true},
	}
	return []picture.Picture{
		picture.Boxes{Boxes: []picture.Box{
			{Name: "Context Setting", Start: at, Minutes: 18},
			{Name: "Problem Space Exploration", Start: at.Add(18 * time.Minute), Minutes: 40, Talks: []picture.Talk{{Keys: []string{"PAY-7"}, Minutes: 12}, {Keys: []string{"PAY-9", "PAY-10"}, Minutes: 20}, {Keys: []string{"PAY-3"}, Minutes: 8}}},
			{Name: "成功の基準", Start: at.Add(58 * time.Minute), Minutes: 20},
			{Name: "A closing that has a name of its own and does not come to an end on this line", Start: at.Add(78 * time.Minute), Minutes: 1},
		}},
		picture.Grid{Rules: rules, Rows: rows},
		picture.Grid{Rules: rules, Rows: rows, Compared: true},
		picture.Waits{
			Layers: [][]string{{"PAY-3", "OPS-1"}, {"PAY-7", "PAY-8"}, {"PAY-9"}},
			Edges:  []picture.Edge{{Issue: "PAY-7", For: "PAY-3"}, {Issue: "PAY-8", For: "OPS-1"}, {Issue: "PAY-9", For: "PAY-7"}, {Issue: "PAY-3", For: "PAY-9"}},
			Items:  []string{"PAY-3", "PAY-7", "PAY-8", "PAY-9"},
		},
	}
}

// C6: the same facts are the same bytes, of a size that a page can show.
func TestPNG(t *testing.T) {
	t.Parallel()
	prints := map[string]bool{}
	for _, p := range samples() {
		b, err := draw.PNG(p)
		require.NoError(t, err)
		again, err := draw.PNG(p)
		require.NoError(t, err)
		assert.True(t, bytes.Equal(b, again), p.File())
		img, err := png.Decode(bytes.NewReader(b))
		require.NoError(t, err)
		assert.Equal(t, 1280, img.Bounds().Dx())
		assert.Less(t, len(b), 50_000, p.File())
		assert.False(t, prints[draw.Print(p)], "each shows something else")
		prints[draw.Print(p)] = true
		if dir := os.Getenv("REFINE_PICTURES"); dir != "" { // to look at
			require.NoError(t, os.WriteFile(filepath.Join(dir, p.File()), b, 0o644))
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	for _, p := range samples() {
		b.Run(p.File(), func(b *testing.B) {
			for b.Loop() {
				if _, err := draw.PNG(p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
