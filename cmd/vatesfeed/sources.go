package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/source"
	"github.com/vatesfeed/vatesfeed/testdata"
)

// read returns the listings of the sources, in their order, and prints what
// could not be read.
func (c *command) read(ctx context.Context) ([]vatesfeed.Listing, error) {
	names := c.sources
	if len(names) == 0 {
		return c.builtIn()
	}
	if c.isNewArchive() {
		fmt.Fprintf(c.stderr, "vatesfeed: %s does not exist yet, and is made now\n", c.out)
		names = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == c.out })
	}
	results := c.reader(c.stdin).OpenAll(ctx, names)
	var listings []vatesfeed.Listing
	var failed []error
	problems := 0
	for _, r := range results {
		for _, l := range r.Listings {
			problems += len(l.Problems)
			for _, p := range l.Problems {
				fmt.Fprintln(c.stderr, printable(p.Error()))
			}
		}
		if r.Err != nil {
			failed = append(failed, r.Err)
			continue
		}
		listings = append(listings, r.Listings...)
	}
	switch {
	case ctx.Err() != nil:
		return nil, errors.New("interrupted: nothing written")
	case len(failed) > 0 && (!c.keepGoing || len(failed) == len(results)):
		return nil, errors.Join(failed...)
	case c.strict && problems > 0:
		return nil, fmt.Errorf("%s found, and -strict given: nothing written", plural(problems, "problem"))
	}
	for _, err := range failed {
		fmt.Fprintf(c.stderr, "vatesfeed: %s\n", printable(err.Error()))
	}
	return listings, nil
}

// reader returns what reads the sources.
func (o *options) reader(stdin io.Reader) *source.Reader {
	agent := o.userAgent
	if agent == "" {
		agent = "vatesfeed/" + version() + " (+https://github.com/vatesfeed/vatesfeed)"
	}
	return &source.Reader{PageURL: o.pageURL, Timeout: o.timeout, UserAgent: agent, Stdin: stdin}
}

// isNewArchive reports whether the output is also a source, and does not exist
// yet: an archive is begun.
func (c *command) isNewArchive() bool {
	if c.out == "" || !slices.Contains(c.sources, c.out) || len(c.sources) == 1 {
		return false
	}
	_, err := os.Stat(c.out)
	return errors.Is(err, fs.ErrNotExist)
}

// builtIn returns the listings that come with the program.
func (c *command) builtIn() ([]vatesfeed.Listing, error) {
	fmt.Fprintln(c.stderr, "vatesfeed: no source given, so this is from two listings of January 2024 that come with the program")
	names, err := fs.Glob(testdata.Listings, "*.txt")
	if err != nil {
		return nil, err
	}
	var all []vatesfeed.Listing
	for _, name := range names {
		b, err := testdata.Listings.ReadFile(name)
		if err != nil {
			return nil, err
		}
		listings, err := vatesfeed.Parse(filepath.Base(name), bytes.NewReader(b))
		if err != nil {
			return nil, err
		}
		all = append(all, listings...)
	}
	return all, nil
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
