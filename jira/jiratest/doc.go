// Package jiratest is a Jira that keeps state, Cloud or Data Center, as an
// http.Handler. Issues come in as Jira's own JSON, one a line; requests of the
// REST API and of a browser come in over HTTP; answers go out as the service
// gives them, its refusals and their wording included. It is as strict as the
// service: a wrong type, an unknown field, a query it cannot evaluate, a body
// without its content type is refused, never ignored.
//
// It takes the time from its options, never reads a file, never calls anything,
// and knows nothing of the packages that are tested with it.
//
// # Tour
//
// server.go takes a request to its endpoint and back, routes.go lists the
// endpoints, refusal.go holds the shapes of failure. model.go is what the site
// holds and load.go fills it. Tests act as people in hands.go, change the site
// in settings.go and look inside in inspect.go. fields.go is one table that
// says of every field how it is listed, shown, edited, searched and sorted.
// query.go evaluates JQL, jql.go reads it. The remaining files are the
// endpoints, one resource each, and pages.go is what a browser sees.
package jiratest
