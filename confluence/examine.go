package confluence

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"refine/internal/atlassian"
)

// What follows asks one thing at a time and writes nothing, so that a person can
// be told which of them is wrong.

// Whoami names the account that the credentials belong to, for people; empty if
// the service takes the requests for nobody's.
func (c *Client) Whoami(ctx context.Context) (string, error) {
	var me struct {
		Type      string `json:"type"`
		Display   string `json:"displayName"`
		Email     string `json:"email"`
		Username  string `json:"username"`
		AccountID string `json:"accountId"`
	}
	if err := c.api.JSON(ctx, http.MethodGet, c.v1()+"/user/current", nil, nil, &me); err != nil {
		return "", wrap(err, "asking which account this is")
	}
	handle := cmp.Or(me.Email, me.Username)
	switch {
	case me.Type == "anonymous":
		return "", nil
	case handle != "":
		return fmt.Sprintf("%s (%s)", me.Display, handle), nil
	}
	return cmp.Or(me.Display, me.AccountID), nil
}

// What an account may be kept from adding to a space, as Cloud calls it.
const (
	Pages       = "page"
	Attachments = "attachment"
)

// MayNotAdd returns which of these the account may not add to the space. told is
// false where the service tells that to nobody but the space's administrators, as
// Data Center.
func (c *Client) MayNotAdd(ctx context.Context, s Space, what ...string) (lacking []string, told bool, err error) {
	lacking, told, err = c.mayNotAdd(ctx, s, what)
	return lacking, told, wrap(err, "asking what the account may do in %s", s.Key)
}

type operations struct {
	Operations []operation `json:"operations"`
}

type operation struct {
	Operation  string `json:"operation"`
	TargetType string `json:"targetType"`
}

func (c cloudEdition) mayNotAdd(ctx context.Context, s Space, what []string) (lacking []string, told bool, err error) {
	var answer operations
	if err := c.api.JSON(ctx, http.MethodGet, cloudV2+"/spaces/"+url.PathEscape(s.ID)+"/operations", nil, nil, &answer); err != nil {
		return nil, false, err
	}
	for _, target := range what {
		if !slices.Contains(answer.Operations, operation{"create", target}) {
			lacking = append(lacking, target)
		}
	}
	return lacking, true, nil
}

func (dataCenter) mayNotAdd(context.Context, Space, []string) (lacking []string, told bool, err error) {
	return nil, false, nil
}

// Live reports whether a page is a live document, which has no version that people
// publish and may answer an empty body. Only Cloud has them.
func (c *Client) Live(ctx context.Context, pageID string) (bool, error) {
	live, err := c.live(ctx, pageID)
	return live, wrap(err, "asking what kind of page %s is", pageID)
}

func (c cloudEdition) live(ctx context.Context, id string) (bool, error) {
	var answer struct {
		Results []struct {
			Subtype string `json:"subtype"`
		} `json:"results"`
	}
	err := c.api.JSON(ctx, http.MethodGet, cloudV2+"/pages", url.Values{"id": {id}}, nil, &answer)
	return err == nil && len(answer.Results) > 0 && answer.Results[0].Subtype == "live", err
}

func (dataCenter) live(context.Context, string) (bool, error) { return false, nil }

// Answers reports whether a Confluence of the given kind answers at the address,
// whomever it takes us for: it tells a wrong deployment from a wrong address.
func Answers(ctx context.Context, api *atlassian.Client, cloud bool) bool {
	err := api.JSON(ctx, http.MethodGet, New(api, cloud).v1()+"/user/current", nil, nil, nil)
	return err == nil || atlassian.Unauthenticated(err)
}
