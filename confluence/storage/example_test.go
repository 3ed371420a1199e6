package storage_test

import (
	"fmt"
	"strings"
	"time"

	"refine/confluence/storage"
)

// The section of an item: what the plan says of it, then what people fill in.
func ExampleBuilder() {
	due := time.Date(2026, time.November, 27, 0, 0, 0, 0, time.UTC)

	b := storage.NewBuilder(nil)
	b.Heading(2,
		storage.JiraIssue(storage.IssueCard, "PAY-7", "https://acme.atlassian.net/browse/PAY-7"),
		storage.Plain(" Refunds <slow> "),
		storage.Status(storage.Red, "Not ready"))
	b.Heading(3, storage.Plain("Action items"))
	b.TaskList(storage.Todo(
		storage.Plain("Ask support for numbers "),
		storage.Mention(storage.User{AccountID: "557058:1"}),
		storage.Plain(" "),
		storage.Time(due)))
	b.Expand("The guide", storage.Words("Come prepared."))

	fmt.Println(strings.ReplaceAll(b.String(), "><", ">\n<"))
	// Output:
	// <h2>
	// <a href="https://acme.atlassian.net/browse/PAY-7" data-card-appearance="inline">PAY-7</a> Refunds &lt;slow&gt; <ac:structured-macro ac:name="status" ac:schema-version="1">
	// <ac:parameter ac:name="colour">Red</ac:parameter>
	// <ac:parameter ac:name="title">Not ready</ac:parameter>
	// </ac:structured-macro>
	// </h2>
	// <h3>Action items</h3>
	// <ac:task-list>
	// <ac:task>
	// <ac:task-id>1</ac:task-id>
	// <ac:task-status>incomplete</ac:task-status>
	// <ac:task-body>Ask support for numbers <ac:link>
	// <ri:user ri:account-id="557058:1" />
	// </ac:link> <time datetime="2026-11-27" />
	// </ac:task-body>
	// </ac:task>
	// </ac:task-list>
	// <ac:structured-macro ac:name="expand" ac:schema-version="1">
	// <ac:parameter ac:name="title">The guide</ac:parameter>
	// <ac:rich-text-body>
	// <p>Come prepared.</p>
	// </ac:rich-text-body>
	// </ac:structured-macro>
}

// A sentence is added below the page's first heading; all other bytes stay.
func ExampleSplice() {
	body := `<h1 local-id="a1">Notes</h1><p>Agreed&nbsp;on Monday.</p>`
	doc, err := storage.Parse(body)
	if err != nil {
		fmt.Println(err)
		return
	}
	b := storage.NewBuilder(storage.IDsFor(doc))
	b.Paragraph(storage.Plain("Planned & published."))

	end := doc.Blocks()[0].End
	changed, err := storage.Splice(body, []storage.Edit{{Start: end, End: end, New: b.String()}})
	fmt.Println(changed, err)
	// Output:
	// <h1 local-id="a1">Notes</h1><p>Planned &amp; published.</p><p>Agreed&nbsp;on Monday.</p> <nil>
}
