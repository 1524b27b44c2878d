package page

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// A key says where a date stands, so that the dates of a listing's entries have
// the same one.
type key struct {
	path  int    // of the tags around it
	class string // of the element it is in
	nth   int    // in its line, up to 3
	place place
	form  form
}

// A group is dates that stand at the same place, and the entries that they are
// the dates of.
type group struct {
	marks []*mark
	units []int // the largest element or text with each date and with none of the others
	score float64
}

// An entry is a run of neighbouring nodes that belong to one date.
type entry struct {
	mark       *mark // nil where no date can be read
	start, end int   // its nodes
	heading    int   // the last heading above that is in no entry, or -1
}

func (d *document) keyOf(m *mark) key {
	i := d.element(m.node)
	k := key{path: d.nodes[i].path, class: withoutDigits(attr(d.nodes[i].Node, "class")), nth: min(m.nth, 3), place: m.place, form: m.form}
	if m.form != shortYear {
		k.form = plain
	}
	return k
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
		d.findUnits(g)
		d.rate(g)
	}
	return groups
}

// findUnits finds the unit of each date, and drops dates that are the second of
// an entry.
func (d *document) findUnits(g *group) {
	if len(g.marks) == 1 {
		g.units = []int{d.climb(g.marks[0].node)}
		return
	}
	commons := d.commons(g.marks)
	least := len(d.nodes)
	for _, c := range commons {
		least = min(least, d.nodes[c].depth)
	}
	kept := g.marks[:1:1]
	for i, m := range g.marks[1:] {
		if d.nodes[commons[i]].depth == least || d.readBetween(g.marks[i], m) {
			kept = append(kept, m)
		} else {
			m.use = "a second date beside another"
		}
	}
	if g.marks = kept; len(g.marks) > 1 {
		g.marks = d.dropSeconds(g.marks, d.commons(g.marks))
	}
	if len(g.marks) == 1 {
		g.units = []int{d.climb(g.marks[0].node)}
		return
	}
	depth := 0
	for _, c := range d.commons(g.marks) {
		depth = max(depth, d.nodes[c].depth+1)
	}
	g.units = make([]int, len(g.marks))
	for i, m := range g.marks {
		g.units[i] = d.at(m.node, depth)
	}
	d.narrow(g)
}

// readBetween reports whether there is something to read between two dates.
func (d *document) readBetween(a, b *mark) bool {
	if a.end == a.first || b.end == b.first {
		return d.readIn(a.end, b.first) > 0
	}
	last, first := d.pieces[a.end-1].data, d.pieces[b.first].data
	if a.end-1 == b.first {
		return isRead(last[a.to:b.from])
	}
	return isRead(last[a.to:]) || isRead(first[:b.from]) || d.readIn(a.end, b.first) > 0
}

// commons returns the closest node around each date and the one after it.
func (d *document) commons(marks []*mark) []int {
	all := make([]int, len(marks)-1)
	for i := range all {
		all[i] = d.common(marks[i].node, marks[i+1].node)
	}
	return all
}

// dropSeconds drops dates that stand in the same entry as the one before.
func (d *document) dropSeconds(marks []*mark, commons []int) []*mark {
	least := len(d.nodes)
	for _, c := range commons {
		least = min(least, d.nodes[c].depth)
	}
	var parts [][]*mark // by the element next below the closest one around all
	alone := 0
	for i, m := range marks {
		if i > 0 && d.nodes[commons[i-1]].depth > least {
			last := len(parts) - 1
			if len(parts[last]) == 1 {
				alone--
			}
			parts[last] = append(parts[last], m)
			continue
		}
		parts = append(parts, []*mark{m})
		alone++
	}
	kept := marks[:0:0]
	for _, part := range parts {
		if len(part) == 1 || len(parts) == 1 || !d.isEntry(part, 2*alone >= len(parts)) {
			kept = append(kept, part...)
			continue
		}
		kept = append(kept, part[0])
		for _, m := range part[1:] {
			m.use = "a second date of its entry"
		}
	}
	return kept
}

// isEntry reports whether the closest element around some dates is one entry:
// it has one title at most, one of the dates stands alone in its part of it, and
// it is an entry by nature, or the others beside it have one date each.
func (d *document) isEntry(marks []*mark, othersHaveOne bool) bool {
	c := d.common(marks[0].node, marks[len(marks)-1].node)
	if c == marks[0].node {
		return true
	}
	bare := false
	for i, m := range marks {
		unit := d.at(m.node, d.nodes[c].depth+1)
		if i > 0 && d.headingsIn(unit) > 0 {
			return false
		}
		bare = bare || d.isBare(unit, m)
	}
	switch d.nodes[c].DataAtom {
	case atom.Article, atom.Li, atom.Tr:
		othersHaveOne = true
	}
	return bare && othersHaveOne && d.headingsIn(c) <= 1
}

// linkedHeading reports whether the first heading below a node has a link.
func (d *document) linkedHeading(c int) bool {
	for i := c + 1; i < d.nodes[c].end; i++ {
		if d.nodes[i].heading == i {
			for j := i; j < d.nodes[i].end; j++ {
				if d.nodes[j].link >= 0 {
					return true
				}
			}
			return false
		}
	}
	return false
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
		if p < 0 || d.h1 >= 0 && d.contains(p, d.h1) && d.nodes[i].heading < 0 {
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
			if c == u || d.headingsIn(c) == 0 && d.nodes[c].heading != c || d.nodes[c].heading >= 0 && d.nodes[c].heading < c {
				return
			}
			above := false
			for s := u + 1; s < c; s = d.nodes[s].end {
				above = above || d.nodes[s].heading == s && d.nodes[s].end <= c
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
	weight := 3.0
	switch first := g.marks[0]; first.place {
	case apart:
		// In a link with words it may be part of a title.
		if d.isBare(first.node, first) || d.nodes[first.node].link < 0 || d.nodes[first.node].heading >= 0 {
			weight = 4
		}
	case ending:
		weight = 2
	}
	later := 0
	for i, m := range g.marks {
		first, end := d.nodes[g.units[i]].pieces, d.nodes[g.units[i]].pieceEnd
		rest := d.readIn(first, end)
		if d.isBare(g.units[i], m) { // the entry is what stands around it
			p := d.nodes[g.units[i]].parent
			first, end = d.nodes[p].pieces, d.nodes[p].pieceEnd
			if i > 0 {
				first = max(first, g.marks[i-1].end)
			}
			if i+1 < len(g.marks) {
				end = min(end, g.marks[i+1].first)
			}
			rest = d.readIn(first, end) - d.readIn(m.first, m.end)
		}
		if rest <= 0 || d.nodes[g.units[i]].outside {
			continue
		}
		score := float64(100 + min(rest, 400))
		if d.nodes[g.units[i]].beside {
			score /= 8
		}
		if m.later {
			later++
		}
		g.score += score
	}
	if g.score *= weight; 2*later > len(g.marks) {
		g.score /= 4
	}
	if len(g.marks) == 1 {
		g.score /= 2 // nothing repeats
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
	var best *group
	for _, g := range groups {
		if g.score > 0 && (best == nil || g.score > best.score) {
			best = g
		}
	}
	if best == nil {
		return nil
	}
	type dated struct {
		unit int
		mark *mark
		best bool
	}
	var all []dated
	for _, g := range groups {
		if g == best || g.score > 0 && d.isLike(g, best) {
			for i, u := range g.units {
				all = append(all, dated{u, g.marks[i], g == best})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b dated) int { return a.unit - b.unit })
	listing := &group{}
	var last dated
	for _, this := range all {
		n := len(listing.units)
		switch {
		case n == 0 || this.unit >= d.nodes[last.unit].end:
		case this.best && !last.best:
			listing.units, listing.marks = listing.units[:n-1], listing.marks[:n-1]
		default:
			continue
		}
		listing.units, listing.marks = append(listing.units, this.unit), append(listing.marks, this.mark)
		last = this
	}
	d.adopt(listing, d.keyOf(best.marks[0]))
	return d.findEntries(listing)
}

// isLike reports whether a group is of the same listing as another: if it has no
// date in an entry of that, if its dates look the same, and its entries too or
// both have titles.
func (d *document) isLike(g, best *group) bool {
	for _, u := range g.units {
		if d.nodes[u].outside || d.nodes[u].beside && !d.nodes[best.units[0]].beside {
			return false
		}
	}
	k, b := d.keyOf(g.marks[0]), d.keyOf(best.marks[0])
	if k.class != b.class || k.form != b.form || d.nodes[d.element(g.marks[0].node)].Data != d.nodes[d.element(best.marks[0].node)].Data {
		return false
	}
	u, v := &d.nodes[g.units[0]], &d.nodes[best.units[0]]
	if u.Data == v.Data && withoutDigits(attr(u.Node, "class")) == withoutDigits(attr(v.Node, "class")) {
		return true
	}
	return d.linkedHeading(g.units[0]) && d.linkedHeading(best.units[0])
}

// adopt adds the units that are siblings of a group's and look like them, but
// have their dates at another place, or none that can be read.
func (d *document) adopt(g *group, like key) {
	type look struct {
		tag, class, first string
		titled, linked    bool
	}
	lookOf := func(i int) look {
		n := &d.nodes[i]
		first := ""
		if i+1 < n.end {
			first = d.nodes[d.element(i+1)].Data
		}
		return look{n.Data, withoutDigits(attr(n.Node, "class")), first, d.headingsIn(i) > 0, d.hasLink(i)}
	}
	bare := 0
	looks := make(map[look]int)
	tags := make(map[string]int)
	marks := make(map[int]*mark)
	for i, u := range g.units {
		looks[lookOf(u)]++
		tags[d.nodes[u].Data]++
		marks[u] = g.marks[i]
		if d.isBare(u, g.marks[i]) {
			bare++
		}
	}
	seen := make(map[int]bool)
	for _, u := range slices.Clone(g.units) {
		p := d.nodes[u].parent
		if seen[p] || p < 0 || d.nodes[u].DataAtom == 0 {
			continue
		}
		seen[p] = true
		for c := p + 1; c < d.nodes[p].end; c = d.nodes[c].end {
			if marks[c] != nil || 2*tags[d.nodes[c].Data] < len(g.units) || d.size(c) == 0 {
				continue
			}
			m := d.bestMark(c, like)
			switch {
			case m != nil && (2*bare > len(g.units)) == d.isBare(c, m):
			case 2*looks[lookOf(c)] > len(g.units) && 2*bare < len(g.units):
				m = &mark{node: c, first: d.nodes[c].pieces, end: d.nodes[c].pieces, err: fmt.Errorf("an entry has no date, or one that is %w that can be read", errDate)}
			default:
				continue
			}
			marks[c] = m
			g.units = append(g.units, c)
		}
	}
	slices.Sort(g.units)
	g.marks = g.marks[:0:0]
	for _, u := range g.units {
		g.marks = append(g.marks, marks[u])
	}
}

// isBare reports whether a unit has nothing to read but its date.
func (d *document) isBare(u int, m *mark) bool {
	rest := d.size(u) - d.readIn(m.first, m.end)
	if rest > 0 {
		return false
	}
	if m.end-m.first == 1 {
		data := d.pieces[m.first].data
		return !isRead(data[:m.from]) && !isRead(data[m.to:])
	}
	return true
}

// bestMark returns the date below a node that most likely is that of an entry:
// one in an element like that of the others, or else the one most set apart.
func (d *document) bestMark(i int, like key) *mark {
	var best *mark
	most := 0
	k, _ := slices.BinarySearchFunc(d.marks, i, func(m *mark, i int) int { return m.node - i })
	for ; k < len(d.marks) && d.nodes[i].end > d.marks[k].node; k++ {
		m := d.marks[k]
		if m.place == within {
			continue
		}
		score := int(m.place)
		if own := d.keyOf(m); own.path == like.path && own.class == like.class {
			score += 10
		}
		if score > most {
			best, most = m, score
		}
	}
	return best
}
