package confluence

import (
	"strings"

	"refine/confluence/storage"
)

// mostListed bounds the items that are read of a page's lists.
const mostListed = 20

// ListItems are the texts of a page's list items, those of inner lists included,
// each on one line.
func ListItems(body string) ([]string, error) {
	doc, err := storage.Parse(body)
	if err != nil {
		return nil, err
	}
	var out []string
	for li := range doc.Root.Find("li") {
		own := *li
		own.Children = nil
		for _, c := range li.Children {
			if c.Name != "ul" && c.Name != "ol" {
				own.Children = append(own.Children, c)
			}
		}
		if text := strings.Join(strings.Fields(own.PlainText()), " "); text != "" && len(out) < mostListed {
			out = append(out, text)
		}
	}
	return out, nil
}
