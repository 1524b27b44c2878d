package page

import (
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
	parent, end int
	depth       int
	path        int  // the same number for the same tags from the root down
	pieces      int  // how many pieces stand before it
	headings    int  // how many heading elements stand before it
	link        int  // the closest link at or above it, or -1
	heading     int  // the closest heading at or above it, or -1
	outside     bool // in a part that HTML or ARIA says is not the main matter
	beside      bool // in a part whose name says so
	main        bool // in <main>
	card        bool // a link around several parts: see isCard
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
	nodes        []node
	pieces       []piece
	lines        []line
	marks        []*mark
	headingNodes []int

	top head

	paths map[pathKey]int
	open  bool // the last line may go on
	gap   int  // <br>s since the last line; a block counts as two
	h1    int  // the page's heading, or -1
}

type pathKey struct {
	parent int
	tag    string
}

func newDocument(root *html.Node) *document {
	d := &document{paths: make(map[pathKey]int), gap: 2, h1: -1}
	d.add(root, -1)
	if d.h1 < 0 {
		var only []int
		for _, h := range d.headingNodes {
			if d.nodes[h].DataAtom == atom.H1 {
				only = append(only, h)
			}
		}
		if len(only) == 1 {
			d.h1 = only[0]
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
		if isSilent(n) {
			return
		}
	case html.DocumentNode:
	default:
		return
	}
	i := len(d.nodes)
	d.nodes = append(d.nodes, node{Node: n, parent: parent, pieces: len(d.pieces), link: -1, heading: -1})
	this := &d.nodes[i]
	if parent >= 0 {
		p := &d.nodes[parent]
		this.depth, this.link, this.heading, this.outside, this.beside, this.main = p.depth+1, p.link, p.heading, p.outside, p.beside, p.main
		this.headings = d.nodes[i-1].headings
		if d.nodes[i-1].heading == i-1 {
			this.headings++
		}
		key := pathKey{p.path, n.Data}
		if n.Type == html.TextNode {
			key.tag = "#text"
		}
		if this.path = d.paths[key]; this.path == 0 {
			this.path = len(d.paths) + 1
			d.paths[key] = this.path
		}
	}
	if n.Type == html.TextNode {
		d.addText(n, i)
		d.nodes[i].end = len(d.nodes)
		return
	}
	switch {
	case n.DataAtom == atom.A && attr(n, "href") != "":
		this.link = i
	case isHeading(n):
		if this.heading < 0 {
			this.heading = i
			d.headingNodes = append(d.headingNodes, i)
		}
		if n.DataAtom == atom.H1 && d.h1 < 0 && !d.inside(i, atom.Article, atom.Li, atom.Tr) {
			d.h1 = i
		}
	case n.DataAtom == atom.Main || attr(n, "role") == "main":
		this.main, this.outside, this.beside = true, false, false
	}
	this.outside = this.outside || d.isOutside(i)
	this.beside = this.beside || isBeside(n)
	if n.DataAtom == atom.Br {
		d.open = false
		d.gap++
	}
	this.card = n.DataAtom == atom.A && this.heading < 0 && isCard(n)
	isBlock := htmltext.IsBlock(n.DataAtom) || this.card || n.DataAtom == atom.Span && parent >= 0 && d.nodes[parent].card
	if isBlock {
		d.open, d.gap = false, 2
	}
	for c := range n.ChildNodes() {
		d.add(c, i)
	}
	if isBlock {
		d.open, d.gap = false, 2
	}
	d.nodes[i].end = len(d.nodes)
}

func (d *document) addText(n *html.Node, i int) {
	if !d.open {
		d.lines = append(d.lines, line{first: len(d.pieces), goes: d.gap == 1})
		d.open, d.gap = true, 0
	}
	p := piece{node: i, line: len(d.lines) - 1, data: n.Data}
	if strings.Contains(p.data, "\xef\xb7") {
		p.data = strings.NewReplacer(ownDate, "\uFFFD", otherDate, "\uFFFD").Replace(p.data)
	}
	if k := len(d.pieces); k > 0 {
		p.read = d.pieces[k-1].read
	}
	if isRead(n.Data) {
		p.read += len(n.Data)
	}
	d.pieces = append(d.pieces, p)
	d.lines[p.line].end = len(d.pieces)
}

// pieceEnd returns the index of the first piece after node i.
func (d *document) pieceEnd(i int) int {
	if end := d.nodes[i].end; end < len(d.nodes) {
		return d.nodes[end].pieces
	}
	return len(d.pieces)
}

// headingsIn returns how many headings there are below node i.
func (d *document) headingsIn(i int) int {
	n := 0
	if end := d.nodes[i].end; end < len(d.nodes) {
		n = d.nodes[end].headings
	} else {
		last := &d.nodes[len(d.nodes)-1]
		if n = last.headings; last.heading == len(d.nodes)-1 {
			n++
		}
	}
	n -= d.nodes[i].headings
	if d.nodes[i].heading == i {
		n--
	}
	return n
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

// inside returns whether node i is below an element with one of some tags.
func (d *document) inside(i int, tags ...atom.Atom) bool {
	for i = d.nodes[i].parent; i >= 0; i = d.nodes[i].parent {
		if slices.Contains(tags, d.nodes[i].DataAtom) {
			return true
		}
	}
	return false
}

// isHeading reports whether HTML, ARIA or a microformat says that an element is
// a heading or a title.
func isHeading(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
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

func isSilent(n *html.Node) bool {
	return htmltext.IsSilent(n.DataAtom) || n.DataAtom == atom.Nav || hasAttr(n, "hidden") || attr(n, "aria-hidden") == "true"
}

// isOutside reports whether HTML or ARIA says that an element is not part of the
// page's main matter.
func (d *document) isOutside(i int) bool {
	n := &d.nodes[i]
	switch n.DataAtom {
	case atom.Aside:
		return !d.inside(i, atom.Article, atom.Li)
	case atom.Header, atom.Footer:
		return !n.main && !d.inside(i, atom.Article, atom.Section, atom.Li)
	}
	switch attr(n.Node, "role") {
	case "banner", "contentinfo", "complementary", "search", "dialog":
		return true
	}
	return false
}

// isBeside reports whether an element has a name that the world over is given to
// what stands beside the main matter. What stands there weighs less, and makes a
// listing only where nothing else does.
func isBeside(n *html.Node) bool {
	if n.DataAtom == atom.Aside {
		return true // in an article, where it may have the date
	}
	if n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.Article {
		return false
	}
	for _, a := range n.Attr {
		if a.Key != "class" && a.Key != "id" {
			continue
		}
		for _, name := range []string{"comments", "kommentit", "sidebar", "sivupalkki", "events", "tapahtumat", "calendar", "kalenteri", "cookie", "cookies", "related"} {
			if hasPart(a.Val, name) {
				return true
			}
		}
	}
	return false
}

// isCard reports whether a link is around several parts that stand for
// themselves: elements and no text.
func isCard(a *html.Node) bool {
	parts := 0
	for c := range a.ChildNodes() {
		switch {
		case c.Type == html.TextNode && !text.IsBlank(c.Data):
			return false
		case c.DataAtom == atom.B, c.DataAtom == atom.Strong, c.DataAtom == atom.I, c.DataAtom == atom.Em:
			return false
		case c.DataAtom == atom.Time, c.DataAtom == atom.Img, c.DataAtom == atom.Svg, c.DataAtom == atom.Picture:
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

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// hasWord reports whether a list of words, such as a class, has a word.
func hasWord(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

// hasPart reports whether one of the names in a class or an ID has a part, which
// other letters neither precede nor follow.
func hasPart(names, part string) bool {
	for i := 0; ; {
		k := strings.Index(names[i:], part)
		if k < 0 {
			return false
		}
		start, end := i+k, i+k+len(part)
		if (start == 0 || strings.IndexByte(" -_", names[start-1]) >= 0) && (end == len(names) || strings.IndexByte(" -_", names[end]) >= 0) {
			return true
		}
		i = end
	}
}

// isRead reports whether a text is something to read, and not just signs.
func isRead(s string) bool { return strings.ContainsFunc(s, isWordRune) }
