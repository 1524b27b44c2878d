package source

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const listing = `Siirry pääsisältöön

Artikkelit

Työelämä

29.01.2024

Yhteenveto on tässä.

Otsikko työstä

26.01.2024

Toinen yhteenveto.
`

const htmlPage = `<!doctype html><html><body><h1>Artikkelit</h1><h2>Työelämä</h2><ul>
<li>29.01.2024 <p>Yhteenveto on tässä.</p><h3><a href="/a/1">Otsikko työstä</a></h3></li>
<li>26.01.2024 <p>Toinen yhteenveto.</p></li></ul></body></html>`

// wanted is what both say, apart from the link.
func wanted(link string) []vatesfeed.Article {
	return []vatesfeed.Article{
		{Date: date(2024, 1, 29), Title: "Otsikko työstä", Summary: "Yhteenveto on tässä.", Sections: []string{"Työelämä"}, Link: link},
		{Date: date(2024, 1, 26), Summary: "Toinen yhteenveto.", Sections: []string{"Työelämä"}},
	}
}

func articles(listings []vatesfeed.Listing) []vatesfeed.Article {
	var all []vatesfeed.Article
	for _, l := range listings {
		all = append(all, l.Articles...)
	}
	return all
}

func date(year int, month time.Month, day int) vatesfeed.Date {
	return vatesfeed.Date{Year: year, Month: month, Day: day}
}

// serve starts a server and returns its address and a Client that does not
// pause for long.
func serve(t *testing.T, h http.HandlerFunc) (string, *Client) {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL, &Client{firstPause: time.Millisecond, Timeout: 5 * time.Second}
}

func encode(t *testing.T, s string, e interface{ String(string) (string, error) }) []byte {
	b, err := e.String(s)
	require.NoError(t, err)
	return []byte(b)
}

// TestKinds reads what is the same in all kinds of source and charsets, as a
// file and from an address.
func TestKinds(t *testing.T) {
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()
	utf16be := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()
	latin9 := charmap.ISO8859_15.NewEncoder()
	cp1252 := charmap.Windows1252.NewEncoder()
	meta := strings.Replace(htmlPage, "<body>", `<meta charset="iso-8859-15"><body>`, 1)
	for _, test := range []struct {
		name, contentType string
		body              []byte
		html, webOnly     bool
	}{
		{"text", "text/plain; charset=utf-8", []byte(listing), false, false},
		{"text with a mark", "", []byte("\ufeff" + listing), false, false},
		{"text in UTF-16", "text/plain", encode(t, listing, utf16), false, false},
		{"text in UTF-16, big end first", "text/plain; charset=iso-8859-1", encode(t, listing, utf16be), false, false},
		{"text in Windows-1252", "text/plain", encode(t, listing, cp1252), false, false},
		{"text in ISO 8859-15, declared", "text/plain; charset=ISO-8859-15", encode(t, listing, latin9), false, false},
		{"page", "text/html; charset=utf-8", []byte(htmlPage), true, false},
		{"page of a wrong type", "text/plain", []byte("\n\n" + htmlPage), true, false},
		{"page without the usual start", "text/html", []byte("Hei! " + htmlPage[strings.Index(htmlPage, "<h1>"):]), true, true},
		{"page with a mark", "text/html; charset=iso-8859-1", []byte("\ufeff" + htmlPage), true, false},
		{"page in UTF-16", "", encode(t, htmlPage, utf16), true, false},
		{"page in Windows-1252", "text/html", encode(t, htmlPage, cp1252), true, false},
		{"page that declares its charset", "text/html", encode(t, meta, latin9), true, false},
		{"page of a declared charset", "text/html; charset=iso-8859-15", encode(t, htmlPage, latin9), true, false},
		{"page in XHTML", "application/xhtml+xml", []byte(`<?xml version="1.0" encoding="utf-8"?>` + "\n" + strings.Replace(htmlPage, "<html>", `<html xmlns="http://www.w3.org/1999/xhtml">`, 1)), true, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			address, r := serve(t, func(w http.ResponseWriter, req *http.Request) {
				w.Header().Set("Content-Type", test.contentType)
				w.Write(test.body)
			})
			want := func(base string) []vatesfeed.Article {
				link := ""
				if test.html {
					link = base + "/a/1"
				}
				return wanted(link)
			}
			got, err := r.Get(context.Background(), address)
			require.NoError(t, err)
			assert.Empty(t, cmp.Diff(want(address), articles(got)))
			assert.Equal(t, address, got[0].URL)
			if test.webOnly || strings.Contains(test.name, "declared") && !strings.Contains(test.name, "that declares") {
				return
			}
			name := filepath.Join(t.TempDir(), "misleading.rss")
			require.NoError(t, os.WriteFile(name, test.body, 0o600))
			got, err = r.Get(context.Background(), name)
			require.NoError(t, err)
			assert.Empty(t, cmp.Diff(want("https://www.vates.fi"), articles(got)))
			r = &Client{PageURL: "https://example.org/x/y"}
			got, err = r.Read("-", "", bytes.NewReader(test.body))
			require.NoError(t, err)
			assert.Empty(t, cmp.Diff(want("https://example.org"), articles(got)))
		})
	}
}

// TestUndecodable checks that what cannot be decoded is reported with its line.
func TestUndecodable(t *testing.T) {
	cut := encode(t, listing, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder())
	for name, test := range map[string]struct {
		body, contentType string
		line              int
		text              string
	}{
		"broken UTF-8":              {strings.Replace(listing, "tässä.", "täss\xe4.", 1), "", 9, "Yhteenveto on täss\ufffd."},
		"undefined in Windows-1252": {strings.Replace(listing, "Yhteenveto on tässä.", "On \xe4 \x81", 1), "", 9, "On ä \ufffd"},
		"broken page":               {strings.Replace(htmlPage, "tässä.", "täss\xe4.", 1), "", 2, "Yhteenveto on täss\ufffd."},
		"declared UTF-8":            {strings.Replace(listing, "Yhteenveto on tässä.", "T\xe4ss\xe4", 1), "text/plain; charset=utf-8", 9, "T\ufffdss\ufffd"},
		"UTF-16 cut short":          {string(cut[:len(cut)-1]), "", 15, "Yhteenveto on tässä."},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := readBody("test", []byte(test.body), test.contentType, nil)
			require.NoError(t, err)
			require.Len(t, got[0].Problems, 1)
			assert.ErrorIs(t, got[0].Problems[0], vatesfeed.ErrEncoding)
			assert.Equal(t, test.line, got[0].Problems[0].Line)
			assert.Equal(t, test.text, got[0].Articles[0].Summary)
		})
	}
}

// TestReplacementCharacter has U+FFFD in texts that declare UTF-8. It was there
// before decoding, and must not be a problem.
func TestReplacementCharacter(t *testing.T) {
	for _, body := range []string{
		strings.Replace(listing, "tässä", "t\ufffdssä", 1),
		strings.Replace(strings.Replace(htmlPage, "tässä", "t\ufffdssä", 1), "<body>", `<meta charset="utf-8"><body>`, 1),
	} {
		for _, contentType := range []string{"", "text/html; charset=UTF-8"} {
			if contentType != "" && body[0] != '<' {
				contentType = "text/plain; charset=UTF-8"
			}
			got, err := readBody("test", []byte(body), contentType, nil)
			require.NoError(t, err)
			assert.Empty(t, got[0].Problems)
			assert.Equal(t, "Yhteenveto on t\ufffdssä.", got[0].Articles[0].Summary)
		}
	}
}

// TestMixedCharsets reads two texts that were put together with cat.
func TestMixedCharsets(t *testing.T) {
	text := append([]byte(listing), encode(t, strings.ReplaceAll(listing, "2024", "2023"), charmap.Windows1252.NewEncoder())...)
	got, err := new(Client).Read("-", "", bytes.NewReader(text))
	require.NoError(t, err)
	require.Len(t, got, 2)
	assert.Equal(t, got[0].Section, got[1].Section)
	assert.Equal(t, got[0].Articles[0].Title, got[1].Articles[0].Title)
}

// TestLineDecoder decodes lines that are longer than its buffer.
func TestLineDecoder(t *testing.T) {
	long := strings.Repeat("päivä €", 50000)
	for _, s := range []string{long, long + "\n" + long, "x" + long, "xy" + long + "\n", ""} {
		got, err := io.ReadAll(newLineDecoder(strings.NewReader(s)))
		require.NoError(t, err)
		assert.Equal(t, s, string(got))
	}
	got, err := io.ReadAll(newLineDecoder(bytes.NewReader(encode(t, long, charmap.Windows1252.NewEncoder()))))
	require.NoError(t, err)
	assert.Equal(t, long, string(got))
}

func TestNotASource(t *testing.T) {
	for name, test := range map[string]struct{ body, want string }{
		"empty":       {"", "no line holds just a date"},
		"headings":    {"Artikkelit\n\nBlogi\n", "no line holds just a date"},
		"image":       {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "it is image/png, and neither a text listing, an HTML page, nor a feed"},
		"binary":      {"\x00\x01\x02", "it is binary data"},
		"noise":       {strings.Repeat("\x9d\xc5\x07k\xf1\x1f \xa2", 100), "it is binary data"},
		"PDF":         {"%PDF-1.7\n%\xe2\xe3", "it is application/pdf"},
		"archive":     {"\x1f\x8b\x08", "it is application/x-gzip"},
		"page":        {"<!doctype html><p>Ei mitään", "the page has no part with one date and something to read"},
		"empty feed":  {`<rss version="2.0"><channel><title>X</title></channel></rss>`, "the feed has no item with a date"},
		"broken feed": {`<rss version="2.0"><channel><title>X</t`, "the feed is broken: "},
		"broken JSON": {`{"version": "https://jsonfeed.org/version/1.1", "items": [`, "the feed is broken: "},
		"JSON":        {`{"a": 1}`, "it is JSON, and no JSON Feed"},
		"deep page":   {strings.Repeat("<div>", 600), "open stack of elements exceeds 512 nodes"},
	} {
		_, err := readBody("name", []byte(test.body), "", nil)
		assert.ErrorContains(t, err, test.want, name)
		assert.ErrorContains(t, err, "name: ", name)
	}
}

// TestControlCharacters reads listings in which some control characters are left
// by the program that the text comes from.
func TestControlCharacters(t *testing.T) {
	for _, c := range []string{"\x01", "\x02", "\x06", "\x1f", "\x7f"} {
		got, err := readBody("test", []byte(strings.Replace(listing, "tässä", c+"tässä", 1)), "", nil)
		require.NoError(t, err)
		require.Len(t, got[0].Problems, 1)
		assert.ErrorIs(t, got[0].Problems[0], vatesfeed.ErrEncoding)
		assert.Equal(t, 9, got[0].Problems[0].Line)
		assert.Len(t, got[0].Articles, 2)
	}
	got, err := readBody("test", []byte(strings.Replace(listing, "on tässä", "on\vtässä", 1)), "", nil)
	require.NoError(t, err)
	assert.Empty(t, got[0].Problems, "Word's line break")
	assert.Empty(t, cmp.Diff(wanted(""), got[0].Articles))
}

// TestFeedURL reads pages that name a feed of their own.
func TestFeedURL(t *testing.T) {
	address, _ := url.Parse("https://www.vates.fi/vates/artikkelit")
	for head, want := range map[string]string{
		`<link rel="alternate" type="application/rss+xml" href="/feed">`:                                                       "https://www.vates.fi/feed",
		`<title><link></title><link REL="Home Alternate" type="Application/Atom+XML;charset=utf-8" href="feed.atom">`:          "https://www.vates.fi/vates/feed.atom",
		`<base href="https://example.org/x/"><link rel=alternate type=application/feed+json href=feed.json>`:                   "https://example.org/x/feed.json",
		`<link rel="alternate" type="application/rss+xml" href="1"><link rel="alternate" type="application/rss+xml" href="2">`: "https://www.vates.fi/vates/1",
		`<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">`:                                         "",
		`<link rel="alternate" hreflang="sv" href="/sv"><link rel="stylesheet" type="application/rss+xml" href="x">`:           "",
		`<body><link rel="alternate" type="application/rss+xml" href="/feed">`:                                                 "",
		`<script>'<link rel="alternate" type="application/rss+xml" href="/feed">'</script>`:                                    "",
	} {
		body := strings.Replace(htmlPage, "<html>", "<html><head>"+head, 1)
		got, err := readBody("test", []byte(body), "", address)
		require.NoError(t, err)
		assert.Equal(t, want, got[0].FeedURL, head)
		assert.Len(t, got[0].Articles, 2, "the page is read as it was asked for")
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	r := &Client{}
	_, err := r.Get(context.Background(), dir)
	assert.EqualError(t, err, dir+" is a folder; name the files in it")
	_, err = r.Get(context.Background(), filepath.Join(dir, "x"))
	assert.ErrorIs(t, err, os.ErrNotExist)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	name := filepath.Join(dir, "listing.txt")
	require.NoError(t, os.WriteFile(name, []byte(listing), 0o600))
	_, err = r.Get(ctx, name)
	assert.ErrorIs(t, err, context.Canceled)
}

func TestStatuses(t *testing.T) {
	for _, test := range []struct {
		status     int
		retryAfter string
		tries      int32
		want       string
	}{
		{404, "", 1, "the server says 404 Not Found"},
		{403, "", 1, "the server says 403 Forbidden"},
		{204, "", 1, "the server says 204 No Content"},
		{429, "", 4, "the server says 429 Too Many Requests"},
		{500, "", 4, "the server says 500 Internal Server Error"},
		{503, "1000", 1, "the server says 503 Service Unavailable"},
		{503, time.Now().Add(time.Hour).UTC().Format(http.TimeFormat), 1, "the server says 503 Service Unavailable"},
	} {
		var tries atomic.Int32
		address, r := serve(t, func(w http.ResponseWriter, req *http.Request) {
			tries.Add(1)
			if test.retryAfter != "" {
				w.Header().Set("Retry-After", test.retryAfter)
			}
			w.WriteHeader(test.status)
		})
		_, err := r.Get(context.Background(), address)
		assert.EqualError(t, err, address+": "+test.want)
		assert.Equal(t, test.tries, tries.Load(), test.status)
		var status *StatusError
		require.ErrorAs(t, err, &status)
		assert.Equal(t, test.status, status.Code)
	}
}

// TestTryAgain succeeds after a status of 429 and two broken responses.
func TestTryAgain(t *testing.T) {
	var tries atomic.Int32
	var second time.Time
	start := time.Now()
	address, r := serve(t, func(w http.ResponseWriter, req *http.Request) {
		switch tries.Add(1) {
		case 1:
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(429)
		case 2:
			second = time.Now()
			panic(http.ErrAbortHandler) // breaks the connection
		case 3:
			w.Header().Set("Content-Length", "10000")
			io.WriteString(w, listing) // less than it says
		default:
			io.WriteString(w, listing)
		}
	})
	got, err := r.Get(context.Background(), address)
	require.NoError(t, err)
	assert.Len(t, articles(got), 2)
	assert.EqualValues(t, 4, tries.Load())
	assert.GreaterOrEqual(t, second.Sub(start), time.Second, "honours Retry-After")
}

func TestCutShort(t *testing.T) {
	address, r := serve(t, func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("Content-Length", "10000")
		io.WriteString(w, listing)
	})
	_, err := r.Get(context.Background(), address)
	assert.EqualError(t, err, address+": unexpected EOF")
}

func TestRedirects(t *testing.T) {
	address, r := serve(t, func(w http.ResponseWriter, req *http.Request) {
		switch {
		case req.URL.Path == "/page/":
			io.WriteString(w, strings.ReplaceAll(htmlPage, "/a/1", "1"))
		case req.URL.Path == "/loop":
			http.Redirect(w, req, "/loop", http.StatusFound)
		case req.URL.Path == "/file":
			http.Redirect(w, req, "file:///etc/passwd", http.StatusFound)
		case strings.HasPrefix(req.URL.Path, "/far"):
			n := len(req.URL.Path)
			if n == len("/far")+10 {
				http.Redirect(w, req, "/page/", http.StatusFound)
			} else {
				http.Redirect(w, req, req.URL.Path+"x", http.StatusMovedPermanently)
			}
		default:
			http.Redirect(w, req, "/page/", http.StatusMovedPermanently)
		}
	})
	got, err := r.Get(context.Background(), address+"/old")
	require.NoError(t, err)
	assert.Equal(t, address+"/page/1", articles(got)[0].Link)
	assert.Equal(t, address+"/page/", got[0].URL)
	_, err = r.Get(context.Background(), address+"/farx")
	assert.NoError(t, err, "ten redirects")
	_, err = r.Get(context.Background(), address+"/far")
	assert.EqualError(t, err, address+"/far: more than 10 redirects")
	_, err = r.Get(context.Background(), address+"/loop")
	assert.EqualError(t, err, address+"/loop: more than 10 redirects")
	_, err = r.Get(context.Background(), address+"/file")
	assert.EqualError(t, err, address+"/file: only http and https URLs can be read")
}

func TestSlow(t *testing.T) {
	stop := make(chan struct{})
	address, r := serve(t, func(w http.ResponseWriter, req *http.Request) {
		io.WriteString(w, listing)
		w.(http.Flusher).Flush()
		select {
		case <-stop:
		case <-req.Context().Done():
		}
	})
	defer close(stop)
	r.Timeout = 200 * time.Millisecond
	_, err := r.Get(context.Background(), address)
	assert.EqualError(t, err, address+": took too long: over 200ms")

	r.Timeout = time.Minute
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	_, err = r.Get(ctx, address)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
}

func TestSize(t *testing.T) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	chunk := bytes.Repeat([]byte("x\n"), 1<<19)
	for range 64 {
		z.Write(chunk)
	}
	z.Close()
	address, r := serve(t, func(w http.ResponseWriter, req *http.Request) {
		switch req.URL.Path {
		case "/bomb":
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(b.Bytes())
		case "/declared":
			w.Header().Set("Content-Length", fmt.Sprint(MaxBody+1))
			w.Write(chunk)
		case "/endless":
			for {
				if _, err := w.Write(chunk); err != nil {
					return
				}
			}
		}
	})
	for _, path := range []string{"/bomb", "/declared", "/endless"} {
		_, err := r.Get(context.Background(), address+path)
		assert.EqualError(t, err, address+path+": too large: over 16 MiB")
		assert.ErrorIs(t, err, ErrTooLarge)
	}
}

func TestGzip(t *testing.T) {
	address, r := serve(t, func(w http.ResponseWriter, req *http.Request) {
		assert.Equal(t, "gzip", req.Header.Get("Accept-Encoding"))
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		io.WriteString(z, listing)
		z.Close()
	})
	got, err := r.Get(context.Background(), address)
	require.NoError(t, err)
	assert.Empty(t, cmp.Diff(wanted(""), articles(got)))
}

func TestUserAgent(t *testing.T) {
	var agent atomic.Value
	address, r := serve(t, func(w http.ResponseWriter, req *http.Request) {
		agent.Store(req.UserAgent())
		io.WriteString(w, listing)
	})
	r.Get(context.Background(), address)
	assert.Equal(t, DefaultUserAgent, agent.Load())
	r.UserAgent = "tester/1"
	r.Get(context.Background(), address)
	assert.Equal(t, "tester/1", agent.Load())
}

// TestNotModified reads an address that has validators again.
func TestNotModified(t *testing.T) {
	var full, unchanged atomic.Int32
	version := atomic.Value{}
	version.Store(`"1"`)
	address, r := serve(t, func(w http.ResponseWriter, req *http.Request) {
		w.Header().Set("ETag", version.Load().(string))
		if req.Header.Get("If-None-Match") == version.Load() {
			unchanged.Add(1)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		full.Add(1)
		io.WriteString(w, strings.Replace(listing, "Otsikko", "Otsikko "+version.Load().(string), 1))
	})
	source := Source{Name: address}
	get := func() Result {
		t.Helper()
		result := r.GetAll(context.Background(), []Source{source})[0]
		require.NoError(t, result.Err)
		source = result.Source
		return result
	}
	assert.Len(t, articles(get().Listings), 2)
	for range 2 {
		result := get()
		assert.True(t, result.Unchanged)
		assert.Empty(t, result.Listings)
	}
	version.Store(`"2"`)
	assert.Contains(t, articles(get().Listings)[0].Title, `"2"`)
	assert.EqualValues(t, 2, full.Load())
	assert.EqualValues(t, 2, unchanged.Load())
}

// TestGetAll reads many URLs, four at a time and in order.
func TestGetAll(t *testing.T) {
	var now, most atomic.Int32
	address, r := serve(t, func(w http.ResponseWriter, req *http.Request) {
		n := now.Add(1)
		defer now.Add(-1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(20 * time.Millisecond)
		if req.URL.Path == "/5" {
			w.WriteHeader(404)
			return
		}
		io.WriteString(w, strings.Replace(listing, "Otsikko", "Otsikko "+req.URL.Path, 1))
	})
	var sources []Source
	for i := range 12 {
		sources = append(sources, Source{Name: fmt.Sprintf("%s/%d", address, i)})
	}
	for i, result := range r.GetAll(context.Background(), sources) {
		assert.Equal(t, sources[i].Name, result.Name)
		if i == 5 {
			assert.ErrorContains(t, result.Err, "/5: the server says 404 Not Found")
			continue
		}
		require.NoError(t, result.Err)
		assert.Contains(t, articles(result.Listings)[0].Title, fmt.Sprintf("/%d ", i))
	}
	assert.EqualValues(t, 4, most.Load())
}

// TestPassword checks that a password in an address goes nowhere.
func TestPassword(t *testing.T) {
	address, r := serve(t, func(w http.ResponseWriter, req *http.Request) {
		if _, password, _ := req.BasicAuth(); password != "sekret" || req.URL.Path == "/no" {
			w.WriteHeader(403)
			return
		}
		io.WriteString(w, htmlPage)
	})
	address = strings.Replace(address, "http://", "http://user:sekret@", 1)
	got, err := r.Get(context.Background(), address)
	require.NoError(t, err)
	assert.NotContains(t, fmt.Sprint(got), "sekret")
	_, err = r.Get(context.Background(), address+"/no")
	assert.ErrorContains(t, err, "403")
	assert.NotContains(t, err.Error(), "sekret")
}

func TestRefused(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	address := s.URL
	s.Close()
	r := &Client{firstPause: time.Millisecond}
	_, err := r.Get(context.Background(), address)
	assert.ErrorContains(t, err, address+": dial tcp")
	assert.Equal(t, 1, strings.Count(err.Error(), address))
	for _, name := range []string{"ftp://example.org/", "http://", "file:///etc/passwd"} {
		_, err = r.Get(context.Background(), name)
		assert.EqualError(t, err, name+": only http and https URLs can be read")
	}
}
