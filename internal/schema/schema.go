// Package schema reads what pages say of articles in JSON-LD, in the vocabulary of
// schema.org.
package schema

import (
	"encoding/json"
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	nethtml "golang.org/x/net/html"
)

// An Article is what a page says of an article. URLs are as they are written, and
// all may be empty.
type Article struct {
	Headline    string
	Description string // may be HTML
	URL         string
	Published   string
	Authors     []string // at most MaxAuthors
	Image       vatesfeed.Image
	Publisher   string
}

// MaxAuthors is how many authors an article has at most, and MaxName how many bytes
// the name of one. Without these limits, references to one long name could take much
// more memory than the page.
const (
	MaxAuthors = 32
	MaxName    = 500
)

// The limits of JSON-LD: the size of a script in bytes, and how deep its values are
// looked into.
const (
	maxScript = 2 << 20
	maxDepth  = 20
)

// Script returns the JSON-LD of a <script> element, or "" if it has another type.
func Script(n *nethtml.Node) string {
	if n.FirstChild == nil || !strings.HasPrefix(strings.TrimSpace(htmltext.Attr(n, "type")), "application/ld+json") {
		return ""
	}
	return n.FirstChild.Data
}

// Articles returns the articles in JSON-LD scripts, wherever they stand there. Scripts that are not JSON, or have over 2 MiB, are left out.
func Articles(scripts []string) []Article {
	var r reader
	for _, s := range scripts {
		var v any
		if len(s) <= maxScript && json.Unmarshal([]byte(s), &v) == nil {
			r.ids = make(map[string]map[string]any)
			r.index(v, 0)
			r.collect(v, 0)
		}
	}
	return r.articles
}

type reader struct {
	articles []Article
	ids      map[string]map[string]any // the objects of the script, by @id
}

// index finds the objects to which others refer by @id.
func (r *reader) index(v any, depth int) {
	if depth > maxDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			r.index(e, depth+1)
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && len(v) > len(r.ids[id]) {
			r.ids[id] = v
		}
		for _, e := range v {
			r.index(e, depth+1)
		}
	}
}

// collect adds the articles in a value.
func (r *reader) collect(v any, depth int) {
	if depth > maxDepth {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			r.collect(e, depth+1)
		}
	case map[string]any:
		if isArticle(v["@type"]) {
			r.articles = append(r.articles, r.article(v))
			return
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			r.collect(v[key], depth+1)
		}
	}
}

// isArticle reports whether a type, or one of several, is that of articles.
func isArticle(v any) bool {
	for _, t := range list(v) {
		switch t {
		case "Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle":
			return true
		}
	}
	return false
}

func (r *reader) article(v map[string]any) Article {
	a := Article{
		Headline:    html.UnescapeString(first(v, "headline", "name")),
		Description: first(v, "description"),
		URL:         first(v, "url", "mainEntityOfPage"),
		Published:   first(v, "datePublished"),
		Image:       r.image(v["image"]),
	}
	if page, ok := v["mainEntityOfPage"].(map[string]any); ok && a.URL == "" {
		a.URL = first(page, "@id", "url")
	}
	for _, p := range list(v["author"]) {
		if name := r.name(p); name != "" && len(a.Authors) < MaxAuthors {
			a.Authors = append(a.Authors, name)
		}
	}
	a.Publisher = r.name(v["publisher"])
	return a
}

// name returns the name of a person or an organization.
func (r *reader) name(v any) string {
	name, _ := v.(string)
	if object, ok := v.(map[string]any); ok {
		if name = first(object, "name"); name == "" {
			name = first(r.ids[first(object, "@id")], "name")
		}
	}
	if len(name) > MaxName {
		return ""
	}
	return html.UnescapeString(name)
}

// image returns the first of some images.
func (r *reader) image(v any) vatesfeed.Image {
	for _, i := range list(v) {
		switch i := i.(type) {
		case string:
			return vatesfeed.Image{URL: i}
		case map[string]any:
			if first(i, "url", "contentUrl") == "" {
				i = r.ids[first(i, "@id")]
			}
			if u := first(i, "url", "contentUrl"); u != "" {
				return vatesfeed.Image{URL: u, Alt: html.UnescapeString(first(i, "caption")), Width: number(i["width"]), Height: number(i["height"])}
			}
		}
	}
	return vatesfeed.Image{}
}

// list returns the values of an array, or a single value as a list.
func list(v any) []any {
	if all, ok := v.([]any); ok {
		return all
	}
	return []any{v}
}

// first returns the first field that is a text and not empty.
func first(v map[string]any, keys ...string) string {
	for _, key := range keys {
		if s, ok := v[key].(string); ok && strings.TrimSpace(s) != "" {
			return strings.TrimSpace(s)
		}
	}
	return ""
}

// number returns a size in pixels, which may be text, such as "600" or "600px".
func number(v any) int {
	switch v := v.(type) {
	case float64:
		return int(v)
	case string:
		n, _ := strconv.Atoi(strings.TrimSuffix(v, "px"))
		return n
	case map[string]any:
		return number(v["value"])
	}
	return 0
}
