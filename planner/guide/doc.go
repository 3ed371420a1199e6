// Package guide reads what sessions follow. In goes a guide's Markdown text, whose
// headings carry ranges of minutes; out come its phases, boxes and lines, and the
// minutes of each box in a session of a given length. Three guides are built in:
// guide, popm and weekly. It knows of no tickets.
package guide
