package page

import (
	"cmp"
	"net/url"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/schema"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A head is what a page says of itself for machines.
type head struct {
	title, site, language string
	base, canonical       string   // addresses, as they are written
	scripts               []string // JSON-LD
	nodes                 int      // of the page
}

func readHead(root *html.Node) head {
	var h head
	for n := range root.Descendants() {
		h.nodes++
		switch n.DataAtom {
		case atom.Html:
			h.language = cmp.Or(h.language, strings.TrimSpace(htmltext.Attr(n, "lang")))
		case atom.Title:
			if h.title == "" && n.Namespace == "" && n.FirstChild != nil {
				h.title, _ = text.Line(n.FirstChild.Data)
			}
		case atom.Base:
			h.base = cmp.Or(h.base, htmltext.Attr(n, "href"))
		case atom.Link:
			if htmltext.Attr(n, "rel") == "canonical" {
				h.canonical = htmltext.Attr(n, "href")
			}
		case atom.Meta:
			if htmltext.Attr(n, "property") == "og:site_name" {
				h.site, _ = text.Line(htmltext.Attr(n, "content"))
			}
		case atom.Script:
			h.scripts = append(h.scripts, schema.Script(n))
		}
	}
	if h.site == "" {
		_, h.site = h.parts()
	}
	return h
}

// parts returns what the title says the page is, and what the site.
func (h *head) parts() (page, site string) {
	page = h.title
	for _, sign := range []string{" | ", " – ", " — ", " · ", " » ", " - "} {
		if i := strings.LastIndex(page, sign); i >= 0 && site == "" {
			site = page[i+len(sign):]
		}
		page, _, _ = strings.Cut(page, sign)
	}
	return page, site
}

// A linker knows where the links of a page lead.
type linker struct {
	page  string // the page's address, or "" for an unknown one
	base  *url.URL
	known map[string]string // addresses by href
}

// newLinker returns a linker for a page. Its links are relative to its <base
// href>, or its own address, or the address that it gives as its own, or the
// listing page that it most likely is a copy of.
func newLinker(h *head, page *url.URL) linker {
	if u, err := url.Parse(h.canonical); page == nil && err == nil && u.Host != "" {
		page = u
	}
	l := linker{known: make(map[string]string)}
	if page != nil {
		l.page = weburl.Clean(page, page.String())
	} else {
		page, _ = url.Parse(vatesfeed.DefaultPageURL)
	}
	l.base = page
	if u, err := page.Parse(h.base); err == nil && u.Host != "" {
		l.base = u
	}
	return l
}

// of returns where a link leads, or "" if that is no page of its own, but a part of
// this one, or a place to share it.
func (l *linker) of(ref string) string {
	if ref = strings.TrimSpace(ref); ref == "" || ref[0] == '#' {
		return ""
	}
	if _, ok := l.known[ref]; !ok {
		if l.known[ref] = weburl.Clean(l.base, ref); isShare(l.known[ref]) {
			l.known[ref] = ""
		}
	}
	return l.known[ref]
}

// addStructured adds what the page says of its articles in JSON-LD (schema.org)
// where that is more: what an item lacks, or the items where the page shows
// none with a date.
func (d *document) addStructured() {
	var found []*item
	for _, a := range schema.Articles(d.head.scripts) {
		it := &item{}
		var ok bool
		it.Date, ok = parseMachine(a.Published)
		it.Title, _ = text.Line(a.Headline)
		it.Summary, it.Link = htmltext.Text(a.Description), d.links.of(a.URL)
		for _, name := range a.Authors {
			it.Authors = appendNew(it.Authors, name)
		}
		if ok && (it.Title != "" || it.Summary != "") {
			found = append(found, it)
		}
	}
	if len(found) == 0 {
		return
	}
	if len(d.sections) == 0 {
		heading, _ := d.head.parts()
		if d.h1 >= 0 {
			heading = d.nodeText(d.h1)
		}
		d.sections = []*section{{heading: heading, section: heading, items: found}}
		return
	}
	known := make(map[string]*item) // by link, by date and title, and by title if only one has it
	for _, it := range found {
		_, isSecond := known[it.Title]
		if known[it.Title] = it; isSecond {
			known[it.Title] = nil
		}
		known[it.Date.String()+" "+it.Title], known[it.Link] = it, it
	}
	delete(known, "")
	for _, s := range d.sections {
		for _, it := range s.items {
			more := cmp.Or(known[it.Link], known[it.Date.String()+" "+it.Title], known[it.Title])
			if more == nil || !isNear(more.Date, it.Date) {
				continue
			}
			it.Title, it.Summary, it.Link = cmp.Or(it.Title, more.Title), cmp.Or(it.Summary, more.Summary), cmp.Or(it.Link, more.Link)
			if len(it.Authors) == 0 {
				it.Authors = more.Authors
			}
		}
	}
}

// isNear reports whether two dates can be those of one time in different zones.
func isNear(a, b vatesfeed.Date) bool { return a.Time().Sub(b.Time()).Abs() < 36*time.Hour }
