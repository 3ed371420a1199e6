package confluence

import (
	"fmt"
	"html"
	"io"

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
	_, err := fmt.Fprintf(w, "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>%s</title>\n<style>%s</style></head>\n<body>\n<div class=\"wiki\"><h1>%s</h1></div>\n",
		title, storage.CSS, title)
	if err != nil {
		return err
	}
	err = storage.HTML(w, Assemble(Render(p, style)), storage.HTMLOptions{Issue: func(key string) string { return urls[key] }})
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n</body>\n</html>\n")
	return err
}
