package site

import (
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/internal/samples"
)

// realArticles returns the real articles, with Alueyhteistyö as the first section.
func realArticles() []vatesfeed.Article {
	listings := samples.Listings()
	slices.Reverse(listings)
	return vatesfeed.Merge(listings...)
}

const base = "https://feeds.example.org/vates/"

// publish builds a tree and serves it.
func publish(t testing.TB, h *Handler, articles []vatesfeed.Article, o Options) *Tree {
	t.Helper()
	o.Serve = true
	tree, err := Build(articles, o)
	require.NoError(t, err)
	_, err = h.Publish(tree)
	require.NoError(t, err)
	return tree
}

// body returns the content of a file.
func body(t testing.TB, f *File) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, f.Write(&b))
	return b.String()
}

// serve serves the real articles and returns the address.
func serve(t *testing.T, h *Handler, o Options) string {
	publish(t, h, realArticles(), o)
	return serveHandler(t, h)
}

func serveHandler(t *testing.T, h *Handler) string {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// ask sends a request as written, with headers in pairs.
func ask(t *testing.T, method, address string, headers ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, address, nil)
	require.NoError(t, err)
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{
		Transport:     &http.Transport{DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	resp, err := client.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	client.CloseIdleConnections()
	return resp, string(body)
}

func TestFiles(t *testing.T) {
	h := &Handler{MaxAge: 30 * time.Minute}
	address := serve(t, h, Options{BaseURL: base})
	types := map[string]string{
		"rss":  "application/rss+xml; charset=utf-8",
		"atom": "application/atom+xml; charset=utf-8",
		"json": "application/feed+json; charset=utf-8",
		"html": "text/html; charset=utf-8",
		"opml": "text/x-opml; charset=utf-8",
		"css":  "text/css; charset=utf-8",
		"js":   "text/javascript; charset=utf-8",
		"svg":  "image/svg+xml; charset=utf-8",
	}
	for _, f := range h.published.Load().Files {
		t.Run(f.Name, func(t *testing.T) {
			resp, body := ask(t, "GET", address+"/"+f.Name)
			assert.Equal(t, 200, resp.StatusCode)
			assert.Equal(t, types[f.Name[strings.LastIndex(f.Name, ".")+1:]], resp.Header.Get("Content-Type"))
			assert.Equal(t, "nosniff", resp.Header.Get("X-Content-Type-Options"))
			assert.Contains(t, resp.Header.Get("Content-Security-Policy"), "default-src 'none'")
			assert.Equal(t, "public, max-age=1800", resp.Header.Get("Cache-Control"))
			assert.Equal(t, int64(len(body)), resp.ContentLength)
			assert.Empty(t, resp.Header.Get("Content-Encoding"))
			etag, modified := resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
			assert.Regexp(t, `^"[^"]+"$`, etag)
			when, err := http.ParseTime(modified)
			require.NoError(t, err)
			assert.WithinDuration(t, time.Now(), when, time.Hour)

			head, empty := ask(t, "HEAD", address+"/"+f.Name)
			assert.Equal(t, 200, head.StatusCode)
			assert.Empty(t, empty)
			assert.Equal(t, resp.ContentLength, head.ContentLength)
			assert.Equal(t, etag, head.Header.Get("ETag"))

			zipped, raw := ask(t, "GET", address+"/"+f.Name, "Accept-Encoding", "br, gzip;q=0.5")
			if zipped.Header.Get("Content-Encoding") == "gzip" {
				z, err := gzip.NewReader(strings.NewReader(raw))
				require.NoError(t, err)
				unpacked, err := io.ReadAll(z)
				require.NoError(t, err)
				assert.Equal(t, body, string(unpacked))
				assert.NotEqual(t, etag, zipped.Header.Get("ETag"))
				assert.Contains(t, zipped.Header.Get("Vary"), "Accept-Encoding")
				assert.Contains(t, resp.Header.Get("Vary"), "Accept-Encoding")
				same, _ := ask(t, "GET", address+"/"+f.Name, "Accept-Encoding", "gzip", "If-None-Match", zipped.Header.Get("ETag"))
				assert.Equal(t, 304, same.StatusCode)
			}

			for _, c := range []struct {
				status  int
				headers []string
			}{
				{304, []string{"If-None-Match", etag}},
				{304, []string{"If-None-Match", "W/" + etag}},
				{304, []string{"If-None-Match", `"x", ` + etag}},
				{304, []string{"If-None-Match", "*"}},
				{200, []string{"If-None-Match", `"x"`}},
				{200, []string{"If-None-Match", `"x"`, "If-Modified-Since", modified}},
				{304, []string{"If-Modified-Since", modified}},
				{200, []string{"If-Modified-Since", when.Add(time.Second).Format(http.TimeFormat)}},
				{200, []string{"If-Modified-Since", when.Add(-time.Second).Format(http.TimeFormat)}},
				{200, []string{"If-Modified-Since", "yesterday"}},
				{200, []string{"Accept-Encoding", "gzip;q=0"}},
			} {
				resp, body := ask(t, "GET", address+"/"+f.Name, c.headers...)
				assert.Equal(t, c.status, resp.StatusCode, c.headers)
				if c.status == 304 {
					assert.Empty(t, body)
					assert.Equal(t, etag, resp.Header.Get("ETag"))
					assert.NotEmpty(t, resp.Header.Get("Cache-Control"))
				}
			}
		})
	}
}

func TestFeeds(t *testing.T) {
	address := serve(t, &Handler{}, Options{BaseURL: base, HubURL: "https://hub.example.org/"})
	for name, n := range map[string]int{"kaikki": 49, "aluepaattajille": 47, "alueyhteistyo": 5} {
		for _, format := range []string{"rss", "atom", "json"} {
			resp, body := ask(t, "GET", address+"/"+name+"."+format)
			feed, err := gofeed.NewParser().ParseString(body)
			require.NoError(t, err)
			assert.Len(t, feed.Items, n)
			self := base + name + "." + format
			assert.Equal(t, self, feed.FeedLink)
			assert.Equal(t, "<"+self+`>; rel="self", <https://hub.example.org/>; rel="hub"`, resp.Header.Get("Link"))
			assert.Contains(t, body, "https://hub.example.org/")
			assert.Equal(t, "*", resp.Header.Get("Access-Control-Allow-Origin"))
		}
	}
	// Without a public address there is no self link to get wrong.
	address = serve(t, &Handler{}, Options{})
	resp, body := ask(t, "GET", address+"/kaikki.atom", "Host", "evil.example.org", "X-Forwarded-Host", "evil.example.org")
	assert.NotContains(t, body, `rel="self"`)
	assert.NotContains(t, body, "evil.example.org")
	assert.Empty(t, resp.Header.Get("Link"))
}

func TestOPML(t *testing.T) {
	type opml struct {
		Version  string `xml:"version,attr"`
		Outlines []struct {
			Type   string `xml:"type,attr"`
			Text   string `xml:"text,attr"`
			XMLURL string `xml:"xmlUrl,attr"`
		} `xml:"body>outline"`
	}
	read := func(body string) opml {
		var o opml
		require.NoError(t, xml.Unmarshal([]byte(body), &o))
		assert.Equal(t, "2.0", o.Version)
		assert.Equal(t, "rss", o.Outlines[0].Type)
		return o
	}
	_, body := ask(t, "GET", serve(t, &Handler{}, Options{BaseURL: base})+"/feeds.opml", "Host", "other.example.org")
	require.Len(t, read(body).Outlines, 2, "the sections, and not all articles beside them")
	assert.Equal(t, base+"alueyhteistyo.rss", read(body).Outlines[0].XMLURL)
	_, body = ask(t, "GET", serve(t, &Handler{}, Options{BaseURL: base, Sections: []string{"Alueyhteistyö"}})+"/feeds.opml")
	require.Len(t, read(body).Outlines, 1)
	assert.Equal(t, base+"kaikki.rss", read(body).Outlines[0].XMLURL)

	address := serve(t, &Handler{}, Options{})
	resp, body := ask(t, "GET", address+"/feeds.opml")
	assert.Equal(t, address+"/alueyhteistyo.rss", read(body).Outlines[0].XMLURL)
	assert.Equal(t, "no-store", resp.Header.Get("Cache-Control"))
	for _, host := range []string{"a/b", "a b", "a:b", `a"b`, "a<b"} {
		req := httptest.NewRequest("GET", "/feeds.opml", nil)
		req.Host = host
		h := &Handler{}
		publish(t, h, realArticles(), Options{})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, req)
		assert.Equal(t, 400, w.Code, host)
		assert.NotContains(t, w.Body.String(), host)
	}
}

func TestNegotiation(t *testing.T) {
	address := serve(t, &Handler{}, Options{})
	for accept, want := range map[string]string{
		"":                                     "rss",
		"*/*":                                  "rss",
		"application/atom+xml":                 "atom",
		"application/json":                     "json",
		"application/feed+json, */*;q=0.1":     "json",
		"text/html,application/xml;q=0.9,*/*":  "html",
		"text/html;q=0.2, application/rss+xml": "rss",
		"application/atom+xml;q=0.5, application/rss+xml;q=0.4": "atom",
		"image/png":                  "rss",
		"application/atom+xml;q=nan": "rss",
		"application/atom+xml;q=Inf, application/json;q=0.1": "json",
		"application/rss+xml;q=0, */*":                       "atom",
	} {
		resp, _ := ask(t, "GET", address+"/aluepaattajille", "Accept", accept)
		assert.Equal(t, 302, resp.StatusCode)
		assert.Equal(t, "aluepaattajille."+want, resp.Header.Get("Location"), accept)
		assert.Equal(t, "Accept", resp.Header.Get("Vary"))
		assert.Equal(t, "*", resp.Header.Get("Access-Control-Allow-Origin"))
	}
}

func TestErrors(t *testing.T) {
	address := serve(t, &Handler{}, Options{})
	resp, body := ask(t, "GET", address+"/olematon", "Accept", "text/html")
	assert.Equal(t, 404, resp.StatusCode)
	assert.Contains(t, body, "Sivua ei ole")
	assert.Contains(t, body, `href="aluepaattajille.rss"`)
	resp, body = ask(t, "GET", address+"/aluepaattajille/", "Accept", "text/html")
	assert.Equal(t, 404, resp.StatusCode)
	assert.Contains(t, body, `href="../aluepaattajille.rss"`)
	assert.NotContains(t, body, `href="aluepaattajille.rss"`, "it would lead nowhere")
	resp, body = ask(t, "GET", address+"/a/b/c", "Accept", "application/xml, text/html;q=0.1")
	assert.Equal(t, 404, resp.StatusCode)
	assert.Contains(t, body, `href="../../index.html"`)
	resp, body = ask(t, "GET", address+"/olematon.rss")
	assert.Equal(t, 404, resp.StatusCode)
	assert.Contains(t, body, "aluepaattajille.rss")
	assert.Equal(t, "text/plain; charset=utf-8", resp.Header.Get("Content-Type"))
	for _, path := range []string{"/../tree.go", "/%2e%2e/tree.go", "/.vatesfeed-files", "/a/b", "/%00"} {
		resp, _ = ask(t, "GET", address+path)
		assert.Equal(t, 404, resp.StatusCode, path)
	}
	for _, method := range []string{"POST", "PUT", "DELETE"} {
		resp, body = ask(t, method, address+"/kaikki.rss")
		assert.Equal(t, 405, resp.StatusCode)
		assert.Equal(t, "GET, HEAD, OPTIONS", resp.Header.Get("Allow"))
		assert.Contains(t, body, "GET")
	}
	w := httptest.NewRecorder()
	(&Handler{}).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	assert.Equal(t, 503, w.Code)
	assert.NotEmpty(t, w.Header().Get("Retry-After"))
}

// TestPreflight asks what a browser asks before a web page's own request.
func TestPreflight(t *testing.T) {
	resp, body := ask(t, "OPTIONS", serve(t, &Handler{}, Options{})+"/kaikki.json", "Origin", "https://reader.example.org", "Access-Control-Request-Method", "GET", "Access-Control-Request-Headers", "if-none-match")
	assert.Equal(t, 204, resp.StatusCode)
	assert.Empty(t, body)
	for header, want := range map[string]string{"Allow-Origin": "*", "Allow-Methods": "GET, HEAD", "Allow-Headers": "*"} {
		assert.Equal(t, want, resp.Header.Get("Access-Control-"+header))
	}
}

// TestMounted mounts the handler below a path, as a program may.
func TestMounted(t *testing.T) {
	h := &Handler{}
	publish(t, h, realArticles(), Options{})
	mux := http.NewServeMux()
	mux.Handle("/feeds/", http.StripPrefix("/feeds", h))
	s := httptest.NewServer(mux)
	defer s.Close()
	resp, err := http.Get(s.URL + "/feeds/aluepaattajille")
	require.NoError(t, err)
	defer resp.Body.Close()
	assert.Equal(t, 200, resp.StatusCode)
	assert.Equal(t, "/feeds/aluepaattajille.rss", resp.Request.URL.Path)
	_, body := ask(t, "GET", s.URL+"/feeds/")
	assert.NotContains(t, body, `href="/`)
	_, body = ask(t, "GET", s.URL+"/feeds/feeds.opml")
	assert.Contains(t, body, `xmlUrl="`+s.URL+`/feeds/aluepaattajille.rss"`)
}

func TestHealth(t *testing.T) {
	h := &Handler{}
	address := serve(t, h, Options{})
	resp, body := ask(t, "GET", address+"/healthz")
	assert.Equal(t, "application/json; charset=utf-8", resp.Header.Get("Content-Type"))
	assert.Equal(t, "no-store", resp.Header.Get("Cache-Control"))
	var v map[string]any
	require.NoError(t, json.Unmarshal([]byte(body), &v))
	assert.Equal(t, 49.0, v["articles"])
	assert.Equal(t, map[string]any{"kaikki": 49.0, "aluepaattajille": 47.0, "alueyhteistyo": 5.0}, v["articles_per_section"])
}

// TestModified changes an article. The files that change have a later time than
// before, at once, or clients would keep the old ones.
func TestModified(t *testing.T) {
	h := &Handler{}
	address := serve(t, h, Options{})
	first, _ := ask(t, "GET", address+"/alueyhteistyo.rss")
	other, _ := ask(t, "GET", address+"/aluepaattajille.rss")
	articles := realArticles()
	for i, a := range articles {
		if len(a.Sections) == 1 && a.Sections[0] == "Alueyhteistyö" {
			articles[i].Title = "Nyt on otsikko"
		}
	}
	publish(t, h, articles, Options{})
	again, _ := ask(t, "GET", address+"/alueyhteistyo.rss", "If-Modified-Since", first.Header.Get("Last-Modified"))
	assert.Equal(t, 200, again.StatusCode)
	same, _ := ask(t, "GET", address+"/aluepaattajille.rss", "If-Modified-Since", other.Header.Get("Last-Modified"))
	assert.Equal(t, 304, same.StatusCode)
	before, err := http.ParseTime(first.Header.Get("Last-Modified"))
	require.NoError(t, err)
	after, err := http.ParseTime(again.Header.Get("Last-Modified"))
	require.NoError(t, err)
	assert.True(t, after.After(before))
}

func TestChanges(t *testing.T) {
	h := new(Handler)
	put := func(articles []vatesfeed.Article) []Change {
		tree, err := Build(articles, Options{BaseURL: base})
		require.NoError(t, err)
		changes, err := h.Publish(tree)
		require.NoError(t, err)
		return changes
	}
	first := put(realArticles())
	assert.Len(t, first, len(h.published.Load().Files))
	assert.Empty(t, put(realArticles()))
	articles := realArticles()
	articles[len(articles)-1].Title = "Nyt on otsikko" // of the other section
	var changed []string
	for _, c := range put(articles) {
		assert.Equal(t, "changed", c.Op)
		if c.FeedURL != "" {
			changed = append(changed, c.FeedURL)
		}
	}
	assert.Equal(t, []string{base + "aluepaattajille.atom", base + "aluepaattajille.json", base + "aluepaattajille.rss", base + "kaikki.atom", base + "kaikki.json", base + "kaikki.rss"}, changed)
	for i := range articles {
		articles[i].Sections = nil
	}
	removed := put(articles)
	assert.Contains(t, removed, Change{"removed", "aluepaattajille.rss", base + "aluepaattajille.rss"})
	assert.True(t, slices.IsSortedFunc(removed, func(a, b Change) int { return strings.Compare(a.Name, b.Name) }))
}

func TestPage(t *testing.T) {
	nasty := vatesfeed.Article{Date: vatesfeed.Date{Year: 2024, Month: 2, Day: 1}, Title: `</title><script>alert(1)</script>`, Summary: `"><img src=x onerror=alert(1)>`, Sections: []string{`<b>"&'`, "kaikki", "Kaikki!"}, Link: "javascript:alert(1)"}
	tree, err := Build(append([]vatesfeed.Article{nasty}, realArticles()...), Options{BaseURL: base})
	require.NoError(t, err)
	page := body(t, tree.File("index.html"))
	assert.Contains(t, page, `<html lang="fi">`)
	assert.NotContains(t, page, "<script>alert")
	assert.NotContains(t, page, "<img")
	assert.NotContains(t, page, `href="javascript:`)
	assert.NotContains(t, page, "<b>")
	assert.Contains(t, page, base+"kaikki.rss")
	assert.Contains(t, page, "47 artikkelia, uusin <time datetime=\"2024-01-29\">29.1.2024</time>")
	assert.Contains(t, page, "1 artikkeli, uusin")
	assert.Equal(t, 2, strings.Count(page, `type="application/rss+xml" title="Vates – Aluepäättäjille (RSS)"`)+strings.Count(page, `aria-current`))
	assert.Contains(t, body(t, tree.File("aluepaattajille.html")), `type="application/atom+xml" title="Vates – Aluepäättäjille (Atom)" href="aluepaattajille.atom"`)
	assert.Equal(t, body(t, tree.File("index.html")), body(t, tree.File("kaikki.html")))
}

// TestYears has more articles than a page shows: the others are on pages by
// year.
func TestYears(t *testing.T) {
	var articles []vatesfeed.Article
	for i := range 120 {
		articles = append(articles, vatesfeed.Article{Date: vatesfeed.Date{Year: 2024 - i/50, Month: 5, Day: 1}, Summary: fmt.Sprintf("Artikkeli %d.", i), Sections: []string{"Vuosi 2023"}})
	}
	tree, err := Build(articles, Options{})
	require.NoError(t, err)
	assert.Equal(t, 50, strings.Count(body(t, tree.File("index.html")), "<article>"))
	assert.Contains(t, body(t, tree.File("index.html")), `href="vuosi-2022.html"`)
	n := 0
	for year, count := range map[int]int{2024: 50, 2023: 50, 2022: 20} {
		page := body(t, tree.File(fmt.Sprintf("vuosi-%d.html", year)))
		assert.Equal(t, count, strings.Count(page, "<article>"))
		assert.Contains(t, page, fmt.Sprintf("<h1>Artikkelit vuodelta %d</h1>", year))
		n += count
	}
	assert.Equal(t, len(articles), n)
	assert.Regexp(t, "^vuosi-2023-[0-9a-f]{8}$", tree.Slugs()["Vuosi 2023"])
	few, err := Build(articles[:50], Options{})
	require.NoError(t, err)
	assert.Nil(t, few.File("vuosi-2024.html"))
}

func TestStylesheet(t *testing.T) {
	tree, err := Build(realArticles(), Options{})
	require.NoError(t, err)
	for _, name := range []string{"kaikki.rss", "alueyhteistyo.atom"} {
		assert.Contains(t, body(t, tree.File(name)), `<?xml-stylesheet type="text/css" href="feed.css"?>`)
	}
	assert.NotNil(t, tree.File("feed.css"))
}

func TestFeedInBrowser(t *testing.T) {
	address := serve(t, &Handler{}, Options{})
	for name, want := range map[string]string{"kaikki.rss": "application/xml; charset=utf-8", "kaikki.atom": "application/xml; charset=utf-8", "kaikki.json": "application/feed+json; charset=utf-8"} {
		resp, _ := ask(t, "GET", address+"/"+name, "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
		assert.Equal(t, want, resp.Header.Get("Content-Type"))
		assert.Equal(t, strings.Contains(want, "xml"), strings.Contains(resp.Header.Get("Vary"), "Accept,"))
	}
}

func TestStale(t *testing.T) {
	h := &Handler{}
	address := serve(t, h, Options{})
	for stale, want := range map[time.Duration]int{time.Hour: 200, -time.Second: 503} {
		h.SetHealth(Health{Status: "ok", StaleAt: time.Now().Add(stale)})
		resp, body := ask(t, "GET", address+"/healthz")
		assert.Equal(t, want, resp.StatusCode)
		assert.Equal(t, want == 503, strings.Contains(body, `"status": "stale"`))
	}
}

func TestSlugs(t *testing.T) {
	one := slugs([]string{"Aä", "Aa", "Kaikki", "Index", "Blogi"}, nil)
	two := slugs([]string{"Blogi", "Kaikki", "Index", "Aa", "Aä"}, nil)
	assert.Equal(t, one, two)
	assert.Equal(t, "aa", one["Aa"])
	assert.Regexp(t, "^aa-[0-9a-f]{8}$", one["Aä"])
	assert.Regexp(t, "^kaikki-[0-9a-f]{8}$", one["Kaikki"])
	assert.Equal(t, "blogi", one["Blogi"])

	// Nor does a section whose name ends like that share the address.
	shared := slugs([]string{"KAIKKI 79abc060", "Kaikki"}, nil)
	assert.Equal(t, "kaikki-79abc060", shared["Kaikki"])
	assert.Regexp(t, "^kaikki-79abc060-[0-9a-f]{8}$", shared["KAIKKI 79abc060"])
	assert.Equal(t, shared, slugs([]string{"Kaikki", "KAIKKI 79abc060"}, shared))

	// A section that was there first keeps its address.
	before := slugs([]string{"Aä"}, nil)
	assert.Equal(t, map[string]string{"Aä": "aa"}, before)
	later := slugs([]string{"Aa", "Aä"}, before)
	assert.Equal(t, "aa", later["Aä"])
	assert.Regexp(t, "^aa-[0-9a-f]{8}$", later["Aa"])
	assert.Equal(t, later, slugs([]string{"Aä", "Aa"}, later))
	assert.Equal(t, map[string]string{"Blogi": "blogi"}, slugs([]string{"Blogi"}, map[string]string{"Blogi": "../x"}))
	long := slugs([]string{strings.Repeat("x", 300), strings.Repeat("x", 301)}, nil)
	for _, slug := range long {
		assert.Less(t, len(slug), 100)
	}
	assert.NotEqual(t, long[strings.Repeat("x", 300)], long[strings.Repeat("x", 301)])

	articles := []vatesfeed.Article{{Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 1}, Summary: "a", Sections: []string{"Aä"}}, {Date: vatesfeed.Date{Year: 2024, Month: 1, Day: 1}, Summary: "b", Sections: []string{"Aa"}}}
	tree, err := Build(articles, Options{})
	require.NoError(t, err)
	assert.Equal(t, map[string]int{"kaikki": 2, "aa": 1, one["Aä"]: 1}, tree.Counts())
}

func TestBuildErrors(t *testing.T) {
	_, err := Build(nil, Options{})
	assert.ErrorIs(t, err, vatesfeed.ErrNoArticles)
	_, err = Build(realArticles(), Options{HubURL: "https://hub.example.org/"})
	assert.ErrorContains(t, err, "public URL")
	for _, bad := range []string{"feeds.example.org", "ftp://x/", "https://u:p@x/", "https://x/?a", "https://[/"} {
		_, err = Build(realArticles(), Options{BaseURL: bad})
		assert.ErrorContains(t, err, "base URL: ", bad)
		assert.NotContains(t, err.Error(), "u:p")
	}
	tree, err := Build(realArticles(), Options{Sections: []string{"Alueyhteistyö"}, Limit: 2})
	require.NoError(t, err)
	assert.Nil(t, tree.File("aluepaattajille.rss"))
	assert.Nil(t, tree.File("feeds.opml"))
	assert.Equal(t, 2, strings.Count(body(t, tree.File("alueyhteistyo.rss")), "<item>"))
}
