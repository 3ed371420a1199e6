// Package worker runs the jobs: publish a session's page, sync it back to the
// tickets, and, for cron, whatever is due now.
//
// In come a request, a clock and the two services; out goes a result that says
// what was written and what was not. Each run reads, decides with pure
// functions of planner and confluence, and then writes; a dry run stops before
// the last step, and only there do the two differ. The package builds no
// markup, speaks no HTTP and keeps nothing: what one run must tell the next
// stands in the marks on the page and the tickets.
package worker
