package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var load = flag.Duration("load", 2*time.Second, "how long TestLoad lasts")

// TestLoad puts a service under load while it refreshes from an upstream that
// fails every other time: many clients, some that read slowly, some that begin
// a request and never end it. No answer is wrong, and when they are gone,
// neither memory nor goroutines have grown.
func TestLoad(t *testing.T) {
	var asked atomic.Int32
	page := func(n int32) string {
		return strings.Replace(serveListing, "Ensimmäinen.", fmt.Sprintf("Ensimmäinen %d.", n/2), 1)
	}
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n := asked.Add(1); n%2 == 0 {
			w.WriteHeader(http.StatusNotFound)
		} else {
			io.WriteString(w, page(n))
		}
	}))
	defer upstream.Close()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	address, log, status := startServe(t, ctx, "-serve", "127.0.0.1:0", "-refresh", "50ms", upstream.URL)
	go func() {
		for log.Scan() {
		}
	}()
	host := strings.TrimPrefix(address, "http://")
	measure := func() (heap uint64, goroutines int) {
		http.DefaultClient.CloseIdleConnections()
		time.Sleep(200 * time.Millisecond)
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc, runtime.NumGoroutine()
	}
	heapBefore, goroutinesBefore := measure()

	end := time.Now().Add(*load)
	var clients sync.WaitGroup
	var answers atomic.Int64
	for i := range 64 {
		clients.Go(func() {
			c := &http.Client{Transport: &http.Transport{}}
			defer c.CloseIdleConnections()
			tag := ""
			for n := 0; time.Now().Before(end); n++ {
				name := []string{"kaikki.rss", "kaikki.atom", "kaikki.json", "index.html", "tyoelama.rss", "olematon", "healthz"}[(n+i)%7]
				req, err := http.NewRequest("GET", address+"/"+name, nil)
				if !assert.NoError(t, err) {
					return
				}
				if name == "kaikki.rss" && tag != "" {
					req.Header.Set("If-None-Match", tag)
				}
				resp, err := c.Do(req)
				if !assert.NoError(t, err) {
					return
				}
				body, err := io.ReadAll(resp.Body)
				resp.Body.Close()
				assert.NoError(t, err)
				answers.Add(1)
				switch {
				case name == "olematon":
					assert.Equal(t, 404, resp.StatusCode)
				case name == "healthz": // stale, where a busy machine misses three refreshes
					assert.Contains(t, []int{200, 503}, resp.StatusCode)
				case name == "kaikki.rss" && resp.StatusCode == 304:
					assert.Equal(t, tag, resp.Header.Get("ETag"))
				default:
					assert.Equal(t, 200, resp.StatusCode, name)
					if name == "kaikki.rss" {
						tag = resp.Header.Get("ETag")
						assert.Equal(t, 2, strings.Count(string(body), "<item>"))
						assert.True(t, strings.HasSuffix(string(body), "</rss>\n"), "whole")
					}
				}
			}
		})
	}
	// Those who read slowly, and those who never end their request.
	for i := range 32 {
		clients.Go(func() {
			for time.Now().Before(end) {
				c, err := net.Dial("tcp", host)
				if !assert.NoError(t, err) {
					return
				}
				c.SetDeadline(end)
				if i%2 == 0 {
					io.WriteString(c, "GET /kaikki.rss HTTP/1.1\r\nHost: x\r\nX-")
					time.Sleep(time.Until(end))
				} else {
					io.WriteString(c, "GET /kaikki.rss HTTP/1.1\r\nHost: x\r\n\r\n")
					var b [16]byte
					for range 20 {
						if _, err := c.Read(b[:]); err != nil {
							break
						}
						time.Sleep(10 * time.Millisecond)
					}
				}
				c.Close()
			}
		})
	}
	clients.Wait()
	assert.GreaterOrEqual(t, asked.Load(), int32(4), "refreshes under load, of which every other fails")
	require.Eventually(t, func() bool { return asked.Load() > 10 }, 20*time.Second, 10*time.Millisecond, "it still refreshes")
	require.Eventually(t, func() bool {
		_, now := measure()
		return now <= goroutinesBefore+4
	}, 20*time.Second, 100*time.Millisecond, "goroutines grew")
	heapAfter, goroutinesAfter := measure()
	assert.Greater(t, answers.Load(), int64(100))
	t.Logf("%d answers, %d refreshes; heap %d to %d bytes, goroutines %d to %d", answers.Load(), asked.Load(), heapBefore, heapAfter, goroutinesBefore, goroutinesAfter)
	cancel()
	assert.Zero(t, <-status)
}
