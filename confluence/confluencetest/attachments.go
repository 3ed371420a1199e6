package confluencetest

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// An attachment is a file of a page, with all its versions.
type attachment struct {
	id, name string
	versions []fileVersion
}

type fileVersion struct {
	number         int
	media, comment string
	data           []byte
	minor          bool
	when           time.Time
	by             *User
}

func (a *attachment) current() *fileVersion { return &a.versions[len(a.versions)-1] }

func (p *page) attachment(match func(*attachment) bool) *attachment {
	if i := slices.IndexFunc(p.attachments, match); i >= 0 {
		return p.attachments[i]
	}
	return nil
}

func (p *page) attachmentNamed(name string) *attachment {
	return p.attachment(func(a *attachment) bool { return a.name == name })
}

// copied are the attachments as a copy of their page has them: with ids of their
// own and without what was before.
func (t *site) copied(all []*attachment) (copies []*attachment) {
	for _, a := range all {
		v := *a.current()
		v.number = 1
		copies = append(copies, &attachment{"att" + t.id(), a.name, []fileVersion{v}})
	}
	return copies
}

// routeAttachments lists the calls for a page's files: those that write are version
// 1 of the API on both products.
func (s *Server) routeAttachments(mux *http.ServeMux) {
	upload := func(method, path, params string, e endpoint) {
		s.handleMedia(mux, method+" "+s.root()+"/rest/api/content/{id}/child/attachment"+path, params, "multipart/form-data", e)
	}
	upload("POST", "", "status allowDuplicated expand", (*call).createAttachment)
	upload("POST", "/{attachment}/data", "", (*call).updateAttachment)
	if s.cloud() {
		upload("PUT", "", "status", (*call).putAttachment)
		s.handle(mux, "GET /wiki/api/v2/pages/{id}/attachments", "sort cursor status mediaType filename limit", (*call).v2Attachments)
		return
	}
	s.handle(mux, "GET /rest/api/content/{id}/child/attachment", "expand start limit filename mediaType", (*call).v1Attachments)
}

// upload is one file of a form.
type upload struct {
	name, media, comment string
	data                 []byte
	minor                bool
}

// A form is what an upload sends: files, and as many comments in their order, or none.
type form struct {
	files    []upload
	comments []string
	minor    *bool
}

// readUpload takes the form apart. The service wants to be told that no browser's
// form is behind it, and on Cloud whether the edit is a minor one.
func (c *call) readUpload() ([]upload, error) {
	if token := c.Header.Get("X-Atlassian-Token"); token != "no-check" && token != "nocheck" {
		return nil, refuse(http.StatusForbidden, "XSRF check failed")
	}
	parts, err := c.MultipartReader()
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "The form could not be read: %v", err)
	}
	var f form
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return f.uploads(c.cloud)
		}
		if err == nil {
			err = f.take(part)
		}
		if err != nil {
			return nil, asFault(err)
		}
	}
}

func (f *form) take(part *multipart.Part) error {
	data, err := io.ReadAll(part)
	if err != nil {
		return refuse(http.StatusBadRequest, "The form could not be read: %v", err)
	}
	switch name := part.FormName(); {
	case name == "file":
		f.files = append(f.files, upload{name: part.FileName(), media: part.Header.Get("Content-Type"), data: data})
	case name == "comment":
		f.comments = append(f.comments, string(data))
	case name == "minorEdit" && f.minor == nil:
		minor, err := strconv.ParseBool(string(data))
		if err != nil {
			return refuse(http.StatusBadRequest, "minorEdit must be true or false")
		}
		f.minor = &minor
	default:
		return refuse(http.StatusBadRequest, "Unknown or repeated part '%s'", name)
	}
	return nil
}

// uploads are the form's files, each with what it says of it.
func (f *form) uploads(cloud bool) ([]upload, error) {
	switch {
	case len(f.files) == 0:
		return nil, refuse(http.StatusBadRequest, "At least one file is required")
	case len(f.comments) > 0 && len(f.comments) != len(f.files):
		return nil, refuse(http.StatusBadRequest, "Every file must have a comment, or none")
	case cloud && f.minor == nil:
		return nil, refuse(http.StatusBadRequest, "minorEdit is required")
	}
	seen := map[string]bool{}
	for i := range f.files {
		u := &f.files[i]
		switch {
		case u.name == "" || strings.ContainsAny(u.name, `&+?|=/\"<>`):
			return nil, refuse(http.StatusBadRequest, "The file name %q is not allowed", u.name)
		case seen[u.name]:
			return nil, refuse(http.StatusBadRequest, "%s is given twice", u.name)
		}
		seen[u.name] = true
		u.minor = f.minor != nil && *f.minor
		if len(f.comments) > 0 {
			u.comment = f.comments[i]
		}
	}
	return f.files, nil
}

func (t *site) addFile(a *attachment, u upload) {
	a.versions = append(a.versions, fileVersion{
		number: len(a.versions) + 1, media: u.media, comment: u.comment, data: u.data, minor: u.minor, when: t.stamp(), by: t.me,
	})
}

// target is the page of an upload, and its files.
func (c *call) target() (*page, []upload, error) {
	p, err := c.v1Writable()
	if err == nil && c.noFiles {
		err = refuse(http.StatusForbidden, "User not permitted to add attachments")
	}
	if err != nil {
		return nil, nil, err
	}
	files, err := c.readUpload()
	return p, files, err
}

// createAttachment takes all of the files or none.
func (c *call) createAttachment() (any, error) {
	p, files, err := c.target()
	if err != nil {
		return nil, err
	}
	for _, u := range files {
		if p.attachmentNamed(u.name) != nil {
			return nil, refuse(http.StatusBadRequest, "Cannot add a new attachment with same file name as an existing attachment: %s", u.name)
		}
	}
	return c.putFiles(p, files), nil
}

func (c *call) newFile(p *page, u upload) *attachment {
	a := &attachment{id: "att" + c.id(), name: u.name}
	c.addFile(a, u)
	p.attachments = append(p.attachments, a)
	return a
}

// putAttachment creates the attachments of those names, or gives them their next
// version: also when the file is the one that they have.
func (c *call) putAttachment() (any, error) {
	p, files, err := c.target()
	if err != nil {
		return nil, err
	}
	return c.putFiles(p, files), nil
}

func (c *call) updateAttachment() (any, error) {
	p, files, err := c.target()
	if err != nil {
		return nil, err
	}
	a := p.attachment(func(a *attachment) bool { return a.id == c.PathValue("attachment") })
	switch {
	case a == nil:
		return nil, notFound("attachment", c.PathValue("attachment"))
	case len(files) > 1:
		return nil, refuse(http.StatusBadRequest, "A new version is one file")
	}
	c.addFile(a, files[0])
	return c.v1Attachment(p, a), nil
}

// putFiles stores the files and answers with a list of the attachments.
func (c *call) putFiles(p *page, files []upload) object {
	results := []object{}
	for _, u := range files {
		a := p.attachmentNamed(u.name)
		if a == nil {
			a = c.newFile(p, u)
		} else {
			c.addFile(a, u)
		}
		results = append(results, c.v1Attachment(p, a))
	}
	return object{
		"results": results, "start": 0, "limit": 100, "size": len(results),
		"_links": object{"base": c.base, "context": pathOf(c.base)},
	}
}

func (c *call) v1Attachment(p *page, a *attachment) object {
	v := a.current()
	return object{
		"id": a.id, "type": "attachment", "status": "current", "title": a.name,
		"version":    object{"by": c.v1User(v.by), "when": zoned(v.when), "message": v.comment, "number": v.number, "minorEdit": v.minor},
		"metadata":   object{"mediaType": v.media, "comment": v.comment},
		"extensions": object{"mediaType": v.media, "fileSize": len(v.data), "comment": v.comment},
		"_links":     object{"webui": p.webui(c.cloud), "download": p.download(a), "self": c.base + "/rest/api/content/" + a.id},
	}
}

// download is where a file lies, below the site's root.
func (p *page) download(a *attachment) string {
	return "/download/attachments/" + p.id + "/" + url.PathEscape(a.name) + "?version=" + strconv.Itoa(a.current().number)
}

func (c *call) v1Attachments() (any, error) {
	p, err := c.visible(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return v1List(c, c.files(p), func(a *attachment) any { return c.v1Attachment(p, a) })
}

// files are the page's attachments that a list asks for.
func (c *call) files(p *page) (found []*attachment) {
	for _, a := range p.attachments {
		if c.among("filename", a.name) && c.among("mediaType", a.current().media) {
			found = append(found, a)
		}
	}
	return found
}

func (c *call) v2Attachments() (any, error) {
	p, err := c.visible(c.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return v2List(c, c.files(p), func(a *attachment) any {
		v := a.current()
		return object{
			"id": a.id, "status": "current", "title": a.name, "createdAt": a.versions[0].when, "pageId": p.id, "mediaType": v.media,
			"comment": v.comment, "fileId": uuid(strings.Repeat("0", 32-len(a.id)+3) + strings.TrimPrefix(a.id, "att")), "fileSize": len(v.data),
			"webuiLink": p.webui(true), "downloadLink": p.download(a),
			"version": object{"createdAt": v.when, "message": v.comment, "number": v.number, "minorEdit": v.minor, "authorId": v.by.AccountID},
			"_links":  object{"webui": p.webui(true), "download": p.download(a)},
		}
	})
}

// webFile serves a file to whoever looks at the page.
func (s *Server) webFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	var file *fileVersion
	if p, err := s.readable(r.PathValue("id")); err == nil {
		if a := p.attachmentNamed(r.PathValue("file")); a != nil {
			file = a.current()
		}
	}
	s.mu.Unlock()
	if file == nil || file.media != "image/png" { // anything else might be a program
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", file.media)
	http.ServeContent(w, r, "", file.when, bytes.NewReader(file.data))
}

// A File is an attachment of a page, for a test to look at.
type File struct {
	Name, Media, Comment string
	Version              int
	Minor                bool
	Data                 []byte
}

// Files are a page's attachments as they stand.
func (s *Server) Files(pageID string) (files []File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.site.page(pageID)
	if p == nil {
		return nil
	}
	for _, a := range p.attachments {
		v := a.current()
		files = append(files, File{a.name, v.media, v.comment, v.number, v.minor, v.data})
	}
	return files
}

// RemoveFile is a person deleting an attachment.
func (s *Server) RemoveFile(pageID, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.site.page(pageID); p != nil {
		p.attachments = slices.DeleteFunc(p.attachments, func(a *attachment) bool { return a.name == name })
	}
}
