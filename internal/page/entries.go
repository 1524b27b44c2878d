package page

import (
	"slices"
	"strconv"
	"strings"

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

// A region is a part of the page that has entries next to each other.
type region struct {
	d      *document
	rows   []*row
	dated  []*mark
	lo, hi []int // where among the rows the unit of each date begins and ends
	flat   bool
}

// A layout says where among rows the entries begin, if these are more than the
// units of their dates.
type layout struct {
	dateLast  bool
	titleAt   bool   // with the title, which stands above the date
	title     string // the kind of the titles, or ""
	mostAbove int    // how many rows can stand between the first title and its date
}

// findEntries returns the entries of dates: their units, or also rows next to
// them where the entries are not elements of their own.
func (d *document) findEntries(listing []*mark) []*entry {
	var all []*region
	byParent := make(map[int]*region)
	for _, x := range listing {
		p := d.nodes[x.unit].parent
		s := byParent[p]
		if s == nil {
			s = &region{d: d, rows: d.rowsIn(d.nodes[p].from, d.nodes[p].to)}
			byParent[p] = s
			all = append(all, s)
		}
		s.dated = append(s.dated, x)
		s.lo = append(s.lo, len(d.rowsIn(d.nodes[p].from, d.nodes[x.unit].from)))
		s.hi = append(s.hi, len(d.rowsIn(d.nodes[p].from, d.nodes[x.unit].to)))
	}
	var how layout
	most := 0
	for _, s := range all {
		if s.flat = s.isFlat(); s.flat && len(s.dated) > most {
			how, most = s.layout(), len(s.dated)
		}
	}
	var entries []*entry
	for _, s := range all {
		lastEnd := 0
		for i, x := range s.dated {
			start, end := s.lo[i], s.hi[i]
			if s.flat {
				start, end = s.run(i, how)
			}
			e := d.newEntry(x, s.rows[start:end])
			if s.flat && !how.dateLast {
				// Pictures are no rows, but belong to the entry that they stand below.
				if i > 0 && start == lastEnd {
					entries[len(entries)-1].end = e.start
				}
				if end == len(s.rows) {
					e.end = d.nodes[d.nodes[x.unit].parent].end
				}
			}
			lastEnd = end
			entries = append(entries, e)
		}
	}
	slices.SortStableFunc(entries, func(a, b *entry) int { return a.start - b.start })
	end := 0
	return slices.DeleteFunc(entries, func(e *entry) bool {
		overlaps := e.start < end
		end = max(end, e.end)
		return overlaps
	})
}

// newEntry returns the entry that is the unit of a date and some rows.
func (d *document) newEntry(x *mark, rows []*row) *entry {
	u := &d.nodes[x.unit]
	e := &entry{mark: x, rows: rows, start: x.unit, end: u.end}
	if len(rows) > 0 {
		texts := d.textsIn(rows[0].from, rows[len(rows)-1].to)
		e.start = min(e.start, d.at(texts[0], u.depth))
		e.end = max(e.end, d.nodes[d.at(texts[len(texts)-1], u.depth)].end)
	}
	return e
}

// isFlat reports whether entries are more than the units of their dates: most of
// these have nothing else, or there is something to read between them.
func (s *region) isFlat() bool {
	bare, gaps := 0, 0
	for i, x := range s.dated {
		if s.lo[i] == s.hi[i] {
			bare++
		}
		if i > 0 && hasText(s.rows[s.hi[i-1]:s.lo[i]]) && !isEntry(s.d.nodes[x.unit].DataAtom) {
			gaps++
		}
	}
	return 2*bare > len(s.dated) || gaps > 0 && 2*gaps >= len(s.dated)-1
}

// hasText reports whether rows have something to read other than headings.
func hasText(rows []*row) bool {
	return slices.ContainsFunc(rows, func(w *row) bool { return w.rank != inHeading })
}

// kind returns what kind of title a row can be, or "": a heading, a term, or a
// line of which all is in links or stressed.
func (s *region) kind(w *row) string {
	switch {
	case w.heading >= 0:
		return s.d.nodes[w.heading].Data
	case s.d.inside(w.node, atom.Dt):
		return "dt"
	case w.links, w.rank == isStressed:
		return strconv.FormatUint(s.d.nodes[w.node].path, 16)
	}
	return ""
}

// isHeading reports whether a kind of titles is one of headings.
func isHeading(kind string) bool { return isHeadingTag(kind) || kind == "dt" }

// layout finds where the entries begin: from what stands between the dates, and
// from what stands above the first one and below the last one.
func (s *region) layout() layout {
	last := len(s.dated) - 1
	how := layout{mostAbove: 1}
	gaps := make(map[string]int) // that have a kind of title
	in := make(map[string]int)   // the last of them
	for i := range last {
		between := s.rows[s.hi[i]:s.lo[i+1]]
		how.mostAbove = max(how.mostAbove, len(between))
		for _, w := range between {
			k := s.kind(w)
			if k == "" || in[k] == i+1 {
				continue
			}
			in[k] = i + 1
			gaps[k]++
			if gaps[k] > gaps[how.title] || gaps[k] == gaps[how.title] && isHeading(k) && !isHeading(how.title) {
				how.title = k
			}
		}
	}
	above := s.rows[max(0, s.lo[0]-how.mostAbove):s.lo[0]]
	_, end := s.run(last, how)
	below := s.rows[s.hi[last]:end]
	isTitle := func(w *row) bool { return s.kind(w) == how.title }
	switch {
	case !hasText(below) && hasText(above):
		how.dateLast = true
	case how.title == "" || slices.ContainsFunc(below, isTitle):
	case slices.ContainsFunc(above, isTitle):
		how.titleAt = true
	default:
		// Neither the first nor the last entry has a title. A heading or a term
		// introduces what follows it, unless the source keeps it apart from that.
		apart := false
		for i, at := range s.lo[1:] {
			apart = apart || at > 0 && isTitle(s.rows[at-1]) &&
				s.startsLine(s.dated[i+1].unit) && !s.startsLine(s.rows[at-1].heading)
		}
		how.titleAt = !apart && isHeading(how.title)
	}
	return how
}

// startsLine reports whether the source has a line break before a node.
func (s *region) startsLine(i int) bool {
	before := s.d.nodes[max(i, 0)].PrevSibling
	return before != nil && before.Type == html.TextNode && strings.Contains(before.Data, "\n")
}

// run returns where the entry of the i-th date begins and ends.
func (s *region) run(i int, how layout) (start, end int) {
	start, end = s.startOf(i, how), s.hi[i]
	if how.dateLast {
		return start, end
	}
	limit := len(s.rows)
	if i+1 < len(s.dated) {
		limit = s.startOf(i+1, how)
	}
	for end < limit && !s.isBreak(s.rows[end], how) {
		end++
	}
	return start, end
}

// isBreak reports whether entries end at a row: a heading that is not below the
// titles, or what stands beside the main matter.
func (s *region) isBreak(w *row, how layout) bool {
	return w.heading >= 0 && (!isHeadingTag(how.title) || s.kind(w) < how.title) ||
		s.d.nodes[w.node].aside > s.d.nodes[s.dated[0].unit].aside
}

// startOf returns where the entry of the i-th date begins.
func (s *region) startOf(i int, how layout) int {
	start := s.lo[i]
	low := max(0, start-how.mostAbove)
	if i > 0 {
		low = s.hi[i-1]
	}
	for j := start - 1; j >= low; j-- {
		switch {
		case how.titleAt && s.kind(s.rows[j]) == how.title:
			return j
		case how.dateLast && s.isBreak(s.rows[j], how):
			return start
		case how.dateLast:
			start = j
		}
	}
	return start
}
