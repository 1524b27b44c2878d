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
	"github.com/vatesfeed/vatesfeed/source"
)

// defaultPages is how many own pages of articles a run reads.
const defaultPages = 50

// savePages is how often the archive is saved while pages are read.
const savePages = 10

// pageInterval is the pause between two requests to a host; 0 is the usual one. Tests
// wait less.
var pageInterval time.Duration

// pageReader returns the reader of articles' own pages.
func (c *command) pageReader() *source.PageReader {
	r := &source.PageReader{Full: c.articles == "full", Timeout: c.timeout, UserAgent: c.agent(), Interval: pageInterval}
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
// and hands over what it read. It returns how many pages it tried.
func (c *command) readPages(ctx context.Context, articles []vatesfeed.Article, take func(vatesfeed.Article, source.ArticlePage, error)) (tried int) {
	reader := c.pageReader()
	articles = articles[:min(len(articles), c.articlesLimit)]
	var wait error
	waiting := 0
	for i, a := range articles {
		c.progress(fmt.Sprintf("reading the articles' own pages: %d of %d, a second each", i+1, len(articles)))
		page, err := reader.Read(ctx, a.Link)
		if ctx.Err() != nil {
			break
		}
		tried++
		if errors.Is(err, source.ErrWait) {
			wait = err
			waiting++
		} else if err != nil {
			c.progress("")
			c.warn(err)
		}
		take(a, page, err)
	}
	c.progress("")
	if waiting > 0 {
		c.warn(fmt.Errorf("%s not read: %w", plural(waiting, "page"), wait))
	}
	return tried
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
	place := make(map[string]int)
	for i, a := range articles {
		if source.LacksOwnPage(a, c.articles == "full") {
			place[a.ID()] = i
			lacking = append(lacking, a)
		}
	}
	c.readPages(ctx, lacking, func(a vatesfeed.Article, page source.ArticlePage, err error) {
		if err == nil {
			page.Complete(&articles[place[a.ID()]])
		}
	})
}

// completeArchive reads the own pages of the articles of an archive that are to be
// published, and saves it. It returns how many pages it asked for.
func (c *command) completeArchive(ctx context.Context, a *archive.Archive, published []vatesfeed.Article, save func() error) (asked int, err error) {
	full := c.articles == "full"
	wanted := make(map[string]bool)
	for _, p := range published {
		wanted[p.GUID] = true
	}
	pending := slices.DeleteFunc(a.Pending(time.Now(), full), func(p vatesfeed.Article) bool { return !wanted[p.GUID] })
	if len(pending) == 0 {
		return 0, nil
	}
	unsaved := 0
	asked = c.readPages(ctx, pending, func(p vatesfeed.Article, page source.ArticlePage, readErr error) {
		a.Complete(time.Now(), p.GUID, page, full, readErr)
		if unsaved++; unsaved == savePages {
			unsaved = 0
			err = errors.Join(err, save())
		}
	})
	return asked, errors.Join(err, save())
}
