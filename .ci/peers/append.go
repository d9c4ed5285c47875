package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// bodySize is what an event takes with its envelope, about.
const bodySize = 1 << 10

// bodyOf is the n-th event of a caller's case: the same bytes for every peer.
func bodyOf(caller, n int) []byte {
	head := fmt.Appendf(nil, `{"specversion":"1.0","id":"%08d-%08d","subject":"%s","data":"`, caller, n, caseOf(caller))
	return append(append(head, bytes.Repeat([]byte("x"), bodySize-len(head)-2)...), `"}`...)
}

func caseOf(caller int) string { return fmt.Sprintf("01JD3Z%020d", caller) }

// appendAll has every caller store one event after the other, and wait for each.
func appendAll(ctx context.Context, p peer, l load) (perSecond float64, wait time.Duration, err error) {
	var all sync.WaitGroup
	errs := make([]error, l.callers)
	waits := make([][]time.Duration, l.callers)
	began := time.Now()
	for caller := range l.callers {
		all.Go(func() {
			for n := 1; n <= l.each && errs[caller] == nil; n++ {
				at := time.Now()
				errs[caller] = p.append(ctx, caller, n, bodyOf(caller, n))
				waits[caller] = append(waits[caller], time.Since(at))
			}
		})
	}
	all.Wait()
	took := time.Since(began)
	var every []time.Duration
	for _, w := range waits {
		every = append(every, w...)
	}
	return float64(l.callers*l.each) / took.Seconds(), middle(every), errors.Join(errs...)
}
