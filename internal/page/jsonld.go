package page

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"golang.org/x/net/html/atom"
)

// addStructured adds what the page says of its articles in JSON-LD
// (schema.org) where that is more: what a listed article lacks, or the
// articles themselves where the page shows none with a date.
func (doc *document) addStructured(listings []vatesfeed.Listing) []vatesfeed.Listing {
	found := doc.structured()
	if len(found) == 0 {
		return listings
	}
	if len(listings) == 0 {
		var l vatesfeed.Listing
		l.Heading = doc.name()
		for _, n := range doc.lines {
			if within(n.nodes[0], atom.H1) != nil {
				l.Heading = n.text
				break
			}
		}
		l.Section = l.Heading
		for _, a := range found {
			if l.Section != "" {
				a.Sections = []string{l.Section}
			}
			l.Articles = append(l.Articles, a)
		}
		return []vatesfeed.Listing{l}
	}
	byTitle := make(map[string]vatesfeed.Article)
	byLink := make(map[string]vatesfeed.Article)
	for _, a := range found {
		if a.Title != "" {
			byTitle[a.Title] = a
		}
		if a.Link != "" {
			byLink[a.Link] = a
		}
	}
	for _, l := range listings {
		for i := range l.Articles {
			a := &l.Articles[i]
			more, ok := byLink[a.Link]
			if !ok {
				more, ok = byTitle[a.Title]
			}
			if !ok || more.Date != a.Date {
				continue
			}
			if a.Title == "" {
				a.Title = more.Title
			}
			if a.Summary == "" {
				a.Summary = more.Summary
			}
			if a.Link == "" {
				a.Link = more.Link
			}
		}
	}
	return listings
}

// structured returns the articles that are described in JSON-LD.
func (doc *document) structured() []vatesfeed.Article {
	var articles []vatesfeed.Article
	for n := range doc.root.Descendants() {
		if n.DataAtom != atom.Script || !strings.HasPrefix(strings.TrimSpace(attr(n, "type")), "application/ld+json") || n.FirstChild == nil {
			continue
		}
		var v any
		if json.Unmarshal([]byte(n.FirstChild.Data), &v) == nil {
			articles = doc.collect(articles, v)
		}
	}
	return articles
}

// collect adds the articles in a JSON-LD value, however deep they are.
func (doc *document) collect(articles []vatesfeed.Article, v any) []vatesfeed.Article {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			articles = doc.collect(articles, e)
		}
	case map[string]any:
		if isArticleType(v["@type"]) {
			get := func(key string) string {
				s, _ := v[key].(string)
				return s
			}
			published, _, _ := strings.Cut(get("datePublished"), " (")
			day, ok := parseMachine(published)
			if !ok {
				return articles
			}
			a := vatesfeed.Article{Date: day, Summary: htmltext.Text(get("description"))}
			a.Title, _ = text.Line(get("headline"))
			ref := get("url")
			if ref == "" {
				ref = get("mainEntityOfPage")
			}
			if page, ok := v["mainEntityOfPage"].(map[string]any); ok && ref == "" {
				ref, _ = page["@id"].(string)
			}
			if ref = strings.TrimSpace(ref); ref != "" {
				a.Link = weburl.Clean(doc.base, ref)
			}
			if a.Title != "" || a.Summary != "" {
				articles = append(articles, a)
			}
			return articles
		}
		for _, key := range []string{"@graph", "itemListElement", "item", "blogPost", "mainEntity", "hasPart"} {
			articles = doc.collect(articles, v[key])
		}
	}
	return articles
}

// isArticleType reports whether a JSON-LD type, or one of several, is that of
// articles.
func isArticleType(v any) bool {
	switch v := v.(type) {
	case string:
		return v == "BlogPosting" || v == "NewsArticle" || v == "Article"
	case []any:
		return slices.ContainsFunc(v, isArticleType)
	}
	return false
}
