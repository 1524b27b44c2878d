package page

import (
	"cmp"
	"slices"
	"sort"
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
	parent, end, depth int
	from, to           int    // its part of the page's text
	path               uint64 // the same number for the same tags from the root down
	link               int    // the closest link at or above it, or -1
	heading            int    // the outermost heading at or above it, or -1
	column             int    // of a table, from 1, or 0
	aside              aside  // how far it is from the main matter
}

// An aside says how likely a part of the page is not its main matter.
type aside int

const (
	mainMatter aside = iota
	beside           // it has a name that says so
	outside          // HTML or ARIA says so
)

// A document is an HTML page while it is read.
type document struct {
	nodes    []node
	headings []int // nodes
	h1       int   // the first <h1>, or -1
	texts    []int // nodes

	// What the page shows. A line ends with a line break, and a paragraph with
	// two. Each text ends with partEnd, which no HTML has in it.
	text string

	head     head
	links    linker
	marks    []*mark
	rows     []*row
	sections []*section
}

const partEnd = "\x00"

// A builder makes a document of a tree.
type builder struct {
	document
	text   strings.Builder
	breaks int // line breaks at its end
	column int // of the table row
}

// pathPrime mixes the numbers of tags, as in the hash FNV-1a.
const pathPrime = 1099511628211

// unnest moves each WordPress post that is in another one behind it, before a node.
// Posts are no parts of others: an end tag is missing. Parts of a post may have its
// class.
func unnest(n, post, before *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		number := postNumber(c)
		switch {
		case number == "", post != nil && number == postNumber(post):
			unnest(c, post, before)
		case post == nil:
			unnest(c, c, next)
			next = c.NextSibling
		default:
			n.RemoveChild(c)
			post.Parent.InsertBefore(c, before)
		}
		c = next
	}
}

// postNumber returns what the class of a WordPress post has of its number, or "".
func postNumber(n *html.Node) string {
	names := strings.Fields(htmltext.Attr(n, "class"))
	i := slices.IndexFunc(names, func(name string) bool { return strings.HasPrefix(name, "post-") })
	if i < 0 || !slices.Contains(names, "type-post") {
		return ""
	}
	return names[i]
}

// newDocument makes a document of the tree of a page of some bytes.
func newDocument(root *html.Node, size int) *document {
	b := &builder{document: document{h1: -1, head: readHead(root)}, breaks: 2}
	b.nodes = make([]node, 0, b.head.nodes+1)
	b.text.Grow(size)
	b.add(root, -1)
	b.document.text = b.text.String()
	return &b.document
}

// add adds a node and what is below it.
func (b *builder) add(n *html.Node, parent int) {
	switch {
	case n.Type == html.TextNode && text.IsBlank(n.Data):
		if b.breaks == 0 {
			b.text.WriteByte(' ')
		}
		return
	case n.Type == html.CommentNode, n.Type == html.DoctypeNode:
		return
	case n.DataAtom == atom.Button && parent >= 0 && b.nodes[parent].heading >= 0 && isAlone(n): // opens what the heading is of
	case n.DataAtom == atom.Figcaption && has(n, atom.Time, atom.H2, atom.H3, atom.H4): // is of an entry, not of a picture
	case isLeftOut(n):
		return
	}
	i := len(b.nodes)
	this := node{link: -1, heading: -1}
	isBlock := htmltext.IsBlock(n.DataAtom)
	if parent >= 0 {
		this = b.nodes[parent]
		this.path = (this.path ^ uint64(n.DataAtom)) * pathPrime
		this.depth++
	}
	this.Node, this.parent = n, parent
	switch n.DataAtom {
	case atom.Tr:
		b.column = 0
	case atom.Td, atom.Th:
		b.column++
		this.column = b.column
	}
	switch {
	case n.Type == html.TextNode:
		b.texts = append(b.texts, i)
	case n.DataAtom == atom.A && htmltext.Attr(n, "href") != "":
		this.link = i
	case n.DataAtom == atom.Br:
		b.breakLine(1, this.heading >= 0)
	case this.heading < 0 && isHeadingTag(n.Data):
		this.heading = i
		b.headings = append(b.headings, i)
		if n.DataAtom == atom.H1 && b.h1 < 0 {
			b.h1 = i
		}
	case n.DataAtom == atom.Main:
		this.aside = mainMatter
	case this.aside < outside:
		this.aside = max(this.aside, b.asideOf(n, parent))
	}
	inHeading := this.heading >= 0 && this.heading != i
	if isBlock {
		b.breakLine(2, inHeading)
	}
	this.from = b.text.Len()
	if n.Type == html.TextNode {
		b.addText(n.Data)
	}
	b.nodes = append(b.nodes, this)
	for c := range n.ChildNodes() {
		b.add(c, i)
	}
	b.nodes[i].end, b.nodes[i].to = len(b.nodes), b.text.Len()
	if isBlock {
		b.breakLine(2, inHeading)
	}
}

// isLeftOut reports whether an element is not shown as text, or leads elsewhere.
func isLeftOut(n *html.Node) bool {
	return htmltext.IsSilent(n.DataAtom) || n.DataAtom == atom.Nav || htmltext.Attr(n, "aria-hidden") == "true" ||
		!htmltext.IsBlock(n.DataAtom) && (isHidden(n) || strings.Contains(strings.ReplaceAll(htmltext.Attr(n, "style"), " ", ""), "display:none"))
}

// isHidden reports whether an element is hidden until a script shows it.
func isHidden(n *html.Node) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "hidden" })
}

// has reports whether there is an element with one of some tags below a node.
func has(n *html.Node, tags ...atom.Atom) bool {
	for c := range n.Descendants() {
		if slices.Contains(tags, c.DataAtom) {
			return true
		}
	}
	return false
}

// isAlone reports whether a node has no siblings but blanks.
func isAlone(n *html.Node) bool {
	for s := range n.Parent.ChildNodes() {
		if s != n && !(s.Type == html.TextNode && text.IsBlank(s.Data)) {
			return false
		}
	}
	return true
}

// addText adds a text without the line breaks and the indentation of the source.
func (b *builder) addText(s string) {
	line, rest, more := strings.Cut(s, "\n")
	for b.text.WriteString(line); more; {
		line, rest, more = strings.Cut(strings.TrimLeft(rest, " \t"), "\n")
		b.text.WriteString(" " + line)
	}
	b.text.WriteString(partEnd)
	b.breaks = 0
}

// breakLine adds a line break, or as many as it takes to end with two. A heading
// is one line.
func (b *builder) breakLine(n int, inHeading bool) {
	if inHeading {
		b.text.WriteByte(' ')
		return
	}
	for ; n > 0 && b.breaks < 2; n-- {
		b.text.WriteByte('\n')
		b.breaks++
	}
}

// asideOf returns what an element's markup says of how it belongs to the main
// matter.
func (b *builder) asideOf(n *html.Node, parent int) aside {
	switch {
	case n.DataAtom == atom.Aside && !b.inside(parent, atom.Article) && !(has(n, atom.Article) && has(n, atom.H1)),
		(n.DataAtom == atom.Header || n.DataAtom == atom.Footer) && !b.inside(parent, atom.Main, atom.Article, atom.Section),
		slices.Contains([]string{"banner", "contentinfo", "complementary", "search", "dialog"}, htmltext.Attr(n, "role")):
		return outside
	case namesOther(htmltext.Attr(n, "class")), namesOther(htmltext.Attr(n, "id")):
		return beside
	}
	return mainMatter
}

// wrappers are the first or last words of names such as "page-sidebar" and
// "content-sidebar-wrap", which are those of what is around all. So is everything
// that is called "has-sidebar", whatever else it is called.
var (
	wrappers = setOf("wrap wrapper container content layout page main")
	having   = setOf("has with no")
)

// namesOther reports whether a name or a heading is one that is common for what
// stands beside the main matter, which often has dates as well.
func namesOther(name string) bool {
	found := false
	for token := range strings.FieldsSeq(name) {
		first, last, other := "", "", false
		for word := range strings.FieldsFuncSeq(token, func(r rune) bool { return r == '-' || r == '_' }) {
			first, last, other = cmp.Or(first, word), word, other || isOtherWord(word)
		}
		switch {
		case other && having[first]:
			return false
		case other && !wrappers[first] && !wrappers[last]:
			found = true
		}
	}
	return found
}

// isOtherWord reports whether a word begins in a way that is common for such names.
func isOtherWord(word string) bool {
	for _, stem := range []string{"comments", "kommentti", "kommentit", "kommentar", "events", "tapahtum", "evenemang",
		"calendar", "kalenteri", "sidebar", "sivupalkki", "cookie", "related"} {
		if len(word) >= len(stem) && strings.EqualFold(word[:len(stem)], stem) {
			return true
		}
	}
	return false
}

func isHeadingTag(tag string) bool {
	return len(tag) == 2 && tag[0] == 'h' && '1' <= tag[1] && tag[1] <= '6'
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

// children returns the nodes next below a node.
func (d *document) children(i int) []int {
	var all []int
	for c := i + 1; c < d.nodes[i].end; c = d.nodes[c].end {
		all = append(all, c)
	}
	return all
}

// element returns a node, or what is around a text.
func (d *document) element(i int) *node {
	if d.nodes[i].Type == html.TextNode {
		i = d.nodes[i].parent
	}
	return &d.nodes[i]
}

// between returns the part of a list, in the order of the page, that begins from
// a place up to another.
func between[T any](all []T, from, to int, begin func(T) int) []T {
	i := sort.Search(len(all), func(i int) bool { return begin(all[i]) >= from })
	j := sort.Search(len(all), func(j int) bool { return begin(all[j]) >= to })
	return all[i:max(i, j)]
}

// headingsIn returns the headings among nodes.
func (d *document) headingsIn(start, end int) []int {
	return between(d.headings, start, end, func(h int) int { return h })
}

// textsIn returns the texts of a part of the page's text.
func (d *document) textsIn(from, to int) []int {
	i := sort.Search(len(d.texts), func(i int) bool { return d.nodes[d.texts[i]].to > from })
	j := i
	for j < len(d.texts) && d.nodes[d.texts[j]].from < to {
		j++
	}
	return d.texts[i:j]
}

// firstText returns the first text of a row.
func (d *document) firstText(w *row) int { return d.textsIn(w.from, w.to)[0] }

// marksIn returns the dates that begin in a part of the text.
func (d *document) marksIn(from, to int) []*mark {
	return between(d.marks, from, to, func(m *mark) int { return m.from })
}

// rowsIn returns the rows that begin in a part of the text.
func (d *document) rowsIn(from, to int) []*row {
	return between(d.rows, from, to, func(w *row) int { return w.from })
}

// rowAt returns the first row that begins at a place in the text or later.
func (d *document) rowAt(at int) int {
	return sort.Search(len(d.rows), func(i int) bool { return d.rows[i].from >= at })
}

// lineEnd returns where the line ends that has a place in the text.
func (d *document) lineEnd(at int) int {
	if n := strings.IndexByte(d.text[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(d.text)
}

// line returns a part of the page's text as it is shown.
func (d *document) line(from, to int) string {
	s, _ := text.Line(strings.ReplaceAll(strings.TrimSuffix(d.text[from:to], partEnd), partEnd, ""))
	return s
}

// nodeText returns what a node says.
func (d *document) nodeText(i int) string { return d.line(d.nodes[i].from, d.nodes[i].to) }

// isEmpty reports whether a part of the page's text has nothing to read, but at
// most signs.
func (d *document) isEmpty(from, to int) bool { return from >= to || !isRead(d.text[from:to]) }

// fills reports whether a part of the text is all that a node says.
func (d *document) fills(from, to, i int) bool {
	return d.isEmpty(d.nodes[i].from, from) && d.isEmpty(to, d.nodes[i].to)
}

// isRead reports whether a text has letters or digits.
func isRead(s string) bool { return strings.ContainsFunc(s, isWordRune) }

// class returns an element's class without digits, which often count.
func class(n *html.Node) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return -1
		}
		return r
	}, htmltext.Attr(n, "class"))
}
