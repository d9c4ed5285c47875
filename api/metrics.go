package api

import (
	"regexp"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// metrics are counted in a registry of the server's own, so that two servers in one process (as
// in tests) do not share numbers.
type metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.CounterVec
	duration  *prometheus.HistogramVec
	appended  prometheus.Counter
	conflicts prometheus.Counter
}

// heapLive adds what the last collection of garbage has left: go_gc_heap_live_bytes. Unlike the resident
// memory, of which much is garbage that may lie, it shows what is really kept, and whether that grows.
var heapLive = collectors.WithGoCollectorRuntimeMetrics(collectors.GoRuntimeMetricsRule{Matcher: regexp.MustCompile("^/gc/heap/live:bytes$")})

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "starledger_http_requests_total", Help: "Requests answered, by route and status.",
		}, []string{"route", "method", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "starledger_http_request_duration_seconds", Help: "Time to answer, by route; feeds count until they end.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"route"}),
		appended: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "starledger_events_appended_total", Help: "Events this server has written.",
		}),
		conflicts: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "starledger_append_conflicts_total", Help: "Appends refused because the case had moved.",
		}),
	}
	m.registry.MustRegister(m.requests, m.duration, m.appended, m.conflicts,
		collectors.NewGoCollector(heapLive), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// watch publishes how far the read models have come.
func (m *metrics) watch(position func() uint64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "starledger_read_model_position", Help: "Sequence of the last event the read models have applied.",
	}, func() float64 { return float64(position()) }))
}

// watchReviews publishes how many reviews are still to be made, as after a start with another program.
func (m *metrics) watchReviews(waiting func() int) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "starledger_reviews_waiting", Help: "Cases whose conformance checks are yet to be run ahead of whoever asks.",
	}, func() float64 { return float64(waiting()) }))
}

// served counts an answer. The labels are the route's, not the request's, so they stay few.
func (m *metrics) served(r *route, status int, took time.Duration) {
	m.requests.WithLabelValues(r.name, r.method, strconv.Itoa(status)).Inc()
	m.duration.WithLabelValues(r.name).Observe(took.Seconds())
}
