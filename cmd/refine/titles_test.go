package main

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sampled"
)

// titles that are markup and nothing else.
var titles = []string{
	"[]", "{}", "***", "{code}", `\`, // A8
	"----", "~^~", "|", "{noformat}{noformat}", "{color:red}", "“”", "{panel:title=x}", `"`,
}

// TestATitleOfMarkupIsShownAsItIs plans a session in which one ticket has no
// description and such a title: the others are not to suffer for it.
func TestATitleOfMarkupIsShownAsItIs(t *testing.T) { // A8 F5
	t.Parallel()
	for _, title := range titles {
		for _, deployment := range sampled.Deployments(title) {
			t.Run(deployment+" "+title, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := newStage(t, deployment)
					require.NoError(t, s.Jira.Edit("PAY-3", s.Jira.Me(), map[string]any{"summary": title, "description": nil}))
					for _, args := range [][]string{{"plan"}, {"plan", "--keys", "PAY-3"}} {
						code, stdout, stderr := s.execute(t, args...)
						assert.Zero(t, code, stderr)
						assert.Contains(t, stdout, "PAY-3")
						assert.Contains(t, stdout, title)
					}
					code, _, stderr := s.execute(t, "publish")
					assert.Zero(t, code, stderr)
				})
			})
		}
	}
}
