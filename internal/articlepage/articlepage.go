// Package articlepage reads the own pages of articles: their titles, authors,
// pictures and texts.
//
// A page's data for machines goes first: JSON-LD, then OpenGraph and other meta
// elements, then microdata. What these do not say, the page's heading and its text
// may.
package articlepage

import (
	"bytes"
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/byline"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/schema"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A Page is what the page of an article says of it.
type Page struct {
	Title   string
	Authors []string
	Image   vatesfeed.Image
	Content string
	Login   bool // it asks for a password
}

// IsEmpty reports whether the page says nothing of the article.
func (p *Page) IsEmpty() bool {
	return p.Title == "" && len(p.Authors) == 0 && p.Image.URL == "" && p.Content == ""
}

// Read reads a page in UTF-8, at an address. With full, it reads the text too. If the
// error wraps ErrNoText, it has read the rest.
func Read(body []byte, address *url.URL, full bool) (Page, error) {
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return Page{}, err
	}
	d := newDocument(root, address)
	p := Page{Title: d.title(), Authors: d.authors(), Image: d.image(), Login: d.login}
	if !full && len(p.Authors) > 0 && p.Image.URL != "" {
		return p, nil
	}
	x, err := extractFrom(root, d.base)
	if err == nil && full {
		p.Content, err = x.content(d.base)
	}
	if !full {
		err = nil // the rest is worth having
	}
	if len(p.Authors) == 0 {
		p.Authors = x.authors
	}
	if p.Image.URL == "" {
		p.Image = x.image(d.base)
	}
	return p, err
}

// A document is a page, and what was found in it on one way through.
type document struct {
	base     *url.URL
	article  schema.Article      // of JSON-LD, or else of microdata
	metas    map[string][]string // contents, by name or property
	head     string              // the <title>
	headings []string            // the texts of the <h1>s
	writers  []string            // the texts of links with rel=author
	bylines  []string            // the names in bylines below the heading
	login    bool                // there is a field for a password
}

func newDocument(root *html.Node, address *url.URL) *document {
	d := &document{base: address, metas: make(map[string][]string)}
	var scripts []string
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Base:
			if u, err := address.Parse(htmltext.Attr(n, "href")); err == nil && weburl.Is(u) && d.base == address {
				d.base = u
			}
		case atom.Meta:
			key := strings.ToLower(cmp.Or(htmltext.Attr(n, "property"), htmltext.Attr(n, "name")))
			if value := line(htmltext.Attr(n, "content")); value != "" && len(d.metas[key]) < schema.MaxAuthors {
				d.metas[key] = append(d.metas[key], value)
			}
		case atom.Title:
			if d.head == "" && n.Namespace == "" {
				d.head = textOf(n)
			}
		case atom.H1:
			if s := textOf(n); s != "" && len(d.headings) < maxHeadings {
				d.headings = append(d.headings, s)
			}
		case atom.A:
			if slices.Contains(strings.Fields(htmltext.Attr(n, "rel")), "author") && len(d.writers) < schema.MaxAuthors {
				d.writers = append(d.writers, byline.Names(textOf(n))...)
			}
		case atom.P, atom.Div, atom.Span:
			if c := n.FirstChild; d.bylines == nil && len(d.headings) > 0 && c != nil && c.Type == html.TextNode && c.NextSibling == nil {
				d.bylines = byline.Introduced(line(c.Data))
			}
		case atom.Input:
			d.login = d.login || strings.EqualFold(htmltext.Attr(n, "type"), "password")
		case atom.Script:
			scripts = append(scripts, schema.Script(n))
		}
	}
	d.article = d.choose(schema.Articles(scripts), address)
	if a := &d.article; a.Headline == "" && len(a.Authors) == 0 && a.Image.URL == "" {
		d.article, _ = microdata(root)
	}
	return d
}

// choose returns the article that the page is about: the one that has the page's
// address, or else the only one, unless both its address and its headline are others.
func (d *document) choose(articles []schema.Article, address *url.URL) schema.Article {
	for _, a := range articles {
		if u, err := d.base.Parse(a.URL); err == nil && a.URL != "" && u.Host == address.Host && strings.TrimSuffix(u.Path, "/") == strings.TrimSuffix(address.Path, "/") {
			return a
		}
	}
	if len(articles) == 1 {
		a := articles[0]
		isHere := func(s string) bool { return strings.HasPrefix(s, line(a.Headline)) }
		if a.URL == "" || isHere(d.head) || slices.ContainsFunc(d.headings, isHere) {
			return a
		}
	}
	return schema.Article{}
}

// meta returns the first content of a meta element with one of the names.
func (d *document) meta(names ...string) string {
	for _, name := range names {
		if values := d.metas[name]; len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// maxHeadings is how many headings are looked at.
const maxHeadings = 10

// maxTitle is how many bytes a title has at most. A longer one is no title.
const maxTitle = 1000

// title returns the article's title, without the name of the site.
func (d *document) title() string {
	heading := ""
	if len(d.headings) == 1 {
		heading = d.headings[0]
	}
	for _, s := range []string{d.article.Headline, d.meta("og:title", "twitter:title"), heading, d.head} {
		if s = d.withoutSite(line(s)); s != "" && len(s) <= maxTitle && !d.isSite(s) {
			return s
		}
	}
	return ""
}

// withoutSite returns a title without the name of the site at its end: a last part
// that is known to be one, or that the page's heading does not have.
func (d *document) withoutSite(title string) string {
	for _, sign := range []string{" | ", " – ", " — ", " - ", " · ", " • ", " » ", " :: "} {
		if i := strings.LastIndex(title, sign); i > 0 && (d.isSite(title[i+len(sign):]) || slices.Contains(d.headings, title[:i])) {
			return strings.TrimSpace(title[:i])
		}
	}
	return title
}

// isSite reports whether a text is the name of the site, or of its host.
func (d *document) isSite(s string) bool {
	for _, name := range []string{d.meta("og:site_name", "application-name"), d.article.Publisher, d.base.Hostname(), strings.TrimPrefix(d.base.Hostname(), "www.")} {
		if name != "" && strings.EqualFold(s, name) {
			return true
		}
	}
	labels := strings.Split(d.base.Hostname(), ".")
	return len(labels) > 1 && strings.EqualFold(s, labels[len(labels)-2])
}

// authors returns the names of the writers, each once.
func (d *document) authors() []string {
	for _, names := range [][]string{d.article.Authors, d.metas["author"], d.metas["article:author"], d.metas["dcterms.creator"], d.writers, d.bylines} {
		var authors []string
		for _, s := range names {
			if s = line(s); !isAuthor(s) {
				continue
			}
			for _, name := range byline.Split(cmp.Or(byline.Without(s), s)) {
				if !slices.Contains(authors, name) && len(authors) < schema.MaxAuthors {
					authors = append(authors, name)
				}
			}
		}
		if len(authors) > 0 {
			return authors
		}
	}
	return nil
}

// noAuthors are what systems put where no author is given.
var noAuthors = []string{"admin", "administrator", "editor", "webmaster", "julkaisija", "ylläpito", "ylläpitäjä", "pääkäyttäjä"}

// isAuthor reports whether a text can be the name of an author: not that of an account, nor
// an address or a date.
func isAuthor(s string) bool {
	return s != "" && len(s) <= schema.MaxName && !strings.ContainsAny(s, "@/0123456789") &&
		!slices.Contains(noAuthors, strings.ToLower(s))
}

// image returns the article's picture.
func (d *document) image() vatesfeed.Image {
	i := vatesfeed.Image{URL: d.meta("og:image:secure_url", "og:image", "og:image:url"), Alt: d.meta("og:image:alt"), Type: d.meta("og:image:type")}
	i.Width, _ = strconv.Atoi(d.meta("og:image:width"))
	i.Height, _ = strconv.Atoi(d.meta("og:image:height"))
	if found := d.article.Image; i.URL == "" && found.URL != "" {
		i = vatesfeed.Image{URL: found.URL, Alt: line(found.Alt), Width: found.Width, Height: found.Height}
	}
	if i.URL == "" {
		i = vatesfeed.Image{URL: d.meta("twitter:image", "twitter:image:src"), Alt: d.meta("twitter:image:alt")}
	}
	i.URL = weburl.Absolute(d.base, i.URL)
	return seen(i)
}

// seen returns an image, or none if it is too small to be seen.
func seen(i vatesfeed.Image) vatesfeed.Image {
	if i.URL == "" || i.Width == 1 || i.Height == 1 {
		return vatesfeed.Image{}
	}
	i.Width, i.Height = max(i.Width, 0), max(i.Height, 0)
	return i
}

func line(s string) string {
	s, _ = text.Line(s)
	return s
}

// textOf returns the text of an element as one line. It leaves out what is too long
// for a title or a name.
func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode && b.Len()+len(c.Data) > 4*maxTitle: // with its indentation
			return ""
		case c.Type == html.TextNode && (c.Parent == n || !htmltext.IsSilent(c.Parent.DataAtom)):
			b.WriteString(c.Data)
		case c.DataAtom == atom.Br || htmltext.IsBlock(c.DataAtom):
			b.WriteByte(' ')
		}
	}
	return line(b.String())
}
