package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"
)

// An entry is the journal's line about one request. Headers are not in it:
// credentials stand there.
type entry struct {
	N      int    `json:"n"`
	Method string `json:"method"`
	Path   string `json:"path"`
	Query  string `json:"query"`
	// Status is what the service answered, 0 if it never got the request. The
	// client saw it unless Fault is "lost".
	Status int   `json:"status"`
	Bytes  int   `json:"bytes"` // of the body that was sent
	MS     int64 `json:"ms"`
	Fault  Kind  `json:"fault,omitempty"`
}

// A journal writes a line as each request ends. It remembers the first failure.
type journal struct {
	mu  sync.Mutex
	w   io.Writer
	err error
}

func (j *journal) write(e entry) {
	if j.w == nil {
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err != nil {
		return
	}
	line := json.NewEncoder(j.w)
	line.SetEscapeHTML(false) // a query is to be read
	if err := line.Encode(e); err != nil {
		j.err = fmt.Errorf("writing the journal: %w", err)
	}
}

func (j *journal) failure() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.err
}

// withoutCredentials hides the values of parameters that old clients log in
// with. A query without them stays as it was sent.
func withoutCredentials(query string) string {
	parts := strings.Split(query, "&")
	for i, part := range parts {
		name, _, _ := strings.Cut(part, "=")
		if decoded, err := url.QueryUnescape(name); err == nil && isCredential(decoded) {
			parts[i] = name + "=[redacted]"
		}
	}
	return strings.Join(parts, "&")
}

func isCredential(name string) bool {
	switch strings.ToLower(name) {
	case "os_username", "os_password", "os_authtype", "jwt", "token", "access_token", "password":
		return true
	}
	return false
}
