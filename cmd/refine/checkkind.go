package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"refine/internal/lazyregexp"
	"refine/jira"
)

// headSize is how much of a file tells what it holds, in bytes.
const headSize = 64 << 10

// oneInput tells what a file holds by its first lines: issues as JSON, or stories
// as text. Where both stand in it, the lines decide that are more, so that a line
// too many in front does not turn the rest into something else.
func oneInput(r io.Reader, fields []jira.FieldName) iter.Seq2[entry, error] {
	in := bufio.NewReaderSize(r, headSize)
	if bom, err := in.Peek(3); err == nil && string(bom) == "\ufeff" {
		in.Discard(3)
	}
	head, _ := in.Peek(headSize) // a read error shows again below
	if n, err := neither(head); err != nil {
		return func(yield func(entry, error) bool) { yield(entry{line: n}, err) }
	}
	if mostlyJSON(head) {
		return issues(in, fields)
	}
	return stories(in, fields)
}

// mostlyJSON reports whether the lines of a head are JSON rather than text.
func mostlyJSON(head []byte) bool {
	values, texts := 0, 0
	for _, line := range telling(head) {
		if looksLikeJSON(line) {
			values++
		} else {
			texts++
		}
	}
	return values > 0 && values >= texts
}

// telling are the lines of a head that hold something, by their number.
func telling(head []byte) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for n, line := range lines(bufio.NewReader(bytes.NewReader(head))) {
			text := strings.TrimSpace(line.text)
			if text != "" && text[0] != '#' && !yield(n, text) {
				return
			}
		}
	}
}

var errNeither = errors.New("neither issues as JSON nor stories as text, one a line")

// neither refuses what holds neither issues nor stories, with the line on which
// that shows.
func neither(head []byte) (line int, err error) {
	if bytes.IndexByte(head, 0) >= 0 {
		return 1, fmt.Errorf("%w: it is no text in UTF-8", errNeither)
	}
	for n, text := range telling(head) {
		switch {
		case excelHead.MatchString(text):
			continue
		case markupHead.MatchString(text):
			return n, errNeither
		case tableHead(text):
			return n, fmt.Errorf("%w: it is a table; its column of stories alone can be read, or the issues as JSON", errNeither)
		}
		return 0, nil
	}
	return 0, nil
}

// looksLikeJSON reports whether a line is of a file of JSON, if perhaps broken.
// Stories begin with a bracket as well: "[Web] As a user…".
func looksLikeJSON(line string) bool { return jsonLine.MatchString(line) }

var (
	jsonLine = lazyregexp.New(`^\s*(?:[\]}]|\{\s*(?:["'}]|\w+\s*:\s*["'{[]|$)|\[\s*(?:[{\]"[]|$)|"[^"]*"\s*:)`)

	// markupHead is a login page, Jira's export as XML, or another program's file.
	markupHead = lazyregexp.New(`(?i)^\s*(?:<(?:!doctype|\?xml|html|rss|body)\b|%PDF-|\{\\rtf)`)

	// excelHead tells Excel how a table is separated.
	excelHead = lazyregexp.New(`(?i)^"?sep=.{0,2}$`)

	// columnHead stands above a column of stories.
	columnHead = lazyregexp.New(`(?i)^"?(?:user )?(?:story|stories|summary|title):?"?$`)
)

// tableHead reports whether a line names the columns of a table, as in Jira's
// export as CSV: several of them are known, and half of them where they are few.
func tableHead(line string) bool {
	return slices.ContainsFunc([]string{",", ";", "\t", "|"}, func(separator string) bool {
		cells := strings.Split(strings.Trim(line, separator), separator)
		known := 0
		for _, cell := range cells {
			if columns[columnName(cell)] {
				known++
			}
		}
		return known > 2 || known == 2 && len(cells) <= 4
	})
}

func columnName(cell string) string {
	name := strings.Trim(strings.ToLower(strings.TrimSpace(cell)), `"'`)
	return strings.NewReplacer("_", " ", "-", " ").Replace(name)
}

// columns are what tables of issues and of stories call their columns.
var columns = func() map[string]bool {
	known := map[string]bool{}
	for _, name := range strings.Split("key,issue key,issue id,id,number,nr,summary,title,name,description,status,resolution,type,issue type,"+
		"priority,assignee,reporter,owner,story,user story,stories,acceptance criteria,story points,points,estimate,labels,epic,epic link,"+
		"epic name,sprint,created,updated,due date,component,components,fix version,fix versions,project,project key,project name,"+
		"as a,i want,i want to,so that,role,persona,goal,benefit,feature", ",") {
		known[name] = true
	}
	return known
}()
