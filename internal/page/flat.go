package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Siblings are the children of one node, of which some have a date.
type siblings struct {
	d        *document
	children []int
	kinds    []kind
	dated    []int // which have a date
	marks    []*mark
}

// A kind is what a sibling is by its markup.
type kind struct {
	tag    string
	linked bool // all of it is in a link
	strong bool // all of it is stressed
}

// A layout says where among siblings the entries begin.
type layout struct {
	dateLast  bool
	titleAt   bool   // with the title, which stands above the date
	title     kind   // of the title, if the layout has one
	lowest    string // the tag of the lowest heading that can stand in an entry
	mostAbove int    // how many siblings can stand between the first title and its date
}

// findEntries returns the nodes that belong to each date of a group: its unit,
// or also neighbours of it where the entries are not elements of their own.
func (d *document) findEntries(g *group) []*entry {
	var all []*siblings
	byParent := make(map[int]*siblings)
	for i, u := range g.units {
		p := d.nodes[u].parent
		s := byParent[p]
		if s == nil {
			s = &siblings{d: d}
			byParent[p] = s
			all = append(all, s)
			for c := p + 1; c < d.nodes[p].end; c = d.nodes[c].end {
				s.children = append(s.children, c)
			}
		}
		k, _ := slices.BinarySearch(s.children, u)
		s.dated = append(s.dated, k)
		s.marks = append(s.marks, g.marks[i])
	}
	var widest *siblings // of those that are flat
	for _, s := range all {
		if s.isFlat() && (widest == nil || len(s.dated) > len(widest.dated)) {
			widest = s
		}
	}
	var how layout
	if widest != nil {
		how = widest.layout()
	}
	var entries []*entry
	for _, s := range all {
		flat := s.isFlat()
		for i, at := range s.dated {
			start, end := at, at+1
			if flat {
				start, end = s.bounds(i, how)
			}
			entries = append(entries, &entry{mark: s.marks[i], start: s.children[start], end: d.nodes[s.children[end-1]].end, heading: -1})
		}
	}
	slices.SortStableFunc(entries, func(a, b *entry) int { return a.start - b.start })
	return slices.CompactFunc(entries, func(next, last *entry) bool { return next.start < last.end })
}

// isFlat reports whether entries are more than the siblings that have their
// dates: most of these have nothing else, or something to read between them.
func (s *siblings) isFlat() bool {
	bare, gaps := 0, 0
	for i, at := range s.dated {
		if s.d.isBare(s.children[at], s.marks[i]) {
			bare++
		}
		if i > 0 && s.hasText(s.dated[i-1]+1, at) {
			gaps++
		}
	}
	switch s.d.nodes[s.children[s.dated[0]]].DataAtom {
	case atom.Li, atom.Article:
		gaps = 0 // what stands between is not of these
	}
	return 2*bare > len(s.dated) || gaps > 0 && 2*gaps >= len(s.dated)-1
}

// hasText reports whether there is something to read among the children from i
// to j-1, other than the heading of a section.
func (s *siblings) hasText(i, j int) bool {
	return slices.ContainsFunc(s.children[i:j], func(c int) bool { return s.d.nodes[c].heading != c && s.d.size(c) > 0 })
}

func (d *document) kindOf(i int) kind {
	n := &d.nodes[i]
	k := kind{tag: n.Data, linked: d.size(i) > 0, strong: d.size(i) > 0}
	if n.Type == html.TextNode {
		return kind{tag: "#text"}
	}
	for _, p := range d.pieces[n.pieces:n.pieceEnd] {
		if isRead(p.data) {
			k.linked = k.linked && d.nodes[p.node].link >= 0
			k.strong = k.strong && d.isStrong(p.node)
		}
	}
	return k
}

// isStrong reports whether a text is stressed.
func (d *document) isStrong(i int) bool {
	switch d.nodes[i].Parent.DataAtom {
	case atom.Strong, atom.B:
		return true
	}
	return false
}

// isTitle reports whether siblings of a kind can be titles.
func (k kind) isTitle() bool { return k.linked || k.strong || k.tag == "dt" || isHeadingTag(k.tag) }

// layout finds where the entries begin: from what stands between the dates, and
// from what stands above the first one and below the last one.
func (s *siblings) layout() layout {
	for _, c := range s.children {
		s.kinds = append(s.kinds, s.d.kindOf(c))
	}
	first, last := s.dated[0], s.dated[len(s.dated)-1]
	how := layout{mostAbove: 1, lowest: "h7"}
	gaps := make(map[kind]int) // that have a kind of title
	for i, at := range s.dated[1:] {
		between := s.kinds[s.dated[i]+1 : at]
		for j, k := range between {
			if !k.isTitle() || slices.Contains(between[:j], k) {
				continue
			}
			gaps[k]++
			if gaps[k] > gaps[how.title] || gaps[k] == gaps[how.title] && isHeadingTag(k.tag) && !isHeadingTag(how.title.tag) {
				how.title = k
			}
		}
		how.mostAbove = max(how.mostAbove, len(between))
	}
	if isHeadingTag(how.title.tag) {
		how.lowest = how.title.tag
	}
	above, end := max(0, first-how.mostAbove), s.reach(last, len(s.children), how)
	switch {
	case !s.hasText(last+1, end) && s.hasText(above, first):
		how.dateLast = true
	case !how.title.isTitle() || slices.Contains(s.kinds[last+1:end], how.title):
	default:
		// Neither the first nor the last entry may have a title. A heading
		// introduces what follows it, unless the source keeps it apart from that.
		apart := 0
		for _, at := range s.dated[1:] {
			switch {
			case s.kinds[at-1] != how.title:
			case s.startsLine(at) && !s.startsLine(at-1):
				apart++
			default:
				apart--
			}
		}
		how.titleAt = slices.Contains(s.kinds[above:first], how.title) || apart <= 0 && (isHeadingTag(how.title.tag) || how.title.tag == "dt")
	}
	return how
}

// startsLine reports whether the source has a line break before a sibling.
func (s *siblings) startsLine(i int) bool {
	before := s.d.nodes[s.children[i]].PrevSibling
	return before != nil && before.Type == html.TextNode && strings.Contains(before.Data, "\n")
}

// reach returns where what follows the date at i ends that can belong to its
// entry, at most limit.
func (s *siblings) reach(i, limit int, how layout) int {
	for j := i + 1; j < limit; j++ {
		c := s.children[j]
		n := &s.d.nodes[c]
		if n.heading == c && n.Data < how.lowest || n.outside || n.beside && !s.d.nodes[s.children[i]].beside {
			return j
		}
		switch n.DataAtom {
		case atom.Footer, atom.Form, atom.Hr, atom.Header, atom.Section, atom.Article, atom.Main:
			return j
		}
	}
	return limit
}

// bounds returns where the entry of the i-th date begins and ends.
func (s *siblings) bounds(i int, how layout) (start, end int) {
	at := s.dated[i]
	if how.dateLast {
		for start = at; start > 0 && (i == 0 || start > s.dated[i-1]+1); start-- {
			c := s.children[start-1]
			if k := s.d.kindOf(c); s.d.nodes[c].heading == c && k != how.title || k.tag == "hr" {
				break
			}
		}
		return start, at + 1
	}
	end = len(s.children)
	if i+1 < len(s.dated) {
		end = s.startOf(i+1, how)
	}
	return s.startOf(i, how), s.reach(at, end, how)
}

// startOf returns where the entry of the i-th date begins, unless it ends there.
func (s *siblings) startOf(i int, how layout) int {
	at := s.dated[i]
	low := max(0, at-how.mostAbove)
	if i > 0 {
		low = s.dated[i-1] + 1
	}
	for j := at; how.titleAt && j >= low; j-- {
		if s.d.kindOf(s.children[j]) == how.title {
			return j
		}
	}
	return at
}
