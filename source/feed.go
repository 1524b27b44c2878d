package source

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	jsonfeed "github.com/mmcdole/gofeed/json"
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

// readFeed reads a feed as one listing. Its articles have the identities that
// the feed gives them. A feed that this module wrote gives the articles that
// it was written from.
func readFeed(name string, body []byte, contentType string, pageURL *url.URL) ([]vatesfeed.Listing, error) {
	body, err := decodeFeed(body, contentType)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	parser.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	feed, err := parse(parser, body)
	if err != nil {
		return nil, fmt.Errorf("%s: the feed is broken: %w", name, err)
	}
	f := feedReader{feed: feed, own: strings.HasPrefix(feed.Generator, "vatesfeed")}
	if original, ok := feed.OriginalFeed().(*jsonfeed.Feed); ok {
		f.json = original
		f.own = strings.HasPrefix(original.UserComment, "Made by vatesfeed")
		if original.Version == "" && len(original.Items) == 0 {
			return nil, fmt.Errorf("%s: %w: it is JSON, and no JSON Feed", name, vatesfeed.ErrNoArticles)
		}
	}
	if !f.own {
		f.base = pageURL
		for _, s := range []string{feed.FeedLink, feed.Link} {
			if u, err := url.Parse(webAddress(s)); err == nil && u.Host != "" {
				f.base = u
			}
		}
	}

	l := vatesfeed.Listing{URL: webAddress(feed.Link)}
	l.Heading, _ = text.Line(feed.Title)
	for i := range feed.Items {
		a, err := f.article(i)
		if err != nil {
			l.Problems = append(l.Problems, &vatesfeed.ParseError{Name: name, Err: err, Text: feed.Items[i].Title})
			continue
		}
		if len(a.Sections) == 0 && !f.own && l.Heading != "" {
			l.Section = l.Heading
			a.Sections = []string{l.Section}
		}
		l.Articles = append(l.Articles, a)
	}
	if len(l.Articles) == 0 {
		return []vatesfeed.Listing{l}, fmt.Errorf("%s: %w: the feed has no item with a date", name, vatesfeed.ErrNoArticles)
	}
	return []vatesfeed.Listing{l}, nil
}

// A feedReader turns the items of a feed into articles.
type feedReader struct {
	feed *gofeed.Feed
	json *jsonfeed.Feed // the same, if it is a JSON Feed
	own  bool           // this module wrote it
	base *url.URL       // what the links of another's feed are relative to; may be nil
}

// parse is parser.Parse, told of the kind of feed by its root. (gofeed looks at
// the first 4 KiB alone, which may all be a comment.)
func parse(parser *gofeed.Parser, body []byte) (*gofeed.Feed, error) {
	body = trimStart(body)
	if i := bytes.Index(body, []byte("<!--")); i >= 0 && i < sniffLen {
		if end := bytes.Index(body, []byte("-->")); end > i {
			if name, ok := rootElement(body); ok && !bytes.Contains(body[:i], []byte("<"+name)) {
				body = append(bytes.Clone(body[:i]), body[end+len("-->"):]...)
			}
		}
	}
	return parser.Parse(bytes.NewReader(body))
}

var encodingDeclaration = regexp.MustCompile(`^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']`)

// decodeFeed returns a feed as UTF-8, unless it declares what else it is, which
// the XML parser then sees to.
func decodeFeed(body []byte, contentType string) ([]byte, error) {
	if hasUTF16Mark(body) {
		text, err := io.ReadAll(decodeText(body, contentType))
		return encodingDeclaration.ReplaceAll(trimStart(bytes.ToValidUTF8(text, []byte("\uFFFD"))), []byte("<?xml version=\"1.0\"")), err
	}
	body = trimStart(body)
	if encodingDeclaration.Match(body) || utf8.Valid(body) {
		return body, nil
	}
	text, err := io.ReadAll(decodeText(body, contentType))
	return bytes.ToValidUTF8(text, []byte("\uFFFD")), err
}

func (f *feedReader) article(i int) (vatesfeed.Article, error) {
	item := f.feed.Items[i]
	a := vatesfeed.Article{Summary: f.summary(i), Link: f.link(item.Link)}
	switch {
	case item.PublishedParsed != nil:
		a.Date = vatesfeed.DateOf(*item.PublishedParsed)
	case item.UpdatedParsed != nil:
		a.Date = vatesfeed.DateOf(*item.UpdatedParsed)
	default:
		return a, fmt.Errorf("item %d of the feed has a date that is %w: %q", i+1, vatesfeed.ErrDate, item.Published)
	}
	a.Title, _ = text.Line(item.Title)
	if !f.own && isMarkup(item.Title) {
		a.Title = strings.Join(strings.Fields(htmltext.Text(item.Title)), " ")
	}
	for _, c := range item.Categories {
		if c, _ := text.Line(c); c != "" && !slices.Contains(a.Sections, c) {
			a.Sections = append(a.Sections, c)
		}
	}
	a.GUID, _ = text.Line(item.GUID)
	if u, err := url.Parse(a.GUID); err == nil && !f.own {
		a.GUID = u.String() // as gofeed gives those of Atom feeds, so that all formats agree
	}
	if a.Link == "" && !f.own {
		a.Link = f.link(webAddress(a.GUID)) // a permalink
	}
	switch {
	case a.GUID == "":
		a.GUID = a.ID()
	case !f.own && !strings.Contains(a.GUID, ":"):
		// Such as "1", which is unique in this feed only.
		a.GUID = cmp.Or(webAddress(f.feed.FeedLink), webAddress(f.feed.Link), "urn:feed:"+url.PathEscape(f.feed.Title)) + "#" + a.GUID
	}

	// Where an article has no link or no title of its own, our feeds have
	// something else in their place.
	bare := a
	bare.Link, bare.Title = "", ""
	if a.Link == vatesfeed.ItemURL(a.Link, bare) {
		a.Link = ""
	}
	if f.own && a.Title == bare.Headline() {
		a.Title = ""
	}
	return a, nil
}

// link returns an item's link as an article's.
func (f *feedReader) link(ref string) string {
	if f.own || ref == "" {
		return webAddress(ref)
	}
	return weburl.Clean(f.base, ref)
}

// summary returns the text of an item.
func (f *feedReader) summary(i int) string {
	item := f.feed.Items[i]
	if f.json != nil {
		original := f.json.Items[i]
		switch {
		case original.ContentText != "":
			return plainText(original.ContentText)
		case original.ContentHTML != "" && original.Summary == "":
			return htmltext.Text(original.ContentHTML)
		}
		return plainText(original.Summary)
	}
	s := item.Description
	if s == "" {
		s = item.Content
	}
	if f.feed.FeedType == "rss" || !f.own && isMarkup(s) {
		return htmltext.Text(s)
	}
	return plainText(s)
}

var (
	blankLine = regexp.MustCompile(`\n[^\S\n]*\n`)
	someTag   = regexp.MustCompile(`<(?:/?[a-zA-Z]|!--)[^>]*>`)
)

// isMarkup reports whether a text seems to be HTML. gofeed does not tell of
// which type an Atom text construct is.
func isMarkup(s string) bool {
	return someTag.MatchString(s) || html.UnescapeString(s) != s
}

// plainText returns a text as summaries are.
func plainText(s string) string {
	var paragraphs []string
	for _, p := range blankLine.Split(s, -1) {
		if p, _ := text.Line(p); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	return strings.Join(paragraphs, "\n\n")
}

// webAddress returns s if it is an http or https address, and else "".
func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || !weburl.Is(u) {
		return ""
	}
	u.User = nil
	return u.String()
}
