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
	doc := &document{root: root, base: baseURL(root, address)}
	doc.lines = doc.readLines()
	doc.findDates()

	var listings []vatesfeed.Listing
	for _, group := range doc.findGroups() {
		l := doc.head(group)
		for _, e := range group.entries {
			a, problem := doc.article(e)
			if problem != nil {
				problem.Name = name
				l.Problems = append(l.Problems, problem)
				continue
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

	findHeading sync.Once
	headingAt   int
}

// baseURL returns what the page's links are relative to: its <base href>, or
// its own address, or the address that it gives as its own, or the listing page
// that it most likely is a copy of.
func baseURL(root *html.Node, page *url.URL) *url.URL {
	resolve := func(ref string) *url.URL {
		u, err := url.Parse(ref)
		if err != nil || ref == "" {
			return nil
		}
		if page != nil {
			u = page.ResolveReference(u)
		}
		if u.Host == "" {
			return nil
		}
		return u
	}
	for n := range root.Descendants() {
		if n.DataAtom == atom.Base {
			if u := resolve(attr(n, "href")); u != nil {
				return u
			}
		}
	}
	if page != nil {
		return page
	}
	for n := range root.Descendants() {
		ref := ""
		switch {
		case n.DataAtom == atom.Link && attr(n, "rel") == "canonical":
			ref = attr(n, "href")
		case n.DataAtom == atom.Meta && attr(n, "property") == "og:url":
			ref = attr(n, "content")
		}
		if u := resolve(ref); u != nil {
			return u
		}
	}
	return resolve(vatesfeed.DefaultPageURL)
}

// dropSharedLinks removes links that lead from several articles to the same
// place: these are not the articles' own, and would make them one.
func dropSharedLinks(articles []vatesfeed.Article) {
	first := make(map[string]int)
	shared := make(map[string]bool)
	for i, a := range articles {
		if j, ok := first[a.Link]; !ok {
			first[a.Link] = i
		} else if b := articles[j]; !a.Date.Equal(b.Date) || a.Title != b.Title {
			shared[a.Link] = true
		}
	}
	for i := range articles {
		if shared[articles[i].Link] {
			articles[i].Link = ""
		}
	}
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
