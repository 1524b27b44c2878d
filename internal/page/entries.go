package page

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// An entry is a run of neighbouring nodes that belong to one date.
type entry struct {
	mark       *mark // with an error where no date can be read
	start, end int   // its nodes
	from, to   int   // its part of the page's text
	whole      bool  // the page is this entry's article
}

// Siblings are the children of one node, of which some have a date.
type siblings struct {
	d        *document
	children []int
	kinds    []string // of titles that the children can be
	dated    []int    // which have a date
	marks    []*mark
}

// A layout says where among siblings the entries begin, if these are more than
// the siblings with their dates.
type layout struct {
	dateLast  bool
	titleAt   bool   // with the title, which stands above the date
	title     string // the kind of the titles, or ""
	mostAbove int    // how many siblings can stand between the first title and its date
}

// findEntries returns the entries of dates, by unit: the unit, or also neighbours
// of it where the entries are not elements of their own.
func (d *document) findEntries(marks map[int]*mark) []*entry {
	var all []*siblings
	byParent := make(map[int]*siblings)
	end := 0
	for _, u := range slices.Sorted(maps.Keys(marks)) {
		if u < end {
			continue // it is in another unit
		}
		end = d.nodes[u].end
		p := d.nodes[u].parent
		s := byParent[p]
		if s == nil {
			s = &siblings{d: d, children: d.children(p)}
			byParent[p] = s
			all = append(all, s)
		}
		k, _ := slices.BinarySearch(s.children, u)
		s.dated = append(s.dated, k)
		s.marks = append(s.marks, marks[u])
	}
	var how layout
	most := 0
	for _, s := range all {
		if s.isFlat() {
			s.findKinds()
			if len(s.dated) > most {
				how, most = s.layout(), len(s.dated)
			}
		}
	}
	var entries []*entry
	for _, s := range all {
		for i, at := range s.dated {
			start, end := at, at+1
			if s.kinds != nil {
				start, end = s.run(i, how)
			}
			first, last := d.nodes[s.children[start]], d.nodes[s.children[end-1]]
			entries = append(entries, &entry{mark: s.marks[i], start: s.children[start], end: last.end, from: first.from, to: last.to})
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
		if i > 0 && s.hasText(s.dated[i-1]+1, at) && !isEntry(s.d.nodes[s.children[at]].DataAtom) {
			gaps++
		}
	}
	return 2*bare > len(s.dated) || gaps > 0 && 2*gaps >= len(s.dated)-1
}

// hasText reports whether there is something to read among the children from i
// to j-1, other than the heading of a section.
func (s *siblings) hasText(i, j int) bool {
	return slices.ContainsFunc(s.children[i:j], func(c int) bool {
		n := &s.d.nodes[c]
		return n.heading != c && !s.d.isEmpty(n.from, n.to)
	})
}

// findKinds finds what kind of title each sibling can be, or "": a heading, a
// term, or an element of which all is in links or stressed.
func (s *siblings) findKinds() {
	for _, c := range s.children {
		n := &s.d.nodes[c]
		kind := ""
		if isHeadingTag(n.Data) || n.Data == "dt" {
			kind = n.Data
		} else if n.Type == html.ElementNode && !s.d.isEmpty(n.from, n.to) && !slices.ContainsFunc(s.d.textsIn(n.from, n.to), s.d.isPlain) {
			kind = n.Data + " a"
		}
		s.kinds = append(s.kinds, kind)
	}
}

// isPlain reports whether a text is neither in a link nor stressed.
func (d *document) isPlain(t int) bool {
	n := &d.nodes[t]
	return n.link < 0 && n.Parent.Data != "b" && n.Parent.Data != "strong" && isRead(n.Node.Data)
}

// layout finds where the entries begin: from what stands between the dates, and
// from what stands above the first one and below the last one.
func (s *siblings) layout() layout {
	first, last := s.dated[0], s.dated[len(s.dated)-1]
	how := layout{mostAbove: 1}
	gaps := make(map[string]int) // that have a kind of title
	in := make(map[string]int)   // the last of them
	for i, at := range s.dated[1:] {
		how.mostAbove = max(how.mostAbove, at-s.dated[i]-1)
		for _, k := range s.kinds[s.dated[i]+1 : at] {
			if k == "" || in[k] == at {
				continue
			}
			in[k] = at
			gaps[k]++
			if gaps[k] > gaps[how.title] || gaps[k] == gaps[how.title] && isHeadingTag(k) && !isHeadingTag(how.title) {
				how.title = k
			}
		}
	}
	above, end := max(0, first-how.mostAbove), s.reach(last, len(s.children), how)
	switch {
	case !s.hasText(last+1, end) && s.hasText(above, first):
		how.dateLast = true
	case how.title == "" || slices.Contains(s.kinds[last+1:end], how.title):
	case slices.Contains(s.kinds[above:first], how.title):
		how.titleAt = true
	default:
		// Neither the first nor the last entry has a title. A heading or a term
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
		how.titleAt = apart <= 0 && !strings.HasSuffix(how.title, " a")
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
		if s.isBreak(j, how) {
			return j
		}
	}
	return limit
}

// isBreak reports whether a sibling is in no entry: a heading that is not below
// the titles, or what stands beside the main matter.
func (s *siblings) isBreak(i int, how layout) bool {
	c := s.children[i]
	n := &s.d.nodes[c]
	return n.heading == c && (!isHeadingTag(how.title) || n.Data < how.title) || n.aside > s.d.nodes[s.children[s.dated[0]]].aside
}

// run returns where the entry of the i-th date begins and ends.
func (s *siblings) run(i int, how layout) (start, end int) {
	start, at := s.startOf(i, how), s.dated[i]
	switch {
	case how.dateLast:
		return start, at + 1
	case i+1 < len(s.dated):
		return start, s.reach(at, s.startOf(i+1, how), how)
	}
	return start, s.reach(at, len(s.children), how)
}

// startOf returns where the entry of the i-th date begins.
func (s *siblings) startOf(i int, how layout) int {
	start := s.dated[i]
	low := max(0, start-how.mostAbove)
	if i > 0 {
		low = s.dated[i-1] + 1
	}
	for j := start - 1; j >= low; j-- {
		switch {
		case how.titleAt && s.kinds[j] == how.title:
			return j
		case how.dateLast && s.isBreak(j, how):
			return start
		case how.dateLast:
			start = j
		}
	}
	return start
}
