package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"github.com/vatesfeed/vatesfeed/source"
)

const usage = `Usage: vatesfeed [flags] [source ...]

Vatesfeed turns article listings of www.vates.fi into a feed. A source is a
text listing, an HTML page or a feed: a file, - for standard input, or an http
or https address. Without a source it uses two listings of its own.

  -section NAME     only this section; may be repeated
  -format FORMAT    rss (default), atom or json
  -o FILE           write to FILE instead of standard output
  -since DATE       only articles from this day on: 2024-01-25 or 25.1.2024
  -until DATE       only articles up to this day
  -limit N          only the newest N articles
  -base-url URL     public folder (or address) of the feed, for its self link
  -page-url URL     the listing's page, for links in and to saved pages
  -timeout D        how long reading one address may take (default 30s)
  -user-agent NAME  what to call ourselves to servers
  -keep-going       leave out sources that fail, unless all do
  -strict           fail, writing nothing, if any problem was found
  -list             show the sections with their counts and newest dates
  -site FOLDER      write a page and all feeds into FOLDER, for a web server
  -v                with -site, say what changed
  -serve ADDRESS    serve the page and all feeds, at :8080 for example
  -refresh D        with -serve, read the sources again every D, such as 1h
  -hub URL          WebSub hub to name in the feeds and to tell of changes
  -version          show the version

Examples:
  vatesfeed -section Aluepäättäjille > aluepaattajille.rss
  vatesfeed -format json -o all.json all.json https://www.vates.fi/blogi
  vatesfeed -serve :8080 -refresh 1h https://www.vates.fi/blogi
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
	timeout   time.Duration
	userAgent string
	keepGoing bool
	list      bool
	site      string
	verbose   bool
	serve     string
	refresh   time.Duration
	hub       string
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
		if !slices.Contains(vatesfeed.Formats(), o.format) {
			return errors.New("the formats are rss, atom and json")
		}
		return nil
	})
	f.Func("o", "", func(s string) error {
		if s == "" {
			return errors.New("a file has a name")
		}
		o.out = s
		return nil
	})
	f.Func("since", "", dateFlag(&o.selection.Since))
	f.Func("until", "", dateFlag(&o.selection.Until))
	f.Func("limit", "", func(s string) (err error) {
		o.limit, err = strconv.Atoi(s)
		if err != nil || o.limit < 1 {
			return errors.New("a limit is 1 or more")
		}
		return nil
	})
	f.Func("base-url", "", func(s string) error {
		if strings.Contains(s, "?") {
			return errors.New("an address of a folder has no ?")
		}
		return urlFlag(&o.baseURL)(s)
	})
	f.Func("page-url", "", urlFlag(&o.pageURL))
	f.DurationVar(&o.timeout, "timeout", source.DefaultTimeout, "")
	f.StringVar(&o.userAgent, "user-agent", "", "")
	f.BoolVar(&o.keepGoing, "keep-going", false, "")
	f.BoolVar(&o.list, "list", false, "")
	f.StringVar(&o.site, "site", "", "")
	f.BoolVar(&o.verbose, "v", false, "")
	f.StringVar(&o.serve, "serve", "", "")
	f.DurationVar(&o.refresh, "refresh", 0, "")
	f.Func("hub", "", urlFlag(&o.hub))
	f.BoolVar(&o.strict, "strict", false, "")
	f.BoolVar(&o.version, "version", false, "")
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	o.sources = f.Args()
	if err := checkSources(args, o.sources); err != nil {
		return nil, err
	}
	if o.timeout <= 0 {
		return nil, errors.New("-timeout: a time is more than 0, such as 30s")
	}
	given := make(map[string]bool)
	f.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if err := o.checkTogether(given); err != nil {
		return nil, err
	}
	if s := o.selection; !s.Since.IsZero() && !s.Until.IsZero() && s.Until.Compare(s.Since) < 0 {
		return nil, errors.New("-until is before -since")
	}
	return o, nil
}

// checkTogether finds flags that make no sense together.
func (o *options) checkTogether(given map[string]bool) error {
	for _, mode := range []string{"list", "site", "serve"} {
		if !given[mode] {
			continue
		}
		for _, other := range []string{"list", "site", "serve", "o", "format"} {
			if other != mode && given[other] {
				return fmt.Errorf("-%s and -%s do not go together", mode, other)
			}
		}
	}
	if len(o.sources) == 0 {
		for _, mode := range []string{"o", "site", "serve"} {
			if given[mode] && (mode != "o" || o.out != "-") {
				return fmt.Errorf("-%s needs a source, such as %s; the listings that come with the program are only for a first look", mode, vatesfeed.DefaultPageURL)
			}
		}
	}
	switch {
	case given["site"] && o.site == "", given["serve"] && o.serve == "":
		return errors.New("-site names a folder, and -serve an address such as :8080")
	case o.list && o.limit > 0:
		return errors.New("-list and -limit do not go together")
	case o.verbose && o.site == "":
		return errors.New("-v goes with -site")
	case given["refresh"] && o.serve == "":
		return errors.New("-refresh goes with -serve")
	case given["refresh"] && o.refresh <= 0:
		return errors.New("-refresh: a time is more than 0, such as 1h")
	case o.refresh > 0 && slices.Contains(o.sources, "-"):
		return errors.New("standard input can be read only once, and so not again every -refresh")
	case o.hub != "" && o.site == "" && o.serve == "":
		return errors.New("-hub goes with -site or -serve")
	case (o.site != "" || o.serve != "") && isFeedFile(o.baseURL):
		return errors.New("-base-url names a folder here, such as https://feeds.example.org/")
	case o.hub != "" && o.baseURL == "":
		return errors.New("-hub needs -base-url: a hub has to know where the feeds are")
	}
	return nil
}

// checkSources finds flags that stand where only sources can, and sources that
// cannot be read.
func checkSources(args, sources []string) error {
	stdin := 0
	dashes := len(args) > len(sources) && args[len(args)-len(sources)-1] == "--"
	for _, s := range sources {
		scheme, _, _ := strings.Cut(strings.ToLower(s), "://")
		switch {
		case s == "-":
			stdin++
		case s == "":
			return errors.New("a source has a name")
		case s[0] == '-' && !dashes:
			return fmt.Errorf("flag %s stands after a source; flags go first (a file of this name is ./%s)", s, s)
		case source.IsURL(s) && scheme != "http" && scheme != "https":
			return fmt.Errorf("%s: only http and https URLs can be read", s)
		}
	}
	if stdin > 1 {
		return errors.New("- is named twice, and standard input can be read only once")
	}
	return nil
}

func dateFlag(t *vatesfeed.Date) func(string) error {
	return func(s string) (err error) {
		*t, err = vatesfeed.ParseDate(s)
		return err
	}
}

func urlFlag(to *string) func(string) error {
	return func(s string) (err error) {
		*to, err = weburl.Public(s)
		return err
	}
}

// isFeedFile reports whether an address is that of a feed and not of a folder.
func isFeedFile(address string) bool {
	switch strings.ToLower(path.Ext(address)) {
	case ".rss", ".atom", ".json", ".xml":
		return true
	}
	return false
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
	if isFeedFile(u.Path) {
		return o.baseURL
	}
	name := filepath.Base(o.out)
	if st, err := os.Stat(o.out); o.out == "" || o.out == "-" || err == nil && !st.Mode().IsRegular() {
		slugs := []string{"kaikki"}
		if len(sections) > 0 {
			slugs = slugs[:0]
			for _, s := range sections {
				slugs = append(slugs, vatesfeed.Slug(s))
			}
		}
		name = strings.Join(slugs, "-") + "." + string(o.format)
	}
	return u.JoinPath(url.PathEscape(name)).String()
}
