// Package storage reads and writes the storage format, the XML that Confluence
// keeps a page's body in.
//
// A body comes in through [Parse], which keeps for every node the bytes it was
// read from. Changes go out through [Splice], which replaces byte ranges and
// leaves all others alone: nothing that a person or another tool put on a page
// is ever written anew. New markup is made by a [Builder], which escapes what
// it is given and cannot write anything that is not well-formed. [Canonical]
// tells whether two pieces of a page say the same, whatever Confluence made of
// their ids and spelling. [HTML] shows a body in a browser.
//
// A Builder is called block by block, top to bottom as the page will read:
//
//	b := storage.NewBuilder(nil)
//	b.Heading(2,
//		storage.JiraIssue(storage.IssueCard, "PAY-7", url),
//		storage.Plain(" Refunds are slow "),
//		storage.Status(storage.Red, "Not ready"))
//	b.Heading(3, storage.Plain("Decisions"))
//	b.DecisionList()
//	b.Heading(3, storage.Plain("Outcome"))
//	b.TaskList(
//		storage.Todo(storage.Plain("Ready")),
//		storage.Todo(storage.Plain("Needs another session")))
//	b.Expand("The guide", storage.Words("Come prepared."))
//	body := b.String()
//
// The package knows neither sessions nor sites, does no I/O but for writing
// HTML, and imports nothing of ours. It never repairs a body that is not
// well-formed and never reorders or normalises one that is.
package storage
