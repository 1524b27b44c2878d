package page

import (
	"slices"

	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"golang.org/x/net/html/atom"
)

// splitDays divides entries whose date stands above several articles, if these begin
// with different texts.
func (d *document) splitDays(entries []*entry) []*entry {
	if len(entries) < 2 {
		return entries // the page may be that of one article
	}
	var all []*entry
	texts := make(map[string]bool)
	for _, e := range entries {
		rows := slices.DeleteFunc(slices.Clone(e.rows), func(w *row) bool { return d.inside(w.node, atom.Thead, atom.Caption) })
		starts := append(d.days(e, rows), len(rows))
		part := *e
		part.rows = rows[:starts[0]]
		all = append(all, &part)
		for i, at := range starts[:len(starts)-1] {
			texts[rows[at].text] = true
			next := *e
			next.isMore = true
			next.rows = rows[at:starts[i+1]]
			next.start = d.textsIn(rows[at].from, rows[at].to)[0]
			next.end = max(next.start+1, e.end)
			all[len(all)-1].end = next.start
			all = append(all, &next)
		}
	}
	if added := len(all) - len(entries); added == 0 || 2*len(texts) < added {
		return entries // these begin with "PDF" and such
	}
	return all
}

// days returns where among the rows of an entry other articles of its day begin:
// with headings like that of the first, in list items and the like that all have
// links, or in lines that are links.
func (d *document) days(e *entry, rows []*row) (starts []int) {
	k := 0 // the first row below the date
	for k < len(rows) && rows[k].from < e.mark.from && rows[k].beside {
		k++
	}
	if k >= len(rows) || rows[k].from < e.mark.from || !e.flat && isEntry(d.nodes[e.mark.unit].DataAtom) {
		return nil
	}
	top := rows[k]
	first := d.box(e, top)
	for i := k; i < len(rows); i++ {
		w, box := rows[i], d.box(e, rows[i])
		isStart := false
		switch {
		case w.beside:
			return nil
		case top.heading >= 0:
			isStart = w.heading >= 0 && w.heading != rows[max(k, i-1)].heading && d.kind(w) == d.kind(top)
			if (isStart || i == k) && !d.leads(w.heading) {
				return nil // it may be a heading in a text
			}
		case first >= 0 && box >= 0:
			isStart = box != d.box(e, rows[max(k, i-1)])
			if (isStart || i == k) && !d.hasLink(box) {
				return nil
			}
		case first < 0 && e.flat && w.links && top.links && d.kind(w) == d.kind(top):
			isStart = i > k
		default:
			return nil
		}
		if isStart {
			starts = append(starts, i)
		}
	}
	return starts
}

// leads reports whether a heading has a link to another page.
func (d *document) leads(heading int) bool {
	return slices.ContainsFunc(d.nodes[heading:d.nodes[heading].end], func(n node) bool {
		return n.link >= 0 && d.links.of(htmltext.Attr(d.nodes[n.link].Node, "href")) != ""
	})
}

// box returns the list item, the table row, the card or the like around a row that
// does not have the date of its entry, or -1.
func (d *document) box(e *entry, w *row) int {
	if w.card >= 0 && !d.contains(w.card, e.mark.node) {
		return w.card
	}
	for i := w.node; i >= 0 && !d.contains(i, e.mark.node); i = d.nodes[i].parent {
		if isEntry(d.nodes[i].DataAtom) || d.nodes[i].DataAtom == atom.Dd {
			return i
		}
	}
	return -1
}
