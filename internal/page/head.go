package page

import (
	"net/url"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/text"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A head is what a page says of itself as a whole.
type head struct {
	title, site, language string
	base, own             string // addresses, as they are written
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
			if h.base == "" {
				h.base = attr(n, "href")
			}
		case atom.Link:
			if attr(n, "rel") == "canonical" {
				h.own = attr(n, "href")
			}
		case atom.Meta:
			switch attr(n, "property") {
			case "og:url":
				if h.own == "" {
					h.own = attr(n, "content")
				}
			case "og:site_name":
				h.site, _ = text.Line(attr(n, "content"))
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

// baseURL returns what the page's links are relative to: its <base href>, or
// its own address, or the address that it gives as its own, or the listing page
// that it most likely is a copy of.
func (h *head) baseURL(page, unknown *url.URL) *url.URL {
	if page == nil {
		u, err := url.Parse(h.own)
		if err != nil || u.Host == "" {
			u = unknown
		}
		page = u
	}
	if u, err := page.Parse(h.base); err == nil && u.Host != "" {
		return u
	}
	return page
}
