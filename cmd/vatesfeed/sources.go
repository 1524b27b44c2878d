package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/samples"
	"github.com/vatesfeed/vatesfeed/source"
)

// read returns the listings of the sources, in their order, and prints what
// could not be read.
func (c *command) read(ctx context.Context) ([]vatesfeed.Listing, error) {
	if c.isNewArchive() {
		fmt.Fprintf(c.stderr, "vatesfeed: %s does not exist yet, and is made now\n", c.out)
		c.sources = slices.DeleteFunc(slices.Clone(c.sources), func(n string) bool { return sameFile(n, c.out) })
	}
	in, err := c.gather(ctx)
	for _, p := range in.problems[:min(len(in.problems), maxProblems)] {
		fmt.Fprintln(c.stderr, printable(p.Error()))
	}
	if more := len(in.problems) - maxProblems; more > 0 {
		fmt.Fprintf(c.stderr, "vatesfeed: and %s more\n", plural(more, "problem"))
	}
	if err != nil {
		return nil, err
	}
	for _, err := range in.failed {
		fmt.Fprintf(c.stderr, "vatesfeed: %s\n", printable(err.Error()))
	}
	return in.listings, nil
}

// maxProblems is how many problems are printed: whoever gets them by mail has
// enough to do with these.
const maxProblems = 1000

// input is what the sources gave.
type input struct {
	listings []vatesfeed.Listing
	problems []*vatesfeed.ParseError
	failed   []error // of sources that are left out
}

// gather reads all sources. The problems are there also if it fails.
func (c *command) gather(ctx context.Context) (in input, err error) {
	if len(c.sources) == 0 {
		fmt.Fprintln(c.stderr, "vatesfeed: no source given, so this is from two listings of January 2024 that come with the program")
		in.listings = samples.Listings()
		return in, nil
	}
	results := c.getAll(ctx)
	for _, r := range results {
		for _, l := range r.Listings {
			in.problems = append(in.problems, l.Problems...)
		}
		if r.Err != nil {
			if sameFile(r.Name, c.out) {
				// Going on would take the place of what it has.
				return in, fmt.Errorf("%w; it is also the output, and left as it is", r.Err)
			}
			in.failed = append(in.failed, r.Err)
			in.listings = append(in.listings, c.last[r.Name].Listings...)
			continue
		}
		if r.Unchanged {
			r.Listings = c.last[r.Name].Listings
		}
		in.listings = append(in.listings, r.Listings...)
		if c.last != nil && 2*count(r.Listings) >= count(c.last[r.Name].Listings) {
			c.last[r.Name] = r
		}
	}
	switch {
	case ctx.Err() != nil:
		return in, errors.New("interrupted: nothing written")
	case len(in.failed) > 0 && (!c.keepGoing || len(in.failed) == len(results)):
		return in, errors.Join(in.failed...)
	case c.strict && len(in.problems) > 0:
		return in, fmt.Errorf("%s found, and -strict given: nothing written", plural(len(in.problems), "problem"))
	}
	return in, nil
}

// getAll reads all sources.
func (c *command) getAll(ctx context.Context) []source.Result {
	client := &source.Client{PageURL: c.pageURL, Timeout: c.timeout, UserAgent: c.agent()}
	sources := make([]source.Source, len(c.sources))
	for i, name := range c.sources {
		sources[i] = source.Source{Name: name}
		if last, ok := c.last[name]; ok {
			sources[i] = last.Source
		}
	}
	stdin := slices.Index(c.sources, "-")
	if stdin < 0 {
		return client.GetAll(ctx, sources)
	}
	r := source.Result{Source: sources[stdin]}
	r.Listings, r.Err = client.Read("standard input", "", c.stdin)
	results := client.GetAll(ctx, slices.Delete(sources, stdin, stdin+1))
	return slices.Insert(results, stdin, r)
}

func count(listings []vatesfeed.Listing) (articles int) {
	for _, l := range listings {
		articles += len(l.Articles)
	}
	return articles
}

// agent returns what to call ourselves to servers.
func (o *options) agent() string {
	if o.userAgent != "" {
		return o.userAgent
	}
	return "vatesfeed/" + version() + " (+https://github.com/vatesfeed/vatesfeed)"
}

// isNewArchive reports whether the output is also a source, and does not exist
// yet: an archive is begun.
func (c *command) isNewArchive() bool {
	if len(c.sources) == 1 || !slices.ContainsFunc(c.sources, func(n string) bool { return sameFile(n, c.out) }) {
		return false
	}
	_, err := os.Stat(c.out)
	return errors.Is(err, fs.ErrNotExist)
}

// sameFile reports whether a source is also the output.
func sameFile(source, out string) bool {
	return out != "" && out != "-" && source != "-" && filepath.Clean(source) == filepath.Clean(out)
}

// printable returns s with what a terminal might obey made visible.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == '\n' {
			return r
		}
		return '\uFFFD'
	}, s)
}
