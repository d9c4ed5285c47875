package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// BenchmarkScore reads the explained score of a case of 300 events, without the network: now, and as
// of a sequence that differs every time.
func BenchmarkScore(b *testing.B) {
	w := newWorld(b)
	at := w.onSite()
	for w.last() < 300 {
		var sheet []string
		for i := range min(50, 300-int(w.last())) {
			sheet = append(sheet, fmt.Sprintf(`{"path":"audits/1/assessments","body":{"clause":"5.1.%d.1","result":"conforming"}}`, i%7+1))
		}
		w.must("zhao", at+"/batch", `{"commands":[`+strings.Join(sheet, ",")+`]}`)
	}
	ask := func(b *testing.B, path string) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Authorization", "Bearer "+tokenOf("zhou"))
		answer := httptest.NewRecorder()
		w.server.ServeHTTP(answer, r)
		if answer.Code != http.StatusOK {
			b.Fatalf("%s: %d %s", path, answer.Code, answer.Body)
		}
	}
	score := at + "/audits/1/score?detail=clauses,steps"
	b.Run("now", func(b *testing.B) {
		for b.Loop() {
			ask(b, score)
		}
	})
	b.Run("as-of", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			ask(b, fmt.Sprintf("%s&as_of=seq:%d", score, 10+i%290))
		}
	})
}
