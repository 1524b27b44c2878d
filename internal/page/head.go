package page

import (
	"regexp"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// head reads what stands above a group of entries: the page's heading, the
// section, which is the heading closest to the entries, and the introduction.
// Where there is only one heading, the paragraphs under it are told apart as
// those of a text listing are.
func (doc *document) head(g *group) vatesfeed.Listing {
	var before []*line
	for _, l := range doc.lines {
		if slices.ContainsFunc(g.entries[0].nodes, func(n *html.Node) bool { return contains(n, l.nodes[0]) }) {
			break
		}
		before = append(before, l)
	}
	first := slices.IndexFunc(before, func(l *line) bool { return within(l.nodes[0], atom.H1) != nil })
	if first < 0 {
		first = slices.IndexFunc(before, func(l *line) bool { return l.heading() != nil && !yearHeading.MatchString(l.text) })
	}

	var l vatesfeed.Listing
	var paragraphs []string
	if first >= 0 {
		l.Heading = before[first].text
		before = before[first+1:]
	} else {
		l.Heading = doc.name()
		before = nil
	}
	for _, p := range before {
		if p.heading() == nil && !p.onlyLinks() && isRead(p.text) {
			paragraphs = append(paragraphs, p.text)
		}
	}
	if g.heading != nil && g.heading.text != l.Heading {
		l.Section = g.heading.text
		l.Intro = strings.Join(paragraphs, "\n\n")
		return l
	}
	heading, section, intro := text.Head(append([]string{l.Heading}, paragraphs...))
	if heading == "" { // it reads as prose, but the page says it is a heading
		section, intro = l.Heading, strings.Join(paragraphs, "\n\n")
	}
	l.Section, l.Intro = section, intro
	return l
}

var titleParts = regexp.MustCompile(`\s+[|–—·»-]\s+`)

// name returns what a page without headings says it is: the last of its
// breadcrumbs, or the first part of its title.
func (doc *document) name() string {
	for n := range doc.root.Descendants() {
		name := strings.ToLower(attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "aria-label"))
		if !strings.Contains(name, "breadcrumb") && !strings.Contains(name, "murupolku") {
			continue
		}
		var last string
		for d := range n.Descendants() {
			if d.Type == html.TextNode && isRead(d.Data) {
				last, _ = text.Line(d.Data)
			}
		}
		if last != "" {
			return last
		}
	}
	for n := range doc.root.Descendants() {
		if n.DataAtom == atom.Title && n.FirstChild != nil {
			s, _ := text.Line(n.FirstChild.Data)
			return titleParts.Split(s, 2)[0]
		}
	}
	return ""
}
