package page

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/vatesfeed/vatesfeed"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A key says where a date stands, so that the dates of a listing's entries have
// the same one.
type key struct {
	path  uint64 // of the tags around it
	nth   int    // in its line
	place place
}

// A group is dates that stand at the same place, and the entries that they are
// the dates of.
type group struct {
	marks []*mark
	units []int // the largest node with each date and with none of the others
	score int
}

// findGroups returns the groups of the page's dates, in the order of the first
// dates.
func (d *document) findGroups() []*group {
	byKey := make(map[key]*group)
	var groups []*group
	for _, m := range d.marks {
		if m.place == within {
			m.use = "left out: in a sentence"
			continue
		}
		k := key{d.element(m.node).path, min(m.nth, 3), m.place}
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

// dropSeconds drops dates that are the second of an entry: nothing stands between
// them and the first, or they share an element that is an entry by nature, and
// one of them stands alone in its part of it.
func (d *document) dropSeconds(g *group) {
	commons := d.commons(g.marks)
	least := len(d.nodes)
	for _, c := range commons {
		least = min(least, d.nodes[c].depth)
	}
	kept := g.marks[:1:1]
	for i, c := range commons {
		first, m := g.marks[i], g.marks[i+1]
		depth := d.nodes[c].depth
		if depth > least && (d.isEmpty(first.to, d.nodes[m.node].from) ||
			isEntry(d.nodes[c].DataAtom) && (d.isBare(d.at(first.node, depth+1), first) || d.isBare(d.at(m.node, depth+1), m))) {
			m.use = "left out: a second date of its entry"
		} else {
			kept = append(kept, m)
		}
	}
	g.marks = kept
}

// isEntry reports whether an element is often an entry, and never several.
func isEntry(tag atom.Atom) bool { return tag == atom.Article || tag == atom.Li || tag == atom.Tr }

// isBare reports whether a node has nothing to read but a date.
func (d *document) isBare(i int, m *mark) bool { return d.fills(m.from, m.to, i) }

// commons returns the closest node around each date and the one after it.
func (d *document) commons(marks []*mark) []int {
	all := make([]int, len(marks)-1)
	for i := range all {
		all[i] = d.common(marks[i].node, marks[i+1].node)
	}
	return all
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
	for ; ; depth++ {
		units := make([]int, len(g.marks))
		inSections := true
		for i, m := range g.marks {
			units[i] = d.at(m.node, depth)
			inSections = inSections && d.isSection(units[i], d.at(m.node, depth+1))
		}
		g.units = units
		if !inSections {
			return
		}
	}
}

// isSection reports whether a node has headings both above and in a part of it
// that has a date: it is a section with one entry.
func (d *document) isSection(i, part int) bool {
	return len(d.headingsIn(i+1, part)) > 0 && len(d.headingsIn(part, d.nodes[part].end)) > 0
}

// climb returns the largest part of the page around an only date, up to an
// element that is an entry by nature, and below what has other headings.
func (d *document) climb(i int) int {
	for {
		n := &d.nodes[i]
		p := &d.nodes[n.parent]
		headings := len(d.headingsIn(i+1, n.end))
		switch {
		case isEntry(n.DataAtom), p.DataAtom == atom.Body, p.DataAtom == atom.Html, p.DataAtom == atom.Main,
			d.h1 >= 0 && d.contains(n.parent, d.h1) && n.heading < 0,
			headings > 0 && len(d.headingsIn(n.parent+1, p.end)) > headings:
			return i
		}
		i = n.parent
	}
}

// rate says how much a group is a listing: by how many entries it has, how much
// there is to read in them, and where its dates and its entries stand.
func (d *document) rate(g *group) {
	for i, m := range g.marks {
		u := &d.nodes[g.units[i]]
		score := 100 + min(u.to-u.from, 400)
		if m.later {
			score /= 4
		}
		if m.place < apart || d.nodes[m.node].link >= 0 {
			score /= 2 // it may be part of a title or a text
		}
		switch u.aside {
		case beside:
			score /= 8
		case outside:
			score = 0
		}
		g.score += score
	}
	if above := d.headingsIn(0, g.units[0]); len(above) > 0 && namesOther(d.nodeText(above[len(above)-1])) {
		g.score /= 8
	}
}

// A dated node is the unit of a date.
type dated struct {
	unit int
	mark *mark // with an error where no date can be read
}

// choose returns the dates of the listing: those of the best group and of the
// groups like it, in order.
func (d *document) choose(groups []*group) []dated {
	best := &group{}
	for _, g := range groups {
		if g.score > best.score {
			best = g
		}
	}
	marks := make(map[int]*mark) // by unit
	for _, g := range groups {
		for i, u := range g.units {
			if g == best || marks[u] == nil && best.score > 0 && d.isLike(g, best) {
				marks[u] = g.marks[i]
			}
		}
	}
	d.adopt(marks)
	var listing []dated
	end := 0
	for _, u := range slices.Sorted(maps.Keys(marks)) {
		if u >= end { // it is not in another unit
			listing = append(listing, dated{u, marks[u]})
			end = d.nodes[u].end
		}
	}
	return listing
}

// isLike reports whether a group is of the same listing as another: its dates
// look the same, and its entries too or both have titles with links.
func (d *document) isLike(g, best *group) bool {
	u, v := g.units[0], best.units[0]
	return d.nodes[u].aside <= d.nodes[v].aside && d.look(g.marks[0].node) == d.look(best.marks[0].node) &&
		(d.look(u) == d.look(v) || d.hasLinkedHeading(u) && d.hasLinkedHeading(v))
}

// look returns the tag and the class of a node.
func (d *document) look(i int) string {
	n := d.element(i)
	return n.Data + " " + class(n.Node)
}

// hasLinkedHeading reports whether the first heading below a node has a link.
func (d *document) hasLinkedHeading(i int) bool {
	headings := d.headingsIn(i+1, d.nodes[i].end)
	return len(headings) > 0 && d.hasLink(headings[0])
}

// hasLink reports whether there is a link around or below a node.
func (d *document) hasLink(i int) bool {
	return slices.ContainsFunc(d.nodes[i:d.nodes[i].end], func(n node) bool { return n.link >= 0 })
}

// shape returns what entries of one listing have in common in their markup.
func (d *document) shape(i int) string {
	return d.look(i) + " > " + d.look(min(i+1, d.nodes[i].end-1)) + " " + strconv.FormatBool(d.hasLink(i))
}

// adopt adds the siblings of units that look like them, but have their dates at
// another place, or none that can be read.
func (d *document) adopt(marks map[int]*mark) {
	bare := 0
	shapes, tags := make(map[string]int), make(map[string]int)
	units := slices.Sorted(maps.Keys(marks))
	var parents []int
	for _, u := range units {
		shapes[d.shape(u)]++
		tags[d.nodes[u].Data]++
		if d.isBare(u, marks[u]) {
			bare++
		}
		if d.nodes[u].Type == html.ElementNode {
			parents = append(parents, d.nodes[u].parent)
		}
	}
	most := len(units) / 2
	slices.Sort(parents)
	for _, p := range slices.Compact(parents) {
		for _, c := range d.children(p) {
			n := &d.nodes[c]
			k, _ := slices.BinarySearch(units, c)
			if k < len(units) && d.contains(c, units[k]) || 2*tags[n.Data] < len(units) || d.isEmpty(n.from, n.to) {
				continue
			}
			dates := slices.DeleteFunc(slices.Clone(d.marksIn(n.from, n.to)), func(m *mark) bool { return m.place == within })
			switch {
			case len(dates) > 0 && (bare > most) == d.isBare(c, dates[0]):
				marks[c] = dates[0]
			case shapes[d.shape(c)] > most && 2*bare < len(units):
				err := fmt.Errorf("an entry has no date, or one that is %w that can be read", vatesfeed.ErrDate)
				marks[c] = &mark{printed: printed{from: n.from, to: n.from}, node: c, err: err}
			}
		}
	}
}
