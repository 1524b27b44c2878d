package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
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

// DropShared removes the titles and images that several pages have: those are of the
// site, and not of an article.
func DropShared(pages []ArticlePage) {
	seen := make(map[string]int)
	for _, p := range pages {
		seen[p.Title]++
		seen[p.Image.URL]++
	}
	for i := range pages {
		if p := &pages[i]; seen[p.Title] > 1 {
			p.Title = ""
		}
		if p := &pages[i]; seen[p.Image.URL] > 1 {
			p.Image = vatesfeed.Image{}
		}
	}
}

// LacksOwnPage reports whether an article has a link and lacks something that the
// page there may have: a title, authors, an image or, with full, its text.
func LacksOwnPage(a vatesfeed.Article, full bool) bool {
	return a.Link != "" && (a.Title == "" || len(a.Authors) == 0 || a.Image.URL == "" || full && a.Content == "")
}

// A PageReader reads the own pages of articles, politely: one request at a time, with
// pauses between them, and only what a host's robots.txt allows. It leaves a host
// alone that sends Retry-After or does not answer three times in a row. Make one for
// each run, and use it from one goroutine.
type PageReader struct {
	// Sites are the URLs of the sources. Only pages of the same sites are read:
	// those whose hosts have the same registrable domain, such as vates.fi, or
	// the same address. They must have public addresses and ports 80 or 443,
	// unless they have the host and port of a source.
	Sites []string

	// Full means to read the articles' texts too.
	Full bool

	// Interval is the pause before the next request to a host. 0 means a second.
	// A Crawl-delay in the robots.txt may make it longer, up to 30 seconds.
	Interval time.Duration

	// Timeout is how long the response to one request may take. 0 means
	// DefaultTimeout.
	Timeout time.Duration

	// UserAgent is sent to servers. What stands before its first slash is looked
	// for in their robots.txt. Empty means DefaultUserAgent.
	UserAgent string

	robot  *robot
	client *Client
}

// The errors for pages that were read, and are not the article's.
var (
	errLogin = errors.New("it leads to a login")
	errFront = errors.New("it leads to another page of the site")
	errEmpty = errors.New("it says nothing of the article")
	errGone  = errors.New("it says that there is no such page")
)

var (
	loginWords = once(`(?i)log-?in|log-?on|sign-?in|kirjaudu|logga-?in|auth|sso|return_?(to|url)=|next=|destination=`)
	goneTitles = once(`(?i)^(?:404\b|page not found|not found|sivua ei löy(?:dy|tynyt)|sidan (?:hittades|finns) inte)`)
)

func once(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// ErrNoText is the error for a page without a text that could be found. The rest of
// the page was read.
var ErrNoText = articlepage.ErrNoText

// Read reads the page at an article's link. The error wraps ErrOtherSite, ErrRobots
// or ErrWait if the page was not requested, a *StatusError if the status is not 200,
// and ErrNoText if all but the text was read.
func (r *PageReader) Read(ctx context.Context, link string) (ArticlePage, error) {
	page, err := r.read(ctx, link)
	if err != nil {
		err = fmt.Errorf("%s: %w", weburl.Redact(link), weburl.Cause(err))
	}
	return page, err
}

// OnSite reports whether a link is on the site of a source. Read reads no others.
func (r *PageReader) OnSite(link string) bool {
	u, err := weburl.Parse(link)
	return err == nil && r.start() == nil && r.robot.check(u) == nil
}

func (r *PageReader) read(ctx context.Context, link string) (p ArticlePage, err error) {
	u, err := weburl.Parse(link)
	if err != nil {
		return p, err
	}
	if err := r.start(); err != nil {
		return p, err
	}
	resp, body, err := r.client.request(ctx, Source{}, u, MaxArticlePage)
	var wait *waitError
	if errors.As(err, &wait) && wait.host != u.Host {
		return p, fmt.Errorf("it leads to %s: %v", wait.host, wait.cause) // the page's own host need not wait
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
	if isAbove(at, u) {
		return p, errFront
	}
	found, err := articlepage.Read(text, at, r.Full)
	switch {
	case found.Login && !isSame(at, u) && loginWords().MatchString(at.RequestURI()):
		return p, errLogin
	case goneTitles().MatchString(found.Title):
		return p, errGone
	case err == nil && found.IsEmpty():
		return p, errEmpty
	}
	return ArticlePage{found.Title, found.Authors, found.Image, found.Content}, err
}

// isSame reports whether a request for u that ended at another URL was only sent to
// another form of it, such as with https or a slash.
func isSame(at, u *url.URL) bool {
	return strings.TrimSuffix(at.Path, "/") == strings.TrimSuffix(u.Path, "/") && at.RawQuery == u.RawQuery
}

// isAbove reports whether a request for u ended at a page that stands above it, such
// as the front page or a listing: it may have been deleted.
func isAbove(at, u *url.URL) bool {
	above := strings.TrimSuffix(at.Path, "/")
	below := strings.TrimSuffix(u.Path, "/")
	return at.RawQuery == "" && !isSame(at, u) && (above == below || strings.HasPrefix(below, above+"/"))
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
			return fmt.Errorf("a URL of Sites is %w", err)
		}
		sites = append(sites, u)
	}
	agent := cmp.Or(r.UserAgent, DefaultUserAgent)
	r.robot = &robot{
		agent:     agent,
		transport: guarded(sites),
		sites:     sites,
		interval:  cmp.Or(r.Interval, time.Second),
		timeout:   cmp.Or(r.Timeout, DefaultTimeout),
		hosts:     make(map[string]*robotHost),
		last:      make(map[string]time.Time),
	}
	r.client = &Client{HTTP: &http.Client{Transport: r.robot, CheckRedirect: checkRedirect}, UserAgent: agent}
	return nil
}
