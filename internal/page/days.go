package page

import (
	"slices"

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
			next := *e
			next.isMore = true
			next.rows = rows[at:starts[k+1]]
			title := max(0, slices.IndexFunc(next.rows, func(w *row) bool { return w.rank == inHeading }))
			texts[next.rows[title].text] = true
			next.start = d.firstText(rows[at])
			for p := d.nodes[next.start].parent; d.nodes[p].from == d.nodes[next.start].from; p = d.nodes[p].parent {
				next.start = p
			}
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
// with elements like the first one below the date, which have a heading with a link
// to a page, or begin with such a link. Other elements between them are parts of the
// articles. What stands below the last entry may not be its.
func (d *document) days(e *entry, rows []*row, isLast bool) (starts []int) {
	k := slices.IndexFunc(rows, func(w *row) bool { return !w.beside })
	if k < 0 || rows[k].from < e.mark.from {
		return nil // nothing stands below the date, or something above it
	}
	first := d.firstBox(e, rows[k:], isLast)
	if first < 0 {
		return nil
	}
	list := d.nodes[first].parent
	before, last := -1, "" // the box above, and the page of the last article
	for i, w := range rows[k:] {
		box := d.at(w.node, d.nodes[first].depth)
		if box == before {
			continue
		}
		before = box
		if !d.areAlike(box, first) {
			if d.contains(list, box) {
				continue
			} else if isLast && e.flat {
				return starts
			}
			return nil
		}
		page, isStart := d.firstPage(box, w)
		if !isStart || page == "" {
			return nil
		}
		if i > 0 && page != last {
			starts = append(starts, k+i)
		}
		last = page
	}
	return starts
}

// areAlike reports whether two elements can be articles of a day: they have the same
// tag and class, and headings of one level or none. The classes of items may say of
// each what it is.
func (d *document) areAlike(i, j int) bool {
	level := func(i int) string {
		if headings := d.headingsIn(i, d.nodes[i].end); len(headings) > 0 {
			return d.nodes[headings[0]].Data
		}
		return ""
	}
	return d.look(i) == d.look(j) && level(i) == level(j) || isItem(d.nodes[i].DataAtom) && d.nodes[i].Data == d.nodes[j].Data
}

// isItem reports whether an element is often one of many.
func isItem(tag atom.Atom) bool {
	return isEntry(tag) || tag == atom.Dd || tag == atom.A
}

// firstBox returns the element around the first row below the date of an entry that
// may be the first article of its day, or -1: a list item, a table row or the like; or
// the largest element that has neither the date nor the last row, if this is no part of
// a single article.
func (d *document) firstBox(e *entry, rows []*row, isLast bool) int {
	top := rows[0]
	for i := top.node; !d.contains(i, e.mark.node); i = d.nodes[i].parent {
		if isItem(d.nodes[i].DataAtom) && i != top.link {
			return i
		}
	}
	if d.contains(top.node, e.mark.node) {
		return -1
	}
	box, last := top.node, rows[len(rows)-1].node
	for p := d.nodes[box].parent; !d.contains(p, e.mark.node) && !d.contains(p, last); p = d.nodes[box].parent {
		box = p
	}
	hasHeading := len(d.headingsIn(box, d.nodes[box].end)) > 0
	isBeside := d.contains(d.nodes[box].parent, e.mark.node)
	if !hasHeading && (!e.flat || d.nodes[e.mark.node].heading < 0) || isLast && e.flat && isBeside && class(d.nodes[box].Node) == "" {
		return -1
	}
	return box
}

// firstPage returns the page that the first heading of a box leads to, or its first
// link, and whether the box begins with it, but for labels above a heading.
func (d *document) firstPage(box int, w *row) (page string, isStart bool) {
	nodes := d.nodes[box:d.nodes[box].end]
	if headings := d.headingsIn(box, d.nodes[box].end); len(headings) > 0 {
		nodes = d.nodes[headings[0]:min(d.nodes[headings[0]].end, headings[0]+maxHeading)]
		isStart = true
	}
	for _, n := range nodes {
		if n.link < 0 {
			continue
		}
		if page = d.page(n.link); page != "" {
			break
		}
	}
	tag := d.nodes[box].DataAtom
	return page, isStart || tag == atom.Tr || d.nodes[d.firstText(w)].link >= 0 && (w.links || isItem(tag))
}

// maxHeading is how many nodes of a heading are looked at, or of what stands below
// a date.
const maxHeading = 200
