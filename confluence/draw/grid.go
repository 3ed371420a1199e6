package draw

import (
	"slices"
	"strings"

	"refine/planner/picture"
)

// grid is a table of items by rules. A cell says its state in a word; one that was
// otherwise before says both.
func grid(p picture.Grid, f typefaces) *canvas {
	const keys, head = 86, 50
	row := 34.0
	if p.Compared {
		row = 46
	}
	c := newCanvas(margin+head+row*float64(len(p.Rows))+margin, f)
	titles := p.Rules
	if p.Compared {
		titles = slices.Concat(titles, []string{"gap"})
	}
	column := (width - 2*margin - keys) / float64(len(titles))
	for i, title := range titles {
		first, rest, _ := strings.Cut(title, " ")
		x, y := margin+keys+column*(float64(i)+0.5), float64(margin+head/2)
		if rest == "" {
			c.write(c.short(first, column-2, small, true), x, y, 0.5, small, true, quiet)
			continue
		}
		c.write(c.short(first, column-2, small, true), x, y-8, 0.5, small, true, quiet)
		c.write(c.short(rest, column-2, small, true), x, y+8, 0.5, small, true, quiet)
	}
	for i, r := range p.Rows {
		y := margin + head + row*float64(i)
		c.key(r.Key, margin, y+row/2, 0, keys-4)
		for n, m := range slices.Concat(r.Marks, []picture.Mark{whole(r)})[:len(titles)] {
			c.mark(m, margin+keys+column*float64(n), y, column, row, n == len(r.Marks))
		}
	}
	return c
}

// whole is the last column of a comparison: whether the item is ready.
func whole(r picture.Row) picture.Mark {
	state := map[bool]picture.State{true: picture.None, false: picture.Open}
	m := picture.Mark{Now: state[r.Ready]}
	if r.WasReady != r.Ready {
		m.Was = state[r.WasReady]
	}
	return m
}

func (c *canvas) mark(m picture.Mark, x, y, w, h float64, whole bool) {
	fill, word := yellow, string(m.Now)
	switch {
	case m.Now != picture.None:
	case whole, m.Was == picture.Open:
		fill = green
	default:
		fill = grey
	}
	was := string(m.Was)
	if m.Was == picture.None {
		was = "without"
	}
	if whole {
		word, was = gap(m.Now), gap(m.Was)
	}
	c.box(x+2, y+2, w-4, h-4, fill)
	if m.Was == picture.Same {
		c.write(word, x+w/2, y+h/2, 0.5, size-1, whole, ink)
		return
	}
	c.write(word, x+w/2, y+h/2-8, 0.5, size-1, true, ink)
	c.write("was "+was, x+w/2, y+h/2+9, 0.5, small-1, false, ink)
}

func gap(s picture.State) string {
	if s == picture.Open {
		return "found"
	}
	return "no longer"
}
