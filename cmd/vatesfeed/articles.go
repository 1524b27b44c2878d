package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/archive"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"github.com/vatesfeed/vatesfeed/source"
)

// defaultPages is how many own pages of articles a run reads.
const defaultPages = 50

// pageInterval is the pause between two requests to a host; 0 is the usual one. Tests
// wait less.
var pageInterval time.Duration

// maxReading is how long a run reads pages. The rest is for the next run, so that
// another one with the same archive need not wait for long.
const maxReading = 90 * time.Second

// pageReader returns the reader of the own pages of articles: those on the sites of the
// sources, and of the page that files are from.
func (c *command) pageReader(a *archive.Archive) *source.PageReader {
	r := &source.PageReader{Full: c.articles == "full", Timeout: c.timeout, UserAgent: c.agent(), Interval: pageInterval, Sites: a.SourceURLs()}
	page := c.pageURL
	for _, name := range c.sources {
		if source.IsURL(name) {
			r.Sites = append(r.Sites, name)
		} else if page == "" {
			page = vatesfeed.DefaultPageURL // to which the links of a file are relative
		}
	}
	if page != "" {
		r.Sites = append(r.Sites, page)
	}
	return r
}

// readPages reads the own pages of articles, at most as many as -articles-limit says,
// and hands over what it read. It returns how many pages it requested, and what went
// wrong.
func (c *command) readPages(ctx context.Context, a *archive.Archive, articles []vatesfeed.Article, take func(vatesfeed.Article, source.ArticlePage, error)) (requested int, problems []error) {
	reader := c.pageReader(a)
	var elsewhere []vatesfeed.Article
	articles = slices.DeleteFunc(slices.Clone(articles), func(a vatesfeed.Article) bool {
		on := reader.OnSite(a.Link)
		if !on {
			elsewhere = append(elsewhere, a)
		}
		return !on
	})
	if len(elsewhere) > 0 && (len(articles) == 0 || c.verbose) {
		problems = append(problems, fmt.Errorf("%s not read, since %s is not on the site of a source; -page-url names another site", plural(len(elsewhere), "page"), weburl.Redact(elsewhere[0].Link)))
	}
	articles = articles[:min(len(articles), c.articlesLimit)]
	var wait error
	waiting := 0
	end := time.Now().Add(maxReading)
	for i, a := range articles {
		if ctx.Err() != nil || time.Now().After(end) {
			break
		}
		c.progress(fmt.Sprintf("reading page %d of %d", i+1, len(articles)))
		page, err := reader.Read(ctx, a.Link)
		if ctx.Err() != nil {
			break
		}
		if errors.Is(err, source.ErrWait) {
			wait = err
			waiting++
		} else {
			requested++
			if err != nil {
				problems = append(problems, err)
			}
		}
		take(a, page, err)
	}
	c.progress("")
	if waiting > 0 {
		problems = append(problems, fmt.Errorf("%s not read: %w", plural(waiting, "page"), wait))
	}
	return requested, problems
}

// progress shows a line on a terminal in place of the last one.
func (c *command) progress(line string) {
	f, ok := c.stderr.(*os.File)
	if !ok || c.log != nil {
		return
	}
	if st, err := f.Stat(); err != nil || st.Mode()&os.ModeCharDevice == 0 {
		return
	}
	fmt.Fprint(f, "\r\x1b[K"+line)
}

// published returns the articles of the content that some feed will have.
func (c *command) published(content *content) []vatesfeed.Article {
	if c.site != "" {
		return content.articles // each section has its own newest ones
	}
	return content.articles[:c.limited(content)]
}

// complete adds to articles what their own pages say.
func (c *command) complete(ctx context.Context, articles []vatesfeed.Article) {
	var lacking []vatesfeed.Article
	var places []int
	for i, a := range articles {
		if source.LacksOwnPage(a, c.articles == "full") {
			places = append(places, i)
			lacking = append(lacking, a)
		}
	}
	found := make(map[string]source.ArticlePage)
	_, problems := c.readPages(ctx, new(archive.Archive), lacking, func(a vatesfeed.Article, page source.ArticlePage, _ error) {
		found[a.Link] = page
	})
	for _, err := range problems {
		c.warn(err)
	}
	pages := make([]source.ArticlePage, len(lacking))
	for i, a := range lacking {
		pages[i] = found[a.Link]
	}
	source.DropShared(pages)
	for i, place := range places {
		pages[i].Complete(&articles[place])
	}
}

// completeArchive reads the own pages of those articles of an archive that are to be
// published, and saves it. It returns how many pages it requested, and what went wrong
// with them. The error is that of saving.
func (c *command) completeArchive(ctx context.Context, a *archive.Archive, published []vatesfeed.Article, save func() error) (requested int, problems []error, err error) {
	wanted := make(map[string]bool)
	for _, p := range published {
		wanted[p.GUID] = true
	}
	full := c.articles == "full"
	pending := slices.DeleteFunc(a.Pending(time.Now(), full), func(p vatesfeed.Article) bool { return !wanted[p.GUID] })
	if len(pending) == 0 {
		return 0, nil, nil
	}
	requested, problems = c.readPages(ctx, a, pending, func(p vatesfeed.Article, page source.ArticlePage, readErr error) {
		a.Complete(time.Now(), p.GUID, page, full, readErr)
		if err == nil {
			err = save() // each, since a run may be killed, and no page is to be asked for again
		}
	})
	return requested, problems, err
}
