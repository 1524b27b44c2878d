package site

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/vatesfeed/vatesfeed"
)

// A Handler serves a tree. It can be mounted in any server; below another path
// than / it needs http.StripPrefix. Until the first Publish it answers 503.
//
// Responses have strong validators (RFC 9110, section 8.8) and a max-age. A
// section's slug without an extension redirects to the format that the client
// accepts. Browsers get RSS and Atom as application/xml, since otherwise they would
// not apply the stylesheet. /healthz responds with the Health as JSON; the HTTP
// status is 503 if the Health is "stale", and else 200.
//
// The responses do not depend on what a request claims about itself, with one
// exception. feeds.opml needs absolute URLs; without a BaseURL, it has the Host of
// the request in them. That response is marked no-store, so that no cache passes
// it on to others.
type Handler struct {
	// MaxAge is how long a response may be reused without asking again (RFC
	// 9111, section 5.2.2.1). It is cut to whole seconds.
	MaxAge time.Duration

	published atomic.Pointer[published]
	health    atomic.Pointer[Health]
}

// Health is the state of a service. Its times are in UTC.
type Health struct {
	// Status is "ok", "degraded" if something failed in the last refresh,
	// "stale" from StaleAt on, or "starting".
	Status      string         `json:"status"`
	LastGood    *time.Time     `json:"last_good_refresh"` // when a source was last read successfully
	LastTried   *time.Time     `json:"last_refresh"`
	LastError   string         `json:"last_error"`
	Sources     []SourceHealth `json:"sources"`
	Articles    int            `json:"articles"`
	PerSection  map[string]int `json:"articles_per_section"`
	NextRefresh *time.Time     `json:"next_refresh,omitempty"`
	StaleAt     time.Time      `json:"stale_at,omitzero"`
}

// SourceHealth is the state of a source.
type SourceHealth struct {
	Name      string     `json:"name"`
	Status    string     `json:"status"` // "ok" or "failing"
	LastGood  *time.Time `json:"last_good"`
	LastError string     `json:"last_error"`
}

// SetHealth sets what /healthz responds. The handler fills in Articles and
// PerSection. Until SetHealth is called, the status is "starting", and "ok" from
// the first Publish on.
func (h *Handler) SetHealth(health Health) { h.health.Store(&health) }

// published is a tree that is ready to be served.
type published struct {
	*Tree
	files  map[string]*served
	policy []string
}

// A served file has its bodies and the headers of its responses.
type served struct {
	*File
	plain, gzip  variant // gzip has no body if that would not be smaller
	contentType  []string
	isXML        bool // RSS or Atom
	modified     time.Time
	lastModified []string
	link         []string
}

// A variant is a body as it is sent, with its strong validator (RFC 9110,
// section 8.8.3). The plain one of a large file has no body in memory.
type variant struct {
	body        []byte
	tag, length []string
}

func newVariant(body []byte, size int, tag string) variant {
	return variant{body, []string{`"` + tag + `"`}, []string{strconv.Itoa(size)}}
}

// keepPlain is the size up to which the uncompressed body of a file is kept too.
// Larger files are uncompressed for each client that does not accept gzip.
const keepPlain = 256 << 10

// Publish replaces the tree that is served, atomically, and returns the changes. A
// file that has changed gets a Last-Modified of now, and always a later one than
// before: curl, and so newsboat, ignores a response whose Last-Modified is not
// later than that of the previous one.
func (h *Handler) Publish(t *Tree) ([]Change, error) {
	old := h.published.Load()
	p := &published{Tree: t, files: make(map[string]*served), policy: []string{securityPolicy(t.pictureHosts) + noFrames}}
	var changes []Change
	for _, f := range t.Files {
		s, err := newServed(f, t.options)
		if err != nil {
			return nil, err
		}
		s.modified = time.Now().UTC().Truncate(time.Second)
		var before *served
		if old != nil {
			before = old.files[f.Name]
		}
		switch {
		case before == nil:
			changes = append(changes, Change{"new", f.Name, f.FeedURL})
		case before.plain.tag[0] == s.plain.tag[0]:
			s.modified = before.modified
		default:
			changes = append(changes, Change{"changed", f.Name, f.FeedURL})
			if !s.modified.After(before.modified) {
				s.modified = before.modified.Add(time.Second)
			}
		}
		s.lastModified = []string{s.modified.Format(http.TimeFormat)}
		p.files[f.Name] = s
	}
	if old != nil {
		for _, f := range old.Files {
			if p.files[f.Name] == nil {
				changes = append(changes, Change{"removed", f.Name, f.FeedURL})
			}
		}
		slices.SortStableFunc(changes, func(a, b Change) int { return strings.Compare(a.Name, b.Name) })
	}
	h.published.Store(p)
	return changes, nil
}

func newServed(f *File, o Options) (*served, error) {
	var packed, plain bytes.Buffer
	var size countWriter
	sum := sha256.New()
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level is right
	if err := f.Write(io.MultiWriter(sum, z, &size)); err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	z.Close()
	tag := base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:15])
	s := &served{File: f, contentType: []string{f.Type}, isXML: f.IsFeed && f.Type != vatesfeed.JSON.MediaType()}
	smaller := packed.Len() < int(size)
	if smaller {
		s.gzip = newVariant(bytes.Clone(packed.Bytes()), packed.Len(), tag+"-gzip")
	}
	if !smaller || size <= keepPlain {
		if err := f.Write(&plain); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	s.plain = newVariant(plain.Bytes(), int(size), tag)
	if f.FeedURL != "" {
		link := "<" + f.FeedURL + `>; rel="self"`
		if o.HubURL != "" {
			link += ", <" + o.HubURL + `>; rel="hub"`
		}
		s.link = []string{link}
	}
	return s, nil
}

// A countWriter counts what is written.
type countWriter int

func (c *countWriter) Write(b []byte) (int, error) {
	*c += countWriter(len(b))
	return len(b), nil
}

var noSniff = []string{"nosniff"}

// noFrames is what a policy can say in a header only.
const noFrames = "; frame-ancestors 'none'"

var policyWithoutPictures = []string{securityPolicy(nil) + noFrames}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header["X-Content-Type-Options"] = noSniff
	header["Content-Security-Policy"] = policyWithoutPictures
	if r.Method == http.MethodOptions {
		// This includes the CORS preflights of feed readers that are web pages.
		header.Set("Allow", "GET, HEAD, OPTIONS")
		header["Access-Control-Allow-Origin"] = corsAny
		header.Set("Access-Control-Allow-Methods", "GET, HEAD")
		header["Access-Control-Allow-Headers"] = corsAny
		header.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD, OPTIONS")
		http.Error(w, "405: tämän palvelun tiedostoja voi vain lukea (GET tai HEAD).", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "healthz" {
		h.serveHealth(w)
		return
	}
	t := h.published.Load()
	if t == nil {
		header.Set("Retry-After", "10")
		http.Error(w, "503: syötteitä ei ole vielä luettu.", http.StatusServiceUnavailable)
		return
	}
	header["Content-Security-Policy"] = t.policy
	if name == "" {
		name = "index.html"
	}
	f := t.files[name]
	switch {
	case f != nil:
		h.serveFile(w, r, f)
	case name == opmlName:
		h.serveOPML(w, r, t.Tree)
	case t.files[name+".rss"] != nil:
		// A slug without an extension redirects to the format asked for.
		header.Set("Vary", "Accept")
		header.Set("Location", name+"."+accepted(r.Header.Values("Accept")))
		header.Set("Cache-Control", h.cacheControl())
		header["Access-Control-Allow-Origin"] = corsAny
		w.WriteHeader(http.StatusFound)
	default:
		notFound(w, r, t.Tree)
	}
}

func (h *Handler) cacheControl() string {
	return "public, max-age=" + strconv.Itoa(int(h.MaxAge/time.Second))
}

// Headers that many answers have.
var (
	corsAny      = []string{"*"}
	encodingGzip = []string{"gzip"}
	varyEncoding = []string{"Accept-Encoding"}
	varyBoth     = []string{"Accept, Accept-Encoding"}

	// Browsers show an RSS or Atom feed with its stylesheet only as this.
	typeXML = []string{"application/xml; charset=utf-8"}
)

// serveFile responds with a file, or with 304 if the client has it already.
func (h *Handler) serveFile(w http.ResponseWriter, r *http.Request, f *served) {
	header := w.Header()
	v := &f.plain
	if f.gzip.body != nil {
		header["Vary"] = varyEncoding
		if acceptsGzip(r.Header) {
			v = &f.gzip
		}
	}
	if f.isXML {
		header["Vary"] = varyBoth
	}
	header["Etag"] = v.tag
	header["Last-Modified"] = f.lastModified
	header["Cache-Control"] = []string{h.cacheControl()}
	if f.link != nil {
		header["Link"] = f.link
	}
	if f.IsFeed {
		header["Access-Control-Allow-Origin"] = corsAny // readers that are web pages
	}
	if unchanged(r.Header, f, v.tag[0]) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if v == &f.gzip {
		header["Content-Encoding"] = encodingGzip
	}
	header["Content-Type"] = f.contentType
	if f.isXML && acceptsHTML(r.Header) {
		header["Content-Type"] = typeXML
	}
	header["Content-Length"] = v.length
	switch {
	case r.Method != http.MethodGet:
	case v.body != nil:
		w.Write(v.body)
	default:
		if z, err := gzip.NewReader(bytes.NewReader(f.gzip.body)); err == nil {
			io.Copy(w, z)
		}
	}
}

// unchanged reports whether the client has the file: by If-None-Match or, if that
// is absent, by If-Modified-Since (RFC 9110, section 13.2.2). The latter has to be
// equal to the file's time, since a clock may have been set back.
func unchanged(h http.Header, f *served, tag string) bool {
	if match := h["If-None-Match"]; len(match) > 0 {
		for _, list := range match {
			for t := range strings.SplitSeq(list, ",") {
				t = strings.TrimPrefix(strings.TrimSpace(t), "W/")
				if t == tag || t == "*" {
					return true
				}
			}
		}
		return false
	}
	return h.Get("If-Modified-Since") == f.lastModified[0]
}

// serveOPML makes the list of feeds, with URLs of the host that the client uses.
func (h *Handler) serveOPML(w http.ResponseWriter, r *http.Request, t *Tree) {
	// RequestURI still has what http.StripPrefix has removed from the path.
	asked, _, _ := strings.Cut(r.RequestURI, "?")
	base := url.URL{Scheme: "http", Host: r.Host, Path: "/" + strings.Trim(strings.TrimSuffix(asked, opmlName), "/")}
	if r.TLS != nil {
		base.Scheme = "https"
	}
	if !isHost(r.Host) {
		http.Error(w, "400: pyynnön Host ei ole kelvollinen.", http.StatusBadRequest)
		return
	}
	body := t.opml(base.String())
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Type", opmlType)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		w.Write(body)
	}
}

// isHost reports whether s is a host name or an IP address, and maybe a port.
func isHost(s string) bool {
	host := s
	if h, port, err := net.SplitHostPort(s); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false
		}
		host = h
	}
	if net.ParseIP(strings.Trim(host, "[]")) != nil {
		return true
	}
	return host != "" && len(host) < 254 && !strings.ContainsFunc(host, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == '.' || r == '_')
	})
}

// maxDepth is how many folders deep a path may be to get the 404 page.
const maxDepth = 16

// notFound responds with a page that lists the feeds, or with one line if the
// client does not accept HTML.
func notFound(w http.ResponseWriter, r *http.Request, t *Tree) {
	w.Header().Set("Cache-Control", "no-cache")
	depth := strings.Count(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if !acceptsHTML(r.Header) || depth > maxDepth {
		http.Error(w, "404: tässä osoitteessa ei ole mitään. Syötteet: "+strings.Join(t.feedNames(), ", "), http.StatusNotFound)
		return
	}
	body, err := t.notFoundPage(depth)
	if err != nil {
		http.Error(w, "404", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusNotFound)
	if r.Method == http.MethodGet {
		w.Write(body)
	}
}

func (t *Tree) feedNames() []string {
	var names []string
	for _, c := range t.channels {
		names = append(names, c.Slug+".rss")
	}
	return names
}

func (h *Handler) serveHealth(w http.ResponseWriter) {
	health := Health{Status: "starting"}
	t := h.published.Load()
	if t != nil {
		health.Status = "ok"
	}
	if set := h.health.Load(); set != nil {
		health = *set
	}
	if t != nil {
		health.Articles, health.PerSection = t.Articles(), t.Counts()
	}
	status := http.StatusOK
	if !health.StaleAt.IsZero() && !time.Now().Before(health.StaleAt) {
		health.Status, status = "stale", http.StatusServiceUnavailable
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.Encode(health)
}
