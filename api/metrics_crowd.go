package api

import "github.com/prometheus/client_golang/prometheus"

// watchCrowds publishes how full the service is. An alarm belongs on requests that are turned away.
func (m *metrics) watchCrowds(crowds crowds) {
	for _, c := range crowds.all() {
		of := prometheus.Labels{"crowd": c.name}
		m.registry.MustRegister(
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{
				Name: "starledger_requests_running", Help: "Requests that are being worked on.", ConstLabels: of,
			}, func() float64 { return float64(len(c.places)) }),
			prometheus.NewGaugeFunc(prometheus.GaugeOpts{
				Name: "starledger_requests_waiting", Help: "Requests that wait for their turn.", ConstLabels: of,
			}, func() float64 { return float64(c.waiting.Load()) }),
			prometheus.NewCounterFunc(prometheus.CounterOpts{
				Name: "starledger_requests_turned_away_total", Help: "Requests refused with 503 since too many came at once.", ConstLabels: of,
			}, func() float64 { return float64(c.turnedAway.Load()) }))
	}
}
