package serve

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"

	"refine/internal/lazyregexp"
)

// mostHint is how large a webhook's message may be, in bytes. Confluence's has a few
// thousand.
const mostHint = 256 << 10

// webhook takes a hint that a page was saved (O3). Nothing in it is believed but the
// page's id: the page is read, and synced if that is due. Who does not know the
// secret learns nothing.
func (s *server) webhook(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostHint))
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	if err != nil {
		return // nobody hears
	}
	if !s.signed(r.Header, body) {
		s.metrics.hints.WithLabelValues("refused").Inc()
		s.Log.Warn("a webhook's message was refused: its signature or secret is not the configured one", "from", r.RemoteAddr)
		http.Error(w, "unauthorized", http.StatusUnauthorized)
		return
	}
	page := pageOf(body)
	if page == "" {
		s.metrics.hints.WithLabelValues("unread").Inc()
		http.Error(w, "no page's id in it: expected {\"page\": {\"id\": …}} or {\"page\": …}", http.StatusBadRequest)
		return
	}
	if err := s.store.note(r.Context(), page, s.Now().Unix()); err != nil {
		s.tell(err)
		http.Error(w, "not noted, try again", http.StatusServiceUnavailable)
		return
	}
	s.metrics.hints.WithLabelValues("noted").Inc()
	w.WriteHeader(http.StatusAccepted)
}

// signed reports whether the sender knows the secret. Confluence Data Center signs
// what it sends; an automation rule of Cloud can only send the secret along.
func (s *server) signed(h http.Header, body []byte) bool {
	if signature, given := strings.CutPrefix(h.Get("X-Hub-Signature"), "sha256="); given {
		mac := hmac.New(sha256.New, []byte(s.Secret))
		mac.Write(body)
		got, err := hex.DecodeString(signature)
		return err == nil && hmac.Equal(got, mac.Sum(nil))
	}
	got, want := sha256.Sum256([]byte(h.Get("X-Refine-Secret"))), sha256.Sum256([]byte(s.Secret))
	return subtle.ConstantTimeCompare(got[:], want[:]) == 1
}

var pageID = lazyregexp.New(`^[0-9]{1,20}$`)

// pageOf finds the id of the page that a message is about: page.id or content.id as
// Confluence writes them, as a number or as text, or what a rule was told to send.
func pageOf(body []byte) string {
	var message map[string]json.RawMessage
	if json.Unmarshal(body, &message) != nil {
		return ""
	}
	for _, name := range []string{"page", "content", "pageId", "id"} {
		raw := message[name]
		var inner struct {
			ID json.RawMessage `json:"id"`
		}
		if json.Unmarshal(raw, &inner) == nil && inner.ID != nil {
			raw = inner.ID
		}
		if id := strings.Trim(string(raw), `"`); pageID.MatchString(id) {
			return id
		}
	}
	return ""
}
