package api

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// What a command costs in the server itself: everything but the network and the disk.
func BenchmarkPost(b *testing.B) {
	for _, callers := range []int{1, 64} {
		b.Run(fmt.Sprintf("%d cases", callers), func(b *testing.B) {
			w := newWorld(b)
			var cases []string
			for range callers {
				cases = append(cases, w.onSite())
			}
			var n atomic.Int64
			b.ReportAllocs()
			b.ResetTimer()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					i := n.Add(1)
					r := assess(cases[int(i)%len(cases)], i)
					answer := httptest.NewRecorder()
					if w.server.ServeHTTP(answer, r); answer.Code != http.StatusCreated {
						b.Errorf("%d %s", answer.Code, answer.Body)
						return
					}
				}
			})
		})
	}
}

// assess is a request by the lead: the i-th, on one of the first clauses.
func assess(at string, i int64) *http.Request {
	body := fmt.Sprintf(`{"clause":"5.1.1.%d","result":"conforming","method":"documents","statement":"the service manual names the department and its duties"}`, 1+i%2)
	r := httptest.NewRequest(http.MethodPost, at+"/audits/1/assessments", strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+tokenOf("li"))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", fmt.Sprintf("bench-%d", i))
	return r
}
