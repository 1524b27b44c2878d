package page

import (
	"strconv"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// An entry is a run of neighbouring rows that belong to one date.
type entry struct {
	mark       *mark
	rows       []*row
	start, end int  // its nodes
	whole      bool // the page is this entry's article
}

// A span says where the unit of a date stands among the page's rows.
type span struct {
	first  int // the first row of the unit's parent, or after the unit before
	lo, hi int // the rows of the unit
	last   int // where the unit's parent ends, or the next unit begins
	flat   bool
}

// A layout says where among rows the entries begin, if these are more than the
// units of their dates.
type layout struct {
	dateLast bool
	titleAt  bool   // with the title, which stands above the date
	title    string // the kind of the titles, or ""
	aside    aside
}

// findEntries returns the entries of dates: their units, or also rows next to
// them where the entries are not elements of their own.
func (d *document) findEntries(listing []*mark) []*entry {
	if len(listing) == 0 {
		return nil
	}
	spans := make([]span, len(listing))
	for i, m := range listing {
		u := &d.nodes[m.unit]
		p := &d.nodes[u.parent]
		spans[i] = span{first: d.rowAt(p.from), lo: d.rowAt(u.from), hi: d.rowAt(u.to), last: d.rowAt(p.to)}
		if i > 0 {
			spans[i].first = max(spans[i].first, spans[i-1].hi)
			spans[i-1].last = min(spans[i-1].last, spans[i].lo)
		}
	}
	var how layout
	most := 0
	for a, b := 0, 1; a < len(spans); a, b = b, b+1 {
		for b < len(spans) && d.nodes[listing[a].unit].parent == d.nodes[listing[b].unit].parent {
			b++
		}
		if d.areFlat(spans[a:b], listing[a:b]) && b-a > most {
			how, most = d.layout(spans[a:b], listing[a:b]), b-a
		}
	}
	entries := make([]*entry, len(listing))
	for i, m := range listing {
		u := &d.nodes[m.unit]
		start, end := d.run(spans, i, how)
		e := &entry{mark: m, rows: d.rows[start:end], start: m.unit, end: u.end}
		if start < spans[i].lo {
			e.start = d.nodeAt(start, u.depth)
		}
		if spans[i].flat && !how.dateLast {
			// Pictures are no rows, but belong to the entry that they stand below.
			e.end = d.nodes[u.parent].end
			if end < spans[i].last {
				e.end = d.nodeAt(end, u.depth)
			}
		}
		if i > 0 {
			entries[i-1].end = min(entries[i-1].end, e.start)
		}
		entries[i] = e
	}
	return entries
}

// nodeAt returns the node at or above the start of a row that is at a depth.
func (d *document) nodeAt(row, depth int) int {
	return d.at(d.textsIn(d.rows[row].from, d.rows[row].to)[0], depth)
}

// areFlat reports whether neighbouring entries are more than the units of their
// dates: most of these have nothing else, or there is something to read between them.
func (d *document) areFlat(spans []span, listing []*mark) bool {
	bare, gaps := 0, 0
	for i, s := range spans {
		if s.lo == s.hi {
			bare++
		}
		if i > 0 && hasText(d.rows[s.first:s.lo]) && !isEntry(d.nodes[listing[i].unit].DataAtom) {
			gaps++
		}
	}
	flat := 2*bare > len(spans) || gaps > 0 && 2*gaps >= len(spans)-1
	for i := range spans {
		spans[i].flat = flat
	}
	return flat
}

// layout finds where the entries begin: from what stands between the dates, and
// from what stands above the first one and below the last one.
func (d *document) layout(spans []span, listing []*mark) layout {
	how := layout{aside: d.nodes[listing[0].unit].aside}
	most := 1
	kinds := make(map[string]int)
	for _, s := range spans[1:] {
		most = max(most, s.lo-s.first)
		for _, w := range d.rows[s.first:s.lo] {
			k := d.kind(w)
			if k == "" {
				continue
			}
			kinds[k]++
			if isHeadingTag(k) && !isHeadingTag(how.title) || kinds[k] > kinds[how.title] && isHeadingTag(k) == isHeadingTag(how.title) {
				how.title = k
			}
		}
	}
	end := len(spans) - 1
	spans[0].first = max(spans[0].first, spans[0].lo-most)
	above := d.rows[spans[0].first:spans[0].lo]
	_, last := d.run(spans, end, how)
	below := d.rows[spans[end].hi:last]
	switch {
	case !hasText(below) && hasText(above):
		how.dateLast = true
	case how.title == "" || d.hasKind(below, how.title):
	case d.hasKind(above, how.title):
		how.titleAt = true
	default:
		// Neither the first nor the last entry has a title. A heading or a term
		// introduces what follows it, unless the source keeps it apart from that.
		how.titleAt = isHeadingTag(how.title) || how.title == "dt"
		for i, m := range listing[1:] {
			at := spans[i+1].lo - 1
			if at >= 0 && d.kind(d.rows[at]) == how.title && d.startsLine(m.unit) && !d.startsLine(d.nodeAt(at, d.nodes[m.unit].depth)) {
				how.titleAt = false
			}
		}
	}
	return how
}

// run returns where the entry of the i-th date begins and ends among the rows.
func (d *document) run(spans []span, i int, how layout) (start, end int) {
	s := spans[i]
	if !s.flat {
		return s.lo, s.hi
	}
	start, end = d.startOf(s, how), s.hi
	if how.dateLast {
		return start, end
	}
	limit := s.last
	if i+1 < len(spans) {
		limit = min(limit, d.startOf(spans[i+1], how))
	}
	for end < limit && !d.isBreak(d.rows[end], how) {
		end++
	}
	return start, end
}

// startOf returns where an entry begins.
func (d *document) startOf(s span, how layout) int {
	for j := s.lo - 1; j >= s.first; j-- {
		switch {
		case how.titleAt && d.kind(d.rows[j]) == how.title:
			return j
		case how.dateLast && d.isBreak(d.rows[j], how):
			return j + 1
		}
	}
	if how.dateLast {
		return s.first
	}
	return s.lo
}

// isBreak reports whether entries end at a row: a heading that is not below the
// titles, or what stands beside the main matter.
func (d *document) isBreak(w *row, how layout) bool {
	return w.heading >= 0 && (!isHeadingTag(how.title) || d.kind(w) < how.title) || d.nodes[w.node].aside > how.aside
}

// hasText reports whether rows have something to read other than headings.
func hasText(rows []*row) bool {
	for _, w := range rows {
		if w.rank != inHeading {
			return true
		}
	}
	return false
}

// hasKind reports whether one of some rows is of a kind.
func (d *document) hasKind(rows []*row, kind string) bool {
	for _, w := range rows {
		if d.kind(w) == kind {
			return true
		}
	}
	return false
}

// kind returns what kind of title a row can be, or "": a heading, a term, or a
// line of which all is in links or stressed.
func (d *document) kind(w *row) string {
	switch {
	case w.heading >= 0:
		return d.nodes[w.heading].Data
	case d.inside(w.node, atom.Dt):
		return "dt"
	case w.links, w.rank == isStressed:
		return strconv.FormatUint(d.nodes[w.node].path, 16)
	}
	return ""
}

// startsLine reports whether the source has a line break before a node.
func (d *document) startsLine(i int) bool {
	before := d.nodes[i].PrevSibling
	return before != nil && before.Type == html.TextNode && before.Data[len(before.Data)-1] == '\n'
}
