// Package confluencetest is a Confluence that keeps state: Cloud (REST v2 and
// what is left of v1) or Data Center (REST v1), as an [http.Handler].
//
// In come the requests of a client; out go the answers the real service would
// give, refusals included: a stale version is a 409, a second page of one title
// a 400, a body that is not well-formed a 400, and a stored body is not the one
// that was sent but what Confluence makes of it. Beside the API, the page's own
// address shows it to a person, who can tick, type decisions and actions, and
// edit text. The methods of [Server] are for tests: they look inside, and do
// what people do.
//
// Where the service is generous in a way that would hide a client's mistake,
// the fake is not: it refuses query parameters and body fields it does not
// know. It never imports package testing, so that programs can serve it too.
package confluencetest
