package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"
)

// entry is the one way into a handler. In this order: trace id and headers, recovery, sign-in,
// parameters, a place in the crowd, the case of the path, the handler; then the problem if there is one, the metrics
// and one line in the log, which never holds a token, a key or a body.
func (s *Server) entry(r *route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		start := time.Now()
		c := &call{Request: req, route: r, language: languageOf(req.Header), trace: s.traceOf(req.Header)}
		answer := &recorder{ResponseWriter: w}
		secure(answer.Header())
		// Where there is no connection with a deadline, as in tests, there is nobody slow either.
		_ = http.NewResponseController(w).SetWriteDeadline(start.Add(answerTimeout))
		err := s.judge(answer, c)
		s.finish(answer, c, err, time.Since(start))
	})
}

// judge runs the call; a panic in it is an error like any other that nobody foresaw.
func (s *Server) judge(w *recorder, c *call) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &panicError{p, debug.Stack()}
		}
	}()
	if err := s.introduce(c); err != nil {
		return err
	}
	if crowd := s.crowds.of(c); crowd != nil {
		leave, err := crowd.enter(c.Context())
		if err != nil {
			return err
		}
		defer leave()
	}
	if err := s.admit(c); err != nil {
		return err
	}
	return c.route.handle(s, w, c)
}

// introduce finds out who asks and for what, which costs nothing and keeps strangers out of the crowd.
func (s *Server) introduce(c *call) (err error) {
	if c.route.action == browse {
		return nil
	}
	if c.route.action != public {
		if c.actor, err = s.signIn(c.Request); err != nil {
			return err
		}
	}
	c.query, err = parameters(c.URL.RawQuery, c.route.query)
	return err
}

// admit judges what does not depend on the handler.
func (s *Server) admit(c *call) (err error) {
	switch c.route.action {
	case readCase:
		c.history, err = s.readable(c)
	case attach:
		_, err = s.court.allow(c.actor, attach, target{})
	}
	return err
}

// finish writes the problem, if the answer has not begun, and accounts for the call.
func (s *Server) finish(w *recorder, c *call, err error, took time.Duration) {
	internal := err
	if err != nil && w.status == 0 {
		problem := problemOf(err)
		if problem.Status < http.StatusInternalServerError {
			internal = nil
		}
		if failed := writeProblem(w, c, problem); failed != nil {
			internal = errors.Join(internal, failed)
		}
	}
	s.metrics.served(c.route, w.status, took)
	w.deliver() // nobody has to wait for the line in the log
	s.logCall(w.status, c, internal, took)
}

func (s *Server) logCall(status int, c *call, err error, took time.Duration) {
	level := slog.LevelInfo
	attrs := make([]slog.Attr, 0, 8)
	attrs = append(attrs, slog.String("method", c.Method), slog.String("route", c.route.name),
		slog.String("path", c.URL.Path), slog.Int("status", status),
		slog.Duration("took", took), slog.String("trace", c.trace))
	if c.actor != nil {
		attrs = append(attrs, slog.String("actor", string(c.actor.ID)))
	}
	var gone *goneError
	switch {
	case err == nil:
	case errors.As(err, &gone), errors.Is(err, context.Canceled):
		attrs = append(attrs, slog.String("gone", err.Error()))
	default:
		level = slog.LevelError
		attrs = append(attrs, slog.String("error", err.Error()))
		if p := (*panicError)(nil); errors.As(err, &p) {
			attrs = append(attrs, slog.String("stack", string(p.stack)))
		}
	}
	s.logger.LogAttrs(c.Context(), level, "request", attrs...)
}

// secure sets what every answer carries. A handler that serves something to keep or to show sets
// its own Cache-Control or Content-Security-Policy.
func secure(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
}

// panicError is a panic on its way to the log.
type panicError struct {
	value any
	stack []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("panic: %v", e.value) }
