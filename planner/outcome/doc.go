// Package outcome decides what a session's page changes on the tickets. In go
// the outcomes that people typed, as package confluence read them, and the
// tickets as they stand; out come changes, the receipt that tells what became
// of each line, and what the next session takes up. It never builds markup and
// never reads or writes a service.
package outcome
