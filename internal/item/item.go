// Package item writes the items of feeds one at a time, directly as bytes. The
// tests of the root package compare these with what the types of gorilla/feeds
// give.
package item

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
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
	Content  string // the whole text as HTML, or ""
	Authors  []string
	Sections []string
	Image    Image
	Time     time.Time
}

// An Image is the picture of an item. There is none if its URL is empty. Its JSON
// is what JSON Feed has no fields for.
type Image struct {
	URL    string `json:"-"`
	Alt    string `json:"alt,omitempty"`
	Width  int    `json:"width,omitempty"` // in pixels, or 0
	Height int    `json:"height,omitempty"`
	Type   string `json:"type,omitempty"`
}

// An Extension is the object _vatesfeed of an item of a JSON Feed.
type Extension struct {
	Image  Image `json:"image,omitzero"`
	NoText bool  `json:"no_text,omitempty"` // the content is the title
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
	b = append(b, "</description>"...)
	if i.Content != "" {
		b = append(b, "\n      <content:encoded><![CDATA["...)
		b = append(b, strings.ReplaceAll(i.Content, "]]>", "]]]]><![CDATA[>")...)
		b = append(b, "]]></content:encoded>"...)
	}
	b = append(b, "\n      <guid isPermaLink=\""...)
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
	b = i.Image.appendXML(b, "\n      ")
	return append(b, "\n    </item>"...)
}

// appendXML appends the image, if there is one, as a media:content of Media RSS
// 1.5.1. RSS's own <enclosure> requires the size of the file, which no page tells.
func (p *Image) appendXML(b []byte, indent string) []byte {
	if p.URL == "" {
		return b
	}
	b = append(append(b, indent...), "<media:content url=\""...)
	b = appendXML(b, p.URL)
	if p.Type != "" {
		b = append(b, "\" type=\""...)
		b = appendXML(b, p.Type)
	}
	b = append(b, "\" medium=\"image"...)
	if p.Width > 0 && p.Height > 0 {
		b = fmt.Appendf(b, `" width="%d" height="%d`, p.Width, p.Height)
	}
	b = append(b, "\">"...)
	if p.Alt != "" {
		b = append(append(b, indent...), "  <media:description type=\"plain\">"...)
		b = append(appendXML(b, p.Alt), "</media:description>"...)
		b = append(b, indent...)
	}
	return append(b, "</media:content>"...)
}

// AppendAtom appends the item as an <entry> of Atom 1.0.
func (i *Item) AppendAtom(b []byte) []byte {
	b = append(b, "\n  <entry>\n    <title>"...)
	b = appendXML(b, i.Title)
	b = append(b, "</title>\n    <updated>"...)
	b = i.Time.AppendFormat(b, time.RFC3339)
	b = append(b, "</updated>\n    <id>"...)
	b = appendXML(b, i.ID)
	b = append(b, "</id>"...)
	if i.Content != "" {
		b = append(b, "\n    <content type=\"html\">"...)
		b = appendXML(b, i.Content)
		b = append(b, "</content>"...)
	}
	b = append(b, "\n    <published>"...)
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
	b = i.Image.appendXML(b, "\n    ")
	return append(b, "\n  </entry>"...)
}

// AppendJSON appends the item as an element of the items of a JSON Feed 1.1,
// without a comma. JSON Feed requires content, so an item without text gets its
// title as text, and an extension marks it. The extension also has what the format
// has no field for.
func (i *Item) AppendJSON(b []byte) []byte {
	b = append(b, "\n    {\n      \"id\": "...)
	b = appendJSON(b, i.ID)
	b = append(b, ",\n      \"url\": "...)
	b = appendJSON(b, i.URL)
	b = append(b, ",\n      \"title\": "...)
	b = appendJSON(b, i.Title)
	switch {
	case i.Content == "":
		b = append(b, ",\n      \"content_text\": "...)
		b = appendJSON(b, cmp.Or(i.Text, i.Title))
	case i.Text != "":
		b = append(b, ",\n      \"content_html\": "...)
		b = appendJSON(b, i.Content)
		b = append(b, ",\n      \"summary\": "...)
		b = appendJSON(b, i.Text)
	default:
		b = append(b, ",\n      \"content_html\": "...)
		b = appendJSON(b, i.Content)
	}
	if i.Image.URL != "" {
		b = append(b, ",\n      \"image\": "...)
		b = appendJSON(b, i.Image.URL)
	}
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
	b = i.appendExtension(b)
	return append(b, "\n    }"...)
}

// appendExtension appends the object _vatesfeed, if it says anything.
func (i *Item) appendExtension(b []byte) []byte {
	x := Extension{NoText: i.Text == "" && i.Content == "", Image: i.Image}
	x.Image.URL = ""
	if x == (Extension{}) {
		return b
	}
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("      ", "  ")
	e.Encode(x) // it has nothing that could fail
	return append(append(b, ",\n      \"_vatesfeed\": "...), bytes.TrimSuffix(text.Bytes(), []byte("\n"))...)
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
