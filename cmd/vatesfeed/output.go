package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/archive"
	"github.com/vatesfeed/vatesfeed/internal/wholefile"
	"github.com/vatesfeed/vatesfeed/site"
	"github.com/vatesfeed/vatesfeed/source"
)

// writeFeed writes one feed, or lists its sections.
func (c *command) writeFeed(ctx context.Context) error {
	isSource := slices.ContainsFunc(c.sources, func(n string) bool { return sameFile(n, c.out) })
	content, err := c.load(ctx)
	if err != nil {
		return err
	}
	if c.list {
		return errors.Join(c.printSections(content), content.failed)
	}
	sections := content.sections
	if len(sections) == 0 {
		sections = onlySection(content.articles)
	}
	feed := vatesfeed.Feed{
		Articles: content.articles,
		Sections: sections,
		Limit:    c.limit,
		PageURL:  content.page.URL,
		SelfURL:  c.selfURL(sections),
		Author:   content.page.Site,
		Language: content.page.Language,
	}
	if site := content.page.Site; site != "" {
		feed.Title = site
		if names := strings.Join(sections, ", "); names != "" && names != site {
			feed.Title += " – " + names
		}
		feed.Description = feed.Title + ", " + content.page.URL
	}
	write := func(w io.Writer) error { return feed.Write(w, c.format) }
	if c.toStdout() {
		return errors.Join(write(c.stdout), content.failed)
	}
	if err := c.checkFewer(c.out, c.limited(content), c.publishedNow()); err != nil {
		return err
	}
	size := 0
	_, err = wholefile.Write(c.out, func(w io.Writer) error {
		return write(writerFunc(func(b []byte) (int, error) {
			if size += len(b); isSource && size > maxSource {
				return 0, fmt.Errorf("%s would be too large to be read as a source again: over %d MiB; use -archive", c.out, maxSource>>20)
			}
			return w.Write(b)
		}))
	})
	if err == nil && isSource && size > maxSource/5*4 {
		c.warn(fmt.Errorf("%s has %d MiB; as a source it may have %d: use -archive instead", c.out, size>>20, maxSource>>20))
	}
	return errors.Join(err, content.failed)
}

// explainSources shows how each source is read.
func (c *command) explainSources(ctx context.Context) error {
	client := c.client()
	for _, name := range c.sources {
		var b strings.Builder
		err := client.Explain(ctx, &b, name)
		if _, err := io.WriteString(c.stdout, printable(strings.ReplaceAll(b.String(), "\t", "  "))); err != nil {
			return err
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// maxSource is how many bytes an output that is also a source may have. From four
// fifths of it on, the command warns. Tests use less.
var maxSource = source.MaxFile

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// onlySection returns the section of all articles, if they are all in one and no
// other. The feed is then that section's.
func onlySection(articles []vatesfeed.Article) []string {
	sections := vatesfeed.Sections(articles)
	if len(sections) == 1 && sections[0].Count == len(articles) {
		return []string{sections[0].Name}
	}
	return nil
}

// publishedNow returns the number of articles in the present output, or 0 if it is
// not a feed.
func (c *command) publishedNow() int {
	f, err := os.Open(c.out)
	if err != nil {
		return 0
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil || !st.Mode().IsRegular() {
		return 0
	}
	listings, err := new(source.Client).Read(c.out, "", f)
	if err != nil {
		return 0
	}
	n := 0
	for _, l := range listings {
		n += len(l.Articles)
	}
	return n
}

// limited returns the number of articles in a feed of the content.
func (c *command) limited(content *content) int {
	n := len(content.articles)
	if c.limit > 0 {
		n = min(n, c.limit)
	}
	return n
}

// checkFewer returns an error if an output would have fewer than half of the
// articles that are published now: the page may be broken or incomplete.
func (c *command) checkFewer(name string, now, published int) error {
	if c.acceptFewer || 2*now >= published {
		return nil
	}
	return fmt.Errorf("only %s, where %s has %d: nothing written; give -accept-fewer if that is meant", plural(now, "article"), name, published)
}

// printSections prints the selected sections.
func (c *command) printSections(content *content) error {
	t := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
	print := func(name, slug string, count int, newest vatesfeed.Date) {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", printable(name), slug, plural(count, "article"), newest)
	}
	for _, s := range vatesfeed.Sections(content.articles) {
		if len(content.sections) == 0 || slices.Contains(content.sections, s.Name) {
			print(s.Name, vatesfeed.Slug(s.Name), s.Count, s.Newest)
		}
	}
	none := slices.DeleteFunc(slices.Clone(content.articles), func(a vatesfeed.Article) bool { return len(a.Sections) > 0 })
	if len(none) > 0 {
		print("(no section)", "", len(none), none[0].Date)
	}
	return t.Flush()
}

// siteNow returns the articles that the folder of -site has, as an archive read
// from the feed of all articles. It is empty if that feed is not ours.
func (c *command) siteNow() (*archive.Archive, error) {
	a, err := archive.Load(filepath.Join(c.site, "kaikki.json"))
	if errors.Is(err, archive.ErrForeign) {
		return new(archive.Archive), nil // Folder.Write returns an error for the file
	} else if err != nil {
		return nil, fmt.Errorf("%w; remove it to begin the folder anew", err)
	}
	return a, nil
}

// continueSite returns the articles of a site without an archive, and their page.
// Articles that the folder already has keep their IDs. If a source failed, the
// result includes all articles of the folder, since the source may still have
// them.
func (c *command) continueSite(in *input) (articles []vatesfeed.Article, page archive.Page, err error) {
	before, err := c.siteNow()
	if err != nil {
		return nil, page, err
	}
	before.AcceptNewPage = c.acceptFewer
	c.printProblems(before.Update(time.Now(), in.results))
	if len(failures(in.results)) > 0 {
		return before.Articles(), before.Page(), nil
	}
	return before.Seen(), archive.PageOf(in.listings), nil
}

// build makes the tree of the selected articles. The slugs are those of the
// previous tree.
func (c *command) build(content *content, slugs map[string]string) (*site.Tree, error) {
	return site.Build(content.articles, site.Options{
		BaseURL:  c.baseURL,
		PageURL:  content.page.URL,
		SiteName: content.page.Site,
		Language: content.page.Language,
		HubURL:   c.hub,
		Sections: content.sections,
		Limit:    c.limit,
		Slugs:    slugs,
		Serve:    c.serve != "",
	})
}

// tooMany returns an error if the limits of a tree leave out sections or years.
func tooMany(t *site.Tree) error {
	var errs []error
	if n := t.SectionsLeftOut; n > 0 {
		errs = append(errs, fmt.Errorf("too many sections: %d have no files of their own; their articles are among all articles", n))
	}
	if n := t.YearsLeftOut; n > 0 {
		errs = append(errs, fmt.Errorf("too many years: %d have no page of their own; their articles are in the feeds", n))
	}
	return errors.Join(errs...)
}

func (c *command) openFolder(ctx context.Context) (*site.Folder, error) {
	ctx, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	return site.OpenFolder(ctx, c.site)
}

// writeSite writes the page and the feeds into the folder of -site.
func (c *command) writeSite(ctx context.Context) error {
	content, err := c.load(ctx)
	if err != nil {
		return err
	}
	folder, err := c.openFolder(ctx)
	if err != nil {
		return err
	}
	defer folder.Close()
	tree, err := c.build(content, folder.Slugs())
	if err != nil {
		return err
	}
	for _, f := range tree.Files {
		if name := filepath.Join(c.site, f.Name); sameFile(name, c.archive) {
			return fmt.Errorf("%s is the archive, and a file of the site would take its place; give the archive another name", name)
		}
	}
	if err := tooMany(tree); err != nil {
		if c.strict {
			return err
		}
		c.warn(err)
	}
	published, err := c.siteNow()
	if err != nil {
		return err
	}
	if err := c.checkFewer(c.site, c.limited(content), len(published.Articles())); err != nil {
		return err
	}
	changes, err := folder.Write(tree)
	if c.verbose {
		for _, change := range changes {
			fmt.Fprintln(c.stdout, change)
		}
	}
	if err != nil {
		return err
	}
	c.tell(ctx, content.archive, tree, changes, c.warn)
	return content.failed
}

// changedFeeds returns the public URLs of the feeds that have new content.
func changedFeeds(changes []site.Change) []string {
	var feeds []string
	for _, c := range changes {
		if c.Op != "removed" && c.FeedURL != "" {
			feeds = append(feeds, c.FeedURL)
		}
	}
	return feeds
}
