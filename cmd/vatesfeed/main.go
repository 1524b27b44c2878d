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
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
	"unicode"

	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole command. It returns the exit status: 0 for success, 1 for
// failure, 2 for wrong usage.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	o, err := parseFlags(args, os.Environ())
	switch {
	case errors.Is(err, flag.ErrHelp):
		_, err = fmt.Fprint(stdout, help())
	case err != nil:
		fmt.Fprintf(stderr, "vatesfeed: %s\nRun vatesfeed -h for help.\n", printable(err.Error()))
		return 2
	case o.version:
		_, err = fmt.Fprintln(stdout, "vatesfeed", version())
	case o.man:
		_, err = fmt.Fprint(stdout, manPage())
	case o.completion != "":
		_, err = fmt.Fprint(stdout, completion(o.completion))
	default:
		c := &command{options: o, stdin: stdin, stdout: stdout, stderr: stderr}
		if o.serve != "" {
			c.log = newLog(stderr, o.logFormat)
		}
		if err = c.run(ctx); err != nil && o.logFormat == "json" {
			c.log.Error("failed", "reason", err) // a reader of JSON finds nothing else
			return 1
		}
	}
	if err != nil {
		for line := range strings.SplitSeq(printable(err.Error()), "\n") {
			fmt.Fprintln(stderr, "vatesfeed:", line)
		}
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
	log            *slog.Logger // with -serve
	unlock         func() error // of the archive
}

func (c *command) run(ctx context.Context) error {
	if c.serve == "" && os.Getenv("GOGC") == "" {
		// The heap is mostly text, which the garbage collector need not scan. So
		// it costs little to run when the heap has grown by half, instead of
		// when it has doubled.
		debug.SetGCPercent(50)
	}
	if c.explain {
		return c.explainSources(ctx)
	}
	if c.health != "" {
		return c.checkHealth(ctx)
	}
	if c.toStdout() && c.archive == "" {
		return c.writeFeed(ctx) // without a handler, a signal ends it at once
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
	go func() {
		err := work(ctx)
		if c.unlock != nil {
			c.unlock()
		}
		done <- err
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	// Waiting for standard input and parsing a page do not stop when ctx is
	// done. A second is enough to finish replacing a file.
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

// printable returns s with U+FFFD in place of characters that might control a
// terminal, and without passwords. All messages go through it.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == '\n' {
			return r
		}
		return '\uFFFD'
	}, weburl.Redact(s))
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
