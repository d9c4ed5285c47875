package seal

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"starledger/events/jetlog"
	"starledger/events/proof"
)

// run runs the sealer until the returned function is called.
func (w *world) run() (stop func()) {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- w.sealer.Run(ctx) }()
	return func() {
		w.t.Helper()
		cancel()
		if err := <-ended; err != nil {
			w.t.Fatal(err)
		}
	}
}

func TestSealedWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.mustRestart()
		stop := w.run()
		synctest.Wait() // the first pass is over, nothing was in the log
		for range 5 {
			began := time.Now()
			w.grow(7)
			if err := w.sealer.Wait(t.Context(), w.size, true); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(began); took == 0 || took >= time.Second {
				t.Errorf("an event was sealed and published after %s", took)
			}
		}
		began := time.Now()
		w.grow(1)
		w.sealer.Urgent()
		if err := w.sealer.Wait(t.Context(), w.size, true); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took != 0 {
			t.Errorf("an urgent event was sealed and published after %s", took)
		}
		stop()
		w.wantSealed()
	})
}

// busy is a log to which events are appended whenever somebody looks for its end.
type busy struct {
	Log
	grow func()
}

func (b busy) Last(ctx context.Context) (uint64, error) {
	last, err := b.Log.Last(ctx)
	b.grow()
	return last, err
}

// However busy the log is, sealing comes to an end: it goes as far as the log went when it began.
func TestSealingDoesNotChaseTheLog(t *testing.T) {
	w := newWorld(t)
	w.mustRestart()
	w.grow(7)
	const patience = 3
	looks := 0
	w.sealer.cfg.Log = busy{w.sealer.cfg.Log, func() {
		if looks++; looks <= patience {
			w.grow(1)
		}
	}}
	w.mustSeal()
	if sealed := w.sealer.Status().Sealed.Size; sealed != 7 || looks != 1 {
		t.Errorf("%d events were sealed and the end of the log was looked for %d times; there were 7 when sealing began", sealed, looks)
	}
	w.mustSeal()
	if sealed := w.sealer.Status().Sealed.Size; sealed != 8 {
		t.Errorf("then %d events were sealed; 8 were there", sealed)
	}
}

func TestWaitEnds(t *testing.T) {
	w := newWorld(t)
	w.mustRestart()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.sealer.Wait(ctx, 1, false); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting for what is not there: %v", err)
	}
	if err := w.sealer.Wait(ctx, 0, true); err != nil {
		t.Errorf("waiting for nothing: %v", err)
	}
	if _, err := w.sealer.Proof(1); !errors.Is(err, ErrNotSealed) {
		t.Errorf("the proof of what is not there: %v", err)
	}
}

// scripted is a witness that answers what it is told to.
type scripted struct {
	answer func(old uint64) ([]byte, error)
}

func (s scripted) AddCheckpoint(ctx context.Context, _ proof.Witness, old uint64, _ []proof.Hash, _ []byte) ([]byte, error) {
	lines, err := s.answer(old)
	if errors.Is(err, context.DeadlineExceeded) { // never, if nobody stopped waiting
		<-ctx.Done()
	}
	return lines, err
}

// A witness that cannot be reached, never answers, does not know the log or signs wrongly holds up
// the publishing and nothing else. One that contradicts ends everything.
func TestWitnessAnswers(t *testing.T) {
	unreachable := errors.New("connection refused")
	for _, c := range []struct {
		name     string
		answer   func(old uint64) ([]byte, error)
		says     error
		incident bool
	}{
		{"unreachable", func(uint64) ([]byte, error) { return nil, unreachable }, unreachable, false},
		{"never answers", func(uint64) ([]byte, error) { return nil, context.DeadlineExceeded }, context.DeadlineExceeded, false},
		{"not registered", func(uint64) ([]byte, error) { return nil, ErrUnregistered }, ErrUnregistered, false},
		{"signs something else", func(uint64) ([]byte, error) { return []byte("— a b\n"), nil }, proof.ErrMalformed, false},
		{"says nothing", func(uint64) ([]byte, error) { return nil, nil }, proof.ErrRefuted, false},
		{"contradicts", func(uint64) ([]byte, error) { return nil, ErrContradicted }, ErrContradicted, true},
		{"knows more", func(uint64) ([]byte, error) { return nil, &KnowsError{Size: 1000} }, ErrContradicted, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t)
				w.mustRestart()
				w.grow(5)
				w.mustSeal()
				w.sealer.cfg.Witnesses = scripted{c.answer}
				ended := make(chan error, 1)
				ctx, cancel := context.WithCancel(t.Context())
				w.grow(5)
				go func() { ended <- w.sealer.Run(ctx) }()
				if err := w.sealer.Wait(ctx, 10, false); err != nil {
					t.Fatal(err)
				}
				if c.incident {
					wantIntegrity(t, w.sealer.Wait(ctx, 10, true), "witness w")
					wantIntegrity(t, <-ended, "witness w")
					cancel()
					return
				}
				time.Sleep(askFor) // of the bubble: the time the witness gets
				synctest.Wait()
				w.grow(5)
				if err := w.sealer.Wait(ctx, 15, false); err != nil {
					t.Fatal(err)
				}
				status := w.sealer.Status()
				if status.Published.Size != 5 || status.Witnesses[0].Size != 5 || !errors.Is(status.Witnesses[0].Err, c.says) {
					t.Errorf("%+v", status)
				}
				// When it answers again, it is asked again, though nothing new happens.
				synctest.Wait()
				w.sealer.cfg.Witnesses = HTTPWitnesses{&http.Client{Transport: handled{w.newWitness()}}}
				if err := w.sealer.Wait(ctx, 15, true); err != nil {
					t.Error(err)
				}
				cancel()
				if err := <-ended; err != nil {
					t.Error(err)
				}
				w.wantSealed()
			})
		})
	}
}

// TestJetStream seals a log on the embedded broker, and goes on after a restart of both.
func TestJetStream(t *testing.T) {
	w := newWorld(t)
	w.mustRestart()
	w.stop()
	open := func() *jetlog.Log {
		log, err := jetlog.Open(t.Context(), jetlog.Config{StoreDir: filepath.Join(w.dir, "store"), Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(log.Close)
		return log
	}
	log := open()
	w.log = log
	for range 2 {
		w.mustRestart()
		stop := w.run()
		for range 4 {
			w.grow(75)
			w.sealer.Urgent()
		}
		if err := w.sealer.Wait(t.Context(), w.size, true); err != nil {
			t.Fatal(err)
		}
		stop()
		w.wantSealed()
		log.Close()
		log = open()
		w.log = log
	}
}
