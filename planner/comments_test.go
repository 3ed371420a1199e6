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

// L6: what became of the comments is said as it is, for none, one and several.
func TestCommentsReadAreStated(t *testing.T) {
	t.Parallel()
	const useful, progress, change = "The bank only sends files on weekdays.", "Moving to the next sprint.", "PR: https://github.com/acme/pay/pull/1"
	const program = "SUCCESS: Integrated in Pay-trunk #12 (See [http://ci/12])"
	for want, said := range map[string][]string{
		"":                                 {},
		"Comments: the only one was used.": {useful},
		"Comments: both were used.":        {useful, useful + " And on Sundays."},
		"Comments: the only one was not used; it is about progress or a code change, read only for what it leaves open.":                                                      {progress},
		"Comments: the only one was not used; it was posted by a program.":                                                                                                    {program},
		"Comments: 1 of 3 was used; the other 2 are about progress or a code change, read only for what they leave open; what they link to was not read.":                     {useful, progress, change},
		"Comments: 1 of 2 was used; the other one was posted by a program.":                                                                                                   {useful, program},
		"Comments: none of the 2 was used; they are about progress or a code change, read only for what they leave open; what they link to was not read.":                     {progress, change},
		"Comments: 1 of 4 was used; 2 are about progress or a code change, read only for what they leave open and 1 was posted by a program; what they link to was not read.": {useful, progress, change, program},
	} {
		i := Issue{Key: "PAY-1", Summary: "Files from the bank"}
		for _, body := range said {
			i.Comments = append(i.Comments, Comment{Author: Person{Name: "Dana"}, Body: body})
		}
		b := newBuilder(Input{Session: testSession("x"), Issues: []Issue{i}})
		assert.Equal(t, want, b.commentsRead())
	}
}
