package api

import "github.com/prometheus/client_golang/prometheus"

// A gauge is a number that is read when somebody asks for the metrics.
type gauge struct {
	name, help string
	read       func() float64
}

// sealGauges tell how far sealing has come. Alarms belong on incidents above 0 and on the lag.
func (s *Server) sealGauges() []gauge {
	return []gauge{
		{"starledger_sealed_size", "Events that a signed checkpoint covers.",
			func() float64 { return float64(s.seal.Sealer.Status().Sealed.Size) }},
		{"starledger_published_size", "Events that a checkpoint with its quorum of witnesses covers.",
			func() float64 { return float64(s.seal.Sealer.Status().Published.Size) }},
		{"starledger_seal_lag_events", "Events that no checkpoint covers yet.",
			func() float64 { return float64(s.lagOf(s.seal.Sealer.Status()).Events) }},
		{"starledger_seal_lag_seconds", "Whole seconds since when the oldest of them was seen.",
			func() float64 { return float64(s.lagOf(s.seal.Sealer.Status()).Seconds) }},
		{"starledger_integrity_incidents", "1 when something contradicts what was sealed, so that nothing is written any more.",
			func() float64 {
				if s.seal.stopped() {
					return 1
				}
				return 0
			}},
	}
}

// watchSealing publishes the gauges.
func (m *metrics) watchSealing(gauges []gauge) {
	for _, g := range gauges {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: g.name, Help: g.help}, g.read))
	}
}
