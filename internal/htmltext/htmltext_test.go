package htmltext

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/vatesfeed/vatesfeed/internal/text"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":                                      "",
		"a &lt; b &amp; c":                      "a < b & c",
		"<p>a</p>\n\n<p>b\n c</p>":              "a\n\nb c",
		"a<br>b<br><br>c":                       "a b\n\nc",
		"a<p>b</p><br>c":                        "a\n\nb\n\nc",
		"<span>a</span> b":                      "a b",
		"<span><b>a</b></span><p>b":             "a\n\nb",
		"</p>a</div>b":                          "a\n\nb",
		"<ul><li>a</li><li><b>b</b>c</li></ul>": "a\n\nbc",
		"<script>alert(1)</script>x<img onerror=y>":          "x",
		"a<svg><title>b</title><text>c</text></svg>d":        "ad",
		"a<figure><img><figcaption>b</figcaption></figure>c": "a\n\nc",
		"<button>a<button>b</button></button>c":              "c",
		"a<button>b":                                         "ab",
		"a<button>b<p>c":                                     "ab\n\nc",
		"a<script>b":                                         "a",
		"a<!-- b -->c<?d>e":                                  "ace",
		"a</button>b":                                        "ab",
		"<table><tr><td>a<td>b</table>":                      "a\n\nb",
		"a &nbsp; b":                                         "a b",
		"a < b":                                              "a < b",
		"<p hidden=''>a":                                     "a",
	} {
		assert.Equal(t, want, Text(in), in)
	}
	assert.Equal(t, "a", Text(strings.Repeat("<div>", 1000)+"a"))
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"<span>a</span>", "<button>a<p>b<br>c", "<a href='/x'>a<br></a>&amp;", "</p><![CDATA[x]]>", "<textarea><p>a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s = strings.ToValidUTF8(s, ""); !strings.Contains(s, "\x00") {
			got := Text(s)
			assert.True(t, utf8.ValidString(got))
			for p := range strings.SplitSeq(got, "\n\n") {
				line, _ := text.Line(p)
				assert.Equal(t, line, p)
			}
		}
	})
}

func BenchmarkText(b *testing.B) {
	for name, s := range map[string]string{"br": "a<br>", "link": "<a href>a<br>", "button": "<button>", "div": "<div>", "html": "<html a=b>"} {
		s := strings.Repeat(s, 1<<20/len(s))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				Text(s)
			}
		})
	}
}
