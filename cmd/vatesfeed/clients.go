package main

import (
	"net"
	"net/http"
	"net/netip"
	"sync"
)

// clients bounds the connections of a server. No client waits for a place: one
// too many takes that of another, of the address that has most, which is the
// one that has said nothing for longest. So one address cannot keep out others,
// a proxy may have all places that nobody else wants, and whoever asks for
// /healthz is always heard.
type clients struct {
	max int

	mu    sync.Mutex
	open  map[net.Conn]*client
	of    map[netip.Prefix]int // connections of an address
	clock int
}

type client struct {
	address netip.Prefix
	busy    bool // with a request
	since   int  // clock of the last change
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

// closeOne closes a connection: see clients.
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

// addressOf returns what counts as one address: in IPv6 a network of 64 bits,
// since a client has all of one.
func addressOf(conn net.Conn) netip.Prefix {
	tcp, ok := conn.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return netip.Prefix{}
	}
	ip := tcp.AddrPort().Addr().Unmap().WithZone("")
	prefix, _ := ip.Prefix(min(ip.BitLen(), 64))
	return prefix
}
