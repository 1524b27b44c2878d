package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vatesfeed/vatesfeed"
	"github.com/vatesfeed/vatesfeed/archive"
	"github.com/vatesfeed/vatesfeed/site"
)

var rounds = flag.Int("rounds", 20, "how often runs with an archive are killed, and run two at once")

// listing returns a page with the articles from one number to another, of which
// the last is the newest.
func listing(section string, from, to int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Artikkelit\n\n%s\n", section)
	day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := to; n >= from; n-- {
		words := rand.New(rand.NewPCG(uint64(n), uint64(len(section))))
		fmt.Fprintf(&b, "\n%s\n\nTeksti %x %x %x.\n", day.AddDate(0, 0, n).Format("2.1.2006"), words.Uint64(), words.Uint64(), words.Uint64())
	}
	return b.String()
}

// runs runs the command and returns its status and what it printed.
func runs(args ...string) (status int, stdout, stderr string) {
	var out, errs bytes.Buffer
	status = run(context.Background(), args, strings.NewReader(""), &out, &errs)
	return status, out.String(), errs.String()
}

// archived returns the articles of an archive, which has to be whole.
func archived(t *testing.T, name string) []vatesfeed.Article {
	t.Helper()
	a, err := archive.Load(name)
	require.NoError(t, err)
	return a.Articles()
}

func write(t *testing.T, name, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, b, 0o666))
}

// TestArchiveKilled kills runs at random moments. The archive is then the old or
// the new, whole, and so is the feed.
func TestArchiveKilled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("signals")
	}
	dir := t.TempDir()
	page, file, feed := filepath.Join(dir, "page.txt"), filepath.Join(dir, "all.json"), filepath.Join(dir, "feed.rss")
	copied := filepath.Join(dir, "copy.json")
	write(t, page, listing("Blogi", 0, 400))
	start := time.Now()
	require.NoError(t, exec.Command("vatesfeed", "-archive", file, "-o", feed, page).Run())
	whole := time.Since(start)

	killed, changed := 0, 0
	for n := range *rounds {
		old := archived(t, file)
		copyFile(t, file, copied)
		write(t, page, listing("Blogi", 300+n, 401+n))
		status, _, stderr := runs("-archive", copied, "-o", os.DevNull, page)
		require.Zero(t, status, stderr)
		want := archived(t, copied)

		c := exec.Command("vatesfeed", "-archive", file, "-o", feed, page)
		require.NoError(t, c.Start())
		time.Sleep(time.Duration(rand.Int64N(int64(whole))))
		c.Process.Kill()
		if c.Wait() != nil {
			killed++
		}
		got := archived(t, file)
		if len(got) != len(old) {
			changed++
			require.Equal(t, want, got, "round %d", n)
		} else {
			require.Equal(t, old, got, "round %d", n)
		}
		b, err := os.ReadFile(feed)
		require.NoError(t, err)
		require.True(t, bytes.HasSuffix(b, []byte("</rss>\n")), "round %d", n)
	}
	t.Logf("%d of %d runs killed; the archive was new after %d", killed, *rounds, changed)
	require.NoError(t, exec.Command("vatesfeed", "-archive", file, "-o", feed, page).Run())
	got := archived(t, file)
	assert.Len(t, got, 401+*rounds)
}

// TestArchiveAtOnce has two runs with different sources at the same time.
func TestArchiveAtOnce(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "all.json")
	for n := range *rounds {
		var both sync.WaitGroup
		for _, section := range []string{"Blogi", "Uutiset"} {
			page := filepath.Join(dir, section+".txt")
			write(t, page, listing(section, n, n+9))
			both.Go(func() {
				out, err := exec.Command("vatesfeed", "-archive", file, "-o", filepath.Join(dir, section+".rss"), page).CombinedOutput()
				assert.NoError(t, err, string(out))
			})
		}
		both.Wait()
		require.Len(t, archived(t, file), 2*(n+10), "after round %d", n)
	}
}

// TestCron runs the command every half an hour of a day in which the page stays
// as it is.
func TestCron(t *testing.T) {
	var full, unchanged atomic.Int32
	for name, header := range map[string][2]string{
		"ETag":          {"ETag", "If-None-Match"},
		"Last-Modified": {"Last-Modified", "If-Modified-Since"},
	} {
		full.Store(0)
		unchanged.Store(0)
		const validator = "Mon, 29 Jan 2024 10:00:00 GMT"
		upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set(header[0], validator)
			if r.Header.Get(header[1]) == validator {
				unchanged.Add(1)
				w.WriteHeader(http.StatusNotModified)
				return
			}
			full.Add(1)
			io.WriteString(w, serveListing)
		}))
		defer upstream.Close()
		dir := t.TempDir()
		file, feed := filepath.Join(dir, "all.json"), filepath.Join(dir, "feed.rss")
		var first []byte
		for n := range 48 {
			status, _, stderr := runs("-archive", file, "-o", feed, upstream.URL)
			require.Zero(t, status, stderr)
			require.Empty(t, stderr)
			b, err := os.ReadFile(feed)
			require.NoError(t, err)
			if n == 0 {
				first = b
			}
			require.Equal(t, first, b)
		}
		assert.EqualValues(t, 1, full.Load(), name)
		assert.EqualValues(t, 47, unchanged.Load(), name)
	}
}

// TestRetryAfter has a server that says when it may be asked again.
func TestRetryAfter(t *testing.T) {
	var asked atomic.Int32
	var busy atomic.Bool
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if busy.Load() {
			w.Header().Set("Retry-After", "3600")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		io.WriteString(w, serveListing)
	}))
	defer upstream.Close()
	const why = `(?m)^vatesfeed: http://\S+: not asked again yet: it failed before, and may be asked from 20\S+Z on$`
	dir := t.TempDir()
	file, feed := filepath.Join(dir, "all.json"), filepath.Join(dir, "feed.rss")
	status, _, stderr := runs("-archive", file, "-o", feed, upstream.URL)
	require.Zero(t, status, stderr)
	busy.Store(true)
	status, _, stderr = runs("-archive", file, "-o", feed, upstream.URL)
	assert.Equal(t, 1, status)
	assert.Contains(t, stderr, "the server says 429 Too Many Requests")
	assert.EqualValues(t, 2, asked.Load())
	for _, args := range [][]string{{"-o", feed}, {"-site", filepath.Join(dir, "public")}, {"-list"}} {
		status, _, stderr = runs(append(append([]string{"-archive", file}, args...), upstream.URL)...)
		assert.Equal(t, 1, status)
		assert.Regexp(t, why, stderr)
	}
	assert.FileExists(t, filepath.Join(dir, "public", "kaikki.rss"), "from the archive")

	s := serveForTest(t, "-refresh", "20ms", "-archive", file, upstream.URL)
	h := s.until(func(h site.Health) bool { return h.LastTried != nil })
	assert.Contains(t, h.LastError, archive.ErrWait.Error())
	assert.Equal(t, 2, h.Articles)
	s.end()
	assert.EqualValues(t, 2, asked.Load())

	// A service that cannot begin remembers it, too.
	file = filepath.Join(dir, "new.json")
	for range 3 {
		status, _, _ = runs("-serve", "127.0.0.1:0", "-archive", file, upstream.URL)
		assert.Equal(t, 1, status)
	}
	assert.EqualValues(t, 3, asked.Load())
}

func TestArchiveInUse(t *testing.T) {
	defer func(wait time.Duration) { lockWait = wait }(lockWait)
	lockWait = 10 * time.Millisecond
	dir := t.TempDir()
	file, page := filepath.Join(dir, "all.json"), filepath.Join(dir, "page.txt")
	write(t, page, serveListing)
	unlock, err := archive.Lock(t.Context(), file)
	require.NoError(t, err)
	for _, args := range [][]string{{"-list"}, {"-o", filepath.Join(dir, "feed.rss")}, {"-site", dir}, {"-serve", "127.0.0.1:0"}} {
		status, stdout, stderr := runs(append(append([]string{"-archive", file}, args...), page)...)
		assert.Equal(t, 1, status)
		assert.Empty(t, stdout)
		assert.Equal(t, fmt.Sprintf("vatesfeed: %s is in use by process %d\n", file, os.Getpid()), stderr)
	}
	assert.NoFileExists(t, file)
	require.NoError(t, unlock())
	status, _, stderr := runs("-archive", file, "-list", page)
	assert.Zero(t, status, stderr)
}

// A served is a service that a test has started.
type served struct {
	t       *testing.T
	address string
	end     func() // and wait until it has
}

func serveForTest(t *testing.T, args ...string) *served {
	ctx, cancel := context.WithCancel(context.Background())
	address, log, status := startServe(t, ctx, append([]string{"-serve", "127.0.0.1:0"}, args...)...)
	go func() {
		for log.Scan() {
		}
	}()
	end := sync.OnceFunc(func() {
		cancel()
		assert.Zero(t, <-status)
	})
	t.Cleanup(end)
	return &served{t, address, end}
}

// health returns what /healthz says, and its status.
func (s *served) health() (h site.Health, status int) {
	resp, err := http.Get(s.address + "/healthz")
	require.NoError(s.t, err)
	defer resp.Body.Close()
	require.NoError(s.t, json.NewDecoder(resp.Body).Decode(&h))
	return h, resp.StatusCode
}

// until waits for a health.
func (s *served) until(is func(site.Health) bool) (h site.Health) {
	s.t.Helper()
	require.Eventually(s.t, func() bool {
		h, _ = s.health()
		return is(h)
	}, 30*time.Second, 5*time.Millisecond)
	return h
}

// TestServeArchive starts a service while the site is down, and another one
// later, with the same archive.
func TestServeArchive(t *testing.T) {
	var text atomic.Value
	text.Store("")
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s := text.Load().(string); s != "" {
			io.WriteString(w, s)
		} else {
			http.NotFound(w, r)
		}
	}))
	defer upstream.Close()
	dir := t.TempDir()
	file, page := filepath.Join(dir, "all.json"), filepath.Join(dir, "page.txt")
	write(t, page, listing("Uutiset", 1, 5))
	status, _, stderr := runs("-archive", file, "-list", page)
	require.Zero(t, status, stderr)

	s := serveForTest(t, "-archive", file, "-refresh", "300ms", upstream.URL)
	h := s.until(func(h site.Health) bool { return h.Status != "starting" })
	assert.Contains(t, []string{"degraded", "stale"}, h.Status)
	assert.Contains(t, h.LastError, "the server says 404 Not Found")
	assert.Nil(t, h.LastGood)
	require.Len(t, h.Sources, 1)
	assert.Equal(t, "failing", h.Sources[0].Status)
	assert.Equal(t, 5, h.Articles)
	s.until(func(h site.Health) bool { return h.Status == "stale" })
	_, code := s.health()
	assert.Equal(t, http.StatusServiceUnavailable, code)
	resp, err := http.Get(s.address + "/kaikki.rss")
	require.NoError(t, err)
	feed, err := gofeed.NewParser().Parse(resp.Body)
	resp.Body.Close()
	require.NoError(t, err)
	assert.Len(t, feed.Items, 5)
	s.end()

	// It is up again, and the archive is brought up to date.
	text.Store(listing("Blogi", 1, 3))
	s = serveForTest(t, "-archive", filepath.Join(dir, "other.json"), "-refresh", "20ms", page, upstream.URL)
	s.until(func(h site.Health) bool { return h.Articles == 8 && h.Status == "ok" })
	text.Store(listing("Blogi", 3, 6))
	s.until(func(h site.Health) bool { return h.Articles == 11 })
	s.end()
	text.Store("")
	assert.Len(t, archived(t, filepath.Join(dir, "other.json")), 11)
	s = serveForTest(t, "-archive", filepath.Join(dir, "other.json"), upstream.URL)
	assert.Equal(t, 11, s.until(func(h site.Health) bool { return h.Status == "degraded" }).Articles)
}

// TestServeThroughAll refreshes from an upstream that turns slow, broken, empty,
// half as long and good again, while clients read all the time. They never see
// an error or an incomplete feed.
func TestServeThroughAll(t *testing.T) {
	for _, args := range [][]string{nil, {"-archive", filepath.Join(t.TempDir(), "all.json")}} {
		t.Run(strings.Join(args[:min(1, len(args))], ""), func(t *testing.T) { serveThroughAll(t, args) })
	}
}

func serveThroughAll(t *testing.T, args []string) {
	type mode struct {
		name, body string
		status     int
		pause      time.Duration
		asked      atomic.Int32
		over       chan struct{}
	}
	var current atomic.Pointer[mode]
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m := current.Load()
		// A URL that fails again and again would be left alone for a minute.
		if m.asked.Add(1) > 1 && m.status != http.StatusOK {
			<-m.over
			m = current.Load()
		}
		time.Sleep(m.pause)
		w.WriteHeader(m.status)
		io.WriteString(w, m.body)
	}))
	defer upstream.Close()
	good := listing("Blogi", 1, 19)
	turn := func(name, body string, status int, pause time.Duration) *mode {
		m := &mode{name: name, body: body, status: status, pause: pause, over: make(chan struct{})}
		if old := current.Swap(m); old != nil {
			close(old.over)
		}
		return m
	}
	turn("good", good, 200, 0)
	s := serveForTest(t, append(args, "-refresh", "10ms", upstream.URL)...)

	stop := make(chan struct{})
	var clients sync.WaitGroup
	for range 2 {
		clients.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				case <-time.After(5 * time.Millisecond):
				}
				resp, err := http.Get(s.address + "/kaikki." + []string{"rss", "atom", "json"}[n%3])
				if !assert.NoError(t, err) {
					return
				}
				feed, err := gofeed.NewParser().Parse(resp.Body)
				resp.Body.Close()
				if !assert.NoError(t, err) || !assert.Contains(t, []int{19, 20}, len(feed.Items)) {
					return
				}
			}
		})
	}
	for _, m := range []struct {
		name, body string
		status     int
		reason     string
	}{
		{"broken", "", 404, "the server says 404 Not Found"},
		{"empty", "Artikkelit\n\nBlogi\n", 200, "no articles"},
		{"another page", strings.Replace(listing("Huoltokatko", 7, 7), "Artikkelit", "Huolto", 1), 200, archive.ErrNewPage.Error()},
		{"half", listing("Blogi", 11, 19), 200, ""},
		{"cut", good[:len(good)/3], 200, ""},
	} {
		now := turn(m.name, m.body, m.status, 0)
		require.Eventually(t, func() bool { return now.asked.Load() >= 2 }, 30*time.Second, time.Millisecond, m.name)
		h, _ := s.health()
		assert.Equal(t, 19, h.Articles, m.name)
		if m.reason != "" {
			assert.Contains(t, []string{"degraded", "stale"}, h.Status, m.name)
			assert.Contains(t, h.LastError, m.reason)
		} else {
			assert.Empty(t, h.LastError, m.name)
		}
		turn("good", good, 200, 0)
		h = s.until(func(h site.Health) bool { return h.Status == "ok" })
		assert.Empty(t, h.LastError)
		assert.Equal(t, 19, h.Articles)
	}
	slow := turn("slow", good, 200, 20*time.Millisecond)
	require.Eventually(t, func() bool { return slow.asked.Load() >= 2 }, 30*time.Second, time.Millisecond)
	turn("better", listing("Blogi", 1, 20), 200, 0)
	s.until(func(h site.Health) bool { return h.Articles == 20 })
	close(stop)
	clients.Wait()
	turn("good", good, 200, 0)
	s.end()
}

// TestArchiveDisk has a full disk, or no permission to write into the folder. The
// old archive must stay, and the command must print the reason and exit with 1.
func TestArchiveDisk(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("mount")
	}
	dir := t.TempDir()
	disk := filepath.Join(dir, "disk")
	require.NoError(t, os.Mkdir(disk, 0o777))
	if err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk).Run(); err != nil {
		t.Skip("only root can mount a small disk:", err)
	}
	defer exec.Command("umount", disk).Run()
	file, page := filepath.Join(disk, "all.json"), filepath.Join(dir, "page.txt")
	write(t, page, listing("Blogi", 1, 50))
	status, _, stderr := runs("-archive", file, "-list", page)
	require.Zero(t, status, stderr)
	old, err := os.ReadFile(file)
	require.NoError(t, err)
	fails := func(why string) {
		t.Helper()
		status, stdout, stderr := runs("-archive", file, page)
		assert.Equal(t, 1, status)
		assert.Empty(t, stdout)
		assert.Contains(t, stderr, why)
		got, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, string(old), string(got))
		names, err := filepath.Glob(filepath.Join(disk, ".vatesfeed-*"))
		require.NoError(t, err)
		assert.Empty(t, names)
	}
	write(t, page, listing("Blogi", 1, 200))
	fails("no space left on device")
	if err := exec.Command("mount", "-o", "remount,ro", disk).Run(); err != nil {
		t.Skip(err)
	}
	fails("read-only file system")
}
