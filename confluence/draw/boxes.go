package draw

import (
	"fmt"
	"strings"

	"refine/planner/picture"
)

// boxes is a bar of all timeboxes to scale, with the talks below it and a line for
// each box.
func boxes(p picture.Boxes, f typefaces) *canvas {
	const bar, talks, line = 46, 22, 24
	top := 2*margin + 4.0
	c := newCanvas(top+bar+6+talks+10+line*float64(len(p.Boxes))+margin, f)
	perMinute := (width - 2*margin) / float64(p.Minutes())
	x := float64(margin)
	for i, box := range p.Boxes {
		w, shade := float64(box.Minutes)*perMinute, shades[i%len(shades)]
		if start := box.Start.Format("15:04"); c.fits(start, w, small, false) {
			c.write(start, x, margin+2, 0, small, false, quiet)
		}
		c.box(x+1, top, w-2, bar, shade)
		if minutes := fmt.Sprint(box.Minutes); c.fits(minutes, w-2, 20, true) {
			c.write(minutes, x+w/2, top+bar/2, 0.5, 20, true, ink)
		}
		at := x
		for _, t := range box.Talks {
			share := float64(t.Minutes) * perMinute
			c.box(at+1, top+bar+4, share-2, talks, shade)
			for _, label := range []string{strings.Join(t.Keys, " "), fmt.Sprint(t.Minutes)} {
				if c.fits(label, share-6, small, false) {
					c.write(label, at+share/2, top+bar+4+talks/2, 0.5, small, false, ink)
					break
				}
			}
			at += share
		}
		x += w
		y := top + bar + 6 + talks + 10 + line*(float64(i)+0.5)
		c.box(margin, y-7, 14, 14, shade)
		c.write(fmt.Sprintf("%s  %d min", box.Start.Format("15:04"), box.Minutes), margin+24, y, 0, size, true, ink)
		c.write(c.short(box.Name, width-2*margin-160, size, false), margin+160, y, 0, size, false, ink)
	}
	return c
}
