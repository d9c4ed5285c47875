package main

import (
	"io"
	"testing"
)

// BenchmarkVerify is the complete pass over a stopped ledger, from the block files. Target: 200,000
// events/s and more on two processors.
func BenchmarkVerify(b *testing.B) {
	book, err := shippedSchemes()
	if err != nil {
		b.Fatal(err)
	}
	cfg := rehearsed(b, book, "rehearsed")
	for b.Loop() {
		if err := verifyStore(b.Context(), cfg, io.Discard); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(ledgerSize())*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
