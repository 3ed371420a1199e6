package planner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// languageOf is the language that an issue's own text is read in.
func languageOf(summary, description string) string {
	return read(Issue{Key: "PAY-1", Summary: summary, Description: description}).lex.called()
}

// L15: the plan names the tickets that no word rule was applied to.
func TestLanguage(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "English", languageOf("Retry failed payments", ""))
	assert.Equal(t, "another language", languageOf("失敗した 支払いを 再試行", ""))

	spanish := Issue{Key: "PAY-1", Summary: "Exportar facturas", Description: "La exportación debe ser sencilla y robusta para que contabilidad pueda revisar las facturas a fin de mes y no falten pagos."}
	r := read(spanish)
	assert.Empty(t, r.hits)
	p := Build(Input{Session: testSession("x"), Issues: []Issue{spanish}})
	assert.Empty(t, Gate(p))
	assert.Contains(t, p.Assumptions[len(p.Assumptions)-1], "not applied to PAY-1")
}
