package page

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A head is what a page says of itself for machines.
type head struct {
	title, site, language string
	base, own             string   // addresses, as they are written
	scripts               []string // JSON-LD
}

func readHead(root *html.Node) head {
	var h head
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Html:
			if n.Parent == root {
				h.language = strings.TrimSpace(attr(n, "lang"))
			}
		case atom.Title:
			if h.title == "" && n.Namespace == "" && n.FirstChild != nil {
				h.title, _ = text.Line(n.FirstChild.Data)
			}
		case atom.Base:
			h.base = cmp.Or(h.base, attr(n, "href"))
		case atom.Link:
			if attr(n, "rel") == "canonical" {
				h.own = attr(n, "href")
			}
		case atom.Meta:
			switch attr(n, "property") {
			case "og:url":
				h.own = cmp.Or(h.own, attr(n, "content"))
			case "og:site_name":
				h.site, _ = text.Line(attr(n, "content"))
			}
		case atom.Script:
			if n.FirstChild != nil && strings.HasPrefix(strings.TrimSpace(attr(n, "type")), "application/ld+json") {
				h.scripts = append(h.scripts, n.FirstChild.Data)
			}
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
	base  *url.URL
	known map[string]string // addresses by href
}

// newLinker returns a linker for a page. Its links are relative to its <base
// href>, or its own address, or the address that it gives as its own, or the
// listing page that it most likely is a copy of.
func newLinker(h *head, page *url.URL) linker {
	if page == nil {
		page, _ = url.Parse(vatesfeed.DefaultPageURL)
		if u, err := url.Parse(h.own); err == nil && u.Host != "" {
			page = u
		}
	}
	if u, err := page.Parse(h.base); err == nil && u.Host != "" {
		page = u
	}
	return linker{base: page, known: make(map[string]string)}
}

// of returns where a link leads, or "" if that is no page of its own.
func (l linker) of(a *html.Node) string {
	ref := strings.TrimSpace(attr(a, "href"))
	if ref == "" || ref[0] == '#' {
		return ""
	}
	u, ok := l.known[ref]
	if !ok {
		u = weburl.Clean(l.base, ref)
		l.known[ref] = u
	}
	return u
}

// addStructured adds what the page says of its articles in JSON-LD (schema.org)
// where that is more: what an item lacks, or the items where the page shows
// none with a date.
func (d *document) addStructured(links linker) {
	var found []*item
	for _, s := range d.top.scripts {
		var v any
		if json.Unmarshal([]byte(s), &v) == nil {
			found = collect(found, v, links)
		}
	}
	if len(found) > 0 && len(d.sections) == 0 {
		heading, _ := d.top.parts()
		if d.h1 >= 0 {
			heading = d.nodeText(d.h1)
		}
		d.sections = []*section{{heading: heading, section: heading, items: found}}
		return
	}
	known := make(map[string]*item) // by link and by title
	for _, it := range found {
		known[it.Title], known[it.Link] = it, it
	}
	delete(known, "")
	for _, s := range d.sections {
		for _, it := range s.items {
			more := cmp.Or(known[it.Link], known[it.Title])
			if more == nil || more.Date != it.Date {
				continue
			}
			it.Title, it.Summary, it.Link = cmp.Or(it.Title, more.Title), cmp.Or(it.Summary, more.Summary), cmp.Or(it.Link, more.Link)
			if len(it.Authors) == 0 {
				it.Authors = more.Authors
			}
		}
	}
}

// collect adds the articles in a JSON-LD value that is one, or a list of some.
func collect(items []*item, v any, links linker) []*item {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			items = collect(items, e, links)
		}
	case map[string]any:
		if isArticleType(v["@type"]) {
			if it := articleOf(v, links); it != nil {
				items = append(items, it)
			}
			return items
		}
		for _, key := range []string{"@graph", "itemListElement", "item", "blogPost", "mainEntity", "hasPart"} {
			items = collect(items, v[key], links)
		}
	}
	return items
}

// isArticleType reports whether a JSON-LD type, or one of several, is that of
// articles.
func isArticleType(v any) bool {
	if types, ok := v.([]any); ok {
		return slices.ContainsFunc(types, isArticleType)
	}
	return v == "BlogPosting" || v == "NewsArticle" || v == "Article"
}

// articleOf reads an article, which has to have a date and something to read.
func articleOf(v map[string]any, links linker) *item {
	get := func(key string) string {
		s, _ := v[key].(string)
		return s
	}
	it := &item{}
	var ok bool
	if it.Date, ok = parseMachine(get("datePublished")); !ok {
		return nil
	}
	it.Title, _ = text.Line(cmp.Or(get("headline"), get("name")))
	it.Summary = htmltext.Text(get("description"))
	ref := cmp.Or(get("url"), get("mainEntityOfPage"))
	if page, ok := v["mainEntityOfPage"].(map[string]any); ok && ref == "" {
		ref, _ = page["@id"].(string)
	}
	if ref = strings.TrimSpace(ref); ref != "" {
		it.Link = weburl.Clean(links.base, ref)
	}
	people, ok := v["author"].([]any)
	if !ok {
		people = []any{v["author"]}
	}
	for _, p := range people {
		p, _ := p.(map[string]any)
		name, _ := p["name"].(string)
		it.Authors = appendNew(it.Authors, name)
	}
	if it.Title == "" && it.Summary == "" {
		return nil
	}
	return it
}
