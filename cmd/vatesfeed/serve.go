package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/archive"
	"github.com/vatesfeed/vatesfeed/site"
	"github.com/vatesfeed/vatesfeed/source"
)

// The limits of clients.
const (
	readTimeout  = 10 * time.Second
	writeTimeout = time.Minute
	idleTimeout  = 15 * time.Second
	endTimeout   = 10 * time.Second // for open requests when the service ends
	maxHeader    = 16 << 10         // bytes
	maxClients   = 1024             // connections; see clients
)

// serveSite serves the feeds until the context is done.
func (c *command) serveSite(ctx context.Context) error {
	s := &service{command: c, archive: new(archive.Archive)}
	s.handler.MaxAge = maxAge(c.refresh)
	s.hangup = make(chan os.Signal, 1)
	signal.Notify(s.hangup, syscall.SIGHUP)
	defer signal.Stop(s.hangup)
	if c.archive != "" {
		unlock, err := c.lock(ctx)
		if err != nil {
			return err
		}
		defer unlock()
		if s.archive, err = archive.Load(c.archive); err != nil {
			return err
		}
	}
	s.archive.AcceptNewPage = c.acceptFewer
	s.archive.Texts = c.articles == "full"
	// Listen first, so that a port in use is an error before any request.
	listener, err := net.Listen("tcp", c.serve)
	if err != nil {
		return err
	}
	defer listener.Close()
	s.health.StaleAt = s.staleAt(time.Now())
	remembered := len(s.archive.Articles()) > 0
	if remembered {
		if _, err := s.publish(); err != nil {
			return err
		}
		s.health.Status = "starting"
		s.handler.SetHealth(s.health)
	} else {
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
	}
	ran := make(chan struct{})
	go func() {
		s.run(ctx, remembered || s.articles != "")
		close(ran)
	}()
	s.log.Info("listening", "address", "http://"+listener.Addr().String())
	server := &http.Server{
		Handler:        &s.handler,
		ReadTimeout:    readTimeout,
		WriteTimeout:   writeTimeout,
		IdleTimeout:    idleTimeout,
		ConnState:      (&clients{max: maxClients}).connState,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	s.log.Info("ending")
	last, cancel := context.WithTimeout(context.Background(), endTimeout)
	defer cancel()
	if err := server.Shutdown(last); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	select {
	case <-ran: // keep the lock until the last refresh has saved the archive
	case <-last.Done():
	}
	s.log.Info("ended")
	return nil
}

// newLog returns a log in a format of -log, whose values are printable and have
// no passwords.
func newLog(w io.Writer, format string) *slog.Logger {
	options := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		switch v := a.Value.Any().(type) {
		case string:
			a.Value = slog.StringValue(printable(v))
		case error:
			a.Value = slog.StringValue(printable(v.Error()))
		}
		return a
	}}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// maxAge returns the max-age of responses: half of the interval of -refresh, at
// least a second and at most an hour.
func maxAge(refresh time.Duration) time.Duration {
	if refresh <= 0 {
		return time.Hour
	}
	return max(time.Second, min(refresh/2, time.Hour))
}

// A service refreshes the tree that its handler serves.
type service struct {
	*command
	handler site.Handler
	archive *archive.Archive
	tree    *site.Tree      // what is served
	served  map[string]bool // the IDs of its articles
	health  site.Health
	logged  []string // the problems that were logged last
	hangup  chan os.Signal
}

// run refreshes until the context is done: immediately if now is set, at each
// SIGHUP, and after each interval of -refresh. The intervals vary by up to a tenth,
// so that many services do not send requests at the same moment.
func (s *service) run(ctx context.Context, now bool) {
	for {
		if !now {
			var passed <-chan time.Time
			if s.command.refresh > 0 {
				pause := time.Duration(float64(s.command.refresh) * (0.9 + 0.2*rand.Float64()))
				next := time.Now().Add(pause).UTC().Truncate(time.Second)
				s.health.NextRefresh = &next
				s.handler.SetHealth(s.health)
				passed = time.After(pause)
			}
			select {
			case <-ctx.Done():
				return
			case <-s.hangup:
			case <-passed:
			}
		}
		now = false
		s.refresh(ctx) // it has logged what failed
	}
}

// refresh reads the sources, publishes their articles, and logs one line about
// that. For a source that fails, it publishes the articles that the source had
// when last read successfully.
func (s *service) refresh(ctx context.Context) error {
	began := time.Now()
	r, err := s.update(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	counts := []any{"sources", len(s.sources), "failed", r.failed, "problems", r.problems}
	if s.tree != nil {
		counts = append(counts, "articles", s.tree.Articles())
	}
	took := slog.Int64("took_ms", time.Since(began).Milliseconds())
	switch {
	case err != nil && s.tree != nil:
		s.log.Error("refresh failed; the feeds stay as they are", append(counts, "reason", err, took)...)
	case err != nil: // whoever started us says it
	case r.unchanged:
		s.log.Info("nothing new", append(counts, took)...)
	default:
		if s.articles != "" {
			counts = append(counts, "pages", r.pages)
		}
		s.log.Info("refreshed", append(counts, "new", r.added, "changed_files", len(r.changes), "changed", changedChannels(r.changes), took)...)
	}
	return err
}

// A refreshed says what a refresh did.
type refreshed struct {
	failed    int // sources
	problems  int
	added     int // articles that were not served before
	pages     int // of articles that were asked for
	unchanged bool
	changes   []site.Change
}

func (s *service) update(ctx context.Context) (r refreshed, err error) {
	in := s.read(ctx, s.archive)
	if ctx.Err() != nil {
		return r, ctx.Err()
	}
	r.problems = len(in.problems)
	if err := in.refused(s.command); err != nil {
		s.logProblems(in.problems)
		s.note(nil, err)
		return r, err
	}
	problems := append(in.problems, s.archive.Update(time.Now(), in.results)...)
	s.logProblems(problems)
	failed := failures(in.results)
	r.problems, r.failed = len(problems), len(failed)
	s.note(in.results, errors.Join(failed...))
	s.save(in.results)
	if s.tree == nil && len(failed) > 0 && (!s.keepGoing || len(failed) == len(in.results)) {
		return r, errors.Join(failed...)
	}
	for _, err := range failed {
		s.log.Error("source left as it was", "reason", err)
	}
	if s.tree != nil && s.articles != "" { // the first articles are served before their own pages are read
		if content, err := s.content(); err == nil {
			var failed []error
			r.pages, failed, _ = s.completeArchive(ctx, s.archive, content.articles, func() error {
				s.save(in.results)
				return nil
			})
			s.logPages(failed)
		}
		if ctx.Err() != nil {
			return r, ctx.Err()
		}
	}
	if s.tree != nil && r.pages == 0 && !slices.ContainsFunc(in.results, func(r source.Result) bool { return !r.Unchanged }) {
		r.unchanged = true
		s.tellHub(ctx, nil) // of the feeds in archive.Untold
		return r, nil
	}
	first, before := s.tree == nil, s.served
	r.changes, err = s.publish()
	if err != nil {
		s.note(in.results, err)
		return r, err
	}
	for id := range s.served {
		if !before[id] {
			r.added++
		}
	}
	changes := r.changes
	if first {
		changes = nil // every file is new to this process, but maybe not to the hub
	}
	s.tellHub(ctx, changes)
	return r, nil
}

// changedChannels returns the names of the feeds that changed, without the ends
// that say their formats: 20 at most.
func changedChannels(changes []site.Change) []string {
	names := []string{}
	for _, c := range changes {
		if name, ok := strings.CutSuffix(c.Name, ".rss"); ok {
			names = append(names, name)
		}
	}
	return names[:min(len(names), 20)]
}

func (s *service) tellHub(ctx context.Context, changes []site.Change) {
	s.tell(ctx, s.archive, s.tree, changes, func(err error) { s.log.Error("hub not told", "reason", err) })
}

// save writes the archive into its file, if it has one. An error does not keep the
// service from serving new articles.
func (s *service) save(results []source.Result) {
	if s.command.archive == "" {
		return
	}
	if _, err := s.archive.Save(s.command.archive); err != nil {
		s.note(results, err)
		s.log.Error("archive not written", "reason", err)
	}
}

// maxLogged is how many problems of a refresh are logged.
const maxLogged = 20

// logProblems logs the problems of a refresh, unless they are the same that were
// logged last.
func (s *service) logProblems(problems []*vatesfeed.ParseError) {
	var lines []string
	for _, p := range problems[:min(len(problems), maxLogged)] {
		lines = append(lines, p.Error())
	}
	if more := len(problems) - maxLogged; more > 0 {
		lines = append(lines, fmt.Sprintf("and %s more", plural(more, "problem")))
	}
	if len(lines) == 0 || slices.Equal(lines, s.logged) {
		return
	}
	s.logged = lines
	for _, line := range lines {
		s.log.Warn("problem", "at", line)
	}
}

// content returns the selected articles: of all articles of the archive if that is
// in a file, and else of those that the sources have.
func (s *service) content() (*content, error) {
	articles := s.archive.Listed()
	if s.command.archive != "" {
		articles = s.archive.Articles()
	}
	if len(articles) == 0 {
		return nil, vatesfeed.ErrNoArticles
	}
	return s.choose(articles, s.archive.Page())
}

// logPages logs what went wrong with the own pages of articles.
func (s *service) logPages(failed []error) {
	for _, err := range failed[:min(len(failed), maxLogged)] {
		s.log.Warn("page not read", "reason", err)
	}
	if more := len(failed) - maxLogged; more > 0 {
		s.log.Warn("pages not read", "more", more)
	}
}

// publish serves the selected articles and returns the changes.
func (s *service) publish() ([]site.Change, error) {
	content, err := s.content()
	if err != nil {
		return nil, err
	}
	var slugs map[string]string
	if s.tree != nil {
		slugs = s.tree.Slugs()
	}
	tree, err := s.build(content, slugs)
	if err != nil {
		return nil, err
	}
	changes, err := s.handler.Publish(tree)
	if err != nil {
		return nil, err
	}
	if err := tooMany(tree); err != nil && len(changes) > 0 {
		s.log.Warn("problem", "at", err)
	}
	s.tree = tree
	s.served = make(map[string]bool)
	for _, a := range content.articles {
		s.served[a.GUID] = true
	}
	return changes, nil
}

// staleAfter is the number of intervals of -refresh after which a service that has
// read no source successfully is stale.
const staleAfter = 3

// staleAt returns when the service becomes stale if it last read a source
// successfully at t. It is zero if the service never does.
func (s *service) staleAt(t time.Time) time.Time {
	if s.command.refresh == 0 || len(s.sources) == 0 {
		return time.Time{}
	}
	return t.Add(staleAfter*s.command.refresh + time.Second).UTC().Truncate(time.Second)
}

// note records the outcome of a refresh in the health.
func (s *service) note(results []source.Result, err error) {
	now := time.Now().UTC().Truncate(time.Second)
	s.health.LastTried = &now
	s.health.Status, s.health.LastError = "ok", ""
	if err != nil {
		s.health.Status, s.health.LastError = "degraded", printable(err.Error())
	}
	s.health.Sources = nil
	for _, r := range results {
		h := site.SourceHealth{Name: printable(r.Name), Status: "ok"}
		if r.Err != nil {
			h.Status, h.LastError = "failing", printable(r.Err.Error())
		} else {
			s.health.LastGood = &now
			s.health.StaleAt = s.staleAt(now)
		}
		if last := s.archive.LastGood(r.Name); !last.IsZero() {
			last = last.UTC().Truncate(time.Second)
			h.LastGood = &last
		}
		s.health.Sources = append(s.health.Sources, h)
	}
	s.handler.SetHealth(s.health)
}
