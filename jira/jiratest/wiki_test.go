package jiratest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRender(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, markup, want string }{
		{"lines of a paragraph", "one\r\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"},
		{"a heading", "h3. Decisions *now*", "<h3>Decisions <strong>now</strong></h3>"},
		{"lists in lists", "* a\n** b\n** c\n* d", "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"},
		{"another list", "* a\n# b", "<ul><li>a</li></ul><ol><li>b</li></ol>"},
		{"numbers in bullets", "* a\n*# b\n* c", "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>"},
		{"a table", "||a||b||\n|1|2|\n", "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"},
		{"code is left alone", "{code:java}\n*x* <y>\n{code}\nafter", "<pre>*x* &lt;y&gt;</pre><p>after</p>"},
		{"code that never ends", "{noformat}\nx", "<pre>x</pre>"},
		{"a quote of blocks", "{quote}\n* a\n{quote}", "<blockquote><ul><li>a</li></ul></blockquote>"},
		{"a rule", "a\n----\nb", "<p>a</p><hr><p>b</p>"},
		{"marks", "*a* _b_ -c- +d+ {{e}}", "<p><strong>a</strong> <em>b</em> <del>c</del> <ins>d</ins> <code>e</code></p>"},
		{"no marks inside words", "a_b_c 2*3*4 x-y-z", "<p>a_b_c 2*3*4 x-y-z</p>"},
		{"escaped marks are text", `\*a\* \{code\} \[~bo\] \[x\|y\] \\!`, "<p>*a* {code} [~bo] [x|y] <br>!</p>"},
		{"a link", "[the page|https://example.com/a?b=1&c=2]", `<p><a href="https://example.com/a?b=1&amp;c=2" rel="noopener noreferrer">the page</a></p>`},
		{"an address", "see https://example.com/a.", `<p>see <a href="https://example.com/a." rel="noopener noreferrer">https://example.com/a.</a></p>`},
		{"a link to a script", "[x|javascript:alert(1)]", "<p>x</p>"},
		{"a mention", "[~accountid:5b10] [~bo]", `<p><span class="mention">@5b10</span> <span class="mention">@bo</span></p>`},
		{"a colour", "{color:red}x{color}", "<p>x</p>"},
		{"letters of all languages", "Füße *größer* 支付", "<p>Füße <strong>größer</strong> 支付</p>"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, tc.want, render(tc.markup))
		})
	}
}

// F5: escaped markup notifies nobody.
func TestMentions(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"5b10", "bo"}, Mentions("[~accountid:5b10] and *[~bo]*"))
	assert.Empty(t, Mentions("\\[~bo\\] <span class=\"mention\">@bo</span> {code}[~bo]{code} {noformat}\n[~bo]\n{noformat}"))
}

// FuzzRender: whatever is typed, only the renderer's own elements come out.
func FuzzRender(f *testing.F) {
	for _, seed := range []string{"* a\n*# b\n|c|\n{quote}x{quote}", `[a|http://x"><script>]`, "{code}<b>", "h1. <i>", "!x!|[~<b>]", `\`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, markup string) {
		for _, part := range strings.Split(render(markup), "<")[1:] {
			name := strings.TrimPrefix(part, "/")
			name = name[:strings.IndexAny(name+" ", " >")]
			if !strings.Contains(" p br hr h1 h2 h3 h4 h5 h6 ul ol li table tr td th pre blockquote strong em del ins code a i span ", " "+name+" ") {
				t.Fatalf("%q writes <%s", markup, name)
			}
		}
	})
}
