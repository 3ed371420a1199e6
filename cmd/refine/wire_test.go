package main

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"sync"
)

// A wire is a network without one: connections are pipes in memory, so that in a
// synctest bubble hours of waiting cost nothing. What runs over it is HTTP as it
// is, with its timeouts, its closed connections and its certificates.
type wire struct {
	mu        sync.Mutex
	listeners map[string]*wireListener
	port      int
}

func newWire() *wire { return &wire{listeners: map[string]*wireListener{}, port: 8000} }

// listen takes an address; port 0 is any.
func (w *wire) listen(_, address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if n == 0 {
		w.port++
		n = w.port
	}
	at := &net.TCPAddr{IP: net.ParseIP(host), Port: n}
	l := &wireListener{at: at, conns: make(chan net.Conn), closed: make(chan struct{})}
	w.listeners[at.String()] = l
	return l, nil
}

// dial connects to whoever listens there.
func (w *wire) dial(ctx context.Context, _, address string) (net.Conn, error) {
	w.mu.Lock()
	l := w.listeners[address]
	w.mu.Unlock()
	if l == nil {
		return nil, fmt.Errorf("dial %s: connection refused", address)
	}
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

type wireListener struct {
	at     net.Addr
	conns  chan net.Conn
	once   sync.Once
	closed chan struct{}
}

func (l *wireListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *wireListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *wireListener) Addr() net.Addr { return l.at }
