package text

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBlocks(t *testing.T) {
	t.Parallel()
	const ac = "Acceptance criteria"
	for _, c := range []struct {
		name, wiki string
		want       []Block
	}{
		{"paragraphs and a list", "Pay later.\r\n\r\n* one thing\r\n# two things", []Block{
			{Kind: Paragraph, Text: "Pay later."}, {Kind: Bullet, Text: "one thing"}, {Kind: Bullet, Text: "two things"}}},
		{"headings rule what follows", "h2. Usage\nRun it.\n" + ac + ": it runs\n- twice", []Block{
			{Kind: Heading, Text: "Usage"}, {Kind: Paragraph, Text: "Run it.", Under: "Usage"}, {Kind: Heading, Text: ac, Under: "Usage"},
			{Kind: Paragraph, Text: "it runs", Under: ac, Within: ac}, {Kind: Bullet, Text: "twice", Under: ac, Within: ac}}},
		{"a label on its text's line rules one paragraph", "Expected: it is paid\n\nIt is late.", []Block{
			{Kind: Heading, Text: "Expected"}, {Kind: Paragraph, Text: "it is paid", Under: "Expected"}, {Kind: Paragraph, Text: "It is late."}}},
		{"a bold label", "*Expected:* it is paid", []Block{
			{Kind: Heading, Text: "Expected"}, {Kind: Paragraph, Text: "it is paid", Under: "Expected"}}},
		{"inline markup", "*Bold* and _slanted_, {{mono}} {color:red}red{color}", []Block{{Text: "Bold and slanted, mono red"}}},
		{"signs that are no markup", "2 * 3 * 4 of snake_case and *.xml in `x_y`", []Block{{Text: "2 * 3 * 4 of snake_case and *.xml in `x_y`"}}},
		{"links keep their words", "See [the log|http://x/y] and http://x/z now", []Block{{Text: "See the log\uFFFC and \uFFFC now"}}},
		{"a link of Markdown", "See [the log](http://x/y) now", []Block{{Text: "See the log\uFFFC now"}}},
		{"mentions, pictures and attachments", "[~dana] drew !a.png|thumbnail! and [^b.pdf] today", []Block{{Text: "\uFFFC drew \uFFFC and \uFFFC today"}}},
		{"a flattened export", "First thought.   Second thought", []Block{{Text: "First thought."}, {Text: "Second thought"}}},
		{"a flattened list", "Wishes:  - one thing - two things    More.", []Block{
			{Kind: Heading, Text: "Wishes"}, {Kind: Bullet, Text: "one thing", Under: "Wishes"}, {Kind: Bullet, Text: "two things", Under: "Wishes"},
			{Kind: Paragraph, Text: "More.", Under: "Wishes"}}},
		{"marks glued to their text", "*Clicking it opens the list\n-Closing it saves the list\n#It is sorted\n1)It is fast", []Block{
			{Kind: Bullet, Text: "Clicking it opens the list"}, {Kind: Bullet, Text: "Closing it saves the list"}, {Kind: Bullet, Text: "It is sorted"}, {Kind: Bullet, Text: "It is fast"}}},
		{"boxes to tick", "* [ ] one thing\n[x] two things\n☐ three things\n- (/) four things", []Block{
			{Kind: Bullet, Text: "one thing"}, {Kind: Bullet, Text: "two things"}, {Kind: Bullet, Text: "three things"}, {Kind: Bullet, Text: "four things"}}},
		{"struck text is withdrawn", "-not any more-\n* -nor this-\n\nrenew -five times- twice", []Block{{Text: "renew \uFFFC twice"}}},
		{"a panel is text", "{panel:title=" + ac + "|borderStyle=solid}\nIt is paid.\n{panel}", []Block{
			{Kind: Paragraph, Text: "It is paid.", Under: ac}}},
		{"what is set between icons is a heading", "(!) Testing notes (!)\nBe quick.", []Block{
			{Kind: Heading, Text: "Testing notes"}, {Kind: Paragraph, Text: "Be quick.", Under: "Testing notes"}}},
		{"a mail without its signature", "It is slow.\n\n--\nDana Smith\nLedger Ltd.", []Block{{Text: "It is slow."}}},
		{"a ruler", "It is slow.\n--\nIt is also late, for all of us.", []Block{{Text: "It is slow."}, {Text: "It is also late, for all of us."}}},
		{"a letter without its end", "It is slow.\n\nThanks,\nDana", []Block{{Text: "It is slow."}}},
	} {
		got := readBlocks(c.wiki)
		for i := range got {
			if got[i].Kind == Heading && i < len(c.want) {
				got[i].Under, got[i].Within = c.want[i].Under, c.want[i].Within
			}
		}
		assert.Equal(t, c.want, got, c.name)
	}
}
