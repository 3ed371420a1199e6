package planner

import (
	"fmt"
	"slices"
	"strings"
)

// blockers are the issues that this one waits for by its links. One whose status
// nobody gave may be done.
func (r *reading) blockers() (out []finding) {
	var open, unknown []Link
	for _, l := range r.issue.Links {
		switch {
		case !needs(l) || l.Done:
		case l.Status == "":
			unknown = append(unknown, l)
		default:
			open = append(open, l)
		}
	}
	if len(open) > 0 {
		f := waitFor(open)
		f.Message += fmt.Sprintf(", which %s not done", agree(len(open), "is", "are"))
		f.Blocks, f.beyond = true, "waits for "+some(linkKeys(open))
		out = append(out, f)
	} else if len(unknown) > 0 {
		f := waitFor(unknown)
		f.Message += fmt.Sprintf("; whether %s done is not known here", agree(len(unknown), "that is", "those are"))
		out = append(out, f)
	}
	return out
}

func waitFor(links []Link) finding {
	var said []string
	for n, l := range links {
		phrase := l.Phrase + " "
		if n > 0 && links[n-1].Phrase == l.Phrase {
			phrase = ""
		}
		said = append(said, phrase+l.Key+titled(l.Summary))
	}
	keys := some(linkKeys(links))
	return finding{
		Finding: Finding{Rule: ruleDependency, INVEST: "I", Evidence: []Evidence{}, Message: enumerate(said)},
		weight:  7, find: fmt.Sprintf("what can be settled before %s %s done", keys, agree(len(links), "is", "are")),
		gets: "what " + keys + " " + agree(len(links), "has", "have") + " to bring first", snag: keys + " to wait for",
	}
}

func linkKeys(links []Link) (keys []string) {
	for _, l := range links {
		keys = append(keys, l.Key)
	}
	return keys
}

func titled(summary string) string {
	if summary = strings.TrimSpace(summary); summary == "" || strings.ContainsAny(summary, "“”") {
		return ""
	}
	if len(summary) > longTitle {
		if end := strings.LastIndexByte(summary[:longTitle], ' '); end > 0 {
			return " “" + strings.TrimRight(summary[:end], " .,;:-") + "”…"
		}
	}
	return " “" + summary + "”"
}

// longTitle is what of another issue's title is shown within a sentence.
const longTitle = 90

// settledByLinks reports whether a sentence about a dependency names only issues
// whose links tell more: that they are done, or that they are not.
func (r *reading) settledByLinks(h hit) bool {
	if h.rule != ruleDependency {
		return false
	}
	known := func(key string) bool {
		return slices.ContainsFunc(r.issue.Links, func(l Link) bool { return l.Key == key && (l.Done || needs(l)) })
	}
	keys := IssueKeys(h.ev.Quote)
	return len(keys) > 0 && !slices.ContainsFunc(keys, func(key string) bool { return !known(key) })
}
