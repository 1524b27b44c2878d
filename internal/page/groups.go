package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A key says where a date stands, so that the dates of a listing's entries have
// the same one.
type key struct {
	path  uint64 // of the tags around it
	nth   int    // in its line
	place place
	aside aside
}

// A group is dates that stand at the same place, and the entries that they are
// the dates of.
type group struct {
	marks []*mark
	score int
}

// findGroups returns the groups of the page's dates, in the order of the first
// dates.
func (d *document) findGroups() []*group {
	byKey := make(map[key]*group)
	var groups []*group
	for _, m := range d.marks {
		if m.place == within && m.use == "" {
			m.use = "left out: in a sentence"
		}
		if m.use != "" {
			continue
		}
		k := key{d.element(m.node).path, min(m.nth, 3), m.place, d.nodes[m.node].aside}
		g := byKey[k]
		if g == nil {
			g = &group{}
			byKey[k] = g
			groups = append(groups, g)
		}
		g.marks = append(g.marks, m)
	}
	for _, g := range groups {
		if n := len(g.marks); n > 1 && d.isLastNotice(g.marks[n-1], g.marks[n-2]) {
			g.marks[n-1].use = "left out: in a notice below the others"
			g.marks = g.marks[:n-1]
		}
		d.dropSeconds(g)
		d.findUnits(g)
		d.rate(g)
	}
	return groups
}

// isNotice reports whether a line with a date only says when something was changed, or
// who has the copyright.
func (d *document) isNotice(m *mark) bool {
	return m.later && areNoticeWords(d.beforeIn(m))
}

// beforeIn returns what stands before a date in its line and the element around it.
func (d *document) beforeIn(m *mark) string {
	return d.before(m, min(shortText, m.from-d.nodes[d.nodes[m.node].parent].from))
}

// isOfPage reports whether an only date is in a notice of the page, and not of an
// article on it.
func (d *document) isOfPage(m *mark, hasHeading bool) bool {
	return d.isNotice(m) && (pageWords.MatchString(d.beforeIn(m)) || !hasHeading && !isEntry(d.nodes[m.unit].DataAtom))
}

// isLastNotice reports whether the last date of a group is in a notice, the one before
// is not, and nothing stands below it.
func (d *document) isLastNotice(m, before *mark) bool {
	return d.isNotice(m) && !before.later && d.isEmpty(d.lineEnd(m.to), d.nodes[d.common(before.node, m.node)].to)
}

// dropSeconds keeps one of two dates of an entry: the first, or the second if only the
// first looks like that of something else. Two dates are of one entry if nothing but
// dates stands between them; or if they share an element that is an entry by nature,
// and one of them stands alone in its part of it; or if few of the elements that could
// be entries have two, and the second has words before it and no link or heading below
// it.
func (d *document) dropSeconds(g *group) {
	least := len(d.nodes)
	for _, c := range d.commons(g.marks) {
		least = min(least, d.nodes[c].depth)
	}
	dates, several := make(map[int]int), 0
	for _, m := range g.marks {
		u := d.at(m.node, least+1)
		if dates[u]++; dates[u] == 2 {
			several++
		}
	}
	kept := g.marks[:1:1]
	for _, m := range g.marks[1:] {
		first := kept[len(kept)-1]
		c := d.common(first.node, m.node)
		depth := d.nodes[c].depth
		part := d.at(m.node, depth+1)
		from := max(first.to, d.nodes[m.node].from) // the two may be in one text
		near := from-first.to <= 2*shortText
		if depth > least && (near && !isRead(d.withoutDates(first.to, from)) ||
			isEntry(d.nodes[c].DataAtom) && (d.isBare(d.at(first.node, depth+1), first) || d.isBare(part, m)) ||
			3*several <= len(dates) && d.wordsBefore(m) && !d.wordsBefore(first) && d.isText(part, min(d.nodes[c].end, part+maxHeading))) {
			if d.isOther(first) && !d.isOther(m) || first.later && !m.later {
				first, m, kept[len(kept)-1] = m, first, m
			}
			m.use = "left out: a second date of its entry"
		} else {
			kept = append(kept, m)
		}
	}
	g.marks = kept
}

// wordsBefore reports whether a date has words before it in its line.
func (d *document) wordsBefore(m *mark) bool { return isRead(d.before(m, shortText)) }

// isOther reports whether a date looks like that of something else: it has words before
// it in its line that do not only say that a date follows.
func (d *document) isOther(m *mark) bool {
	return !areDateWords(d.before(m, shortText))
}

// before returns what stands before a date in its line, but at most some bytes.
func (d *document) before(m *mark, most int) string {
	before := d.text[max(0, m.from-most):m.from]
	return before[strings.LastIndexByte(before, '\n')+1:]
}

// isText reports whether there is neither a link nor a heading among nodes.
func (d *document) isText(start, end int) bool {
	return len(d.headingsIn(start, end)) == 0 && !d.hasLink(start, end)
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
		g.marks[0].unit = d.climb(g.marks[0].node)
		return
	}
	depth := 0
	for _, c := range d.commons(g.marks) {
		depth = max(depth, d.nodes[c].depth+1)
	}
	for more := true; more; depth++ {
		for _, m := range g.marks {
			m.unit = d.at(m.node, depth)
			part := d.at(m.node, depth+1)
			more = more && d.nodes[m.node].heading < 0 && d.isSection(m.unit, part)
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
			headings > 0 && !isEntry(p.DataAtom) && len(d.headingsIn(n.parent+1, p.end)) > headings:
			return i
		}
		i = n.parent
	}
}

// rate says how much a group is a listing: by how many entries it has, how much
// there is to read in them, and where its dates and its entries stand.
func (d *document) rate(g *group) {
	for _, m := range g.marks {
		u := &d.nodes[m.unit]
		score := 100 + min(u.to-u.from, 400)
		if m.later || d.isAnchor(m) || d.inside(m.node, atom.Blockquote) {
			score /= 4
		}
		n := &d.nodes[m.node]
		inEntry := len(g.marks) > 1 && isEntry(u.DataAtom)
		if n.link >= 0 && n.Type == html.TextNode && !d.isPermalink(m, n.link) || m.place < apart && !inEntry {
			score /= 2 // it may be part of a title or a text
		} else if m.place < apart {
			score -= score / 4
		}
		switch u.aside {
		case beside:
			score /= 8
		case outside:
			if score /= 32; len(g.marks) < 3 || d.inside(m.node, atom.Footer, atom.Header) {
				score = 0 // no listing
			}
		}
		g.score += score
	}
	above := d.headingsIn(0, g.marks[0].unit)
	if n := len(above); n > 0 && d.nodes[above[n-1]].aside == mainMatter && namesOther(d.nodeText(above[n-1])) {
		g.score /= 8
	}
}

// isAnchor reports whether a date is one of an index: it leads to another part of
// the page.
func (d *document) isAnchor(m *mark) bool {
	n := &d.nodes[m.node]
	return n.link >= 0 && n.heading < 0 && strings.HasPrefix(htmltext.Attr(d.nodes[n.link].Node, "href"), "#")
}

// isPermalink reports whether a link says only a date, and does not do so in a
// sentence.
func (d *document) isPermalink(m *mark, link int) bool {
	near := d.text[max(0, m.from-2*shortText):min(len(d.text), m.to+2*shortText)]
	at := min(m.from, 2*shortText)
	start, end := strings.LastIndexByte(near[:at], '\n'), strings.IndexByte(near[at:], '\n')
	return d.isBare(link, m) && start >= 0 && end >= 0 && at-start+end <= 2*shortText
}

// choose returns the dates of the listing: those of the best group and of the
// groups like it, in order. Of two dates of one entry, that of the better group counts.
func (d *document) choose(groups []*group) []*mark {
	slices.SortStableFunc(groups, func(a, b *group) int { return b.score - a.score })
	repeated := func(g *group) bool { return len(g.marks) > 2 && g.score > 0 }
	if i := slices.IndexFunc(groups, repeated); i > 0 && d.isAround(groups[0], groups[i]) {
		groups[0], groups[i] = groups[i], groups[0]
	}
	var listing []*mark
	for _, g := range groups {
		if groups[0].score > 0 && (g == groups[0] || d.isLike(g, groups[0])) {
			listing = append(listing, g.marks...)
		}
	}
	listing = d.inOrder(listing)
	listing = d.inOrder(append(listing, d.adopt(listing)...))
	for _, g := range groups {
		if len(listing) > 1 && len(g.marks) == 1 && d.isLead(g.marks[0], listing[0]) {
			listing = append(g.marks, listing...)
		}
	}
	return listing
}

// isAround reports whether a group is an only date with all entries of another group
// around it, and not the date of an article below the page's first heading.
func (d *document) isAround(g, other *group) bool {
	m, last := g.marks[0], other.marks[len(other.marks)-1]
	isBelow := d.h1 >= 0 && m.from-d.nodes[d.h1].to <= 2*shortText && d.nodes[d.h1].from-m.to <= 2*shortText
	return len(g.marks) == 1 && d.contains(m.unit, last.unit) && !isBelow
}

// isLead reports whether a date is that of a first entry, which is newer and larger
// than the others and stands above them.
func (d *document) isLead(m, first *mark) bool {
	u := &d.nodes[m.unit]
	tag := d.element(m.node).Data
	return u.end <= first.unit && !(u.end <= d.h1 && d.h1 < first.unit) && u.aside == mainMatter &&
		len(d.headingsIn(m.unit+1, u.end)) > 0 && m.date.Compare(first.date) >= 0 && m.place == first.place &&
		(tag == "time" && tag == d.element(first.node).Data || d.look(m.node) == d.look(first.node))
}

// inOrder sorts dates by their units, and drops those whose unit is in another.
func (d *document) inOrder(listing []*mark) []*mark {
	slices.SortStableFunc(listing, func(a, b *mark) int { return a.unit - b.unit })
	end := 0
	return slices.DeleteFunc(listing, func(m *mark) bool {
		isInside := m.unit < end
		end = max(end, d.nodes[m.unit].end)
		return isInside
	})
}

// isLike reports whether a group is of the same listing as another: its dates
// look the same, and most of its entries have the same shape or both have titles
// with links.
func (d *document) isLike(g, best *group) bool {
	if len(g.marks) == 1 && d.isNotice(g.marks[0]) {
		return false
	}
	u, v := g.marks[0].unit, best.marks[0].unit
	same := 0
	for _, m := range g.marks {
		if d.contains(m.unit, v) {
			return false
		}
		if d.shape(m.unit) == d.shape(v) {
			same++
		}
	}
	return d.nodes[u].aside <= d.nodes[v].aside && d.look(g.marks[0].node) == d.look(best.marks[0].node) &&
		(2*same > len(g.marks) || d.hasLinkedHeading(u) && d.hasLinkedHeading(v))
}

// look returns the tag and the class of a node.
func (d *document) look(i int) string {
	n := d.element(i)
	return n.Data + " " + class(n.Node)
}

// hasLinkedHeading reports whether the first heading below a node has a link.
func (d *document) hasLinkedHeading(i int) bool {
	headings := d.headingsIn(i+1, d.nodes[i].end)
	return len(headings) > 0 && d.hasLink(headings[0], d.nodes[headings[0]].end)
}

// hasLink reports whether there is a link around or among nodes.
func (d *document) hasLink(start, end int) bool {
	return slices.ContainsFunc(d.nodes[start:end], func(n node) bool { return n.link >= 0 })
}

// shape returns what entries of one listing have in common in their markup.
func (d *document) shape(i int) string {
	name, _, _ := strings.Cut(d.look(i), " post- ") // without what follows "post-12"
	return name + " > " + d.look(min(i+1, d.nodes[i].end-1)) + " " + strconv.FormatBool(d.hasLink(i, d.nodes[i].end))
}

// siblings returns what stands beside the units of dates, and has something to read.
func (d *document) siblings(listing []*mark) []int {
	var units, parents, siblings []int
	for _, m := range listing {
		units = append(units, m.unit)
		parents = append(parents, d.nodes[m.unit].parent)
	}
	slices.Sort(parents)
	for _, p := range slices.Compact(parents) {
		for _, c := range d.children(p) {
			k, _ := slices.BinarySearch(units, c)
			if (k == len(units) || !d.contains(c, units[k])) && !d.isEmpty(d.nodes[c].from, d.nodes[c].to) {
				siblings = append(siblings, c)
			}
		}
	}
	return siblings
}

// adopt returns dates of the siblings of units that look like these, but have their
// dates at another place, or none that can be read.
func (d *document) adopt(listing []*mark) []*mark {
	siblings := d.siblings(listing)
	if len(siblings) == 0 {
		return nil
	}
	bare := 0
	shapes, tags := make(map[string]int), make(map[string]int)
	for _, m := range listing {
		shapes[d.shape(m.unit)]++
		tags[d.nodes[m.unit].Data]++
		if d.isBare(m.unit, m) {
			bare++
		}
	}
	var adopted []*mark
	for _, c := range siblings {
		n := &d.nodes[c]
		if 2*tags[n.Data] < len(listing) {
			continue
		}
		marks := d.marksIn(n.from, n.to)
		if len(marks) > 0 && d.isNotice(marks[0]) && d.isText(c, n.end) {
			continue
		}
		i := slices.IndexFunc(marks, func(m *mark) bool { return m.use == "" })
		switch {
		case i >= 0 && (bare > len(listing)/2) == d.isBare(c, marks[i]):
			marks[i].unit = c
			adopted = append(adopted, marks[i])
		case 2*shapes[d.shape(c)] > len(listing) && 2*bare < len(listing) && (isEntry(n.DataAtom) || !d.isText(c, n.end)):
			err := fmt.Errorf("an entry has no date, or one that is %w that can be read", vatesfeed.ErrDate)
			adopted = append(adopted, &mark{printed: printed{from: n.from, to: n.from}, node: c, unit: c, err: err})
		}
	}
	return adopted
}
