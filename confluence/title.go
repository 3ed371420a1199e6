package confluence

import (
	"strings"

	"refine/confluence/storage"
	"refine/planner/outcome"
)

// regionTitles are the headings of the regions whose names differ from them.
var regionTitles = map[string]string{
	"properties": "Page properties", carryOverRegion: "From the last session",
	"actions": "Open action items", "agenda": "Discussion topics",
	"key-points": "Key points", "questions": "Discussion questions", "open-questions": "Open questions",
	"parking-lot": "Parking lot", "deferred": "Proposed for another session", "guide": "The refinement guide", receiptRegion: receiptTitle, changedRegion: changedTitle,
}

// RegionTitle is what people call a region: its heading, or its item's key.
func RegionTitle(id string) string {
	if key, ok := strings.CutPrefix(id, itemRegion); ok {
		return key
	}
	if kind, ok := strings.CutPrefix(id, carryOverRegion+"/"); ok {
		return outcome.CarriedKind(kind).Title()
	}
	if title, ok := regionTitles[id]; ok {
		return title
	}
	return strings.ToUpper(id[:1]) + id[1:]
}

// SameContent reports whether two bodies say the same, ids and spelling aside.
// A body that is not well-formed says the same as none.
func SameContent(a, b string) bool {
	x, errX := storage.Parse(a)
	y, errY := storage.Parse(b)
	return errX == nil && errY == nil && storage.Canonical(x.Root.Children...) == storage.Canonical(y.Root.Children...)
}
