// Package page reads listings from HTML pages.
//
// It rests on what makes a page a listing, and not on how one site marks it
// up: an entry is the largest part of the page that holds one date and
// something to read. It works in steps, a file each: lines.go turns the page
// into lines of text, dates.go finds the dates among them, entries.go the parts
// of the page that belong to each date, article.go reads such a part, and
// head.go reads what stands above the entries. jsonld.go takes what the page
// says for machines where that is more.
package page

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"sync"

	"github.com/vatesfeed/vatesfeed"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Parse reads the listings of an HTML page in UTF-8: one, or several if the
// page has entries in the same form under several headings. The name is for
// errors. The address is the page's own; a nil one stands for an unknown one.
//
// The error wraps vatesfeed.ErrNoArticles for a page without entries.
func Parse(name string, body []byte, address *url.URL) ([]vatesfeed.Listing, error) {
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	doc := newDocument(root)
	doc.base = baseURL(root, address)
	groups := doc.findGroups()
	if len(groups) == 0 {
		// Perhaps the names of its parts mean something else here.
		if root, err = html.Parse(bytes.NewReader(body)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		base := doc.base
		doc = newDocument(root)
		doc.base, doc.ignoreNames = base, true
		groups = doc.findGroups()
	}
	doc.findSharedLinks(groups)
	heading := doc.heading()

	var listings []vatesfeed.Listing
	for _, group := range groups {
		l := doc.head(group, heading)
		for _, e := range group.entries {
			a, problem := doc.article(e)
			if problem != nil {
				problem.Name = name
				l.Problems = append(l.Problems, problem)
				continue
			}
			if a.Title == "" && a.Summary == "" {
				continue // all that it says is where to go on
			}
			if l.Section != "" {
				a.Sections = []string{l.Section}
			}
			l.Articles = append(l.Articles, a)
		}
		dropSharedLinks(l.Articles)
		if len(l.Articles) > 0 || len(l.Problems) > 0 {
			listings = append(listings, l)
		}
	}
	listings = doc.addStructured(listings)

	if !slices.ContainsFunc(listings, func(l vatesfeed.Listing) bool { return len(l.Articles) > 0 }) {
		return listings, fmt.Errorf("%s: %w: the page has no part with one date and something to read", name, vatesfeed.ErrNoArticles)
	}
	for i := range listings {
		if address != nil {
			listings[i].URL = address.String()
		}
	}
	return listings, nil
}

// A document is an HTML page while it is read.
type document struct {
	root  *html.Node
	base  *url.URL // what links are relative to
	lines []*line  // of the parts that may have entries
	marks []*mark  // the dates, in the order of the page

	h1          *html.Node          // the page's heading, or nil
	main        map[*html.Node]bool // what has the page's heading or its <main> in it
	roleHeading map[*html.Node]bool // what ARIA says is a heading
	ignoreNames bool                // do not go by classes and IDs
	shared      map[string]bool     // addresses that several entries lead to
}

func newDocument(root *html.Node) *document {
	doc := &document{root: root, main: make(map[*html.Node]bool), roleHeading: make(map[*html.Node]bool)}
	holds := func(n *html.Node) {
		for ; n != nil && !doc.main[n]; n = n.Parent {
			doc.main[n] = true
		}
	}
	for n := range root.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.DataAtom == atom.H1:
			// Entries may have titles of this rank, too.
			if doc.h1 == nil && within(n, atom.Article, atom.Li, atom.Tr) == nil {
				doc.h1 = n
				holds(n)
			}
		case n.DataAtom == atom.Main:
			holds(n)
		case n.DataAtom == atom.Time && n.FirstChild == nil && hasAttr(n, "datetime"):
			// Scripts put the text in; until then the page says this.
			n.AppendChild(&html.Node{Type: html.TextNode, Data: attr(n, "datetime")})
		case attr(n, "role") == "heading":
			doc.roleHeading[n] = true
		}
	}
	return doc
}

// baseURL returns what the page's links are relative to: its <base href>, or
// its own address, or the address that it gives as its own, or the listing page
// that it most likely is a copy of.
func baseURL(root *html.Node, page *url.URL) *url.URL {
	var base, own string
	for n := range root.Descendants() {
		switch {
		case n.DataAtom == atom.Base && base == "":
			base = attr(n, "href")
		case n.DataAtom == atom.Link && attr(n, "rel") == "canonical":
			own = attr(n, "href")
		case n.DataAtom == atom.Meta && attr(n, "property") == "og:url" && own == "":
			own = attr(n, "content")
		}
	}
	if page == nil {
		u, err := url.Parse(own)
		if err != nil || u.Host == "" {
			u, _ = url.Parse(vatesfeed.DefaultPageURL)
		}
		page = u
	}
	if u, err := page.Parse(base); err == nil && u.Host != "" {
		return u
	}
	return page
}

// dropSharedLinks removes links that lead from several articles to the same
// place: these are not the articles' own, and would make them one.
func dropSharedLinks(articles []vatesfeed.Article) {
	first := make(map[string]int)
	shared := make(map[string]bool)
	for i, a := range articles {
		if j, ok := first[a.Link]; !ok {
			first[a.Link] = i
		} else if b := articles[j]; a.Date != b.Date || a.Title != b.Title {
			shared[a.Link] = true
		}
	}
	for i := range articles {
		if shared[articles[i].Link] {
			articles[i].Link = ""
		}
	}
}

// lazy returns what compiles a regular expression when it is first used: most
// runs of a program that can read pages read none, and start faster so.
func lazy(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// attr returns the value of an element's attribute, or "".
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// hasAttr reports whether an element has an attribute.
func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// within returns the closest element at or above n that is one of the given,
// or nil.
func within(n *html.Node, tags ...atom.Atom) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && slices.Contains(tags, n.DataAtom) {
			return n
		}
	}
	return nil
}

// contains reports whether n is at or below an element.
func contains(element, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == element {
			return true
		}
	}
	return false
}
