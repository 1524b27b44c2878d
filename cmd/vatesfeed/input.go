package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/archive"
	"github.com/vatesfeed/vatesfeed/internal/samples"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"github.com/vatesfeed/vatesfeed/source"
)

// content holds the selected articles of the sources.
type content struct {
	articles []vatesfeed.Article
	sections []string     // those of -section, as the articles spell them
	page     archive.Page // items of articles without a link of their own link to its URL
	archive  *archive.Archive

	// failed is the error of the sources that failed while the archive had their
	// articles. The run then fails, but only after the output is written.
	failed error
}

// load reads the sources and returns the selected articles.
func (c *command) load(ctx context.Context) (*content, error) {
	if c.archive != "" {
		return c.loadArchive(ctx)
	}
	content, err := c.loadSources(ctx)
	if err == nil && c.articles != "" && !c.list {
		c.complete(ctx, c.published(content))
		if ctx.Err() != nil {
			return nil, errInterrupted
		}
	}
	return content, err
}

// loadSources reads the sources of a run without an archive.
func (c *command) loadSources(ctx context.Context) (*content, error) {
	if len(c.sources) == 0 {
		fmt.Fprintln(c.stderr, "vatesfeed: no source given, so this is from two listings of January 2024 that come with the program")
		return c.choose(vatesfeed.Merge(samples.Listings()...), archive.Page{})
	}
	if c.isNewArchive() {
		fmt.Fprintf(c.stderr, "vatesfeed: %s does not exist yet, and is made now\n", c.out)
		c.sources = slices.DeleteFunc(slices.Clone(c.sources), func(n string) bool { return sameFile(n, c.out) })
	}
	in := c.read(ctx, new(archive.Archive))
	c.printProblems(in.problems)
	if err := in.err(c); err != nil {
		return nil, err
	}
	for _, err := range failures(in.results) {
		c.warn(err)
	}
	if c.site != "" {
		articles, page, err := c.continueSite(in)
		if err != nil {
			return nil, err
		}
		return c.choose(articles, page)
	}
	return c.choose(vatesfeed.Merge(in.listings...), archive.PageOf(in.listings))
}

// loadArchive updates the archive and returns the selected articles of it.
func (c *command) loadArchive(ctx context.Context) (*content, error) {
	unlock, err := c.lock(ctx)
	if err != nil {
		return nil, err
	}
	c.unlock = unlock
	a, err := archive.Load(c.archive)
	if err != nil {
		return nil, err
	}
	a.AcceptNewPage = c.acceptFewer
	a.Texts = c.articles == "full"
	var failed []error
	if len(c.sources) > 0 {
		in := c.read(ctx, a)
		c.printProblems(in.problems)
		if err := in.refused(c); err != nil {
			return nil, err
		}
		c.printProblems(a.Update(time.Now(), in.results))
		failed = failures(in.results)
		if _, err := a.Save(c.archive); err != nil {
			return nil, err
		}
	}
	articles := a.Articles()
	if len(articles) == 0 {
		return nil, errors.Join(append(failed, fmt.Errorf("%s: %w", c.archive, vatesfeed.ErrNoArticles))...)
	}
	content, err := c.choose(articles, a.Page())
	if err != nil {
		return nil, errors.Join(append(failed, err)...)
	}
	if c.articles != "" && !c.list {
		save := func() error {
			_, err := a.Save(c.archive)
			return err
		}
		_, problems, err := c.completeArchive(ctx, a, c.published(content), save)
		for _, err := range problems {
			c.warn(err)
		}
		if err != nil {
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, errors.New("interrupted: no feed written")
		}
		if content, err = c.choose(a.Articles(), a.Page()); err != nil {
			return nil, err
		}
	}
	content.archive = a
	if c.keepGoing && len(failed) < len(c.sources) {
		for _, err := range failed {
			c.warn(err)
		}
	} else {
		content.failed = errors.Join(failed...)
	}
	return content, nil
}

// lockWait is how long a run waits for another one with the same archive or
// folder. Tests wait less.
var lockWait = 2 * time.Minute

func (c *command) lock(ctx context.Context) (unlock func() error, err error) {
	ctx, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	return archive.Lock(ctx, c.archive)
}

// choose returns the articles that the flags select.
func (c *command) choose(all []vatesfeed.Article, page archive.Page) (*content, error) {
	sections, err := vatesfeed.FindSections(all, c.selection.Sections)
	if err != nil {
		return nil, suggest(err)
	}
	articles := vatesfeed.Select(all, vatesfeed.Selection{Sections: sections, Since: c.selection.Since, Until: c.selection.Until})
	if len(articles) == 0 {
		return nil, errors.New("no article is from these days: nothing written")
	}
	if isVates(page.URL) {
		page = archive.Page{URL: page.URL} // its name and language are the defaults
	}
	page.URL = cmp.Or(c.pageURL, page.URL)
	return &content{articles: articles, sections: sections, page: page, archive: new(archive.Archive)}, nil
}

// isVates reports whether a page is of vates.fi, for which the defaults are made,
// or has no known host.
func isVates(pageURL string) bool {
	u, err := url.Parse(pageURL)
	return err != nil || u.Host == "" || u.Hostname() == "vates.fi" || strings.HasSuffix(u.Hostname(), ".vates.fi")
}

// input holds the results of the sources.
type input struct {
	ctx      context.Context
	results  []source.Result
	listings []vatesfeed.Listing
	problems []*vatesfeed.ParseError
}

// failures returns the errors of the sources that failed.
func failures(results []source.Result) (failed []error) {
	for _, r := range results {
		switch {
		case errors.Is(r.Err, archive.ErrNewPage):
			failed = append(failed, fmt.Errorf("%w; give -accept-fewer if that is meant", r.Err))
		case r.Err != nil:
			failed = append(failed, r.Err)
		}
	}
	return failed
}

// read reads the sources, and returns the results in the order of the command line.
// It does not request URLs that the archive says to wait for.
func (c *command) read(ctx context.Context, a *archive.Archive) *input {
	client := c.client()
	stdin := slices.Index(c.sources, "-")
	names := c.sources
	in := &input{ctx: ctx}
	if stdin >= 0 {
		names = slices.Delete(slices.Clone(names), stdin, stdin+1)
		r := source.Result{Source: source.Source{Name: "-"}}
		r.Listings, r.Err = client.Read("standard input", "", c.stdin)
		in.results = append(in.results, r)
	}
	sources, waiting := a.Sources(time.Now(), names...)
	in.results = append(append(in.results, client.GetAll(ctx, sources)...), waiting...)
	place := func(r source.Result) int { return slices.Index(c.sources, r.Name) }
	slices.SortStableFunc(in.results, func(r, s source.Result) int { return place(r) - place(s) })
	for _, r := range in.results {
		for _, l := range r.Listings {
			in.problems = append(in.problems, l.Problems...)
		}
		if c.verbose && len(r.Listings) > 0 && r.Listings[0].FeedURL != "" {
			c.warn(fmt.Errorf("%s: this page names a feed: %s", weburl.Redact(r.Name), r.Listings[0].FeedURL))
		}
		if r.Err == nil {
			in.listings = append(in.listings, r.Listings...)
		}
	}
	return in
}

var errInterrupted = errors.New("interrupted: nothing written")

// refused returns an error if nothing of the input may be used.
func (in *input) refused(c *command) error {
	switch {
	case in.ctx.Err() != nil:
		return errInterrupted
	case c.strict && len(in.problems) > 0:
		return fmt.Errorf("%s found, and -strict given: nothing written", plural(len(in.problems), "problem"))
	}
	return nil
}

// err returns an error if the input is not sufficient without an archive.
func (in *input) err(c *command) error {
	for _, r := range in.results {
		if r.Err != nil && sameFile(r.Name, c.out) {
			// Going on would overwrite its content.
			return fmt.Errorf("%w; it is also the output, and left as it is", r.Err)
		}
	}
	if err := in.refused(c); err != nil {
		return err
	}
	if failed := failures(in.results); !c.keepGoing || len(failed) == len(in.results) {
		return errors.Join(failed...)
	}
	return nil
}

// maxProblems is how many problems are printed. cron mails them to somebody.
const maxProblems = 1000

func (c *command) printProblems(problems []*vatesfeed.ParseError) {
	for _, p := range problems[:min(len(problems), maxProblems)] {
		fmt.Fprintln(c.stderr, printable(p.Error()))
	}
	if more := len(problems) - maxProblems; more > 0 {
		fmt.Fprintf(c.stderr, "vatesfeed: and %s more\n", plural(more, "problem"))
	}
}

func (c *command) warn(err error) {
	if c.log != nil {
		c.log.Warn("problem", "at", err)
		return
	}
	fmt.Fprintf(c.stderr, "vatesfeed: %s\n", printable(err.Error()))
}

// client returns the client that reads the sources.
func (o *options) client() *source.Client {
	return &source.Client{PageURL: o.pageURL, Timeout: o.timeout, UserAgent: o.agent()}
}

// agent returns the value of the User-Agent header.
func (o *options) agent() string {
	if o.userAgent != "" {
		return o.userAgent
	}
	return "vatesfeed/" + version() + " (+https://github.com/vatesfeed/vatesfeed)"
}

// isNewArchive reports whether the output is also one of several sources, and does
// not exist yet.
func (c *command) isNewArchive() bool {
	if len(c.sources) == 1 || !slices.ContainsFunc(c.sources, func(n string) bool { return sameFile(n, c.out) }) {
		return false
	}
	_, err := os.Stat(c.out)
	return errors.Is(err, fs.ErrNotExist)
}

// sameFile reports whether two names refer to the same file, which need not exist.
func sameFile(a, b string) bool {
	if a == "" || b == "" || a == "-" || b == "-" {
		return false
	}
	if a, b := absolute(a), absolute(b); a == b {
		return true
	}
	first, err := os.Stat(a)
	if err != nil {
		return false
	}
	second, err := os.Stat(b)
	return err == nil && os.SameFile(first, second)
}

func absolute(name string) string {
	if abs, err := filepath.Abs(name); err == nil {
		return abs
	}
	return filepath.Clean(name)
}
