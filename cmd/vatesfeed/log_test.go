package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestLogJSON reads the lines of a service: each refresh has one, with counts
// and with what changed, and none has the password of a source.
func TestLogJSON(t *testing.T) {
	var text atomic.Value
	text.Store(serveListing)
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := text.Load().(string)
		if s == "" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("ETag", fmt.Sprintf(`"%d"`, len(s)))
		if r.Header.Get("If-None-Match") == w.Header().Get("ETag") {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, s)
	}))
	defer upstream.Close()
	secret := strings.Replace(upstream.URL, "http://", "http://me:secret@", 1)

	r, w := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	status := make(chan int, 1)
	go func() {
		status <- run(ctx, []string{"-serve", "127.0.0.1:0", "-log", "json", "-refresh", "20ms", secret}, nil, io.Discard, w)
		w.Close()
	}()
	lines := bufio.NewScanner(r)
	// until returns the next line of a message. All before it are JSON too.
	until := func(msg string) map[string]any {
		for lines.Scan() {
			assert.NotContains(t, lines.Text(), "secret")
			var line map[string]any
			require.NoError(t, json.Unmarshal(lines.Bytes(), &line), lines.Text())
			assert.IsType(t, "", line["time"])
			if line["msg"] == msg {
				delete(line, "time")
				if _, ok := line["took_ms"].(float64); ok {
					delete(line, "took_ms")
				}
				return line
			}
		}
		t.Fatalf("no line says %q", msg)
		return nil
	}
	assert.Equal(t, map[string]any{"level": "INFO", "msg": "refreshed", "sources": 1., "failed": 0., "problems": 0., "articles": 2., "new": 2.,
		"changed_files": 14., "changed": []any{"kaikki", "tyoelama"}}, until("refreshed"))
	assert.Equal(t, map[string]any{"level": "INFO", "msg": "nothing new", "sources": 1., "failed": 0., "problems": 0., "articles": 2.}, until("nothing new"))
	text.Store(strings.Replace(serveListing, "29.01.2024", "31.02.2024\n\nVäärin.\n\n30.01.2024\n\nUusi.\n\n29.01.2024", 1))
	line := until("refreshed")
	assert.Equal(t, 1., line["problems"])
	assert.Equal(t, 1., line["new"])
	text.Store("")
	line = until("source left as it was")
	assert.Contains(t, line["reason"], "me:xxxxx@")
	until("refreshed")
	cancel()
	until("ended")
	assert.Zero(t, <-status)
}

// TestLogJSONFails has a service that cannot start say so in JSON too.
func TestLogJSONFails(t *testing.T) {
	var out strings.Builder
	assert.Equal(t, 1, run(context.Background(), []string{"-serve", "127.0.0.1:0", "-log", "json", "nowhere.txt"}, nil, io.Discard, &out))
	var line map[string]any
	require.NoError(t, json.Unmarshal([]byte(out.String()), &line), out.String())
	assert.Contains(t, line["reason"], "nowhere.txt")
}
