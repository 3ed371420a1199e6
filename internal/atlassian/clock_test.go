package atlassian_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
)

func TestTheServicesTime(t *testing.T) { // S5 F3
	t.Parallel()
	far := time.Date(2031, time.March, 1, 12, 0, 0, 0, time.UTC)
	headers := []http.Header{
		{"Date": nil},
		{"Date": {far.Format(http.TimeFormat)}},
		{"Date": {far.Add(-time.Hour).Format(http.TimeFormat)}, "Age": {"3600"}}, // from a cache
		{"Date": {"tomorrow"}},
	}
	srv := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		for name, values := range headers[0] {
			w.Header()[name] = values
		}
		headers = headers[1:]
		answer(w, "{}")
	})
	c := connect(t, atlassian.Options{BaseURL: srv.URL})
	_, known := c.Time()
	assert.False(t, known, "nothing was asked yet")
	ask := func() { require.NoError(t, c.JSON(t.Context(), "GET", "/", nil, nil, nil)) }
	ask()
	_, known = c.Time()
	assert.False(t, known, "the answer has no date")
	for range 3 {
		ask()
		now, known := c.Time()
		assert.True(t, known)
		assert.WithinDuration(t, far, now, time.Minute)
	}
}
