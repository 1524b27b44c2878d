package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
	"github.com/temoto/robotstxt"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"golang.org/x/net/publicsuffix"
)

// ErrOtherSite is the error for a page that is not on the site of a source.
var ErrOtherSite = errors.New("not on the site of a source")

// ErrRobots is the error for a page that the robots.txt of its host excludes.
var ErrRobots = errors.New("the site's robots.txt excludes it")

// ErrWait is the error for a URL that is not requested, because its host asked to
// wait or has failed repeatedly.
var ErrWait = errors.New("not asked again yet")

const (
	maxCrawlDelay = 30 * time.Second // the longest Crawl-delay that is obeyed
	maxRobots     = 500 << 10        // bytes that are read of a robots.txt (RFC 9309, section 2.5)
	maxUnanswered = 3                // requests in a row without an answer, until a host is left alone
)

// A robot is an http.RoundTripper that sends requests, redirected ones too, only to
// the sites of sources, and no faster than these want. It is for one goroutine.
type robot struct {
	agent     string
	transport http.RoundTripper
	sites     []*url.URL
	interval  time.Duration
	timeout   time.Duration         // of a request, without the pause before it
	hosts     map[string]*robotHost // by host and port
	last      map[string]time.Time  // when a host name last finished an answer
}

// A robotHost is what a robot knows of a host.
type robotHost struct {
	rules      *robotstxt.Group // nil until they are read
	unanswered int              // requests in a row
	wait       error            // why it is left alone, or nil
}

// A waitError is ErrWait for a host that is left alone.
type waitError struct {
	host  string
	cause error
}

func (e *waitError) Error() string        { return fmt.Sprintf("%v: %v", ErrWait, e.cause) }
func (e *waitError) Is(target error) bool { return target == ErrWait }
func (e *waitError) Unwrap() error        { return e.cause }

// guarded returns a transport that connects to public addresses only, at ports 80 and
// 443. A source's own host and port may be anywhere, since the source was read there.
// So may a proxy, which then connects wherever it is asked to.
func guarded(sites []*url.URL) *http.Transport {
	var known sync.Map // addresses
	add := func(u *url.URL) {
		port := cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
		known.Store(net.JoinHostPort(hostName(u), port), true)
	}
	for _, u := range sites {
		add(u)
	}
	public := ssrf.New()
	free := &net.Dialer{Timeout: DefaultTimeout}
	guard := &net.Dialer{Timeout: DefaultTimeout, Control: func(network, address string, c syscall.RawConn) error {
		if err := public.Safe(network, address, c); err != nil {
			return fmt.Errorf("not a public web server: %w", err)
		}
		return nil
	}}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy = func(req *http.Request) (*url.URL, error) {
		proxy, err := http.ProxyFromEnvironment(req)
		if proxy != nil {
			add(proxy)
		}
		return proxy, err
	}
	t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		host, port, _ := net.SplitHostPort(address)
		if _, ok := known.Load(net.JoinHostPort(hostName(&url.URL{Host: net.JoinHostPort(host, port)}), port)); ok {
			return free.DialContext(ctx, network, address)
		}
		return guard.DialContext(ctx, network, address)
	}
	return t
}

// RoundTrip sends a request to a site of a source, if the robots.txt of its host
// allows it, and after the pause that the host wants.
func (r *robot) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := r.check(req.URL); err != nil {
		return nil, err
	}
	h := r.host(req.URL)
	if h.rules == nil && h.wait == nil {
		err := r.readRules(req, h)
		if req.Context().Err() != nil {
			return nil, context.Cause(req.Context())
		} else if err != nil {
			h.wait = fmt.Errorf("robots.txt: %w", weburl.Cause(err))
		}
	}
	if h.wait != nil {
		return nil, &waitError{req.URL.Host, h.wait}
	}
	if !h.rules.Test(req.URL.RequestURI()) {
		return nil, ErrRobots
	}
	return r.send(req)
}

// check returns ErrOtherSite for a URL that is not on the site of a source: the part
// of a domain name that can be registered, or the address.
func (r *robot) check(u *url.URL) error {
	for _, site := range r.sites {
		if weburl.Is(u) && siteOf(u) == siteOf(site) {
			return nil
		}
	}
	return fmt.Errorf("%s: %w", u.Hostname(), ErrOtherSite)
}

func siteOf(u *url.URL) string {
	host := hostName(u)
	if net.ParseIP(host) != nil {
		return host
	}
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return site
	}
	return host
}

// hostName returns a host in one spelling.
func hostName(u *url.URL) string { return strings.ToLower(strings.TrimSuffix(u.Hostname(), ".")) }

func (r *robot) host(u *url.URL) *robotHost {
	key := hostName(u) + ":" + cmp.Or(u.Port(), u.Scheme)
	if r.hosts[key] == nil {
		r.hosts[key] = new(robotHost)
	}
	return r.hosts[key]
}

// send sends a request to a site of a source, after the pause that its host wants.
func (r *robot) send(req *http.Request) (*http.Response, error) {
	if err := r.check(req.URL); err != nil {
		return nil, err
	}
	h := r.host(req.URL)
	name := hostName(req.URL)
	interval := r.interval
	if h.rules != nil {
		interval = max(interval, min(h.rules.CrawlDelay, maxCrawlDelay))
	}
	select {
	case <-time.After(time.Until(r.last[name].Add(interval))):
	case <-req.Context().Done():
		return nil, context.Cause(req.Context())
	}
	ctx, cancel := context.WithTimeoutCause(req.Context(), r.timeout, fmt.Errorf("%w: over %v", errTimeout, r.timeout))
	resp, err := r.transport.RoundTrip(req.WithContext(ctx))
	r.last[name] = time.Now()
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			err = cause
		}
		cancel()
		if req.Context().Err() == nil {
			if h.unanswered++; h.unanswered == maxUnanswered {
				h.wait = fmt.Errorf("%d requests in a row had no answer", maxUnanswered)
			}
		}
		return nil, err
	}
	h.unanswered = 0
	if wait := retryAfter(resp.Header); wait > 0 && resp.StatusCode >= http.StatusBadRequest {
		h.wait = &StatusError{Code: resp.StatusCode, RetryAfter: wait}
	}
	resp.Body = &robotBody{resp.Body, ctx, func() {
		cancel()
		r.last[name] = time.Now()
	}}
	return resp, nil
}

// A robotBody is the body of a response. It says why reading it ended, and does what
// remains when it is closed.
type robotBody struct {
	io.ReadCloser
	ctx    context.Context
	closed func()
}

func (b *robotBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if cause := context.Cause(b.ctx); err != nil && err != io.EOF && cause != nil {
		err = cause
	}
	return n, err
}

func (b *robotBody) Close() error {
	b.closed()
	return b.ReadCloser.Close()
}

// readRules reads the robots.txt of a page's host (RFC 9309).
func (r *robot) readRules(page *http.Request, h *robotHost) error {
	u := &url.URL{Scheme: page.URL.Scheme, Host: page.URL.Host, Path: "/robots.txt"}
	req, err := http.NewRequestWithContext(page.Context(), http.MethodGet, u.String(), nil)
	if err != nil {
		return err
	}
	req.Header.Set("User-Agent", r.agent)
	resp, err := (&http.Client{Transport: roundTripper(r.send), CheckRedirect: checkRedirect}).Do(req)
	if errors.Is(err, errRedirects) || errors.Is(err, ErrOtherSite) {
		h.rules = new(robotstxt.Group) // it is unavailable; see section 2.3.1.2
		return nil
	} else if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxRobots))
	if err != nil {
		return err
	}
	if resp.StatusCode >= 500 || resp.StatusCode == http.StatusTooManyRequests {
		return &StatusError{Code: resp.StatusCode, RetryAfter: retryAfter(resp.Header)}
	}
	robots, err := robotstxt.FromStatusAndBytes(resp.StatusCode, knownRules(body))
	if err != nil {
		return err
	}
	name, _, _ := strings.Cut(r.agent, "/") // the product token
	h.rules = robots.FindGroup(strings.ToLower(strings.TrimSpace(name)))
	return nil
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// knownRules returns the lines of a robots.txt that are rules. The others are to be
// ignored (RFC 9309, section 2.2), but are errors for package robotstxt.
func knownRules(body []byte) []byte {
	var rules []byte
	for line := range bytes.Lines(bytes.TrimPrefix(body, []byte("\ufeff"))) {
		key, value, _ := bytes.Cut(line, []byte(":"))
		switch strings.ToLower(string(bytes.TrimSpace(key))) {
		case "allow", "disallow":
			if len(rules) == 0 {
				continue // it is for no robot
			}
		case "crawl-delay":
			if seconds, err := strconv.ParseFloat(string(bytes.TrimSpace(value)), 64); len(rules) == 0 || err != nil || !(seconds >= 0) {
				continue
			}
		case "user-agent":
		default:
			continue
		}
		rules = fmt.Appendf(rules, "%s: %s\n", bytes.TrimSpace(key), bytes.TrimSpace(value))
	}
	return rules
}
