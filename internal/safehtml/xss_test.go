package safehtml

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// attacks are HTML that runs scripts in some browser, one of each kind.
var attacks = []string{
	`<script>alert(1)</script>`, `<SCRIPT SRC=//x></SCRIPT>`, `<<script>alert(1)//<</script>`, `<scr<script>ipt>alert(1)</script>`,
	`<img src=x onerror=alert(1)>`, `<img src="javascript:alert(1)">`, `<img src="jav&#x09;ascript:alert(1)">`, "<img src=`javascript:alert(1)`>",
	`<img src="x" srcset="javascript:alert(1) 2x">`, `<img data-src="javascript:alert(1)">`, `<img src="data:image/svg+xml,<svg onload=alert(1)>">`,
	`<a href="javascript:alert(1)">x</a>`, `<a href=" &#14;javascript:alert(1)">x</a>`, `<a href="JaVaScRiPt&colon;alert(1)">x</a>`,
	`<a href="data:text/html,<script>alert(1)</script>">x</a>`, `<a href="vbscript:x">x</a>`, `<a href="//x" onclick=alert(1) style="position:fixed">x</a>`,
	`<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`, `<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>`,
	`<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
	`<noscript><p title="</noscript><img src=x onerror=alert(1)>">`, `<style><img src="</style><img src=x onerror=alert(1)>">`,
	`<iframe src="javascript:alert(1)"></iframe>`, `<object data="x"></object>`, `<embed src="x">`, `<form action="javascript:alert(1)"><button>x</button></form>`,
	`<input autofocus onfocus=alert(1)>`, `<details open ontoggle=alert(1)>`, `<video src=x onerror=alert(1)></video>`, `<audio src=x>`, `<body onload=alert(1)>`,
	`<base href="//x/">`, `<meta http-equiv=refresh content="0;url=javascript:alert(1)">`, `<link rel=stylesheet href=//x>`, `<div style="background:url(javascript:alert(1))">`,
	`<p id="x" name="y" class="z">x</p>`, `<xss style="x">x</xss>`, `<!--[if IE]><script>alert(1)</script><![endif]-->`, `<![CDATA[<script>alert(1)</script>]]>`,
	`<textarea><script>alert(1)</script></textarea>`, `<title></title><script>alert(1)</script>`, `<template><script>alert(1)</script></template>`,
	`<table background="javascript:alert(1)"><td background="javascript:x">x</table>`, `<a href="https://x" target="_blank" ping="//y">x</a>`,
}

// collection returns the attacks in the tests of package bluemonday, which are
// those of OWASP's collection and others that were found since.
func collection(t testing.TB) []string {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/microcosm-cc/bluemonday").Output()
	require.NoError(t, err)
	name := filepath.Join(strings.TrimSpace(string(dir)), "sanitize_test.go")
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	require.NoError(t, err)
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
			s, err := strconv.Unquote(l.Value)
			require.NoError(t, err)
			all = append(all, s)
		}
		return true
	})
	require.Greater(t, len(all), 300)
	return all
}

// TestAttacks tries attacks. VATESFEED_ATTACKS may name a file with more of them, one
// in a line.
func TestAttacks(t *testing.T) {
	all := append(attacks, collection(t)...)
	if name := os.Getenv("VATESFEED_ATTACKS"); name != "" {
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		all = append(all, strings.Split(string(b), "\n")...)
	}
	for _, s := range all {
		checkSafe(t, s)
		checkSafe(t, `<p title="`+s+`">`+s+`</p>`)
	}
	t.Log(len(all), "attacks")
}

func FuzzClean(f *testing.F) {
	for _, s := range attacks {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkSafe(t, s) })
}

// What SECURITY.md says that clean HTML may have.
var (
	allowedTags = strings.Fields(`html head body p br hr div section article h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre figure figcaption cite
		a abbr b code del em i ins kbd mark q s samp small strong sub sup u var table caption thead tbody tfoot tr th td img`)
	allowedAttrs = strings.Fields(`a.href img.src img.alt img.width img.height td.colspan td.rowspan th.colspan th.rowspan ol.start abbr.title`)
)

// elements are those of HTML, old ones too.
var elements = strings.Fields(`a abbr acronym address area article aside audio b base bdi bdo big blink blockquote br button canvas caption center cite code
	col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hgroup hr
	i iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noscript object ol optgroup option output p param picture
	pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary sup svg table tbody td template textarea
	tfoot th thead time title tr track tt u ul var video wbr`)

// TestList compares what is allowed with SECURITY.md.
func TestList(t *testing.T) {
	b, err := os.ReadFile("../../SECURITY.md")
	require.NoError(t, err)
	_, list, ok := strings.Cut(string(b), "- the elements")
	require.True(t, ok)
	tags, attributes, ok := strings.Cut(list, "- the attributes")
	require.True(t, ok)
	attributes, _, _ = strings.Cut(attributes, "- absolute")
	listed := func(text string) (all []string) {
		for _, m := range regexp.MustCompile("`(\\w+)`").FindAllStringSubmatch(text, -1) {
			all = append(all, m[1])
		}
		return all
	}
	allowed := append(listed(tags), "h2", "h3", "h4", "h5") // "h1 to h6"
	assert.ElementsMatch(t, allowed, slices.DeleteFunc(slices.Clone(allowedTags), func(tag string) bool { return tag == "html" || tag == "head" || tag == "body" }))
	for _, tag := range elements {
		dirty := "<" + tag + " src=x href=x>x</" + tag + ">"
		if slices.Contains([]string{"caption", "thead", "tbody", "tfoot", "tr", "th", "td"}, tag) {
			dirty = "<table><caption>x</caption><thead><tr><th>x</th></tr></thead><tbody><tr><td>x</td></tr></tbody><tfoot></tfoot></table>"
		}
		clean, err := Clean(base, "x"+dirty)
		require.NoError(t, err)
		has := regexp.MustCompile("<" + tag + "[ />]").MatchString(clean)
		assert.Equal(t, slices.Contains(allowed, tag), has, "%s: %s", tag, clean)
	}
	var named []string
	for _, attr := range allowedAttrs {
		_, name, _ := strings.Cut(attr, ".")
		named = append(named, name)
		tag, _, _ := strings.Cut(attr, ".")
		dirty := fmt.Sprintf(`<%s src="x" href="x" %s="2">x</%[1]s>`, tag, name)
		if tag == "td" || tag == "th" {
			dirty = "<table><tr>" + dirty + "</tr></table>"
		}
		clean, err := Clean(base, dirty)
		require.NoError(t, err)
		assert.Contains(t, clean, " "+name+"=", attr)
	}
	slices.Sort(named)
	assert.ElementsMatch(t, listed(attributes), append(slices.Compact(named), "lang", "dir"))
}

// checkSafe checks what a browser makes of clean HTML.
func checkSafe(t *testing.T, dirty string) {
	t.Helper()
	clean, err := Clean(base, dirty)
	if err != nil {
		return
	}
	root, err := html.Parse(strings.NewReader(clean))
	require.NoError(t, err)
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			assert.Contains(t, allowedTags, n.Data, dirty)
			assert.Empty(t, n.Namespace, dirty)
		} else {
			assert.NotEqual(t, html.CommentNode, n.Type, dirty)
		}
		for _, a := range n.Attr {
			if a.Key == "lang" || a.Key == "dir" {
				continue
			}
			assert.Contains(t, allowedAttrs, n.Data+"."+a.Key, dirty)
			if a.Key == "href" || a.Key == "src" {
				u, err := url.Parse(a.Val)
				require.NoError(t, err, dirty)
				web := (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
				assert.True(t, web || a.Key == "href" && u.Scheme == "mailto", "%q: %s", dirty, a.Val)
			}
		}
	}
}
