package archive

import (
	"errors"
	"slices"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"github.com/vatesfeed/vatesfeed/source"
)

// own is what the archive remembers of an article's own page.
type own struct {
	source.ArticlePage        // what was taken from it
	read               bool   // successfully
	full               bool   // with the text
	reason             string // why it could not be read the last time
	tries              int    // that failed
	notBefore          time.Time
}

// pauses are how long to wait after a try that failed. There is no other try after
// the last one.
var pauses = [...]time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 4 * 24 * time.Hour}

const maxTries = len(pauses) + 1

// complete returns the article with what its own page adds.
func (r *record) complete() vatesfeed.Article {
	a := r.Article
	r.own.Complete(&a)
	return a
}

// Pending returns the articles whose own pages are to be read at the time now, the
// newest first: those that have a link, that lack something that such a page may
// have, and whose page has not been read yet. A page that could not be read is to
// be read again after an hour, and then after longer pauses, five times in all.
// With full, the pages are to be read for the articles' text too.
func (a *Archive) Pending(now time.Time, full bool) []vatesfeed.Article {
	if wait := a.pause.Sub(now); 0 < wait && wait <= maxPause {
		return nil
	}
	var pending []vatesfeed.Article
	for i := range a.records {
		r := &a.records[i]
		done := r.own.read && (r.own.full || !full)
		waits := r.own.tries >= maxTries || now.Before(r.own.notBefore) && r.own.notBefore.Sub(now) <= maxPause
		if article := r.complete(); !done && !waits && source.LacksOwnPage(article, full) {
			pending = append(pending, article)
		}
	}
	return pending
}

// Complete remembers what the own page of an article said, or the error with which
// reading it ended. An article keeps what its sources have. If the error is a
// *source.StatusError with a time to wait, Pending returns nothing until then.
func (a *Archive) Complete(now time.Time, id string, page source.ArticlePage, full bool, err error) {
	i := slices.IndexFunc(a.records, func(r record) bool { return r.GUID == id })
	if i < 0 || errors.Is(err, ErrWait) {
		return
	}
	o := &a.records[i].own
	if err == nil {
		var all vatesfeed.Article
		page.Complete(&all)
		o.ArticlePage.Complete(&all) // what it said before
		*o = own{ArticlePage: source.ArticlePage{Title: all.Title, Authors: all.Authors, Image: all.Image, Content: all.Content}, read: true, full: full}
		return
	}
	o.reason = weburl.Redact(err.Error())
	o.tries++
	o.notBefore = now.Add(pauses[min(o.tries, len(pauses))-1]).UTC().Truncate(time.Second)
	var status *source.StatusError
	if errors.As(err, &status) && status.RetryAfter > 0 {
		a.pause = now.Add(min(status.RetryAfter, maxPause)).UTC().Truncate(time.Second)
	}
}

// fileOwn is an own in the file.
type fileOwn struct {
	Read      string    `json:"read,omitempty"`  // "title" or "full"
	Taken     []string  `json:"taken,omitempty"` // the fields of the item that are from the page
	Error     string    `json:"error,omitempty"`
	Tries     int       `json:"tries,omitempty"`
	NotBefore time.Time `json:"not_before,omitzero"`
}

func (r *record) fileOwn() *fileOwn {
	o := &r.own
	if !o.read && o.tries == 0 {
		return nil
	}
	f := &fileOwn{Error: o.reason, Tries: o.tries, NotBefore: o.notBefore}
	switch {
	case o.read && o.full:
		f.Read = "full"
	case o.read:
		f.Read = "title"
	}
	for _, field := range []struct {
		name  string
		taken bool
	}{
		{"title", r.Title == "" && o.Title != ""},
		{"authors", len(r.Authors) == 0 && len(o.Authors) > 0},
		{"image", r.Image.URL == "" && o.Image.URL != ""},
		{"content", r.Content == "" && o.Content != ""},
	} {
		if field.taken {
			f.Taken = append(f.Taken, field.name)
		}
	}
	return f
}

// readOwn moves what an item has from the article's own page to where it belongs.
func (r *record) readOwn(f *fileOwn) {
	if f == nil {
		return
	}
	o := &r.own
	o.read, o.full, o.reason, o.tries, o.notBefore = f.Read != "", f.Read == "full", f.Error, f.Tries, f.NotBefore
	for _, name := range f.Taken {
		switch name {
		case "title":
			o.Title, r.Title = r.Title, ""
		case "authors":
			o.Authors, r.Authors = r.Authors, nil
		case "image":
			o.Image, r.Image = r.Image, vatesfeed.Image{}
		case "content":
			o.Content, r.Content = r.Content, ""
		}
	}
}
