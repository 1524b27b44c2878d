package page

import (
	"iter"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A node is an element, or a text that shows something, in the order of the
// page. Nodes are known by their index: those below node i are i+1 to end-1.
type node struct {
	*html.Node
	parent, end      int
	pieces, pieceEnd int // its pieces
	depth            int
	path             int  // the same number for the same tags from the root down
	link             int  // the closest link at or above it, or -1
	heading          int  // the outermost heading at or above it, or -1
	outside          bool // in a part that HTML or ARIA says is not the main matter
	beside           bool // in a part whose name says so
	main             bool // in <main>
	card             bool // a link around several parts
}

// A piece is the text of one text node.
type piece struct {
	node int
	line int
	data string
	read int // bytes of pieces with letters or digits, up to and including this one
}

// A line is what a browser shows between two starts or ends of blocks or <br>s.
type line struct {
	first, end int  // its pieces
	goes       bool // it goes on with the paragraph of the line before, after one <br>
}

// A document is an HTML page while it is read.
type document struct {
	nodes    []node
	pieces   []piece
	lines    []line
	marks    []*mark
	headings []int // nodes
	h1       int   // the page's heading, or -1
	top      head
	sections []*section

	paths map[pathKey]int
	open  bool // the last line may go on
	gap   int  // <br>s since the last line; a block counts as two
}

type pathKey struct {
	parent int
	tag    string
}

func newDocument(root *html.Node) *document {
	d := &document{paths: make(map[pathKey]int), gap: 2, h1: -1, top: readHead(root)}
	d.add(root, -1)
	if d.h1 < 0 {
		isH1 := func(h int) bool { return d.nodes[h].DataAtom == atom.H1 }
		if k := slices.IndexFunc(d.headings, isH1); k >= 0 && !slices.ContainsFunc(d.headings[k+1:], isH1) {
			d.h1 = d.headings[k]
		}
	}
	return d
}

// add adds a node and what is below it.
func (d *document) add(n *html.Node, parent int) {
	switch n.Type {
	case html.TextNode:
		if text.IsBlank(n.Data) {
			if k := len(d.pieces); d.open && !strings.HasSuffix(d.pieces[k-1].data, " ") {
				d.pieces[k-1].data += " "
			}
			return
		}
	case html.ElementNode:
		if htmltext.IsSilent(n.DataAtom) || n.DataAtom == atom.Nav || attr(n, "aria-hidden") == "true" ||
			slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "hidden" }) {
			return
		}
	case html.DocumentNode:
	default:
		return
	}
	i := len(d.nodes)
	this := node{Node: n, parent: parent, pieces: len(d.pieces), link: -1, heading: -1}
	isBlock := htmltext.IsBlock(n.DataAtom)
	if parent >= 0 {
		p := &d.nodes[parent]
		this.depth, this.link, this.heading, this.outside, this.beside, this.main = p.depth+1, p.link, p.heading, p.outside, p.beside, p.main
		isBlock = isBlock || p.card && n.DataAtom == atom.Span
		key := pathKey{p.path, n.Data}
		if n.Type == html.TextNode {
			key.tag = "#text"
		}
		if this.path = d.paths[key]; this.path == 0 {
			this.path = len(d.paths) + 1
			d.paths[key] = this.path
		}
	}
	switch {
	case n.Type == html.TextNode:
	case n.DataAtom == atom.A && attr(n, "href") != "":
		this.link = i
		this.card = this.heading < 0 && isCard(n)
		isBlock = isBlock || this.card
	case n.DataAtom == atom.Br:
		d.open = false
		d.gap++
	case this.heading < 0 && isHeading(n):
		this.heading = i
		d.headings = append(d.headings, i)
		if n.DataAtom == atom.H1 && d.h1 < 0 && !d.inside(parent, atom.Article, atom.Li, atom.Tr) {
			d.h1 = i
		}
	case n.DataAtom == atom.Main || attr(n, "role") == "main":
		this.main, this.outside, this.beside = true, false, false
	default:
		this.outside = this.outside || d.isOutside(n, parent)
		this.beside = this.beside || isBeside(n)
	}
	d.nodes = append(d.nodes, this)
	if n.Type == html.TextNode {
		d.addText(n, i)
	}
	if isBlock {
		d.open, d.gap = false, 2
	}
	for c := range n.ChildNodes() {
		d.add(c, i)
	}
	if isBlock {
		d.open, d.gap = false, 2
	}
	d.nodes[i].end, d.nodes[i].pieceEnd = len(d.nodes), len(d.pieces)
}

func (d *document) addText(n *html.Node, i int) {
	if !d.open {
		d.lines = append(d.lines, line{first: len(d.pieces), goes: d.gap == 1})
		d.open, d.gap = true, 0
	}
	p := piece{node: i, line: len(d.lines) - 1, data: n.Data}
	if k := len(d.pieces); k > 0 {
		p.read = d.pieces[k-1].read
	}
	if isRead(n.Data) {
		p.read += len(n.Data)
	}
	d.pieces = append(d.pieces, p)
	d.lines[p.line].end = len(d.pieces)
}

// headingsIn returns how many headings there are below node i.
func (d *document) headingsIn(i int) int {
	from, _ := slices.BinarySearch(d.headings, i+1)
	to, _ := slices.BinarySearch(d.headings, d.nodes[i].end)
	return to - from
}

// headingAbove returns the last heading before a node, or -1.
func (d *document) headingAbove(i int) int {
	if k, _ := slices.BinarySearch(d.headings, i); k > 0 {
		return d.headings[k-1]
	}
	return -1
}

// readIn returns how many bytes there are to read in the pieces from first to
// end-1.
func (d *document) readIn(first, end int) int {
	if end <= first {
		return 0
	}
	n := d.pieces[end-1].read
	if first > 0 {
		n -= d.pieces[first-1].read
	}
	return n
}

// size returns how many bytes there are to read in a node.
func (d *document) size(i int) int { return d.readIn(d.nodes[i].pieces, d.nodes[i].pieceEnd) }

// nodeText returns what a node says.
func (d *document) nodeText(i int) string { return d.textOf(d.nodes[i].pieces, d.nodes[i].pieceEnd) }

// textOf returns what some pieces say.
func (d *document) textOf(first, end int) string {
	s, _ := text.Line(d.dataOf(first, end))
	return s
}

func (d *document) dataOf(first, end int) string {
	if end-first == 1 {
		return d.pieces[first].data
	}
	var b strings.Builder
	for _, p := range d.pieces[first:end] {
		b.WriteString(p.data)
	}
	return b.String()
}

// at returns the node at or above i that is at a depth.
func (d *document) at(i, depth int) int {
	for d.nodes[i].depth > depth {
		i = d.nodes[i].parent
	}
	return i
}

// common returns the closest node that has both i and j at or below it.
func (d *document) common(i, j int) int {
	for !d.contains(i, j) {
		i = d.nodes[i].parent
	}
	return i
}

func (d *document) contains(i, j int) bool { return i <= j && j < d.nodes[i].end }

// element returns a node, or what is around a text.
func (d *document) element(i int) int {
	if d.nodes[i].Type == html.TextNode {
		return d.nodes[i].parent
	}
	return i
}

// hasLink reports whether there is a link around or below a node.
func (d *document) hasLink(i int) bool {
	return slices.ContainsFunc(d.nodes[i:d.nodes[i].end], func(n node) bool { return n.link >= 0 })
}

// inside reports whether node i is an element with one of some tags, or below one.
func (d *document) inside(i int, tags ...atom.Atom) bool {
	for ; i >= 0; i = d.nodes[i].parent {
		if slices.Contains(tags, d.nodes[i].DataAtom) {
			return true
		}
	}
	return false
}

// isHeading reports whether HTML, ARIA or a microformat says that an element is
// a heading or a title.
func isHeading(n *html.Node) bool {
	if isHeadingTag(n.Data) {
		return true
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "role" && a.Val == "heading", a.Key == "itemprop" && strings.Contains(a.Val, "headline"):
			return true
		case a.Key == "class" && (hasWord(a.Val, "p-name") || hasWord(a.Val, "entry-title")):
			return true
		}
	}
	return false
}

func isHeadingTag(tag string) bool {
	return len(tag) == 2 && tag[0] == 'h' && '1' <= tag[1] && tag[1] <= '6'
}

// isOutside reports whether HTML or ARIA says that an element is not part of the
// page's main matter.
func (d *document) isOutside(n *html.Node, parent int) bool {
	switch n.DataAtom {
	case atom.Aside:
		return !d.inside(parent, atom.Article, atom.Li)
	case atom.Header, atom.Footer:
		return !d.nodes[parent].main && !d.inside(parent, atom.Article, atom.Section, atom.Li)
	}
	switch attr(n, "role") {
	case "banner", "contentinfo", "complementary", "search", "dialog":
		return true
	}
	return false
}

// isBeside reports whether an element has a name that is common for what stands
// beside the main matter. Dates there weigh less.
func isBeside(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Body, atom.Html, atom.Article:
		return false
	}
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" {
			continue
		}
		for part := range parts(a.Val) {
			switch part {
			case "comments", "kommentit", "sidebar", "sivupalkki", "events", "tapahtumat", "calendar", "kalenteri", "cookie", "cookies", "related":
				return true
			}
		}
	}
	return false
}

// parts returns the parts of the names in a class or an ID: "side", "bar" and
// "left" of "side-bar left".
func parts(names string) iter.Seq[string] {
	return strings.FieldsFuncSeq(names, func(r rune) bool { return r == ' ' || r == '-' || r == '_' })
}

// isCard reports whether a link is around several parts that stand for
// themselves: elements and no text.
func isCard(a *html.Node) bool {
	parts := 0
	for c := range a.ChildNodes() {
		switch {
		case c.Type == html.TextNode && !text.IsBlank(c.Data):
			return false
		case c.DataAtom == atom.Time, c.DataAtom == atom.Img, c.DataAtom == atom.Picture:
		case c.Type == html.ElementNode:
			parts++
		}
	}
	return parts > 1
}

// attr returns the value of an element's attribute, or "".
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// class returns an element's class without the words that have digits in them,
// which often count.
func class(n *html.Node) string {
	class := attr(n, "class")
	if !strings.ContainsAny(class, "0123456789") {
		return class
	}
	words := slices.DeleteFunc(strings.Fields(class), func(w string) bool { return strings.ContainsAny(w, "0123456789") })
	return strings.Join(words, " ")
}

// hasWord reports whether a list of words, such as a class, has a word.
func hasWord(list, word string) bool { return slices.Contains(strings.Fields(list), word) }

// isRead reports whether a text is something to read, and not just signs.
func isRead(s string) bool { return strings.ContainsFunc(s, isWordRune) }
