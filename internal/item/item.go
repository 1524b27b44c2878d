// Package item writes the items of feeds, one at a time: as bytes, without
// building them in memory first. The tests of the root package show that these
// bytes are the ones that gorilla/feeds' types give.
package item

import (
	"cmp"
	"html"
	"regexp"
	"strings"
	"time"
)

// An Item is an article in the words of a feed. Its strings hold only what XML
// can hold.
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
// without a comma. An item must have some content: where there is no text, the
// title stands in for it, and an extension says so.
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

// HTML returns a text as HTML, each of several paragraphs as a <p>.
func HTML(s string) string {
	if strings.ContainsAny(s, "&<>") {
		s = htmlEscaper.Replace(s)
	}
	if !strings.Contains(s, "\n\n") {
		return s
	}
	return "<p>" + strings.ReplaceAll(s, "\n\n", "</p>\n\n<p>") + "</p>"
}

// tag is how a tag begins in HTML (section 13.2.5.6 of the WHATWG's standard).
// "a < b" has none.
var tag = regexp.MustCompile(`<[a-zA-Z/!?]`)

// RSSText returns a text as the title or the description of an RSS channel, or
// the title of an item. RSS 2.0 leaves open whether these are HTML. Most readers
// take them for HTML, and lose what looks like a tag or a character reference;
// so a text that has such a thing is escaped. Any other is the same either way,
// and stays as it is for readers that show it as it is.
func RSSText(s string) string {
	if !strings.ContainsAny(s, "<&") || !tag.MatchString(s) && html.UnescapeString(s) == s {
		return s
	}
	return htmlEscaper.Replace(s)
}

// What encoding/xml and encoding/json write in place of a byte. "" stands for
// the byte itself.
var (
	xmlEscapes = [256]string{
		'"': "&#34;", '\'': "&#39;", '&': "&amp;", '<': "&lt;", '>': "&gt;",
		'\t': "&#x9;", '\n': "&#xA;", '\r': "&#xD;",
	}
	jsonEscapes = [256]string{
		'"': `\"`, '\\': `\\`, '\t': `\t`, '\n': `\n`, '\r': `\r`,
		// This byte begins many characters, of which only U+2028 and U+2029 are
		// escaped: JavaScript once took these separators for line ends.
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
