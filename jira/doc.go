// Package jira is the client of one Jira site, Atlassian Cloud or Data Center.
//
// In go JQL, issue keys and the [outcome.Change] set of a sync; out come
// [ticket.Issue] and [outcome.Ticket] values, translated from the site's own
// fields. All JQL and all wiki markup the program sends are written here, with
// people's text escaped.
//
// The package decides nothing: it reads what it is asked for and writes exactly
// the change it is given, each comment with its mark in the same request. A
// failed write is never repeated without looking, and a failed lookup is an
// error, never an absence. It speaks version 2 of the REST API on both
// deployments, where text is wiki markup.
package jira
