package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed/source"
)

// TestLogIsShort serves a source with very many problems. A refresh logs 20 of
// them, and none again while the source stays as it is.
func TestLogIsShort(t *testing.T) {
	var asked atomic.Int32
	bad := serveListing + strings.Repeat("\n31.2.2024\n\nx\n", 1000)
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) > 5 {
			io.WriteString(w, bad+"\n32.2.2024\n\nx\n")
		} else {
			io.WriteString(w, bad)
		}
	}))
	defer upstream.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, log, status := startServe(t, ctx, "-serve", "127.0.0.1:0", "-refresh", "10ms", upstream.URL)
	problems, last := 0, ""
	for asked.Load() < 10 && log.Scan() {
		if strings.Contains(log.Text(), "msg=problem") {
			problems++
			last = log.Text()
		}
	}
	cancel()
	for log.Scan() {
	}
	assert.Zero(t, <-status)
	assert.Equal(t, maxLogged+1, problems, "after the change; those before are logged before it listens")
	assert.Contains(t, last, "and 981 problems more")
}

// TestPasswords gives addresses with passwords, well-formed and malformed, as
// sources and to flags. No message has the password.
func TestPasswords(t *testing.T) {
	listing := filepath.Join(t.TempDir(), "listing.txt")
	require.NoError(t, os.WriteFile(listing, []byte(serveListing), 0o600))
	site := filepath.Join(t.TempDir(), "site")
	for _, address := range []string{
		"http://u:secret@127.0.0.1:1/",
		"http://u:secret@h:port/",
		"http://u:secret%zz@h/",
		"http://u:secret@[::1/",
		"http://u:secret/x@h/",
		"http://u:x secret@h/",
		"ftp://u:secret@h/",
	} {
		for _, args := range [][]string{
			{address},
			{"-base-url", address, listing},
			{"-page-url", address, listing},
			{"-hub", address, "-base-url", "https://example.org/", "-site", site, listing},
			{"-serve", "127.0.0.1:0", address},
			{"-archive", filepath.Join(t.TempDir(), "all.json"), address},
		} {
			var stdout, stderr strings.Builder
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			status := run(ctx, append([]string{"-timeout", "10ms"}, args...), strings.NewReader(""), &stdout, &stderr)
			cancel()
			assert.NotContains(t, stdout.String()+stderr.String(), "secret", args)
			assert.NotZero(t, status, args)
			assert.NotEmpty(t, stderr.String(), args)
		}
	}
}

// TestPasswordInID reads a feed whose IDs are addresses with passwords.
func TestPasswordInID(t *testing.T) {
	const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>X</title><item><title>T</title><guid>https://u:secret@h/1</guid><pubDate>Mon, 29 Jan 2024 10:00:00 +0200</pubDate></item></channel></rss>`
	for _, format := range []string{"rss", "atom", "json"} {
		var stdout, stderr strings.Builder
		require.Zero(t, run(t.Context(), []string{"-format", format, "-"}, strings.NewReader(feed), &stdout, &stderr), stderr.String())
		assert.Contains(t, stdout.String(), "https://u:xxxxx@h/1")
		assert.NotContains(t, stdout.String(), "secret")
	}
}

// TestHub has a hub that fails, hangs or redirects. With an archive, the next run
// repeats the notifications that failed. The exit status stays 0.
func TestHub(t *testing.T) {
	for _, test := range []struct {
		answer  http.HandlerFunc
		message string
	}{
		{func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(500) }, "the hub says 500 Internal Server Error"},
		{func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}, "the hub says 307 Temporary Redirect"},
		{func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }, "EOF"},
	} {
		var works atomic.Bool
		var told sync.Map
		hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			assert.Equal(t, "/hub", r.URL.Path)
			if works.Load() {
				told.Store(r.FormValue("hub.url"), true)
			} else {
				test.answer(w, r)
			}
		}))
		dir := t.TempDir()
		listing := filepath.Join(dir, "listing.txt")
		require.NoError(t, os.WriteFile(listing, []byte(serveListing), 0o600))
		runOnce := func() string {
			var stderr strings.Builder
			require.Zero(t, run(t.Context(), []string{"-archive", filepath.Join(dir, "all.json"), "-site", filepath.Join(dir, "site"), "-base-url", "https://feeds.example.org/", "-hub", hub.URL + "/hub", listing}, strings.NewReader(""), io.Discard, &stderr), stderr.String())
			return stderr.String()
		}
		failed := fmt.Sprintf("vatesfeed: %s/hub was not told of https://feeds.example.org/kaikki.atom: %s\nvatesfeed: %[1]s/hub was not told of 5 feeds more\n", hub.URL, test.message)
		if test.message == "EOF" {
			assert.Contains(t, runOnce(), "was not told of 5 feeds more")
		} else {
			assert.Equal(t, failed, runOnce())
			assert.Equal(t, failed, runOnce(), "and again")
		}
		works.Store(true)
		assert.Empty(t, runOnce())
		n := 0
		told.Range(func(any, any) bool { n++; return true })
		assert.Equal(t, 6, n)
		told.Clear()
		assert.Empty(t, runOnce())
		told.Range(func(feed, _ any) bool { t.Error("told twice:", feed); return true })
		hub.Close()
	}
}

// TestServeHub has a hub that fails once, after the only change of the source.
// The next refresh finds nothing new, but must notify the hub.
func TestServeHub(t *testing.T) {
	var changed, failed atomic.Bool
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text := serveListing
		if changed.Load() {
			text += "\n27.1.2024\n\nKolmas.\n"
		}
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, len(text)))
		if r.Header.Get("If-None-Match") == w.Header().Get("ETag") {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, text)
	}))
	defer upstream.Close()
	told := make(chan string, 100)
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		feed := r.FormValue("hub.url")
		if strings.HasSuffix(feed, "/kaikki.rss") && failed.CompareAndSwap(false, true) {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		told <- feed
	}))
	defer hub.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, log, status := startServe(t, ctx, "-serve", "127.0.0.1:0", "-refresh", "20ms", "-base-url", "https://feeds.example.org/", "-hub", hub.URL, upstream.URL)
	go func() {
		for log.Scan() {
		}
	}()
	changed.Store(true)
	feeds := make(map[string]bool)
	for len(feeds) < 6 {
		select {
		case feed := <-told:
			feeds[feed] = true
		case <-time.After(10 * time.Second):
			t.Fatal("not told of all: ", feeds)
		}
	}
	assert.True(t, feeds["https://feeds.example.org/kaikki.rss"])
	cancel()
	assert.Zero(t, <-status)
}

// TestHangup sends SIGHUP to a service without -refresh: it reads its source
// again, and goes on.
func TestHangup(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("signals")
	}
	asked := make(chan bool, 10)
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- true
		io.WriteString(w, serveListing)
	}))
	defer upstream.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, log, status := startServe(t, ctx, "-serve", "127.0.0.1:0", upstream.URL)
	go func() {
		for log.Scan() {
		}
	}()
	<-asked
	self, err := os.FindProcess(os.Getpid())
	require.NoError(t, err)
	require.NoError(t, self.Signal(syscall.SIGHUP))
	select {
	case <-asked:
	case <-time.After(10 * time.Second):
		t.Fatal("not asked again")
	}
	cancel()
	assert.Zero(t, <-status)
}

// TestLargeSource adds to a feed that is also a source, until it would be too
// large to be read again.
func TestLargeSource(t *testing.T) {
	maxSource = 5 << 20
	defer func() { maxSource = source.MaxFile }()
	out := filepath.Join(t.TempDir(), "all.json")
	runOnce := func(entries int) (int, string) {
		var listing, stderr strings.Builder
		listing.WriteString("Blogi\n\n")
		for i := range entries {
			fmt.Fprintf(&listing, "%d.1.2024\n\nTeksti %d %s\n\n\n", i+1, i, strings.Repeat("sana ", 200<<10))
		}
		return run(t.Context(), []string{"-format", "json", "-o", out, "-", out}, strings.NewReader(listing.String()), io.Discard, &stderr), stderr.String()
	}
	status, message := runOnce(5)
	assert.Zero(t, status)
	assert.Contains(t, message, out+" has 4 MiB; as a source it may have 5: use -archive instead")
	before, err := os.Stat(out)
	require.NoError(t, err)
	status, message = runOnce(7)
	assert.Equal(t, 1, status)
	assert.Contains(t, message, out+" would be too large to be read as a source again: over 5 MiB; use -archive")
	after, err := os.Stat(out)
	require.NoError(t, err)
	assert.Equal(t, before.Size(), after.Size(), "it is left as it is")
}

// TestMemory writes a site of pages and listings that take a lot of memory for
// their size. It is the command as it is built, not as the tests are.
func TestMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("how much memory a process had is another number here")
	}
	dir := t.TempDir()
	command := filepath.Join(dir, "vatesfeed")
	out, err := exec.Command("go", "build", "-o", command, ".").CombinedOutput()
	require.NoError(t, err, string(out))
	const size = 4 << 20
	var page, listing, feed strings.Builder
	page.WriteString("<h1>Blogi</h1>")
	for i := range 500_000/5 - 2 { // as many entries as a page may have, of 5 parts each
		fmt.Fprintf(&page, "<div><p>%d.1.2024</p><p>Teksti %d.</p></div>", 1+i%28, i)
	}
	listing.WriteString("Blogi\n\n")
	for i := 0; listing.Len() < size; i++ {
		fmt.Fprintf(&listing, "%d.1.2024\n\n%d %s\n\n", 1+i%28, i, strings.Repeat("&<", 500))
	}
	feed.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>X</title><item><title>T</title><pubDate>Mon, 29 Jan 2024 10:00:00 +0200</pubDate><description>` + strings.Repeat("sana ", size/5) + `</description>`)
	for i := range 400 {
		fmt.Fprintf(&feed, "<category>osio %d</category>", i)
	}
	feed.WriteString(`</item></channel></rss>`)
	for name, input := range map[string]string{"page": page.String(), "listing": listing.String(), "feed": feed.String()} {
		c := exec.Command(command, "-site", filepath.Join(dir, name), "-")
		c.Stdin = strings.NewReader(input)
		require.NoError(t, c.Start())
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		held := int64(0) // most bytes in memory so far
		for running := true; running; {
			select {
			case err := <-ended:
				require.NoError(t, err)
				running = false
			case <-time.After(time.Millisecond):
				status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.Process.Pid))
				var kib int64
				_, line, _ := strings.Cut(string(status), "VmHWM:")
				fmt.Sscan(line, &kib)
				held = max(held, kib<<10)
			}
		}
		t.Logf("%s: %d MiB for %d MiB", name, held>>20, len(input)>>20)
		limit := int64(32*size + 24<<20)
		if name == "page" {
			limit = 384 << 20
		}
		assert.Less(t, held, limit, name)
	}
}
