package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestClients has one address open many more connections than there are places,
// of those that are idle and of those that never end their requests. Others do
// not wait, and one that was there before stays.
func TestClients(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "ok")
	}))
	c := &clients{max: 20}
	server.Config.ConnState = c.connState
	server.Start()
	defer server.Close()
	ask := func(conn net.Conn) error {
		conn.SetDeadline(time.Now().Add(10 * time.Second))
		fmt.Fprint(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			return err
		}
		_, err = io.ReadAll(resp.Body)
		return err
	}
	dial := func(from string) net.Conn {
		d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
		conn, err := d.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Skip("this system has one local address only: ", err)
		}
		t.Cleanup(func() { conn.Close() })
		return conn
	}
	neighbour := dial("127.0.0.2")
	require.NoError(t, ask(neighbour))
	for i := range 100 {
		conn := dial("127.0.0.1")
		if i%2 == 0 {
			fmt.Fprint(conn, "GET / HTTP/1.1\r\n")
		} else {
			require.NoError(t, ask(conn), "connection %d", i)
		}
	}
	require.NoError(t, ask(dial("127.0.0.1")), "the same address")
	require.NoError(t, ask(dial("127.0.0.3")), "another")
	require.NoError(t, ask(neighbour), "one that was there before")
	c.mu.Lock()
	assert.LessOrEqual(t, len(c.open), 20)
	c.mu.Unlock()
	server.CloseClientConnections()
	require.Eventually(t, func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return len(c.open) == 0 && len(c.of) == 0
	}, 10*time.Second, time.Millisecond, "nothing is remembered")
}
