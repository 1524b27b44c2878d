// Package item writes the items of feeds one at a time, directly as bytes. The
// tests of the root package compare these with what the types of gorilla/feeds
// give.
package item

import (
	"cmp"
	"html"
	"regexp"
	"strings"
	"time"
)

// An Item is an article in the form of an item of RSS or JSON Feed, or an entry of
// Atom. XML must be able to hold all characters of its strings.
type Item struct {
	ID, URL  string
	Title    string
	Text     string // paragraphs separated by a blank line
	Authors  []string
	Sections []string
	Time     time.Time
}

// AppendRSS appends the item as an <item> of RSS 2.0. Readers take an RSS
// description for HTML, so the text is escaped as such first.
func (i *Item) AppendRSS(b []byte) []byte {
	b = append(b, "\n    <item>\n      <title>"...)
	b = appendXML(b, RSSText(i.Title))
	b = append(b, "</title>\n      <link>"...)
	b = appendXML(b, i.URL)
	b = append(b, "</link>\n      <description>"...)
	b = appendXML(b, HTML(i.Text))
	b = append(b, "</description>\n      <guid isPermaLink=\""...)
	if i.ID == i.URL {
		b = append(b, "true\">"...)
	} else {
		b = append(b, "false\">"...)
	}
	b = appendXML(b, i.ID)
	b = append(b, "</guid>\n      <pubDate>"...)
	b = i.Time.AppendFormat(b, time.RFC1123Z)
	b = append(b, "</pubDate>"...)
	for _, s := range i.Authors {
		b = append(b, "\n      <dc:creator>"...)
		b = appendXML(b, s)
		b = append(b, "</dc:creator>"...)
	}
	for _, s := range i.Sections {
		b = append(b, "\n      <category>"...)
		b = appendXML(b, s)
		b = append(b, "</category>"...)
	}
	return append(b, "\n    </item>"...)
}

// AppendAtom appends the item as an <entry> of Atom 1.0.
func (i *Item) AppendAtom(b []byte) []byte {
	b = append(b, "\n  <entry>\n    <title>"...)
	b = appendXML(b, i.Title)
	b = append(b, "</title>\n    <updated>"...)
	b = i.Time.AppendFormat(b, time.RFC3339)
	b = append(b, "</updated>\n    <id>"...)
	b = appendXML(b, i.ID)
	b = append(b, "</id>\n    <published>"...)
	b = i.Time.AppendFormat(b, time.RFC3339)
	b = append(b, "</published>"...)
	if i.Text != "" {
		b = append(b, "\n    <summary type=\"text\">"...)
		b = appendXML(b, i.Text)
		b = append(b, "</summary>"...)
	}
	b = append(b, "\n    <link rel=\"alternate\" type=\"text/html\" href=\""...)
	b = appendXML(b, i.URL)
	b = append(b, "\"></link>"...)
	for _, s := range i.Authors {
		b = append(b, "\n    <author>\n      <name>"...)
		b = appendXML(b, s)
		b = append(b, "</name>\n    </author>"...)
	}
	for _, s := range i.Sections {
		b = append(b, "\n    <category term=\""...)
		b = appendXML(b, s)
		b = append(b, "\"></category>"...)
	}
	return append(b, "\n  </entry>"...)
}

// AppendJSON appends the item as an element of the items of a JSON Feed 1.1,
// without a comma. JSON Feed requires content, so an item without text gets its
// title as text, and an extension marks it.
func (i *Item) AppendJSON(b []byte) []byte {
	b = append(b, "\n    {\n      \"id\": "...)
	b = appendJSON(b, i.ID)
	b = append(b, ",\n      \"url\": "...)
	b = appendJSON(b, i.URL)
	b = append(b, ",\n      \"title\": "...)
	b = appendJSON(b, i.Title)
	b = append(b, ",\n      \"content_text\": "...)
	b = appendJSON(b, cmp.Or(i.Text, i.Title))
	b = append(b, ",\n      \"date_published\": \""...)
	b = i.Time.AppendFormat(b, time.RFC3339)
	b = append(b, '"')
	for n, s := range i.Authors {
		if n == 0 {
			b = append(b, ",\n      \"authors\": [\n        {\n          \"name\": "...)
		} else {
			b = append(b, ",\n        {\n          \"name\": "...)
		}
		b = append(appendJSON(b, s), "\n        }"...)
	}
	if len(i.Authors) > 0 {
		b = append(b, "\n      ]"...)
	}
	for n, s := range i.Sections {
		if n == 0 {
			b = append(b, ",\n      \"tags\": [\n        "...)
		} else {
			b = append(b, ",\n        "...)
		}
		b = appendJSON(b, s)
	}
	if len(i.Sections) > 0 {
		b = append(b, "\n      ]"...)
	}
	if i.Text == "" {
		b = append(b, ",\n      \"_vatesfeed\": {\n        \"no_text\": true\n      }"...)
	}
	return append(b, "\n    }"...)
}

var htmlEscaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// HTML returns a text as HTML. If it has several paragraphs, each becomes a <p>.
func HTML(s string) string {
	if strings.ContainsAny(s, "&<>") {
		s = htmlEscaper.Replace(s)
	}
	if !strings.Contains(s, "\n\n") {
		return s
	}
	return "<p>" + strings.ReplaceAll(s, "\n\n", "</p>\n\n<p>") + "</p>"
}

// tag matches the beginning of an HTML tag (HTML Living Standard, section
// 13.2.5.6). "a < b" has none.
var tag = regexp.MustCompile(`<[a-zA-Z/!?]`)

// RSSText returns a text in the form for the title or the description of an RSS
// channel, or the title of an item. RSS 2.0 leaves open whether these are HTML.
// Most readers treat them as HTML, and lose what looks like a tag or a character
// reference. So RSSText escapes a text that has one of these. It does not change
// other texts: they mean the same either way, and some readers show escapes
// literally.
func RSSText(s string) string {
	if !strings.ContainsAny(s, "<&") || !tag.MatchString(s) && html.UnescapeString(s) == s {
		return s
	}
	return htmlEscaper.Replace(s)
}

// These tables have what encoding/xml and encoding/json write in place of a byte.
// "" means the byte itself.
var (
	xmlEscapes = [256]string{
		'"': "&#34;", '\'': "&#39;", '&': "&amp;", '<': "&lt;", '>': "&gt;",
		'\t': "&#x9;", '\n': "&#xA;", '\r': "&#xD;",
	}
	jsonEscapes = [256]string{
		'"': `\"`, '\\': `\\`, '\t': `\t`, '\n': `\n`, '\r': `\r`,
		// This byte begins many characters. Only U+2028 and U+2029 are escaped:
		// JavaScript once read these separators as line ends.
		0xe2: `\u2028`,
	}
)

func appendXML(b []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		if escaped := xmlEscapes[s[i]]; escaped != "" {
			b = append(append(b, s[from:i]...), escaped...)
			from = i + 1
		}
	}
	return append(b, s[from:]...)
}

func appendJSON(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		escaped, size := jsonEscapes[s[i]], 1
		if escaped == "" {
			continue
		}
		if s[i] == 0xe2 {
			switch size = len("\u2028"); {
			case strings.HasPrefix(s[i:], "\u2028"):
			case strings.HasPrefix(s[i:], "\u2029"):
				escaped = `\u2029`
			default:
				continue
			}
		}
		b = append(append(b, s[from:i]...), escaped...)
		from = i + size
	}
	return append(append(b, s[from:]...), '"')
}
