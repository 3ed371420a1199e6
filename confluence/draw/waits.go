package draw

import (
	"cmp"
	"slices"

	"refine/planner/picture"
)

// waits is the issues in columns, what is to be done first on the left, with an
// arrow from each to what waits for it. The columns come with the facts; within
// one an issue stands as high as what it waits for.
func waits(p picture.Waits, f typefaces) *canvas {
	const high, gap, foot = 34.0, 14.0, 28.0
	most := 0
	for _, l := range p.Layers {
		most = max(most, len(l))
	}
	body := float64(most)*(high+gap) - gap
	c := newCanvas(margin+body+foot+margin, f)
	column := (width - 2*margin) / float64(max(len(p.Layers), 2))
	wide := min(column-44, 130)
	place := map[string][2]float64{}
	for n, layer := range p.Layers {
		keys := ordered(layer, p.Edges, place)
		top := margin + (body-float64(len(keys))*(high+gap)+gap)/2
		for i, key := range keys {
			place[key] = [2]float64{margin + column*float64(n), top + float64(i)*(high+gap)}
		}
	}
	for _, e := range p.Edges { // below the boxes
		if from, to := place[e.For], place[e.Issue]; from[0] < to[0] {
			c.arrow(from[0]+wide, from[1]+high/2, to[0]-2, to[1]+high/2)
		}
	}
	for _, layer := range p.Layers {
		for _, key := range layer {
			at, fill := place[key], shades[0]
			if !slices.Contains(p.Items, key) {
				fill = grey
			}
			c.box(at[0], at[1], wide, high, fill)
			c.key(key, at[0]+wide/2, at[1]+high/2, 0.5, wide-8)
		}
	}
	for _, e := range p.Edges { // above them, since it goes back
		if from, to := place[e.For], place[e.Issue]; from[0] >= to[0] {
			c.back(from[0]+wide/2, from[1]+high, to[0]+wide/2, to[1]+high+2)
		}
	}
	c.write("First on the left; an arrow leads to what waits, a dashed one closes a circle. Grey: elsewhere.", margin, margin+body+foot/2+6, 0, small, false, quiet)
	return c
}

// ordered puts a column's issues beside what they wait for, so that arrows cross
// little.
func ordered(layer []string, edges []picture.Edge, place map[string][2]float64) []string {
	height := func(key string) (mean float64) {
		n := 0.0
		for _, e := range edges {
			if at, set := place[e.For]; e.Issue == key && set {
				mean, n = mean+at[1], n+1
			}
		}
		return mean / max(n, 1)
	}
	keys := slices.Clone(layer)
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(height(a), height(b)) })
	return keys
}

// arrow leads from the right edge of one box to the left edge of another.
func (c *canvas) arrow(x1, y1, x2, y2 float64) {
	bend := (x2 - x1) / 2
	c.SetColor(quiet)
	c.SetLineWidth(2)
	c.MoveTo(x1, y1)
	c.CubicTo(x1+bend, y1, x2-bend, y2, x2-6, y2)
	c.Stroke()
	c.head(x2, y2, -9, 0)
}

// back closes a circle: it leaves a box below and comes from below to another.
func (c *canvas) back(x1, y1, x2, y2 float64) {
	c.SetColor(ink)
	c.SetLineWidth(2)
	c.SetDash(6, 4)
	c.MoveTo(x1, y1)
	c.CubicTo(x1, y1+26, x2, y2+30, x2, y2+8)
	c.Stroke()
	c.SetDash()
	c.head(x2, y2, 0, 9)
}

// head is an arrow's tip at a place, and the way back along the arrow.
func (c *canvas) head(x, y, dx, dy float64) {
	c.MoveTo(x, y)
	c.LineTo(x+dx+dy/2, y+dy+dx/2)
	c.LineTo(x+dx-dy/2, y+dy-dx/2)
	c.ClosePath()
	c.Fill()
}
