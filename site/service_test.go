package site

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
)

// TestService refreshes against an upstream that turns slow, broken, empty,
// half as long, and good again, while clients read all the time.
func TestService(t *testing.T) {
	full := realArticles()
	better := append([]vatesfeed.Article{{Date: vatesfeed.Day(2024, 2, 1), Summary: "Uusi.", Sections: []string{"Aluepäättäjille"}}}, full...)
	var mode, loads atomic.Value
	mode.Store("good")
	loads.Store(0)
	var logged bytes.Buffer
	var logging sync.Mutex
	told := make(chan []string, 10)
	s := &Service{
		Handler: &Handler{},
		Options: Options{BaseURL: base},
		Every:   2 * time.Millisecond,
		Log:     slog.New(slog.NewTextHandler(lockedWriter{&logging, &logged}, nil)),
		Changed: func(_ context.Context, feeds []string) { told <- feeds },
	}
	s.Load = func(context.Context) ([]vatesfeed.Article, error) {
		defer func() { loads.Store(loads.Load().(int) + 1) }()
		switch mode.Load() {
		case "slow":
			time.Sleep(20 * time.Millisecond)
			return full, nil
		case "broken":
			return nil, errors.New("the server says 500 Internal Server Error")
		case "empty":
			return nil, nil
		case "half":
			return full[:24], nil
		case "better":
			return better, nil
		}
		return full, nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	require.NoError(t, s.Start(ctx))
	ended := make(chan struct{})
	go func() { s.Run(ctx); close(ended) }()
	server := httptest.NewServer(s.Handler)
	defer server.Close()

	// Clients, which never see an error or a torn tree: a count that the feed
	// and the page of one tree do not share would show one.
	stop := make(chan struct{})
	var reading sync.WaitGroup
	for range 4 {
		reading.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				for _, name := range []string{"kaikki.rss", "kaikki.atom", "kaikki.json"} {
					resp, err := http.Get(server.URL + "/" + name)
					if !assert.NoError(t, err) {
						return
					}
					feed, err := gofeed.NewParser().Parse(resp.Body)
					resp.Body.Close()
					if assert.NoError(t, err) {
						assert.Contains(t, []int{49, 50}, len(feed.Items))
					}
				}
			}
		})
	}
	ask := func() (h health) {
		resp, err := http.Get(server.URL + "/healthz")
		require.NoError(t, err)
		defer resp.Body.Close()
		assert.Equal(t, 200, resp.StatusCode)
		require.NoError(t, json.NewDecoder(resp.Body).Decode(&h))
		return h
	}
	// turn waits until two loads have begun and ended in the mode.
	turn := func(m string) health {
		mode.Store(m)
		n := loads.Load().(int)
		require.Eventually(t, func() bool { return loads.Load().(int) >= n+3 }, 10*time.Second, time.Millisecond)
		return ask()
	}
	for m, reason := range map[string]string{
		"broken": "the server says 500 Internal Server Error",
		"empty":  "no articles",
		"half":   "only 24 articles, where there were 49; restart to accept that",
	} {
		h := turn(m)
		assert.Equal(t, "stale", h.Status)
		assert.Equal(t, reason, h.LastError)
		assert.Equal(t, 49, h.Articles)
		assert.NotNil(t, h.LastGood)
		h = turn("good")
		assert.Equal(t, "ok", h.Status)
		assert.Empty(t, h.LastError)
	}
	assert.Equal(t, "ok", turn("slow").Status)
	assert.Empty(t, told, "nothing has changed so far")
	assert.Equal(t, 50, turn("better").Articles)
	close(stop)
	reading.Wait()
	cancel()
	<-ended

	feeds := <-told
	assert.Len(t, feeds, 6)
	assert.Contains(t, feeds, base+"aluepaattajille.rss")
	assert.Empty(t, told, "the change is told once")
	logging.Lock()
	defer logging.Unlock()
	assert.Contains(t, logged.String(), `level=ERROR msg="refresh failed; the feeds stay as they are" reason="only 24 articles, where there were 49; restart to accept that"`)
}

type lockedWriter struct {
	mu *sync.Mutex
	w  io.Writer
}

func (w lockedWriter) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.w.Write(b)
}

func TestStartFails(t *testing.T) {
	s := &Service{Handler: &Handler{}, Log: slog.New(slog.DiscardHandler), Load: func(context.Context) ([]vatesfeed.Article, error) {
		return nil, errors.New("broken")
	}}
	assert.EqualError(t, s.Start(context.Background()), "broken")
	w := httptest.NewRecorder()
	s.Handler.ServeHTTP(w, httptest.NewRequest("GET", "/healthz", nil))
	assert.Contains(t, w.Body.String(), `"starting"`)
	s.Run(context.Background()) // ends at once: there is no time to wait for
}

func TestPing(t *testing.T) {
	status := 204
	var got []string
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "POST", r.Method)
		assert.Equal(t, "publish", r.FormValue("hub.mode"))
		assert.Equal(t, r.FormValue("hub.url"), r.FormValue("hub.topic"))
		assert.Equal(t, "tester", r.UserAgent())
		got = append(got, r.FormValue("hub.url"))
		w.WriteHeader(status)
	}))
	ctx := context.Background()
	require.NoError(t, Ping(ctx, hub.URL, base+"kaikki.rss", "tester"))
	assert.Equal(t, []string{base + "kaikki.rss"}, got)
	status = 500
	assert.EqualError(t, Ping(ctx, hub.URL, base+"kaikki.rss", "tester"), "the hub says 500 Internal Server Error")
	hub.Close()
	assert.Error(t, Ping(ctx, hub.URL, base+"kaikki.rss", "tester"))
	assert.Error(t, Ping(ctx, strings.Repeat(":", 3), base, "tester"))
}
