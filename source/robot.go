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
	"syscall"
	"time"

	"code.dny.dev/ssrf"
	"github.com/temoto/robotstxt"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
	"golang.org/x/net/publicsuffix"
)

// The errors for pages that are not asked for.
var (
	ErrOtherSite = errors.New("not on the site of a listing")
	ErrRobots    = errors.New("the site's robots.txt excludes it")
	ErrWait      = errors.New("not asked again yet")
)

const (
	maxCrawlDelay = 30 * time.Second // that a robots.txt may ask for instead
	maxRobots     = 500 << 10        // bytes that are read of a robots.txt (RFC 9309, section 2.5)
	maxUnanswered = 3                // requests in a row without an answer, until a host is left alone
)

// A robot is an http.RoundTripper that sends requests, redirected ones too, only to
// the sites of listings, and no faster than these want. It is for one goroutine.
type robot struct {
	agent     string
	transport http.RoundTripper
	sites     []*url.URL
	interval  time.Duration
	hosts     map[string]*robotHost // by scheme and host
}

// A robotHost is what a robot knows of a host.
type robotHost struct {
	rules      *robotstxt.Group // nil until they are read
	last       time.Time        // when it answered last
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

func newRobot(agent string, interval time.Duration, transport http.RoundTripper, sites []*url.URL) *robot {
	r := &robot{agent: agent, transport: transport, sites: sites, interval: interval, hosts: make(map[string]*robotHost)}
	if transport == nil {
		r.transport = guarded(sites)
	}
	return r
}

// guarded returns a transport that refuses addresses of private networks. Only the
// host and the port of a listing may be there, since the listing was read there.
func guarded(sites []*url.URL) http.RoundTripper {
	known := make(map[string]bool)
	add := func(u *url.URL) {
		port := cmp.Or(u.Port(), map[string]string{"http": "80", "https": "443"}[u.Scheme])
		known[net.JoinHostPort(u.Hostname(), port)] = true
	}
	for _, u := range sites {
		add(u)
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.Proxy = func(req *http.Request) (*url.URL, error) {
		proxy, err := http.ProxyFromEnvironment(req)
		if proxy != nil {
			add(proxy)
		}
		return proxy, err
	}
	free := &net.Dialer{Timeout: DefaultTimeout}
	public := ssrf.New()
	guard := &net.Dialer{Timeout: DefaultTimeout, Control: func(network, address string, c syscall.RawConn) error {
		if err := public.Safe(network, address, c); err != nil {
			return fmt.Errorf("not a public web server: %w", err)
		}
		return nil
	}}
	t.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if known[address] {
			return free.DialContext(ctx, network, address)
		}
		return guard.DialContext(ctx, network, address)
	}
	return t
}

// RoundTrip sends a request, if the host's robots.txt allows it.
func (r *robot) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := r.check(req.URL); err != nil {
		return nil, err
	}
	h := r.host(req.URL)
	if h.rules == nil && h.wait == nil {
		if err := r.readRules(req, h); err != nil {
			h.wait = fmt.Errorf("robots.txt: %w", weburl.Cause(err))
		}
	}
	if h.wait != nil {
		return nil, &waitError{req.URL.Host, h.wait}
	}
	if path := req.URL.RequestURI(); !h.rules.Test(path) {
		return nil, ErrRobots
	}
	return r.send(req)
}

// check returns ErrOtherSite for a URL that is not on the site of a listing: the
// part of a domain name that can be registered, or the address.
func (r *robot) check(u *url.URL) error {
	for _, site := range r.sites {
		if weburl.Is(u) && siteOf(u) == siteOf(site) {
			return nil
		}
	}
	return fmt.Errorf("%s: %w", u.Hostname(), ErrOtherSite)
}

func siteOf(u *url.URL) string {
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if net.ParseIP(host) != nil {
		return host
	}
	if site, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return site
	}
	return host
}

func (r *robot) host(u *url.URL) *robotHost {
	key := u.Scheme + "://" + u.Host
	if r.hosts[key] == nil {
		r.hosts[key] = new(robotHost)
	}
	return r.hosts[key]
}

// send sends a request to a site of a listing, after the pause that its host wants.
func (r *robot) send(req *http.Request) (*http.Response, error) {
	if err := r.check(req.URL); err != nil {
		return nil, err
	}
	h := r.host(req.URL)
	interval := r.interval
	if h.rules != nil {
		interval = min(max(interval, h.rules.CrawlDelay), maxCrawlDelay)
	}
	select {
	case <-time.After(time.Until(h.last.Add(interval))):
	case <-req.Context().Done():
		return nil, context.Cause(req.Context())
	}
	resp, err := r.transport.RoundTrip(req)
	h.last = time.Now()
	if err != nil {
		if h.unanswered++; h.unanswered == maxUnanswered {
			h.wait = fmt.Errorf("%d requests in a row had no answer", maxUnanswered)
		}
		return nil, err
	}
	h.unanswered = 0
	if wait := retryAfter(resp.Header); wait > 0 && resp.StatusCode >= http.StatusBadRequest {
		h.wait = fmt.Errorf("the server asks to wait for %v", wait)
	}
	return resp, nil
}

// readRules reads the robots.txt of a host (RFC 9309).
func (r *robot) readRules(page *http.Request, h *robotHost) error {
	u := &url.URL{Scheme: page.URL.Scheme, Host: page.URL.Host, Path: "/robots.txt"}
	req, err := http.NewRequestWithContext(page.Context(), http.MethodGet, u.String(), nil)
	if err != nil {
		return err
	}
	req.Header.Set("User-Agent", r.agent)
	client := &http.Client{Transport: roundTripper(r.send), CheckRedirect: checkRedirect}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxRobots))
	if err != nil {
		return err
	}
	if resp.StatusCode >= 500 {
		return &StatusError{Code: resp.StatusCode}
	}
	robots, err := robotstxt.FromStatusAndBytes(resp.StatusCode, knownRules(body))
	if err != nil {
		return err
	}
	name, _, _ := strings.Cut(r.agent, "/") // the product token
	h.rules = robots.FindGroup(strings.ToLower(strings.TrimSpace(name)))
	return nil
}

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
		rules = append(append(rules, bytes.TrimRight(line, "\r\n")...), '\n')
	}
	return rules
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }
