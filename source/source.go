// Package source reads text listings, HTML pages and feeds, from io.Readers,
// files, and http and https URLs. A [PageReader] reads the own pages of articles.
//
// The first bytes of a source, and its Content-Type if it has one, determine what
// it is. Its name does not matter. All errors name the source.
package source

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/htmltext"
	"github.com/vatesfeed/vatesfeed/internal/page"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

// A Client reads sources. Its zero value is ready for use. Several goroutines
// may use it at once.
type Client struct {
	// HTTP sends the requests. Nil means a client that follows up to ten
	// redirects, to http and https URLs only.
	HTTP *http.Client

	// PageURL is the URL of pages that are not read from a URL. Their relative
	// links are resolved against it. If it is empty, the page's own canonical
	// URL is used, or else vatesfeed.DefaultPageURL.
	PageURL string

	// Timeout is how long reading one URL may take, including retries and the
	// pauses between them. 0 means DefaultTimeout.
	Timeout time.Duration

	// UserAgent is sent to servers. Empty means DefaultUserAgent.
	UserAgent string

	firstPause time.Duration // before the second try of a URL; for tests
}

const (
	// DefaultTimeout is how long reading one URL may take.
	DefaultTimeout = 30 * time.Second

	// DefaultUserAgent names this module to servers.
	DefaultUserAgent = "vatesfeed (+https://github.com/vatesfeed/vatesfeed)"

	// MaxBody is how many bytes the response of a URL may have, after
	// decompression. MaxFile is how many a page or a feed from elsewhere may
	// have. Text listings in files are read line by line and may be longer.
	MaxBody = 16 << 20
	MaxFile = 128 << 20

	// ReaderVersion increases whenever this module reads some page or feed
	// differently than before. Validators from another version should not be
	// used, so that even an unchanged URL is read again.
	ReaderVersion = 8

	atOnce = 4 // URLs read at the same time
)

// ErrTooLarge is the error for a source or a page that is longer than MaxBody, MaxFile
// or MaxArticlePage, or has more articles or elements than there is room for.
var ErrTooLarge = errors.New("too large")

// IsURL reports whether the name of a source is a URL and not that of a file.
func IsURL(name string) bool {
	scheme, _, ok := strings.Cut(name, "://")
	return ok && len(scheme) > 1 && !strings.ContainsAny(scheme, `/\.`)
}

// A Source is a file or a URL to read.
type Source struct {
	Name string // a file, or an http or https URL

	// ETag and LastModified are the validators (RFC 9110, section 8.8) of the
	// last response of a URL. They are empty for the first request.
	ETag, LastModified string
}

// A Result is the result of reading a source.
type Result struct {
	Source   // with the validators for the next request
	Listings []vatesfeed.Listing

	// Unchanged means that a URL has not changed since the response that its
	// validators are from. Then there are no Listings.
	Unchanged bool

	// Err wraps vatesfeed.ErrNoArticles if the source was read but has no
	// articles; the Problems of the Listings may then give the reason. It wraps
	// a *StatusError if a server responded with a status other than 200 or, to
	// validators, 304.
	Err error
}

// Get reads the named source: a file, or an http or https URL.
func (c *Client) Get(ctx context.Context, name string) ([]vatesfeed.Listing, error) {
	r := c.get(ctx, Source{Name: name})
	return r.Listings, r.Err
}

// GetAll reads several sources, URLs four at a time, and returns their results
// in the same order.
func (c *Client) GetAll(ctx context.Context, sources []Source) []Result {
	results := make([]Result, len(sources))
	places := make(chan struct{}, atOnce)
	var wg sync.WaitGroup
	for i, s := range sources {
		if !IsURL(s.Name) {
			results[i] = c.get(ctx, s)
			continue
		}
		wg.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			results[i] = c.get(ctx, s)
		})
	}
	wg.Wait()
	return results
}

func (c *Client) get(ctx context.Context, s Source) Result {
	if IsURL(s.Name) {
		return c.fetch(ctx, s)
	}
	listings, err := c.readFile(ctx, s.Name)
	return Result{Source: s, Listings: listings, Err: err}
}

func (c *Client) readFile(ctx context.Context, name string) ([]vatesfeed.Listing, error) {
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) && strings.HasPrefix(name, "www.") {
		return nil, fmt.Errorf("%w; the URL would be https://%s", err, name)
	} else if err != nil {
		return nil, err
	}
	defer f.Close()
	if st, err := f.Stat(); err == nil && st.IsDir() {
		return nil, fmt.Errorf("%s is a folder; name the files in it", name)
	}
	return c.Read(name, "", &cancelReader{ctx, f})
}

// Read reads a text listing, an HTML page or a feed. The name is used in errors.
// The contentType is the value of an HTTP Content-Type header, or empty.
func (c *Client) Read(name, contentType string, r io.Reader) ([]vatesfeed.Listing, error) {
	listings, err := c.read(name, contentType, r)
	return finish(name, listings), err
}

func (c *Client) read(name, contentType string, r io.Reader) ([]vatesfeed.Listing, error) {
	b := bufio.NewReaderSize(r, sniffLen)
	first, err := b.Peek(sniffLen)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if !needsWhole(first) && declared(first, contentType) == nil {
		switch sniff(first, contentType) {
		case kindText:
			listings, err := vatesfeed.Parse(name, newLineDecoder(b))
			noteRepeats(name, listings)
			return listings, err
		case kindOther:
			return nil, notASource(name, first)
		}
	}
	body, err := readAll(b, MaxFile)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	pageURL, err := c.pageURL()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return readBody(name, body, contentType, pageURL)
}

// pageURL returns the parsed PageURL, which is nil if there is none.
func (c *Client) pageURL() (*url.URL, error) {
	if c.PageURL == "" {
		return nil, nil
	}
	u, err := weburl.Parse(c.PageURL)
	if err != nil {
		return nil, fmt.Errorf("PageURL is %w", err)
	}
	return u, nil
}

// A cancelReader reads until its context is done.
type cancelReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *cancelReader) Read(b []byte) (int, error) {
	if err := context.Cause(c.ctx); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}

// readAll is io.ReadAll with a limit.
func readAll(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(body)) > limit {
		err = fmt.Errorf("%w: over %d MiB", ErrTooLarge, limit>>20)
	}
	return body, err
}

// readBody reads a source, given its whole content. The pageURL is nil if it is
// not known.
func readBody(name string, body []byte, contentType string, pageURL *url.URL) ([]vatesfeed.Listing, error) {
	if pageURL != nil {
		public := *pageURL
		public.User = nil
		pageURL = &public
	}
	first := body[:min(len(body), sniffLen)]
	if needsWhole(first) {
		first = body
	}
	switch sniff(first, contentType) {
	case kindFeed:
		return readFeed(name, body, contentType, pageURL)
	case kindPage:
		return readPage(name, body, contentType, pageURL)
	case kindOther:
		return nil, notASource(name, body)
	}
	listings, err := vatesfeed.Parse(name, decodeText(body, contentType))
	noteRepeats(name, listings)
	if pageURL != nil {
		for i := range listings {
			listings[i].URL = pageURL.String()
		}
	}
	return listings, err
}

// noteRepeats adds a problem to text listings for each entry that is completely
// equal to an earlier one, since Merge makes one article of them.
func noteRepeats(name string, listings []vatesfeed.Listing) {
	for i := range listings {
		l := &listings[i]
		if !mayRepeat(l.Articles) {
			continue
		}
		type entry struct {
			date           vatesfeed.Date
			title, summary string
		}
		seen := make(map[entry]bool)
		for _, a := range l.Articles {
			e := entry{a.Date, a.Title, a.Summary}
			if seen[e] {
				l.Problems = append(l.Problems, &vatesfeed.ParseError{Name: name, Err: fmt.Errorf("the entry of %v, %q, is there more than once; it is taken once", a.Date, a.Headline())})
			}
			seen[e] = true
		}
	}
}

// mayRepeat reports whether two articles may be equal. To be fast, it does not
// compare summaries. It nearly always returns false.
func mayRepeat(articles []vatesfeed.Article) bool {
	type sketch struct {
		date  vatesfeed.Date
		title string
		size  int
	}
	seen := make(map[sketch]bool, len(articles))
	for _, a := range articles {
		seen[sketch{a.Date, a.Title, len(a.Summary)}] = true
	}
	return len(seen) < len(articles)
}

func notASource(name string, body []byte) error {
	return fmt.Errorf("%s: %w: it is %s, and neither a text listing, an HTML page, nor a feed", name, vatesfeed.ErrNoArticles, describe(body))
}

// pageText returns an HTML page in UTF-8, with the problems of its characters.
func pageText(name string, body []byte, contentType string) ([]byte, []*vatesfeed.ParseError, error) {
	text, err := io.ReadAll(decodePage(body, contentType))
	if err != nil {
		return nil, nil, err
	}
	text, problems := cleanLines(name, text)
	if htmltext.Parts(text, maxParts) > maxParts {
		return nil, nil, fmt.Errorf("%w: over %d elements, texts and attributes", ErrTooLarge, maxParts)
	}
	return text, problems, nil
}

// readPage reads an HTML page.
func readPage(name string, body []byte, contentType string, pageURL *url.URL) ([]vatesfeed.Listing, error) {
	text, problems, err := pageText(name, body, contentType)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	listings, err := page.Parse(name, text, pageURL)
	for i := range listings {
		if u, err := url.Parse(listings[i].URL); err == nil {
			listings[i].FeedURL = feedLink(text, u)
		}
	}
	if len(problems) > 0 {
		if len(listings) == 0 {
			listings = make([]vatesfeed.Listing, 1)
		}
		listings[0].Problems = append(problems, listings[0].Problems...)
	}
	return listings, err
}
