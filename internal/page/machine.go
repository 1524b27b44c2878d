package page

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// addStructured adds what the page says of its articles in JSON-LD (schema.org)
// where that is more: what an item lacks, or the items where the page shows
// none with a date.
func (r *reading) addStructured(root *html.Node, links linker) {
	found := structured(root, links)
	if len(found) == 0 {
		return
	}
	if len(r.sections) == 0 {
		s := &section{}
		if s.heading, _ = r.top.parts(); r.h1 >= 0 {
			s.heading = r.nodeText(r.h1)
		}
		s.section, s.items = s.heading, found
		r.sections = append(r.sections, s)
		return
	}
	byLink, byTitle := make(map[string]*item), make(map[string]*item)
	for _, it := range found {
		byLink[it.Link], byTitle[it.Title] = it, it
	}
	for _, s := range r.sections {
		for _, it := range s.items {
			more := byLink[it.Link]
			if more == nil || it.Link == "" {
				more = byTitle[it.Title]
			}
			if more == nil || more.Date != it.Date || it.Title == "" && it.Link == "" {
				continue
			}
			if it.Title == "" {
				it.Title = more.Title
			}
			if it.Summary == "" {
				it.Summary = more.Summary
			}
			if it.Link == "" {
				it.Link = more.Link
			}
			if len(it.Authors) == 0 {
				it.Authors = more.Authors
			}
		}
	}
}

// structured returns the articles that are described in JSON-LD.
func structured(root *html.Node, links linker) []*item {
	var items []*item
	for n := range root.Descendants() {
		if n.DataAtom != atom.Script || n.FirstChild == nil || !strings.HasPrefix(strings.TrimSpace(attr(n, "type")), "application/ld+json") {
			continue
		}
		var v any
		if json.Unmarshal([]byte(n.FirstChild.Data), &v) == nil {
			items = collect(items, v, links)
		}
	}
	return items
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

// articleOf reads an article, which has to have a date and something to read.
func articleOf(v map[string]any, links linker) *item {
	get := func(key string) string {
		s, _ := v[key].(string)
		return s
	}
	day, ok := parseMachine(get("datePublished"))
	if !ok {
		return nil
	}
	it := &item{}
	it.Date = day
	if it.Title, _ = text.Line(get("headline")); it.Title == "" {
		it.Title, _ = text.Line(get("name"))
	}
	it.Summary = htmltext.Text(get("description"))
	ref := get("url")
	if ref == "" {
		ref = get("mainEntityOfPage")
	}
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
		if p, ok := p.(map[string]any); ok {
			if name, _ := p["name"].(string); name != "" && !slices.Contains(it.Authors, name) {
				it.Authors = append(it.Authors, name)
			}
		}
	}
	if it.Title == "" && it.Summary == "" {
		return nil
	}
	return it
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
