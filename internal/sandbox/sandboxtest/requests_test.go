package sandboxtest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/sandbox/sandboxtest"
)

func TestWrittenCountsWhatTookEffect(t *testing.T) {
	t.Parallel()
	requests, err := sandboxtest.Requests(strings.NewReader(`
{"n":1,"method":"GET","path":"/rest/api/2/issue/PAY-3/comment","status":200}
{"n":2,"method":"POST","path":"/rest/api/2/search/jql","status":200}
{"n":3,"method":"POST","path":"/rest/api/2/comment/list","status":200}
{"n":4,"method":"POST","path":"/rest/api/2/issue/PAY-3/comment","status":201}
{"n":5,"method":"PUT","path":"/rest/api/2/issue/PAY-3/comment/10007","status":200}
{"n":6,"method":"PUT","path":"/rest/api/2/comment/10007/properties/refine","status":200}
{"n":7,"method":"POST","path":"/rest/api/2/issue/PAY-6/remotelink","status":200}
{"n":8,"method":"PUT","path":"/wiki/api/v2/pages/65/properties/66","status":409}
{"n":9,"method":"PUT","path":"/wiki/api/v2/pages/65/properties/66","status":200}
{"n":10,"method":"PUT","path":"/rest/api/content/65/property/refine","status":200}
{"n":11,"method":"PUT","path":"/wiki/api/v2/pages/65","status":200}
{"n":12,"method":"POST","path":"/wiki/rest/api/content/65/label","status":200}
{"n":14,"method":"PUT","path":"/wiki/rest/api/content/65/child/attachment","status":200}
{"n":13,"method":"PUT","path":"/rest/api/content/65","status":0}
`))
	require.NoError(t, err)
	assert.Len(t, requests, 14)
	assert.Equal(t, map[string]int{
		"POST comment PAY-3": 1, "PUT comment PAY-3": 1, "PUT mark": 1, "POST remotelink PAY-6": 1,
		"PUT property": 2, "PUT page": 1, "POST label": 1, "PUT picture": 1,
	}, sandboxtest.Written(requests))
	assert.Equal(t, map[string]int{"PUT property": 1, "PUT page": 1}, sandboxtest.Refused(requests))

	_, err = sandboxtest.Requests(strings.NewReader(`{"n":1,`))
	assert.ErrorContains(t, err, "reading the journal")
}
