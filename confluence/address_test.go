package confluence

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/internal/atlassian"
)

// An address is ours by its host, port and path, however it is written.
func TestLeads(t *testing.T) { // A18, R3
	t.Parallel()
	people := &Page{Site: "https://wiki.acme.example/confluence"}
	cloud := &Page{Site: "https://acme.atlassian.net/wiki"}
	for _, tt := range []struct {
		base, address string
		page          *Page
		leads         bool
	}{
		{"https://acme.atlassian.net", "https://acme.atlassian.net/wiki/spaces/PAY/pages/123/Plan", cloud, true},
		{"https://acme.atlassian.net", "https://ACME.atlassian.net:443/wiki/spaces/PAY/pages/123", nil, true},
		{"https://acme.atlassian.net", "acme.atlassian.net/wiki/spaces/PAY/pages/123", nil, true},
		{"https://acme.atlassian.net", "http://acme.atlassian.net/wiki/spaces/PAY/pages/123", nil, true},
		{"https://acme.atlassian.net", "https://other.atlassian.net/wiki/spaces/PAY/pages/123", cloud, false},
		{"https://acme.atlassian.net", "other.atlassian.net/wiki/spaces/PAY/pages/123", cloud, false},
		{"https://acme.atlassian.net", "//other.atlassian.net/wiki/spaces/PAY/pages/123", cloud, false},
		{"https://acme.atlassian.net", "https://acme.atlassian.net@evil.example/wiki/pages/123", cloud, false},
		{"https://acme.atlassian.net", "https://acme.atlassian.net.evil.example/wiki/pages/123", cloud, false},
		{"https://acme.atlassian.net", "https://acme.atlassian.net:8443/wiki/pages/123", cloud, false},
		{"https://acme.atlassian.net", "https://%zz/wiki/pages/123", cloud, false},
		{"http://wiki.internal:8090", "https://wiki.acme.example/confluence/pages/viewpage.action?pageId=123", people, true},
		{"http://wiki.internal:8090", "http://wiki.internal:8090/pages/viewpage.action?pageId=123", people, true},
		{"http://wiki.internal:8090", "http://wiki.internal/pages/viewpage.action?pageId=123", people, false},
		{"http://wiki.internal:8090", "https://wiki.acme.example/confluence/pages/viewpage.action?pageId=123", nil, false},
		{"http://wiki.internal:8090", "https://wiki.acme.example/other/pages/viewpage.action?pageId=123", people, false},
		{"https://wiki.acme.example/one", "https://wiki.acme.example/two/pages/viewpage.action?pageId=123", nil, false},
		{"https://wiki.acme.example/one", "https://wiki.acme.example/oneself/pages/viewpage.action?pageId=123", nil, false},
		{"https://wiki.acme.example", "123", nil, true},
		{"https://wiki.acme.example", "/pages/viewpage.action?pageId=123", nil, true},
		{"https://wiki.acme.example", "pages/viewpage.action?pageId=123", nil, true},
		{"https://wiki.acme.example", "viewpage.action?pageId=123", nil, true},
	} {
		t.Run(tt.base+" "+tt.address, func(t *testing.T) {
			t.Parallel()
			api, err := atlassian.New(atlassian.Options{Product: "Confluence", BaseURL: tt.base,
				Auth: atlassian.Auth{Type: "bearer", Token: atlassian.NewSecret("t0ken")}})
			require.NoError(t, err)
			assert.Equal(t, tt.leads, New(api, true).Leads(tt.address, tt.page))
		})
	}
}
