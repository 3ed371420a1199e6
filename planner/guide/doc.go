// Package guide reads what sessions follow. In goes a guide's Markdown text, whose
// headings carry ranges of minutes; out come its phases, boxes and lines, and the
// minutes of each box in a session of a given length. Three guides are built in:
// guide, popm and weekly. It knows of no tickets.
//
// All that a guide says is read once, as [Block] values: phases are taken from
// them, and a page that shows the guide walks the same ones, so that nobody sees
// a guide that the plan does not follow. What Markdown can hold and a page cannot
// show is refused with its line, and so is what looks like a phase and is none.
package guide
