package source

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

const (
	maxTries     = 4
	maxRedirects = 10
	firstPause   = time.Second
)

// A StatusError is the error for a response with a status other than 200.
type StatusError struct {
	Code       int
	RetryAfter time.Duration // how long the server asks to wait, or 0
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("the server says %d %s", e.Code, http.StatusText(e.Code))
}

// As tells package backoff how long to wait.
func (e *StatusError) As(target any) bool {
	if r, ok := target.(**backoff.RetryAfterError); ok && e.RetryAfter > 0 {
		*r = &backoff.RetryAfterError{Duration: e.RetryAfter}
		return true
	}
	return false
}

var (
	errScheme    = errors.New("only http and https URLs can be read")
	errRedirects = fmt.Errorf("more than %d redirects", maxRedirects)
	errTimeout   = errors.New("took too long")
)

var defaultClient = &http.Client{CheckRedirect: checkRedirect}

func checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return errRedirects
	}
	if !weburl.Is(req.URL) {
		return errScheme
	}
	return nil
}

// fetch reads a URL. It retries, with increasing pauses, if that may help: after a
// broken connection or response, and after a status of 429 or from 500 on.
func (c *Client) fetch(ctx context.Context, s Source) Result {
	fail := func(name string, err error) Result {
		return Result{Source: s, Err: fmt.Errorf("%s: %w", name, err)}
	}
	name := weburl.Redact(s.Name) // errors and problems may become public
	u, err := weburl.Parse(s.Name)
	if err != nil {
		return fail(name, err)
	}
	if !weburl.Is(u) {
		return fail(name, errScheme)
	}
	timeout := cmp.Or(c.Timeout, DefaultTimeout)
	limited, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("%w: over %v", errTimeout, timeout))
	defer cancel()

	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval = cmp.Or(c.firstPause, firstPause)
	pauses.Multiplier = 2
	var last error
	result, err := backoff.Retry(limited, func() (Result, error) {
		result, err := c.ask(limited, name, s, u)
		last = err
		if err != nil && !mayHelp(err) {
			err = backoff.Permanent(err)
		}
		return result, err
	}, backoff.WithBackOff(pauses), backoff.WithMaxTries(maxTries), backoff.WithMaxElapsedTime(timeout))
	switch {
	case err == nil:
		return result
	case context.Cause(ctx) != nil:
		return fail(name, context.Cause(ctx))
	case limited.Err() != nil && !isStatus(last):
		err = context.Cause(limited)
	case limited.Err() != nil:
		err = last
	}
	return fail(name, weburl.Cause(err))
}

func isStatus(err error) bool {
	var status *StatusError
	return errors.As(err, &status)
}

// mayHelp reports whether a retry may help.
func mayHelp(err error) bool {
	var status *StatusError
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	switch {
	case errors.As(err, &status):
		return status.Code == http.StatusTooManyRequests || status.Code >= 500
	case errors.Is(err, ErrTooLarge), errors.Is(err, errScheme), errors.Is(err, errRedirects), errors.As(err, &cert):
		return false
	case errors.As(err, &dns):
		return !dns.IsNotFound
	}
	return true
}

// request requests a URL once, with the validators of s, and reads the body of at
// most limit bytes. The error is a *StatusError if the status is not 200.
func (c *Client) request(ctx context.Context, s Source, u *url.URL, limit int64) (resp *http.Response, body []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, err
	}
	req.Header.Set("User-Agent", cmp.Or(c.UserAgent, DefaultUserAgent))
	req.Header.Set("Accept", "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, text/plain;q=0.9, */*;q=0.8")
	if s.ETag != "" {
		req.Header.Set("If-None-Match", s.ETag)
	}
	if s.LastModified != "" {
		req.Header.Set("If-Modified-Since", s.LastModified)
	}
	resp, err = cmp.Or(c.HTTP, defaultClient).Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, nil, &StatusError{Code: resp.StatusCode, RetryAfter: retryAfter(resp.Header)}
	}
	if resp.ContentLength > limit {
		return nil, nil, fmt.Errorf("%w: over %d MiB", ErrTooLarge, limit>>20)
	}
	body, err = readAll(resp.Body, limit)
	return resp, body, err
}

// ask requests a URL once and reads its listings. An error in the content is the
// Err of the result, since a retry would not help.
func (c *Client) ask(ctx context.Context, name string, s Source, u *url.URL) (Result, error) {
	resp, body, err := c.request(ctx, s, u, MaxBody)
	var status *StatusError
	if errors.As(err, &status) && status.Code == http.StatusNotModified && (s.ETag != "" || s.LastModified != "") {
		return Result{Source: s, Unchanged: true}, nil
	} else if err != nil {
		return Result{}, err
	}
	result := Result{Source: s}
	result.ETag, result.LastModified = resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
	listings, err := readBody(name, body, resp.Header.Get("Content-Type"), resp.Request.URL)
	result.Listings, result.Err = finish(name, listings), err
	if n := countArticles(listings); n > MaxArticles {
		result.Listings, result.Err = nil, fmt.Errorf("%s: %w: %d articles, over %d", name, ErrTooLarge, n, MaxArticles)
	}
	return result, context.Cause(ctx) // reading the content counts for the timeout too
}

// retryAfter returns how long a server asks to wait (RFC 9110, section
// 10.2.3), or 0.
func retryAfter(h http.Header) time.Duration {
	s := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(s); err == nil && seconds > 0 {
		return time.Duration(min(seconds, 1e6)) * time.Second
	}
	if t, err := http.ParseTime(s); err == nil {
		return max(time.Until(t), 0)
	}
	return 0
}
