package site

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/vatesfeed/vatesfeed"
)

// A Service keeps what a Handler serves up to date.
type Service struct {
	Handler *Handler
	Options Options

	// Load reads the articles anew.
	Load func(context.Context) ([]vatesfeed.Article, error)

	// Every is how long after one refresh the next begins, give or take a
	// tenth, so that many services do not ask at the same moment. 0 means
	// never.
	Every time.Duration

	// Log is told of each refresh. It must not be nil.
	Log *slog.Logger

	// Changed, if it is set, is told the public addresses of the feeds that
	// a refresh has changed. It runs beside the service.
	Changed func(ctx context.Context, feeds []string)

	articles int // in what is served
}

// Start publishes for the first time.
func (s *Service) Start(ctx context.Context) error {
	return s.refresh(ctx)
}

// Run refreshes until the context is done. A refresh that fails, finds no
// articles, or finds fewer than half as many as there are leaves everything as
// it is: a page that was redesigned or half delivered must not empty the feeds.
// Starting anew accepts what there is.
func (s *Service) Run(ctx context.Context) {
	if s.Every <= 0 {
		return
	}
	for {
		pause := time.Duration(float64(s.Every) * (0.9 + 0.2*rand.Float64()))
		next := time.Now().Add(pause)
		s.Handler.note(func(h *health) { h.NextRefresh = &next })
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		if err := s.refresh(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("refresh failed; the feeds stay as they are", "reason", err)
		}
	}
}

// refresh reads the articles and publishes them.
func (s *Service) refresh(ctx context.Context) error {
	began := time.Now()
	changed, n, err := s.publish(ctx)
	now := time.Now().UTC().Truncate(time.Second)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.Handler.note(func(h *health) {
		h.LastTried = &now
		if err != nil {
			h.LastError = err.Error()
			if h.LastGood != nil {
				h.Status = "stale"
			}
			return
		}
		h.Status, h.LastError, h.LastGood = "ok", "", &now
	})
	if err != nil {
		return err
	}
	first := s.articles == 0
	s.articles = n
	s.Log.Info("refreshed", "articles", n, "changed_feeds", len(changed), "took", time.Since(began).Round(time.Millisecond))
	var addresses []string
	for _, f := range changed {
		if f.Feed != "" {
			addresses = append(addresses, f.Feed)
		}
	}
	if len(addresses) > 0 && s.Changed != nil && !first {
		go s.Changed(ctx, addresses)
	}
	return nil
}

func (s *Service) publish(ctx context.Context) (changed []*File, n int, err error) {
	articles, err := s.Load(ctx)
	switch {
	case err != nil:
		return nil, 0, err
	case len(articles) == 0:
		return nil, 0, vatesfeed.ErrNoArticles
	case 2*len(articles) < s.articles:
		return nil, 0, fmt.Errorf("only %d articles, where there were %d; restart to accept that", len(articles), s.articles)
	}
	changed, err = s.Handler.Publish(articles, s.Options)
	return changed, len(articles), err
}

// note changes what /healthz says.
func (h *Handler) note(change func(*health)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change(&h.health)
}
