package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"starledger/api"
)

// listeners are the two doors: the API, and operations for the machine's own staff.
type listeners struct {
	cfg      Config
	api, ops *http.Server
	apiDoor  net.Listener
	opsDoor  net.Listener
}

// stopWithin is how long requests under way may take to end after the service was told to stop.
const stopWithin = 10 * time.Second

func listen(cfg Config, server *api.Server) (*listeners, error) {
	l := &listeners{cfg: cfg, api: httpServer(server), ops: httpServer(server.Operations())}
	var err error
	if l.apiDoor, err = net.Listen("tcp", cfg.Listen); err != nil {
		return nil, fmt.Errorf("listen for the API: %w", err)
	}
	l.apiDoor = server.Door(l.apiDoor)
	if l.opsDoor, err = net.Listen("tcp", cfg.Ops); err != nil {
		return nil, errors.Join(fmt.Errorf("listen for operations: %w", err), l.apiDoor.Close())
	}
	return l, nil
}

func httpServer(handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: api.ReadHeaderTimeout,
		ReadTimeout:       api.ReadTimeout,
		IdleTimeout:       api.IdleTimeout,
		MaxHeaderBytes:    api.MaxHeaderBytes,
	}
}

func (l *listeners) serve(parts *parts) {
	parts.start("the API listener", func(context.Context) error {
		if l.cfg.TLSCert != "" {
			return unlessClosed(l.api.ServeTLS(l.apiDoor, l.cfg.TLSCert, l.cfg.TLSKey))
		}
		return unlessClosed(l.api.Serve(l.apiDoor))
	})
	parts.start("the operations listener", func(context.Context) error { return unlessClosed(l.ops.Serve(l.opsDoor)) })
}

func unlessClosed(err error) error {
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// stop takes no more requests and lets those under way end.
func (l *listeners) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	return errors.Join(l.api.Shutdown(ctx), l.ops.Shutdown(ctx))
}

func (l *listeners) apiURL() string {
	if l.cfg.TLSCert != "" {
		return "https://" + l.apiDoor.Addr().String()
	}
	return "http://" + l.apiDoor.Addr().String()
}

func (l *listeners) opsURL() string { return "http://" + l.opsDoor.Addr().String() }
