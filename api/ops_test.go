package api

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestOperations(t *testing.T) {
	w := newWorld(t)
	w.open()
	if err := w.views.WaitFor(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	ask := func(path string) *httptest.ResponseRecorder {
		answer := httptest.NewRecorder()
		w.server.Operations().ServeHTTP(answer, httptest.NewRequest("GET", path, nil))
		return answer
	}
	for _, path := range []string{"/livez", "/readyz", "/metrics", "/debug/pprof/", "/debug/pprof/cmdline"} {
		if got := ask(path); got.Code != http.StatusOK {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
	numbers := ask("/metrics").Body.String()
	for _, want := range []string{
		`starledger_http_requests_total{method="POST",route="openCase",status="201"} 1`,
		"starledger_events_appended_total 1", "starledger_read_model_position 1",
	} {
		if !strings.Contains(numbers, want) {
			t.Errorf("no %s", want)
		}
	}
	w.server.ready = func() error { return errors.New("the read models are behind") }
	if got := ask("/readyz"); got.Code != http.StatusServiceUnavailable || !strings.Contains(got.Body.String(), "behind") {
		t.Errorf("not ready: %d %s", got.Code, got.Body)
	}
	if got := w.send("GET", "/metrics", "root", ""); got.status != http.StatusNotFound {
		t.Errorf("metrics are served to everybody: %d", got.status)
	}
}

// wantMetrics looks for lines among the metrics.
func wantMetrics(t *testing.T, w *world, lines ...string) {
	t.Helper()
	answer := httptest.NewRecorder()
	w.server.Operations().ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	for _, line := range lines {
		if !strings.Contains(answer.Body.String(), line+"\n") {
			t.Errorf("no %s", line)
		}
	}
}
