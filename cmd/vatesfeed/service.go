package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/vatesfeed/vatesfeed/site"
)

// A service keeps what a handler serves up to date.
type service struct {
	handler site.Handler
	log     *slog.Logger

	// load builds the tree anew. Its options take the slugs of the last one.
	load func(context.Context, map[string]string) (*site.Tree, error)

	// every is how long after one refresh the next begins, give or take a
	// tenth, so that many services do not ask at the same moment. 0 means
	// never.
	every time.Duration

	// changed, if it is set, is told the public URLs of the feeds that a
	// refresh has changed. It runs beside the service.
	changed func(ctx context.Context, feeds []string)

	tree   *site.Tree // what is served
	health site.Health
}

// run refreshes until the context is done. A refresh that fails, finds no
// articles, or finds fewer than half as many as there are leaves everything as
// it is: a page that was redesigned or half delivered must not empty the feeds.
// Starting anew accepts what there is.
func (s *service) run(ctx context.Context) {
	if s.every <= 0 {
		return
	}
	for {
		pause := time.Duration(float64(s.every) * (0.9 + 0.2*rand.Float64()))
		next := time.Now().Add(pause)
		s.health.NextRefresh = &next
		s.handler.SetHealth(s.health)
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		if err := s.refresh(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("refresh failed; the feeds stay as they are", "reason", err)
		}
	}
}

// refresh loads the tree and publishes it.
func (s *service) refresh(ctx context.Context) error {
	began := time.Now()
	changes, err := s.publish(ctx)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	now := time.Now().UTC().Truncate(time.Second)
	s.health.LastTried = &now
	if err != nil {
		s.health.LastError = err.Error()
		s.health.Status = "starting"
		if s.tree != nil {
			s.health.Status = "stale"
		}
		s.handler.SetHealth(s.health)
		return err
	}
	s.health.Status, s.health.LastError, s.health.LastGood = "ok", "", &now
	s.handler.SetHealth(s.health)
	feeds := changedFeeds(changes)
	s.log.Info("refreshed", "articles", s.tree.Articles(), "changed_files", len(changes), "took", time.Since(began).Round(time.Millisecond))
	if len(feeds) > 0 && s.changed != nil {
		go s.changed(ctx, feeds)
	}
	return nil
}

// publish returns what has changed; nothing at first.
func (s *service) publish(ctx context.Context) ([]site.Change, error) {
	var slugs map[string]string
	if s.tree != nil {
		slugs = s.tree.Slugs()
	}
	tree, err := s.load(ctx, slugs)
	if err != nil {
		return nil, err
	}
	if s.tree != nil && 2*tree.Articles() < s.tree.Articles() {
		return nil, fmt.Errorf("only %d articles, where there were %d; restart to accept that", tree.Articles(), s.tree.Articles())
	}
	var changes []site.Change
	if s.tree != nil {
		changes = tree.Changes(s.tree)
	}
	s.handler.Publish(tree)
	s.tree = tree
	return changes, nil
}

// changedFeeds returns the public URLs of the feeds that have new content.
func changedFeeds(changes []site.Change) []string {
	var feeds []string
	for _, c := range changes {
		if c.Op != "removed" && c.FeedURL != "" {
			feeds = append(feeds, c.FeedURL)
		}
	}
	return feeds
}
