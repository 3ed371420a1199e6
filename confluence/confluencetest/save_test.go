package confluencetest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"refine/confluence/storage"
)

// TestSaveKeepsContent saves real bodies: what comes back means the same, and
// saving it once more changes nothing.
func TestSaveKeepsContent(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../shared/data/confluence/*.xml")
	require.NoError(t, err)
	if len(files) == 0 {
		t.Skip("no real bodies here")
	}
	for _, deployment := range []Deployment{Cloud, DataCenter} {
		for _, file := range files {
			t.Run(string(deployment)+"/"+filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				raw, err := os.ReadFile(file)
				require.NoError(t, err)
				sent, err := storage.Parse(string(raw))
				if err != nil {
					t.Skip("broken on purpose:", err)
				}
				site := newSite(New(Options{Deployment: deployment}).opts)
				once, err := site.store(string(raw))
				require.NoError(t, err)
				stored, err := storage.Parse(once)
				require.NoError(t, err)
				assert.Equal(t, storage.Canonical(sent.Root.Children...), storage.Canonical(stored.Root.Children...))
				twice, err := site.store(once)
				require.NoError(t, err)
				assert.Equal(t, once, twice)
			})
		}
	}
}

func TestSave(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		sent        string
		cloud       []string // what stands in the stored body
		cloudNot    []string
		dataCenter  []string
		dataCenterN []string
	}{
		{
			name:       "paragraph",
			sent:       "<p>Überweisung – “fast” → 5 € &amp; <b>bold</b></p>\n<p></p>",
			cloud:      []string{`<p local-id="`, `&Uuml;berweisung &ndash; &ldquo;fast&rdquo; &rarr; 5 &euro; &amp; <strong>bold</strong></p><p local-id="`, `" />`},
			dataCenter: []string{"<p>&Uuml;berweisung &ndash; &ldquo;fast&rdquo; &rarr; 5 &euro; &amp; <b>bold</b></p>\n<p />"},
		},
		{
			name:  "list and table",
			sent:  `<ul><li>one</li></ul><table class="x"><tbody><tr><td>a<ul><li>b</li></ul></td><td></td></tr></tbody></table>`,
			cloud: []string{`<li local-id="`, `>one</p></li></ul><table class="x" data-layout="default" data-table-width="760" ac:local-id="`, `>a</p><ul local-id="`, `<td><p local-id="`},
			dataCenter: []string{
				`<ul><li>one</li></ul><table class="x"><tbody><tr><td>a<ul><li>b</li></ul></td><td /></tr></tbody></table>`,
			},
		},
		{
			name:       "macro",
			sent:       `<p><ac:structured-macro ac:name="status"><ac:parameter ac:name="title">Ready</ac:parameter><ac:parameter ac:name="colour">Green</ac:parameter></ac:structured-macro></p>`,
			cloud:      []string{`<ac:structured-macro ac:name="status" ac:schema-version="1" ac:macro-id="`, `<ac:parameter ac:name="colour">Green</ac:parameter><ac:parameter ac:name="title">`},
			dataCenter: []string{`<ac:structured-macro ac:macro-id="`, `" ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">`},
		},
		{
			name: "tasks",
			sent: `<ac:task-list><ac:task><ac:task-id>4</ac:task-id><ac:task-body>a <time datetime="2026-12-01">1 Dec</time></ac:task-body></ac:task>` +
				`<ac:task><ac:task-id>4</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>b</ac:task-body></ac:task></ac:task-list>`,
			cloud: []string{
				`<ac:task-list ac:task-list-id="`, "<ac:task-id>4</ac:task-id>\n<ac:task-uuid>",
				`<ac:task-body><span class="placeholder-inline-tasks">a <time datetime="2026-12-01" /></span></ac:task-body>`,
				"<ac:task-id>1</ac:task-id>\n", "<ac:task-status>complete</ac:task-status>",
			},
			dataCenter:  []string{"<ac:task-id>4</ac:task-id>\n<ac:task-status>incomplete</ac:task-status>", "<ac:task-id>1</ac:task-id>\n<ac:task-status>complete</ac:task-status>"},
			dataCenterN: []string{"task-uuid"},
		},
		{
			name: "decisions",
			sent: `<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-node type="decision-item"><ac:adf-attribute key="state">DECIDED</ac:adf-attribute>` +
				`<ac:adf-content>Ship &lt;it&gt;</ac:adf-content></ac:adf-node></ac:adf-node></ac:adf-extension>`,
			cloud: []string{
				`<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-attribute key="local-id">`,
				`<ac:adf-content>Ship &lt;it&gt;</ac:adf-content></ac:adf-node></ac:adf-node><ac:adf-fallback><ul class="decision-list"><li>Ship &lt;it&gt;</li></ul></ac:adf-fallback></ac:adf-extension>`,
			},
		},
		{
			name:       "code",
			sent:       `<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[a < b && é]]></ac:plain-text-body></ac:structured-macro>`,
			cloud:      []string{`<ac:plain-text-body><![CDATA[a < b && é]]></ac:plain-text-body>`},
			dataCenter: []string{`<ac:plain-text-body><![CDATA[a < b && é]]></ac:plain-text-body>`},
		},
		{
			name:     "what the editor has no place for",
			sent:     `<!-- note --><ul></ul>loose text`,
			cloud:    []string{`>loose text</p>`},
			cloudNot: []string{"note", "<ul"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			cloud := stored(t, Cloud, tt.sent)
			dataCenter := stored(t, DataCenter, tt.sent)
			for _, want := range tt.cloud {
				assert.Contains(t, cloud, want)
			}
			for _, not := range tt.cloudNot {
				assert.NotContains(t, cloud, not)
			}
			for _, want := range tt.dataCenter {
				assert.Contains(t, dataCenter, want)
			}
			for _, not := range tt.dataCenterN {
				assert.NotContains(t, dataCenter, not)
			}
		})
	}
}

func TestSaveRefuses(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"unbalanced":         "<p>a",
		"bare ampersand":     "<p>R & D</p>",
		"undeclared prefix":  "<x:y />",
		"unknown entity":     "<p>&unknown;</p>",
		"control characters": "<p>\x01</p>",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := newSite(New(Options{}).opts).store(body)
			require.ErrorContains(t, err, "400: Error parsing xhtml: ")
		})
	}
}

// Ids of a copied block are given anew: two elements never share one.
func TestSaveGivesEachElementItsOwnID(t *testing.T) {
	t.Parallel()
	body := stored(t, Cloud, `<p local-id="aaaaaaaaaaaa">x</p><p local-id="aaaaaaaaaaaa">y</p>`)
	assert.Equal(t, 1, strings.Count(body, `local-id="aaaaaaaaaaaa"`))
	assert.Equal(t, 2, strings.Count(body, `local-id="`))
}

func stored(t *testing.T, d Deployment, body string) string {
	t.Helper()
	out, err := newSite(New(Options{Deployment: d}).opts).store(body)
	require.NoError(t, err)
	return out
}
