// Package confluence speaks to Confluence, Cloud and Data Center, and knows
// what a session's page looks like.
//
// In come a plan to write ([Render], [Merge]) and storage-format bodies to read
// ([State.Outcomes]); out go bodies and [outcome.Outcomes]. [Client] moves pages,
// content properties and labels over the wire. The package decides nothing: it
// never chooses whether to create, update or give way, and never retries a
// write.
package confluence
