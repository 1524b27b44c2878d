package page

import (
	"regexp"
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
	form    string
	size    int
}

// findGroups returns the page's entries: the group that has most to read, and
// what belongs to it. An events column or a list of comments is a group, too,
// but has a heading of its own and, most often, less to read.
func (doc *document) findGroups() []*group {
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
	inEntry := make(map[*html.Node]bool)
	for _, s := range parents {
		g := &group{form: s.form()}
		for _, e := range s.entries() {
			e.lines = readLines(e.nodes, func(n *html.Node) bool {
				return isSilent(n) || isBeside(n) || slices.Contains(e.mark.nodes, n)
			})
			if len(e.lines) > 0 && slices.ContainsFunc(e.lines, func(l *line) bool { return isRead(l.text) }) {
				g.entries = append(g.entries, e)
				g.size += e.size()
				for _, n := range e.nodes {
					inEntry[n] = true
				}
			}
		}
		if len(g.entries) > 0 {
			groups = append(groups, g)
		}
	}
	if len(groups) == 0 {
		return nil
	}
	for _, g := range groups {
		g.heading = doc.headingAbove(g, inEntry)
	}
	main := slices.MaxFunc(groups, func(a, b *group) int { return a.size - b.size })
	var kept []*group
	for _, g := range groups {
		switch {
		case g == main || g.form == main.form && (g.heading == main.heading || strings.Contains(g.form, ".")):
		case g.heading == main.heading && g.rich():
		default:
			continue
		}
		if g.heading != nil && besideHeading.MatchString(g.heading.text) && g != main {
			continue
		}
		if i := slices.IndexFunc(kept, func(k *group) bool { return k.heading == g.heading }); i >= 0 {
			kept[i].entries = append(kept[i].entries, g.entries...)
			continue
		}
		kept = append(kept, g)
	}
	return kept
}

// rich reports whether each entry of a group has a title or a link and more.
func (g *group) rich() bool {
	return !slices.ContainsFunc(g.entries, func(e *entry) bool { return len(e.lines) < 2 })
}

var (
	besideHeading = regexp.MustCompile(`(?i)\b(?:tapahtum|kalenteri|koulutukset|kommenti|events?\b|comments?\b)`)
	yearHeading   = regexp.MustCompile(`(?i)^(?:\d{1,2}/)?(?:(?:` + strings.Join(months, "|") + `)kuu\s*)?(?:(?:19|20)\d\d)?$`)
)

// headingAbove returns the last heading above a group that is not in an entry
// and not just a year or a month.
func (doc *document) headingAbove(g *group, inEntry map[*html.Node]bool) *line {
	var last *line
	for _, l := range doc.lines {
		first := l.nodes[0]
		if slices.ContainsFunc(g.entries[0].nodes, func(n *html.Node) bool { return contains(n, first) }) {
			break
		}
		if l.heading() != nil && !yearHeading.MatchString(l.text) && !isInside(inEntry, first) {
			last = l
		}
	}
	return last
}

// isInside reports whether n is at or below a node of the set.
func isInside(set map[*html.Node]bool, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if set[n] {
			return true
		}
	}
	return false
}

// A tree knows of each node of the page what is at or below it.
type tree struct {
	marks map[*html.Node]int  // how many dates
	read  map[*html.Node]bool // whether there is something to read beside dates
}

func (doc *document) survey() *tree {
	t := &tree{marks: make(map[*html.Node]int), read: make(map[*html.Node]bool)}
	dates := make(map[*html.Node]bool)
	for _, m := range doc.marks {
		for n := m.top(); n != nil; n = n.Parent {
			t.marks[n]++
		}
		for _, n := range m.nodes {
			dates[n] = true
		}
	}
	for _, l := range doc.lines {
		if _, _, isDate, _ := parseWritten(l.text); isDate {
			continue
		}
		for _, n := range l.nodes {
			if dates[n] || !isRead(n.Data) {
				continue
			}
			for ; n != nil && !t.read[n]; n = n.Parent {
				t.read[n] = true
			}
		}
	}
	return t
}

// top returns the node that holds the whole of the date and nothing more.
func (m *mark) top() *html.Node {
	if len(m.nodes) == 1 {
		return m.nodes[0]
	}
	return m.at
}

// climb returns the largest part of the page that has only this date, up to an
// element that is an entry by its nature, and below whatever holds the page's
// heading.
func (t *tree) climb(m *mark) *html.Node {
	n := m.top()
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
		if p.Parent == nil || t.marks[p] != 1 || p.DataAtom == atom.Body || p.DataAtom == atom.Main || holdsMain(p) {
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

	// The entries begin with their titles if there is one above the first
	// date and none below the last.
	kind := s.titleKind(children, at)
	after := s.reach(children, at[n-1]+1, longest)
	first := -1
	if kind != "" && n > 1 {
		read := 0
		for c := at[0] - 1; c >= 0 && read < longest && first < 0; c-- {
			if s.tree.read[children[c]] {
				read++
			}
			if titleKind(children[c]) == kind {
				first = c
			}
		}
	}
	titleFirst := first >= 0 && !slices.ContainsFunc(children[at[n-1]+1:after], func(c *html.Node) bool { return titleKind(c) == kind })
	if titleFirst {
		starts[0] = first
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

// whole reports whether each top is an entry by itself.
func (s *siblings) whole(children []*html.Node, at []int) bool {
	natural := true
	for _, c := range at {
		if !s.tree.read[children[c]] {
			return false
		}
		switch children[c].DataAtom {
		case atom.Article, atom.Li, atom.Tr:
		default:
			natural = false
		}
	}
	if natural {
		return true
	}
	if len(at) == 1 {
		switch children[at[0]].DataAtom {
		case atom.Div, atom.Section, atom.A:
			return true
		}
		return false
	}
	for i := range len(at) - 1 {
		if s.count(children[at[i]+1:at[i+1]]) == 0 {
			return true
		}
	}
	return false
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
		if n.DataAtom == atom.Hr || n.DataAtom == atom.H1 || s.tree.marks[n] > 0 || isYear(n) || n.Type == html.ElementNode && isBeside(n) {
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
	return len(lines) == 1 && yearHeading.MatchString(lines[0].text)
}
