//go:build unix

package source

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/vatesfeed/vatesfeed"
)

// shapes are feeds that grow with n in one thing each.
var shapes = map[string]func(n int) string{
	"same text, different IDs": rssOf(func(b *strings.Builder, i int) {
		fmt.Fprintf(b, `<item><guid>%d</guid><description>x</description><pubDate>1 Jan 2024</pubDate></item>`, i)
	}),
	"same text, no IDs": rssOf(func(b *strings.Builder, i int) {
		b.WriteString(`<item><description>x</description><pubDate>1 Jan 2024</pubDate></item>`)
	}),
	"same link, different texts": rssOf(func(b *strings.Builder, i int) {
		fmt.Fprintf(b, `<item><link>http://a/</link><description>%d</description><pubDate>1 Jan 2024</pubDate></item>`, i)
	}),
	"categories":         oneItem(`<category>%d</category>`, ""),
	"nested elements":    oneItem(`<x:a>`, `</x:a>`),
	"nested description": oneItem(`<b>`, `</b>`, "description"),
	"open elements":      oneItem(`<x:a>`, ""),
	"items without end":  rssOf(func(b *strings.Builder, i int) { b.WriteString(`<item><pubDate>1 Jan 2024</pubDate>`) }),
	"nested groups":      rssOf(func(b *strings.Builder, i int) { b.WriteString(`<x:group>`) }),
	"namespaces":         oneItem(`<a xmlns:n%d="urn:x"/>`, ""),
	"nested namespaces":  oneItem(`<a xmlns:n%d="urn:x">`, "</a>"),
	"nested bases":       oneItem(`<a xml:base="a/">`, "</a>", "description"),
	"entities":           oneItem(`&amp;`, "", "description"),
	"double entities":    oneItem(`&amp;amp;`, "", "title"),
	"comments":           oneItem(`a<!--->-->`, "", "x:a"),
	"CDATA":              oneItem(`a<![CDATA[<]]>`, "", "description"),
	"breaks":             oneItem(`a&lt;br&gt;`, "", "description"),
	"links in HTML":      oneItem(`&lt;a href=x&gt;&lt;i&gt;y`, "", "description"),
	"paragraphs":         oneItem(`&lt;p&gt;a`, "", "description"),
	"silent elements":    oneItem(`&lt;svg&gt;a`, "", "description"),
	"tag without end":    oneItem(`&lt;a `, "", "description"),
	"carriage returns":   oneItem("\r", "", "description"),
	"blank lines":        oneItem("a\n \n", "", "title"),
	"content":            oneItem(`&lt;p&gt;a`, "", "content:encoded"),
	"content of items": rssOf(func(b *strings.Builder, i int) {
		b.WriteString(`<item><guid>a</guid><content:encoded>&lt;p&gt;x&lt;b&gt;</content:encoded><pubDate>1 Jan 2024</pubDate></item>`)
	}),
	"media":              oneItem(`<media:content url="/%d"/>`, ""),
	"nested media":       oneItem(`<media:group>`, "</media:group>"),
	"authors":            oneItem(`<dc:creator>%d</dc:creator>`, ""),
	"links":              oneItem(`<link>http://a/%d</link>`, ""),
	"a long date":        oneItem(`1 `, "", "pubDate"),
	"dates":              oneItem(`<pubDate>1 Jan 2024</pubDate>`, ""),
	"bad references":     oneItem(`&#1;`, "", "title"),
	"control characters": oneItem("\x01\n", "", "title"),
	"bytes, not UTF-8":   oneItem("\xff\n", "", "title"),
	"namespaces and elements": func(n int) string {
		return `<rss` + several(` xmlns:n%d="urn:x"`, n/2) + `><channel><item>` + several("<y/>", n/2) + `</item></channel></rss>`
	},
	"Atom, attributes of a body": atomOf(`&lt;body a%d=1&gt;`, "html"),
	"attributes":                 func(n int) string { return `<rss><channel><item ` + several(`a%d="x" `, n) + `>` },
	"declarations":               func(n int) string { return several("<?x y?><!--z-->", n) + `<rss><channel><item/>` },
	"a doctype":                  func(n int) string { return `<!DOCTYPE rss [` + several(`<!ENTITY a%d "b">`, n) + `]><rss>` },
	"Atom, HTML":                 atomOf(`<b>`, "html"),
	"Atom, XHTML":                atomOf(`<b>`, "xhtml"),
	"Atom, text":                 atomOf(`&lt;b&gt;`, "text"),
	"JSON items":                 jsonOf(`{"id":"%d","content_text":"x","date_published":"2024-01-01"},`),
	"JSON tags":                  jsonOf(`{"date_published":"2024-01-01","tags":["` + strings.Repeat(`a","`, 1000) + `"]},`),
	"JSON, nested":               func(n int) string { return `{"items":[{"x":` + strings.Repeat("[", n) },
	"JSON, nested ends":          func(n int) string { return `{"items":[{"x":` + strings.Repeat("[", n) + strings.Repeat("]", n) + "}]}" },
	"JSON keys":                  func(n int) string { return `{"items":[{` + several(`"a%d":1,`, n) + `"id":1}]}` },
	"JSON, the same keys":        func(n int) string { return `{"items":[{` + several(`"tags":["%d"],`, n) + `"id":1}]}` },
}

func several(piece string, size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		if strings.Contains(piece, "%d") {
			fmt.Fprintf(&b, piece, i)
		} else {
			b.WriteString(piece)
		}
	}
	return b.String()
}

func rssOf(add func(b *strings.Builder, i int)) func(int) string {
	return func(size int) string {
		var b strings.Builder
		b.WriteString(`<rss><channel><title>X</title>`)
		for i := 0; b.Len() < size; i++ {
			add(&b, i)
		}
		return b.String() + `</channel></rss>`
	}
}

// oneItem makes feeds of one item with pieces in it, or in an element of it.
func oneItem(piece, end string, element ...string) func(int) string {
	return func(size int) string {
		s := several(piece, size)
		if end != "" {
			s += strings.Repeat(end, strings.Count(s, piece[:2]))
		}
		for _, e := range element {
			s = "<" + e + ">" + s + "</" + e + ">"
		}
		return `<rss><channel><item>` + s + `<pubDate>1 Jan 2024</pubDate></item></channel></rss>`
	}
}

func atomOf(piece, kind string) func(int) string {
	return func(size int) string {
		return `<feed xmlns="http://www.w3.org/2005/Atom"><entry><updated>2024-01-01</updated><content type="` + kind + `">` + several(piece, size) + `</content></entry></feed>`
	}
}

func jsonOf(piece string) func(int) string {
	return func(size int) string {
		return `{"version":"https://jsonfeed.org/version/1.1","items":[` + several(piece, size) + `{}]}`
	}
}

// TestLinear reads feeds of many shapes in two sizes, one eight times the other,
// and looks at the ratio of the processor time: 64 if it were quadratic.
func TestLinear(t *testing.T) {
	const small, large = 64 << 10, 512 << 10
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			a, b := shape(small), shape(large)
			took := func(feed string) time.Duration {
				start := processorTime()
				listings, _ := readBody("test", []byte(feed), "", nil)
				listings = finish("test", listings)
				vatesfeed.Merge(listings...)
				return processorTime() - start
			}
			least, most := took(a), took(b)
			limit := func() time.Duration { return 24*least + 20*time.Millisecond }
			for try := 0; try < 5 && most >= limit(); try++ {
				least, most = min(least, took(a)), min(most, took(b))
			}
			assert.Less(t, most, limit())
		})
	}
}

func processorTime() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
