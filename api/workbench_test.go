package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

// built is a workbench in miniature.
var built = fstest.MapFS{
	"index.html":            {Data: []byte(`<style nonce="__NONCE__"></style><script src="/assets/app-1a2b.js"></script>`)},
	"assets/app-1a2b.js":    {Data: []byte("plain")},
	"assets/app-1a2b.js.br": {Data: []byte("brotli")},
	"assets/app-1a2b.js.gz": {Data: []byte("gzip")},
	"assets/logo-3c.svg":    {Data: []byte("<svg/>")},
}

func (w *world) browse(t *testing.T, method, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	var err error
	if w.server.workbench, err = newWorkbench(built); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	w.server.ServeHTTP(answer, r)
	return answer
}

// Every address that is not of the API shows the page, under a policy that lets in nothing foreign
// and a nonce that is never the same.
func TestWorkbenchPage(t *testing.T) {
	w := newWorld(t)
	nonces := map[string]bool{}
	for _, path := range []string{"/", "/cases", "/cases/01M80RGC0RRNFQ6DT50JS1GGDX/score?as_of=seq:7"} {
		got := w.browse(t, http.MethodGet, path, "Accept", "text/html,*/*")
		policy := got.Header().Get("Content-Security-Policy")
		_, nonce, _ := strings.Cut(policy, "'nonce-")
		nonce, _, _ = strings.Cut(nonce, "'")
		nonces[nonce] = true
		if got.Code != http.StatusOK || !strings.Contains(got.Body.String(), `nonce="`+nonce+`"`) || strings.Contains(got.Body.String(), nonceMark) {
			t.Errorf("%s: %d %s", path, got.Code, got.Body)
		}
		if !strings.HasPrefix(policy, "default-src 'self'; script-src 'self'; ") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") {
			t.Errorf("%s: %s", path, policy)
		}
		if got.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s is kept: %s", path, got.Header().Get("Cache-Control"))
		}
	}
	if len(nonces) != 3 || nonces[""] {
		t.Errorf("nonces %v", nonces)
	}
}

func TestWorkbenchFiles(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ path, accepts, encoding, body, kind string }{
		{"/assets/app-1a2b.js", "gzip, br", "br", "brotli", "text/javascript; charset=utf-8"},
		{"/assets/app-1a2b.js", "gzip", "gzip", "gzip", "text/javascript; charset=utf-8"},
		{"/assets/app-1a2b.js", "", "", "plain", "text/javascript; charset=utf-8"},
		{"/assets/logo-3c.svg", "br", "", "<svg/>", "image/svg+xml"},
	} {
		got := w.browse(t, http.MethodGet, c.path, "Accept-Encoding", c.accepts)
		h := got.Header()
		if got.Code != http.StatusOK || got.Body.String() != c.body || h.Get("Content-Encoding") != c.encoding || h.Get("Content-Type") != c.kind {
			t.Errorf("%+v: %d %v %s", c, got.Code, h, got.Body)
		}
		if h.Get("Cache-Control") != "public, max-age=31536000, immutable" || h.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %v", c.path, h)
		}
	}
}

// What a program asks for is not answered with a page.
func TestWorkbenchIsNotAnAnswerToPrograms(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ method, path, accept string }{
		{http.MethodGet, "/v1/nothing", "text/html"},
		{http.MethodGet, "/log/nothing", "text/html"},
		{http.MethodGet, "/cases", "application/json"},
		{http.MethodPost, "/cases", "text/html"},
		{http.MethodGet, "/assets/none.js", "text/html"},
		{http.MethodGet, "/assets/../index.html", "text/html"},
	} {
		if got := w.browse(t, c.method, c.path, "Accept", c.accept); got.Code != http.StatusNotFound || !strings.Contains(got.Body.String(), "route-unknown") {
			t.Errorf("%+v: %d %s", c, got.Code, got.Body)
		}
	}
	if _, err := newWorkbench(fstest.MapFS{}); err == nil {
		t.Error("a workbench without a page is accepted")
	}
}
