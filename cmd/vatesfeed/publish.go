package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/vatesfeed/vatesfeed/site"
	"github.com/vatesfeed/vatesfeed/source"
	"golang.org/x/net/netutil"
)

// build makes the tree of what was asked for. The slugs are those of the tree
// before.
func (c *command) build(content *content, slugs map[string]string) (*site.Tree, error) {
	return site.Build(content.articles, site.Options{
		BaseURL:  c.baseURL,
		PageURL:  content.pageURL,
		HubURL:   c.hub,
		Sections: content.sections,
		Limit:    c.limit,
		Slugs:    slugs,
		Serve:    c.serve != "",
	})
}

// writeSite puts the feeds into a folder.
func (c *command) writeSite(ctx context.Context) error {
	content, err := c.load(ctx)
	if err != nil {
		return err
	}
	slugs, err := site.FolderSlugs(c.site)
	if err != nil {
		return err
	}
	tree, err := c.build(content, slugs)
	if err != nil {
		return err
	}
	changes, err := tree.WriteFolder(c.site)
	if c.verbose {
		for _, change := range changes {
			fmt.Fprintln(c.stdout, change)
		}
	}
	if err != nil || c.hub == "" {
		return err
	}
	pingAll(ctx, c.hub, changedFeeds(changes), c.agent(), func(feed string, err error) {
		fmt.Fprintf(c.stderr, "vatesfeed: %s was not told of %s: %s\n", c.hub, feed, printable(err.Error()))
	})
	return nil
}

// How long a client may take, and how many there may be at once.
const (
	readTimeout  = 10 * time.Second
	writeTimeout = time.Minute
	idleTimeout  = 2 * time.Minute
	endTimeout   = 10 * time.Second // for running requests, at the end
	maxHeader    = 16 << 10         // bytes
	maxClients   = 4096
)

// serveSite serves the feeds until the context is done.
func (c *command) serveSite(ctx context.Context) error {
	log := slog.New(slog.NewTextHandler(c.stderr, nil))
	c.last = make(map[string]source.Result)
	s := &service{log: log, every: c.refresh}
	s.handler.MaxAge = maxAge(c.refresh)
	s.load = func(ctx context.Context, slugs map[string]string) (*site.Tree, error) {
		in, err := c.gather(ctx)
		for _, p := range in.problems {
			log.Warn("problem", "at", p.Error())
		}
		if err != nil {
			return nil, err
		}
		for _, err := range in.failed {
			log.Error("source left as it was", "reason", err)
		}
		content, err := c.choose(in.listings)
		if err != nil {
			return nil, err
		}
		return c.build(content, slugs)
	}
	if c.hub != "" {
		s.changed = func(ctx context.Context, feeds []string) {
			pingAll(ctx, c.hub, feeds, c.agent(), func(feed string, err error) {
				log.Error("hub not told", "hub", c.hub, "feed", feed, "reason", err)
			})
		}
	}
	// A port that is taken shows before the sources are asked.
	listener, err := net.Listen("tcp", c.serve)
	if err != nil {
		return err
	}
	defer listener.Close()
	started := make(chan error, 1)
	go func() { started <- s.refresh(ctx) }()
	select {
	case err := <-started:
		if err != nil {
			return err
		}
	case <-ctx.Done():
		return errors.New("interrupted before the sources were read")
	}
	log.Info("listening", "address", "http://"+listener.Addr().String())
	server := &http.Server{
		Handler:        &s.handler,
		ReadTimeout:    readTimeout,
		WriteTimeout:   writeTimeout,
		IdleTimeout:    idleTimeout,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	go s.run(ctx)
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(netutil.LimitListener(listener, maxClients)) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	log.Info("ending")
	last, cancel := context.WithTimeout(context.Background(), endTimeout)
	defer cancel()
	if err := server.Shutdown(last); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	log.Info("ended")
	return nil
}

// maxAge returns for how long an answer may be used without asking again: half
// the time to the next refresh, and not longer than an hour.
func maxAge(refresh time.Duration) time.Duration {
	if refresh <= 0 {
		return time.Hour
	}
	return max(time.Second, min(refresh/2, time.Hour))
}
