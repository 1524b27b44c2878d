package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// pingAll tells a WebSub hub of several feeds, four at a time, and calls report
// for each that it could not be told of. All together take 10 seconds at most.
func pingAll(ctx context.Context, hub string, feeds []string, userAgent string, report func(feed string, err error)) {
	ctx, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	places := make(chan struct{}, 4)
	errs := make([]error, len(feeds))
	var wg sync.WaitGroup
	for i, feed := range feeds {
		wg.Go(func() {
			places <- struct{}{}
			defer func() { <-places }()
			errs[i] = ping(ctx, hub, feed, userAgent)
		})
	}
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			report(feeds[i], err)
		}
	}
}

const pingTimeout = 10 * time.Second

// ping tells a WebSub hub that a feed has changed, so that the hub fetches it
// and sends it to the subscribers. W3C WebSub leaves to publishers and hubs how
// that is said (section 6); this is what hubs have taken from PubSubHubbub. A
// hub has 10 seconds to answer.
func ping(ctx context.Context, hub, feed, userAgent string) error {
	ctx, cancel := context.WithTimeout(ctx, pingTimeout)
	defer cancel()
	form := url.Values{"hub.mode": {"publish"}, "hub.url": {feed}, "hub.topic": {feed}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, hub, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("User-Agent", userAgent)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fmt.Errorf("the hub says %s", resp.Status)
	}
	return nil
}
