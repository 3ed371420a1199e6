package config

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSyncSettings(t *testing.T) { // S3
	t.Parallel()
	for name, test := range map[string]struct {
		sync Sync
		want []string
	}{
		"nothing":      {Sync{}, nil},
		"all":          {Sync{Criteria: InDescription, Estimate: InField, BlockedBy: AsLink, Rank: InBacklog, OnReady: Outcome{Rank: "last", RemoveFlag: true, AddLabel: "refined", RemoveLabel: "old", Transition: "Ready for development"}}, nil},
		"places":       {Sync{Criteria: "fields", Estimate: "description", BlockedBy: "issue", Rank: "line", OnDropped: Outcome{Rank: "before PAY-9"}}, []string{"sync.criteria", "sync.estimate", "sync.blocked_by", "sync.rank", "sync.on_dropped.rank"}},
		"a space":      {Sync{OnSplit: Outcome{AddLabel: "to split"}}, []string{"sync.on_split.add_label"}},
		"both at once": {Sync{OnParked: Outcome{AddLabel: "x", RemoveLabel: "x"}}, []string{"sync.on_parked"}},
	} {
		var keys []string
		for _, f := range test.sync.validate("sync") {
			if f.key != "sync.service_comments" {
				keys = append(keys, f.key)
			}
		}
		assert.Equal(t, test.want, keys, name)
	}
}
