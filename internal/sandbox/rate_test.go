package sandbox

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRatesOfAnyShape(t *testing.T) { // F2
	t.Parallel()
	for name, test := range map[string]struct {
		spec, deployment string
		atOnce, after    int // taken of thirty at once, and of thirty half a second later
		header, value    string
	}{
		"a store":                {"10", "cloud", 10, 5, "Retry-After", "1"},
		"one at once":            {"10/1", "cloud", 1, 1, "RateLimit-Reason", "jira-burst-based"},
		"any ten":                {"10/0", "cloud", 10, 0, "Retry-After", "1"},
		"Data Center":            {"4/8", "datacenter", 8, 2, "X-RateLimit-FillRate", "4"},
		"without a word":         {"10:nothing", "datacenter", 10, 5, "Retry-After", ""},
		"with its pace":          {"10/2:pace", "cloud", 2, 2, "X-RateLimit-Interval-Seconds", "1"},
		"less than one a second": {"0.5/1", "cloud", 1, 0, "Retry-After", "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rate, err := ParseRate(test.spec, test.deployment)
			require.NoError(t, err)
			now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
			l := &limit{Rate: rate, now: func() time.Time { return now }}
			thirty := func() (taken int) {
				for range 30 {
					if l.takes() {
						taken++
					}
				}
				return taken
			}
			assert.Equal(t, test.atOnce, thirty())
			now = now.Add(time.Second / 2)
			assert.Equal(t, test.after, thirty())
			a := l.refusal("/rest/api/2/search")
			assert.Equal(t, http.StatusTooManyRequests, a.status)
			assert.Equal(t, test.value, a.header.Get(test.header))
		})
	}
	for _, wrong := range []string{"ten", "0", "-1", "10/-1", "10/0.5", "10/", "10:soon", "NaN"} {
		_, err := ParseRate(wrong, "cloud")
		assert.ErrorContains(t, err, "must be like 10", wrong)
	}
}
