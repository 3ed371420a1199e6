package recur

import (
	"fmt"
	"strings"
	"time"

	"github.com/yaegashi/wtz.go"
)

// zone finds the time zone that a calendar names: by its IANA name, bare or behind
// a prefix of the calendar's maker (/mozilla.org/20070129_1/Europe/Berlin), or by
// the name that Windows has for it. A name that is neither is an error: a session
// at another hour would be worse than none.
func zone(name string) (*time.Location, error) {
	for rest := strings.TrimSpace(name); rest != ""; _, rest, _ = strings.Cut(rest, "/") {
		if loc, err := time.LoadLocation(rest); err == nil && rest != "Local" {
			return loc, nil
		}
	}
	if loc, err := wtz.LoadLocation(name); err == nil {
		return loc, nil
	}
	return nil, fmt.Errorf("unknown time zone %q", name)
}
