package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Kind says how a request fails.
type Kind string

// Reset, HTML and the three statuses come before the request takes effect, the
// others after it.
const (
	TooMany     Kind = "429"      // with Retry-After
	ServerError Kind = "500"      //
	Unavailable Kind = "503"      // from a proxy, in HTML
	Reset       Kind = "reset"    // the connection is closed
	Lost        Kind = "lost"     // it took effect, then the connection is closed
	HTML        Kind = "html"     // a login page with 200
	Truncate    Kind = "truncate" // half of the answer
	Slow        Kind = "slow"     // the answer takes seconds
)

var kinds = []Kind{TooMany, ServerError, Unavailable, Reset, Lost, HTML, Truncate, Slow}

// A Fault says which requests fail, and how.
type Fault struct {
	N     int  // the request with this number
	Every bool // and its multiples
	Kind  Kind
}

// ParseFaults reads faults such as "3:lost", the third request, or "every=5:429",
// each fifth.
func ParseFaults(specs []string) ([]Fault, error) {
	var faults []Fault
	for _, spec := range specs {
		f, err := parseFault(spec)
		if err != nil {
			return nil, err
		}
		faults = append(faults, f)
	}
	return faults, nil
}

func parseFault(spec string) (Fault, error) {
	when, kind, ok := strings.Cut(spec, ":")
	number, every := strings.CutPrefix(when, "every=")
	n, err := strconv.Atoi(number)
	if !ok || err != nil || n < 1 {
		return Fault{}, fmt.Errorf("fault %q: must be like 3:lost or every=5:429", spec)
	}
	if !slices.Contains(kinds, Kind(kind)) {
		return Fault{}, fmt.Errorf("fault %q: the kind must be one of %s", spec, kindNames())
	}
	return Fault{N: n, Every: every, Kind: Kind(kind)}, nil
}

// hits reports whether the nth request fails.
func (f Fault) hits(n int) bool { return n == f.N || f.Every && n%f.N == 0 }

func kindNames() string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k)
	}
	return strings.Join(names, ", ")
}
