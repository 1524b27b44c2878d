package articlepage

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/schema"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// microdata returns the first article that a page describes in microdata (HTML
// Living Standard, section 5).
func microdata(root *html.Node) (a schema.Article) {
	for n := range root.Descendants() {
		if kind := attr(n, "itemtype"); strings.Contains(kind, "schema.org/") && (strings.HasSuffix(kind, "Article") || strings.HasSuffix(kind, "BlogPosting")) {
			addProperties(&a, n)
			return a
		}
	}
	return a
}

// addProperties adds the properties of an item that are below a node.
func addProperties(a *schema.Article, parent *html.Node) {
	for n := range parent.ChildNodes() {
		_, isItem := attribute(n, "itemscope")
		switch property := attr(n, "itemprop"); property {
		case "headline":
			a.Headline = cmp.Or(a.Headline, propertyValue(n))
		case "author", "creator":
			if name := cmp.Or(nested(n, "name"), propertyValue(n)); name != "" {
				a.Authors = append(a.Authors, name)
			}
		case "image":
			if a.Image.URL == "" {
				a.Image.URL = cmp.Or(nested(n, "url"), propertyValue(n))
				a.Image.Width, _ = strconv.Atoi(nested(n, "width"))
				a.Image.Height, _ = strconv.Atoi(nested(n, "height"))
				a.Image.Caption = attr(n, "alt")
			}
		case "publisher":
			a.Publisher = cmp.Or(nested(n, "name"), propertyValue(n))
		}
		if !isItem { // the properties below it are its own
			addProperties(a, n)
		}
	}
}

// nested returns a property of an item within an article, or "".
func nested(item *html.Node, property string) string {
	for n := range item.Descendants() {
		if attr(n, "itemprop") == property {
			return propertyValue(n)
		}
	}
	return ""
}

// propertyValue returns the value of a property (HTML Living Standard, section
// 5.2.4).
func propertyValue(n *html.Node) string {
	key := ""
	switch n.DataAtom {
	case atom.Meta:
		key = "content"
	case atom.Img:
		key = "src"
	case atom.A, atom.Link:
		key = "href"
		if attr(n, "itemprop") == "author" || attr(n, "itemprop") == "name" {
			return textOf(n) // a link to the author's page
		}
	}
	if key != "" {
		return attr(n, key)
	}
	return textOf(n)
}

func attribute(n *html.Node, key string) (value string, ok bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}
