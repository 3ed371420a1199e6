package draft

import (
	_ "embed"
	"strings"
)

//go:embed handin.md
var form string

// example is a draft of another session, in the form that [Schema] asks for.
//
//go:embed example.json
var example string

// Instructions say how a draft is written, whoever writes it.
func Instructions() string { return instructions }

// Text is all that a writer needs who is shown nothing else: what to do, the brief,
// the form of the answer and how it is handed in.
func Text(in Input) string {
	return strings.Join([]string{
		"# What to write\n\n" + instructions,
		"# The brief\n\n" + strings.TrimRight(material(in, ""), "\n") + "\n",
		form + example,
		"# How to hand it in\n\nSave the object as draft.json. Then `refine plan --draft draft.json`, with the selection that this brief was printed for,\n" +
			"shows the plan and names each line that does not stand with its reason; `refine publish --draft draft.json` publishes it.\n",
	}, "\n")
}
