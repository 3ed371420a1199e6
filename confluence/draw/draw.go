package draw

import (
	"bytes"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"sync"

	"git.sr.ht/~sbinet/gg"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"

	"refine/planner/picture"
)

// edition counts the ways of drawing: a picture is made anew when it looks
// otherwise though its facts are the same.
const edition = 1

const (
	width  = 640 // of every picture, in points
	margin = 16
	scale  = 2 // pixels to a point
	size   = 15
	small  = 12.5
)

// Print identifies what a picture shows, and how it is drawn.
func Print(p picture.Picture) string {
	facts, err := json.Marshal(p)
	if err != nil {
		panic(fmt.Sprintf("draw: encoding %T: %v", p, err)) // only plain data
	}
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %T %s", edition, p, facts)
	return fmt.Sprintf("%016x", h.Sum64())
}

// PNG draws a picture.
func PNG(p picture.Picture) ([]byte, error) {
	f, err := fonts()
	if err != nil {
		return nil, fmt.Errorf("drawing %s: %w", p.File(), err)
	}
	var c *canvas
	switch p := p.(type) {
	case picture.Boxes:
		c = boxes(p, f)
	case picture.Grid:
		c = grid(p, f)
	case picture.Waits:
		c = waits(p, f)
	default:
		return nil, fmt.Errorf("drawing %s: nobody knows how to draw a %T", p.File(), p)
	}
	var b bytes.Buffer
	if err := encoder.Encode(&b, paletted(c.Image().(*image.RGBA))); err != nil {
		return nil, fmt.Errorf("drawing %s: %w", p.File(), err)
	}
	return b.Bytes(), nil
}

// typefaces are the two fonts that all pictures use.
type typefaces struct{ regular, bold *opentype.Font }

var fonts = sync.OnceValues(func() (f typefaces, err error) {
	if f.regular, err = opentype.Parse(goregular.TTF); err == nil {
		f.bold, err = opentype.Parse(gobold.TTF)
	}
	return f, err
})

// canvas is a sheet to draw on, in points.
type canvas struct {
	*gg.Context
	fonts typefaces
	faces map[string]font.Face
}

func newCanvas(height float64, f typefaces) *canvas {
	c := &canvas{gg.NewContext(width*scale, int(height*scale)), f, map[string]font.Face{}}
	c.SetColor(paper)
	c.Clear()
	c.Scale(scale, scale)
	return c
}

// write sets a text with its middle at y. anchor is 0 for text that begins at x, 0.5
// for one around it, 1 for one that ends there.
func (c *canvas) write(s string, x, y, anchor, points float64, bold bool, ink color.Color) {
	c.face(points, bold)
	c.SetColor(ink)
	// The font is scaled by itself, and the matrix scales places only.
	w, _ := c.MeasureString(s)
	c.Push()
	c.Identity()
	c.DrawString(s, x*scale-w*anchor, y*scale+points*scale*0.36)
	c.Pop()
}

// fits reports whether a text has letters in the font and room.
func (c *canvas) fits(s string, room, points float64, bold bool) bool {
	f := c.fonts.regular
	if bold {
		f = c.fonts.bold
	}
	var b sfnt.Buffer
	for _, r := range s {
		if g, err := f.GlyphIndex(&b, r); err != nil || g == 0 {
			return false
		}
	}
	c.face(points, bold)
	w, _ := c.MeasureString(s)
	return w <= room*scale
}

// short is the beginning of a text that has room, or nothing.
func (c *canvas) short(s string, room, points float64, bold bool) string {
	if c.fits(s, room, points, bold) {
		return s
	}
	for r := []rune(s); len(r) > 3; {
		r = r[:len(r)-1]
		if cut := string(r) + "…"; c.fits(cut, room, points, bold) {
			return cut
		}
	}
	return ""
}

// key writes an issue's key, smaller where there is little room.
func (c *canvas) key(key string, x, y, anchor, room float64) {
	points := float64(size)
	for points > 9 && !c.fits(key, room, points, true) {
		points--
	}
	c.write(c.short(key, room, points, true), x, y, anchor, points, true, ink)
}

func (c *canvas) face(points float64, bold bool) {
	name := fmt.Sprint(points, bold)
	if _, made := c.faces[name]; !made {
		f := c.fonts.regular
		if bold {
			f = c.fonts.bold
		}
		face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: points * scale, DPI: 72, Hinting: font.HintingNone})
		if err != nil {
			panic("draw: " + err.Error()) // of fonts that were parsed, and constant sizes
		}
		c.faces[name] = face
	}
	c.SetFontFace(c.faces[name])
}

// box fills a rectangle with round corners.
func (c *canvas) box(x, y, w, h float64, fill color.Color) {
	c.SetColor(fill)
	c.DrawRoundedRectangle(x, y, w, h, min(4, w/2))
	c.Fill()
}

// The colours, each with ink that can be read on it.
var (
	paper  = color.White
	ink    = color.NRGBA{0x17, 0x2b, 0x4d, 0xff}
	quiet  = color.NRGBA{0x5e, 0x6c, 0x84, 0xff}
	green  = color.NRGBA{0xc6, 0xf0, 0xd9, 0xff}
	yellow = color.NRGBA{0xff, 0xe3, 0x8a, 0xff}
	grey   = color.NRGBA{0xeb, 0xec, 0xf0, 0xff}
	shades = []color.Color{
		color.NRGBA{0xcc, 0xe0, 0xff, 0xff}, color.NRGBA{0xd9, 0xd2, 0xff, 0xff},
		color.NRGBA{0xc1, 0xf0, 0xf5, 0xff}, color.NRGBA{0xff, 0xdd, 0xc7, 0xff},
	}
)
