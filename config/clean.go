package config

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean takes a secret out of the text it was kept in, and refuses what cannot be
// one before a service answers 401 to it. What editors, shells and copying leave
// around it is cut: line ends, a byte order mark, characters without width. The
// same within it, or quotes around it, are named; the secret is not.
func clean(key, text string) (Secret, error) {
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return Secret{}, fmt.Errorf("%s gives no text in UTF-8; was it saved as UTF-16?", key)
	}
	token := strings.TrimFunc(text, unseen)
	r, size := utf8.DecodeRuneInString(token)
	switch within := strings.IndexFunc(token, unseen); {
	case token == "":
		return Secret{}, fmt.Errorf("%s gives nothing", key)
	case size < len(token) && closing[r] != 0 && strings.HasSuffix(token, string(closing[r])):
		return Secret{}, fmt.Errorf("%s gives quotes around the secret, which would be sent with it: leave them out", key)
	case within >= 0 && strings.ContainsFunc(token, unicode.IsSpace):
		return Secret{}, fmt.Errorf("%s gives more than one word", key)
	case within >= 0:
		r, _ := utf8.DecodeRuneInString(token[within:])
		return Secret{}, fmt.Errorf("%s gives a secret with an invisible character in it, %U: copy it anew", key, r)
	}
	return NewSecret(token), nil
}

// closing has the quotes that people and programs put around a value, each with
// the one that ends it.
var closing = map[rune]rune{'"': '"', '\'': '\'', '`': '`', '“': '”', '„': '“', '‘': '’', '«': '»'}

// unseen reports whether people do not see r: white space, controls, and what
// only shapes the text around it, as a byte order mark.
func unseen(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// unseenIn is the first character of a name that people do not see, an account's
// or a space's; empty if there is none. A space between two words is seen.
func unseenIn(name string) string {
	for i, r := range name {
		if within := i > 0 && i < len(name)-1; unseen(r) && !(r == ' ' && within) {
			return fmt.Sprintf("%U", r)
		}
	}
	return ""
}
