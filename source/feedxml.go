package source

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"html"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

// prefixes maps the namespaces of feeds to the prefixes of names in this file. If
// a feed uses a prefix without declaring it, encoding/xml gives the prefix in
// place of the namespace.
var prefixes = map[string]string{
	"http://purl.org/rss/1.0/":                    "",
	"http://channel.netscape.com/rdf/simple/0.9/": "",
	"http://my.netscape.com/rdf/simple/0.9/":      "",

	"http://www.w3.org/2005/Atom":              "atom:",
	"http://purl.org/atom/ns#":                 "atom:",
	"http://purl.org/rss/1.0/modules/content/": "content:",
	"http://purl.org/dc/elements/1.1/":         "dc:",
	"http://purl.org/dc/terms/":                "dcterms:",
	"http://search.yahoo.com/mrss/":            "media:",

	"atom": "atom:", "content": "content:", "dc": "dc:", "dcterms": "dcterms:", "media": "media:",
}

// readXML reads RSS 0.9 to 2.0, Atom 0.3 and Atom 1.0 (RFC 4287). It goes through
// the document's tokens once, without recursion, so that nesting may be of any
// depth.
func readXML(body []byte) *feed {
	r := xmlReader{Decoder: xml.NewDecoder(bytes.NewReader(body))}
	r.Strict = false
	r.Entity = xml.HTMLEntity
	r.CharsetReader = func(_ string, utf8 io.Reader) (io.Reader, error) { return utf8, nil } // see decodeFeed
	r.feed.broken = r.readFeed()
	if r.feed.own {
		// Our titles are plain text, in RSS with the escapes of item.RSSText.
		plain := func(m *markup) {
			if r.rss {
				m.s = html.UnescapeString(m.s)
			}
			m.html = false
		}
		plain(&r.feed.title)
		for i := range r.feed.items {
			plain(&r.feed.items[i].title)
		}
	}
	return &r.feed
}

type xmlReader struct {
	*xml.Decoder
	feed feed
	root xml.Name
	rss  bool     // whether texts without a type are HTML
	base *url.URL // xml:base of the feed
}

// name returns an element's name in lower case, with the prefix from prefixes, or
// "" for an element of an unknown namespace.
func (r *xmlReader) name(n xml.Name) string {
	prefix, ok := prefixes[n.Space]
	switch {
	case n.Space == r.root.Space:
		prefix = "" // whatever namespace the feed itself has
	case !ok && n.Space != "":
		return ""
	}
	return prefix + strings.ToLower(n.Local)
}

func (r *xmlReader) readFeed() error {
	other := 0 // the number of open elements that are not known
	for {
		token, err := r.Token()
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		if _, end := token.(xml.EndElement); end && other > 0 {
			other--
		}
		if !ok {
			continue
		}
		if r.root.Local == "" {
			r.root = start.Name
			r.rss = r.name(start.Name) != "feed" && r.name(start.Name) != "entry"
		}
		name := r.name(start.Name)
		if other > 0 && name != "item" && name != "entry" {
			other++
			continue
		}
		switch name {
		case "rss", "rdf", "feed", "channel":
			r.base = xmlBase(r.base, start)
		case "item", "entry":
			for open := &start; open != nil; {
				var item feedItem
				if item, open, err = r.readItem(*open); err != nil {
					return err
				}
				r.feed.items = append(r.feed.items, item)
			}
		case "title":
			r.feed.title, err = r.markup(start)
		case "link", "atom:link":
			var rel, ref string
			switch rel, ref, err = r.link(r.base, start); rel {
			case "alternate":
				r.feed.home = cmp.Or(r.feed.home, ref)
			case "self":
				r.feed.self = ref
			}
		case "generator":
			var s string
			s, err = r.text()
			r.feed.own = strings.HasPrefix(s, "vatesfeed")
		default:
			other++
		}
		if err != nil {
			return err
		}
	}
}

// readItem reads an item or entry to its end. If the next one begins before that,
// it returns the start of the next one.
func (r *xmlReader) readItem(start xml.StartElement) (item feedItem, next *xml.StartElement, err error) {
	item.line, _ = r.InputPos()
	item.id = attr(start, "about") // RSS 1.0, section 5.5
	base := xmlBase(r.base, start)
	var dcTitle markup
	var permalink, otherLink string
	for next == nil {
		token, err := r.Token()
		if err != nil {
			return item, nil, err
		}
		start, ok := token.(xml.StartElement)
		if _, end := token.(xml.EndElement); end {
			break
		} else if !ok {
			continue
		}
		var s string
		switch name := r.name(start.Name); name {
		case "item", "entry":
			next = &start
		case "title":
			item.title, err = r.markup(start)
		case "dc:title":
			dcTitle, err = r.markup(start)
		case "link", "atom:link":
			var rel, ref string
			switch rel, ref, err = r.link(base, start); rel {
			case "alternate":
				item.link = cmp.Or(item.link, ref)
			case "other":
				otherLink = cmp.Or(otherLink, ref)
			case "enclosure":
				if kind := attr(start, "type"); strings.HasPrefix(kind, "image/") {
					item.addImage(vatesfeed.Image{URL: ref, Type: kind})
				}
			}
		case "guid", "id", "atom:id":
			item.id, err = r.text()
			if name == "guid" && !strings.EqualFold(attr(start, "isPermaLink"), "false") {
				permalink = item.id
			}
		case "description", "summary", "atom:summary":
			item.summary, err = r.markup(start)
		case "content", "atom:content", "content:encoded":
			item.content, err = r.markup(start)
		case "pubdate", "published", "issued", "atom:published", "dcterms:issued":
			item.dates[datePublished], err = r.text()
		case "dc:date", "created", "dcterms:created":
			item.dates[dateCreated], err = r.text()
		case "updated", "modified", "atom:updated", "dcterms:modified":
			item.dates[dateUpdated], err = r.text()
		case "author", "dc:creator", "atom:author":
			s, err = r.author(start)
			item.authors = append(item.authors, s)
		case "enclosure", "media:content", "media:thumbnail", "media:group":
			var image vatesfeed.Image
			image, err = r.image(start)
			image.URL = weburl.Resolve(base, image.URL)
			item.addImage(image)
		case "category", "dc:subject", "atom:category":
			s, err = r.text()
			for _, key := range []string{"term", "label"} {
				if v := attr(start, key); v != "" {
					s = v
				}
			}
			item.categories = append(item.categories, s)
		default:
			err = r.Skip()
		}
		if err != nil {
			return item, nil, err
		}
	}
	item.link = cmp.Or(item.link, permalink, otherLink)
	if item.title.s == "" {
		item.title = dcTitle
	}
	return item, next, nil
}

// author reads the name of an author: Atom's element name, or the text of RSS,
// which may be "mail@example.org (Name)" (RSS 2.0, element author).
func (r *xmlReader) author(start xml.StartElement) (string, error) {
	var v struct {
		Name string `xml:"name"`
		Text string `xml:",chardata"`
	}
	err := r.DecodeElement(&v, &start)
	if mail, rest, ok := strings.Cut(v.Text, "("); ok && strings.Contains(mail, "@") {
		v.Text = strings.TrimSuffix(strings.TrimSpace(rest), ")")
	}
	name := cmp.Or(v.Name, v.Text)
	if strings.Contains(name, "@") {
		name = "" // an address is not for everybody
	}
	return name, err
}

// image reads an enclosure or an element of Media RSS, to its end, and returns the
// first image in it.
func (r *xmlReader) image(start xml.StartElement) (image vatesfeed.Image, err error) {
	found := imageOf(r.name(start.Name), start)
	for depth := 1; depth > 0; {
		token, err := r.Token()
		if err != nil {
			return found, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			name := r.name(t.Name)
			if name == "media:description" && found.Alt == "" {
				m, err := r.markup(t)
				if err != nil {
					return found, err
				}
				found.Alt = m.line()
				continue
			}
			if found.URL == "" {
				found = imageOf(name, t)
			}
			depth++
		case xml.EndElement:
			depth--
		}
	}
	if found.URL == "" {
		return vatesfeed.Image{}, nil // the description is of something else
	}
	return found, nil
}

// imageOf returns the image that an element names, or none.
func imageOf(name string, start xml.StartElement) (i vatesfeed.Image) {
	kind := attr(start, "type")
	switch {
	case name == "media:thumbnail":
	case (name == "enclosure" || name == "media:content") && (strings.HasPrefix(kind, "image/") || attr(start, "medium") == "image"):
	default:
		return i
	}
	i = vatesfeed.Image{URL: attr(start, "url"), Type: kind}
	i.Width, _ = strconv.Atoi(attr(start, "width"))
	i.Height, _ = strconv.Atoi(attr(start, "height"))
	return i
}

// link reads a link of Atom or RSS and returns its relation: "alternate" for the
// page of the item or feed, "other" for an alternate that is not HTML, or else the
// rel attribute.
func (r *xmlReader) link(base *url.URL, start xml.StartElement) (rel, ref string, err error) {
	ref, err = r.text()
	rel = "alternate"
	if href := attr(start, "href"); href != "" {
		ref = href
		rel = cmp.Or(attr(start, "rel"), rel)
		if kind := attr(start, "type"); rel == "alternate" && kind != "" && !strings.Contains(kind, "html") {
			rel = "other"
		}
	}
	return rel, weburl.Resolve(xmlBase(base, start), ref), err
}

// markup reads an element to its end. The type attribute (RFC 4287, sections 3.1
// and 4.1.3) determines whether its text is HTML. If there are elements within,
// they are HTML too. Content that is not text, such as an image in base64, gives
// an empty text.
func (r *xmlReader) markup(start xml.StartElement) (markup, error) {
	kind := strings.ToLower(attr(start, "type"))
	major, _, isMediaType := strings.Cut(kind, "/")
	switch {
	case kind == "":
		return r.content(r.rss)
	case isMediaType && major != "text" && !strings.Contains(kind, "xml"):
		return markup{}, r.Skip()
	}
	return r.content(kind == "html" || kind == "text/html")
}

// text reads an element's text, to its end.
func (r *xmlReader) text() (string, error) {
	m, err := r.content(false)
	if m.html {
		return m.line(), err
	}
	return m.s, err
}

func (r *xmlReader) content(isHTML bool) (markup, error) {
	var b strings.Builder
	depth, elements := 0, false
	for {
		token, err := r.Token()
		if err != nil {
			return markup{}, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if !isHTML && !elements {
				plain := b.String()
				b.Reset()
				b.WriteString(html.EscapeString(plain))
			}
			depth, elements = depth+1, true
			b.WriteString("<" + t.Name.Local)
			for _, a := range t.Attr {
				b.WriteString(" " + a.Name.Local + `="` + html.EscapeString(a.Value) + `"`)
			}
			b.WriteString(">")
		case xml.EndElement:
			if depth == 0 {
				return markup{b.String(), isHTML || elements}, nil
			}
			depth--
			if t.Name.Local != "br" { // HTML reads </br> as another <br>
				b.WriteString("</" + t.Name.Local + ">")
			}
		case xml.CharData:
			if depth > 0 || elements && !isHTML {
				b.WriteString(html.EscapeString(string(t)))
			} else {
				b.Write(t)
			}
		}
	}
}

func attr(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if strings.EqualFold(a.Name.Local, name) {
			return a.Value
		}
	}
	return ""
}

// xmlBase returns the base URL of the links in an element (W3C XML Base, section
// 3), given the base of the parent element. Nil means that the document declares
// none.
func xmlBase(base *url.URL, start xml.StartElement) *url.URL {
	for _, a := range start.Attr {
		if a.Name.Local != "base" || a.Name.Space != "http://www.w3.org/XML/1998/namespace" && a.Name.Space != "xml" {
			continue
		}
		u, err := url.Parse(strings.TrimSpace(a.Value))
		if err != nil {
			return base
		}
		if base != nil {
			u = base.ResolveReference(u)
		}
		return u
	}
	return base
}
