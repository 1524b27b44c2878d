package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHealth(t *testing.T) {
	for _, test := range []struct {
		name   string
		code   int
		body   string
		status int
		says   string
	}{
		{"well", 200, `{"status":"ok"}`, 0, "ok\n"},
		{"one source fails", 200, `{"status":"degraded","last_error":"404 \u001b[31m"}`, 0, "degraded: 404 \uFFFD[31m\n"},
		{"stale", 503, `{"status":"stale","last_error":"404"}`, 1, ": stale: 404\n"},
		{"another server", 200, `<html>`, 1, ": the answer 200 OK is not that of a vatesfeed service\n"},
		{"another JSON", 200, `{}`, 1, ": the answer 200 OK is not that of a vatesfeed service\n"},
		{"a proxy", 502, ``, 1, ": the answer 502 Bad Gateway is not that of a vatesfeed service\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				assert.Equal(t, "/feeds/healthz", r.URL.Path)
				w.WriteHeader(test.code)
				io.WriteString(w, test.body)
			}))
			defer server.Close()
			for _, path := range []string{"/feeds", "/feeds/", "/feeds/healthz"} {
				var out strings.Builder
				status := run(context.Background(), []string{"-health", server.URL + path}, nil, &out, &out)
				assert.Equal(t, test.status, status, path)
				assert.True(t, strings.HasSuffix(out.String(), test.says), "%s: %s", path, out.String())
			}
		})
	}
}

// TestHealthOfService asks a service that the environment describes, as in a
// container, and one that has ended.
func TestHealthOfService(t *testing.T) {
	t.Setenv("VATESFEED_SERVE", "127.0.0.1:0")
	t.Setenv("VATESFEED_REFRESH", "1h")
	t.Setenv("VATESFEED_LOG", "text")
	t.Setenv("VATESFEED_SOURCES", "../../testdata/alueyhteistyo-2024-01.txt")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	address, log, status := startServe(t, ctx)
	go func() {
		for log.Scan() {
		}
	}()
	var out strings.Builder
	require.Zero(t, run(context.Background(), []string{"-health", address}, nil, &out, &out), out.String())
	assert.Equal(t, "ok\n", out.String())
	cancel()
	require.Zero(t, <-status)
	out.Reset()
	assert.Equal(t, 1, run(context.Background(), []string{"-health", address}, nil, &out, &out))
	assert.Contains(t, out.String(), address)
}
