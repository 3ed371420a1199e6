package draw

import (
	"cmp"
	"image"
	"image/color"
	"image/png"
	"iter"
	"maps"
	"slices"
)

// encoder takes half the time of the usual one for a few more bytes.
var encoder = png.Encoder{CompressionLevel: png.BestSpeed}

// paletted is a picture in 256 colours, which takes two fifths of the bytes and less
// than half of the time. Its inks are few; all other colours are the edges of letters
// and boxes, where a step of one in 32 shows to nobody, nor does the nearest of the 256
// most frequent ones for the few that are left.
func paletted(full *image.RGBA) *image.Paletted {
	counts := map[color.RGBA]int{}
	for c, n := range runs(full) {
		counts[stepped(c)] += n
	}
	colours := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(number(a), number(b)))
	})
	p := image.NewPaletted(full.Rect, nil)
	index := map[color.RGBA]uint8{}
	for _, c := range colours {
		if len(p.Palette) < 256 {
			p.Palette = append(p.Palette, c)
		}
		index[c] = uint8(p.Palette.Index(c))
	}
	at := 0
	for c, n := range runs(full) {
		i := index[stepped(c)]
		for range n {
			p.Pix[at] = i
			at++
		}
	}
	return p
}

// runs are the picture's pixels, row by row, each with how many alike follow it, itself
// included.
func runs(m *image.RGBA) iter.Seq2[color.RGBA, int] {
	return func(yield func(color.RGBA, int) bool) {
		for from := 0; from < len(m.Pix); {
			pixel, to := [4]byte(m.Pix[from:]), from+4
			for to < len(m.Pix) && [4]byte(m.Pix[to:]) == pixel {
				to += 4
			}
			if !yield(color.RGBA{pixel[0], pixel[1], pixel[2], pixel[3]}, (to-from)/4) {
				return
			}
			from = to
		}
	}
}

// stepped is the nearest colour of which each part has one of 32 strengths, the first
// and the last among them.
func stepped(c color.RGBA) color.RGBA {
	step := func(v uint8) uint8 { return v&0xf8 | v>>5 }
	return color.RGBA{step(c.R), step(c.G), step(c.B), step(c.A)}
}

func number(c color.RGBA) uint32 {
	return uint32(c.R)<<24 | uint32(c.G)<<16 | uint32(c.B)<<8 | uint32(c.A)
}
