package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/vatesfeed/vatesfeed/archive"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"github.com/vatesfeed/vatesfeed/site"
)

// tell notifies the hub of the feeds that have changed, and of those for which an
// earlier notification failed. It keeps in the archive, and reports, the feeds for
// which this one failed. The run does not fail then, since the feeds are published.
func (c *command) tell(ctx context.Context, a *archive.Archive, tree *site.Tree, changes []site.Change, report func(error)) {
	if c.hub == "" {
		return
	}
	var feeds []string
	for _, feed := range append(slices.Clone(a.Untold), changedFeeds(changes)...) {
		there := slices.ContainsFunc(tree.Files, func(f *site.File) bool { return f.FeedURL == feed })
		if there && !slices.Contains(feeds, feed) {
			feeds = append(feeds, feed)
		}
	}
	keep := func(untold []string) {
		if slices.Equal(a.Untold, untold) {
			return
		}
		a.Untold = untold
		if c.archive != "" {
			if _, err := a.Save(c.archive); err != nil {
				report(fmt.Errorf("what %s was not told is not kept: %w", c.hub, err))
			}
		}
	}
	keep(feeds) // in case the run is killed now
	keep(pingAll(ctx, c.hub, feeds, c.agent(), report))
}

// pingTimeout is how long a hub has to respond to all notifications of a run.
const pingTimeout = 10 * time.Second

// pingAll notifies a WebSub hub of several feeds, four at a time, and returns those
// for which that failed. It takes at most pingTimeout in all.
func pingAll(ctx context.Context, hub string, feeds []string, userAgent string, report func(error)) (untold []string) {
	ctx, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	places := make(chan struct{}, 4)
	errs := make([]error, len(feeds))
	var wg sync.WaitGroup
	for i, feed := range feeds {
		places <- struct{}{}
		wg.Go(func() {
			defer func() { <-places }()
			errs[i] = ping(ctx, hub, feed, userAgent)
		})
	}
	wg.Wait()
	for i, err := range errs {
		if err == nil {
			continue
		}
		if len(untold) == 0 {
			report(fmt.Errorf("%s was not told of %s: %w", hub, feeds[i], err))
		}
		untold = append(untold, feeds[i])
	}
	if more := len(untold) - 1; more > 0 {
		report(fmt.Errorf("%s was not told of %s more", hub, plural(more, "feed")))
	}
	return untold
}

// hubClient follows no redirects: a hub could otherwise make us send requests to any
// host.
var hubClient = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// ping notifies a WebSub hub that a feed has changed, so that the hub fetches it and
// sends it to the subscribers. W3C WebSub (section 6) does not specify this request;
// hubs accept that of PubSubHubbub.
func ping(ctx context.Context, hub, feed, userAgent string) error {
	form := url.Values{"hub.mode": {"publish"}, "hub.url": {feed}, "hub.topic": {feed}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, hub, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("User-Agent", userAgent)
	resp, err := hubClient.Do(req)
	if err != nil {
		return weburl.Cause(err) // tell names the hub
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fmt.Errorf("the hub says %s", resp.Status)
	}
	return nil
}
