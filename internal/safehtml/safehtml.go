// Package safehtml makes HTML that others wrote safe to show in feed readers and
// on pages.
package safehtml

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// MaxSize is how many bytes clean HTML may have.
const MaxSize = 1 << 20

// MaxParts is how many elements, texts and attributes HTML may have; see
// htmltext.Parts.
const MaxParts = 100_000

// ErrTooLarge is the error for HTML over these limits.
var ErrTooLarge = errors.New("too large")

// policy is the list of what clean HTML may have. SECURITY.md has it too. It is
// made on first use, since most runs of the command need none.
var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "div", "section", "article", "h1", "h2", "h3", "h4", "h5", "h6",
		"ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "figure", "figcaption", "cite",
		"a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "strong", "sub", "sup", "u", "var",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "img")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("src", "alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(bluemonday.Integer).OnElements("img")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("td", "th")
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("title").OnElements("abbr")
	p.AllowAttrs("lang").Matching(regexp.MustCompile(`^[a-zA-Z0-9-]{2,20}$`)).Globally()
	p.AllowAttrs("dir").Matching(bluemonday.Direction).Globally()
	p.AddSpaceWhenStrippingTag(true) // so that no two words become one
	return p
})

// Clean returns an HTML fragment with only what is on the list of the policy. Its
// URLs become absolute; those that cannot be resolved are left out. The base is
// nil if it is not known. Clean returns "" if nothing is left to see.
func Clean(base *url.URL, fragment string) (string, error) {
	if htmltext.Parts([]byte(fragment), MaxParts) > MaxParts {
		return "", fmt.Errorf("%w: over %d elements, texts and attributes", ErrTooLarge, MaxParts)
	}
	nodes, err := html.ParseFragment(strings.NewReader(fragment), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return "", err
	}
	return Nodes(base, nodes)
}

// Nodes is Clean for nodes, which it changes.
func Nodes(base *url.URL, nodes []*html.Node) (string, error) {
	var b strings.Builder
	seen := false
	for _, root := range nodes {
		for n := range root.Descendants() {
			prepare(base, n)
			seen = seen || isSeen(n)
		}
		prepare(base, root)
		seen = seen || isSeen(root)
		if err := html.Render(&b, root); err != nil {
			return "", err
		}
	}
	if !seen {
		return "", nil
	}
	clean := strings.TrimSpace(policy().Sanitize(b.String()))
	if len(clean) > MaxSize {
		return "", fmt.Errorf("%w: over %d KiB", ErrTooLarge, MaxSize>>10)
	}
	return clean, nil
}

func isSeen(n *html.Node) bool {
	if n.Type == html.TextNode {
		return !text.IsBlank(n.Data) && (n.Parent == nil || !htmltext.IsSilent(n.Parent.DataAtom))
	}
	return n.DataAtom == atom.Img && len(n.Attr) > 0
}

// prepare makes the URLs of a node absolute.
func prepare(base *url.URL, n *html.Node) {
	switch n.DataAtom {
	case atom.A:
		href := htmltext.Attr(n, "href")
		if !strings.HasPrefix(strings.ToLower(strings.TrimSpace(href)), "mailto:") {
			href = weburl.Absolute(base, href)
		}
		n.Attr = withURL(n.Attr, "href", href)
	case atom.Img:
		// Pages that load their images late have the URL in another attribute.
		src := htmltext.Attr(n, "src")
		if src == "" || strings.HasPrefix(src, "data:") {
			src = cmp.Or(htmltext.Attr(n, "data-src"), htmltext.Attr(n, "data-lazy-src"), htmltext.Attr(n, "data-original"))
		}
		src = weburl.Absolute(base, src)
		if src == "" || isPixel(n) {
			n.Attr = nil // the policy has no image without attributes
			return
		}
		n.Attr = withURL(n.Attr, "src", src)
	}
}

// isPixel reports whether an image is too small to be seen. It serves to count
// readers.
func isPixel(n *html.Node) bool {
	for _, key := range []string{"width", "height"} {
		if size, err := strconv.Atoi(htmltext.Attr(n, key)); err == nil && size <= 1 {
			return true
		}
	}
	return false
}

// withURL returns attributes with a URL in place of the one that they have. An
// empty URL is none.
func withURL(attrs []html.Attribute, key, value string) []html.Attribute {
	var kept []html.Attribute
	if value != "" {
		kept = append(kept, html.Attribute{Key: key, Val: value})
	}
	for _, a := range attrs {
		if a.Key != key {
			kept = append(kept, a)
		}
	}
	return kept
}
