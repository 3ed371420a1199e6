package guide

import (
	"slices"
	"strconv"
	"strings"

	"refine/internal/lazyregexp"
)

// A heading is one of a guide with what stands beneath it.
type heading struct {
	level, line int
	parent      int // the heading above it, by place; -1 if there is none
	title       string
	low, high   int // minutes; both 0 where it names none
	says        []string
}

// An outline is a guide's headings and lines.
type outline struct {
	*faults
	headings []heading
	lines    []string
	timed    int // the first line that has minutes and is no heading; 0 if none
}

// collect notes headings and lines. Only a heading that stands by itself begins a
// phase.
func (o *outline) collect(blocks []Block, nested, item bool) {
	for n, b := range blocks {
		switch b.Kind {
		case Heading:
			o.heading(b, nested)
		case Paragraph:
			o.say(b, item && n == 0)
		case Cell:
			o.time(b)
		case Item:
			o.collect(b.Blocks, true, true)
		default:
			o.collect(b.Blocks, true, false)
		}
	}
}

var checkbox = lazyregexp.New(`^\[[ xX]\] +`)

// say notes a line; what list items say belongs to the heading above.
func (o *outline) say(b Block, item bool) {
	o.time(b)
	said := b.Spans.String()
	if item {
		said = checkbox.ReplaceAllString(said, "")
	}
	if !slices.Contains(o.lines, said) {
		o.lines = append(o.lines, said)
	}
	if n := len(o.headings); item && n > 0 {
		o.headings[n-1].says = append(o.headings[n-1].says, said)
	}
}

// time remembers where minutes stand that begin no phase.
func (o *outline) time(b Block) {
	if o.timed == 0 && minutes.MatchString(b.Spans.String()) {
		o.timed = b.Line
	}
}

var (
	numbering = lazyregexp.New(`^\d+[.)][ \t]+`)
	minutes   = lazyregexp.New(`(?i)[ \t]*(?:[-–—:,][ \t]*)?([(\[]?)\b(\d{1,4})(?:[ \t]*(?:-|–|—|to|bis)[ \t]*(\d{1,4}))?[ \t]*(?:minutes?|mins?|minuten?)\b\.?[)\]]?`)
)

// heading notes a heading and its minutes.
func (o *outline) heading(b Block, nested bool) {
	h := heading{level: b.Level, line: b.Line, parent: -1}
	for n, above := range o.headings {
		if above.level < h.level {
			h.parent = n
		}
	}
	title := numbering.ReplaceAllString(b.Spans.String(), "")
	if m := minutes.FindStringSubmatchIndex(title); m != nil {
		h.low, _ = strconv.Atoi(title[m[4]:m[5]]) // at most four digits
		h.high = h.low
		if m[6] >= 0 {
			h.high, _ = strconv.Atoi(title[m[6]:m[7]])
		}
		o.checkMinutes(h, strings.TrimSpace(title[m[0]:m[1]]))
		title = title[:m[0]] + " " + title[m[1]:]
	}
	h.title = oneLine(title)
	switch {
	case !nested:
		o.headings = append(o.headings, h)
	case h.high > 0:
		o.fault(h.line, "a phase inside a list or a quotation; begin its line with ##")
	}
}

func (o *outline) checkMinutes(h heading, written string) {
	switch {
	case h.high < h.low:
		o.fault(h.line, "%q ends before it begins; write the smaller number first", written)
	case h.low == 0:
		o.fault(h.line, "%q begins at no minute; write how long the phase takes, such as (10 minutes)", written)
	}
}

// aside are headings that say that they are no part of the session.
var aside = lazyregexp.New(`(?i)^(?:before|beforehand|pre-|prepar|after|post-|follow|purpose|aims?\b|goals?\b|about|why|intro|success indicators|(?:common )?pitfalls|vor(?:her|bereit| de[rm])|nach(?:her|bereit| de[rm])|ziel|zweck)`)

// phases are the timed headings, and those beside them that have no minutes.
func (o *outline) phases() (out []Phase) {
	level := o.phaseLevel()
	var parents []int
	for _, h := range o.headings {
		if h.level == level && h.high > 0 {
			parents = append(parents, h.parent)
		}
	}
	for _, h := range o.headings {
		if h.level != level || !slices.Contains(parents, h.parent) || h.high == 0 && aside.MatchString(h.title) {
			continue
		}
		if h.title == "" {
			o.fault(h.line, "a phase without a name")
		}
		out = append(out, Phase{Name: h.title, Min: h.low, Max: h.high, Lines: h.says, Line: h.line})
	}
	return out
}

// phaseLevel is the level of headings of which most have minutes, the deeper of
// two: the minutes of a title are those of the whole session.
func (o *outline) phaseLevel() (level int) {
	timed := [7]int{}
	for _, h := range o.headings {
		if h.high > 0 {
			timed[h.level]++
		}
	}
	for l := range timed {
		if timed[l] > 0 && timed[l] >= timed[level] {
			level = l
		}
	}
	return level
}

var dangers = lazyregexp.New(`(?i)\bpitfalls?\b|\bavoid\b|fallstrick|vermeiden`)

// pitfalls are the list items beneath headings that name dangers.
func (o *outline) pitfalls() (out []string) {
	for _, h := range o.headings {
		if dangers.MatchString(h.title) {
			out = append(out, h.says...)
		}
	}
	return out
}
