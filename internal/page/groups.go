package page

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed"
	"golang.org/x/net/html/atom"
)

// A key says where a date stands, so that the dates of a listing's entries have
// the same one.
type key struct {
	path  int    // of the tags around it
	class string // of the element it is in
	nth   int    // in its line, up to 3
	place place
}

// A group is dates that stand at the same place, and the entries that they are
// the dates of.
type group struct {
	marks []*mark
	units []int // the largest node with each date and with none of the others
	score int
}

// An entry is a run of neighbouring nodes that belong to one date.
type entry struct {
	mark       *mark // with an error where no date can be read
	start, end int   // its nodes
	heading    int   // the last heading above that is in no entry, or -1
}

func (d *document) keyOf(m *mark) key {
	n := &d.nodes[d.element(m.node)]
	return key{path: n.path, class: class(n.Node), nth: min(m.nth, 3), place: m.place}
}

// findGroups returns the groups of the page's dates, in the order of the first
// dates.
func (d *document) findGroups() []*group {
	byKey := make(map[key]*group)
	var groups []*group
	for _, m := range d.marks {
		if m.place == within {
			m.use = "in a sentence"
			continue
		}
		k := d.keyOf(m)
		g := byKey[k]
		if g == nil {
			g = &group{}
			byKey[k] = g
			groups = append(groups, g)
		}
		g.marks = append(g.marks, m)
	}
	for _, g := range groups {
		d.dropSeconds(g)
		d.findUnits(g)
		d.rate(g)
	}
	return groups
}

// dropSeconds drops dates that are the second of an entry.
func (d *document) dropSeconds(g *group) {
	commons := d.commons(g.marks)
	least := len(d.nodes)
	for _, c := range commons {
		least = min(least, d.nodes[c].depth)
	}
	var parts [][]*mark // by the element next below the closest one around all
	for i, m := range g.marks {
		if i == 0 || d.nodes[commons[i-1]].depth == least {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], m)
	}
	g.marks = nil
	for _, part := range parts {
		if !d.isEntry(part) {
			g.marks = append(g.marks, part...)
			continue
		}
		g.marks = append(g.marks, part[0])
		for _, m := range part[1:] {
			m.use = "a second date of its entry"
		}
	}
}

// isEntry reports whether the closest element around some dates is one entry:
// nothing stands between them, or it is an entry by nature, has one title at
// most, and one of the dates stands alone in its part of it.
func (d *document) isEntry(marks []*mark) bool {
	last := marks[len(marks)-1]
	if d.readIn(marks[0].end, last.first) == 0 {
		return true
	}
	c := d.common(marks[0].node, last.node)
	switch d.nodes[c].DataAtom {
	case atom.Article, atom.Li, atom.Tr:
		return d.headingsIn(c) <= 1 && slices.ContainsFunc(marks, func(m *mark) bool { return d.isBare(d.at(m.node, d.nodes[c].depth+1), m) })
	}
	return false
}

// findUnits finds the unit of each date.
func (d *document) findUnits(g *group) {
	if len(g.marks) == 1 {
		g.units = []int{d.climb(g.marks[0].node)}
		return
	}
	depth := 0
	for _, c := range d.commons(g.marks) {
		depth = max(depth, d.nodes[c].depth+1)
	}
	for _, m := range g.marks {
		g.units = append(g.units, d.at(m.node, depth))
	}
	d.narrow(g)
}

// commons returns the closest node around each date and the one after it.
func (d *document) commons(marks []*mark) []int {
	all := make([]int, len(marks)-1)
	for i := range all {
		all[i] = d.common(marks[i].node, marks[i+1].node)
	}
	return all
}

// climb returns the largest part of the page around an only date, up to an
// element that is an entry by nature, and below what has other headings.
func (d *document) climb(i int) int {
	for {
		n := &d.nodes[i]
		switch n.DataAtom {
		case atom.Article, atom.Tr, atom.Li:
			return i
		}
		p := n.parent
		if p < 0 || d.h1 >= 0 && d.contains(p, d.h1) && n.heading < 0 {
			return i
		}
		switch d.nodes[p].DataAtom {
		case atom.Body, atom.Html, atom.Main:
			return i
		}
		if h := d.headingsIn(i); h > 0 && d.headingsIn(p) > h {
			return i
		}
		i = p
	}
}

// narrow makes units smaller that begin with a heading of their own above an
// entry: these are sections with one entry each.
func (d *document) narrow(g *group) {
	for {
		var inner []int
		for i, u := range g.units {
			c := d.at(g.marks[i].node, d.nodes[u].depth+1)
			if c == u || d.headingsIn(c) == 0 && d.nodes[c].heading != c {
				return
			}
			above := false
			for s := u + 1; s < c; s = d.nodes[s].end {
				above = above || d.nodes[s].heading == s
			}
			if !above {
				return
			}
			inner = append(inner, c)
		}
		g.units = inner
	}
}

// rate says how much a group is a listing: by how many entries it has, how much
// there is to read in them, and where its dates and its entries stand.
func (d *document) rate(g *group) {
	later := 0
	for i, m := range g.marks {
		u := g.units[i]
		score := 100 + min(d.size(u), 400)
		if d.nodes[u].beside {
			score /= 8
		}
		if !d.nodes[u].outside {
			g.score += score
		}
		if m.later {
			later++
		}
	}
	if first := g.marks[0]; first.place < apart || d.nodes[first.node].link >= 0 {
		g.score = g.score * 3 / 4 // it may be part of a title
	}
	if 2*later > len(g.marks) {
		g.score /= 4
	}
	if h := d.headingAbove(g.units[0]); h >= 0 && namesOther(d.nodeText(h)) {
		g.score /= 8
	}
}

// namesOther reports whether a heading says that what follows is events or
// comments, which often have dates as well.
func namesOther(heading string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(heading)) {
		for _, stem := range []string{"tapahtum", "kalenteri", "kommentti", "kommentit", "events", "comments", "evenemang", "kommentar"} {
			if strings.HasPrefix(word, stem) {
				return true
			}
		}
	}
	return false
}

// choose returns the entries of the listing: those of the best group and of the
// groups like it, in order.
func (d *document) choose(groups []*group) []*entry {
	best := &group{}
	for _, g := range groups {
		if g.score > best.score {
			best = g
		}
	}
	if best.score == 0 {
		return nil
	}
	marks := make(map[int]*mark) // by unit
	for _, g := range groups {
		for i, u := range g.units {
			if g == best || marks[u] == nil && d.isLike(g, best) {
				marks[u] = g.marks[i]
			}
		}
	}
	d.adopt(marks)
	listing := &group{}
	end := 0
	for _, u := range slices.Sorted(maps.Keys(marks)) {
		if u >= end {
			listing.units, listing.marks = append(listing.units, u), append(listing.marks, marks[u])
			end = d.nodes[u].end
		}
	}
	return d.findEntries(listing)
}

// isLike reports whether a group is of the same listing as another: its dates
// look the same, and its entries too or both have titles with links.
func (d *document) isLike(g, best *group) bool {
	for _, u := range g.units {
		if d.nodes[u].outside || d.nodes[u].beside && !d.nodes[best.units[0]].beside {
			return false
		}
	}
	if look(d, g.marks[0].node) != look(d, best.marks[0].node) {
		return false
	}
	u, v := g.units[0], best.units[0]
	return look(d, u) == look(d, v) || d.linkedHeading(u) && d.linkedHeading(v)
}

// adopt adds the siblings of units that look like them, but have their dates at
// another place, or none that can be read.
func (d *document) adopt(marks map[int]*mark) {
	type shape struct {
		look, first [2]string
		linked      bool
	}
	shapeOf := func(i int) shape {
		s := shape{look: look(d, i), linked: d.hasLink(i)}
		if i+1 < d.nodes[i].end {
			s.first[0] = d.nodes[d.element(i+1)].Data
		}
		return s
	}
	bare := 0
	shapes := make(map[shape]int)
	tags := make(map[string]int)
	units := slices.Sorted(maps.Keys(marks))
	for _, u := range units {
		shapes[shapeOf(u)]++
		tags[d.nodes[u].Data]++
		if d.isBare(u, marks[u]) {
			bare++
		}
	}
	seen := make(map[int]bool)
	for _, u := range units {
		p := d.nodes[u].parent
		if seen[p] || p < 0 || d.nodes[u].DataAtom == 0 {
			continue
		}
		seen[p] = true
		for c := p + 1; c < d.nodes[p].end; c = d.nodes[c].end {
			k, _ := slices.BinarySearch(units, c)
			if k < len(units) && d.contains(c, units[k]) || 2*tags[d.nodes[c].Data] < len(units) || d.size(c) == 0 {
				continue
			}
			m := d.markIn(c)
			switch {
			case m != nil && (2*bare > len(units)) == d.isBare(c, m):
				marks[c] = m
			case 2*shapes[shapeOf(c)] > len(units) && 2*bare < len(units):
				marks[c] = &mark{node: c, first: d.nodes[c].pieces, end: d.nodes[c].pieces, err: fmt.Errorf("an entry has no date, or one that is %w that can be read", vatesfeed.ErrDate)}
			}
		}
	}
}

// markIn returns the first date below a node that is not in a sentence, or nil.
func (d *document) markIn(i int) *mark {
	k, _ := slices.BinarySearchFunc(d.marks, i, func(m *mark, i int) int { return m.node - i })
	for ; k < len(d.marks) && d.nodes[i].end > d.marks[k].node; k++ {
		if d.marks[k].place > within {
			return d.marks[k]
		}
	}
	return nil
}

// look returns the tag and the class of a node.
func look(d *document, i int) [2]string {
	n := &d.nodes[d.element(i)]
	return [2]string{n.Data, class(n.Node)}
}

// linkedHeading reports whether the first heading below a node has a link.
func (d *document) linkedHeading(i int) bool {
	k, _ := slices.BinarySearch(d.headings, i+1)
	return k < len(d.headings) && d.contains(i, d.headings[k]) && d.hasLink(d.headings[k])
}

// isBare reports whether a unit has nothing to read but its date.
func (d *document) isBare(u int, m *mark) bool {
	if d.size(u) > d.readIn(m.first, m.end) {
		return false
	}
	if m.end-m.first == 1 {
		data := d.pieces[m.first].data
		return !isRead(data[:m.from]) && !isRead(data[m.to:])
	}
	return true
}
