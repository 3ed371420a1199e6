package jiratest

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// S3: what a document is made of comes back as it was: numbered and nested lists, and code.
func TestADocumentKeepsItsMarkup(t *testing.T) {
	t.Parallel()
	for _, markup := range []string{
		"h3. Steps\n\n# open\n# pay\n\nThen it stops.",
		"* a\n** b\n*# c\n*# d\n* e",
		"It says\n\n{noformat}\nERR 7\n  at pay\n{noformat}",
		"{code:java}\npay();\n{code}\n\nand\n\n{code}\npay\n{code}",
		"{noformat}\nwithout an end",
	} {
		raw, err := json.Marshal(documentOf(markup))
		require.NoError(t, err)
		got, err := markupOf(raw)
		require.NoError(t, err)
		if markup == "{noformat}\nwithout an end" {
			markup = "{noformat}\n\nwithout an end" // words of their own
		}
		assert.Equal(t, markup, got)
	}
}
