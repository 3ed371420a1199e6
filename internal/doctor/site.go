package doctor

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"refine/internal/atlassian"
)

// What both products are asked alike.

// answers reports whether an error shows that the service itself was reached: it
// knows what it does not want, and says so otherwise than to a browser.
func answers(err error) bool {
	switch {
	case err == nil, atlassian.Unauthenticated(err), atlassian.StatusOf(err) == http.StatusTooManyRequests:
		return true
	}
	return atlassian.StatusOf(err) == http.StatusForbidden && !strings.Contains(err.Error(), "HTML")
}

// blame is a check that ended with an error; what needs a scope names it.
func blame(err error, scope, otherwise string) result {
	if atlassian.ScopeMissing(err) {
		return failed(fmt.Sprintf("give the token the scope %s (docs/scopes.md)", scope), "the token lacks the scope %s: %s", scope, oneLine(err.Error()))
	}
	return failure(err, otherwise)
}

// checkQuota says what is left of the rate limit.
func checkQuota(api *atlassian.Client) result {
	q, told := api.Quota()
	const try = "run less often, or have the limit of this account raised; other programs with this account use it up as well"
	switch {
	case !told:
		return ok("not told; nothing was refused")
	case q.Wait > 0:
		return failed(fmt.Sprintf("run again in %s; %s", q.Wait.Round(time.Second), try), "used up: requests are refused for %s", q.Wait.Round(time.Second))
	case q.Left <= 0:
		return failed(try, "used up: nothing is left of it")
	case q.Left*10 < q.Limit:
		return warning(try, "%d of %d requests left", q.Left, q.Limit)
	case q.Limit > 0:
		return ok("%d of %d requests left", q.Left, q.Limit)
	}
	return ok("%d requests left", q.Left)
}

// soon is how long before its end a token is warned of.
const soon = 14 * 24 * time.Hour

// checkEnd says when the token ends, as far as anybody tells.
func checkEnd(ctx context.Context, api *atlassian.Client, auth atlassian.Auth, now time.Time) result {
	claims, err := api.Claims(ctx)
	switch {
	case err != nil:
		return failure(err, "")
	case !claims.Ends.IsZero():
		return ends("the token", claims.Ends, now)
	case auth.Type == atlassian.OAuth2:
		return ok("access tokens are renewed; when the client's secret ends is not told")
	case api.Deployment() == "cloud":
		return ok("not told: an API token of Atlassian Cloud ends within a year of its making, so note the day")
	case auth.Type != atlassian.Bearer:
		return ok("not told")
	}
	tokens, err := api.PersonalTokens(ctx)
	if err != nil {
		return ok("not told") // by versions without personal access tokens, or where their list is closed
	}
	var first atlassian.PersonalToken
	for _, t := range tokens {
		if t.Ends.After(now) && (first.Ends.IsZero() || t.Ends.Before(first.Ends)) {
			first = t
		}
	}
	if first.Ends.IsZero() {
		return ok("the account's personal access tokens never expire")
	}
	return ends(fmt.Sprintf("the account's personal access token “%s”", first.Name), first.Ends, now)
}

func ends(what string, at, now time.Time) result {
	day := at.Format(time.DateOnly)
	if at.Sub(now) < soon {
		return warning("make a new one, and put it where the old one is kept", "%s ends on %s", what, day)
	}
	return ok("%s ends on %s", what, day)
}

// A scope is what a token has to be allowed at the API gateway. Where a token may
// have finer ones in its place, granular is the first of them.
type scope struct{ name, why, granular string }

// checkScopes compares the scopes that a token tells of itself with those that are
// needed.
func checkScopes(ctx context.Context, api *atlassian.Client, needed []scope) result {
	claims, err := api.Claims(ctx)
	if err != nil {
		return failure(err, "")
	}
	var names, missing, finer []string
	for _, s := range needed {
		names = append(names, s.name)
		switch {
		case slices.Contains(claims.Scopes, s.name):
		case s.granular != "" && slices.Contains(claims.Scopes, s.granular):
			finer = append(finer, s.name)
		default:
			missing = append(missing, fmt.Sprintf("%s (%s)", s.name, s.why))
		}
	}
	switch {
	case len(claims.Scopes) == 0:
		return ok("the token does not tell its scopes; most of those for reading show in the other checks, those for writing only when something is written; needed are %s", strings.Join(names, ", "))
	case len(missing) > 0:
		return failed("give the token these scopes (docs/scopes.md)", "missing: %s", strings.Join(missing, ", "))
	case len(finer) > 0:
		return warning("compare them with docs/scopes.md", "the token has granular scopes in place of %s, which are not compared one by one", strings.Join(finer, ", "))
	}
	return ok("the token has all that are needed: %s", strings.Join(names, ", "))
}
