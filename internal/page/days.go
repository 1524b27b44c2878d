package page

import (
	"slices"

	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"golang.org/x/net/html/atom"
)

// splitDays divides entries whose date stands above several articles, if these
// begin with different texts.
func (d *document) splitDays(entries []*entry) []*entry {
	if len(entries) < 2 {
		return entries // the page may be that of one article
	}
	var all []*entry
	texts := make(map[string]bool)
	for i, e := range entries {
		rows := slices.DeleteFunc(slices.Clone(e.rows), func(w *row) bool { return d.inside(w.node, atom.Thead, atom.Caption) })
		starts := append(d.days(e, rows, i == len(entries)-1), len(rows))
		part := *e
		part.rows = rows[:starts[0]]
		all = append(all, &part)
		for k, at := range starts[:len(starts)-1] {
			texts[rows[at].text] = true
			next := *e
			next.isMore = true
			next.rows = rows[at:starts[k+1]]
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
// with headings that lead to other pages of the site, or in the items of a list that
// begin with links, the cards or the rows of a table. What stands below the last
// entry may not be its.
func (d *document) days(e *entry, rows []*row, isLast bool) (starts []int) {
	k := 0 // the first row below the date
	for k < len(rows) && rows[k].from < e.mark.from && rows[k].beside {
		k++
	}
	if k >= len(rows) || rows[k].from < e.mark.from || rows[k].beside || !e.flat && isEntry(d.nodes[e.mark.unit].DataAtom) {
		return nil
	}
	top := rows[k]
	if top.heading >= 0 {
		last := d.headingPage(top.heading)
		for i, w := range rows[k+1:] {
			if w.heading < 0 || w.heading == top.heading || d.kind(w) != d.kind(top) {
				continue
			}
			page := d.headingPage(w.heading)
			if last == "" || page == "" || isLast {
				return nil // it may be a heading in a text
			}
			if top = w; page != last {
				starts, last = append(starts, k+1+i), page
			}
		}
		return starts
	}
	first := d.box(e, top)
	same := func(box int) bool { return d.nodes[box].Data == d.nodes[first].Data }
	if unit := &d.nodes[e.mark.unit]; first < 0 && e.flat && d.nodes[top.node].depth >= unit.depth {
		last := rows[len(rows)-1].node
		for first = top.node; d.nodes[first].depth > unit.depth && !d.contains(d.nodes[first].parent, last); {
			first = d.nodes[first].parent
		}
		if isLast && d.nodes[first].depth == unit.depth {
			if class(d.nodes[first].Node) == "" {
				return nil
			}
			same = func(box int) bool { return d.look(box) == d.look(first) }
		}
	}
	if first < 0 || d.nodes[first].parent < 0 {
		return nil
	}
	list := d.nodes[first].parent
	before, last := -1, "" // the box above and its page
	for i, w := range rows[k:] {
		if !d.contains(list, w.node) {
			if isLast && e.flat {
				break
			}
			return nil
		}
		box := d.at(w.node, d.nodes[list].depth+1)
		if box == before || !same(box) {
			continue
		}
		page := ""
		for _, n := range d.nodes[box:d.nodes[box].end] {
			if n.link >= 0 && page == "" {
				page = d.page(n.link)
			}
		}
		isStart := w.link >= 0 || w.card >= 0 || d.nodes[box].DataAtom == atom.Tr
		switch {
		case !isStart || page == "":
			return nil
		case i > 0 && page != last && !moreWords.MatchString(w.text) && !answerWords.MatchString(w.text):
			starts = append(starts, k+i)
		}
		before, last = box, page
	}
	return starts
}

// headingPage returns the page of the site that a heading leads to, or "".
func (d *document) headingPage(heading int) string {
	for _, n := range d.nodes[heading:min(d.nodes[heading].end, heading+maxHeading)] {
		if n.link >= 0 {
			return d.page(n.link)
		}
	}
	return ""
}

// maxHeading is how many nodes of a heading are looked at, or of what stands below
// a date.
const maxHeading = 200

// page returns the page that a link leads to, or "" if it is no page of its own, or
// that of a label or a writer.
func (d *document) page(link int) string {
	address := d.links.of(htmltext.Attr(d.nodes[link].Node, "href"))
	if isList(address) || otherRels.MatchString(htmltext.Attr(d.nodes[link].Node, "rel")) {
		return ""
	}
	return address
}

// box returns the list item, the table row, the card or the like around a row that
// does not have the date of its entry, or -1.
func (d *document) box(e *entry, w *row) int {
	if w.card >= 0 && !d.contains(w.card, e.mark.node) {
		return w.card
	}
	for i := w.node; i >= 0 && !d.contains(i, e.mark.node); i = d.nodes[i].parent {
		if isEntry(d.nodes[i].DataAtom) || d.nodes[i].DataAtom == atom.Dd || d.nodes[i].DataAtom == atom.Dt {
			return i
		}
	}
	return -1
}
