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
	"github.com/vatesfeed/vatesfeed"
)

const (
	maxTries     = 4
	maxRedirects = 10
	firstPause   = time.Second
)

// An answer is what an address answered, with the validators (RFC 9110,
// section 8.8) that let it say later that nothing has changed.
type answer struct {
	etag, lastModified string
	listings           []vatesfeed.Listing
}

// A StatusError says that a server answered with another status than 200.
type StatusError struct {
	Code       int
	retryAfter time.Duration // what the server asked to wait; 0 if nothing
}

func (e *StatusError) Error() string {
	return fmt.Sprintf("the server says %d %s", e.Code, http.StatusText(e.Code))
}

// As lets backoff see how long to wait.
func (e *StatusError) As(target any) bool {
	if r, ok := target.(**backoff.RetryAfterError); ok && e.retryAfter > 0 {
		*r = &backoff.RetryAfterError{Duration: e.retryAfter}
		return true
	}
	return false
}

var (
	errScheme    = errors.New("only http and https addresses can be read")
	errRedirects = fmt.Errorf("more than %d redirects", maxRedirects)
	errTimeout   = errors.New("took too long")
)

var client = &http.Client{
	CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if len(via) > maxRedirects {
			return errRedirects
		}
		return checkAddress(req.URL)
	},
}

func checkAddress(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return errScheme
	}
	return nil
}

// openAddress reads an address. It tries again, after growing pauses, where
// that may help: after a broken connection or answer, and where the server says
// that it is busy or out of order.
func (r *Reader) openAddress(ctx context.Context, name string) ([]vatesfeed.Listing, error) {
	u, err := url.Parse(name)
	if err != nil {
		return nil, err
	}
	address := name
	if u.User != nil {
		name = u.Redacted() // errors and problems are shown to many
	}
	if err := checkAddress(u); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	timeout := cmp.Or(r.Timeout, DefaultTimeout)
	limited, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("%w: over %v", errTimeout, timeout))
	defer cancel()

	pauses := backoff.NewExponentialBackOff()
	pauses.InitialInterval = cmp.Or(r.firstPause, firstPause)
	pauses.Multiplier = 2
	var last error
	listings, err := backoff.Retry(limited, func() ([]vatesfeed.Listing, error) {
		listings, err := r.fetch(limited, name, address, u)
		last = err
		if err != nil && !mayHelp(err) {
			err = backoff.Permanent(err)
		}
		return listings, err
	}, backoff.WithBackOff(pauses), backoff.WithMaxTries(maxTries), backoff.WithMaxElapsedTime(timeout))
	switch {
	case err == nil:
		return listings, nil
	case context.Cause(ctx) != nil:
		return nil, fmt.Errorf("%s: %w", name, context.Cause(ctx))
	case limited.Err() != nil && !isStatus(last):
		err = context.Cause(limited)
	case limited.Err() != nil:
		err = last
	}
	var content contentError
	if errors.As(err, &content) {
		return listings, content.error
	}
	var inAddress *url.Error
	if errors.As(err, &inAddress) {
		err = inAddress.Err // its own text names the address again
	}
	return nil, fmt.Errorf("%s: %w", name, err)
}

func isStatus(err error) bool {
	var status *StatusError
	return errors.As(err, &status)
}

// mayHelp reports whether trying again may help.
func mayHelp(err error) bool {
	var content contentError
	var status *StatusError
	var dns *net.DNSError
	var cert *tls.CertificateVerificationError
	switch {
	case errors.As(err, &status):
		return status.Code == http.StatusTooManyRequests || status.Code >= 500
	case errors.As(err, &content), errors.Is(err, ErrTooLarge):
		return false
	case errors.Is(err, errScheme), errors.Is(err, errRedirects), errors.As(err, &cert):
		return false
	case errors.As(err, &dns):
		return !dns.IsNotFound
	}
	return true
}

// A contentError is about what was answered, and names the source already.
type contentError struct{ error }

func (e contentError) Unwrap() error { return e.error }

// fetch asks an address once.
func (r *Reader) fetch(ctx context.Context, name, address string, u *url.URL) ([]vatesfeed.Listing, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", cmp.Or(r.UserAgent, DefaultUserAgent))
	req.Header.Set("Accept", "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, text/plain;q=0.9, */*;q=0.8")
	r.mu.Lock()
	known := r.known[address]
	r.mu.Unlock()
	if known != nil {
		if known.etag != "" {
			req.Header.Set("If-None-Match", known.etag)
		}
		if known.lastModified != "" {
			req.Header.Set("If-Modified-Since", known.lastModified)
		}
	}

	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if known != nil && resp.StatusCode == http.StatusNotModified {
		return known.listings, nil
	}
	if resp.StatusCode != http.StatusOK {
		return nil, &StatusError{Code: resp.StatusCode, retryAfter: retryAfter(resp.Header)}
	}
	if resp.ContentLength > MaxBody {
		return nil, fmt.Errorf("%w: over %d MiB", ErrTooLarge, MaxBody>>20)
	}
	body, err := readAll(resp.Body, MaxBody)
	if err != nil {
		return nil, err
	}
	listings, err := readBody(name, body, resp.Header.Get("Content-Type"), resp.Request.URL)
	if err != nil {
		return listings, contentError{err}
	}
	a := &answer{etag: resp.Header.Get("ETag"), lastModified: resp.Header.Get("Last-Modified"), listings: listings}
	if a.etag != "" || a.lastModified != "" {
		r.mu.Lock()
		if r.known == nil {
			r.known = make(map[string]*answer)
		}
		r.known[address] = a
		r.mu.Unlock()
	}
	return listings, nil
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
