package page

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// An entry is a part of the page that belongs to one date: an element, or
// some neighbours.
type entry struct {
	mark  *mark
	nodes []*html.Node
	lines []*line // what the nodes say, apart from the date
}

// size returns how much there is to read in an entry.
func (e *entry) size() int {
	n := 0
	for _, l := range e.lines {
		n += len(l.text)
	}
	return n
}

// A group is the entries of one parent element, and of others of the same form
// under the same heading.
type group struct {
	entries []*entry
	heading *line // the last one above the entries, or nil
	above   int   // where, of the page's lines, what is above the entries begins
	first   int   // where the entries begin
	form    string
	size    int
}

// findGroups returns the page's entries: the group that is most of the page,
// and what belongs to it. An events column or a list of comments is a group,
// too, but has a heading of its own and, most often, less to read.
func (doc *document) findGroups() []*group {
	doc.lines = doc.readLines()
	doc.findDates()
	tree := doc.survey()
	byParent := make(map[*html.Node]*siblings)
	var parents []*siblings
	for _, m := range doc.marks {
		top := tree.climb(m)
		s := byParent[top.Parent]
		if s == nil {
			s = &siblings{tree: tree, parent: top.Parent}
			byParent[top.Parent] = s
			parents = append(parents, s)
		}
		s.tops = append(s.tops, top)
		s.marks = append(s.marks, m)
	}

	var groups []*group
	owner := make(map[*html.Node]*group) // of each entry's nodes
	for _, s := range parents {
		g := &group{form: s.form()}
		for _, e := range s.entries() {
			e.lines = readLines(e.nodes, doc.skips)
			if slices.ContainsFunc(e.lines, func(l *line) bool { return isRead(l.text) }) {
				g.entries = append(g.entries, e)
				g.size += 100 + min(e.size(), 400) // a long text does not make a listing
				for _, n := range e.nodes {
					owner[n] = g
				}
			}
		}
		if len(g.entries) > 0 {
			groups = append(groups, g)
		}
	}
	doc.findHeadings(owner)
	groups = slices.DeleteFunc(groups, func(g *group) bool {
		return len(groups) > 1 && g.heading != nil && besideHeading().MatchString(g.heading.text)
	})
	groups = joinGroups(groups)
	if len(groups) == 0 {
		return nil
	}
	main := slices.MaxFunc(groups, func(a, b *group) int { return a.size - b.size })
	var kept []*group
	under := make(map[*line]*group)
	for _, g := range groups {
		if g != main && !doc.belongs(g, main) {
			continue
		}
		if k := under[g.heading]; k != nil {
			k.entries = append(k.entries, g.entries...)
			continue
		}
		under[g.heading] = g
		kept = append(kept, g)
	}
	return kept
}

// joinGroups makes one group of those of the same form under the same heading,
// such as those of several years.
func joinGroups(groups []*group) []*group {
	type key struct {
		heading *line
		form    string
	}
	joined := make(map[key]*group)
	return slices.DeleteFunc(groups, func(g *group) bool {
		k := key{g.heading, g.form}
		first := joined[k]
		if first == nil {
			joined[k] = g
			return false
		}
		first.entries = append(first.entries, g.entries...)
		first.size += g.size
		return true
	})
}

// belongs reports whether a group is part of the listing that main is most of:
// of the same form and as rich, or rich and under the same heading or that of
// the whole page.
func (doc *document) belongs(g, main *group) bool {
	if g.form == main.form {
		return g.heading == main.heading || strings.Contains(g.form, ".") || g.rich() == main.rich() && g.rich()
	}
	ofPage := g.heading == nil || within(g.heading.nodes[0], atom.H1) != nil
	return g.rich() && (g.heading == main.heading || ofPage)
}

// rich reports whether each entry of a group says more than one line.
func (g *group) rich() bool {
	return !slices.ContainsFunc(g.entries, func(e *entry) bool { return len(e.lines) < 2 })
}

var (
	besideHeading = lazy(`(?i)\b(?:tapahtum|kalenteri|koulutukset|kommenti|events?\b|comments?\b)`)
	yearHeading   = lazy(`(?i)^(?:vuosi\s+|vuonna\s+|arkisto:?\s+)?(?:\d{1,2}/)?(?:(?:` + strings.Join(months, "|") + `)kuu\s*)?(?:(?:19|20)\d\d)?$`)
)

// findHeadings finds what stands above each group: the last heading that is not
// in an entry and not just a year or a month, and the lines since the last
// entry.
func (doc *document) findHeadings(owner map[*html.Node]*group) {
	var heading *line
	above := 0
	seen := make(map[*group]bool)
	for i, l := range doc.lines {
		if g := ownerOf(owner, l.nodes[0]); g != nil {
			if !seen[g] {
				seen[g] = true
				g.heading, g.above, g.first = heading, above, i
			}
			above = i + 1
		} else if doc.headingOf(l) != nil && !yearHeading().MatchString(l.text) && isRead(textOf(l.nodes[0].Parent)) {
			heading = l
		}
	}
}

// ownerOf returns the group whose entry n is in, or nil.
func ownerOf(owner map[*html.Node]*group, n *html.Node) *group {
	for ; n != nil; n = n.Parent {
		if g := owner[n]; g != nil {
			return g
		}
	}
	return nil
}

// A tree knows of each node of the page what is at or below it.
type tree struct {
	marks    map[*html.Node]int  // how many dates
	headings map[*html.Node]int  // how many headings
	read     map[*html.Node]bool // whether there is something to read beside dates
	main     map[*html.Node]bool // whether the page's heading or <main> is there
}

func (doc *document) survey() *tree {
	t := &tree{marks: make(map[*html.Node]int), headings: make(map[*html.Node]int), read: make(map[*html.Node]bool), main: doc.main}
	for _, m := range doc.marks {
		for n := m.at; n != nil; n = n.Parent {
			t.marks[n]++
		}
	}
	var last *html.Node
	for _, l := range doc.lines {
		if h := doc.headingOf(l); h != nil && h != last {
			for n := h; n != nil; n = n.Parent {
				t.headings[n]++
			}
			last = h
		}
		for _, n := range l.nodes {
			if !isRead(n.Data) {
				continue
			}
			for ; n != nil && !t.read[n]; n = n.Parent {
				t.read[n] = true
			}
		}
	}
	return t
}

// climb returns the largest part of the page that has only this date, up to an
// element that is an entry by its nature, and below whatever holds the page's
// heading.
func (t *tree) climb(m *mark) *html.Node {
	n := m.at
	for {
		switch n.DataAtom {
		case atom.Article, atom.Tr:
			return n
		case atom.Li:
			if t.read[n] {
				return n
			}
		}
		p := n.Parent
		if t.headings[n] > 0 && t.headings[p] > t.headings[n] {
			return n // what p has beside n is under a heading of its own
		}
		if p.Parent == nil || t.marks[p] != 1 || p.DataAtom == atom.Body || p.DataAtom == atom.Main || t.main[p] {
			return n
		}
		n = p
	}
}

// siblings are the children of one element that have one date each.
type siblings struct {
	tree   *tree
	parent *html.Node
	tops   []*html.Node // these children, in order
	marks  []*mark      // their dates
}

// form describes what the children look like, so that the same form in
// another place can be told.
func (s *siblings) form() string {
	top := s.tops[0]
	form := top.Data
	if top.Type != html.ElementNode {
		form = "#text"
	}
	if class := strings.Fields(attr(top, "class")); len(class) > 0 {
		form += "." + class[0]
	}
	return form
}

// entries returns the entries of the siblings: each by itself if it is whole,
// or each with the neighbours that belong to it.
func (s *siblings) entries() []*entry {
	children := slices.Collect(s.parent.ChildNodes())
	at := make([]int, len(s.tops)) // where the tops are among the children
	for i, c := 0, 0; i < len(s.tops); c++ {
		if children[c] == s.tops[i] {
			at[i] = c
			i++
		}
	}
	starts, ends := s.bounds(children, at)
	entries := make([]*entry, len(at))
	for i := range at {
		entries[i] = &entry{mark: s.marks[i], nodes: children[starts[i]:ends[i]]}
	}
	return entries
}

// bounds returns where each entry starts and ends among the children.
func (s *siblings) bounds(children []*html.Node, at []int) (starts, ends []int) {
	n := len(at)
	starts, ends = slices.Clone(at), make([]int, n)
	for i := range at {
		ends[i] = at[i] + 1
	}
	if s.whole(children, at) {
		return starts, ends
	}

	longest := 1 // most readable neighbours between two dates
	for i := range n - 1 {
		longest = max(longest, s.count(children[at[i]+1:at[i+1]]))
	}
	if n == 1 {
		longest = len(children)
	}

	// A title between two dates belongs to the entry of the first if one
	// stands below the last date, to that of the second if one stands above
	// the first date, and else to the one that it stands closer to in the
	// source; a heading introduces what follows it if nothing tells.
	kind := s.titleKind(children, at)
	after := s.reach(children, at[n-1]+1, longest)
	if n > 1 && s.dateLast(children, at, after) {
		// Each entry is what stands above its date.
		starts[0] = s.reachBack(children, at[0], longest, kind)
		for i := range n - 1 {
			starts[i+1] = at[i] + 1
		}
		return starts, ends
	}
	titleFirst := false
	if kind != "" && n > 1 && !s.titleBetween(children, at, kind) {
		isTitle := func(c *html.Node) bool { return titleKind(c) == kind }
		first := at[0]
		for c, read := at[0]-1, 0; c >= 0 && read < longest; c-- {
			if isTitle(children[c]) {
				first = c
				break
			}
			if s.tree.read[children[c]] {
				read++
			}
		}
		switch {
		case slices.ContainsFunc(children[at[n-1]+1:after], isTitle):
		case first < at[0]:
			titleFirst = true
			starts[0] = first
		default:
			titleFirst = kind != "link" && !s.closerAbove(children, at, isTitle)
		}
	}
	for i := range n - 1 {
		split := at[i+1]
		for c := at[i] + 1; c < at[i+1]; c++ {
			if children[c].DataAtom == atom.Hr || titleFirst && titleKind(children[c]) == kind {
				split = c
			}
			if isYear(children[c]) {
				split = c
				break
			}
		}
		ends[i], starts[i+1] = split, split
		if split < at[i+1] && isYear(children[split]) {
			starts[i+1] = split + 1
		}
	}
	ends[n-1] = after
	return starts, ends
}

// dateLast reports whether the dates stand below what they belong to: there is
// something above the first and nothing below the last.
func (s *siblings) dateLast(children []*html.Node, at []int, after int) bool {
	if s.count(children[at[len(at)-1]+1:after]) > 0 {
		return false
	}
	for _, c := range at {
		if s.tree.read[children[c]] {
			return false
		}
	}
	for _, c := range slices.Backward(children[:at[0]]) {
		if s.tree.read[c] {
			return !s.tree.main[c] && titleKind(c) == ""
		}
	}
	return false
}

// reachBack returns where the first entry begins: above as many readable
// neighbours as others have, but below headings that are no titles.
func (s *siblings) reachBack(children []*html.Node, c, longest int, kind string) int {
	for ; c > 0 && longest > 0; c-- {
		n := children[c-1]
		if s.tree.main[n] || isYear(n) || n.DataAtom == atom.Hr {
			break
		}
		k := titleKind(n)
		if k != "" && k != kind && k != "link" {
			break
		}
		if s.tree.read[n] {
			longest--
		}
		if k != "" && k == kind {
			return c - 1
		}
	}
	return c
}

// titleBetween reports whether titles stand between their dates and their
// summaries: they are the first thing below most of the dates.
func (s *siblings) titleBetween(children []*html.Node, at []int, kind string) bool {
	first, titles := 0, 0
	for i := range len(at) - 1 {
		seen := false
		for _, c := range children[at[i]+1 : at[i+1]] {
			if titleKind(c) == kind {
				titles++
				if !seen && s.count(children[at[i]+1:at[i+1]]) > 1 {
					first++
				}
			}
			seen = seen || s.tree.read[c]
		}
	}
	return titles > 0 && 2*first > titles
}

// closerAbove reports whether the titles between the dates stand closer to
// what is above them than to what is below, by the white space in the source.
func (s *siblings) closerAbove(children []*html.Node, at []int, isTitle func(*html.Node) bool) bool {
	above, below := 0, 0
	for i := range len(at) - 1 {
		for c := at[i] + 1; c < at[i+1]; c++ {
			if isTitle(children[c]) {
				above += space(children[c-1])
				below += space(children[c+1])
			}
		}
	}
	return above < below
}

// space returns how much white space a node is.
func space(n *html.Node) int {
	if n.Type == html.TextNode && strings.TrimSpace(n.Data) == "" {
		return len(n.Data)
	}
	return 0
}

// whole reports whether each top is an entry by itself.
func (s *siblings) whole(children []*html.Node, at []int) bool {
	read, natural, apart := 0, 0, 0
	for i, c := range at {
		if s.tree.read[children[c]] {
			read++
			switch children[c].DataAtom {
			case atom.Article, atom.Li, atom.Tr:
				natural++
			case atom.Div, atom.Section, atom.A:
				if len(at) == 1 {
					natural++
				}
			}
		}
		if i > 0 && s.count(children[at[i-1]+1:c]) > 0 {
			apart++
		}
	}
	switch {
	case 2*natural > len(at):
		return true
	case len(at) == 1 || 2*read <= len(at):
		return false
	}
	return apart < len(at)-1
}

// count returns how many of the nodes have something to read.
func (s *siblings) count(nodes []*html.Node) int {
	n := 0
	for _, c := range nodes {
		if s.tree.read[c] && !isYear(c) {
			n++
		}
	}
	return n
}

// reach returns where the last entry ends: after as many readable neighbours
// as others have, but before what no entry has within it.
func (s *siblings) reach(children []*html.Node, c, longest int) int {
	for ; c < len(children) && longest > 0; c++ {
		n := children[c]
		if n.DataAtom == atom.Hr || s.tree.main[n] || s.tree.marks[n] > 0 || isYear(n) || !s.tree.read[n] && isRead(textOf(n)) {
			break
		}
		if s.tree.read[n] {
			longest--
		}
	}
	return c
}

// titleKind returns the kind that the entries' titles have, if they stand
// between the dates.
func (s *siblings) titleKind(children []*html.Node, at []int) string {
	kinds := []string{}
	for _, c := range children[at[0]+1 : at[len(at)-1]+1] {
		if k := titleKind(c); k != "" && s.tree.marks[c] == 0 {
			kinds = append(kinds, k)
		}
	}
	for _, k := range kinds {
		if k != "link" {
			return k // a heading before a link
		}
	}
	if len(kinds) > 0 {
		return kinds[0]
	}
	return ""
}

// titleKind returns what kind of title an element is: its heading's tag, "dt",
// or "link"; or "" if it is none.
func titleKind(n *html.Node) string {
	if n.Type != html.ElementNode || isYear(n) {
		return ""
	}
	if n.DataAtom == atom.Dt {
		return "dt"
	}
	if slices.Contains(headings, n.DataAtom) {
		return n.Data // be it empty
	}
	lines := readLines([]*html.Node{n}, isSilent)
	if len(lines) == 0 {
		return ""
	}
	if h := lines[0].heading(); h != nil {
		return h.Data
	}
	if len(lines) == 1 && lines[0].link() != nil && !isMore(lines[0].text) {
		return "link"
	}
	return ""
}

// isYear reports whether an element is a heading that is just a year or month.
func isYear(n *html.Node) bool {
	if n.Type != html.ElementNode || !slices.Contains(headings, n.DataAtom) {
		return false
	}
	lines := readLines([]*html.Node{n}, isSilent)
	return len(lines) == 1 && yearHeading().MatchString(lines[0].text)
}
