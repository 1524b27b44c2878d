package source

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"code.dny.dev/ssrf"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A testSite serves paths and counts the requests for them.
type testSite struct {
	*httptest.Server
	mux *http.ServeMux

	mu    sync.Mutex
	asked []string
}

func newTestSite(t *testing.T) *testSite {
	s := &testSite{mux: http.NewServeMux()}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.RequestURI())
		s.mu.Unlock()
		s.mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// requests returns what was asked for so far.
func (s *testSite) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

func (s *testSite) page(path, body string) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, body)
	})
}

func (s *testSite) redirect(path, to string) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) })
}

func (s *testSite) status(path string, code int, header ...string) {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	})
}

func (s *testSite) reader() *PageReader {
	return &PageReader{Sites: []string{s.URL + "/uutiset"}, Interval: time.Millisecond, Timeout: 5 * time.Second}
}

// TestPageErrors has pages that are not an article's. None of them is asked for
// again at once, nothing hangs, and the errors say why.
func TestPageErrors(t *testing.T) {
	site, other := newTestSite(t), newTestSite(t)
	u, err := url.Parse(other.URL)
	require.NoError(t, err)
	site.page("/robots.txt", "Disallow: /ennen\nUser-agent: *\nDisallow: /kielletty\nCrawl-delay: soon\n\nUser-agent: vatesfeed\nDisallow: /salainen\n")
	site.page("/{$}", "<title>Etusivu</title>")
	site.page("/kielletty", "<title>T</title>")
	site.page("/tyhja", "")
	site.page("/login", `<title>Kirjaudu</title><form><input type='Password'>`)
	site.redirect("/jasenille", "/login?next=/jasenille")
	site.redirect("/poistettu", "/")
	site.redirect("/poistettu/1", "/poistettu/")
	site.page("/poistettu/{$}", "<title>Lista</title>")
	site.page("/pehmea", "<title>Sivua ei löytynyt | Vates</title>")
	site.redirect("/vanha", "/uusi/osoite")
	site.page("/uusi/osoite", `<title>T</title><form><input type=password></form>`)
	site.redirect("/vinoviiva", "/vinoviiva/")
	site.page("/vinoviiva/{$}", `<title>T</title><form><input type=PassWord></form>`)
	site.redirect("/silmukka", "/silmukka?x")
	site.redirect("/muualle", "http://example.org/")
	site.redirect("/portti", other.URL+"/")
	site.redirect("/paikallinen", "http://localhost:"+u.Port()+"/")
	site.redirect("/tiedosto", "file:///etc/passwd")
	site.status("/401", 401)
	site.status("/404", 404)
	site.status("/410", 410)
	site.status("/500", 500)
	site.mux.HandleFunc("/pdf", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		fmt.Fprint(w, "%PDF-1.7\n")
	})
	site.mux.HandleFunc("/suuri", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		for range 100 {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	})
	site.mux.HandleFunc("/hidas", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	r := site.reader()
	for _, test := range []struct{ path, err string }{
		{"/salainen", "the site's robots.txt excludes it"},
		{"/jasenille", "it leads to a login"},
		{"/poistettu", "it leads to another page of the site"},
		{"/poistettu/1", "it leads to another page of the site"},
		{"/poistettu?p=1", "it leads to another page of the site"},
		{"/pehmea", "it says that there is no such page"},
		{"/tyhja", "it says nothing of the article"},
		{"/silmukka", "more than 10 redirects"},
		{"/muualle", "example.org: not on the site of a source"},
		{"/portti", "it leads to " + u.Host + ": robots.txt: dial tcp " + u.Host + ": not a public web server"},
		{"/paikallinen", "localhost: not on the site of a source"},
		{"/tiedosto", "only http and https URLs can be read"},
		{"/401", "the server says 401 Unauthorized"},
		{"/404", "the server says 404 Not Found"},
		{"/410", "the server says 410 Gone"},
		{"/500", "the server says 500 Internal Server Error"},
		{"/pdf", "it is not an HTML page, but application/pdf"},
		{"/suuri", "too large: over 4 MiB"},
	} {
		_, err := r.Read(t.Context(), site.URL+test.path)
		if assert.Error(t, err, test.path) {
			assert.True(t, strings.HasPrefix(err.Error(), site.URL+test.path+": "), err)
			assert.Contains(t, err.Error(), test.err)
			assert.NotErrorIs(t, err, ErrWait, "it counts as a try")
		}
	}
	_, err = r.Read(t.Context(), site.URL+"/kielletty")
	assert.NoError(t, err, "the group of this robot is another one")
	for _, path := range []string{"/vinoviiva", "/vanha"} {
		_, err = r.Read(t.Context(), site.URL+path)
		assert.NoError(t, err, "a page with a login is no login page")
	}
	assert.Empty(t, other.requests())
	for _, link := range []string{"http://example.org/a", "https://127.0.0.2/", "ftp://127.0.0.1/", "http://[::1]/", "::", ""} {
		_, err := r.Read(t.Context(), link)
		assert.Error(t, err, link)
	}

	slow := site.reader()
	slow.Timeout = 50 * time.Millisecond
	_, err = slow.Read(t.Context(), site.URL+"/hidas")
	assert.ErrorContains(t, err, "took too long: over 50ms")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = site.reader().Read(ctx, site.URL+"/kielletty")
	assert.ErrorIs(t, err, context.Canceled)
}

// TestLeftAlone has hosts that are not asked again.
func TestLeftAlone(t *testing.T) {
	t.Run("Retry-After", func(t *testing.T) {
		site := newTestSite(t)
		site.page("/a", "<title>A</title>")
		site.status("/b", 503, "Retry-After", "3600")
		r := site.reader()
		_, err := r.Read(t.Context(), site.URL+"/a")
		assert.NoError(t, err)
		_, err = r.Read(t.Context(), site.URL+"/b")
		var status *StatusError
		if assert.ErrorAs(t, err, &status) {
			assert.Equal(t, time.Hour, status.RetryAfter)
		}
		_, err = r.Read(t.Context(), site.URL+"/a")
		assert.ErrorIs(t, err, ErrWait)
		assert.Equal(t, []string{"/robots.txt", "/a", "/b"}, site.requests())
	})
	t.Run("no answers", func(t *testing.T) {
		site := newTestSite(t)
		site.mux.HandleFunc("/a", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
		r := site.reader()
		for range maxUnanswered {
			_, err := r.Read(t.Context(), site.URL+"/a")
			assert.Error(t, err)
			assert.NotErrorIs(t, err, ErrWait)
		}
		asked := len(site.requests())
		_, err := r.Read(t.Context(), site.URL+"/a")
		assert.ErrorIs(t, err, ErrWait)
		assert.Len(t, site.requests(), asked)
	})
	t.Run("robots.txt asks to wait", func(t *testing.T) {
		site := newTestSite(t)
		site.status("/robots.txt", 429, "Retry-After", "60")
		_, err := site.reader().Read(t.Context(), site.URL+"/a")
		assert.ErrorIs(t, err, ErrWait)
		var status *StatusError
		if assert.ErrorAs(t, err, &status) {
			assert.Equal(t, time.Minute, status.RetryAfter)
		}
	})
	t.Run("robots.txt leads elsewhere", func(t *testing.T) {
		site := newTestSite(t)
		site.redirect("/robots.txt", "http://example.org/robots.txt")
		site.page("/a", "<title>A</title>")
		_, err := site.reader().Read(t.Context(), site.URL+"/a")
		assert.NoError(t, err)
	})
	t.Run("interrupted", func(t *testing.T) {
		site := newTestSite(t)
		site.page("/a", "<title>A</title>")
		r := site.reader()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := r.Read(ctx, site.URL+"/a")
		assert.ErrorIs(t, err, context.Canceled)
		_, err = r.Read(t.Context(), site.URL+"/a")
		assert.NoError(t, err)
	})
	t.Run("robots.txt fails", func(t *testing.T) {
		site := newTestSite(t)
		site.status("/robots.txt", 500)
		r := site.reader()
		for range 2 {
			_, err := r.Read(t.Context(), site.URL+"/a")
			assert.ErrorIs(t, err, ErrWait)
			assert.ErrorContains(t, err, "robots.txt: the server says 500")
		}
		assert.Equal(t, []string{"/robots.txt"}, site.requests())
	})
}

// TestPause reads pages in a bubble whose clock stands still while anything runs.
func TestPause(t *testing.T) {
	for robots, pause := range map[string]time.Duration{
		"":                                  time.Second,
		"User-agent: *\nCrawl-delay: 0.2\n": time.Second,
		"User-agent: *\nCrawl-delay: 10\n":  10 * time.Second,
		"User-agent: *\nCrawl-delay: 300\n": maxCrawlDelay,
	} {
		synctest.Test(t, func(t *testing.T) {
			const answer = 5 * time.Second // how long a page takes
			var at []time.Time
			r := &PageReader{Sites: []string{"https://www.vates.fi/"}, Timeout: 6 * time.Second}
			require.NoError(t, r.start())
			r.robot.transport = roundTripper(func(req *http.Request) (*http.Response, error) {
				at = append(at, time.Now())
				body := robots
				if req.URL.Path != "/robots.txt" {
					time.Sleep(answer)
					body = "<title>A</title>"
				}
				return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: io.NopCloser(strings.NewReader(body)), Request: req}, nil
			})
			for range 3 {
				_, err := r.Read(t.Context(), "https://www.vates.fi/a")
				assert.NoError(t, err, "a pause does not count for the timeout")
			}
			if assert.Len(t, at, 4) {
				assert.Equal(t, pause, at[1].Sub(at[0]), robots)
				assert.Equal(t, answer+pause, at[2].Sub(at[1]), robots)
				assert.Equal(t, answer+pause, at[3].Sub(at[2]), robots)
			}
		})
	}
}

// TestGuard dials addresses that are not public.
func TestGuard(t *testing.T) {
	dial := guarded([]*url.URL{{Scheme: "http", Host: "LocalHost"}}).DialContext
	for _, address := range []string{"127.0.0.1:80", "10.1.2.3:443", "169.254.169.254:80", "[::1]:80", "[::ffff:127.0.0.1]:80", "0.0.0.0:80"} {
		_, err := dial(t.Context(), "tcp", address)
		assert.ErrorIs(t, err, ssrf.ErrProhibitedIP, address)
	}
	_, err := dial(t.Context(), "tcp", "127.0.0.1:6379")
	assert.ErrorIs(t, err, ssrf.ErrProhibitedPort)
	conn, err := dial(t.Context(), "tcp", "localhost:80")
	if err == nil {
		conn.Close()
	}
	assert.NotErrorIs(t, err, ssrf.ErrProhibitedIP, "the source's own")
}

func TestSite(t *testing.T) {
	for host, site := range map[string]string{
		"www.vates.fi": "vates.fi", "Vates.FI.": "vates.fi", "a.b.example.co.uk": "example.co.uk", "127.0.0.1": "127.0.0.1",
		"localhost": "localhost", "a.github.io": "a.github.io", "[::1]": "::1",
	} {
		assert.Equal(t, site, siteOf(&url.URL{Host: host}), host)
	}
}

// TestRules reads robots.txt files that are not as they should be.
func TestRules(t *testing.T) {
	for robots, allowed := range map[string]bool{
		"":                                                      true,
		"\ufeffUser-agent: *\nDisallow: /a\n":                   false,
		"USER-AGENT : *\r\nDISALLOW : /a\r\n":                   false,
		"User-agent: *\nDisallow: /b\n":                         true,
		"Disallow: /a\nUser-agent: *\n":                         true,
		"User-agent: other\nDisallow: /\n":                      true,
		"User-agent: Vatesfeed\nDisallow: /a\n":                 false,
		"User-agent: *\nDisallow: /\nAllow: /a\n":               true,
		"User-agent: *\nCrawl-delay: -1\nDisallow: /a\n":        false,
		"User-agent: *\nDisallow: /*a$\n":                       false,
		"<html>Disallow: /a</html>":                             true,
		"User-agent: *\n# x\nSitemap: x\nNonsense\nDisallow: /": false,
	} {
		site := newTestSite(t)
		site.page("/robots.txt", robots)
		site.page("/a", "<title>A</title>")
		_, err := site.reader().Read(t.Context(), site.URL+"/a")
		if allowed {
			assert.NoError(t, err, robots)
		} else {
			assert.ErrorIs(t, err, ErrRobots, robots)
		}
	}
}

// TestAnswers has a host that fails now and then, which is no reason to leave it alone.
func TestAnswers(t *testing.T) {
	site := newTestSite(t)
	site.page("/a", "<title>A</title>")
	site.status("/wait", 200, "Retry-After", "60")
	site.mux.HandleFunc("/b", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	r := site.reader()
	for range 2 * maxUnanswered {
		r.Read(t.Context(), site.URL+"/b")
		r.Read(t.Context(), site.URL+"/wait")
		_, err := r.Read(t.Context(), site.URL+"/a")
		assert.NoError(t, err)
	}
}
