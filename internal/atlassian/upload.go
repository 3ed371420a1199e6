package atlassian

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
)

// A File is what [Client.Upload] sends.
type File struct {
	Name string // as people see it
	Type string // MIME, "image/png"
	Data []byte
	// Comment goes with the file, for people and to know it by.
	Comment string
}

// Upload sends files as one form, without telling anybody who watches, and decodes
// the answer into out, nil to ignore it. The comments stand in the order of the files,
// by which the services tell whose they are. The path is escaped already. The services
// take no form from a program that does not say that it is none of a browser's:
// hence the header.
func (c *Client) Upload(ctx context.Context, method, path string, out any, files ...File) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	type part struct {
		name, file, kind string
		data             []byte
	}
	const text = "text/plain; charset=utf-8"
	var parts []part
	for _, f := range files {
		parts = append(parts, part{"file", f.Name, f.Type, f.Data})
	}
	for _, f := range files {
		parts = append(parts, part{"comment", "", text, []byte(f.Comment)})
	}
	for _, part := range append(parts, part{"minorEdit", "", text, []byte("true")}) {
		params := map[string]string{"name": part.name}
		if part.file != "" {
			params["filename"] = part.file
		}
		header := textproto.MIMEHeader{}
		header.Set("Content-Disposition", mime.FormatMediaType("form-data", params))
		header.Set("Content-Type", part.kind)
		w, err := form.CreatePart(header)
		if err == nil {
			_, err = w.Write(part.data)
		}
		if err != nil {
			return fmt.Errorf("writing the form of %s %s: %w", method, path, err)
		}
	}
	if err := form.Close(); err != nil {
		return fmt.Errorf("writing the form of %s %s: %w", method, path, err)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.URL(path), bytes.NewReader(body.Bytes()))
	if err != nil {
		return fmt.Errorf("%s: %s is not a path", c.product, path)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	req.Header.Set("X-Atlassian-Token", "no-check")
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return c.Decode(req, resp, out)
}
