package draft

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// What stands in quotation marks is found as an expression would find it.
func TestQuotations(t *testing.T) {
	t.Parallel()
	like := regexp.MustCompile(`“([^“”]*)”`)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("ab “”"))).Draw(t, "text")
		var want []string
		for _, m := range like.FindAllStringSubmatch(text, -1) {
			want = append(want, m[1])
		}
		assert.Equal(t, want, Quotes(text))
		assert.Equal(t, like.ReplaceAllString(text, "“”"), Outside(text))
	})
}
