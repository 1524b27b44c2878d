package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
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
