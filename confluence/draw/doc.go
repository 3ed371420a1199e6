// Package draw makes pictures of a plan: PNG files for the page and its preview.
//
// In go the facts of a picture, out come the bytes of its file, the same for the
// same facts. Whatever a colour says a word says as well, and a name that the font
// has no letters for is left to the words beside the picture. It reads nothing and
// keeps nothing; the fonts are read when the first picture is drawn.
package draw
