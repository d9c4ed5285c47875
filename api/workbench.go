package api

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// A workbench is the built pages of the browser workbench. index.html is the one page: every address
// that is not of the API shows it, and its script reads the address. What stands below assets/ has
// the hash of its content in its name, so it never changes under that name.
type workbench struct {
	index  []byte
	files  fs.FS
	policy string // with nonceMark where the nonce belongs
}

// nonceMark stands in index.html where the nonce of the answer belongs.
const nonceMark = "__NONCE__"

// workbenchPolicy lets in the workbench's own files and what carries the nonce of the answer: the
// style sheets that the components make while they run. No other host is ever asked.
const workbenchPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-" + nonceMark +
	"'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// newWorkbench reads the page. Files without an index.html are not a workbench.
func newWorkbench(files fs.FS) (*workbench, error) {
	index, err := fs.ReadFile(files, "index.html")
	if err != nil {
		return nil, fmt.Errorf("read the page of the workbench: %w", err)
	}
	return &workbench{index, files, workbenchPolicy}, nil
}

// elsewhere answers what no route does: the workbench's files, its page for a browser that opens an
// address, and for everything else that there is nothing.
func (s *Server) elsewhere(w http.ResponseWriter, c *call) error {
	switch wanted := c.URL.Path; {
	case s.workbench == nil || c.Method != http.MethodGet && c.Method != http.MethodHead:
		return notFound("route-unknown")
	case strings.HasPrefix(wanted, "/assets/"):
		return s.workbench.asset(w, c)
	case strings.HasPrefix(wanted, "/v1/"), strings.HasPrefix(wanted, "/log/"), !acceptsPage(c.Request):
		return notFound("route-unknown")
	}
	return s.workbench.page(w)
}

// acceptsPage tells whether somebody wants to look at it: a program that mistook a path of the API
// shall be told so, not get a page.
func acceptsPage(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }

// page is index.html with a fresh nonce. It names the files of this build, so nobody keeps it.
func (b *workbench) page(w http.ResponseWriter) error {
	nonce := rand.Text()
	h := w.Header()
	h.Set("Content-Security-Policy", strings.Replace(b.policy, nonceMark, nonce, 1))
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	return writeBytes(w, http.StatusOK, "text/html; charset=utf-8", bytes.ReplaceAll(b.index, []byte(nonceMark), []byte(nonce)))
}

// encodings are the compressed forms that the build leaves beside a file, the smallest first.
var encodings = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// asset serves one file in the smallest form that the browser understands.
func (b *workbench) asset(w http.ResponseWriter, c *call) error {
	name := strings.TrimPrefix(c.URL.Path, "/") // fs.ReadFile refuses what is not a clean path
	body, err := fs.ReadFile(b.files, name)
	if err != nil {
		return notFound("route-unknown")
	}
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	for _, e := range encodings {
		if !strings.Contains(c.Header.Get("Accept-Encoding"), e.name) {
			continue
		}
		if packed, err := fs.ReadFile(b.files, name+e.suffix); err == nil {
			h.Set("Content-Encoding", e.name)
			body = packed
			break
		}
	}
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	// A worker runs under the policy of its own file: it may ask this origin and nobody else.
	h.Set("Content-Security-Policy", "default-src 'self'")
	return writeBytes(w, http.StatusOK, kindOf(name), body)
}

func kindOf(name string) string {
	switch kind := mime.TypeByExtension(path.Ext(name)); {
	case strings.HasSuffix(name, ".js"):
		return "text/javascript; charset=utf-8" // whatever the machine's table says
	case kind != "":
		return kind
	}
	return "application/octet-stream"
}
