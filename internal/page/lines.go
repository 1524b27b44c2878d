package page

import (
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A line is a run of text that a browser shows without a break of its own:
// what stands between the starts and ends of blocks and <br>s.
type line struct {
	text  string       // as text.Line has it
	nodes []*html.Node // its text nodes, of which there is at least one
	goes  bool         // it goes on with the paragraph of the line before, after one <br>
}

// paragraphs returns what the lines say.
func paragraphs(lines []*line) []string {
	var all []string
	for _, l := range lines {
		if n := len(all); l.goes && n > 0 {
			all[n-1] += " " + l.text
		} else {
			all = append(all, l.text)
		}
	}
	return all
}

var headings = []atom.Atom{atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6}

// heading returns the heading element that the line stands in, or nil.
func (l *line) heading() *html.Node { return within(l.nodes[0], headings...) }

// headingOf returns the heading, by HTML or by ARIA, that a line stands in.
func (doc *document) headingOf(l *line) *html.Node {
	if h := l.heading(); h != nil || len(doc.roleHeading) == 0 {
		return h
	}
	for n := l.nodes[0].Parent; n != nil; n = n.Parent {
		if doc.roleHeading[n] {
			return n
		}
	}
	return nil
}

// link returns the link that the whole line stands in, or nil.
func (l *line) link() *html.Node {
	a := within(l.nodes[0], atom.A)
	for _, n := range l.nodes[1:] {
		if a == nil || strings.TrimSpace(n.Data) != "" && !contains(a, n) {
			return nil
		}
	}
	return a
}

// onlyLinks reports whether all text of the line is in links.
func (l *line) onlyLinks() bool {
	for _, n := range l.nodes {
		if strings.ContainsFunc(n.Data, isWordRune) && within(n, atom.A) == nil {
			return false
		}
	}
	return true
}

// block lists the elements that begin and end lines.
var block = atomSet(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Dd, atom.Details,
	atom.Dialog, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figure, atom.Footer, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5,
	atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Li, atom.Main, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section,
	atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul)

// silent lists the elements whose text is not part of what a page says, and
// captions, which say what an image shows.
var silent = atomSet(atom.Head, atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Math, atom.Figcaption, atom.Button,
	atom.Select, atom.Textarea, atom.Iframe, atom.Audio, atom.Video, atom.Object, atom.Canvas, atom.Dialog, atom.Nav)

func atomSet(atoms ...atom.Atom) map[atom.Atom]bool {
	set := make(map[atom.Atom]bool, len(atoms))
	for _, a := range atoms {
		set[a] = true
	}
	return set
}

func isSilent(n *html.Node) bool {
	return n.Type == html.ElementNode && (silent[n.DataAtom] || hasAttr(n, "hidden") || attr(n, "aria-hidden") == "true" || n.DataAtom == atom.Form && !holdsEntries(n))
}

// holdsEntries reports whether a form is one that some systems put around the
// whole page.
func holdsEntries(form *html.Node) bool {
	for d := range form.Descendants() {
		if d.DataAtom == atom.Article || slices.Contains(headings, d.DataAtom) {
			return true
		}
	}
	return false
}

// beside matches the names (classes, IDs and labels) that parts of a page have
// the world over if they stand beside its main matter.
var beside = lazy(`(?i)^(?:(?:block|box|page|site|main|entry|post|article|widget|module|upcoming|tulevat|some|social)[-_])?` +
	`(?:comments?|kommentit|kommentti|events?|tapahtumat?|tapahtumakalenteri|calendar|kalenteri|sidebar|sivupalkki|cookies?|evasteet|breadcrumbs?|murupolku|pagination|pager|sivutus|share|sharing|social|jaa|tags|avainsanat|asiasanat)` +
	`(?:[-_](?:area|list|section|widget|wrapper|container|block|box|column|panel|links|buttons|nav|menu|right|left|banner|consent|notice|\d+))*$`)

// isBeside reports whether a part of a page is not its main matter: what HTML
// or ARIA says is navigation, a banner, a footer or a complement, and what has
// a name that says so.
func (doc *document) isBeside(n *html.Node) bool {
	if n.Type != html.ElementNode || doc.main[n] {
		return false
	}
	switch n.DataAtom {
	case atom.Aside, atom.Nav:
		return true
	case atom.Header, atom.Footer:
		return isOfPage(n)
	case atom.Body, atom.Html, atom.Main, atom.Article, atom.Li, atom.Tr, atom.A, atom.Time:
		return false
	}
	switch attr(n, "role") {
	case "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert":
		return true
	case "main", "article":
		return false
	}
	if doc.ignoreNames {
		return false
	}
	for _, name := range append(strings.Fields(attr(n, "class")), attr(n, "id"), attr(n, "aria-label")) {
		if beside().MatchString(name) {
			_, isDate, _, _ := parseWritten(textOf(n))
			return !isDate
		}
	}
	return false
}

// isOfPage reports whether a <header> or <footer> is the whole page's, and not
// that of a part: it has no part around it, and is the only one of its kind
// among its cousins.
func isOfPage(n *html.Node) bool {
	if within(n.Parent, atom.Article, atom.Main, atom.Section, atom.Li) != nil {
		return false
	}
	if n.Parent.DataAtom == atom.Body || n.Parent.Parent == nil {
		return true
	}
	for s := range n.Parent.Parent.ChildNodes() {
		if s == n.Parent || s.Type != html.ElementNode {
			continue
		}
		for c := range s.ChildNodes() {
			if c.DataAtom == n.DataAtom {
				return false
			}
		}
	}
	return true
}

// readLines returns the lines of the page's main matter.
func (doc *document) readLines() []*line {
	return readLines([]*html.Node{doc.root}, doc.skips)
}

// skips reports whether an element has nothing of the page's main matter.
func (doc *document) skips(n *html.Node) bool { return isSilent(n) || doc.isBeside(n) }

// readLines returns the lines of some neighbouring nodes, without the elements
// that skip says.
func readLines(nodes []*html.Node, skip func(*html.Node) bool) []*line {
	var lines []*line
	var raw strings.Builder
	var texts []*html.Node
	breaks := 2 // <br>s since the last text; a block counts as two
	flush := func() {
		s, _ := text.Line(raw.String())
		if s != "" {
			lines = append(lines, &line{text: s, nodes: texts, goes: breaks == 1})
			breaks = 0
		}
		raw.Reset()
		texts = nil
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			if !text.IsBlank(n.Data) {
				texts = append(texts, n)
			}
			raw.WriteString(n.Data)
			return
		case n.Type == html.ElementNode && skip(n):
			return
		case n.DataAtom == atom.Br:
			flush()
			breaks++
			return
		}
		isBlock := block[n.DataAtom] || n.DataAtom == atom.A && isCard(n) || n.DataAtom == atom.Span && n.Parent.DataAtom == atom.A && isCard(n.Parent)
		if isBlock {
			flush()
			breaks = 2
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
		if isBlock {
			flush()
			breaks = 2
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	flush()
	return lines
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
		case c.Type == html.ElementNode:
			parts++
		}
	}
	return parts > 1 && within(a, headings...) == nil
}
