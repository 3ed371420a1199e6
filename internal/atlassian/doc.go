// Package atlassian is what Jira and Confluence share on the wire: address,
// authentication, retries, rate limits, and errors a person can act on.
//
// In go HTTP requests to one site, or to the API gateway before it; out come
// complete answers of the service or an [*APIError] that says what failed, where,
// and what to try. A read is repeated until it succeeds or waiting makes no sense;
// a write is repeated only when it is known that it had no effect, and [Ambiguous]
// tells the failures after which the caller has to look. Waits end with the
// caller's context; a write in flight is brought to its end first.
//
// It never sends credentials to another host, but for an OAuth client's own, which
// go to where its access tokens come from; it never follows a redirect away from
// the site or of a write, and never lets a secret or a query string into an error
// or a log. It knows nothing of issues and pages.
package atlassian
