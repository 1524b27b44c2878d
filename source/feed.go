package source

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	jsonfeed "github.com/mmcdole/gofeed/json"
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/page"
	"github.com/vatesfeed/vatesfeed/internal/text"
)

// readFeed reads a feed as one listing. Its articles have the identities that
// the feed gives them. A feed that this module wrote gives the articles that
// it was written from.
func readFeed(name string, body []byte) ([]vatesfeed.Listing, error) {
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	parser.RSSTranslator = &gofeed.DefaultRSSTranslator{DisableContentImageScan: true}
	feed, err := parser.Parse(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("%s: the feed is broken: %w", name, err)
	}
	f := feedReader{feed: feed, own: strings.HasPrefix(feed.Generator, "vatesfeed")}
	if original, ok := feed.OriginalFeed().(*jsonfeed.Feed); ok {
		f.json = original
		f.own = strings.HasPrefix(original.UserComment, "Made by vatesfeed")
	}

	l := vatesfeed.Listing{URL: webAddress(feed.Link)}
	l.Heading, _ = text.Line(feed.Title)
	for i := range feed.Items {
		a, err := f.article(i)
		if err != nil {
			l.Problems = append(l.Problems, &vatesfeed.Problem{Name: name, Err: err, Text: feed.Items[i].Title})
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
}

func (f *feedReader) article(i int) (vatesfeed.Article, error) {
	item := f.feed.Items[i]
	a := vatesfeed.Article{Summary: f.summary(i), Link: webAddress(item.Link)}
	switch {
	case item.PublishedParsed != nil:
		a.Date = vatesfeed.DayOf(*item.PublishedParsed)
	case item.UpdatedParsed != nil:
		a.Date = vatesfeed.DayOf(*item.UpdatedParsed)
	default:
		return a, fmt.Errorf("item %d of the feed has a date that is %w: %q", i+1, vatesfeed.ErrDate, item.Published)
	}
	a.Title, _ = text.Line(item.Title)
	if !f.own && isMarkup(item.Title) {
		a.Title = strings.Join(strings.Fields(page.Text(item.Title)), " ")
	}
	for _, c := range item.Categories {
		if c, _ := text.Line(c); c != "" && !slices.Contains(a.Sections, c) {
			a.Sections = append(a.Sections, c)
		}
	}
	a.GUID, _ = text.Line(item.GUID)
	if a.GUID == "" {
		a.GUID = a.ID()
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

// summary returns the text of an item.
func (f *feedReader) summary(i int) string {
	item := f.feed.Items[i]
	if f.json != nil {
		original := f.json.Items[i]
		switch {
		case original.ContentText != "":
			return plainText(original.ContentText)
		case original.ContentHTML != "" && original.Summary == "":
			return page.Text(original.ContentHTML)
		}
		return plainText(original.Summary)
	}
	s := item.Description
	if s == "" {
		s = item.Content
	}
	if f.feed.FeedType == "rss" || !f.own && isMarkup(s) {
		return page.Text(s)
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
	if err != nil || checkAddress(u) != nil {
		return ""
	}
	return u.String()
}
