package site

import (
	"cmp"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vatesfeed/vatesfeed"
)

// A Handler serves a tree. It can be mounted in any server; below another path
// than / it needs http.StripPrefix. Until the first Publish it answers 503.
//
// Answers have strong validators and say for how long they may be kept.
// The handler trusts nothing that a request says of itself, with one exception:
// where no BaseURL is known, feeds.opml, which has to name the feeds' whole
// addresses, has those of the Host that it was asked of. That answer may not be
// stored by anyone, so that nobody else can get it.
type Handler struct {
	// MaxAge is for how long an answer may be used without asking again
	// (RFC 9111, section 5.2.2.1), in whole seconds.
	MaxAge time.Duration

	tree       atomic.Pointer[Tree]
	publishing sync.Mutex

	mu     sync.Mutex // for health
	health health
}

// health is what /healthz says.
type health struct {
	Status      string         `json:"status"` // "ok", "stale" after a failed refresh, or "starting"
	LastGood    *time.Time     `json:"last_good_refresh"`
	LastTried   *time.Time     `json:"last_refresh"`
	LastError   string         `json:"last_error"`
	Articles    int            `json:"articles"`
	PerSection  map[string]int `json:"articles_per_section"`
	NextRefresh *time.Time     `json:"next_refresh,omitempty"`
}

// Publish makes a tree of the articles and serves it from now on, all of it at
// once. Sections keep the names of their files. It returns the feeds that have
// changed.
func (h *Handler) Publish(articles []vatesfeed.Article, o Options) (changed []*File, err error) {
	h.publishing.Lock()
	defer h.publishing.Unlock()
	o.served = true
	old := h.tree.Load()
	if old != nil {
		o.Slugs = old.Slugs()
	}
	t, err := Build(articles, o)
	if err != nil {
		return nil, err
	}
	for _, f := range t.Files {
		modified := f.modified
		if modified.After(time.Now()) {
			modified = modified.AddDate(0, 0, -1) // no answer is from the future
		}
		f.lastModified = []string{modified.UTC().Format(http.TimeFormat)}
	}
	h.tree.Store(t)
	h.note(func(s *health) { s.Articles, s.PerSection = t.Articles, t.Counts() })
	return t.ChangedFeeds(old), nil
}

var noSniff = []string{"nosniff"}

var policy = []string{"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header["X-Content-Type-Options"] = noSniff
	header["Content-Security-Policy"] = policy
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "405: tämän palvelun tiedostoja voi vain lukea (GET tai HEAD).", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if name == "healthz" {
		h.serveHealth(w)
		return
	}
	t := h.tree.Load()
	if t == nil {
		header.Set("Retry-After", "10")
		http.Error(w, "503: syötteitä ei ole vielä luettu.", http.StatusServiceUnavailable)
		return
	}
	if name == "" {
		name = "index.html"
	}
	f := t.byName[name]
	switch {
	case f != nil:
		h.serveFile(w, r, f)
	case name == opmlName:
		h.serveOPML(w, r, t)
	case t.byName[name+".rss"] != nil:
		// The name of a channel alone leads to the format asked for.
		header.Set("Vary", "Accept")
		header.Set("Location", name+"."+accepted(r.Header.Values("Accept")))
		header.Set("Cache-Control", h.cacheControl())
		header["Access-Control-Allow-Origin"] = corsAny
		w.WriteHeader(http.StatusFound)
	default:
		notFound(w, r, t)
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
)

// serveFile answers with a file, or says that the client has it already.
func (h *Handler) serveFile(w http.ResponseWriter, r *http.Request, f *File) {
	header := w.Header()
	v := &f.plain
	if f.gzip.body != nil {
		header["Vary"] = varyEncoding
		if acceptsGzip(r.Header) {
			v = &f.gzip
		}
	}
	header["Etag"] = v.tag
	header["Last-Modified"] = f.lastModified
	header["Cache-Control"] = []string{h.cacheControl()}
	if f.link != nil {
		header["Link"] = f.link
	}
	if f.isFeed {
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
	header["Content-Length"] = v.length
	if r.Method == http.MethodGet {
		w.Write(v.body)
	}
}

// unchanged reports whether the client has the file: by If-None-Match or, if
// that is absent, by If-Modified-Since (RFC 9110, section 13.2.2). That has to be
// the very time of the file: after a restart, or a correction, a file can have
// changed without having a later time.
func unchanged(h http.Header, f *File, tag string) bool {
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

// acceptsGzip reports whether the client takes gzip (RFC 9110, section 12.5.3).
func acceptsGzip(h http.Header) bool {
	accepts := false
	for _, list := range h["Accept-Encoding"] {
		for part := range strings.SplitSeq(list, ",") {
			switch coding, q := quality(part); strings.ToLower(coding) {
			case "gzip", "x-gzip":
				return q > 0
			case "*":
				accepts = q > 0
			}
		}
	}
	return accepts
}

// accepted returns the ending of the file that an Accept header asks for (RFC
// 9110, section 12.5.1). Readers that take anything get RSS.
func accepted(values []string) string {
	endings := []struct{ mediaType, ending string }{
		{"application/rss+xml", "rss"},
		{"application/atom+xml", "atom"},
		{"application/feed+json", "json"},
		{"application/json", "json"},
		{"text/html", "html"},
		{"application/xml", "rss"},
		{"text/xml", "rss"},
	}
	best, bestQ := "", 0.0
	refused := make(map[string]bool)
	for _, list := range values {
		for part := range strings.SplitSeq(list, ",") {
			mediaType, q := quality(part)
			for _, e := range endings {
				if !strings.EqualFold(mediaType, e.mediaType) {
					continue
				}
				if q == 0 {
					refused[e.ending] = true
				} else if q > bestQ {
					best, bestQ = e.ending, q
				}
			}
		}
	}
	for _, ending := range []string{"rss", "atom", "json", "html"} {
		if best == "" && !refused[ending] {
			best = ending
		}
	}
	return cmp.Or(best, "rss")
}

// quality splits an element of an Accept header into its value and its weight.
func quality(s string) (value string, q float64) {
	value, params, _ := strings.Cut(s, ";")
	q = 1
	for p := range strings.SplitSeq(params, ";") {
		if weight, ok := strings.CutPrefix(strings.ToLower(strings.TrimSpace(p)), "q="); ok {
			var err error
			if q, err = strconv.ParseFloat(weight, 64); err != nil || !(0 <= q && q <= 1) {
				q = 0
			}
		}
	}
	return strings.TrimSpace(value), q
}

// serveOPML makes the list of feeds with the addresses that the client uses.
func (h *Handler) serveOPML(w http.ResponseWriter, r *http.Request, t *Tree) {
	// What http.StripPrefix has taken off is part of the address.
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

// notFound answers with the page that names what there is, or with one line
// where the client does not show pages.
func notFound(w http.ResponseWriter, r *http.Request, t *Tree) {
	w.Header().Set("Cache-Control", "no-cache")
	f := t.byName["404.html"]
	if accepted(r.Header.Values("Accept")) != "html" || strings.Contains(strings.TrimPrefix(r.URL.Path, "/"), "/") {
		http.Error(w, "404: tässä osoitteessa ei ole mitään. Syötteet: "+strings.Join(t.feedNames(), ", "), http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", f.Type)
	w.Header().Set("Content-Length", strconv.Itoa(len(f.Body)))
	w.WriteHeader(http.StatusNotFound)
	if r.Method == http.MethodGet {
		w.Write(f.Body)
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
	h.mu.Lock()
	state := h.health
	h.mu.Unlock()
	state.Status = cmp.Or(state.Status, "starting")
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.Encode(state)
}
