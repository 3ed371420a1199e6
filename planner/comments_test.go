package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Comments that report progress, and those that programs write, are no
// evidence.
func TestUsefulComments(t *testing.T) {
	t.Parallel()
	for body, useful := range map[string]bool{
		"PR: https://example.org/pay/pull/1":                                          false,
		"Verified with 2.1 on Android 9, closing.":                                    false,
		"Any update on this?":                                                         false,
		"Moving to the next sprint.":                                                  false,
		"Merged to main, thanks.":                                                     false,
		"Checked in as of build 12.":                                                  false,
		"SUCCESS: Integrated in Pay-trunk #12 (See [http://ci/12])":                   false,
		"Build failed in Jenkins: pay #12":                                            false,
		"-1 overall. Here are the results of testing the latest attachment":           false,
		"GitHub user dana opened a pull request:":                                     false,
		"|| Vote || Subsystem || Runtime ||":                                          false,
		"[~dana] mentioned this issue in [a commit of pay|http://code/pay/commit/12]": false,
		"This is an automated message: the branch is stale.":                          false,
		"This is too much for one sprint.":                                            true,
		"The bank only sends files on weekdays.":                                      true,
		"Our accountant needs the payer's VAT id.":                                    true,
		"The integrated view hides late payers.":                                      true,
		"People commute, so the payment has to work without a network.":               true,
	} {
		assert.Equal(t, useful, usefulComment("Dana", body), body)
	}
	for author, useful := range map[string]bool{
		"Jenkins CI": false, "ASF GitHub Bot": false, "qa-bot": false, "Hudson": false, "GitLab Integration": false,
		"Abbott Bothe": true, "Cicely Travisson": true,
	} {
		assert.Equal(t, useful, usefulComment(author, "The bank only sends files."), author)
	}
}

func usefulComment(author, body string) bool {
	read := spoken.listen(locate(newSource("comment", body)), spoken.usual)
	return useful(Comment{Author: Person{Name: author}, Body: body}, read)
}
