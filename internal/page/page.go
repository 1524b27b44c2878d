// Package page reads listings from HTML pages.
//
// It rests on what makes a page a listing, and not on how one site marks it up:
// a listing repeats one shape. A date that stands at the same place in the
// markup of several neighbours is their date, and what else stands at the same
// place in most of them tells what is a title, a name, a label, or said of all.
//
// It works in steps, a file each: tree.go numbers the page's elements, texts
// and lines; dates.go reads dates, and marks.go finds them on the page; groups.go
// tells which of them are those of a listing's entries, and flat.go what belongs
// to each entry; rows.go reads the lines of an entry, slots.go counts what
// entries say at the same place, roles.go goes by that, and entry.go puts an
// article together. article.go reads the page of one article, head.go what a
// page says of itself, and machine.go what it says for machines. Explain tells
// what became of each date.
package page

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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
		l := vatesfeed.Listing{Heading: s.heading, Section: s.section, Intro: s.intro, Site: d.top.site, Language: d.top.language}
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

// A section is what stands above some entries, and the entries.
type section struct {
	heading, section, intro string
	items                   []*item
}

// maxRoots is how many <html> and <body> tags a page may have. Each is merged
// with the first, attribute by attribute.
const maxRoots = 100

var errRoots = errors.New("too many <html> and <body> tags")

// parse reads a page.
func parse(body []byte, address *url.URL) (*reading, error) {
	roots := 0
	for i := bytes.IndexByte(body, '<'); i >= 0; {
		if tag := body[i+1 : min(len(body), i+5)]; bytes.EqualFold(tag, []byte("html")) || bytes.EqualFold(tag, []byte("body")) {
			if roots++; roots > maxRoots {
				return nil, errRoots
			}
		}
		next := bytes.IndexByte(body[i+1:], '<')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	unknown, _ := url.Parse(vatesfeed.DefaultPageURL)
	d := newDocument(root)
	links := newLinker(&d.top, address, unknown)
	d.findMarks()
	r := &reading{document: d, groups: d.findGroups()}
	entries := d.choose(r.groups)
	d.findHeadings(entries)
	var items []*item
	if len(entries) == 1 && d.isArticle(entries[0].mark) {
		items = append(items, d.readArticle(entries[0].mark, links, address))
	} else {
		items = d.read(entries, links)
	}
	dropSharedLinks(items)
	r.makeSections(items)
	r.addStructured(links)
	return r, nil
}

// A reading is a document with what was found in it.
type reading struct {
	*document
	groups   []*group
	sections []*section
}

// findHeadings finds the heading above each entry: the last one that is not in
// an entry, and not just a year or a month.
func (d *document) findHeadings(entries []*entry) {
	heading, next := -1, 0
	for i := 0; i < len(d.nodes); i++ {
		if next < len(entries) && i == entries[next].start {
			entries[next].heading = heading
			i = max(i, entries[next].end-1)
			next++
			continue
		}
		if d.nodes[i].heading == i && !d.isYear(i) && d.size(i) > 0 {
			heading = i
		}
	}
}

// makeSections divides the items by the headings above them.
func (r *reading) makeSections(items []*item) {
	d := r.document
	byHeading := make(map[int]*section)
	end := 0
	for _, it := range items {
		if it.Title == "" && it.Summary == "" && it.err == nil {
			if end = it.entry.end; it.all == it.entry.mark.text {
				continue
			}
			it.Summary = strings.TrimPrefix(it.all, it.entry.mark.text+"\n\n")
		}
		h := it.entry.heading
		s := byHeading[h]
		if s == nil {
			s = &section{}
			byHeading[h] = s
			r.sections = append(r.sections, s)
			if s.heading = it.Title; !it.whole {
				d.head(s, h, end, it.entry.start)
			}
		}
		s.items = append(s.items, it)
		end = it.entry.end
	}
}

// head reads what stands above entries that begin at a node, since another.
func (d *document) head(s *section, heading, from, start int) {
	h1 := d.h1
	if h1 < 0 {
		for i := 0; i < start; i++ {
			if d.nodes[i].heading == i && !d.isYear(i) {
				h1 = i
				break
			}
		}
	}
	if h1 >= 0 && h1 < start {
		s.heading = d.nodeText(h1)
		from = max(from, d.nodes[h1].end)
	} else {
		s.heading, _ = d.top.parts()
	}
	var parts [][]string
	for i := from; i < start; i++ {
		p := d.nodes[i].pieces
		if d.nodes[i].Type != html.TextNode || d.nodes[i].heading >= 0 || d.nodes[i].link >= 0 || !isRead(d.nodes[i].Data) || d.nodes[i].outside || d.nodes[i].beside {
			continue
		}
		l := d.lines[d.pieces[p].line]
		first, end := p, min(l.end, d.piecesBefore(start))
		i = d.pieces[end-1].node
		if d.inside(i, atom.Th, atom.Thead) {
			continue
		}
		t := d.textOf(first, end)
		if n := len(parts); l.goes && n > 0 {
			parts[n-1] = append(parts[n-1], t)
		} else {
			parts = append(parts, []string{t})
		}
	}
	var intro []string
	for _, p := range parts {
		intro = append(intro, strings.Join(p, " "))
	}
	if heading >= 0 && heading != h1 && d.nodeText(heading) != s.heading {
		s.section, s.intro = d.nodeText(heading), strings.Join(intro, "\n\n")
		return
	}
	s.section = s.heading
	if len(intro) > 0 && text.IsName(intro[0]) {
		s.section, intro = intro[0], intro[1:]
	}
	s.intro = strings.Join(intro, "\n\n")
}

func (d *document) piecesBefore(i int) int {
	if i < len(d.nodes) {
		return d.nodes[i].pieces
	}
	return len(d.pieces)
}

// isYear reports whether a heading is just a year or a month.
func (d *document) isYear(i int) bool {
	s := d.nodeText(i)
	if len(s) > 40 {
		return false
	}
	year := false
	for w := range strings.FieldsSeq(s) {
		w = strings.Trim(w, ":.,()")
		n, err := strconv.Atoi(w)
		switch {
		case err == nil && 1800 <= n && n < 2200:
			year = true
		case monthNamed(w) != 0:
			year = true
		case strings.EqualFold(w, "vuosi"), strings.EqualFold(w, "vuonna"), strings.EqualFold(w, "arkisto"):
		default:
			return false
		}
	}
	return year
}

// dropSharedLinks removes links that lead from several entries to the same
// place: these are not the articles' own, and would make them one. The first
// title that leads there keeps its link.
func dropSharedLinks(items []*item) {
	first := make(map[string]*item)
	shared := make(map[string]bool)
	for _, it := range items {
		other := first[it.Link]
		if other != nil && (other.Date != it.Date || other.Title != it.Title) {
			shared[it.Link] = true
		}
		if other == nil || it.linked && !other.linked {
			first[it.Link] = it
		}
	}
	for _, it := range items {
		if shared[it.Link] && !(it.linked && first[it.Link] == it) {
			it.Link = ""
		}
	}
}

// withoutDigits returns a class without the words that have digits in them.
func withoutDigits(class string) string {
	if !strings.ContainsAny(class, "0123456789") {
		return class
	}
	var words []string
	for w := range strings.FieldsSeq(class) {
		if !strings.ContainsAny(w, "0123456789") {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}
