package confluence

import (
	"encoding/base64"
	"fmt"
	"html"
	"io"

	"refine/confluence/draw"
	"refine/confluence/storage"
	"refine/planner"
)

// WriteStorage writes the plan as the body of a new page: what a publish sends.
func WriteStorage(w io.Writer, p planner.Plan, style Style) error {
	_, err := fmt.Fprintln(w, Assemble(Render(p, style)))
	return err
}

// WriteHTML writes the page as it will look, as a document of its own. It shows
// the same body that a publish sends.
func WriteHTML(w io.Writer, p planner.Plan, style Style) error {
	urls := map[string]string{}
	for _, item := range p.Items {
		urls[item.Issue.Key] = item.Issue.URL
	}
	title := html.EscapeString(p.Session.Title())
	_, err := fmt.Fprintf(w, "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>%s</title>\n<style>%s%s</style></head>\n<body>\n<main>\n<div class=\"wiki\"><h1>%s</h1></div>\n",
		title, previewCSS, storage.CSS, title)
	if err != nil {
		return err
	}
	pictures, err := embedded(Drawings(p))
	if err != nil {
		return err
	}
	err = storage.HTML(w, Assemble(Render(p, style)), storage.HTMLOptions{
		Issue: func(key string) string { return urls[key] }, Picture: func(file string) string { return pictures[file] },
	})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n</main>\n</body>\n</html>\n")
	return err
}

// previewCSS lays the document out around the page.
const previewCSS = `:root { color-scheme: light dark; }
body { background: #fff; margin: 0; }
main { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; }
@media (prefers-color-scheme: dark) { body { background: #1d2125; } }
`

// embedded are the addresses of the pictures, which hold them.
func embedded(drawings []Drawing) (map[string]string, error) {
	addresses := map[string]string{}
	for _, d := range drawings {
		data, err := draw.PNG(d.Picture)
		if err != nil {
			return nil, err
		}
		addresses[d.File()] = "data:image/png;base64," + base64.StdEncoding.EncodeToString(data)
	}
	return addresses, nil
}
