package source

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"golang.org/x/net/html"
)

// feedLink returns the URL of the first feed that the head of an HTML page
// names: <link rel="alternate"> of a feed's type (HTML standard, section
// 4.6.7.1). It returns "" if there is none. The pageURL is nil if it is not known.
func feedLink(page []byte, pageURL *url.URL) string {
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		token := z.Token()
		switch token.Data {
		case "html", "head", "title", "meta", "script", "noscript", "style", "template":
		case "base":
			if u, err := url.Parse(weburl.Resolve(pageURL, attribute(token, "href"))); err == nil {
				pageURL = u
			}
		case "link":
			if !isFeedLink(token) {
				continue
			}
			if address := webAddress(weburl.Resolve(pageURL, attribute(token, "href"))); address != "" {
				return address
			}
		default:
			return "" // the body
		}
	}
}

func isFeedLink(link html.Token) bool {
	mediaType, _, _ := strings.Cut(strings.ToLower(attribute(link, "type")), ";")
	switch strings.TrimSpace(mediaType) {
	case "application/rss+xml", "application/atom+xml", "application/feed+json":
	default:
		return false
	}
	return slices.Contains(strings.Fields(strings.ToLower(attribute(link, "rel"))), "alternate")
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
