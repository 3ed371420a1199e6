package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"refine/planner/text"
)

// github writes a finding a line as a workflow command of GitHub Actions, which
// shows it beside the line that it is about: an error where it blocks, else a
// warning. What could not be read is an error, too.
func (r *checkResult) github(w io.Writer, unread []error) {
	findings := 0
	for _, i := range r.Items {
		for _, f := range i.Findings {
			level := "warning"
			if f.Blocks {
				level = "error"
			}
			annotate(w, level, i.File, i.Line, f.Rule, i.Key+": "+findingLine(f))
		}
		findings += len(i.Findings)
	}
	for _, err := range unread {
		if e, ok := errors.AsType[*lineError](err); ok {
			annotate(w, "error", e.file, e.line, "not read", e.err.Error())
		} else {
			annotate(w, "error", "", 0, "not read", err.Error())
		}
	}
	fmt.Fprintf(w, "%d of %d ready, %s\n", r.Ready, len(r.Items), text.Counted(findings, "finding"))
}

// annotate writes one workflow command. Whatever stands in a ticket stays within
// its line and its field:
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands.
func annotate(w io.Writer, level, file string, line int, title, message string) {
	place := ""
	if file != "" && file != stdinName {
		place = fmt.Sprintf("file=%s,line=%d,", property.Replace(file), line)
	}
	fmt.Fprintf(w, "::%s %stitle=%s::%s\n", level, place, property.Replace(title), data.Replace(message))
}

var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
