package draft

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/planner/ticket"
)

// L3, L6: how old tickets are is told by their days and those of their comments.
func TestOldPoint(t *testing.T) {
	t.Parallel()
	at := func(year int) time.Time { return time.Date(year, 3, 3, 12, 0, 0, 0, time.UTC) }
	old := func(key string, year int, said ...int) ticket.Issue {
		i := ticket.Issue{Key: key, Summary: "Renewals", Created: at(year), CommentTotal: len(said)}
		for _, y := range said {
			i.Comments = append(i.Comments, ticket.Comment{Created: at(y), Body: "Still so."})
		}
		return i
	}
	unread := old("LIB-1", 2019, 2020)
	unread.CommentTotal = 4
	for want, issues := range map[string][]ticket.Issue{
		"LIB-1 was written in 2019, and has no comment. Ask first whether it is still wanted.":                                                                   {old("LIB-1", 2019)},
		"LIB-1 was written in 2019, and the last comment on it is of 3 March 2022. Ask first whether it is still wanted.":                                        {old("LIB-1", 2019, 2020, 2022), old("LIB-2", 2026)},
		"LIB-1 was written in 2019. Ask first whether it is still wanted.":                                                                                       {unread},
		"LIB-1 and LIB-2 were written in 2019 and 2020, and none has a comment. Ask first whether they are still wanted.":                                        {old("LIB-1", 2019), old("LIB-2", 2020)},
		"All three tickets were written between 2016 and 2020, and the last comment on any of them is of 3 March 2024. Ask first whether they are still wanted.": {old("LIB-1", 2019, 2024), old("LIB-2", 2020), old("LIB-3", 2016)},
	} {
		points := writerOf(nil, issues...).oldPoint()
		require.Len(t, points, 1)
		assert.Equal(t, want, points[0].Text)
	}
	assert.Empty(t, writerOf(nil, old("LIB-1", 2019, 2026)).oldPoint(), "it was spoken of this year")
}
