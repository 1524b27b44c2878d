package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const serveListing = "Artikkelit\n\nTyöelämä\n\n29.01.2024\n\nEnsimmäinen.\n\nOtsikko\n\n28.01.2024\n\nToinen.\n"

// startServe runs the command until the context is done, and returns its
// address, its log and its exit status.
func startServe(t *testing.T, ctx context.Context, args ...string) (address string, log *bufio.Scanner, status chan int) {
	r, w := io.Pipe()
	status = make(chan int, 1)
	go func() {
		status <- run(ctx, args, strings.NewReader(""), io.Discard, w)
		w.Close()
	}()
	log = bufio.NewScanner(r)
	for log.Scan() {
		if m := regexp.MustCompile(`msg=listening address=(\S+)`).FindStringSubmatch(log.Text()); m != nil {
			return m[1], log, status
		}
	}
	t.Fatal("the command did not listen")
	return
}

// TestServe serves what an upstream has, refreshes it for the price of a 304,
// tells a hub of a change, and ends cleanly.
func TestServe(t *testing.T) {
	var text atomic.Value
	text.Store(serveListing)
	var full, unchanged atomic.Int32
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := text.Load().(string)
		tag := fmt.Sprintf(`"%d"`, len(s))
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			unchanged.Add(1)
			w.WriteHeader(http.StatusNotModified)
			return
		}
		full.Add(1)
		io.WriteString(w, s)
	}))
	defer upstream.Close()
	told := make(chan string, 20)
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		told <- r.FormValue("hub.url")
	}))
	defer hub.Close()

	ctx, cancel := context.WithCancel(context.Background())
	address, log, status := startServe(t, ctx, "-serve", "127.0.0.1:0", "-refresh", "20ms", "-base-url", "https://feeds.example.org/", "-hub", hub.URL, upstream.URL)
	go func() {
		for log.Scan() {
		}
	}()
	get := func(path string) string {
		resp, err := http.Get(address + path)
		require.NoError(t, err)
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		return string(b)
	}
	assert.Equal(t, 2, strings.Count(get("/tyoelama.rss"), "<item>"))
	assert.Contains(t, get("/tyoelama.rss"), `href="https://feeds.example.org/tyoelama.rss"`)
	assert.Contains(t, get("/"), "Työelämä")
	require.Eventually(t, func() bool { return unchanged.Load() > 2 }, 10*time.Second, time.Millisecond)
	assert.EqualValues(t, 1, full.Load())

	text.Store(strings.Replace(serveListing, "29.01.2024", "30.01.2024\n\nUusi.\n\n\n29.01.2024", 1))
	require.Eventually(t, func() bool { return strings.Count(get("/kaikki.json"), `"id"`) == 3 }, 10*time.Second, time.Millisecond)
	feeds := make(map[string]bool)
	for range 6 {
		feeds[<-told] = true
	}
	assert.Len(t, feeds, 6, "each changed feed once")
	assert.True(t, feeds["https://feeds.example.org/kaikki.atom"])

	hub.Close() // holds nothing up
	text.Store("Artikkelit\n\nei mitään\n")
	require.Eventually(t, func() bool { return strings.Contains(get("/healthz"), `"stale"`) }, 10*time.Second, time.Millisecond)
	assert.Equal(t, 3, strings.Count(get("/kaikki.json"), `"id"`))

	cancel()
	select {
	case s := <-status:
		assert.Zero(t, s)
	case <-time.After(11 * time.Second):
		t.Fatal("did not end")
	}
	assert.Empty(t, told)
}

// TestServeKeepGoing has one of two sources fail for a while: its section stays.
func TestServeKeepGoing(t *testing.T) {
	var broken atomic.Bool
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/a":
			io.WriteString(w, serveListing)
		case broken.Load():
			w.WriteHeader(http.StatusNotFound)
		default:
			io.WriteString(w, strings.ReplaceAll(serveListing, "Työelämä", "Blogi")+"\n27.1.2024\n\nKolmas.\n")
		}
	}))
	defer upstream.Close()
	ctx, cancel := context.WithCancel(context.Background())
	address, log, status := startServe(t, ctx, "-serve", "127.0.0.1:0", "-refresh", "20ms", "-keep-going", upstream.URL+"/a", upstream.URL+"/b")
	broken.Store(true)
	for left := 0; left < 3 && log.Scan(); {
		if strings.Contains(log.Text(), `msg="source left as it was"`) {
			left++
		}
	}
	go func() {
		for log.Scan() {
		}
	}()
	resp, err := http.Get(address + "/blogi.rss")
	require.NoError(t, err)
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	assert.Equal(t, 3, strings.Count(string(b), "<item>"))
	cancel()
	assert.Zero(t, <-status)
}

func TestServeFails(t *testing.T) {
	const listing = "../../testdata/alueyhteistyo-2024-01.txt"
	for _, args := range [][]string{
		{"-serve", "127.0.0.1:0", "nowhere.txt"},
		{"-serve", "256.0.0.1:0", listing},
		{"-serve", "127.0.0.1:0", "-section", "Nono", listing},
		{"-serve", "127.0.0.1:99999", listing},
	} {
		var stderr strings.Builder
		assert.Equal(t, 1, run(context.Background(), args, strings.NewReader(""), io.Discard, &stderr), args)
		assert.Regexp(t, `(?m)^vatesfeed: .+`, stderr.String(), args)
	}
}

// TestKilled kills -site at random moments. Each file must then be complete, and
// that of one of the two trees. None may be missing.
func TestKilled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("signals")
	}
	dir := t.TempDir()
	command := filepath.Join(dir, "vatesfeed")
	out, err := exec.Command("go", "build", "-o", command, ".").CombinedOutput()
	require.NoError(t, err, string(out))
	var trees [2]map[string]string
	var sources [2]string
	read := func(folder string) map[string]string {
		files := make(map[string]string)
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), ".") {
				continue
			}
			b, err := os.ReadFile(filepath.Join(folder, e.Name()))
			require.NoError(t, err)
			files[e.Name()] = string(b)
		}
		return files
	}
	for i := range trees {
		sources[i] = filepath.Join(dir, fmt.Sprint(i, ".txt"))
		text := strings.ReplaceAll(serveListing, "Toinen", strings.Repeat(fmt.Sprint("Toinen ", i, " "), 2000))
		require.NoError(t, os.WriteFile(sources[i], []byte(text), 0o600))
		folder := filepath.Join(dir, fmt.Sprint("tree", i))
		out, err := exec.Command(command, "-site", folder, sources[i]).CombinedOutput()
		require.NoError(t, err, string(out))
		trees[i] = read(folder)
	}
	require.Equal(t, len(trees[0]), len(trees[1]))

	folder := filepath.Join(dir, "public")
	start := time.Now()
	require.NoError(t, exec.Command(command, "-site", folder, sources[0]).Run())
	whole := time.Since(start)
	killed := 0
	for i := range 100 {
		c := exec.Command(command, "-site", folder, sources[i%2])
		require.NoError(t, c.Start())
		time.Sleep(time.Duration(rand.Int64N(int64(whole))))
		c.Process.Kill()
		if c.Wait() != nil {
			killed++
		}
		got := read(folder)
		for name := range trees[0] {
			if got[name] != trees[0][name] && got[name] != trees[1][name] {
				t.Fatalf("after run %d, %s has %d bytes that neither tree has", i, name, len(got[name]))
			}
		}
		assert.Len(t, got, len(trees[0]))
	}
	assert.Greater(t, killed, 10, "runs that were killed")
	require.NoError(t, exec.Command(command, "-site", folder, sources[0]).Run())
	assert.Equal(t, trees[0], read(folder))
}

// TestServeInterrupted ends before the first read of a source has.
func TestServeInterrupted(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	stdin, w := io.Pipe()
	defer w.Close()
	var stderr strings.Builder
	assert.Equal(t, 1, run(ctx, []string{"-serve", "127.0.0.1:0", "-"}, stdin, io.Discard, &stderr))
	assert.Contains(t, stderr.String(), "interrupted before the sources were read")
}
