package page

import (
	"slices"
	"strconv"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/byline"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// An entry is a run of neighbouring rows that belong to one date.
type entry struct {
	mark       *mark
	rows       []*row
	start, end int  // its nodes
	whole      bool // the page is this entry's article
	isMore     bool // its date is also that of the entry before

	// Where among the page's rows the unit of the date begins and ends, and what
	// can be of the entry above and below: to the next units, or the ends of their
	// parent.
	lo, hi      int
	first, last int
	flat        bool // the entry is more than the unit
}

// A layout says where flat entries begin.
type layout struct {
	dateLast bool
	titleAt  bool           // with the title, which stands above the date
	title    string         // the kind of the titles, or ""
	level    string         // of the headings that the dates stand in, or ""
	kinds    map[string]int // between how many dates there are rows of a kind
	aside    aside
}

// findEntries returns the entries of dates: their units, or also rows next to
// them where the entries are not elements of their own.
func (d *document) findEntries(listing []*mark) []*entry {
	entries := make([]*entry, len(listing))
	for i, m := range listing {
		u := &d.nodes[m.unit]
		p := &d.nodes[u.parent]
		e := &entry{mark: m, start: m.unit, end: u.end}
		e.lo, e.hi, e.first, e.last = d.rowAt(u.from), d.rowAt(u.to), d.rowAt(p.from), d.rowAt(p.to)
		if entries[i] = e; i > 0 {
			before := entries[i-1]
			before.last, e.first = min(before.last, e.lo), max(before.hi, e.first)
		}
	}
	var how layout
	most := 0
	for rest := entries; len(rest) > 0; {
		n := 1
		for n < len(rest) && d.nodes[rest[n].mark.unit].parent == d.nodes[rest[0].mark.unit].parent {
			n++
		}
		if d.areFlat(rest[:n]) {
			for _, e := range rest[:n] {
				e.flat = true
			}
			if n > most {
				how, most = d.layout(rest[:n]), n
			}
		}
		rest = rest[n:]
	}
	for i, e := range entries {
		u := &d.nodes[e.mark.unit]
		start, end := d.run(entries, i, how)
		e.rows = d.rows[start:end]
		if start < e.lo {
			e.start = d.nodeAt(start, u.depth)
		}
		if e.flat && !how.dateLast {
			// Pictures are no rows, but belong to the entry that they stand below.
			e.end = d.nodes[u.parent].end
			if end < e.last {
				e.end = d.nodeAt(end, u.depth)
			}
		}
		if i > 0 {
			before := entries[i-1]
			e.start = max(e.start, d.nodes[before.mark.unit].end)
			before.end = min(before.end, e.start)
		}
	}
	return entries
}

// nodeAt returns the node at or above the start of a row that is at a depth.
func (d *document) nodeAt(row, depth int) int {
	return d.at(d.firstText(d.rows[row]), depth)
}

// areFlat reports whether neighbouring entries are more than the units of their
// dates: most of these have nothing else, or there is something to read between them,
// or these are lines such as "Posted by Anna on 29.1.2024" below headings.
func (d *document) areFlat(entries []*entry) bool {
	bare, gaps := 0, 0
	for i, e := range entries {
		if e.lo == e.hi {
			bare++
		}
		if i == 0 || isEntry(d.nodes[e.mark.unit].DataAtom) {
			continue
		}
		if above := d.rows[e.first:max(e.first, e.lo)]; hasText(above) || len(above) > 0 && d.isBelow(e.mark.unit, above) {
			gaps++
		}
	}
	return 2*bare > len(entries) || gaps > 0 && 2*gaps >= len(entries)-1
}

// isBelow reports whether a node is a short line without a link that belongs to the
// headings above it: a byline, or any line if one of them has a link.
func (d *document) isBelow(i int, headings []*row) bool {
	n := &d.nodes[i]
	rest := strings.TrimSpace(d.withoutDates(n.from, n.to))
	return n.to-n.from <= 2*shortText && d.isText(i+1, n.end) &&
		(byline.Without(rest) != rest || slices.ContainsFunc(headings, func(w *row) bool { return w.link >= 0 }))
}

// layout finds where the entries begin: from what stands between the dates, and
// from what stands above the first one and below the last one.
func (d *document) layout(entries []*entry) layout {
	first, last := entries[0], entries[len(entries)-1]
	how := layout{aside: d.nodes[first.mark.unit].aside, kinds: make(map[string]int)}
	if h := d.nodes[first.mark.node].heading; h >= 0 {
		how.level = d.nodes[h].Data
	}
	most := 1
	rows, texts := false, false // stand between the dates
	in := make(map[string]int)  // the last gap that has a kind
	for i, e := range entries[1:] {
		gap := d.rows[e.first:e.lo]
		most = max(most, len(gap))
		rows, texts = rows || len(gap) > 0, texts || hasText(gap)
		for _, w := range gap {
			k := d.kind(w)
			if k == "" || in[k] == i+1 {
				continue
			}
			in[k] = i + 1
			how.kinds[k]++
			if n, best := how.kinds[k], how.kinds[how.title]; n > best || n == best && isHeading(k) && (!isHeading(how.title) || k < how.title) {
				how.title = k
			}
		}
	}
	first.first = max(first.first, first.lo-most)
	above := d.rows[first.first:first.lo]
	_, end := d.run(entries, len(entries)-1, how)
	below := d.rows[last.hi:end]
	switch {
	case !hasText(below) && hasText(above) && (texts || !rows):
		how.dateLast = true
	case how.title == "" || d.hasKind(below, how.title):
	case d.hasKind(above, how.title):
		how.titleAt = true
	default:
		// Neither the first nor the last entry has a title. A heading or a term
		// introduces what follows it, unless the source keeps it apart from that.
		how.titleAt = isHeading(how.title)
		for _, e := range entries[1:] {
			if unit := e.mark.unit; d.isBelowRule(unit) || e.first < e.lo && d.kind(d.rows[e.lo-1]) == how.title &&
				d.startsLine(unit) && !d.startsLine(d.nodeAt(e.lo-1, d.nodes[unit].depth)) {
				how.titleAt = false
			}
		}
	}
	return how
}

// run returns where the i-th entry begins and ends among the rows.
func (d *document) run(entries []*entry, i int, how layout) (start, end int) {
	e := entries[i]
	start, end = d.startOf(e, how), e.hi
	if !e.flat || how.dateLast {
		return start, end
	}
	limit := e.last
	if i+1 < len(entries) {
		limit = min(limit, d.startOf(entries[i+1], how))
	}
	for end < limit && !d.isBreak(d.rows[end], how) {
		end++
	}
	return start, end
}

// startOf returns where an entry begins.
func (d *document) startOf(e *entry, how layout) int {
	for j := e.lo; e.flat && j > e.first; j-- {
		w := d.rows[j-1]
		switch {
		case how.titleAt && d.kind(w) == how.title:
			return j - 1
		case how.dateLast && d.isBreak(w, how):
			return j
		}
	}
	if e.flat && how.dateLast {
		return e.first
	}
	return e.lo
}

// isBreak reports whether entries end at a row: a heading that is not below the
// titles and the dates, or what stands beside the main matter.
func (d *document) isBreak(w *row, how layout) bool {
	switch level := d.kind(w); {
	case d.nodes[w.node].aside > how.aside:
		return true
	case w.heading < 0, how.level != "" && level > how.level && how.kinds[level] > 0:
		return false
	default:
		return !isHeadingTag(how.title) || level < how.title
	}
}

// hasText reports whether rows have something to read other than headings.
func hasText(rows []*row) bool {
	return slices.ContainsFunc(rows, func(w *row) bool { return w.rank != inHeading })
}

// hasKind reports whether one of some rows is of a kind.
func (d *document) hasKind(rows []*row, kind string) bool {
	return slices.ContainsFunc(rows, func(w *row) bool { return d.kind(w) == kind })
}

// kind returns what kind of title a row can be, or "": a heading, a term, or a
// line of which all is in links or stressed.
func (d *document) kind(w *row) string {
	switch {
	case w.heading >= 0:
		return d.nodes[w.heading].Data
	case d.inside(w.node, atom.Dt):
		return "dt"
	case w.link >= 0 && (moreWords.MatchString(w.text) || d.page(w.link) == ""):
	case w.links, w.rank == isStressed:
		return strconv.FormatUint(d.nodes[w.node].path, 16)
	}
	return ""
}

// isHeading reports whether a kind of titles is one of headings.
func isHeading(kind string) bool { return isHeadingTag(kind) || kind == "dt" }

// isBelowRule reports whether a node stands right below a <hr>.
func (d *document) isBelowRule(i int) bool {
	n := d.nodes[i].PrevSibling
	if n != nil && n.Type == html.TextNode && text.IsBlank(n.Data) {
		n = n.PrevSibling
	}
	return n != nil && n.DataAtom == atom.Hr
}

// startsLine reports whether the source has a line break before a node.
func (d *document) startsLine(i int) bool {
	before := d.nodes[i].PrevSibling
	return before != nil && before.Type == html.TextNode && before.Data[len(before.Data)-1] == '\n'
}
