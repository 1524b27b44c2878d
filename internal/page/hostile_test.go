//go:build unix

package page

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// hostile makes pages, of about n bytes, in which something stands very often.
var hostile = map[string]func(n int) string{
	"breaks in a heading":       inside(`<article>1.1.2024<h2>`, "a<br>"),
	"breaks in a link":          inside(`<ul><li>1.1.2024 <a href="/x">`, "a<br>"),
	"stress in a link":          inside(`<ul><li>1.1.2024 <a href="/x">`, "<i>y</i>"),
	"headers and breaks":        inside(``, "<header></header><br>"),
	"open headers":              inside(``, "<header>a</header>"),
	"spans in a link":           inside(`<article>1.1.2024<a href="/x">`, "<span></span>"),
	"spans with text in a link": inside(`<article>1.1.2024<a href="/x">`, "<span>a</span>"),
	"times in prose":            inside(`<p>Teksti `, `<time datetime="2024-01-01">1.1.2024</time> on `),
	"times alone":               inside(``, `<time datetime="2024-01-01">x</time>`),
	"empty times":               inside(`<p>`, `<time datetime="2024-01-01"></time>`),
	"dates in a line":           inside(`<p>`, "1.1.2024 "),
	"dates in spans in a line":  inside(`<p>`, "<span>1.1.2024</span> a "),
	"dates in paragraphs":       inside(``, "<p>1.1.2024</p>"),
	"dates in breaks":           inside(``, "1.1.2024<br>a<br>"),
	"parts of dates":            inside(`<p>`, "<b>1.</b><b>1.</b>"),
	"numbers":                   inside(`<p>`, "1 "),
	"one number":                inside(`<p>`, "1"),
	"numbers with dots":         inside(`<p>`, "1.1."),
	"months":                    inside(`<p>`, "1 tammi "),
	"ranges":                    inside(`<p>`, "1.1.2024–"),
	"blocks of numbers":         inside(``, "<p>1</p>"),
	"structured data":           inside(``, `<script type="application/ld+json">{"@type":"Article","headline":"a","datePublished":"2024-01-01"}</script>`),
	"structured data in one block": func(n int) string {
		return `<script type="application/ld+json">[` + strings.Repeat(`{"@type":"Article","headline":"a","datePublished":"2024-01-01"},`, n/64) + `{}]</script>`
	},
	"deep structured data": func(n int) string {
		return `<script type="application/ld+json">` + strings.Repeat(`{"item":`, n/8) + `1` + strings.Repeat("}", n/8) + `</script>`
	},
	"attributes": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, " a%d", i)
		}
		return "<body" + b.String() + "><p>x"
	},
	"attributes of many bodies": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "<body a%d=1>", i)
		}
		return b.String()
	},
	"a long class": func(n int) string {
		return strings.Repeat(`<div class="`+strings.Repeat("a1 ", 20)+`">1.1.2024 a</div>`, n/80)
	},
	"paragraphs in an entry": inside(`<article>1.1.2024`, "<p>a</p>"),
	"links in an entry":      inside(`<ul><li>1.1.2024`, `<a href="/x">y</a> `),
	"different links in an entry": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, `<a href="/%d">y%d</a> `, i, i)
		}
		return `<ul><li>1.1.2024` + b.String()
	},
	"articles":            inside(``, `<article><p>1.1.2024</p><h2>a</h2><p>b</p></article>`),
	"articles with links": inside(``, `<article><p>1.1.2024</p><h2><a href="/x">a</a></h2><p>b</p></article>`),
	"sections":            inside(``, `<h2>x</h2><div class="c"><p>1.1.2024</p><h3>a</h3><p>b</p></div>`),
	"different entries": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, `<div class="x%c%c"><p class="%c">1.1.2024</p><h3>a%d</h3></div>`, 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26, i)
		}
		return b.String()
	},
	"siblings, title first":  inside(``, `<h3>a</h3><p>1.1.2024</p><p>b</p>`),
	"siblings, title last":   inside(``, `<p>1.1.2024</p><p>b</p><p><a href="/x">a</a></p>`),
	"siblings, date last":    inside(``, `<p>b</p><p>1.1.2024</p>`),
	"siblings after a date":  inside(`<p>1.1.2024</p><p>2.1.2024</p>`, `<p><a href="/x">a</a></p>`),
	"siblings before a date": func(n int) string { return strings.Repeat("<h3>a</h3>", n/10) + "<p>1.1.2024</p>b<p>2.1.2024</p>c" },
	"tables":                 inside(``, `<table><tr><td>1.1.2024<td>a</table>`),
	"rows":                   inside(`<table>`, `<tr><td>1.1.2024<td>a<td>b`),
	"dates in a cell":        inside(`<table><tr><td>x<td>`, `1.1.2024<br>`),
	"deep": func(n int) string {
		return strings.Repeat(`<div class="sidebar">`, 450) + strings.Repeat("<p>x 1.1.2024</p>", n/16) + "<h1>x</h1>"
	},
	"deep dates":               inside(strings.Repeat("<div>", 450), "<p>1.1.2024</p>a"),
	"deep links":               inside(strings.Repeat("<div>", 450), `<p><a href="/x">1.1.2024 a</a></p>`),
	"breaks in an entry":       inside(`<article>1.1.2024</article><article>2.1.2024<p>`, "a b c<br>"),
	"breaks in an article":     inside(`<h1>a</h1><p>1.1.2024</p><p>`, "a b c<br>"),
	"breaks above the entries": func(n int) string { return `<h1>a</h1>` + strings.Repeat("a b c<br>", n/9) + `<article>1.1.2024<p>a` },
	"links in a heading":       inside(`<article>1.1.2024<h2>b `, `<a href="/x">a</a> `),
	"different labels": func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, `<a rel="tag" href="/%d">y%d</a> `, i, i)
		}
		return `<article>1.1.2024 ` + b.String()
	},
	"headings":         inside(`<p>1.1.2024</p>a<p>2.1.2024</p>a`, "<h2>a</h2>"),
	"spaces":           inside(`<p>a`, "<i> </i>"),
	"cards":            inside(``, `<a href="/x"><span>1.1.2024</span><span>a</span></a>`),
	"authors":          inside(`<article><p>1.1.2024</p>`, `<span class="author">Maija Mäki</span>`),
	"labels":           inside(`<article><p>1.1.2024</p>`, `<a rel="tag" href="/x">Maija</a>`),
	"days of elements": inside(`<h3>1.1.2024</h3>`, `<div class=i><a href="/x">a</a></div>`),
	"attachments":      inside(`<h3>2.1.2024</h3><p>a</p><h3>1.1.2024</h3><ul><li><a href=/a>a</a></li><li><a href=/a.pdf>b</a>`, `<p><a href=/a.pdf>x</a></p>`),
	"elements of days": inside(``, `<h3>1.1.2024</h3><div class=i><p>x</p><h4><a href="/x">a</a></h4></div>`),
	"days":             inside(`<h3>1.1.2024</h3><ul>`, `<li><a href="/x">a</a></li>`),
	"second dates": func(n int) string {
		return `<div><div><p>1.1.2024</p>` + strings.Repeat("<p>x 2.1.2024</p>", n/17) + `</div><div><p>3.1.2024</p></div><div><p>4.1.2024</p></div></div>`
	},
	"empty dates": func(n int) string {
		return `<ul><li>` + strings.Repeat(`<p><time datetime="2024-01-01"></time>........................................</p>`, n/87) + `</li><li><p><time datetime="2024-01-02"></time></p></li></ul>`
	},
	"dates in a text": inside(`<p>`, "x 1.1.2024 y "),
	"nested spans":    inside(`<p>1.1.2024`, strings.Repeat("<span>", 100)+"a"+strings.Repeat("</span>", 100)),
}

func inside(start, part string) func(n int) string {
	return func(n int) string { return start + strings.Repeat(part, n/len(part)) }
}

// TestHostile reads pages that would take long if something were done again for
// each of many parts: four times the page must not take ten times the work.
// Work is the CPU time of the process, which does not depend on what else the
// machine does. The least of a few runs counts, since garbage is collected in
// some and not in others.
func TestHostile(t *testing.T) {
	for name, page := range hostile {
		t.Run(name, func(t *testing.T) {
			work := func(n, runs int) time.Duration {
				input := []byte(page(n))
				least := time.Hour
				for range runs {
					start := cpuTime(t)
					Parse("test", input, address)
					least = min(least, cpuTime(t)-start)
				}
				return least
			}
			if work(256<<10, 1) < 50*time.Millisecond {
				return // too little to compare, and not much for a quarter of a megabyte
			}
			var small, large time.Duration
			for range 3 { // what else runs can spoil the caches of one
				if small, large = work(64<<10, 3), work(256<<10, 2); large <= 10*small {
					return
				}
			}
			t.Errorf("%v for four times a page of %v", large, small)
		})
	}
}

// cpuTime returns the CPU time that the process has used.
func cpuTime(t *testing.T) time.Duration {
	var r syscall.Rusage
	require.NoError(t, syscall.Getrusage(syscall.RUSAGE_SELF, &r))
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
