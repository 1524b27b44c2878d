package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// findEntries returns the run of nodes that belongs to each date of a group: its
// unit, or with the neighbours of it where the entries are not elements of their
// own.
func (d *document) findEntries(g *group) []*entry {
	var parents []*siblings
	byParent := make(map[int]*siblings)
	for i, u := range g.units {
		p := d.nodes[u].parent
		s := byParent[p]
		if s == nil {
			s = &siblings{d: d, children: d.childrenOf(p)}
			byParent[p] = s
			parents = append(parents, s)
		}
		for s.children[s.next] != u {
			s.next++
		}
		s.at = append(s.at, s.next)
		s.marks = append(s.marks, g.marks[i])
	}
	var widest *siblings // of those that are flat
	for _, s := range parents {
		if s.isFlat() && (widest == nil || len(s.at) > len(widest.at)) {
			widest = s
		}
	}
	var how layout
	if widest != nil {
		how = widest.layout()
	}
	var entries []*entry
	for _, s := range parents {
		flat := s.isFlat()
		for i, at := range s.at {
			start, end := at, at+1
			if flat {
				start, end = s.bounds(i, how)
			}
			entries = append(entries, &entry{mark: s.marks[i], start: s.children[start], end: d.nodes[s.children[end-1]].end, heading: -1})
		}
	}
	slices.SortStableFunc(entries, func(a, b *entry) int { return a.start - b.start })
	return slices.CompactFunc(entries, func(a, b *entry) bool { return b.start < a.end && a.start < b.end })
}

// isFlat reports whether entries are more than the siblings that have their
// dates: most of these have nothing else, or something to read between them.
func (s *siblings) isFlat() bool {
	bare, gaps := 0, 0
	for i, at := range s.at {
		if s.d.isBare(s.children[at], s.marks[i]) {
			bare++
		}
		if i+1 < len(s.at) && s.hasText(at+1, s.at[i+1]) {
			gaps++
		}
	}
	switch s.d.nodes[s.children[s.at[0]]].DataAtom {
	case atom.Li, atom.Article:
		gaps = 0 // what stands between is not of these
	}
	return 2*bare > len(s.at) || gaps > 0 && 2*gaps >= len(s.at)-1
}

// siblings are the children of one node that show something, of which some have
// a date.
type siblings struct {
	d        *document
	children []int
	at       []int // which have a date
	marks    []*mark
	next     int // where to look for the next date
}

// childrenOf returns the children of a node that show something, and its <hr>s.
func (d *document) childrenOf(p int) []int {
	var children []int
	for c := p + 1; c < d.nodes[p].end; c = d.nodes[c].end {
		if d.nodes[c].DataAtom != atom.Br {
			children = append(children, c)
		}
	}
	return children
}

// hasText reports whether there is something to read among the children from i
// to j-1, other than the heading of a section.
func (s *siblings) hasText(i, j int) bool {
	for ; i < j; i++ {
		c := s.children[i]
		if s.d.size(c) > 0 && s.d.nodes[c].heading != c {
			return true
		}
	}
	return false
}

// A layout says where among siblings the entries begin.
type layout struct {
	start startsAt
	title kind   // of the title, if the layout has one
	dated string // the tag of what has the date, if it has none
}

type startsAt int

const (
	atDate    startsAt = iota // the date comes first
	afterDate                 // the date comes last
	atTitle                   // the title comes first
)

// A kind is what a sibling is by its markup.
type kind struct {
	tag    string
	linked bool // all of it is in a link
	strong bool // all of it is stressed
}

func (s *siblings) kindOf(i int) kind {
	c := s.children[i]
	n := &s.d.nodes[c]
	k := kind{tag: n.Data}
	if n.Type == html.TextNode {
		k.tag = "#text"
		return k
	}
	if n.DataAtom == atom.Ul || n.DataAtom == atom.Ol || n.pieces == s.d.nodes[c].pieceEnd {
		return k
	}
	k.linked, k.strong = true, true
	for _, p := range s.d.pieces[n.pieces:s.d.nodes[c].pieceEnd] {
		if !isRead(p.data) {
			continue
		}
		k.linked = k.linked && s.d.nodes[p.node].link >= 0
		k.strong = k.strong && (s.d.nodes[p.node].Parent.DataAtom == atom.Strong || s.d.nodes[p.node].Parent.DataAtom == atom.B)
		if !k.linked && !k.strong {
			break
		}
	}
	return k
}

// isTitle reports whether siblings of a kind can be titles.
func (k kind) isTitle() bool {
	return k.linked || k.strong || k.tag == "dt" || len(k.tag) == 2 && k.tag[0] == 'h' && k.tag[1] != 'r'
}

// layout finds where the entries begin: from what stands above the first date
// and below the last one, and else from what stands between.
func (s *siblings) layout() layout {
	first, last := s.at[0], s.at[len(s.at)-1]
	kinds := make(map[kind]int) // of possible titles: in how many gaps
	var all []kind
	widest := 1
	for i := 0; i+1 < len(s.at); i++ {
		seen := make(map[kind]bool)
		for j := s.at[i] + 1; j < s.at[i+1]; j++ {
			k := s.kindOf(j)
			if !seen[k] && k.isTitle() && !s.isSection(j) {
				if kinds[k]++; kinds[k] == 1 {
					all = append(all, k)
				}
				seen[k] = true
			}
		}
		widest = max(widest, s.at[i+1]-s.at[i]-1)
	}
	tail := s.reach(last, len(s.children), layout{})
	var title kind
	for _, k := range all {
		if title == (kind{}) || kinds[k] > kinds[title] || kinds[k] == kinds[title] && isHeadingTag(k.tag) && !isHeadingTag(title.tag) {
			title = k
		}
	}
	if !s.hasText(last+1, tail) && first > 0 {
		below := false
		for j := last + 1; j < tail; j++ {
			below = below || s.kindOf(j) == title
		}
		if !below && s.hasText(max(0, first-widest), first) {
			return layout{start: afterDate, title: title}
		}
	}
	if title == (kind{}) {
		return layout{start: atDate, dated: s.d.nodes[s.children[first]].Data}
	}
	for j := last + 1; j < tail || j < len(s.children) && s.kindOf(j) == title; j++ {
		if s.kindOf(j) == title {
			return layout{start: atDate, title: title}
		}
	}
	for j := first - 1; j >= max(0, first-widest); j-- {
		if s.kindOf(j) == title {
			return layout{start: atTitle, title: title}
		}
	}
	// The first or the last entry has no title. A heading introduces what
	// follows it, unless the source keeps it apart from that.
	together, apart := 0, 0
	for i := 1; i < len(s.at); i++ {
		if j := s.at[i] - 1; s.kindOf(j) == title {
			if s.spaceBefore(s.at[i]) && !s.spaceBefore(j) {
				apart++
			} else {
				together++
			}
		} else if s.kindOf(s.at[i-1]+1) == title {
			apart++
		}
	}
	if apart > together || !isHeadingTag(title.tag) && title.tag != "dt" {
		return layout{start: atDate, title: title}
	}
	return layout{start: atTitle, title: title}
}

// spaceBefore reports whether the source has a line break before a sibling.
func (s *siblings) spaceBefore(i int) bool {
	p := s.d.nodes[s.children[i]].PrevSibling
	return p != nil && p.Type == html.TextNode && strings.Contains(p.Data, "\n")
}

// endsAt reports whether a heading ends an entry: it is no title, and no deeper
// than that or what has the date.
func (l layout) endsAt(tag string) bool {
	switch {
	case l.title != (kind{}):
		return tag != l.title.tag && (!isHeadingTag(l.title.tag) || tag < l.title.tag)
	case isHeadingTag(l.dated):
		return tag <= l.dated
	}
	return l.dated != ""
}

// isSection reports whether a sibling is a heading that is a year or a month.
func (s *siblings) isSection(i int) bool {
	c := s.children[i]
	return s.d.nodes[c].heading == c && s.d.isYear(c)
}

// reach returns where what follows the date at i ends that can belong to its
// entry, at most limit.
func (s *siblings) reach(i, limit int, how layout) int {
	j := i + 1
	for ; j < limit; j++ {
		c := s.children[j]
		n := &s.d.nodes[c]
		if n.heading == c && how.endsAt(n.Data) {
			break
		}
		if n.outside || n.beside && !s.d.nodes[s.children[i]].beside {
			break
		}
		switch n.DataAtom {
		case atom.Footer, atom.Form, atom.Hr, atom.Header, atom.Section, atom.Article, atom.Main:
			return j
		}
	}
	return j
}

// bounds returns where the entry of the i-th date begins and ends.
func (s *siblings) bounds(i int, how layout) (start, end int) {
	at := s.at[i]
	low, high := 0, len(s.children)
	if i > 0 {
		low = s.at[i-1] + 1
	}
	if i+1 < len(s.at) {
		high = s.at[i+1]
	}
	switch how.start {
	case afterDate:
		start = at
		for start > low && !s.breaks(start-1, how.title) {
			start--
		}
		return start, at + 1
	case atTitle:
		return s.titleBefore(i, how.title), s.reach(at, s.nextTitle(i, how.title), how)
	}
	return at, s.reach(at, high, how)
}

// breaks reports whether a sibling is a heading that is not a title, and so
// stands above an entry.
func (s *siblings) breaks(i int, title kind) bool {
	c := s.children[i]
	return s.d.nodes[c].heading == c && (s.kindOf(i) != title || s.isSection(i)) || s.kindOf(i).tag == "hr"
}

// titleBefore returns where the entry of the i-th date begins, if that is with
// its title.
func (s *siblings) titleBefore(i int, title kind) int {
	low := max(0, s.at[i]-maxAbove)
	if i > 0 {
		low = s.at[i-1] + 1
	}
	for j := s.at[i]; j >= low; j-- {
		if s.kindOf(j) == title && !s.isSection(j) {
			return j
		}
	}
	return s.at[i]
}

// maxAbove is how many siblings may stand between the title and the date of the
// first entry.
const maxAbove = 4

// nextTitle returns where the entry after that of the i-th date begins.
func (s *siblings) nextTitle(i int, title kind) int {
	if i+1 < len(s.at) {
		return s.titleBefore(i+1, title)
	}
	for j := s.at[i] + 1; j < len(s.children); j++ {
		if s.kindOf(j) == title && isHeadingTag(title.tag) {
			return j
		}
	}
	return len(s.children)
}
