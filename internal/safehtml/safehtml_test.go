package safehtml

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var base = &url.URL{Scheme: "https", Host: "www.example.org", Path: "/blogi/artikkeli"}

func TestClean(t *testing.T) {
	for _, test := range []struct{ dirty, clean string }{
		{`<p class="x" onclick="a()">Yksi <b>kaksi</b>.</p>`, `<p>Yksi <b>kaksi</b>.</p>`},
		{`<a href="../muu?utm_source=x#a">M</a>`, `<a href="https://www.example.org/muu#a">M</a>`},
		{`<a href="mailto:a@example.org">A</a>`, `<a href="mailto:a@example.org">A</a>`},
		{`<a href="javascript:alert(1)">A</a>`, `A`},
		{`<a href="ftp://example.org/">A</a>`, `A`},
		{`<img src="kuva.jpg" alt="Kuva" width="3" height="20%" style="x" srcset="a 2x">`, `<img src="https://www.example.org/blogi/kuva.jpg" alt="Kuva" width="3"/>`},
		{`<p>a</p><img src="data:image/gif;base64,AA" data-src="/k.png">`, `<p>a</p><img src="https://www.example.org/k.png"/>`},
		{`<p>a</p><img src="/count.gif" width="1" height="1">`, `<p>a</p>`},
		{`<p>a</p><img alt="none">`, `<p>a</p>`},
		{`yksi<nav>kaksi</nav>kolme`, `yksi kaksi kolme`},
		{`a<script>b</script><style>c</style><iframe src="/x">d</iframe>`, `a`},
		{`<table><tr><td colspan="2" style="x">A</td></tr></table>`, `<table><tbody><tr><td colspan="2">A</td></tr></tbody></table>`},
		{`<p lang="sv" dir="ltr">Hej</p>`, `<p lang="sv" dir="ltr">Hej</p>`},
		{"<p> </p><div><br></div>", ""},
		{"<div><script>x</script><style>y</style></div>", ""},
		{"a & b < c", "a &amp; b &lt; c"},
		{"", ""},
	} {
		got, err := Clean(base, test.dirty)
		require.NoError(t, err)
		assert.Equal(t, test.clean, got, test.dirty)
		again, err := Clean(base, got)
		require.NoError(t, err)
		assert.Equal(t, got, again)
	}
}

func TestTextSize(t *testing.T) {
	_, err := Clean(base, strings.Repeat("a", MaxSize+1))
	assert.ErrorIs(t, err, ErrTooLarge)
	got, err := Clean(base, strings.Repeat("a", MaxSize))
	assert.NoError(t, err)
	assert.Len(t, got, MaxSize)
	_, err = Clean(base, strings.Repeat("<br>", MaxParts+1))
	assert.ErrorIs(t, err, ErrTooLarge)
}
