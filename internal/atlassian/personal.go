package atlassian

import (
	"context"
	"net/http"
	"time"
)

// A PersonalToken is one of an account's personal access tokens of Data Center.
type PersonalToken struct {
	Name string
	Ends time.Time // zero: never
}

// PersonalTokens lists those of the account that we act as, which both products
// of Data Center tell who logs in with one of them; they do not say with which.
// Source: "Using personal access tokens" of Atlassian's manual.
func (c *Client) PersonalTokens(ctx context.Context) ([]PersonalToken, error) {
	var listed []struct {
		Name string `json:"name"`
		Ends string `json:"expiringAt"`
	}
	if err := c.JSON(ctx, http.MethodGet, "/rest/pat/latest/tokens", nil, nil, &listed); err != nil {
		return nil, err
	}
	tokens := make([]PersonalToken, len(listed))
	for i, t := range listed {
		tokens[i].Name = t.Name
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05.000-0700", "2006-01-02T15:04:05-0700"} {
			if ends, err := time.Parse(layout, t.Ends); err == nil {
				tokens[i].Ends = ends
			}
		}
	}
	return tokens, nil
}
