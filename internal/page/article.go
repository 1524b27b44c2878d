package page

import (
	"net/url"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

// isArticle reports whether the page is that of one article and not a listing of
// one: it has a heading, no title of an entry near its only date, and more
// paragraphs than links.
func (d *document) isArticle(m *mark) bool {
	if d.h1 < 0 || m.err != nil {
		return false
	}
	c := d.common(m.node, d.h1)
	for i := c; i < d.nodes[c].end; i++ {
		if n := &d.nodes[i]; n.link == i && n.heading >= 0 && n.heading != d.h1 {
			return false
		}
	}
	links, texts := 0, 0
	for _, w := range d.rowsOf(d.bodyOf(m)) {
		switch {
		case w.heading >= 0 || w.beside:
		case w.links || w.strong:
			links++
		default:
			texts++
		}
	}
	return texts > links
}

// bodyOf returns the entry that is the article of a page: from its heading or
// its date to the end of the closest element around both that has text below
// them.
func (d *document) bodyOf(m *mark) *entry {
	c := d.common(m.node, d.h1)
	for after := max(m.end, d.nodes[d.h1].pieceEnd); d.readIn(after, d.nodes[c].pieceEnd) == 0 && d.nodes[c].parent >= 0; {
		c = d.nodes[c].parent
	}
	return &entry{mark: m, start: min(m.node, d.h1), end: d.nodes[c].end, heading: -1}
}

// readArticle reads the page of an article. Its address is the page's.
func (d *document) readArticle(m *mark, links linker, address *url.URL) *item {
	e := d.bodyOf(m)
	r := &reader{d: d, links: links, slots: make(map[slotKey]*slot)}
	rows := d.rowsOf(e)
	r.count(rows)
	it := &item{entry: e, whole: true}
	it.Date = m.date
	var title []*row
	rows = slices.DeleteFunc(rows, func(w *row) bool {
		if w.heading == d.h1 {
			title = append(title, w)
		}
		return w.heading == d.h1 || d.nodes[w.node].outside || d.nodes[w.node].beside
	})
	it.Title = r.titleText(title)
	kept, _ := r.sort(it, rows)
	it.Summary = strings.Join(paragraphs(kept), "\n\n")
	if own := d.top.own; address != nil || own != "" {
		if address != nil {
			own = address.String()
		}
		it.Link = weburl.Clean(links.base, own)
	}
	return it
}
