package page

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// article reads an entry. It returns a problem instead where the entry's date
// is on no calendar.
func (doc *document) article(e *entry) (vatesfeed.Article, *vatesfeed.ParseError) {
	if e.mark.err != nil {
		s := e.mark.text
		for _, l := range e.lines {
			s += "\n\n" + l.text
		}
		return vatesfeed.Article{}, &vatesfeed.ParseError{Err: e.mark.err, Text: s}
	}

	more := e.cutMore()
	card := e.card()
	title := doc.title(e, card)
	inTitle := make(map[*line]bool)
	for _, l := range title {
		inTitle[l] = true
	}
	var kept []*line
	for i, l := range e.lines {
		if inTitle[l] || !isSummary(l, card) {
			continue
		}
		// A paragraph cannot go on from what has been left out.
		if i == 0 || len(kept) == 0 || kept[len(kept)-1] != e.lines[i-1] {
			l.goes = false
		}
		kept = append(kept, l)
	}
	if len(kept) == 0 && len(title) == 0 {
		// All that there is are links: then these are what it says.
		kept = slices.DeleteFunc(slices.Clone(e.lines), func(l *line) bool { return isMore(l.text) })
	}
	summary := paragraphs(kept)
	a := vatesfeed.Article{
		Date:    e.mark.day,
		Title:   joined(title),
		Summary: strings.Join(summary, "\n\n"),
		Link:    doc.articleLink(e, title, card, more),
	}
	if a.Title == "" && len(summary) > 1 && isPlainTitle(summary) {
		a.Title = summary[len(summary)-1]
		a.Summary = strings.Join(summary[:len(summary)-1], "\n\n")
	}
	return a, nil
}

func joined(lines []*line) string {
	var s []string
	for _, l := range lines {
		s = append(s, l.text)
	}
	return strings.Join(s, " ")
}

// card returns the link that the entry, or several of its lines, are in.
func (e *entry) card() *html.Node {
	if a := within(e.nodes[0], atom.A); a != nil && a != e.nodes[0] {
		return a
	}
	count := make(map[*html.Node]int)
	for _, l := range e.lines {
		a := within(l.nodes[0], atom.A)
		if h := l.heading(); a == nil || h != nil && !contains(a, h) {
			continue
		}
		if count[a]++; count[a] > 1 || contains(a, e.mark.at) {
			return a
		}
	}
	return nil
}

// A title is not longer than maxTitle characters unless it is a heading.
const maxTitle = 200

// title returns the lines of the entry's title: its heading, or else its main
// link, or what is all stressed.
func (doc *document) title(e *entry, card *html.Node) []*line {
	var first, last, linked *html.Node
	for _, l := range e.lines {
		h := doc.headingOf(l)
		if h == nil || !isRead(l.text) {
			continue
		}
		if first == nil {
			first = h
		}
		if h != last && linked == nil && linkOf(h) != nil {
			linked = h
		}
		last = h
	}
	if h := linked; h != nil || first != nil {
		if h == nil {
			h = first
		}
		var title []*line
		for _, l := range e.lines {
			if doc.headingOf(l) == h {
				title = append(title, l)
			}
		}
		return title
	}

	var best *line
	for _, l := range e.lines {
		a := l.link()
		if a == nil || a == card || !isRead(l.text) || isMore(l.text) || isAside(a) || doc.shared[doc.address(a)] || utf8.RuneCountInString(l.text) > maxTitle {
			continue
		}
		if best == nil || len(l.text) > len(best.text) {
			best = l
		}
	}
	if best == nil && len(e.lines) > 1 {
		for _, l := range e.lines {
			if l.stressed() && utf8.RuneCountInString(l.text) <= maxTitle {
				best = l
				break
			}
		}
	}
	if best == nil {
		return nil
	}
	return []*line{best}
}

// stressed reports whether all text of the line is stressed.
func (l *line) stressed() bool {
	for _, n := range l.nodes {
		if within(n, atom.Strong, atom.B) == nil {
			return false
		}
	}
	return isRead(l.text)
}

// isPlainTitle reports whether the last of some paragraphs, which nothing in
// the markup tells apart, is a title under a summary, as it is in the text
// listings.
func isPlainTitle(paragraphs []string) bool {
	last, above := paragraphs[len(paragraphs)-1], paragraphs[len(paragraphs)-2]
	return utf8.RuneCountInString(last) <= 120 && len(last) < len(above) && !strings.HasSuffix(last, ".") && strings.ContainsAny(above[len(above)-1:], ".!?)")
}

var (
	more    = lazy(`(?i)^(?:lue (?:lisää|koko|juttu|artikkeli|blogi).*|lue|lisää|jatka lukemista.*|näytä lisää|avaa|read more.*|continue reading.*|more|läs mer.*)?[\s.…→»›>]*$`)
	tagList = lazy(`(?i)^(?:(?:kuva|kuvat|kuvaaja|valokuva)\s*:.*|jaa\s\S+|(?:julkaistu|päivitetty|muokattu|pvm)\s*:?)$|^(?:avainsanat|asiasanat|tagit?|tags|kategoriat?|aiheet|aihe|jaa|jaa artikkeli|jaa sivu)\s*(?::.*)?$`)
)

// isMore reports whether a text only says that there is more to read.
func isMore(s string) bool { return more().MatchString(s) }

// isSummary reports whether a line that is not the title belongs to the
// summary.
func isSummary(l *line, card *html.Node) bool {
	if _, isDate, _, _ := parseWritten(l.text); isDate || !isRead(l.text) || isMore(l.text) || tagList().MatchString(l.text) {
		return false
	}
	return !l.onlyLinks() || card != nil && contains(card, l.nodes[0])
}

// articleLink returns the address of the entry's article: its title's link,
// or else its card's, its "Lue lisää", its only link, or the last one that has
// a line to itself.
func (doc *document) articleLink(e *entry, title []*line, card *html.Node, more []*html.Node) string {
	var links []*html.Node
	if len(title) > 0 {
		if h := doc.headingOf(title[0]); h != nil {
			links = append(links, linkOf(h))
		} else {
			links = append(links, title[0].link())
		}
	}
	links = append(append(links, card), more...)
	var all, own []*html.Node
	for _, n := range e.nodes {
		for a := range n.Descendants() {
			if a.DataAtom == atom.A && !isAside(a) && doc.address(a) != "" {
				all = append(all, a)
			}
		}
		if n.DataAtom == atom.A && !isAside(n) && doc.address(n) != "" {
			all = append(all, n)
		}
	}
	for _, l := range slices.Backward(e.lines) {
		a := l.link()
		if a == nil || isAside(a) {
			continue
		}
		own = append(own, a)
	}
	if len(all) > 0 {
		only := doc.address(all[0])
		if !slices.ContainsFunc(all, func(a *html.Node) bool { return doc.address(a) != only }) {
			links = append(links, all[0])
		}
	}
	for _, a := range append(links, own...) {
		if a != nil {
			if link := doc.address(a); link != "" {
				return link
			}
		}
	}
	return ""
}

// cutMore takes the links that only say that there is more to read out of what
// the entry says, and returns them.
func (e *entry) cutMore() []*html.Node {
	var links []*html.Node
	for _, l := range e.lines {
		for _, n := range l.nodes {
			a := within(n, atom.A)
			if a == nil || !isRead(n.Data) || !isMore(fold(textOf(a))) || isAside(a) {
				continue
			}
			links = append(links, a)
			if fold(n.Data) != l.text {
				l.text = strings.TrimSpace(strings.TrimSuffix(l.text, fold(textOf(a))))
			}
		}
	}
	return links
}

// findSharedLinks finds the addresses that several entries lead to: of a
// section or a writer, and so not of an article.
func (doc *document) findSharedLinks(groups []*group) {
	by := make(map[string]*entry)
	doc.shared = make(map[string]bool)
	for _, g := range groups {
		for _, e := range g.entries {
			for _, l := range e.lines {
				if a := l.link(); a != nil {
					address := doc.address(a)
					if first, ok := by[address]; ok && first != e {
						doc.shared[address] = true
					}
					by[address] = e
				}
			}
		}
	}
}

func textOf(n *html.Node) string {
	var s strings.Builder
	if n.Type == html.TextNode {
		return n.Data
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			s.WriteString(d.Data)
		}
	}
	return s.String()
}

// linkOf returns the link in or around an element, or nil.
func linkOf(n *html.Node) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == atom.A && attr(d, "href") != "" {
			return d
		}
	}
	return within(n, atom.A)
}

var shareHosts = lazy(`(?i)^(?:[a-z0-9-]+\.)*(?:facebook|twitter|x|linkedin|whatsapp|wa|t|telegram|bsky|pinterest|reddit)\.(?:com|me|app)$`)

// isAside reports whether a link leads to something else than the article: its
// tags, its writer, or a place to share it.
func isAside(a *html.Node) bool {
	for _, rel := range strings.Fields(attr(a, "rel")) {
		switch rel {
		case "tag", "category", "author":
			return true
		}
	}
	u, err := url.Parse(attr(a, "href"))
	return err == nil && shareHosts().MatchString(u.Hostname())
}

// address returns where a link leads, or "" if that is no page of its own.
func (doc *document) address(a *html.Node) string {
	ref := strings.TrimSpace(attr(a, "href"))
	if ref == "" || strings.HasPrefix(ref, "#") {
		return ""
	}
	return weburl.Clean(doc.base, ref)
}
