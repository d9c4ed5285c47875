package api

import (
	"net"
	"net/http"
	"strings"
)

// signIn tells who calls. A good token is let in whatever happened before; only the failed
// attempts of an address are counted, and answered 429 when they come too fast.
func (s *Server) signIn(r *http.Request) (*Actor, error) {
	given := r.Header.Values("Authorization")
	if len(given) == 0 {
		return s.resumeSession(r)
	}
	scheme, token, _ := strings.Cut(given[0], " ")
	if len(given) == 1 && strings.EqualFold(scheme, "Bearer") { // of two, nobody could say who it is
		if actor := s.tokens.find(strings.TrimSpace(token)); actor != nil {
			return actor, nil
		}
	}
	return nil, s.failed(r)
}

// failed counts a sign-in that failed, and says so.
func (s *Server) failed(r *http.Request) error {
	if wait := s.failures.count(address(r), s.clock()); wait > 0 {
		return refuse(http.StatusTooManyRequests, "sign-in-too-fast").retryAfter(wait)
	}
	return refuse(http.StatusUnauthorized, "sign-in-unknown")
}

// address is where the request comes from, without the port. Behind a proxy that is the proxy:
// then all failures share one count, which still never affects a good token.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
