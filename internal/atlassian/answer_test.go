package atlassian

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A JSON text that is cut off anywhere is not whole, nor is one that goes on behind its end.
func TestScan(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"a":[1,2,{"b":"c, [d] {e} \" \\"}],"f":"\\\\","g":"\\\"","h":null,"i":[],"j":{}}`, "[]", `"a"`, "true", "17", ` [ {"a" : "]"} ] `,
	} {
		for n := range len(text) + 1 {
			_, whole := scan([]byte(text[:n]))
			assert.Equal(t, json.Valid([]byte(text[:n])), whole, text[:n])
		}
		_, whole := scan([]byte(text + "]"))
		assert.False(t, whole)
	}
	values, _ := scan([]byte(`{"a":[1,2,{"b":"c, [d] {e}"}],"f":3}`))
	assert.Equal(t, 6, values)
}
