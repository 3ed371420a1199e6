package storage

import (
	"strings"
	"sync"
)

// A Block is one of [Document.Blocks] and what it says, in the form of [Unmarked].
type Block struct {
	*Node
	Says string
}

// Saying are the blocks that say something. Empty paragraphs come and go with every
// editor and count for nothing. The list may be another caller's, too.
func (d *Document) Saying() []Block {
	d.saying.Do(func() {
		all := d.Blocks()
		says := make([]string, len(all))
		unmark := func(from, to int) {
			for n := from; n < to; n++ {
				says[n] = Unmarked(all[n])
			}
		}
		half := 0
		var beside sync.WaitGroup
		if len(d.Source) >= longBody {
			half = len(all) / 2
			beside.Go(func() { unmark(0, half) })
		}
		unmark(half, len(all))
		beside.Wait()
		for n, s := range says {
			if s != "" {
				d.said = append(d.said, Block{all[n], s})
			}
		}
	})
	return d.said
}

// Blocks are the parts of a page that a reader sees one after another: the
// children of the root, and those of layout cells where the page has a layout.
// White space and comments between them are left out.
func (d *Document) Blocks() []*Node { return blocks(nil, d.Root) }

func blocks(found []*Node, parent *Node) []*Node {
	for _, c := range parent.Children {
		switch {
		case c.Kind == Comment, c.blank():
		case isLayout(c):
			found = blocks(found, c)
		default:
			found = append(found, c)
		}
	}
	return found
}

func isLayout(n *Node) bool {
	switch n.Name {
	case "ac:layout", "ac:layout-section", "ac:layout-cell":
		return true
	default:
		return false
	}
}

// blank reports whether n is text that shows nothing.
func (n *Node) blank() bool {
	return n.Kind == Text && strings.TrimSpace(n.Text) == ""
}

// isBlock tells the elements that stand on lines of their own from those that
// run within a line. Macros go by whether they have a body: a status lozenge
// runs with the text, a panel does not.
func isBlock(n *Node) bool {
	switch n.Name {
	case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
		"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption",
		"div", "blockquote", "pre", "hr",
		"ac:task-list", "ac:task", "ac:task-body", "ac:task-status",
		"ac:adf-extension", "ac:adf-node", "ac:adf-content", "ac:adf-fallback", "ac:adf-attribute",
		"ac:layout", "ac:layout-section", "ac:layout-cell",
		"ac:rich-text-body", "ac:plain-text-body":
		return true
	case "ac:structured-macro", "ac:macro":
		return n.Child("ac:rich-text-body") != nil || n.Child("ac:plain-text-body") != nil
	default:
		return false
	}
}

// isFallback reports whether n repeats, for old readers, what the node beside
// it says.
func isFallback(n *Node) bool {
	return n.is("ac:adf-fallback") && n.Parent.Child("ac:adf-node") != nil
}
