package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/articlepage"
	"github.com/vatesfeed/vatesfeed/internal/weburl"
)

// MaxArticlePage is how many bytes the own page of an article may have.
const MaxArticlePage = 4 << 20

// An ArticlePage is what the own page of an article says of it.
type ArticlePage struct {
	Title   string
	Authors []string
	Image   vatesfeed.Image
	Content string // see vatesfeed.Article
}

// Complete sets the fields that the article lacks.
func (p ArticlePage) Complete(a *vatesfeed.Article) {
	a.Title = cmp.Or(a.Title, p.Title)
	a.Content = cmp.Or(a.Content, p.Content)
	a.Image = cmp.Or(a.Image, p.Image)
	if len(a.Authors) == 0 {
		a.Authors = p.Authors
	}
}

// LacksOwnPage reports whether an article has a link and lacks something that the
// page there may have: a title, authors, an image or, with full, its text.
func LacksOwnPage(a vatesfeed.Article, full bool) bool {
	return a.Link != "" && (a.Title == "" || len(a.Authors) == 0 || a.Image.URL == "" || full && a.Content == "")
}

// A PageReader reads the own pages of articles. It is a polite robot: it sends one
// request at a time, a second or what a site's robots.txt asks for after the last
// one to the same host, obeys the rest of the robots.txt too, and leaves a host
// alone that asks to wait. Its methods must not be called at the same time.
type PageReader struct {
	// Sites are the URLs of the listings. Only pages of the same sites are read:
	// those whose hosts have the same registrable domain, such as vates.fi, or
	// the same address. They must not be in private networks, except at the host
	// and port of a listing.
	Sites []string

	// Full means to read the articles' texts too.
	Full bool

	// Timeout is how long reading a page may take, with all pauses. 0 means
	// DefaultTimeout.
	Timeout time.Duration

	// UserAgent is sent to servers, and its first word is looked for in their
	// robots.txt. Empty means DefaultUserAgent.
	UserAgent string

	// Interval is the pause between two requests to a host. 0 means a second.
	Interval time.Duration

	// Transport sends the requests. Nil means one that refuses the addresses of
	// private networks. Another one has to see to that itself.
	Transport http.RoundTripper

	robot  *robot
	client *Client
}

// The errors for pages that were read, and are not the article's.
var (
	errLogin = errors.New("it leads to a login")
	errFront = errors.New("it leads to another page of the site")
	errEmpty = errors.New("it says nothing of the article")
)

// Read reads the page at an article's link. The error wraps ErrOtherSite,
// ErrRobots, or ErrWait for a page that is not asked for, and a *StatusError for a
// status other than 200.
func (r *PageReader) Read(ctx context.Context, link string) (ArticlePage, error) {
	page, err := r.read(ctx, link)
	if err != nil {
		return ArticlePage{}, fmt.Errorf("%s: %w", weburl.Redact(link), weburl.Cause(err))
	}
	return page, nil
}

func (r *PageReader) read(ctx context.Context, link string) (p ArticlePage, err error) {
	u, err := weburl.Parse(link)
	if err != nil {
		return p, err
	}
	if !weburl.Is(u) {
		return p, errScheme
	}
	if err := r.start(); err != nil {
		return p, err
	}
	timeout := cmp.Or(r.Timeout, DefaultTimeout)
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, fmt.Errorf("%w: over %v", errTimeout, timeout))
	defer cancel()
	resp, body, err := r.client.request(ctx, Source{}, u, MaxArticlePage)
	var wait *waitError
	if cause := context.Cause(ctx); err != nil && cause != nil {
		return p, cause
	} else if errors.As(err, &wait) && wait.host != u.Host {
		return p, fmt.Errorf("it leads to %s: %w", wait.host, wait.cause) // the page's own host need not wait
	} else if err != nil {
		return p, err
	}
	contentType := resp.Header.Get("Content-Type")
	if sniff(body, contentType) != kindPage {
		return p, fmt.Errorf("it is not an HTML page, but %s", describe(body))
	}
	text, _, err := pageText(link, body, contentType)
	if err != nil {
		return p, err
	}
	at := resp.Request.URL
	switch {
	case at.Path == u.Path:
	case at.Path == "" || at.Path == "/":
		return p, errFront
	case bytes.Contains(bytes.ToLower(text), []byte(`type="password"`)):
		return p, errLogin
	}
	found, err := articlepage.Read(text, at, r.Full)
	if err == nil && found.Title == "" && len(found.Authors) == 0 && found.Image.URL == "" && found.Content == "" {
		err = errEmpty
	}
	return ArticlePage(found), err
}

// start makes the robot on first use.
func (r *PageReader) start() error {
	if r.robot != nil {
		return nil
	}
	var sites []*url.URL
	for _, s := range r.Sites {
		u, err := weburl.Parse(s)
		if err != nil {
			return err
		}
		sites = append(sites, u)
	}
	agent := cmp.Or(r.UserAgent, DefaultUserAgent)
	r.robot = newRobot(agent, cmp.Or(r.Interval, time.Second), r.Transport, sites)
	r.client = &Client{HTTP: &http.Client{Transport: r.robot, CheckRedirect: checkRedirect}, UserAgent: agent}
	return nil
}
