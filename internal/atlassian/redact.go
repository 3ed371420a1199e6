package atlassian

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
	"sync"
)

const (
	// leastSecret is the length below which a text is no secret: it stands in any
	// sentence.
	leastSecret = 4
	// leastPart is how much of the beginning of a longer secret is hidden, too:
	// services cut what they repeat. In any case, since some write headers small.
	leastPart = 10
)

// secrets are the forms in which our credentials cross the wire. Whatever a
// service says passes [secrets.hide] before it becomes part of an error or a log,
// for some repeat the request they refuse.
type secrets []string

func secretsOf(a Auth, proxy string) secrets {
	out := forms(a.User, a.Token.Reveal())
	if u, err := url.Parse(proxy); err == nil && u.User != nil {
		password, _ := u.User.Password()
		out = append(out, forms(u.User.Username(), password)...)
	}
	return usable(out)
}

// usable leaves out what is repeated or too short to be told from other text.
func usable(all secrets) secrets {
	all = slices.DeleteFunc(all, func(s string) bool { return len(s) < leastSecret })
	slices.Sort(all)
	return slices.Compact(all)
}

// forms are a password or token as it is, as basic authentication packs it, and
// both as an address or markup holds them.
func forms(user, secret string) []string {
	if secret == "" {
		return nil
	}
	pair := user + ":" + secret
	out := []string{secret}
	for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		out = append(out, e.EncodeToString([]byte(pair)), e.EncodeToString([]byte(secret)))
	}
	for _, plain := range slices.Clone(out) {
		out = append(out, url.QueryEscape(plain), url.PathEscape(plain), markupEscaper.Replace(plain), strings.ReplaceAll(plain, "/", `\/`))
	}
	return out
}

var markupEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// A vault keeps the secrets of a client. It is safe for concurrent use.
type vault struct {
	mu  sync.RWMutex
	all secrets
}

func newVault(all secrets) *vault { return &vault{all: all} }

// add keeps one that came while the client runs.
func (v *vault) add(secret string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !slices.Contains(v.all, secret) {
		v.all = append(slices.Clone(v.all), usable(forms("", secret))...)
	}
}

// hide is [secrets.hide] with all there are by now.
func (v *vault) hide(text string) string {
	v.mu.RLock()
	all := v.all
	v.mu.RUnlock()
	return all.hide(text)
}

// hide replaces every secret in a text that comes from outside, and what is left
// of one that was cut or broken over lines. Forms begin alike; where one stands,
// the longest that fits counts.
func (s secrets) hide(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		most := 0
		for _, secret := range s {
			most = max(most, match(text[i:], secret))
		}
		if most > 0 {
			out.WriteString(redacted)
		} else {
			out.WriteByte(text[i])
			most = 1
		}
		i += most
	}
	return out.String()
}

// match is how many bytes at the beginning of text are the secret, or enough of
// it. Spaces within do not count, and neither does the case of a long one.
func match(text, secret string) int {
	same, end := 0, 0
	for i := 0; i < len(text) && same < len(secret); i++ {
		a, b := text[i], secret[same]
		switch {
		case a == b, len(secret) >= leastPart && lower(a) == lower(b):
			same++
			end = i + 1
		case same > 0 && strings.ContainsRune(" \t\r\n", rune(a)):
		case same > 0 && a == '\\' && i+1 < len(text) && strings.ContainsRune("trn", rune(text[i+1])):
			i++ // a line break as a quoted text has it
		default:
			i = len(text)
		}
	}
	if same == len(secret) || same >= leastPart {
		return end
	}
	return 0
}

func lower(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}
