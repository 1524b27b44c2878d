package archive

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/item"
	"github.com/vatesfeed/vatesfeed/internal/wholefile"
	"github.com/vatesfeed/vatesfeed/source"
)

// version is the version of the file format. Read refuses a newer one.
const version = 1

const comment = "The archive of vatesfeed, https://github.com/vatesfeed/vatesfeed"

// head has the fields of a file other than its items. _vatesfeed is an extension
// of JSON Feed 1.1, section "Extensions".
type head struct {
	Version   string    `json:"version"`
	Title     string    `json:"title"`
	Language  string    `json:"language"`
	PageURL   string    `json:"home_page_url"`
	Comment   string    `json:"user_comment"`
	Extension extension `json:"_vatesfeed"`
}

// isOurs reports whether this module wrote the file, as an archive or a feed. The
// comment stands before the items.
func (h *head) isOurs() bool {
	return h.Comment == comment || strings.HasPrefix(h.Comment, "Made by vatesfeed")
}

type extension struct {
	Version int                  `json:"version"`
	Reader  int                  `json:"reader"` // source.ReaderVersion; the validators hold for this version only
	Page    Page                 `json:"page"`
	Sources []fileSource         `json:"sources"`
	Untold  []string             `json:"untold,omitempty"`           // see Archive.Untold
	Pauses  map[string]time.Time `json:"pages_not_before,omitempty"` // by host
}

type fileSource struct {
	Name         string         `json:"name"`
	ETag         string         `json:"etag,omitempty"`
	LastModified string         `json:"last_modified,omitempty"`
	LastGood     vatesfeed.Date `json:"last_good,omitzero"`
	NotBefore    time.Time      `json:"not_before,omitzero"`
	Failures     int            `json:"failures,omitempty"`
	Entries      int            `json:"entries"`
	Names        []string       `json:"names,omitempty"`
}

type fileItem struct {
	ID        string         `json:"id"`
	URL       string         `json:"url"`
	Title     string         `json:"title"`
	HTML      string         `json:"content_html,omitempty"`
	Text      string         `json:"content_text"`
	Summary   string         `json:"summary,omitempty"` // in ordinary feeds, beside HTML
	Image     string         `json:"image,omitempty"`
	Published time.Time      `json:"date_published"`
	Authors   []author       `json:"authors,omitempty"`
	Tags      []string       `json:"tags,omitempty"`
	Extension *itemExtension `json:"_vatesfeed"`
}

type author struct {
	Name string `json:"name"`
}

// An itemExtension marks the fields of an item that the article does not have,
// and that were filled in for feed readers.
type itemExtension struct {
	NoURL     bool       `json:"no_url,omitempty"`
	NoTitle   bool       `json:"no_title,omitempty"`
	NoText    bool       `json:"no_text,omitempty"`
	NoAuthors bool       `json:"no_authors,omitempty"`
	NoImage   bool       `json:"no_image,omitempty"`
	Known     []string   `json:"known_as,omitempty"`
	In        []int      `json:"in,omitempty"` // indexes of sources
	Image     item.Image `json:"image,omitzero"`
	OwnPage   *fileOwn   `json:"own_page,omitempty"`
}

// WriteTo writes the archive as a JSON Feed 1.1.
//
// The object _vatesfeed of the feed has the version of the format, the version of
// package source, the page, the feeds of Untold, and the sources. Each source has
// its name, its validators, the day when it was last read successfully, when it
// may be requested again, how often it has failed in a row, how many entries it
// had, and its headings and sections.
//
// The object _vatesfeed of an item has the former IDs and links of the article,
// the indexes of the sources that had it when last read successfully, which fields
// of the item the article does not have, the alternative text and the size of its
// image, and what its own page said or why it could not be read.
func (a *Archive) WriteTo(w io.Writer) (int64, error) {
	h := head{
		Version:   "https://jsonfeed.org/version/1.1",
		Title:     cmp.Or(a.page.Site, "Vates") + " – Arkisto",
		Language:  cmp.Or(a.page.Language, "fi"),
		PageURL:   cmp.Or(a.page.URL, vatesfeed.DefaultPageURL),
		Comment:   comment,
		Extension: extension{Version: version, Reader: source.ReaderVersion, Page: a.page, Sources: []fileSource{}, Untold: a.Untold, Pauses: a.pauses},
	}
	for _, s := range a.sources {
		f := fileSource{Name: public(s.Name), ETag: s.ETag, LastModified: s.LastModified, NotBefore: s.notBefore, Failures: s.failures, Entries: s.entries, Names: s.names}
		if !s.lastGood.IsZero() {
			f.LastGood = vatesfeed.DateOf(s.lastGood)
		}
		h.Extension.Sources = append(h.Extension.Sources, f)
	}
	count := &countWriter{w: w}
	top, err := encode(h, "")
	if err != nil {
		return 0, err
	}
	io.WriteString(count, strings.TrimSuffix(top, "\n}")+",\n  \"items\": [")
	articles := a.articles(false, func(*record) bool { return true })
	times := vatesfeed.Times(articles)
	for i, r := range a.records {
		e := articles[i]
		it := fileItem{
			ID: e.GUID, URL: e.Link, Title: cmp.Or(e.Title, e.Headline()), HTML: e.Content, Text: e.Summary, Image: e.Image.URL, Published: times[i], Tags: e.Sections,
			Extension: &itemExtension{NoURL: r.Link == "", NoTitle: r.Title == "", NoText: r.Summary == "", NoAuthors: len(r.Authors) == 0 && len(e.Authors) > 0, NoImage: r.Image.URL == "" && e.Image.URL != "", Known: r.known, In: r.in, Image: item.Image(e.Image), OwnPage: r.own.file()},
		}
		for _, name := range e.Authors {
			it.Authors = append(it.Authors, author{name})
		}
		if it.URL == "" {
			it.URL = vatesfeed.ItemURL(h.PageURL, e)
		}
		if it.Text == "" {
			it.Text = it.Title
		}
		text, err := encode(it, "    ")
		if err != nil {
			return count.n, err
		}
		comma := ","
		if i == 0 {
			comma = ""
		}
		io.WriteString(count, comma+"\n    "+text)
	}
	io.WriteString(count, "\n  ]\n}\n")
	return count.n, count.err
}

func encode(v any, prefix string) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent(prefix, "  ")
	err := e.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// A countWriter counts what is written, up to the first error.
type countWriter struct {
	w   io.Writer
	n   int64
	err error
}

func (c *countWriter) Write(b []byte) (int, error) {
	if c.err != nil {
		return 0, c.err
	}
	n, err := c.w.Write(b)
	c.n += int64(n)
	c.err = err
	return n, err
}

// ErrForeign is the error for a file that is not an archive.
var ErrForeign = errors.New("not an archive of vatesfeed")

// Load reads an archive from a file. If the file does not exist, the archive is
// empty.
func Load(name string) (*Archive, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return new(Archive), nil
	} else if err != nil {
		return nil, err
	}
	defer f.Close()
	a, err := Read(bufio.NewReader(f))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return a, nil
}

// Read reads an archive that WriteTo wrote, or any other JSON Feed that this
// module wrote. It reads an item at a time. The error wraps ErrForeign for
// anything else.
func Read(r io.Reader) (*Archive, error) {
	var h head
	a := new(Archive)
	d := json.NewDecoder(r)
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, fmt.Errorf("%w: it is not a JSON object", ErrForeign)
	}
	fields := map[string]any{"version": &h.Version, "title": &h.Title, "language": &h.Language, "home_page_url": &h.PageURL, "user_comment": &h.Comment, "_vatesfeed": &h.Extension}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, broken(err)
		}
		if key == "items" && a.records != nil {
			err = errors.New("it has items twice")
		} else if key == "items" {
			err = a.readItems(d, h.Extension.Version == 0)
		} else if field := fields[key.(string)]; field != nil {
			err = d.Decode(field)
		} else {
			err = d.Decode(new(json.RawMessage))
		}
		if err != nil && !h.isOurs() {
			return nil, fmt.Errorf("%w: %w", ErrForeign, err)
		} else if err != nil {
			return nil, broken(err)
		}
	}
	if _, err := d.Token(); err != nil {
		return nil, broken(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, broken(errors.New("something follows its end"))
	}
	switch {
	case !h.isOurs() || !strings.HasPrefix(h.Version, "https://jsonfeed.org/version/1"):
		return nil, ErrForeign
	case h.Extension.Version > version:
		return nil, fmt.Errorf("a newer vatesfeed wrote it, in version %d of the form; this one knows up to %d", h.Extension.Version, version)
	}
	for _, s := range h.Extension.Sources {
		st := &state{Source: source.Source{Name: s.Name}, notBefore: s.NotBefore, failures: s.Failures, entries: s.Entries, names: s.Names}
		if !s.LastGood.IsZero() {
			st.lastGood = s.LastGood.Time()
		}
		if h.Extension.Reader == source.ReaderVersion {
			st.ETag, st.LastModified = s.ETag, s.LastModified
		}
		a.sources = append(a.sources, st)
	}
	a.page, a.Untold, a.pauses = h.Extension.Page, h.Extension.Untold, h.Extension.Pauses
	plain := h.Extension.Version == 0
	if plain {
		site, _, _ := strings.Cut(h.Title, " – ")
		if site == "Vates" {
			site = "" // the default
		}
		a.page = Page{URL: h.PageURL, Site: site, Language: h.Language}
	}
	for i := range a.records {
		r := &a.records[i]
		for _, n := range r.in {
			if n < 0 || n >= len(a.sources) {
				return nil, broken(fmt.Errorf("item %d is in source %d, which does not exist", i+1, n))
			}
		}
		if plain && r.Link == vatesfeed.ItemURL(h.PageURL, r.Article) {
			r.Link = ""
		}
	}
	return a, nil
}

func broken(err error) error {
	return fmt.Errorf("the archive is broken, and left as it is: %w", err)
}

// readItems reads the array of items. plain means that the file is an ordinary feed
// and not an archive.
func (a *Archive) readItems(d *json.Decoder, plain bool) error {
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return errors.New("its items are not an array")
	}
	a.records = []record{}
	seen := make(map[string]bool)
	for d.More() {
		var i fileItem
		if err := d.Decode(&i); err != nil {
			return err
		}
		if i.ID == "" || seen[i.ID] {
			return fmt.Errorf("item %d has no ID of its own", len(a.records)+1)
		}
		seen[i.ID] = true
		day := vatesfeed.DateOf(i.Published)
		if i.Published.IsZero() || !day.IsValid() {
			return fmt.Errorf("item %d has no date", len(a.records)+1)
		}
		e := cmp.Or(i.Extension, &itemExtension{})
		if i.Text == "" {
			i.Text = i.Summary
		}
		r := record{known: e.Known, in: e.In, own: e.OwnPage.own()}
		r.Article = vatesfeed.Article{Date: day, Title: i.Title, Summary: i.Text, Content: i.HTML, Image: vatesfeed.Image(e.Image), Sections: i.Tags, Link: i.URL, GUID: i.ID}
		r.Image.URL = i.Image
		for _, au := range i.Authors {
			r.Authors = append(r.Authors, au.Name)
		}
		if e.NoText {
			r.Summary = ""
		}
		bare := vatesfeed.Article{Date: day, Summary: r.Summary}
		if e.NoTitle || plain && i.Title == bare.Headline() {
			r.Title = ""
		}
		if e.NoURL {
			r.Link = ""
		}
		if e.NoAuthors {
			r.Authors = nil
		}
		if e.NoImage {
			r.Image = vatesfeed.Image{}
		}
		a.records = append(a.records, r)
	}
	_, err := d.Token()
	return err
}

// Save writes the archive into a file, and reports whether the file changed. The
// file is replaced only once the new one is complete and synced to the disk. If
// its content would stay the same, it is not touched.
func (a *Archive) Save(name string) (changed bool, err error) {
	return wholefile.Write(name, func(w io.Writer) error {
		_, err := a.WriteTo(w)
		return err
	})
}

// Lock locks the archive in the named file against other processes. It waits for
// the lock until ctx is done. The lock is a file beside the archive, named like it
// with ".lock" appended. The file is never removed, and holds the ID of the last
// process that had the lock.
func Lock(ctx context.Context, name string) (unlock func() error, err error) {
	lock := flock.New(name+".lock", flock.SetPermissions(0o666)) // for runs of other users
	if ok, err := lock.TryLockContext(ctx, 50*time.Millisecond); !ok {
		if ctx.Err() == nil {
			return nil, err
		}
		holder := "another process"
		if pid, err := os.ReadFile(lock.Path()); err == nil && len(pid) > 0 {
			holder = "process " + strings.TrimSpace(string(pid))
		}
		return nil, fmt.Errorf("%s is in use by %s", name, holder)
	}
	os.WriteFile(lock.Path(), fmt.Appendln(nil, os.Getpid()), 0o666) // only for the message above
	return lock.Unlock, nil
}
