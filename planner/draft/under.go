package draft

import (
	"fmt"
	"strings"

	"refine/planner/brief"
)

// mostUnder is how many questions stand under an item beside the session's.
const mostUnder = 3

// Under are the questions under each item: about its doubts that no question of
// the session is about, so that none is lost (planner.md, 9). What a verdict
// quotes is not quoted again.
func Under(in Input, d Draft) map[string][]string {
	w := newWriter(in)
	w.hear(d)
	out := map[string][]string{}
	for _, doubt := range w.open() {
		f := framesOf[doubt.Kind]
		key := doubt.Keys[0]
		if w.about(doubt.ID) || len(f.asks) == 0 || len(out[key]) == mostUnder || settledOutside(doubt) || unnamed(doubt) {
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
		} else if blocking, ok := w.blocking(key); !ok || blocking.ID != doubt.ID {
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

// Beyond is why a doubt is none that talk settles, after its key; empty if talk
// can.
func Beyond(d brief.Doubt) string {
	switch d.Kind {
	case brief.Blocked:
		return fill("is blocked by {other}", d)
	case brief.Waits:
		return "is waiting, as the ticket says"
	case brief.Size:
		return "is more than one ticket"
	}
	return ""
}
