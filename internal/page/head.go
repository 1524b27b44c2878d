package page

import (
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
// those of a text listing are. The page's heading is where heading says.
func (doc *document) head(g *group, heading int) vatesfeed.Listing {
	var above []*line
	var l vatesfeed.Listing
	if heading >= 0 && heading < g.first {
		l.Heading = doc.lines[heading].text
		above = doc.lines[max(g.above, heading+1):g.first]
	} else {
		l.Heading = doc.name()
	}
	var rest []*line
	for _, p := range above {
		if doc.headingOf(p) == nil && !p.onlyLinks() && isRead(p.text) && within(p.nodes[0], atom.Th, atom.Thead) == nil {
			rest = append(rest, p)
		}
	}
	intro := paragraphs(rest)
	if g.heading != nil && g.heading.text != l.Heading {
		l.Section = g.heading.text
		l.Intro = strings.Join(intro, "\n\n")
		return l
	}
	var name string
	name, l.Section, l.Intro = head(append([]string{l.Heading}, intro...))
	if name == "" { // it reads as prose, but the page says it is a heading
		l.Section, l.Intro = l.Heading, strings.Join(intro, "\n\n")
	}
	return l
}

// heading returns where the page's heading is among its lines, or -1: its
// <h1>, or else its first heading that is not just a year.
func (doc *document) heading() int {
	at := slices.IndexFunc(doc.lines, func(l *line) bool {
		return doc.h1 != nil && contains(doc.h1, l.nodes[0])
	})
	if at >= 0 {
		return at
	}
	return slices.IndexFunc(doc.lines, func(l *line) bool {
		return doc.headingOf(l) != nil && !yearHeading().MatchString(l.text)
	})
}

var titleParts = lazy(`\s+[|–—·»-]\s+`)

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
			return titleParts().Split(s, 2)[0]
		}
	}
	return ""
}
