package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/site"
	"golang.org/x/net/netutil"
)

// siteOptions returns how to publish some content.
func (c *command) siteOptions(content *content) site.Options {
	return site.Options{
		BaseURL:  c.baseURL,
		PageURL:  content.pageURL,
		HubURL:   c.hub,
		Sections: c.selection.Sections,
		Limit:    c.limit,
	}
}

// writeSite puts the feeds into a folder.
func (c *command) writeSite(ctx context.Context) error {
	content, err := c.load(ctx)
	if err != nil {
		return err
	}
	o := c.siteOptions(content)
	if o.Slugs, err = site.FolderSlugs(c.site); err != nil {
		return err
	}
	tree, err := site.Build(content.articles, o)
	if err != nil {
		return err
	}
	changes, err := tree.WriteFolder(c.site)
	var feeds []string
	for _, change := range changes {
		if c.verbose {
			fmt.Fprintln(c.stdout, change)
		}
		what, name, _ := strings.Cut(change, " ")
		if f := tree.File(name); what != "removed" && f.Feed != "" {
			feeds = append(feeds, f.Feed)
		}
	}
	if err != nil || c.hub == "" {
		return err
	}
	site.PingAll(ctx, c.hub, feeds, c.agent(), func(feed string, err error) {
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
	if len(c.sources) == 0 {
		log.Info(builtInNotice)
	}
	reader := c.reader()
	c.last = make(map[string][]vatesfeed.Listing)
	service := &site.Service{
		Handler: &site.Handler{MaxAge: maxAge(c.refresh)},
		Every:   c.refresh,
		Log:     log,
	}
	service.Load = func(ctx context.Context) ([]vatesfeed.Article, error) {
		in, err := c.gather(ctx, reader)
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
		service.Options = c.siteOptions(content)
		return content.articles, nil
	}
	if c.hub != "" {
		service.Changed = func(ctx context.Context, feeds []string) {
			site.PingAll(ctx, c.hub, feeds, c.agent(), func(feed string, err error) {
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
	go func() { started <- service.Start(ctx) }()
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
		Handler:        service.Handler,
		ReadTimeout:    readTimeout,
		WriteTimeout:   writeTimeout,
		IdleTimeout:    idleTimeout,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	go service.Run(ctx)
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
