package api

import (
	"sync"
	"time"
)

// How many failed sign-ins an address may have: burst at once, then one each interval.
const (
	failureBurst    = 10
	failureInterval = 6 * time.Second
	failureAddrs    = 4096 // addresses remembered; the memory is bounded, whoever calls
)

// failures counts failed sign-ins by address. Each address owes some time for its failures and
// may owe no more than a burst's worth; time pays the debt.
type failures struct {
	mu   sync.Mutex
	paid map[string]time.Time // when an address will owe nothing
}

// count adds a failure and says for how many seconds the address has to wait, 0 when it need not.
func (f *failures) count(addr string, now time.Time) (wait int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.paid == nil {
		f.paid = map[string]time.Time{}
	}
	paid := f.paid[addr]
	if paid.Before(now) {
		paid = now
	}
	if owed := paid.Sub(now); owed > (failureBurst-1)*failureInterval {
		return int((owed-(failureBurst-1)*failureInterval)/time.Second) + 1
	}
	f.makeRoom(addr, now)
	f.paid[addr] = paid.Add(failureInterval)
	return 0
}

// makeRoom forgets who owes nothing, and if that is nobody, any address: an attacker with
// thousands of addresses is not stopped by counting them, and must not fill the memory.
func (f *failures) makeRoom(addr string, now time.Time) {
	if _, known := f.paid[addr]; known || len(f.paid) < failureAddrs {
		return
	}
	for other, paid := range f.paid {
		if paid.Before(now) {
			delete(f.paid, other)
		}
	}
	for other := range f.paid {
		if len(f.paid) < failureAddrs {
			return
		}
		delete(f.paid, other)
	}
}
