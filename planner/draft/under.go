package draft

import (
	"fmt"
	"strings"

	"refine/planner/brief"
)

// mostUnder is how many questions stand under an item beside the session's.
const mostUnder = 3

// Under are the questions under each item: about its doubts that no question of
// the session and no verdict is about, so that none is lost.
func Under(in Input, d Draft) map[string][]string {
	w := newWriter(in)
	w.hear(d)
	out, told := map[string][]string{}, map[string]bool{}
	for _, l := range d.Verdicts {
		for _, id := range l.Doubts {
			told[id] = true
		}
	}
	for _, doubt := range w.open() {
		key := doubt.Keys[0]
		if w.about(doubt.ID) || told[doubt.ID] || len(framesOf[doubt.Kind].asks) == 0 || len(out[key]) == mostUnder || settledOutside(doubt) || unnamed(doubt) {
			continue
		}
		cited := w.cite(doubt)
		if cited == "" {
			continue
		}
		ask := w.asking(doubt)
		if len(doubt.Quotes) > 0 {
			w.say(doubt.Quotes)
			ask = strings.TrimPrefix(cited, key+": ") + " " + ask
		} else {
			ask = fmt.Sprintf("%s. %s", fill(blocker(doubt), doubt), ask)
		}
		out[key] = append(out[key], ask)
	}
	return out
}

// settledOutside reports whether a doubt is one that the verdict tells and nobody
// in the room can settle.
func settledOutside(d brief.Doubt) bool {
	switch d.Kind {
	case brief.NoDescription, brief.Blocked, brief.Waits:
		return true
	default:
		return false
	}
}
