// Package page reads listings from HTML pages.
//
// A listing repeats one shape. A date that stands at the same place in the markup
// of several neighbours is their date. What else they have at the same place says
// what it is: titles differ, labels are few, and some texts are always the same.
//
// Each step has a file. tree.go makes one text of the page; dates.go and marks.go
// find the dates in it, and groups.go those of a listing. rows.go divides the page
// into rows, entries.go finds those of each entry, and days.go divides entries of
// which several have one date. slots.go compares the rows of all entries, roles.go
// tells what each row is, and items.go makes an item of each entry. sections.go
// reads what stands above the entries, and machine.go what the page says for
// machines.
package page

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"

	"github.com/vatesfeed/vatesfeed"
	"golang.org/x/net/html"
)

// Parse reads the listings of an HTML page in UTF-8: one, or several if the
// page has entries in the same form under several headings. The name is for
// errors. The address is the page's own; a nil one stands for an unknown one.
//
// The error wraps vatesfeed.ErrNoArticles for a page without entries.
func Parse(name string, body []byte, address *url.URL) ([]vatesfeed.Listing, error) {
	d, err := parse(body, address)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var listings []vatesfeed.Listing
	found := false
	for _, s := range d.sections {
		l := vatesfeed.Listing{Heading: s.heading, Section: s.section, Intro: s.intro, Site: d.head.site, Language: d.head.language,
			Articles: make([]vatesfeed.Article, 0, len(s.items))}
		if address != nil {
			l.URL = address.String()
		}
		for _, it := range s.items {
			if it.err != nil {
				l.Problems = append(l.Problems, &vatesfeed.ParseError{Name: name, Err: it.err, Text: it.all})
				continue
			}
			a := it.Article
			a.Sections = appendNew(nil, s.section)
			for _, label := range it.Sections {
				a.Sections = appendNew(a.Sections, label)
			}
			l.Articles = append(l.Articles, a)
			found = true
		}
		listings = append(listings, l)
	}
	if !found {
		return listings, fmt.Errorf("%s: %w: the page has no part with one date and something to read", name, vatesfeed.ErrNoArticles)
	}
	return listings, nil
}

// maxRoots is how many <html> and <body> tags a page may have. Each is merged
// with the first, attribute by attribute.
const maxRoots = 100

var errRoots = errors.New("too many <html> and <body> tags")

// parse reads a page.
func parse(body []byte, address *url.URL) (*document, error) {
	roots := 0
	for tag := range bytes.SplitSeq(body, []byte("<")) {
		if tag = tag[:min(len(tag), 4)]; bytes.EqualFold(tag, []byte("html")) || bytes.EqualFold(tag, []byte("body")) {
			if roots++; roots > maxRoots {
				return nil, errRoots
			}
		}
	}
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if bytes.Contains(body, []byte("type-post")) {
		unnest(root, nil, nil)
	}
	d := newDocument(root, len(body))
	d.links = newLinker(&d.head, address)
	d.findMarks()
	listing := d.choose(d.findGroups())
	d.findRows(listing)
	d.makeSections(d.read(d.splitDays(d.findEntries(listing))))
	d.addStructured()
	return d, nil
}
