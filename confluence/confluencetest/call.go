package confluencetest

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxRequest is the largest request the service reads, 5 MB.
const maxRequest = 5 << 20

type object = map[string]any

// A call is one request to the API while it is being answered. The site is
// locked for it.
type call struct {
	*http.Request
	*site
	base string // the site's address, with Cloud's /wiki
}

// An endpoint answers a call with a value to send as JSON, or refuses it with a
// [fault]. A nil value is 204.
type endpoint func(*call) (any, error)

// paged is an answer with more to come: next is the address of the rest,
// relative to the host.
type paged struct {
	body object
	next string
}

// accepted is an answer with a status of its own.
type accepted struct {
	status int
	body   any
}

// handle routes a pattern ("GET /rest/api/space") to an endpoint. params are
// the query parameters it knows, separated by spaces.
func (s *Server) handle(mux *http.ServeMux, pattern, params string, e endpoint) {
	s.handleMedia(mux, pattern, params, "application/json", e)
}

// handleMedia is handle for calls whose bodies are of another type.
func (s *Server) handleMedia(mux *http.ServeMux, pattern, params, media string, e endpoint) {
	known := strings.Fields(params)
	mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
		status, next, body := s.answer(r, known, media, e)
		if next != "" {
			w.Header().Set("Link", fmt.Sprintf("<%s>; rel=\"next\"", next))
		}
		if body != nil {
			w.Header().Set("Content-Type", "application/json")
		}
		w.WriteHeader(status)
		w.Write(body) // an error means that the client has gone
	})
}

// answer runs the endpoint under the lock and encodes what it returns, so that
// nothing slow happens while the site is locked.
func (s *Server) answer(r *http.Request, known []string, media string, e endpoint) (status int, next string, body []byte) {
	raw, err := readBody(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	base := s.opts.BaseURL(r) + s.root()
	c := &call{Request: r, site: s.site, base: base}
	var value any
	if err == nil {
		err = s.admit(c, known, media)
	}
	if err == nil {
		c.Body = io.NopCloser(bytes.NewReader(raw))
		value, err = e(c)
	}
	if err != nil {
		f := asFault(err)
		return f.status, "", encode(f.shape(r.URL.Path))
	}
	switch v := value.(type) {
	case nil:
		return http.StatusNoContent, "", nil
	case paged:
		return http.StatusOK, v.next, encode(v.body)
	case accepted:
		return v.status, "", encode(v.body)
	default:
		return http.StatusOK, "", encode(v)
	}
}

// admit checks what every call must get right.
func (s *Server) admit(c *call, known []string, media string) error {
	if !s.authenticated(c.Request) {
		return refuse(http.StatusUnauthorized, "Unauthorized")
	}
	for name := range c.URL.Query() {
		if !slices.Contains(known, name) {
			return refuse(http.StatusBadRequest, "Unknown query parameter '%s'", name)
		}
	}
	if c.Method != http.MethodPost && c.Method != http.MethodPut {
		return nil
	}
	if sent, _, err := mime.ParseMediaType(c.Header.Get("Content-Type")); err != nil || sent != media {
		return refuse(http.StatusUnsupportedMediaType, "Unsupported Media Type")
	}
	return nil
}

// EndToken lets the token end at that time.
func (s *Server) EndToken(at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ends = at
}

// tokens are the account's personal access tokens, as Data Center lists them.
func (s *Server) tokens() []object {
	token := object{"id": 1, "name": "refine", "createdAt": "2026-01-05T09:00:00.000Z", "expiringAt": nil}
	if !s.ends.IsZero() {
		token["expiringAt"] = s.ends.UTC().Format("2006-01-02T15:04:05.000Z")
	}
	return []object{token}
}

func (s *Server) authenticated(r *http.Request) bool {
	if !s.ends.IsZero() && !s.opts.Now().Before(s.ends) {
		return false
	}
	if user, token, ok := r.BasicAuth(); ok {
		return !s.opts.PersonalToken && same(user, s.opts.User) && same(token, s.opts.Token)
	}
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return ok && same(token, s.opts.Token)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func readBody(r *http.Request) ([]byte, error) {
	raw, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxRequest))
	if _, tooLarge := errors.AsType[*http.MaxBytesError](err); tooLarge {
		return nil, refuse(http.StatusRequestEntityTooLarge, "The request is larger than 5 MB")
	}
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "The request could not be read")
	}
	return raw, nil
}

// decode reads the request's JSON. Fields that v does not have are refused.
func (c *call) decode(v any) error {
	dec := json.NewDecoder(c.Body)
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return refuse(http.StatusBadRequest, "Could not read the request: %v", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return refuse(http.StatusBadRequest, "Could not read the request: more than one JSON value")
	}
	return nil
}

// encode writes JSON without escaping <, > and &, as the service does.
func encode(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(fmt.Sprintf("confluencetest: encoding an answer: %v", err)) // only plain data is answered
	}
	return b.Bytes()
}
