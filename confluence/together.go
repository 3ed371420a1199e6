package confluence

import (
	"context"
	"slices"
	"strings"
)

// mostTogether is how many pages, with their bodies, one request reads. The
// longest answers are then a few megabytes.
const mostTogether = 25

// A Seen page is one of several that were read together.
type Seen struct {
	Page *Page
	Err  error // why the property is no state of ours; the page is whole but for it
}

// Together reads several pages, with body and property, in one request for each 25
// of them. Those that are gone, or that this account cannot see, are missing, and so
// may be a page that was made a moment ago: which pages there are is the search
// index's to say, what stands on them is not. Whoever is about to write reads the
// page by itself.
func (c *Client) Together(ctx context.Context, ids []string) (map[string]Seen, error) {
	seen := map[string]Seen{}
	for chunk := range slices.Chunk(ids, mostTogether) {
		var answer struct {
			Results []content `json:"results"`
			Links   struct {
				Base string `json:"base"`
			} `json:"_links"`
		}
		cql := "type = page AND id in (" + strings.Join(chunk, ", ") + ")"
		if err := c.search(ctx, cql, mostTogether, contentExpand, &answer); err != nil {
			return nil, wrap(err, "reading %d pages together", len(chunk))
		}
		for _, r := range answer.Results[:min(len(answer.Results), mostTogether)] {
			page := r.page(c.link(r.ID, answer.Links.Base), told(c.api, answer.Links.Base))
			var err error
			page.Property, _, err = r.property()
			seen[page.ID] = Seen{page, err}
		}
	}
	return seen, nil
}
