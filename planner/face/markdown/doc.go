// Package markdown makes text stay text in Markdown. In go words and addresses
// of tickets, out comes CommonMark that shows the same, wherever in a document
// it is put: in a paragraph, a list item, a heading or a table's cell.
package markdown
