// Package source reads listings from wherever they are: text listings, HTML
// pages and feeds, in files, on standard input and at http and https addresses.
//
// What a source is, is told from its first bytes and, where there is one, its
// Content-Type; its name plays no part.
package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/page"
)

// A Reader opens sources. Its zero value is ready for use. It remembers what
// addresses answered, so that reading an unchanged page again costs its server
// next to nothing, and may be used by several goroutines at once.
type Reader struct {
	// PageURL is the address of pages that are read from files and standard
	// input, for their relative links. Empty means vatesfeed.DefaultPageURL,
	// unless a page says where it stands.
	PageURL string

	// Timeout is how long reading one address may take, tries and pauses
	// included. 0 means DefaultTimeout.
	Timeout time.Duration

	// UserAgent is what to call ourselves to servers. Empty means
	// DefaultUserAgent.
	UserAgent string

	// Stdin is what the source "-" reads. Nil means os.Stdin.
	Stdin io.Reader

	firstPause time.Duration // before the second try of an address; for tests

	mu    sync.Mutex
	known map[string]*answer // by address
}

const (
	// DefaultTimeout is how long reading one address may take.
	DefaultTimeout = 30 * time.Second

	// DefaultUserAgent names this module to servers.
	DefaultUserAgent = "vatesfeed (+https://github.com/vatesfeed/vatesfeed)"

	// MaxBody is how many bytes an address may answer with, after unpacking,
	// and MaxFile how many a page or a feed in a file may have. Text listings
	// in files are read line by line and may be longer.
	MaxBody = 16 << 20
	MaxFile = 128 << 20

	atOnce = 4 // addresses read at the same time
)

// ErrTooLarge is what is wrong with a source that is longer than MaxBody or
// MaxFile.
var ErrTooLarge = errors.New("too large")

// IsAddress reports whether a source's name is an address and not a file.
func IsAddress(name string) bool {
	scheme, _, ok := strings.Cut(name, "://")
	return ok && len(scheme) > 1 && !strings.ContainsAny(scheme, `/\.`)
}

// Open reads one source: an http or https address, "-" for standard input, or
// a file. Errors name the source, and wrap vatesfeed.ErrNoArticles where it
// was read but has no article; then the listings may have problems that say
// why.
func (r *Reader) Open(ctx context.Context, name string) ([]vatesfeed.Listing, error) {
	switch {
	case IsAddress(name):
		return r.openAddress(ctx, name)
	case name == "-":
		stdin := r.Stdin
		if stdin == nil {
			stdin = os.Stdin
		}
		return r.read(ctx, "standard input", stdin)
	}
	f, err := os.Open(name)
	if errors.Is(err, os.ErrNotExist) && strings.HasPrefix(name, "www.") {
		return nil, fmt.Errorf("%w; the address would be https://%s", err, name)
	} else if err != nil {
		return nil, err
	}
	defer f.Close()
	if st, err := f.Stat(); err == nil && st.IsDir() {
		return nil, fmt.Errorf("%s is a folder; name the files in it", name)
	}
	return r.read(ctx, name, f)
}

// A Result is what one of several sources gave.
type Result struct {
	Name     string
	Listings []vatesfeed.Listing
	Err      error
}

// OpenAll reads several sources, addresses four at a time, and returns what
// they gave in their order.
func (r *Reader) OpenAll(ctx context.Context, names []string) []Result {
	results := make([]Result, len(names))
	places := make(chan struct{}, atOnce)
	var wg sync.WaitGroup
	for i, name := range names {
		open := func() {
			listings, err := r.Open(ctx, name)
			results[i] = Result{Name: name, Listings: listings, Err: err}
		}
		if !IsAddress(name) {
			open()
			continue
		}
		wg.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			open()
		})
	}
	wg.Wait()
	return results
}

// read reads a file or standard input.
func (r *Reader) read(ctx context.Context, name string, in io.Reader) ([]vatesfeed.Listing, error) {
	in = &cancelReader{ctx, in}
	b := bufio.NewReaderSize(in, sniffLen)
	first, err := b.Peek(sniffLen)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if !needsWhole(first) {
		switch sniff(first, "") {
		case kindText:
			return vatesfeed.Parse(name, newLineDecoder(b))
		case kindOther:
			return nil, notASource(name, first)
		}
	}
	body, err := readAll(b, MaxFile)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var address *url.URL
	if r.PageURL != "" {
		if address, err = url.Parse(r.PageURL); err != nil {
			return nil, err
		}
	}
	return readBody(name, body, "", address)
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

// readBody reads the whole of a source. A nil page stands for an unknown
// address. A user name and password in it get no farther.
func readBody(name string, body []byte, contentType string, page *url.URL) ([]vatesfeed.Listing, error) {
	if page != nil {
		public := *page
		public.User = nil
		page = &public
	}
	first := body[:min(len(body), sniffLen)]
	if needsWhole(first) {
		first = body
	}
	switch sniff(first, contentType) {
	case kindFeed:
		return readFeed(name, body, contentType, page)
	case kindPage:
		return readPage(name, body, contentType, page)
	case kindOther:
		return nil, notASource(name, body)
	}
	listings, err := vatesfeed.Parse(name, decode(body, contentType))
	if page != nil {
		for i := range listings {
			listings[i].URL = page.String()
		}
	}
	return listings, err
}

func notASource(name string, body []byte) error {
	return fmt.Errorf("%s: %w: it is %s, and neither a text listing, an HTML page, nor a feed", name, vatesfeed.ErrNoArticles, describe(body))
}

// readPage reads an HTML page.
func readPage(name string, body []byte, contentType string, address *url.URL) ([]vatesfeed.Listing, error) {
	text, err := io.ReadAll(decodePage(body, contentType))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	problems := badLines(name, text)
	text = bytes.ToValidUTF8(text, []byte("\uFFFD"))
	listings, err := page.Parse(name, text, address)
	if len(problems) > 0 {
		if len(listings) == 0 {
			listings = make([]vatesfeed.Listing, 1)
		}
		listings[0].Problems = append(problems, listings[0].Problems...)
	}
	return listings, err
}
