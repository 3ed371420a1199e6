package doctor

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"refine/confluence"
	"refine/internal/atlassian"
	"refine/internal/worker"
	"refine/planner/ticket"
)

// The scopes of Confluence, by what they are for.
const (
	readPages     = "read:page:confluence"
	writePages    = "write:page:confluence"
	readSpaces    = "read:space:confluence"
	readPeople    = "read:user:confluence"
	readComments  = "read:comment:confluence"
	searchPages   = "search:confluence"
	writeLabels   = "write:confluence-content"
	readOurselves = "read:confluence-user"
)

// confluenceChecks are those of Confluence as a whole. It may be read once the
// last of them, mayRead, has not failed.
func (e *examination) confluenceChecks(jiraAddress, deployment, signedIn *check) (all []*check, mayRead *check) {
	var us account
	address := &check{id: "confluence.address", name: "Confluence address", after: []*check{jiraAddress, deployment}}
	address.run = func(ctx context.Context) (r result) {
		us, r = e.checkConfluenceAddress(ctx)
		return r
	}
	limit := &check{id: "confluence.rate_limit", name: "Confluence rate limit", needs: []*check{address}}
	limit.run = func(context.Context) result { return checkQuota(e.confluenceAPI) }
	mayRead = &check{id: "confluence.credentials", name: "Confluence credentials", needs: []*check{limit}, after: []*check{signedIn}}
	mayRead.run = func(context.Context) result { return e.checkConfluenceAccount(us, signedIn) }
	token := &check{id: "confluence.token", name: "Confluence token", needs: []*check{mayRead}}
	token.run = func(ctx context.Context) result { return checkEnd(ctx, e.confluenceAPI, e.confluenceAuth(), e.Now()) }
	all = []*check{address, limit, mayRead, token}
	if throughGateway(e.Confluence(true)) {
		all = append(all, &check{id: "confluence.scopes", name: "Confluence scopes", needs: []*check{limit}, run: e.checkConfluenceScopes})
	}
	return all, mayRead
}

// An account is whom a service takes us for, nobody if it has no name, or why it
// does not say.
type account struct {
	who     string
	refused error
}

func (e *examination) confluenceAuth() atlassian.Auth { return e.Confluence(true).Auth }

// onCloud is which deployment Confluence is taken for: as configured, else what Jira
// is, as a run takes it; where that is not known, as its address tells.
func (e *examination) onCloud() bool {
	switch o := e.Confluence(false); {
	case e.ConfluenceDeployment != "auto":
		return e.ConfluenceDeployment == "cloud"
	case e.server != nil:
		return e.server.Cloud
	case e.jiraAPI != nil && e.jiraAPI.Deployment() != "":
		return e.jiraAPI.Deployment() == "cloud"
	default:
		return o.Gateway != "" || strings.Contains(o.BaseURL, ".atlassian.net") || strings.HasSuffix(o.BaseURL, "/wiki")
	}
}

// checkConfluenceAddress asks whom the service takes us for: a refusal of the
// credentials shows as well that it is there.
func (e *examination) checkConfluenceAddress(ctx context.Context) (us account, r result) {
	cloud := e.onCloud()
	o := e.Confluence(cloud)
	o.MaxWait = patience
	if e.jiraAPI != nil {
		o.Beside(e.jiraAPI, "")
	}
	api, err := e.Connect(ctx, o)
	if err != nil {
		return us, failure(err, "check confluence.url")
	}
	e.confluenceAPI, e.pages = api, confluence.New(api, cloud)
	us.who, err = e.pages.Whoami(ctx)
	if us.refused = err; answers(err) {
		return us, ok("%s answers (%s)", strings.TrimRight(api.URL(""), "/"), deploymentOf(cloud))
	}
	r = failure(err, "check confluence.url")
	switch {
	case cloud && strings.HasSuffix(o.BaseURL, "/wiki"):
		r.try = "confluence.url has /wiki twice: once is enough"
	case atlassian.StatusOf(err) == http.StatusNotFound && e.answersAs(ctx, !cloud):
		r.try = fmt.Sprintf("a Confluence of the other kind answers there: set confluence.deployment to %s", deploymentOf(!cloud))
	case atlassian.StatusOf(err) == http.StatusNotFound:
		r.try = "check confluence.url and its context path: no API of Confluence is there"
	}
	return us, r
}

func (e *examination) answersAs(ctx context.Context, cloud bool) bool {
	o := e.Confluence(cloud)
	o.MaxWait = patience
	api, err := e.Connect(ctx, o)
	return err == nil && confluence.Answers(ctx, api, cloud)
}

// checkConfluenceAccount tells what became of the credentials. On Data Center each
// product issues tokens of its own, which are easily mixed up.
func (e *examination) checkConfluenceAccount(us account, signedIn *check) result {
	shared := e.confluenceAuth().Token.Reveal() == e.Jira.Auth.Token.Reveal()
	switch {
	case us.refused == nil && us.who == "":
		return failed("check confluence.auth: the token may have been revoked", "Confluence takes the requests for nobody's")
	case us.refused == nil:
		return ok("taken: %s", us.who)
	}
	r := blame(us.refused, readOurselves, "check confluence.auth")
	if e.confluenceAPI.Deployment() == "datacenter" && shared && signedIn.result.status == OK && atlassian.StatusOf(us.refused) == http.StatusUnauthorized {
		r.try = "Jira takes this token and Confluence does not: on Data Center each product issues its own; give Confluence's as confluence.auth.token (REFINE_CONFLUENCE_TOKEN)"
	}
	return r
}

func (e *examination) checkConfluenceScopes(ctx context.Context) result {
	return checkScopes(ctx, e.confluenceAPI, []scope{
		{readPages, "pages and their properties", ""}, {writePages, "publish, receipts", ""}, {readSpaces, "spaces", ""}, {readPeople, "who is mentioned", ""},
		{readComments, "what is decided in comments", ""},
		{searchPages, "the team's pages", "read:content-details:confluence"}, {writeLabels, "labels", "write:label:confluence"},
		{readOurselves, "whose pages are ours", "read:content-details:confluence"},
	})
}

// placeChecks are those of where a team's pages go.
func (e *examination) placeChecks(t worker.Team, mayRead *check) (all []*check) {
	var space *confluence.Space
	home := &check{id: "space", team: t.Name, name: "space", needs: []*check{mayRead}}
	home.run = func(ctx context.Context) (r result) {
		space, r = e.checkSpace(ctx, t.Space)
		return r
	}
	add := func(id, name string, run func(context.Context, confluence.Space) result) {
		all = append(all, &check{id: id, team: t.Name, name: name, needs: []*check{home}, run: func(ctx context.Context) result { return run(ctx, *space) }})
	}
	all = append(all, home)
	add("space.create", "permission to add pages", func(ctx context.Context, s confluence.Space) result { return e.checkCreate(ctx, s, t.Pictures) })
	if t.Parent != "" {
		add("page.parent", "parent page", func(ctx context.Context, s confluence.Space) result { return e.checkParent(ctx, s, t.Parent) })
	}
	add("page.latest", "the team's latest page", func(ctx context.Context, s confluence.Space) result { return e.checkLatest(ctx, s, t) })
	return all
}

func (e *examination) checkSpace(ctx context.Context, key string) (*confluence.Space, result) {
	space, err := e.pages.Space(ctx, key)
	switch {
	case err != nil:
		return nil, blame(err, readSpaces, "check confluence.space")
	case space == nil:
		return nil, failed("check the key (confluence.space, or page.space of the team), and that the account may view the space", "there is no space %s, or the account may not see it", key)
	}
	return space, ok("%s is there", space.Key)
}

// checkCreate also asks for attachments where the pages show pictures, without which a
// publish does.
func (e *examination) checkCreate(ctx context.Context, s confluence.Space, pictures bool) result {
	lacking, told, err := e.pages.MayNotAdd(ctx, s, confluence.Pages, confluence.Attachments)
	switch {
	case err != nil:
		return blame(err, readSpaces, "check confluence.auth")
	case !told:
		return skipped("Data Center tells only a space's administrators: it shows when the first page is published")
	case slices.Contains(lacking, confluence.Pages):
		return failed("have an administrator of the space give the account “Add pages”", "the account may not add pages to %s", s.Key)
	case pictures && slices.Contains(lacking, confluence.Attachments):
		return warning("have an administrator of the space give the account “Add attachments”, or set page.pictures of the team to false",
			"given in %s, but not to add attachments: the pages will have no pictures", s.Key)
	}
	return ok("given in %s", s.Key)
}

func (e *examination) checkParent(ctx context.Context, s confluence.Space, name string) result {
	page, err := (&worker.Worker{Pages: e.pages}).NamedPage(ctx, s, name)
	const try = "make the page, or set page.parent of the team to the title, else the id, of one in the space"
	switch {
	case err != nil:
		return blame(err, readPages, try)
	case page == nil:
		return failed(try, "there is no page “%s” in %s, or the account may not see it", name, s.Key)
	case page.Status != "" && page.Status != "current":
		return failed("restore it, or set page.parent of the team to another", "the page “%s” is %s: %s", name, page.Status, page.URL)
	}
	return ok("“%s” is there", page.Title)
}

// checkLatest looks at the page that the team's last or next session has: people
// may have turned it into something that cannot be read.
func (e *examination) checkLatest(ctx context.Context, s confluence.Space, t worker.Team) result {
	listed, err := e.pages.PagesByLabel(ctx, s.Key, []string{ticket.TeamLabel(e.Owner, t.Name)}, "")
	if err != nil {
		return blame(err, searchPages, "check confluence.auth")
	}
	for _, f := range listed {
		if f.Archived() {
			continue
		}
		page, err := e.pages.Page(ctx, f.ID)
		if err != nil {
			return blame(err, readPages, "check confluence.auth")
		}
		if page != nil && page.Property != nil && page.Status != "trashed" {
			return e.judgeLatest(ctx, page)
		}
	}
	return ok("none yet")
}

func (e *examination) judgeLatest(ctx context.Context, page *confluence.Page) result {
	live, err := e.pages.Live(ctx, page.ID)
	switch {
	case err != nil:
		return blame(err, readPages, "check confluence.auth")
	case !page.Property.State.Stands(page.Body):
		return failed("open it: if people see the session there it is a live document, so turn it into a page; if not, restore an earlier version from its history",
			"“%s” cannot be read: nothing of the session stands in it: %s", page.Title, page.URL)
	case live:
		return warning("turn it into a page", "“%s” is a live document, whose text a sync may not see: %s", page.Title, page.URL)
	}
	return ok("“%s” can be read", page.Title)
}
