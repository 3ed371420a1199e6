package jira

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"refine/planner/outcome"
)

// Screens asks what each ticket takes of what shall be set on it: a request for its
// fields, one for its transitions and one for what a passage or a board's field holds,
// and for all of them one for the types of links, two for a board's estimation, one for
// the backlog by rank and one for each project in which something is ranked, each only
// where it matters.
func (c *Client) Screens(ctx context.Context, looks []outcome.Look) (map[string]outcome.Screen, error) {
	if err := c.Learn(ctx); err != nil {
		return nil, err
	}
	ask := asked{
		blocks:     sync.OnceValues(func() (outcome.SiteField, error) { return c.blocks(ctx) }),
		estimation: onceEach(func(board string) (estimation, error) { return c.estimation(ctx, board) }),
		ranking:    sync.OnceValues(func() (*outcome.Ranking, error) { return c.ranks(ctx, looks) }),
		mayNotRank: onceEach(func(project string) ([]Permission, error) { return c.Lacks(ctx, project, ScheduleIssues) }),
	}
	var mu sync.Mutex
	out := map[string]outcome.Screen{}
	err := c.parallel(ctx, len(looks), func(ctx context.Context, n int) error {
		s, err := c.screen(ctx, looks[n], ask)
		if err != nil {
			return fmt.Errorf("asking what may be set on %s: %w", looks[n].Issue, err)
		}
		mu.Lock()
		defer mu.Unlock()
		out[looks[n].Issue] = s
		return nil
	})
	return out, err
}

// asked is what is looked up once for all tickets.
type asked struct {
	blocks     func() (outcome.SiteField, error)
	estimation func(board string) (estimation, error)
	ranking    func() (*outcome.Ranking, error)
	mayNotRank func(project string) ([]Permission, error)
}

// onceEach asks about each name once, whoever is the first to.
func onceEach[V any](ask func(name string) (V, error)) func(name string) (V, error) {
	var mu sync.Mutex
	known := map[string]func() (V, error){}
	return func(name string) (V, error) {
		mu.Lock()
		answer, asked := known[name]
		if !asked {
			answer = sync.OnceValues(func() (V, error) { return ask(name) })
			known[name] = answer
		}
		mu.Unlock()
		return answer()
	}
}

func (c *Client) screen(ctx context.Context, look outcome.Look, ask asked) (s outcome.Screen, err error) {
	if err := checkKey(look.Issue); err != nil {
		return s, err
	}
	if slices.Contains(look.Fields, outcome.StatusField) {
		if s.Transitions, err = c.transitions(ctx, look.Issue); err != nil {
			return s, err
		}
	}
	s.Fields = map[outcome.Field]outcome.SiteField{}
	if slices.Contains(look.Fields, outcome.BlockerField) {
		if s.Fields[outcome.BlockerField], err = ask.blocks(); err != nil {
			return s, err
		}
	}
	if slices.Contains(look.Fields, outcome.RankField) {
		if s.Fields[outcome.RankField], err = c.rankable(ctx, look.Issue, ask.mayNotRank); err != nil {
			return s, err
		}
		if s.Fields[outcome.RankField].Missing == "" {
			if s.Ranking, err = ask.ranking(); err != nil {
				return s, err
			}
		}
	}
	onScreen := slices.DeleteFunc(slices.Clone(look.Fields), offScreen)
	if len(onScreen) == 0 {
		return s, nil
	}
	return s, c.onScreen(ctx, look, onScreen, s.Fields, ask)
}

// offScreen reports whether a field is set by other means than an edit of the issue.
func offScreen(f outcome.Field) bool {
	return f == outcome.StatusField || f == outcome.BlockerField || f == outcome.RankField
}

// onScreen finds what can be set among the fields of the issue's edit screen.
func (c *Client) onScreen(ctx context.Context, look outcome.Look, fields []outcome.Field, into map[outcome.Field]outcome.SiteField, ask asked) error {
	var meta struct {
		Fields map[string]fieldMeta `json:"fields"`
	}
	if err := c.call(ctx, http.MethodGet, issuePath(look.Issue)+"/editmeta", nil, &meta); err != nil {
		return err
	}
	for _, f := range fields {
		if f == outcome.EstimateField && look.Board != "" {
			field, err := c.boardField(ctx, look, meta.Fields, ask)
			if err != nil {
				return err
			}
			into[f] = field
			continue
		}
		field := c.siteField(f, meta.Fields)
		if field.Missing == "" && (f == outcome.CriteriaField || f == outcome.DescriptionField) {
			text, err := c.site.richText(ctx, look.Issue, field.ID)
			if err != nil {
				return err
			}
			field.Lines = text.lines(look.Heading)
		}
		into[f] = field
	}
	return nil
}

// fieldMeta is what the site says of a field that can be set on an issue.
type fieldMeta struct {
	Name       string   `json:"name"`
	Required   bool     `json:"required"`
	HasDefault bool     `json:"hasDefaultValue"`
	Operations []string `json:"operations"`
	Schema     struct {
		Type string `json:"type"`
	} `json:"schema"`
	Allowed []struct {
		Value string `json:"value"`
		Name  string `json:"name"`
	} `json:"allowedValues"`
}

// siteField is the one field of those that can be set which a meaning has here.
func (c *Client) siteField(f outcome.Field, editable map[string]fieldMeta) outcome.SiteField {
	const offScreen = "the field %s is not on the edit screen of this issue, or this account may not edit it"
	if id := systemFields[f]; id != "" {
		if _, ok := editable[id]; !ok {
			return outcome.SiteField{Missing: fmt.Sprintf(offScreen, id)}
		}
		return outcome.SiteField{ID: id}
	}
	var found []field
	known := c.fields()[meanings[f]]
	for _, k := range known {
		if _, ok := editable[k.ID]; ok {
			found = append(found, k)
		}
	}
	switch {
	case len(known) == 0:
		return outcome.SiteField{Missing: fmt.Sprintf("the site has no field for the %s; if it has another name, configure it as field %s", f, meanings[f])}
	case len(found) == 0:
		return outcome.SiteField{Missing: fmt.Sprintf(offScreen, known[0])}
	case len(found) > 1:
		return outcome.SiteField{Missing: fmt.Sprintf("the issue has several fields for the %s, configure one as field %s: %s", f, meanings[f], names(found))}
	}
	return editable[found[0].ID].siteField(f, found[0])
}

// siteField says what a field takes.
func (m fieldMeta) siteField(is outcome.Field, f field) outcome.SiteField {
	s := outcome.SiteField{ID: f.ID, Kind: m.Schema.Type}
	for _, a := range m.Allowed {
		s.Options = append(s.Options, cmp.Or(a.Value, a.Name))
	}
	switch {
	case is == outcome.CriteriaField && !strings.HasSuffix(f.Schema.Custom, ":textarea"):
		s.Missing = fmt.Sprintf("the field %s holds no text of several lines", f)
	case is == outcome.FlagField, s.Kind == "number", s.Kind == "string", s.Kind == "option":
	default:
		s.Missing = fmt.Sprintf("the field %s holds %s, which this program does not set", f, cmp.Or(s.Kind, "something else"))
	}
	return s
}

// meanings are what a field that a sync sets is called among the client's fields.
var meanings = map[outcome.Field]string{outcome.FlagField: flagged, outcome.EstimateField: storyPoints, outcome.CriteriaField: acceptanceCriteria}

// systemFields are those that every site has, by their ids.
var systemFields = map[outcome.Field]string{outcome.LabelField: "labels", outcome.DescriptionField: "description"}

// transitions are the steps that can be taken from where an issue stands.
func (c *Client) transitions(ctx context.Context, key string) (out []outcome.Transition, err error) {
	var list struct {
		Transitions []struct {
			ID     string               `json:"id"`
			Name   string               `json:"name"`
			To     status               `json:"to"`
			Fields map[string]fieldMeta `json:"fields"`
		} `json:"transitions"`
	}
	path := issuePath(key) + "/transitions?expand=transitions.fields"
	if err := c.call(ctx, http.MethodGet, path, nil, &list); err != nil {
		return nil, err
	}
	for _, t := range list.Transitions {
		var needs []string
		for _, f := range t.Fields {
			if f.Required && !f.HasDefault {
				needs = append(needs, f.Name)
			}
		}
		slices.Sort(needs)
		out = append(out, outcome.Transition{ID: t.ID, Name: t.Name, To: t.To.Name, Category: t.To.category(), Needs: needs})
	}
	return out, nil
}
