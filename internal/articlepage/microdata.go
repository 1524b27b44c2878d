package articlepage

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/schema"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// microdata returns the first article that a page describes in microdata (HTML
// Living Standard, section 5), outside of what stands beside its text.
func microdata(parent *html.Node) (a schema.Article, ok bool) {
	for n := range parent.ChildNodes() {
		if n.DataAtom == atom.Aside || n.DataAtom == atom.Nav || n.DataAtom == atom.Footer {
			continue
		}
		if kind := htmltext.Attr(n, "itemtype"); strings.Contains(kind, "schema.org/") && (strings.HasSuffix(kind, "Article") || strings.HasSuffix(kind, "BlogPosting")) {
			addProperties(&a, n)
			return a, true
		}
		if a, ok = microdata(n); ok {
			return a, true
		}
	}
	return a, false
}

// addProperties adds the properties of an item that are below a node. Those below
// another item, or an author, are not its own.
func addProperties(a *schema.Article, parent *html.Node) {
	for n := range parent.ChildNodes() {
		isItem := slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "itemscope" })
		switch property := htmltext.Attr(n, "itemprop"); {
		case property == "headline" && a.Headline == "":
			a.Headline = propertyValue(n)
		case property == "author":
			isItem = true
			if name := cmp.Or(nested(n, "name"), propertyValue(n)); name != "" && len(a.Authors) < schema.MaxAuthors {
				a.Authors = append(a.Authors, name)
			}
		case property == "image" && a.Image.URL == "":
			a.Image.URL = cmp.Or(nested(n, "url"), propertyValue(n))
			a.Image.Width, _ = strconv.Atoi(nested(n, "width"))
			a.Image.Height, _ = strconv.Atoi(nested(n, "height"))
			a.Image.Alt = htmltext.Attr(n, "alt")
		case property == "publisher" && a.Publisher == "":
			a.Publisher = cmp.Or(nested(n, "name"), propertyValue(n))
		}
		if !isItem {
			addProperties(a, n)
		}
	}
}

// nested returns a property of an item within an article, or "".
func nested(item *html.Node, property string) string {
	for n := range item.Descendants() {
		if htmltext.Attr(n, "itemprop") == property {
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
		if htmltext.Attr(n, "itemprop") == "author" || htmltext.Attr(n, "itemprop") == "name" {
			return textOf(n) // a link to the author's page
		}
	}
	if key != "" {
		return htmltext.Attr(n, key)
	}
	return textOf(n)
}
