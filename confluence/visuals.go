package confluence

import (
	"refine/confluence/storage"
	"refine/planner/ticket"
)

// toLookAt links what a ticket has to look at (P8).
func toLookAt(b *storage.Builder, visuals []ticket.Visual) {
	if len(visuals) == 0 {
		return
	}
	b.Paragraph(storage.Strong("To look at before talking:"))
	items := make([]storage.Body, len(visuals))
	for i, v := range visuals {
		items[i] = storage.Line(storage.Link(v.URL, v.Name), storage.Plain(" ("+v.Where+")"))
	}
	b.BulletList(items...)
}
