package draft

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"refine/planner/ticket"
)

// L6: what tickets rest on and nobody read for the plan is to be brought, by who reported
// all of them; that pages and attachments were not opened is an assumption.
func TestWhatWasNotReadIsToBeBrought(t *testing.T) {
	t.Parallel()
	ann, bob := ticket.Person{Name: "Ann"}, ticket.Person{Name: "Bob"}
	linked := ticket.Issue{Key: "LIB-1", Reporter: ann, Summary: "Renewals", Description: "Readers renew at the desk only, see https://wiki.lib.org/renew for more."}
	naming := ticket.Issue{Key: "LIB-2", Reporter: bob, Summary: "Returns", Description: "Readers wait at the door, which LIB-7 is to open for them."}
	blocked := ticket.Issue{Key: "LIB-3", Reporter: ann, Summary: "Fees", Description: "Readers pay at the desk only.",
		Links: []ticket.Link{{Phrase: "is blocked by", Type: "Blocks", Inward: true, Ref: ticket.Ref{Key: "TILL-9", Summary: "The till", Status: "Open"}}}}
	for want, issues := range map[string][]ticket.Issue{
		"": {{Key: "LIB-4", Reporter: ann, Summary: "Index", Description: "Readers find nothing in the index."}},
		"Ask Ann to bring what was not read for this plan: the pages that LIB-1 links to; how far TILL-9 is.":                {linked, blocked},
		"Ask Bob to bring what was not read for this plan: LIB-7, which LIB-2 names.":                                        {naming},
		"Bring what was not read for this plan: the pages that LIB-1 links to; LIB-7, which LIB-2 names; how far TILL-9 is.": {linked, naming, blocked},
		"Ask Bob to bring what was not read for this plan: LIB-7, which LIB-2 and LIB-5 name.":                               {naming, {Key: "LIB-5", Reporter: bob, Summary: "Bell", Description: "Readers ring, as LIB-7 has it."}},
	} {
		w := writerOf(nil, issues...)
		assert.Equal(t, want, w.bring(w.invite()))
	}

	assert.Equal(t, "Bring what was not read for this plan: the pages that LIB-1 links to.", writerOf(nil, linked).bring([]Line{{Text: "Invite Bob (reported LIB-2)."}}))

	secret := &ticket.Issue{Key: "LIB-0", Epic: true, Restricted: true, Description: "See https://wiki.lib.org/vault for LIB-7."}
	assert.Empty(t, writerOf(secret, ticket.Issue{Key: "LIB-4", Summary: "Index"}).bring(nil))
	assert.Empty(t, writerOf(secret, ticket.Issue{Key: "LIB-4", Summary: "Index"}).unopened())

	const pages, files = "No page was opened that a text or a comment links to.", "No attachment was opened."
	attached := []ticket.Attachment{{Name: "fees.png"}}
	for _, c := range []struct {
		issue ticket.Issue
		want  string
	}{
		{ticket.Issue{Key: "LIB-4", Description: "The server at http://localhost:80/ and http://10.0.0.1/ is slow.\n{code}\nGET https://wiki.lib.org\n{code}\nSee http://www.example.com/a and http://catalogue.lib.org:8080/x."}, ""},
		{ticket.Issue{Key: "LIB-4", Description: "* https://wiki.lib.org/index"}, pages},
		{linked, pages},
		{ticket.Issue{Key: "LIB-4", Attachments: attached}, files},
		{ticket.Issue{Key: "LIB-4", Attachments: attached, Comments: []ticket.Comment{{Author: ann, Body: "Look at https://forum.lib.org/t/4."}}}, "No attachment was opened, and no page that a text or a comment links to."},
	} {
		assert.Equal(t, c.want, writerOf(nil, c.issue).unopened())
	}
}
