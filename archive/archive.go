// Package archive remembers articles: each one that a source ever listed, with
// the ID that it was first published with, even if a page's editors change the
// article later. It can also complete articles from their own pages:
//
//	for _, article := range a.Pending(now, false) {
//		page, err := reader.Read(ctx, article.Link) // a source.PageReader
//		a.Complete(now, article.GUID, page, false, err)
//	}
//
// The file of an archive is a JSON Feed 1.1 of all articles, to which feed
// readers can subscribe. Everything else that an archive needs is in objects
// named _vatesfeed, which other programs ignore; see [Archive.WriteTo].
//
// Package internal/match documents the rule that matches the entries of a page
// with the articles of an archive.
package archive

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/match"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"github.com/vatesfeed/vatesfeed/source"
)

// An Archive holds articles and the state of their sources. Its zero value is
// empty and ready for use.
type Archive struct {
	// AcceptNewPage makes Update accept a page that has none of the articles,
	// headings and sections that it had before.
	AcceptNewPage bool

	// Texts makes Articles, Listed and Seen return the texts of the articles' own
	// pages too; see Pending.
	Texts bool

	// Untold lists the URLs of changed feeds that a WebSub hub has not been
	// notified of yet. The archive only stores them.
	Untold []string

	records []record // in the order of vatesfeed.Merge
	sources []*state
	page    Page
	pauses  map[string]time.Time // when the own pages of articles at a host may be read again
}

// A record is an article as the archive remembers it.
type record struct {
	vatesfeed.Article          // as its sources have it; GUID is the ID that it was first published with
	own               own      // what its own page adds
	known             []string // its former IDs and links
	in                []int    // the sources that had it when last read successfully
	seen              bool     // in the last Update
}

// A state is what the archive remembers of a source.
type state struct {
	source.Source
	lastGood  time.Time // when it was last read successfully; zero if never
	notBefore time.Time // when a failing URL may be requested again
	failures  int       // in a row
	entries   int       // at lastGood
	names     []string  // its headings and sections at lastGood
}

// ErrNewPage is the error for a page that has none of the articles, headings
// and sections that it had before. It may be a notice that the site is closed
// for maintenance.
var ErrNewPage = errors.New("none of its articles, headings and sections was there before")

// ErrWait is the error for a URL that is not requested yet, because its server asked to
// wait or because it has failed repeatedly.
var ErrWait = source.ErrWait

// Articles returns all articles, in the order of vatesfeed.Merge. Each has its
// ID as GUID.
func (a *Archive) Articles() []vatesfeed.Article {
	return a.articles(a.Texts, func(*record) bool { return true })
}

// Listed returns the articles that at least one source had when it was last read
// successfully.
func (a *Archive) Listed() []vatesfeed.Article {
	return a.articles(a.Texts, func(r *record) bool { return len(r.in) > 0 })
}

// Seen returns the articles that were in the results of the last Update.
func (a *Archive) Seen() []vatesfeed.Article {
	return a.articles(a.Texts, func(r *record) bool { return r.seen })
}

// articles returns the articles of some records, completed from their own pages: with
// the texts of these only if that is asked for.
func (a *Archive) articles(texts bool, is func(*record) bool) []vatesfeed.Article {
	pages := a.ownPages(texts)
	articles := make([]vatesfeed.Article, 0, len(a.records))
	for i := range a.records {
		if r := &a.records[i]; is(r) {
			articles = append(articles, r.complete(pages[i]))
		}
	}
	return articles
}

// A Page is a page that articles are from.
type Page struct {
	URL      string `json:"url,omitempty"`
	Site     string `json:"site,omitempty"`     // the name of its site
	Language string `json:"language,omitempty"` // a BCP 47 tag
}

// PageOf returns the page of the first listing that has a URL. A site that does not
// say its name has that of its host, unless it is the one that vatesfeed is for.
func PageOf(listings []vatesfeed.Listing) Page {
	for _, l := range listings {
		if l.URL != "" {
			host := strings.TrimPrefix(hostOf(l.URL), "www.")
			if host == "vates.fi" {
				host = ""
			}
			return Page{l.URL, cmp.Or(l.Site, host), l.Language}
		}
	}
	return Page{}
}

// Page returns the page of the first source. If the archive was read from an
// ordinary feed, Page returns the page that the feed names.
func (a *Archive) Page() Page { return a.page }

// LastGood returns when a source was last read successfully, or the zero time if
// it never was. The file of an archive stores only the day.
func (a *Archive) LastGood(name string) time.Time { return a.state(name).lastGood }

// SourceURLs returns the URLs among the names of all sources, without passwords.
func (a *Archive) SourceURLs() []string {
	var urls []string
	for _, s := range a.sources {
		if source.IsURL(s.Name) {
			urls = append(urls, public(s.Name))
		}
	}
	return urls
}

// state returns the state of a source, which is new if the archive has none.
func (a *Archive) state(name string) *state {
	for _, s := range a.sources {
		if public(s.Name) == public(name) {
			return s
		}
	}
	return &state{Source: source.Source{Name: name}}
}

// public returns the name of a source without a password, since others can read
// the file of an archive.
func public(name string) string {
	if source.IsURL(name) {
		return weburl.Redact(name)
	}
	return name
}

// Sources returns the named sources with the validators of their last responses.
// It leaves out URLs that may not be requested yet at the time now. For each of
// these, waiting has a result with an error that wraps ErrWait.
func (a *Archive) Sources(now time.Time, names ...string) (sources []source.Source, waiting []source.Result) {
	for _, name := range names {
		s := a.state(name)
		s.Name = name // with its password
		if isBefore(now, s.notBefore) {
			err := fmt.Errorf("%s: %w: it failed before, and may be asked from %s on", weburl.Redact(name), ErrWait, s.notBefore.Format(time.RFC3339))
			waiting = append(waiting, source.Result{Source: s.Source, Err: err})
			continue
		}
		sources = append(sources, s.Source)
	}
	return sources, waiting
}

// Update adds the results of sources to the archive. A source that failed, that
// is unchanged, or that has no entries any more leaves its articles as they are.
// So does a page that seems to have become another one: Update sets the Err of
// its result, which then wraps ErrNewPage. The problems name the entries of pages
// that were left out.
func (a *Archive) Update(now time.Time, results []source.Result) (problems []*vatesfeed.ParseError) {
	var read []vatesfeed.Listing
	old := len(a.records)
	plain := !slices.ContainsFunc(a.sources, func(s *state) bool { return !s.lastGood.IsZero() })
	for i := range a.records {
		a.records[i].seen = false
	}
	for i := range results {
		r := &results[i]
		s := a.state(r.Name)
		if !slices.Contains(a.sources, s) {
			a.sources = append(a.sources, s)
		}
		if r.Err == nil && !r.Unchanged {
			var entries vatesfeed.Listing
			var dropped []*vatesfeed.ParseError
			entries, dropped, r.Err = a.take(s, r.Listings, plain)
			problems = append(problems, dropped...)
			read = append(read, entries)
			if len(dropped) > 0 {
				r.ETag, r.LastModified = "", "" // the next response must have what was left out
			}
		}
		if r.Err != nil {
			s.fail(now, r.Err)
			continue
		}
		s.Source, s.lastGood, s.notBefore, s.failures = r.Source, now, time.Time{}, 0
	}
	a.sort(old, read)
	return problems
}

// maxPause is the longest time for which a server can put off the next request. A
// longer pause in a file means that the machine's clock was wrong at the time.
const maxPause = 7 * 24 * time.Hour

// fail records that a URL could not be fetched. From the fourth failure in a row
// on, the next request comes only after a pause, which doubles from a minute to
// six hours. A server may ask for a longer one, up to maxPause.
func (s *state) fail(now time.Time, err error) {
	answered := errors.Is(err, vatesfeed.ErrNoArticles) || errors.Is(err, ErrNewPage)
	if answered || errors.Is(err, ErrWait) || !source.IsURL(s.Name) {
		return
	}
	s.failures++
	var pause time.Duration
	if s.failures > 3 {
		pause = min(time.Minute<<min(s.failures-4, 10), 6*time.Hour)
	}
	pause = max(pause, retryAfter(err))
	s.notBefore = time.Time{}
	if pause > 0 {
		s.notBefore = after(now, pause)
	}
}

// isBefore reports whether t is still to come. See maxPause.
func isBefore(now, t time.Time) bool { return now.Before(t) && t.Sub(now) <= maxPause }

// after returns the time after a pause, as a file stores it.
func after(now time.Time, pause time.Duration) time.Time {
	return now.Add(pause).UTC().Truncate(time.Second)
}

// retryAfter returns how long a server asks to wait with an error, up to maxPause, or
// 0.
func retryAfter(err error) time.Duration {
	var status *source.StatusError
	if !errors.As(err, &status) {
		return 0
	}
	return min(status.RetryAfter, maxPause)
}

// take adds the listings of a source that was read successfully. It returns the
// entries with the IDs of their records. plain means that no source has been read
// successfully before, as when the archive was read from an ordinary feed. Then
// nothing says which articles a page had the last time.
func (a *Archive) take(s *state, listings []vatesfeed.Listing, plain bool) (listing vatesfeed.Listing, problems []*vatesfeed.ParseError, err error) {
	articles := pageOrder(listings)
	place := slices.Index(a.sources, s)
	records := make([]match.Record, len(a.records))
	for i, r := range a.records {
		records[i] = match.Record{Entry: entry(r.Article), Listed: plain || slices.Contains(r.in, place)}
	}
	entries := make([]match.Entry, len(articles))
	for i, e := range articles {
		entries[i] = entry(e)
	}
	found := match.Match(records, entries)
	a.findKnown(articles, found)
	var verdict match.Verdict
	if !plain {
		verdict = match.Judge(records, entries, found)
	}
	names := namesOf(listings)
	sameNames := slices.ContainsFunc(names, func(name string) bool { return slices.Contains(s.names, name) })
	if verdict.Failed && !sameNames && !a.AcceptNewPage {
		return listing, nil, fmt.Errorf("%s: %w; it may be another page, so nothing of it was taken", weburl.Redact(s.Name), ErrNewPage)
	}

	if !verdict.Failed && !verdict.Short && !verdict.Gaps {
		for i := range a.records {
			a.records[i].in = slices.DeleteFunc(a.records[i].in, func(n int) bool { return n == place })
		}
	}
	if page := PageOf(listings); a.page.URL == "" || a.page.URL == page.URL {
		a.page = page
	}
	s.entries, s.names = len(articles), names
	taken := make(map[string]bool)
	for _, r := range a.records {
		taken[r.GUID] = true
		for _, id := range r.known {
			taken[id] = true
		}
	}
	for i, e := range articles {
		cut := verdict.Cut && i == len(articles)-1
		n := found[i]
		switch {
		case n < 0 && cut:
			problems = append(problems, &vatesfeed.ParseError{Name: weburl.Redact(s.Name), Err: fmt.Errorf("the last entry, of %s, is left out: the page is shorter than before and may end within it", e.Date), Text: e.Summary})
			continue
		case n < 0:
			e.GUID = newID(e, taken)
			a.records = append(a.records, record{Article: e})
			n = len(a.records) - 1
		default:
			a.records[n].mend(e, cut)
		}
		r := &a.records[n]
		r.seen = true
		if !slices.Contains(r.in, place) {
			r.in = append(r.in, place)
		}
		e.GUID = r.GUID
		listing.Articles = append(listing.Articles, e)
	}
	return listing, problems, nil
}

// maxNames is how many headings and sections of a source are remembered.
const maxNames = 20

// namesOf returns the headings and sections of listings.
func namesOf(listings []vatesfeed.Listing) []string {
	var names []string
	for _, l := range listings {
		for _, name := range []string{l.Heading, l.Section} {
			if name != "" && !slices.Contains(names, name) && len(names) < maxNames {
				names = append(names, name)
			}
		}
	}
	return names
}

// pageOrder returns the articles of listings, each once, and the last entry of
// the page last.
func pageOrder(listings []vatesfeed.Listing) []vatesfeed.Article {
	articles := vatesfeed.Merge(listings...)
	given := make(map[string]bool)
	for _, l := range listings {
		for _, a := range l.Articles {
			given[a.GUID] = true
		}
	}
	for i := range articles {
		if !given[articles[i].GUID] {
			articles[i].GUID = "" // made by Merge; it depends on the page's other entries
		}
	}
	for _, l := range slices.Backward(listings) {
		if n := len(l.Articles); n > 0 {
			last := l.Articles[n-1]
			if i := slices.IndexFunc(articles, func(a vatesfeed.Article) bool { return a.ID() == last.ID() && a.Title == last.Title }); i >= 0 {
				a := articles[i]
				articles = append(slices.Delete(articles, i, i+1), a)
			}
			break
		}
	}
	return articles
}

// entry converts an article for package match.
func entry(a vatesfeed.Article) match.Entry {
	days := time.Date(a.Date.Year, a.Date.Month, a.Date.Day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
	return match.Entry{ID: a.GUID, Day: match.Day(days), Title: a.Title, Text: a.Summary, URL: a.Link}
}

// findKnown matches the entries that are left with records that formerly had
// their ID or link.
func (a *Archive) findKnown(articles []vatesfeed.Article, found []int) {
	matched := make(map[int]bool)
	for _, n := range found {
		matched[n] = true
	}
	known := make(map[string]int)
	for i, r := range a.records {
		for _, id := range r.known {
			known[id] = i
		}
	}
	for i, e := range articles {
		if n, ok := known[e.ID()]; ok && found[i] < 0 && !matched[n] {
			found[i], matched[n] = n, true
		}
	}
}

// newID returns the ID of a new article. It is the article's own ID, unless
// another article has or had that, and else a UUID of the date, the summary, the
// title and a number.
func newID(e vatesfeed.Article, taken map[string]bool) string {
	id := e.ID()
	for n := 2; taken[id]; n++ {
		id = vatesfeed.Article{Date: e.Date, Summary: fmt.Sprintf("%s\n\n%s %d", e.Summary, e.Title, n)}.ID()
	}
	taken[id] = true
	return id
}

// mend updates a record from the page's present entry. If cut is set, the page
// may end within the entry.
func (r *record) mend(e vatesfeed.Article, cut bool) {
	for _, old := range []string{r.Link, e.GUID} {
		if old != "" && old != e.Link && old != r.GUID && !slices.Contains(r.known, old) {
			r.known = append(r.known, old)
		}
	}
	if e.Link != "" && e.Link != r.Link && e.Link != r.GUID && !slices.Contains(r.known, e.Link) && !r.own.read {
		r.own = own{} // its page failed at another address
	}
	merged := match.Merge(entry(r.Article), entry(e), cut)
	r.Date, r.Title, r.Summary, r.Link = e.Date, merged.Title, merged.Text, merged.URL
	if len(e.Authors) > 0 {
		r.Authors = e.Authors
	}
	r.Image, r.Content = cmp.Or(e.Image, r.Image), cmp.Or(e.Content, r.Content)
	for _, s := range e.Sections {
		if len(r.Sections) < source.MaxSections && !slices.Contains(r.Sections, s) {
			r.Sections = append(slices.Clip(r.Sections), s)
		}
	}
}

// sort puts the records into the order of vatesfeed.Merge. The records from index
// old on are new, and go where the listings have them.
func (a *Archive) sort(old int, listings []vatesfeed.Listing) {
	byID := make(map[string]record, len(a.records))
	var known vatesfeed.Listing
	for i, r := range a.records {
		byID[r.GUID] = r
		if i < old {
			known.Articles = append(known.Articles, r.Article)
		}
	}
	for i, e := range vatesfeed.Merge(append([]vatesfeed.Listing{known}, listings...)...) {
		r := byID[e.GUID]
		r.Sections = e.Sections
		a.records[i] = r
	}
}
