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

// options is what the command line asks for.
type options struct {
	sources       []string
	selection     vatesfeed.Selection
	limit         int // of the feed; see vatesfeed.Feed.Limit
	format        vatesfeed.Format
	out           string
	archive       string
	acceptFewer   bool
	baseURL       string
	pageURL       string
	timeout       time.Duration
	userAgent     string
	keepGoing     bool
	articles      string // "", "title" or "full"
	articlesLimit int
	list          bool
	explain       bool
	site          string
	verbose       bool
	serve         string
	refresh       time.Duration
	hub           string
	strict        bool
	version       bool
	health        string
	logFormat     string // "text" or "json"
	man           bool
	completion    string
}

// A flagGroup is flags that have to do with each other.
type flagGroup struct {
	title string
	flags []flagSpec
}

// A flagSpec is a flag: the one place that says what it is called and what it
// does. The command line, the environment variables, -h, the man page and the
// completions come from here.
type flagSpec struct {
	name string
	arg  string // what its value is called; "" for a flag that takes none
	help string
	set  func(string) error
}

// flags returns all flags. Setting one sets an option.
func (o *options) flags() []flagGroup {
	return []flagGroup{
		{"What to read", []flagSpec{
			{"archive", "FILE", "remember every article in FILE, and write feeds of all", archiveFlag(&o.archive)},
			{"articles", "WHAT", "read articles' own pages: title (with authors and picture) or full (with the text too)", choiceFlag(&o.articles, "give title or full", "title", "full")},
			{"articles-limit", "N", "read at most N of these pages in a run (default 50)", limitFlag(&o.articlesLimit)},
			{"page-url", "URL", "the listing's page, for links in and to saved pages", urlFlag(&o.pageURL)},
			{"timeout", "D", "how long reading one URL may take (default 30s)", durationFlag(&o.timeout)},
			{"user-agent", "NAME", "what to call ourselves to servers", stringFlag(&o.userAgent)},
			{"keep-going", "", "leave out sources that fail, unless all do", boolFlag(&o.keepGoing)},
			{"strict", "", "fail, writing nothing, if any problem was found", boolFlag(&o.strict)},
			{"accept-fewer", "", "accept that most articles of a page or a feed are gone", boolFlag(&o.acceptFewer)},
		}},
		{"What to choose", []flagSpec{
			{"section", "NAME", "only this section; may be repeated", sectionFlag(&o.selection.Sections)},
			{"since", "DATE", "only articles from this day on: 2024-01-25 or 25.1.2024", dateFlag(&o.selection.Since)},
			{"until", "DATE", "only articles up to this day", dateFlag(&o.selection.Until)},
			{"limit", "N", "only the newest N articles of each feed", limitFlag(&o.limit)},
		}},
		{"What to write", []flagSpec{
			{"o", "FILE", "write to FILE instead of standard output", outFlag(&o.out)},
			{"format", "FORMAT", "rss, atom or json (default by the end of FILE's name, or rss)", choiceFlag(&o.format, "the formats are rss, atom and json", vatesfeed.Formats()...)},
			{"explain", "", "show how each source is read, for a report about an error", boolFlag(&o.explain)},
			{"list", "", "show the sections with their counts and newest dates", boolFlag(&o.list)},
			{"site", "FOLDER", "write a page and all feeds into FOLDER, for a web server", stringFlag(&o.site)},
			{"serve", "ADDRESS", "serve the page and all feeds, at :8080 for example", stringFlag(&o.serve)},
			{"refresh", "D", "with -serve, read the sources again every D, such as 1h", durationFlag(&o.refresh)},
			{"log", "FORMAT", "with -serve, log as text or json (default text)", choiceFlag(&o.logFormat, "a log is text or json", "text", "json")},
			{"base-url", "URL", "public folder (or URL) of the feed, for its self link", baseURLFlag(&o.baseURL)},
			{"hub", "URL", "WebSub hub to name in the feeds and to tell of changes", urlFlag(&o.hub)},
			{"v", "", "say what -site changed, and which pages name a feed of their own", boolFlag(&o.verbose)},
		}},
		{"About the program", []flagSpec{
			{"health", "URL", "ask the service at URL how it is; the exit status is 1 unless well", urlFlag(&o.health)},
			{"version", "", "show the version", boolFlag(&o.version)},
			{"man", "", "print the man page", boolFlag(&o.man)},
			{"completion", "SHELL", "print the completions for bash, zsh or fish", choiceFlag(&o.completion, "the shells are bash, zsh and fish", shells...)},
		}},
	}
}

func parseFlags(args, environ []string) (*options, error) {
	o := &options{format: vatesfeed.RSS, logFormat: "text", articlesLimit: defaultPages}
	f := flag.NewFlagSet("vatesfeed", flag.ContinueOnError)
	f.SetOutput(io.Discard) // run prints errors and help
	for _, group := range o.flags() {
		for _, spec := range group.flags {
			if spec.arg == "" {
				f.BoolFunc(spec.name, "", spec.set)
			} else {
				f.Func(spec.name, "", spec.set)
			}
		}
	}
	if err := f.Parse(args); err != nil {
		return nil, err
	}
	given := make(map[string]bool)
	f.Visit(func(f *flag.Flag) { given[f.Name] = true })
	o.sources = f.Args()
	if err := checkSources(args, o.sources); err != nil {
		return nil, err
	}
	if o.version || o.man || o.completion != "" {
		return o, nil // whatever else there is
	}
	if given["health"] && len(o.sources) > 0 {
		return nil, errors.New("-health takes no sources")
	}
	used, err := o.fromEnvironment(environ, given)
	if err != nil {
		return nil, err
	}
	if !given["format"] && o.out != "" {
		switch strings.ToLower(path.Ext(o.out)) {
		case ".atom":
			o.format = vatesfeed.Atom
		case ".json":
			o.format = vatesfeed.JSON
		}
	}
	if err := o.checkTogether(given); err != nil {
		if len(used) > 0 {
			err = fmt.Errorf("%w (set in the environment: %s)", err, strings.Join(used, ", "))
		}
		return nil, err
	}
	return o, nil
}

// checkTogether finds flags that make no sense together.
func (o *options) checkTogether(given map[string]bool) error {
	for _, mode := range modes {
		if !given[mode] {
			continue
		}
		for _, other := range append(modes, "o", "format") {
			if other != mode && given[other] {
				return fmt.Errorf("-%s and -%s do not go together", mode, other)
			}
		}
	}
	if len(o.sources) == 0 && o.archive == "" {
		for _, mode := range []string{"o", "site", "serve"} {
			if given[mode] && (mode != "o" || o.out != "-") {
				return fmt.Errorf("-%s needs a source, such as %s; the listings that come with the program are only for a first look", mode, vatesfeed.DefaultPageURL)
			}
		}
	}
	switch {
	case o.explain && (len(o.sources) == 0 || slices.Contains(o.sources, "-")):
		return errors.New("-explain needs a file or a URL")
	case given["site"] && o.site == "", given["serve"] && o.serve == "":
		return errors.New("-site names a folder, and -serve an address such as :8080")
	case o.list && o.limit > 0:
		return errors.New("-list and -limit do not go together")
	case given["articles-limit"] && o.articles == "":
		return errors.New("-articles-limit goes with -articles")
	case o.articles != "" && (o.explain || o.list):
		return errors.New("-articles goes with neither -explain nor -list")
	case given["refresh"] && o.serve == "":
		return errors.New("-refresh goes with -serve")
	case given["log"] && o.serve == "":
		return errors.New("-log goes with -serve")
	case o.archive != "" && (sameFile(o.archive, o.out) || slices.ContainsFunc(o.sources, func(s string) bool { return sameFile(s, o.archive) })):
		return errors.New("the file of -archive can be neither the output nor a source")
	case o.refresh > 0 && slices.Contains(o.sources, "-"):
		return errors.New("standard input can be read only once, and so not again every -refresh")
	case o.hub != "" && o.site == "" && o.serve == "":
		return errors.New("-hub goes with -site or -serve")
	case (o.site != "" || o.serve != "") && isFeedFile(o.baseURL):
		return errors.New("-base-url names a folder here, such as https://feeds.example.org/")
	case o.hub != "" && o.baseURL == "":
		return errors.New("-hub needs -base-url: a hub has to know where the feeds are")
	case !o.selection.Since.IsZero() && !o.selection.Until.IsZero() && o.selection.Until.Compare(o.selection.Since) < 0:
		return errors.New("-until is before -since")
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

func stringFlag(to *string) func(string) error {
	return func(s string) error {
		*to = s
		return nil
	}
}

func boolFlag(to *bool) func(string) error {
	return func(s string) (err error) {
		if *to, err = strconv.ParseBool(s); err != nil {
			return errors.New("it is true or false")
		}
		return nil
	}
}

func sectionFlag(to *[]string) func(string) error {
	return func(s string) error {
		if strings.TrimSpace(s) == "" {
			return errors.New("a section has a name")
		}
		*to = append(*to, s)
		return nil
	}
}

// choiceFlag reads one of some values.
func choiceFlag[T ~string](to *T, message string, choices ...T) func(string) error {
	return func(s string) error {
		if !slices.Contains(choices, T(s)) {
			return errors.New(message)
		}
		*to = T(s)
		return nil
	}
}

func outFlag(to *string) func(string) error {
	return func(s string) error {
		if s == "" {
			return errors.New("a file has a name")
		}
		*to = s
		return nil
	}
}

func archiveFlag(to *string) func(string) error {
	return func(s string) error {
		if s == "" || s == "-" {
			return errors.New("an archive is a file")
		}
		*to = s
		return nil
	}
}

func limitFlag(to *int) func(string) error {
	return func(s string) (err error) {
		*to, err = strconv.Atoi(s)
		if err != nil || *to < 1 {
			return errors.New("a limit is 1 or more")
		}
		return nil
	}
}

func baseURLFlag(to *string) func(string) error {
	return func(s string) error {
		if strings.Contains(s, "?") {
			return errors.New("an address of a folder has no ?")
		}
		return urlFlag(to)(s)
	}
}

func dateFlag(t *vatesfeed.Date) func(string) error {
	return func(s string) (err error) {
		*t, err = vatesfeed.ParseDate(s)
		return err
	}
}

// durationFlag reads a time such as 60s or 1h.
func durationFlag(to *time.Duration) func(string) error {
	return func(s string) error {
		if _, err := strconv.Atoi(s); err == nil {
			return fmt.Errorf("a time needs a unit: write %ss, %sm or %sh", s, s, s)
		}
		d, err := time.ParseDuration(s)
		if err != nil || d <= 0 {
			return errors.New("a time is more than 0, such as 30s or 1h")
		}
		*to = d
		return nil
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
