package main

import (
	"net"
	"net/http"
	"net/netip"
	"sync"
)

// clients limits the number of open connections of a server. A new connection never
// waits. If there are too many, one of the address that has the most is closed: an
// idle one if there is any, and of these the one that has been in its state for
// longest. So one address cannot keep out others, a proxy may use all connections
// that nobody else needs, and /healthz always responds.
type clients struct {
	max int

	mu    sync.Mutex
	open  map[net.Conn]*client
	of    map[netip.Prefix]int // connections of an address
	clock int
}

type client struct {
	address netip.Prefix
	busy    bool // serving a request
	since   int  // clock at the last change of its state
}

// connState is the ConnState of an http.Server.
func (c *clients) connState(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clock++
	known := c.open[conn]
	switch {
	case state == http.StateNew:
		if c.open == nil {
			c.open, c.of = make(map[net.Conn]*client), make(map[netip.Prefix]int)
		}
		known = &client{address: addressOf(conn), since: c.clock}
		c.open[conn] = known
		c.of[known.address]++
		if len(c.open) > c.max {
			c.closeOne()
		}
	case known == nil:
	case state == http.StateActive || state == http.StateIdle:
		known.busy, known.since = state == http.StateActive, c.clock
	default:
		c.drop(conn)
	}
}

// closeOne closes the connection that clients describes.
func (c *clients) closeOne() {
	var worst net.Conn
	for conn, a := range c.open {
		b := c.open[worst]
		switch {
		case b == nil, c.of[a.address] > c.of[b.address]:
			worst = conn
		case c.of[a.address] < c.of[b.address]:
		case b.busy && !a.busy, b.busy == a.busy && a.since < b.since:
			worst = conn
		}
	}
	c.drop(worst)
	worst.Close()
}

func (c *clients) drop(conn net.Conn) {
	address := c.open[conn].address
	delete(c.open, conn)
	if c.of[address]--; c.of[address] == 0 {
		delete(c.of, address)
	}
}

// addressOf returns the address of a client. In IPv6 that is its /64 network, since
// a client usually has all addresses of one.
func addressOf(conn net.Conn) netip.Prefix {
	tcp, ok := conn.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return netip.Prefix{}
	}
	ip := tcp.AddrPort().Addr().Unmap().WithZone("")
	prefix, _ := ip.Prefix(min(ip.BitLen(), 64))
	return prefix
}
