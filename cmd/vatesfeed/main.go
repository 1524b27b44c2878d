// Vatesfeed turns article listings of www.vates.fi into feeds.
//
// Run "vatesfeed -h" for its flags, or see the README.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"text/tabwriter"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/wholefile"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole command. It returns the exit status: 0 when it did what it
// was asked for, 1 when that failed, 2 for wrong usage.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, err := parseFlags(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(stdout, usage)
		return 0
	case err != nil:
		fmt.Fprintf(stderr, "vatesfeed: %v\nRun vatesfeed -h for help.\n", err)
		return 2
	case o.version:
		fmt.Fprintln(stdout, "vatesfeed", version())
		return 0
	}
	if err := o.run(stdin, stdout, stderr); err != nil {
		fmt.Fprintf(stderr, "vatesfeed: %v\n", err)
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

func (o *options) run(stdin io.Reader, stdout, stderr io.Writer) error {
	listings, err := readSources(o.sources, stdin, stderr)
	if err != nil {
		return err
	}
	problems := 0
	for _, l := range listings {
		problems += len(l.Problems)
		for _, p := range l.Problems {
			fmt.Fprintln(stderr, p)
		}
	}
	if o.strict && problems > 0 {
		return fmt.Errorf("%s found, and -strict given: nothing written", plural(problems, "problem"))
	}
	articles, err := vatesfeed.Select(vatesfeed.Merge(listings...), o.selection)
	if err != nil {
		return suggest(err)
	}
	if o.list {
		return list(stdout, articles)
	}
	if len(articles) == 0 {
		return errors.New("no article is from these days: nothing written")
	}
	feed := vatesfeed.Feed{
		Articles: articles,
		Sections: o.sectionNames(articles),
		Limit:    o.limit,
		PageURL:  o.pageURL,
	}
	feed.SelfURL = o.selfURL(feed.Sections)
	write := func(w io.Writer) error { return feed.Write(w, o.format) }
	if o.out == "" {
		return write(stdout)
	}
	_, err = wholefile.Write(o.out, write)
	return err
}

// sectionNames returns the names of the chosen sections as the listings print
// them.
func (o *options) sectionNames(articles []vatesfeed.Article) []string {
	if len(o.selection.Sections) == 0 {
		return nil
	}
	var names []string
	for _, s := range vatesfeed.Sections(articles) {
		for _, wanted := range o.selection.Sections {
			if s.Matches(wanted) {
				names = append(names, s.Name)
				break
			}
		}
	}
	return names
}

// list prints the sections of the articles.
func list(w io.Writer, articles []vatesfeed.Article) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range vatesfeed.Sections(articles) {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", s.Name, vatesfeed.Slug(s.Name), plural(s.Count, "article"), s.Newest.Format(time.DateOnly))
	}
	return t.Flush()
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
