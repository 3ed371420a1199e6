package config

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"refine/internal/lazyregexp"
)

// FieldNames are the fields that a site may call otherwise than usual.
var FieldNames = []string{
	"acceptance_criteria", "business_value", "epic_link", "flagged", "job_size", "rank", "risk_reduction", "sprint", "story_points",
	"time_criticality",
}

// ownerPattern keeps the owner usable in a link's id and readable in a mark.
var ownerPattern = lazyregexp.New(`^[A-Za-z0-9._-]{1,64}$`)

// validate reports every fault of the values as they were given, before any
// default is filled in: an empty one is wrong only where nothing can stand for it.
func (c *Config) validate() []fault {
	var faults []fault
	if !ownerPattern.MatchString(c.Owner) {
		faults = append(faults, about("owner", "must be 1 to 64 letters, digits, dots, dashes or underscores"))
	}
	faults = append(faults, c.Jira.validate()...)
	faults = append(faults, c.validateConfluence()...)
	faults = append(faults, c.HTTP.validate()...)
	faults = append(faults, c.Model.validate()...)
	faults = append(faults, c.Health.validate()...)
	faults = append(faults, c.validateServe()...)
	return append(faults, c.validateTeams()...)
}

// validateTeams reports the faults of what needs no service.
func (c *Config) validateTeams() []fault {
	faults := validateFields(c.Fields)
	for i, t := range c.Teams {
		faults = append(faults, t.validate(fmt.Sprintf("teams[%d]", i))...)
	}
	return append(faults, c.validateNames()...)
}

func (j Jira) validate() []fault {
	faults := validateURL("jira.url", j.URL)
	if j.URL == "" {
		faults = append(faults, missing("jira.url"))
	}
	faults = append(faults, oneOf("jira.deployment", j.Deployment, Auto, Cloud, DataCenter)...)
	return append(faults, j.Auth.validate("jira.auth", j.URL, j.Deployment)...)
}

func (c *Config) validateConfluence() []fault {
	w := c.Confluence
	faults := validateURL("confluence.url", w.URL)
	if w.URL == "" && cloudConfluence(trimSlash(c.Jira.URL)) == "" {
		faults = append(faults, missing("confluence.url"))
	}
	faults = append(faults, oneOf("confluence.deployment", w.Deployment, Auto, Cloud, DataCenter)...)
	if w.Auth != (Auth{}) {
		faults = append(faults, w.Auth.validate("confluence.auth", w.URL, w.Deployment)...)
	}
	faults = append(faults, seen("confluence.space", w.Space)...)
	if w.Space == "" && (len(c.Teams) == 0 || slices.ContainsFunc(c.Teams, withoutSpace)) {
		faults = append(faults, missing("confluence.space"))
	}
	return faults
}

func withoutSpace(t Team) bool { return t.Page.Space == "" }

// validate checks credentials for a site's address. One of Cloud takes API tokens
// only together with an e-mail address.
func (a Auth) validate(key, address, deployment string) []fault {
	faults := oneOf(key+".type", a.Type, "", Basic, Scoped, Bearer, OAuth2)
	if a.User == "" && (slices.Contains([]string{Basic, Scoped, OAuth2}, a.Type) || a.Type == "" && hosted(address)) {
		faults = append(faults, missing(key+".user"))
	}
	if a.Type == Scoped && deployment == DataCenter {
		faults = append(faults, about(key+".type", "scoped is of Atlassian Cloud alone: a personal access token of Data Center is bearer"))
	}
	faults = append(faults, validateURL(key+".token_url", a.TokenURL)...)
	if a.Type != OAuth2 && (a.TokenURL != "" || a.Scope != "") {
		faults = append(faults, about(key, "token_url and scope are for type oauth2"))
	}
	faults = append(faults, seen(key+".user", a.User)...)
	if a.secret().ways() == 0 {
		faults = append(faults, missing(key+".token"))
	}
	return append(faults, a.secret().validateOnce(key)...)
}

// validate wants of a model that is to be asked all that asking needs.
func (m Model) validate() []fault {
	faults := oneOf("model.provider", m.Provider, NoModel, OpenAI, Anthropic)
	faults = append(faults, validateURL("model.base_url", m.BaseURL)...)
	faults = append(faults, m.secret().validateOnce("model")...)
	if len(m.Model) > 100 || strings.ContainsFunc(m.Model, unicode.IsControl) {
		faults = append(faults, about("model.model", "must be the name of a model, of at most 100 characters"))
	}
	if m.Provider != OpenAI && m.Provider != Anthropic {
		return faults
	}
	if strings.TrimSpace(m.Model) == "" {
		faults = append(faults, missing("model.model"))
	}
	if m.secret().ways() == 0 {
		faults = append(faults, missing("model.key"))
	}
	return faults
}

func (h HTTP) validate() []fault {
	var faults []fault
	if h.ClientCert != "" && h.ClientKey == "" {
		faults = append(faults, about("http.client_key", "missing: a client certificate needs its key"))
	}
	if h.ClientKey != "" && h.ClientCert == "" {
		faults = append(faults, about("http.client_cert", "missing: a client key needs its certificate"))
	}
	faults = append(faults, validateURL("http.gateway", h.Gateway)...)
	if h.Proxy == "" {
		return faults
	}
	u, err := url.Parse(h.Proxy)
	if err != nil || u.Host == "" || !slices.Contains([]string{"http", "https", "socks5"}, u.Scheme) {
		faults = append(faults, about("http.proxy", "must be an address such as http://proxy.example:3128"))
	}
	return faults
}

func validateFields(fields []Field) []fault {
	var faults []fault
	for i, f := range fields {
		key := fmt.Sprintf("fields[%d]", i)
		if !slices.Contains(FieldNames, f.Name) {
			faults = append(faults, about(key+".name", "must be one of %s", strings.Join(FieldNames, ", ")))
		}
		if f.Field == "" {
			faults = append(faults, about(key+".field", "missing: what does the site call it?"))
		}
		if slices.ContainsFunc(fields[:i], func(g Field) bool { return g.Name == f.Name }) {
			faults = append(faults, about(key, "a second entry for %s", f.Name))
		}
	}
	return faults
}

// validateNames checks that a name leads to one team.
func (c *Config) validateNames() []fault {
	var faults []fault
	names := c.teamNames()
	for i, name := range names {
		key := fmt.Sprintf("teams[%d].name", i)
		if strings.TrimSpace(name) == "" {
			faults = append(faults, about(key, "missing"))
		} else if slices.Contains(names[:i], name) {
			faults = append(faults, about(key, "a second team named %s", name))
		}
	}
	return faults
}

func (t Team) validate(key string) []fault {
	faults := seen(key+".page.space", t.Page.Space)
	if t.Backlog.Limit > 500 {
		faults = append(faults, about(key+".backlog.limit", "must be 1 to 500"))
	}
	faults = append(faults, t.Session.validate(key+".session")...)
	faults = append(faults, t.Schedule.validate(key+".schedule")...)
	faults = append(faults, t.Ready.validate(key+".ready")...)
	faults = append(faults, t.Sync.validate(key+".sync")...)
	faults = append(faults, validateNotify(key+".notify", t.Notify)...)
	if a, b := t.Session.Timezone, t.Schedule.Timezone; a != "" && b != "" && a != b {
		faults = append(faults, about(key+".schedule.timezone", "differs from the session's, %s", a))
	}
	return faults
}

func (s Session) validate(key string) []fault {
	faults := oneOf(key+".format", s.Format, "", "guide", "popm", "weekly")
	if s.Format != "" && s.GuideFile != "" {
		faults = append(faults, about(key+".guide_file", "beside a format: a guide of your own is one"))
	}
	faults = append(faults, s.Estimation.validate(key+".estimation")...)
	for i, o := range s.Objectives {
		faults = append(faults, o.validate(fmt.Sprintf("%s.objectives[%d]", key, i))...)
	}
	d := s.Duration
	if s.Format == "weekly" && d != 0 && (d < 30*time.Minute || d > 45*time.Minute) {
		faults = append(faults, about(key+".duration", "must be 30m to 45m for weekly; format guide takes longer ones"))
	}
	if d != 0 && (d < 15*time.Minute || d > 8*time.Hour || d%time.Minute != 0) {
		faults = append(faults, about(key+".duration", "must be whole minutes, from 15m to 8h"))
	}
	if _, err := time.Parse(clockLayout, s.Start); s.Start != "" && err != nil {
		faults = append(faults, about(key+".start", "must be a clock time such as 10:00"))
	}
	return append(faults, validateZone(key, s.Timezone)...)
}

func (e Estimation) validate(key string) []fault {
	faults := append(oneOf(key+".scale", e.Scale, "", "points", "t-shirt"), validateURL(key+".poker_url", e.PokerURL)...)
	for i, s := range e.Sizes {
		at := fmt.Sprintf("%s.sizes[%d]", key, i)
		switch _, err := strconv.ParseFloat(s.Name, 64); {
		case strings.TrimSpace(s.Name) == "":
			faults = append(faults, about(at+".name", "missing"))
		case slices.ContainsFunc(e.Sizes[:i], func(o Size) bool { return o.Name == s.Name }):
			faults = append(faults, about(at+".name", "a second size named %s", s.Name))
		case e.Scale != "t-shirt" && s.Points == 0 && err != nil:
			faults = append(faults, about(at+".points", "missing: the name %s is no number", s.Name))
		}
	}
	return faults
}

func (o Objective) validate(key string) []fault {
	text, page := strings.TrimSpace(o.Text) != "", strings.TrimSpace(o.Page) != ""
	switch {
	case text && page:
		return []fault{about(key, "both text and page")}
	case !text && !page:
		return []fault{about(key, "neither text nor page: what is the objective?")}
	case page && o.ID != "":
		return []fault{about(key+".id", "beside a page, whose list has several objectives")}
	}
	return nil
}

func validateZone(key, name string) []fault {
	if _, err := time.LoadLocation(name); err != nil || name == "Local" {
		return []fault{about(key+".timezone", "unknown time zone %q; one is Europe/Berlin", name)}
	}
	return nil
}

// validateURL does not quote the address: a password may stand in it.
func validateURL(key, address string) []fault {
	if address == "" {
		return nil
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return []fault{about(key, "must be an address such as https://acme.atlassian.net")}
	case u.User != nil:
		return []fault{about(key, "has credentials in it: they belong into auth")}
	case u.RawQuery != "" || u.Fragment != "":
		return []fault{about(key, "must end with the path: no ? and no #")}
	}
	return nil
}

// seen wants a name that a service knows to be free of what people do not see:
// the service would only say that it does not know it.
func seen(key, name string) []fault {
	if r := unseenIn(name); r != "" {
		return []fault{about(key, "has an invisible character in it, %s: type it anew", r)}
	}
	return nil
}

func hosted(address string) bool {
	u, err := url.Parse(address)
	return err == nil && atlassianHosted(u)
}

func oneOf(key, value string, allowed ...string) []fault {
	if slices.Contains(allowed, value) {
		return nil
	}
	names := slices.DeleteFunc(allowed, func(s string) bool { return s == "" })
	return []fault{about(key, "must be %s", strings.Join(names, " or "))}
}

// missing names every way to give a key that has to be given.
func missing(key string) fault {
	var names []string
	for _, v := range Variables() {
		if v.Key == key {
			names = append(names, v.Name)
		}
	}
	return about(key, "missing; as environment: %s", names[len(names)-1])
}
