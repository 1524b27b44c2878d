// Vatesfeed turns article listings of www.vates.fi into feeds.
//
// Run "vatesfeed -h" for its flags, or see the README.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/wholefile"
	"github.com/vatesfeed/vatesfeed/source"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole command. It returns the exit status: 0 when it did what it
// was asked for, 1 when that failed, 2 for wrong usage.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, err := parseFlags(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		_, err = fmt.Fprint(stdout, usage)
	case err != nil:
		fmt.Fprintf(stderr, "vatesfeed: %s\nRun vatesfeed -h for help.\n", printable(err.Error()))
		return 2
	case o.version:
		_, err = fmt.Fprintln(stdout, "vatesfeed", version())
	default:
		c := &command{options: o, stdin: stdin, stdout: stdout, stderr: stderr}
		err = c.run(ctx)
	}
	if err != nil {
		fmt.Fprintf(stderr, "vatesfeed: %s\n", printable(err.Error()))
		return 1
	}
	return 0
}

// version returns the version of the module that the binary was built from.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// A command is one run of the program.
type command struct {
	*options
	stdin          io.Reader
	stdout, stderr io.Writer

	// last is what each source gave when it was last read well. A service
	// that leaves out sources that fail goes on with it.
	last map[string]source.Result
}

func (c *command) run(ctx context.Context) error {
	if c.serve == "" && os.Getenv("GOGC") == "" {
		// What a run holds is mostly text, which the garbage collector need not
		// look into: it may as well run when the heap has grown by half, and
		// not only when it has doubled.
		debug.SetGCPercent(50)
	}
	if c.toStdout() {
		return c.writeFeed(ctx) // a signal may end it anywhere
	}
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	if c.serve != "" {
		return c.serveSite(ctx)
	}
	work := c.writeFeed
	if c.site != "" {
		work = c.writeSite
	}
	done := make(chan error, 1)
	go func() { done <- work(ctx) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	// Whatever waits for standard input, or is deep in a page, does not hear
	// of it; what is about to replace a file has the time to end that.
	select {
	case err := <-done:
		return err
	case <-time.After(time.Second):
		return errors.New("interrupted")
	}
}

// toStdout reports whether the command writes nothing but to standard output.
func (c *command) toStdout() bool {
	return c.serve == "" && c.site == "" && (c.out == "" || c.out == "-")
}

// content is what was asked for of some listings.
type content struct {
	articles []vatesfeed.Article
	sections []string // the names of those asked for, as the listings have them
	pageURL  string   // where articles without a link of their own lead to
}

// choose returns the content of some listings.
func (c *command) choose(listings []vatesfeed.Listing) (*content, error) {
	all := vatesfeed.Merge(listings...)
	sections, err := vatesfeed.FindSections(all, c.selection.Sections)
	if err != nil {
		return nil, suggest(err)
	}
	articles := vatesfeed.Select(all, vatesfeed.Selection{Sections: sections, Since: c.selection.Since, Until: c.selection.Until})
	if len(articles) == 0 {
		return nil, errors.New("no article is from these days: nothing written")
	}
	return &content{articles, sections, c.pageOf(listings)}, nil
}

// load reads the sources and returns what was asked for.
func (c *command) load(ctx context.Context) (*content, error) {
	listings, err := c.read(ctx)
	if err != nil {
		return nil, err
	}
	return c.choose(listings)
}

// writeFeed writes one feed, or lists its sections.
func (c *command) writeFeed(ctx context.Context) error {
	content, err := c.load(ctx)
	if err != nil {
		return err
	}
	if c.list {
		return c.printSections(content)
	}
	feed := vatesfeed.Feed{
		Articles: content.articles,
		Sections: content.sections,
		Limit:    c.limit,
		PageURL:  content.pageURL,
		SelfURL:  c.selfURL(content.sections),
	}
	write := func(w io.Writer) error { return feed.Write(w, c.format) }
	if c.toStdout() {
		return write(c.stdout)
	}
	_, err = wholefile.Write(c.out, write)
	return err
}

// pageOf returns the page that articles without a link of their own lead to:
// the one given, or else the first that was read from an address or named by a
// feed. Empty means the default.
func (c *command) pageOf(listings []vatesfeed.Listing) string {
	if c.pageURL != "" {
		return c.pageURL
	}
	for _, l := range listings {
		if l.URL != "" {
			return l.URL
		}
	}
	return ""
}

// printSections prints the sections that were asked for.
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

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
