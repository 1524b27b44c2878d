package archive

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/item"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"github.com/vatesfeed/vatesfeed/source"
)

// own is what the archive remembers of an article's own page.
type own struct {
	source.ArticlePage        // what was taken from it
	read               bool   // it was read
	full               bool   // it was read for the text too
	reason             string // why it could not be read the last time
	tries              int    // how many have failed
	notBefore          time.Time
}

// pauses are how long to wait after a try that failed. There is no other try after
// the last one.
var pauses = [...]time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 4 * 24 * time.Hour}

const maxTries = len(pauses) + 1

// ownPages returns what the own pages of the records add: the text only with texts.
func (a *Archive) ownPages(texts bool) []source.ArticlePage {
	pages := make([]source.ArticlePage, len(a.records))
	for i, r := range a.records {
		pages[i] = r.own.ArticlePage
		if !texts {
			pages[i].Content = ""
		}
	}
	source.DropShared(pages)
	return pages
}

// complete returns the article with what its own page adds.
func (r *record) complete(page source.ArticlePage) vatesfeed.Article {
	a := r.Article
	page.Complete(&a)
	return a
}

// Pending returns the articles whose own pages are to be read at the time now, the
// newest first: those that have a link, that lack something that such a page may
// have, and whose page has not been read yet. With full, that may be the text.
//
// A page that could not be read is to be read again after an hour, and then after
// longer pauses, five times in all. No page is to be read of a host that asked to
// wait, until that time has passed.
func (a *Archive) Pending(now time.Time, full bool) []vatesfeed.Article {
	var pending []vatesfeed.Article
	pages := a.ownPages(full)
	for i := range a.records {
		r := &a.records[i]
		done := r.own.read && (r.own.full || !full)
		waits := r.own.tries >= maxTries || isBefore(now, r.own.notBefore) || isBefore(now, a.pauses[hostOf(r.Link)])
		if article := r.complete(pages[i]); !done && !waits && source.LacksOwnPage(article, full) {
			pending = append(pending, article)
		}
	}
	return pending
}

func hostOf(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// Complete remembers what the own page of an article said, or the error with which
// reading it ended; see source.PageReader.Read. An article keeps what its sources
// have. Errors that wrap ErrWait or source.ErrOtherSite are no tries, since nothing was
// requested.
func (a *Archive) Complete(now time.Time, id string, page source.ArticlePage, full bool, err error) {
	i := slices.IndexFunc(a.records, func(r record) bool { return r.GUID == id })
	if i < 0 {
		return
	}
	if pause := retryAfter(err); pause > 0 {
		if a.pauses == nil {
			a.pauses = make(map[string]time.Time)
		}
		a.pauses[hostOf(a.records[i].Link)] = after(now, pause)
	}
	o := &a.records[i].own
	switch {
	case errors.Is(err, ErrWait), errors.Is(err, source.ErrOtherSite):
	case err == nil, errors.Is(err, source.ErrNoText):
		var all vatesfeed.Article
		page.Complete(&all)
		o.ArticlePage.Complete(&all) // what it said before
		*o = own{ArticlePage: source.ArticlePage{Title: all.Title, Authors: all.Authors, Image: all.Image, Content: all.Content}, read: true, full: full}
		if err != nil {
			o.reason = weburl.Redact(err.Error())
		}
	default:
		o.reason = weburl.Redact(err.Error())
		o.tries++
		o.notBefore = after(now, pauses[min(o.tries, len(pauses))-1])
	}
}

// fileOwn is an own in the file.
type fileOwn struct {
	Read      string     `json:"read,omitempty"` // "title" or "full"
	Title     string     `json:"title,omitempty"`
	Authors   []string   `json:"authors,omitempty"`
	ImageURL  string     `json:"image_url,omitempty"`
	Image     item.Image `json:"image,omitzero"`
	Text      string     `json:"content_html,omitempty"`
	Error     string     `json:"error,omitempty"`
	Tries     int        `json:"tries,omitempty"`
	NotBefore time.Time  `json:"not_before,omitzero"`
}

func (o *own) file() *fileOwn {
	if !o.read && o.tries == 0 {
		return nil
	}
	f := &fileOwn{
		Title: o.Title, Authors: o.Authors, ImageURL: o.Image.URL, Image: item.Image(o.Image), Text: o.Content,
		Error: o.reason, Tries: o.tries, NotBefore: o.notBefore,
	}
	switch {
	case o.read && o.full:
		f.Read = "full"
	case o.read:
		f.Read = "title"
	}
	return f
}

func (f *fileOwn) own() (o own) {
	if f == nil {
		return o
	}
	o.ArticlePage = source.ArticlePage{Title: f.Title, Authors: f.Authors, Image: vatesfeed.Image(f.Image), Content: f.Text}
	o.Image.URL = f.ImageURL
	o.read, o.full, o.reason, o.tries, o.notBefore = f.Read != "", f.Read == "full", f.Error, max(f.Tries, 0), f.NotBefore
	return o
}
