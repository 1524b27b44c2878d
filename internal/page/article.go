package page

import (
	"net/url"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

// isArticle reports whether the page is that of one article and not a listing of
// one: its only date stands under its heading or beside it, and there is no
// title of an entry.
func (d *document) isArticle(e *entry) bool {
	m := e.mark
	if d.h1 < 0 || m.err != nil {
		return false
	}
	if d.contains(d.h1, m.node) {
		return true
	}
	above := d.headingAbove(m.node)
	if above >= 0 && above != d.h1 || m.node < d.h1 && d.readIn(m.end, d.nodes[d.h1].pieces) > fewWords {
		return false
	}
	c := d.common(m.node, d.h1)
	for i := c; i < d.nodes[c].end; i++ {
		n := &d.nodes[i]
		if n.link == i && (n.heading >= 0 && n.heading != d.h1 || n.card) {
			return false
		}
	}
	links, texts := 0, 0
	for _, w := range d.rowsOf(&entry{mark: m, start: min(m.node, d.h1), end: d.bodyEnd(m)}) {
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

// bodyEnd returns where the text of an article ends: with the closest element
// around its heading and its date that has text after or between them.
func (d *document) bodyEnd(m *mark) int {
	c := d.common(m.node, d.h1)
	after := max(m.end, d.nodes[d.h1].pieceEnd)
	if d.readIn(d.nodes[d.h1].pieceEnd, m.first) > fewWords {
		after = d.nodes[d.h1].pieceEnd
	}
	for d.readIn(after, d.nodes[c].pieceEnd) == 0 && d.nodes[c].parent >= 0 {
		c = d.nodes[c].parent
	}
	return d.nodes[c].end
}

// readArticle reads the page of an article. Its address is the page's.
func (d *document) readArticle(m *mark, links linker, address *url.URL) *item {
	e := &entry{mark: m, start: min(m.node, d.h1), end: d.bodyEnd(m), heading: -1}
	r := &reader{d: d, links: links, slots: make(map[slotKey]*slot)}
	rows := d.rowsOf(e)
	r.count(rows)
	rows = slices.DeleteFunc(rows, func(w *row) bool {
		return w.heading == d.h1 || d.nodes[w.node].outside || d.nodes[w.node].beside
	})
	it := &item{entry: e, whole: true}
	it.Date, it.Title = m.date, strings.Trim(d.nodeText(d.h1), " |·•–—-")
	if d.contains(d.h1, m.node) {
		it.Title = strings.Trim(strings.Replace(it.Title, m.text, "", 1), " |·•–—-:,")
	}
	kept, _ := r.sort(it, rows)
	it.Summary = strings.Join(paragraphs(kept), "\n\n")
	if address != nil {
		it.Link = weburl.Clean(nil, address.String())
	} else if d.top.own != "" {
		it.Link = weburl.Clean(links.base, d.top.own)
	}
	return it
}
