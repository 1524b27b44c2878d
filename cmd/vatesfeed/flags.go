package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed"
)

const usage = `Usage: vatesfeed [flags] [source ...]

Vatesfeed turns article listings of www.vates.fi into a feed. A source is a
file, or - for standard input; without one it uses two listings of its own.

  -section NAME    only this section; may be repeated
  -format FORMAT   rss (default), atom or json
  -o FILE          write to FILE instead of standard output
  -since DATE      only articles from this day on: 2024-01-25 or 25.1.2024
  -until DATE      only articles up to this day
  -limit N         only the newest N articles
  -base-url URL    public folder (or address) of the feed, for its self link
  -page-url URL    the listing's page, for links of articles that have none
  -list            show the sections with their counts and newest dates
  -strict          fail, writing nothing, if any problem was found
  -version         show the version

Examples:
  vatesfeed -section Aluepäättäjille > aluepaattajille.rss
  vatesfeed -format atom -limit 20 -o feed.atom listing.txt
  vatesfeed -list listing.txt
`

// options is what the command line asks for.
type options struct {
	sources   []string
	selection vatesfeed.Selection
	limit     int // of the feed; see vatesfeed.Feed.Limit
	format    vatesfeed.Format
	out       string
	baseURL   string
	pageURL   string
	list      bool
	strict    bool
	version   bool
}

func parseFlags(args []string) (*options, error) {
	o := &options{format: vatesfeed.RSS}
	f := flag.NewFlagSet("vatesfeed", flag.ContinueOnError)
	f.SetOutput(io.Discard) // run prints errors and help
	f.Func("section", "", func(s string) error {
		if strings.TrimSpace(s) == "" {
			return errors.New("a section has a name")
		}
		o.selection.Sections = append(o.selection.Sections, s)
		return nil
	})
	f.Func("format", "", func(s string) error {
		o.format = vatesfeed.Format(s)
		if !slices.Contains(vatesfeed.Formats, o.format) {
			return errors.New("the formats are rss, atom and json")
		}
		return nil
	})
	f.StringVar(&o.out, "o", "", "")
	f.Func("since", "", dateFlag(&o.selection.Since))
	f.Func("until", "", dateFlag(&o.selection.Until))
	f.IntVar(&o.limit, "limit", 0, "")
	f.Func("base-url", "", urlFlag(&o.baseURL))
	f.Func("page-url", "", urlFlag(&o.pageURL))
	f.BoolVar(&o.list, "list", false, "")
	f.BoolVar(&o.strict, "strict", false, "")
	f.BoolVar(&o.version, "version", false, "")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	o.sources = f.Args()
	for _, s := range o.sources {
		if len(s) > 1 && s[0] == '-' {
			return nil, fmt.Errorf("flag %s stands after a source; flags go first (a file of this name is ./%s)", s, s)
		}
	}
	if o.limit < 0 {
		return nil, fmt.Errorf("-limit %d: a limit is 1 or more", o.limit)
	}
	if s := o.selection; !s.Since.IsZero() && !s.Until.IsZero() && s.Until.Before(s.Since) {
		return nil, errors.New("-until is before -since")
	}
	return o, nil
}

func dateFlag(t *time.Time) func(string) error {
	return func(s string) (err error) {
		*t, err = vatesfeed.ParseDate(s)
		return err
	}
}

func urlFlag(to *string) func(string) error {
	return func(s string) error {
		u, err := url.Parse(s)
		if err != nil {
			return err
		}
		if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return errors.New("write a whole address, such as https://feeds.example.org/")
		}
		*to = u.String()
		return nil
	}
}

// selfURL returns the public address of the feed: the base URL where that
// names a feed's file, else that of the feed's file in the folder that it names.
func (o *options) selfURL(sections []string) string {
	if o.baseURL == "" {
		return ""
	}
	u, err := url.Parse(o.baseURL)
	if err != nil {
		return "" // urlFlag has parsed it
	}
	switch path.Ext(u.Path) {
	case ".rss", ".atom", ".json", ".xml":
		return o.baseURL
	}
	name := filepath.Base(o.out)
	if o.out == "" {
		slugs := []string{"kaikki"}
		if len(sections) > 0 {
			slugs = slugs[:0]
			for _, s := range sections {
				slugs = append(slugs, vatesfeed.Slug(s))
			}
		}
		name = strings.Join(slugs, "-") + "." + string(o.format)
	}
	return u.JoinPath(name).String()
}
