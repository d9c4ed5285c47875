package api

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"starledger/events"
)

// A session lets a browser act for somebody who signed in with a token, without scripts ever seeing
// the token again. It is a cookie that says who and until when, authenticated with a key that is made
// from the hash of the actor's token:
//
//	base64url(actor) "." seconds since 1970 "." base64url(HMAC-SHA256(hash, "starledger-session/v1\0" actor "." seconds))
//
// Nothing is stored, so a session outlives a restart of the server and a form that is open then loses
// nothing; and it ends with the token: taking it out of the tokens file, or changing it, ends every
// session that began with it. Signing out removes the cookie from the browser, no more.
const (
	sessionCookie = "starledger_session"
	sessionLasts  = 12 * time.Hour // a working day
)

// newSession is the value of the cookie.
func (t *Tokens) newSession(actor events.ID, until time.Time) string {
	for i := range t.entries {
		if e := &t.entries[i]; e.actor.ID == actor {
			said := base64.RawURLEncoding.EncodeToString([]byte(actor)) + "." + strconv.FormatInt(until.Unix(), 10)
			return said + "." + base64.RawURLEncoding.EncodeToString(e.seal(said))
		}
	}
	return ""
}

func (e *signIn) seal(said string) []byte {
	mac := hmac.New(sha256.New, e.hash[:])
	mac.Write([]byte("starledger-session/v1\x00" + said)) // a hash.Hash never fails
	return mac.Sum(nil)
}

// ofSession is whose session the cookie is; nil when it is nobody's, or over.
func (t *Tokens) ofSession(value string, now time.Time) *Actor {
	said, sealed, ok := cutLast(value)
	name, seconds, both := strings.Cut(said, ".")
	seal, sealErr := base64.RawURLEncoding.DecodeString(sealed)
	actor, nameErr := base64.RawURLEncoding.DecodeString(name)
	until, numberErr := strconv.ParseInt(seconds, 10, 64)
	if t == nil || !ok || !both || sealErr != nil || nameErr != nil || numberErr != nil || now.Unix() >= until {
		return nil
	}
	for i := range t.entries {
		if e := &t.entries[i]; string(e.actor.ID) == string(actor) && hmac.Equal(seal, e.seal(said)) {
			return e.actor
		}
	}
	return nil
}

func cutLast(value string) (before, after string, found bool) {
	at := strings.LastIndexByte(value, '.')
	if at < 0 {
		return value, "", false
	}
	return value[:at], value[at+1:], true
}

// resumeSession tells who calls by the cookie. A browser sends it whoever wrote the page, so what
// another site had it send is refused unless it only reads.
func (s *Server) resumeSession(r *http.Request) (*Actor, error) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return nil, refuse(http.StatusUnauthorized, "sign-in-missing")
	}
	if err := s.crossOrigin.Check(r); err != nil {
		return nil, refuse(http.StatusForbidden, "cross-origin")
	}
	if actor := s.tokens.ofSession(cookie.Value, s.clock()); actor != nil {
		return actor, nil
	}
	return nil, refuse(http.StatusUnauthorized, "session-over")
}

// sessionBody is who is signed in, and where the ledger stands: a live feed may begin there.
type sessionBody struct {
	Actor        events.ID   `json:"actor"`
	Name         events.Text `json:"name,omitzero"`
	Organization events.Text `json:"organization,omitzero"`
	Roles        []Role      `json:"roles"`
	Seq          uint64      `json:"seq"`
}

// postSession begins a session with a token.
func (s *Server) postSession(w http.ResponseWriter, c *call) error {
	if err := s.crossOrigin.Check(c.Request); err != nil {
		return refuse(http.StatusForbidden, "cross-origin")
	}
	text, err := readJSON(w, c.Request)
	if err != nil {
		return err
	}
	var given struct {
		Token string `json:"token"`
	}
	if err := decode(text, &given, ""); err != nil {
		return err
	}
	actor := s.tokens.find(strings.TrimSpace(given.Token))
	if actor == nil {
		return s.failed(c.Request)
	}
	c.actor = actor
	until := s.clock().Add(sessionLasts)
	s.setSession(w, c.Request, s.tokens.newSession(actor.ID, until), until)
	return s.showSession(w, http.StatusCreated, actor)
}

// getSession tells who is signed in.
func (s *Server) getSession(w http.ResponseWriter, c *call) error {
	return s.showSession(w, http.StatusOK, c.actor)
}

// deleteSession signs out.
func (s *Server) deleteSession(w http.ResponseWriter, c *call) error {
	if err := s.crossOrigin.Check(c.Request); err != nil {
		return refuse(http.StatusForbidden, "cross-origin")
	}
	s.setSession(w, c.Request, "", time.Unix(1, 0))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) showSession(w http.ResponseWriter, status int, a *Actor) error {
	seq, _ := s.views.Position()
	return writeJSON(w, status, sessionBody{a.ID, a.Name, a.Organization, a.Roles, seq})
}

// setSession gives the cookie to this origin alone, out of reach of scripts. Over plain HTTP, which
// only loopback serves, it cannot be marked as secure: the browser would not keep it.
func (s *Server) setSession(w http.ResponseWriter, r *http.Request, value string, until time.Time) {
	http.SetCookie(w, &http.Cookie{
		Name: sessionCookie, Value: value, Path: "/", Expires: until,
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https"),
	})
}
