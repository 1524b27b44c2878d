// Package site publishes articles: a page and a feed in each format, for every
// section and for all articles together.
//
// [Build] makes the [Tree] of files. A [Folder] stores the files for any web
// server. A [Handler] serves them itself.
package site

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/text"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

// Options has the options of Build. The zero value is ready for use.
type Options struct {
	// BaseURL is the public URL of the tree's folder. If it is empty, the feeds
	// have no links to themselves, and the tree has no feeds.opml.
	BaseURL string

	// PageURL is the page that the articles are listed on. It defaults to
	// vatesfeed.DefaultPageURL.
	PageURL string

	// SiteName is the name of the site that the articles are from, and Language
	// the BCP 47 tag of its language. They default to "Vates" and "fi". The texts
	// of the pages themselves are in Finnish.
	SiteName, Language string

	// HubURL is the URL of the WebSub hub that the feeds name. It needs BaseURL.
	HubURL string

	// Sections names the sections that get feeds of their own, as the articles
	// spell them. Empty means all sections.
	Sections []string

	// Limit is the largest number of articles in a feed. 0 means no limit.
	Limit int

	// Slugs has the slugs of sections in an earlier tree, by the names of the
	// sections. These sections keep their slugs. See Tree.Slugs and
	// Folder.Slugs.
	Slugs map[string]string

	// Serve must be set if a Handler serves the tree. The pages then link to
	// feeds.opml even without a BaseURL, since the Handler makes that file.
	Serve bool
}

// A File is one file of a tree.
type File struct {
	Name   string         // such as "aluepaattajille.rss"; the tree has no folders
	Type   string         // its media type, with its charset
	Newest vatesfeed.Date // of the articles in it

	// IsFeed is set for feeds. FeedURL is the feed's public URL. It is empty for
	// other files, and if there is no BaseURL.
	IsFeed  bool
	FeedURL string

	write func(io.Writer) error
}

// Write writes the content of the file. Each call makes the content anew, since all
// files together may be many times as large as the articles.
func (f *File) Write(w io.Writer) error { return f.write(w) }

// A Tree is the set of files to publish for a list of articles. Callers must not
// modify it.
type Tree struct {
	Files []*File // in the order of their names

	// SectionsLeftOut is how many sections have no files of their own, and
	// YearsLeftOut is how many years have no page, because of the limits of
	// Build.
	SectionsLeftOut, YearsLeftOut int

	options      Options
	byName       map[string]*File
	channels     []channel
	notFound     view
	pictureHosts []string
}

// A channel is a section, or all articles. It has a page, and a feed in each
// format.
type channel struct {
	Name     string // the section; empty for all articles
	Slug     string // the name of its files, without their extensions
	Articles []vatesfeed.Article
	Newest   vatesfeed.Date
}

// all is the slug of the channel that has all articles.
const all = "kaikki"

// The limits of a tree. The sections with the most articles come first. The total
// text is limited too: an article in several sections is in several feeds.
const (
	maxSections = 200
	maxYears    = 100
	maxTimes    = 4       // the text of all sections, as a multiple of that of all articles,
	smallEnough = 8 << 20 // or in bytes, if that is more
)

// Build makes the tree for articles, which must be in the order of vatesfeed.Merge.
// The error is vatesfeed.ErrNoArticles if there are none, and wraps
// vatesfeed.ErrDate if one has no valid date.
//
// At most 200 sections have files of their own. Their articles, counted once for
// each section, have at most 4 times the text of all articles, or 8 MiB if that is
// more. At most 100 years have pages of their own.
func Build(articles []vatesfeed.Article, o Options) (*Tree, error) {
	if len(articles) == 0 {
		return nil, vatesfeed.ErrNoArticles
	}
	for _, a := range articles {
		if !a.Date.IsValid() {
			return nil, fmt.Errorf("%q: the date %v is %w", a.Headline(), a.Date, vatesfeed.ErrDate)
		}
	}
	if o.HubURL != "" && o.BaseURL == "" {
		return nil, errors.New("a hub needs to know the public URL of the feeds")
	}
	if o.BaseURL != "" {
		u, err := weburl.Public(o.BaseURL)
		if err == nil && strings.Contains(u, "?") {
			err = errors.New("the URL of a folder has no ?")
		}
		if err != nil {
			return nil, fmt.Errorf("base URL: %w", err)
		}
		o.BaseURL = u
	}
	t := &Tree{options: o, byName: make(map[string]*File), pictureHosts: pictureHosts(articles)}
	t.addChannels(articles)
	for _, c := range t.channels {
		for _, format := range vatesfeed.Formats() {
			t.addFeed(c, format)
		}
	}
	t.addPages()
	if o.BaseURL != "" {
		t.add(&File{Name: opmlName, Type: opmlType, Newest: t.channels[0].Newest, write: func(w io.Writer) error {
			_, err := w.Write(t.opml(o.BaseURL))
			return err
		}})
	}
	slices.SortFunc(t.Files, func(a, b *File) int { return strings.Compare(a.Name, b.Name) })
	return t, nil
}

func (t *Tree) add(f *File) {
	t.Files = append(t.Files, f)
	t.byName[f.Name] = f
}

func (t *Tree) addFeed(c channel, format vatesfeed.Format) {
	f := &File{Name: c.Slug + "." + string(format), Type: format.MediaType(), Newest: c.Newest, IsFeed: true}
	feed := vatesfeed.Feed{
		Articles:   c.Articles,
		Title:      t.title(c),
		Author:     t.options.SiteName,
		Language:   t.options.Language,
		Stylesheet: feedCSS,
		Limit:      t.options.Limit,
		PageURL:    t.options.PageURL,
		HubURL:     t.options.HubURL,
	}
	if c.Name != "" {
		feed.Sections = []string{c.Name}
	}
	if t.options.SiteName != "" {
		feed.Description = feed.Title + ", " + t.pageURL()
	}
	if t.options.BaseURL != "" {
		f.FeedURL = join(t.options.BaseURL, f.Name)
		feed.SelfURL = f.FeedURL
	}
	f.write = func(w io.Writer) error { return feed.Write(w, format) }
	t.add(f)
}

// addChannels adds the channels, that of all articles first.
func (t *Tree) addChannels(articles []vatesfeed.Article) {
	list := []channel{{Slug: all, Articles: articles}}
	place := make(map[string]int) // in list
	var names []string
	for _, s := range vatesfeed.Sections(articles) {
		if len(t.options.Sections) == 0 || slices.Contains(t.options.Sections, s.Name) {
			names = append(names, s.Name)
		}
	}
	largest := largest(names, articles)
	t.SectionsLeftOut = len(names) - len(largest)
	names = slices.DeleteFunc(names, func(name string) bool { return !largest[name] })
	slugs := slugs(names, t.options.Slugs)
	for _, name := range names {
		place[name] = len(list)
		list = append(list, channel{Name: name, Slug: slugs[name]})
	}
	for _, a := range articles {
		for _, name := range a.Sections {
			if i := place[name]; i > 0 {
				list[i].Articles = append(list[i].Articles, a)
			}
		}
	}
	for i, c := range list {
		list[i].Newest = slices.MaxFunc(c.Articles, func(a, b vatesfeed.Article) int { return a.Date.Compare(b.Date) }).Date
	}
	t.channels = list
}

// largest returns the sections that get files of their own.
func largest(names []string, articles []vatesfeed.Article) map[string]bool {
	counts, sizes, total := make(map[string]int), make(map[string]int), 0
	for _, a := range articles {
		size := len(a.Title) + len(a.Summary) + len(a.Content)
		total += size
		for _, name := range a.Sections {
			counts[name]++
			sizes[name] += size
		}
	}
	names = slices.Clone(names)
	slices.SortStableFunc(names, func(a, b string) int { return counts[b] - counts[a] })
	largest, room := make(map[string]bool), max(maxTimes*total, smallEnough)
	for _, name := range names {
		if len(largest) < maxSections && sizes[name] <= room {
			largest[name] = true
			room -= sizes[name]
		}
	}
	return largest
}

// name returns the name of a channel for people.
func (c channel) name() string { return cmp.Or(text.Undirected(c.Name), "Kaikki artikkelit") }

// title returns the title of a channel's feeds.
func (t *Tree) title(c channel) string {
	site := cmp.Or(t.options.SiteName, "Vates")
	if c.name() == site {
		return site
	}
	return site + " – " + c.name()
}

// join returns the URL of a file in a folder.
func join(base, name string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.JoinPath(name).String()
}

// File returns the file with that name, or nil.
func (t *Tree) File(name string) *File { return t.byName[name] }

// Articles returns the number of articles in the tree.
func (t *Tree) Articles() int { return len(t.channels[0].Articles) }

// Counts returns how many articles each channel has, by its slug.
func (t *Tree) Counts() map[string]int {
	counts := make(map[string]int)
	for _, c := range t.channels {
		counts[c.Slug] = len(c.Articles)
	}
	return counts
}

// A Change is a file that differs between two trees.
type Change struct {
	Op      string // "new", "changed" or "removed"
	Name    string
	FeedURL string // of the file; see File
}

func (c Change) String() string { return c.Op + " " + c.Name }
