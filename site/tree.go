// Package site publishes articles: a page, and a feed in each format for every
// section and for all articles together.
//
// [Build] makes the whole tree of files in memory. [Tree.WriteFolder] puts it into
// a folder that any web server can show, and [Handler] serves it. Both show
// the same files.
package site

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed"
)

// Options says how to publish.
type Options struct {
	// BaseURL is the public address of the tree. Without one the feeds have
	// no self links, and there is no list of feeds for readers to import.
	BaseURL string

	// PageURL is the page that the articles are listed on. Empty means
	// vatesfeed.DefaultPageURL.
	PageURL string

	// HubURL is a WebSub hub that is told of changes. It needs BaseURL.
	HubURL string

	// Sections, where there are any, are the only ones that get feeds of
	// their own. They are named as in a vatesfeed.Selection.
	Sections []string

	// Limit, where it is more than 0, is how many articles a feed has.
	Limit int

	// Slugs is what the files of sections were called before, by the names of
	// the sections; see Tree.Slugs.
	Slugs map[string]string

	// served says that a Handler shows the tree.
	served bool
}

// A File is one file of a tree.
type File struct {
	Name     string // in the tree's only folder, such as "aluepaattajille.rss"
	Type     string // its media type, with its charset
	Body     []byte
	Modified time.Time // when the newest article in it is from

	// Feed is the public address of a feed, and empty for other files and
	// where no BaseURL is known.
	Feed string

	isFeed bool

	// What the headers of an answer have, made once.
	plain, gzip  variant // gzip has no body where it saves nothing
	contentType  []string
	lastModified []string
	link         []string

	// modified is a moment of the day that Modified is, which depends on the
	// body, so that a body that changes without a newer article has another.
	modified time.Time
}

// A variant is a body as it is sent, with its strong validator (RFC 9110,
// section 8.8.3).
type variant struct {
	body        []byte
	tag, length []string
}

func newVariant(body []byte, tag string) variant {
	return variant{body, []string{`"` + tag + `"`}, []string{strconv.Itoa(len(body))}}
}

// sameAs reports whether two files have the same body.
func (f *File) sameAs(g *File) bool { return f.plain.tag[0] == g.plain.tag[0] }

// A Tree is everything that is published, made of one set of articles. It does
// not change once it is made.
type Tree struct {
	Files    []*File // in the order of their names
	Articles int     // how many different articles it has

	options  Options
	byName   map[string]*File
	channels []channel
}

// A channel is what one can subscribe to: a section, or all articles.
type channel struct {
	Name     string // the section; empty for all articles
	Slug     string // what its files are called, without their endings
	Articles []vatesfeed.Article
	Newest   time.Time
}

// all is the slug of the channel that has all articles.
const all = "kaikki"

// Build makes the tree of some articles, which are in the order that
// vatesfeed.Merge gives them. It is vatesfeed.ErrNoArticles to give none.
func Build(articles []vatesfeed.Article, o Options) (*Tree, error) {
	if len(articles) == 0 {
		return nil, vatesfeed.ErrNoArticles
	}
	if o.HubURL != "" && o.BaseURL == "" {
		return nil, fmt.Errorf("a hub needs to know the public address of the feeds")
	}
	t := &Tree{Articles: len(articles), options: o, byName: make(map[string]*File), channels: channels(articles, o)}
	for _, c := range t.channels {
		for _, format := range vatesfeed.Formats() {
			if err := t.addFeed(c, format); err != nil {
				return nil, err
			}
		}
	}
	if err := t.addPages(); err != nil {
		return nil, err
	}
	if o.BaseURL != "" {
		t.add(&File{Name: opmlName, Type: opmlType, Body: t.opml(o.BaseURL), Modified: t.channels[0].Newest})
	}
	slices.SortFunc(t.Files, func(a, b *File) int { return strings.Compare(a.Name, b.Name) })
	return t, nil
}

func (t *Tree) add(f *File) {
	f.seal()
	t.Files = append(t.Files, f)
	t.byName[f.Name] = f
}

func (t *Tree) addFeed(c channel, format vatesfeed.Format) error {
	f := &File{Name: c.Slug + "." + string(format), Type: format.MediaType(), Modified: c.Newest, isFeed: true}
	feed := c.feed()
	feed.Limit = t.options.Limit
	feed.PageURL = t.options.PageURL
	feed.HubURL = t.options.HubURL
	if t.options.BaseURL != "" {
		f.Feed = join(t.options.BaseURL, f.Name)
		feed.SelfURL = f.Feed
		link := "<" + f.Feed + `>; rel="self"`
		if t.options.HubURL != "" {
			link += ", <" + t.options.HubURL + `>; rel="hub"`
		}
		f.link = []string{link}
	}
	var b bytes.Buffer
	if err := feed.Write(&b, format); err != nil {
		return err
	}
	f.Body = b.Bytes()
	t.add(f)
	return nil
}

// seal makes what is derived from a file's body.
func (f *File) seal() {
	sum := sha256.Sum256(f.Body)
	tag := base64.RawURLEncoding.EncodeToString(sum[:15])
	f.plain = newVariant(f.Body, tag)
	f.contentType = []string{f.Type}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is right
	z.Write(f.Body)
	z.Close()
	if b.Len() < len(f.Body) {
		f.gzip = newVariant(b.Bytes(), tag+"-gzip")
	}
	f.modified = f.Modified.Add(time.Duration(binary.BigEndian.Uint32(sum[16:])%(24*60*60)) * time.Second)
}

// channels returns what one can subscribe to, all articles first.
func channels(articles []vatesfeed.Article, o Options) []channel {
	list := []channel{{Slug: all, Articles: articles}}
	var names []string
	for _, s := range vatesfeed.Sections(articles) {
		if len(o.Sections) > 0 && !slices.ContainsFunc(o.Sections, s.Matches) {
			continue
		}
		names = append(names, s.Name)
	}
	slugs := slugs(names, o.Slugs)
	place := make(map[string]int) // in list, by any spelling of the name
	for i, name := range names {
		place[name] = i + 1
		list = append(list, channel{Name: name, Slug: slugs[name]})
	}
	for _, a := range articles {
		for _, name := range a.Sections {
			i, ok := place[name]
			if !ok {
				i = 1 + slices.IndexFunc(names, func(n string) bool { return vatesfeed.SameSection(n, name) })
				place[name] = i
			}
			if i > 0 {
				list[i].Articles = append(list[i].Articles, a)
			}
		}
	}
	for i := range list {
		list[i].Newest = slices.MaxFunc(list[i].Articles, func(a, b vatesfeed.Article) int { return a.Date.Compare(b.Date) }).Date
	}
	return list
}

// maxSlug is how long the name of a section's files may be: file systems take
// 255 bytes, with an ending.
const maxSlug = 80

// slugs returns what the files of sections are called. A section keeps the slug
// that it had before, so that an address never changes over to another section.
// Of several new names with the same slug the first in the order of the alphabet
// has it, and the others have something of their own behind it.
func slugs(names []string, before map[string]string) map[string]string {
	taken := map[string]bool{all: true, "index": true, "feeds": true, "404": true, "healthz": true}
	slugs := make(map[string]string)
	for _, name := range names {
		if slug := before[name]; slug != "" && !taken[slug] && strings.HasPrefix(slug, short(name)) {
			taken[slug] = true
			slugs[name] = slug
		}
	}
	for _, name := range slices.Sorted(slices.Values(names)) {
		if slugs[name] != "" {
			continue
		}
		slug := short(name)
		if taken[slug] || slug != vatesfeed.Slug(name) {
			sum := sha256.Sum256([]byte(name))
			slug = fmt.Sprintf("%s-%x", slug, sum[:4])
		}
		taken[slug] = true
		slugs[name] = slug
	}
	return slugs
}

func short(name string) string {
	slug := vatesfeed.Slug(name)
	return strings.TrimRight(slug[:min(len(slug), maxSlug)], "-")
}

// Slugs returns what the files of each section are called; see Options.
func (t *Tree) Slugs() map[string]string {
	slugs := make(map[string]string)
	for _, c := range t.channels {
		if c.Name != "" {
			slugs[c.Name] = c.Slug
		}
	}
	return slugs
}

// join returns the address of a file in a folder.
func join(base, name string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.JoinPath(name).String()
}

// File returns the file of a name, or nil.
func (t *Tree) File(name string) *File { return t.byName[name] }

// Names returns the names of all files of the tree.
func (t *Tree) Names() []string {
	names := make([]string, len(t.Files))
	for i, f := range t.Files {
		names[i] = f.Name
	}
	return names
}

// ChangedFeeds returns the feeds in t that differ from those in old, which may
// be nil.
func (t *Tree) ChangedFeeds(old *Tree) []*File {
	var changed []*File
	for _, f := range t.Files {
		if !f.isFeed {
			continue
		}
		if old != nil {
			if before := old.byName[f.Name]; before != nil && before.sameAs(f) {
				continue
			}
		}
		changed = append(changed, f)
	}
	return changed
}

// Counts returns how many articles each section has, by its slug.
func (t *Tree) Counts() map[string]int {
	counts := make(map[string]int)
	for _, c := range t.channels {
		counts[c.Slug] = len(c.Articles)
	}
	return counts
}

// feed returns the feed of a channel, as far as the channel makes it.
func (c channel) feed() vatesfeed.Feed {
	f := vatesfeed.Feed{Articles: c.Articles}
	if c.Name != "" {
		f.Sections = []string{c.Name}
	}
	return f
}

// title returns the title of a channel's feeds.
func (c channel) title() string {
	f := c.feed()
	return f.Title()
}

// name returns what people call a channel.
func (c channel) name() string { return cmp.Or(c.Name, "Kaikki artikkelit") }
