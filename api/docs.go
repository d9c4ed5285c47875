package api

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"sync"
)

// The description of this API: the complete one for programs, and the page made from it for people.
var (
	//go:embed openapi.yaml
	description []byte
	//go:embed docs.html
	docsHTML string
	//go:embed docs.css
	docsCSS string
)

// getDescription serves openapi.yaml.
func (s *Server) getDescription(w http.ResponseWriter, _ *call) error {
	w.Header().Set("Cache-Control", "public, max-age=300")
	return writeBytes(w, http.StatusOK, "application/yaml", description)
}

// getDocs serves the page. It runs no script and asks no other host, and says so to the browser.
func (s *Server) getDocs(w http.ResponseWriter, c *call) error {
	pages, err := docsPages()
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Security-Policy", docsPolicy)
	h.Set("Content-Language", c.language.tag())
	h.Add("Vary", "Accept-Language")
	return writeBytes(w, http.StatusOK, "text/html; charset=utf-8", pages[c.language])
}

// docsPolicy lets in the page's own style and nothing else. The style is named by its hash.
var docsPolicy = func() string {
	sum := sha256.Sum256([]byte(docsCSS))
	return "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-" +
		base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

// docsPages are made when somebody asks for the first time, so that they cost a start nothing.
var docsPages = sync.OnceValues(makeDocs)

// makeDocs makes the page in every language. It fails on a description with a loose end, which a test
// keeps from being released.
func makeDocs() (map[language][]byte, error) {
	page, err := template.New("docs").Parse(docsHTML)
	if err != nil {
		return nil, fmt.Errorf("read the template of /docs: %w", err)
	}
	told, err := tell(description)
	if err != nil {
		return nil, fmt.Errorf("read openapi.yaml: %w", err)
	}
	pages := map[language][]byte{}
	for in, words := range docsWords {
		var text bytes.Buffer
		view := docsView{Lang: in.tag(), CSS: template.CSS(docsCSS), Words: words, told: told}
		if err := page.Execute(&text, view); err != nil {
			return nil, fmt.Errorf("make /docs: %w", err)
		}
		pages[in] = text.Bytes()
	}
	return pages, nil
}

// docsView is what the template shows.
type docsView struct {
	Lang  string
	CSS   template.CSS
	Words map[string]string
	*told
}

// docsWords are the page's own words. What it quotes from openapi.yaml is English.
var docsWords = map[language]map[string]string{
	chinese: {
		"title": "接口说明", "source": "完整的机器可读说明：", "contents": "目录", "schemas": "数据结构",
		"parameters": "参数", "body": "请求体", "answers": "响应", "required": "必填",
	},
	english: {
		"title": "HTTP API", "source": "The complete description for programs:", "contents": "Contents", "schemas": "Schemas",
		"parameters": "Parameters", "body": "Body", "answers": "Answers", "required": "required",
	},
}
