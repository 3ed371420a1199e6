package confluence

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"refine/confluence/draw"
	"refine/internal/atlassian"
	"refine/planner/picture"
)

// A Drawing is a picture that a page shows.
type Drawing struct {
	picture.Picture
	Region string // that shows it
	Print  string // identifies what it shows, and how it is drawn
}

// A Drawn picture is one that the page has as an attachment.
type Drawn struct {
	Print string `json:"p"`
	ID    string `json:"id,omitempty"` // of the attachment, where the service told it
}

// An Attachment is a page's file as it stands.
type Attachment struct{ ID, Comment string }

// Shows reports whether the attachment is that drawing.
func (a Attachment) Shows(d Drawing) bool { return a.Comment == drawnBy(d.Print) }

// drawnBy is the comment on our pictures, which goes with the file. By it a picture
// is known whose upload was not answered.
func drawnBy(print string) string { return "Drawn by refine, " + print }

// Attach draws a picture and gives it to a page, as the next version of the
// attachment of its name if there is one. known is that attachment's id, empty if it
// is not known. Nobody is notified. It returns the id, empty if it was not told.
func (c *Client) Attach(ctx context.Context, pageID, known string, d Drawing) (id string, err error) {
	file, err := d.file()
	if err != nil {
		return "", err
	}
	id, err = c.attach(ctx, pageID, known, file)
	return id, wrap(err, "attaching %s to the page %s", d.File(), pageID)
}

// AttachAll draws pictures and gives them to a page that has none of their names, in
// one request. It returns their ids by their names, as far as they were told. Of an
// error nobody can say which of them it is about, or which are there all the same.
func (c *Client) AttachAll(ctx context.Context, pageID string, drawings []Drawing) (ids map[string]string, err error) {
	files, names := make([]atlassian.File, len(drawings)), make([]string, len(drawings))
	for i, d := range drawings {
		if files[i], err = d.file(); err != nil {
			return nil, err
		}
		names[i] = d.File()
	}
	var answer uploaded
	if err := c.attachNew(ctx, pageID, &answer, files); err != nil {
		return nil, wrap(err, "attaching %s to the page %s", strings.Join(names, ", "), pageID)
	}
	ids = map[string]string{}
	for _, r := range answer.Results {
		ids[r.Title] = r.ID
	}
	return ids, nil
}

// file draws the picture.
func (d Drawing) file() (atlassian.File, error) {
	data, err := draw.PNG(d.Picture)
	return atlassian.File{Name: d.File(), Type: "image/png", Data: data, Comment: drawnBy(d.Print)}, err
}

// Attachment looks for a page's file of that name; nil if there is none.
func (c *Client) Attachment(ctx context.Context, pageID, file string) (*Attachment, error) {
	a, err := c.attachment(ctx, pageID, file)
	return a, wrap(err, "looking for %s on the page %s", file, pageID)
}

// uploaded is the answer to new files.
type uploaded struct {
	Results []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	} `json:"results"`
}

// id is that of the first attachment, empty if it was not told.
func (u uploaded) id() string {
	if len(u.Results) == 0 {
		return ""
	}
	return u.Results[0].ID
}

// attach creates or updates by the file's name, in one call.
func (c cloudEdition) attach(ctx context.Context, pageID, _ string, f atlassian.File) (string, error) {
	var answer uploaded
	err := c.attachNew(ctx, pageID, &answer, []atlassian.File{f})
	return answer.id(), err
}

func (c cloudEdition) attachNew(ctx context.Context, pageID string, answer *uploaded, files []atlassian.File) error {
	return c.api.Upload(ctx, http.MethodPut, c.v1()+"/content/"+url.PathEscape(pageID)+"/child/attachment", answer, files...)
}

func (c cloudEdition) attachment(ctx context.Context, pageID, file string) (*Attachment, error) {
	var answer struct {
		Results []struct {
			ID      string `json:"id"`
			Title   string `json:"title"`
			Comment string `json:"comment"`
		} `json:"results"`
	}
	err := c.api.JSON(ctx, http.MethodGet, c.path(pageID)+"/attachments", url.Values{"filename": {file}}, nil, &answer)
	if err != nil {
		return nil, err
	}
	for _, a := range answer.Results {
		if a.Title == file {
			return &Attachment{a.ID, a.Comment}, nil
		}
	}
	return nil, nil
}

// attach creates an attachment, or gives the one that is known its next version:
// here these are two calls, and the first refuses a name that is taken.
func (d dataCenter) attach(ctx context.Context, pageID, known string, f atlassian.File) (string, error) {
	all := d.path(pageID) + "/child/attachment"
	if known != "" {
		err := d.api.Upload(ctx, http.MethodPost, all+"/"+url.PathEscape(known)+"/data", nil, f)
		if atlassian.StatusOf(err) != http.StatusNotFound {
			return known, err
		}
	}
	var answer uploaded
	err := d.attachNew(ctx, pageID, &answer, []atlassian.File{f})
	if e, refused := errors.AsType[*atlassian.APIError](err); refused && e.Status == http.StatusBadRequest && known == "" && strings.Contains(e.Error(), "same file name") {
		a, lookup := d.attachment(ctx, pageID, f.Name)
		if lookup != nil || a == nil {
			return "", cmp.Or(lookup, err)
		}
		return a.ID, d.api.Upload(ctx, http.MethodPost, all+"/"+url.PathEscape(a.ID)+"/data", nil, f)
	}
	return answer.id(), err
}

func (d dataCenter) attachNew(ctx context.Context, pageID string, answer *uploaded, files []atlassian.File) error {
	return d.api.Upload(ctx, http.MethodPost, d.path(pageID)+"/child/attachment", answer, files...)
}

func (d dataCenter) attachment(ctx context.Context, pageID, file string) (*Attachment, error) {
	type said struct {
		Comment string `json:"comment"`
	}
	var answer struct {
		Results []struct {
			ID         string `json:"id"`
			Title      string `json:"title"`
			Metadata   said   `json:"metadata"`
			Extensions said   `json:"extensions"` // where later versions say it
		} `json:"results"`
	}
	query := url.Values{"filename": {file}, "expand": {"metadata,extensions"}}
	if err := d.api.JSON(ctx, http.MethodGet, d.path(pageID)+"/child/attachment", query, nil, &answer); err != nil {
		return nil, err
	}
	for _, a := range answer.Results {
		if a.Title == file {
			return &Attachment{a.ID, cmp.Or(a.Metadata.Comment, a.Extensions.Comment)}, nil
		}
	}
	return nil, nil
}
