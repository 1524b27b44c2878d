package page

import (
	"net/url"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"golang.org/x/net/html"
)

// A linker knows where the links of a page lead.
type linker struct {
	base  *url.URL
	known map[string]string // addresses by href
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

// isShare reports whether a link leads to the entry's tags, its writer, or a
// place to share it.
func isShare(a *html.Node) bool {
	rel := attr(a, "rel")
	if hasWord(rel, "tag") || hasWord(rel, "category") || hasWord(rel, "author") {
		return true
	}
	u, err := url.Parse(attr(a, "href"))
	if err != nil {
		return false
	}
	switch strings.TrimPrefix(u.Hostname(), "www.") {
	case "facebook.com", "twitter.com", "x.com", "linkedin.com", "wa.me", "t.me", "bsky.app", "pinterest.com", "api.whatsapp.com":
		return true
	}
	return false
}
