package jetlog

import (
	"context"
	"errors"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"starledger/events"
	"starledger/events/jetlog/natstest"
)

func openRemote(t *testing.T, cfg Remote) *Log {
	t.Helper()
	l, err := Connect(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

// A server that does not sync every write is named and refused, unless that is accepted; then it can be
// told. Neither is a service served that may do more than it needs.
func TestUnsafeClusterIsRefused(t *testing.T) {
	c, ledgers := startCluster(t, 2, 1) // the second server syncs lazily
	cfg := ledgers[0].remote(c)
	_, err := Connect(t.Context(), cfg)
	var drift *DriftError
	if !errors.As(err, &drift) || !strings.Contains(drift.Drift[0], "the servers n2 do not sync every write") {
		t.Fatalf("got %v", err)
	}
	cfg.AcceptLazySync = true
	if l := openRemote(t, cfg); !strings.Contains(l.Accepted(), "n2") {
		t.Errorf("accepted: %q", l.Accepted())
	}

	cfg.Credentials = cfg.Admin // may create streams, which the service must not
	if _, err := Connect(t.Context(), cfg); err == nil {
		t.Fatal("the admin serves")
	}
}

// Without the import nobody tells how the servers sync, and without permissions anything is allowed.
func TestUntoldClusterIsRefused(t *testing.T) {
	c := natstest.Start(t, natstest.Config{Direct: true, Accounts: "accounts { A { jetstream: enabled, users: [{user: a, password: a}] } }\nno_auth_user: a"})
	cfg := Remote{URLs: c.URLs(), Admin: "", Replicas: 3, Logger: quiet}
	admin, err := dial(cfg, "", nil)
	for errors.Is(err, nats.ErrNoServers) && t.Context().Err() == nil {
		admin, err = dial(cfg, "", nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	for _, s := range streams {
		create := func(ctx context.Context) error {
			ctx, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			return createStream(ctx, admin, s.name, s.subjects, 3)
		}
		err := patiently(t.Context(), create)
		for errors.Is(err, errAway) { // the servers have not chosen who leads them
			err = patiently(t.Context(), create)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	_, err = Connect(t.Context(), cfg)
	var drift *DriftError
	if !errors.As(err, &drift) || len(drift.Drift) != 2 || !strings.Contains(drift.Drift[0], "no server tells whether it syncs") ||
		!strings.Contains(drift.Drift[1], "the service may publish anything") {
		t.Fatalf("got %v", err)
	}
	cfg.AcceptLazySync, cfg.AcceptWideRights = true, true
	l := openRemote(t, cfg)
	if first, err := l.Append(t.Context(), events.Append{Case: "a", Bodies: [][]byte{[]byte(`{"subject":"a"}`)}}); err != nil || first != 1 {
		t.Fatalf("append: %d, %v", first, err)
	}
}

// One server's copy decays while it is down. Whichever server is asked, what is read is what was written.
func TestDamagedReplica(t *testing.T) {
	c, ledgers := startCluster(t, 1)
	cfg := ledgers[0].remote(c)
	l := openRemote(t, cfg)
	all := write(t, l, 60, 300, 1)
	c.Stop(2)
	flipInAccount(t, c.Store(2), "A0", all[30].Body)
	c.Begin(2)
	cfg.URLs = c.URL(2)
	near, err := Connect(t.Context(), cfg)
	for err != nil && t.Context().Err() == nil { // it does not listen yet
		near, err = Connect(t.Context(), cfg)
	}
	t.Cleanup(near.Close)
	for range 20 { // any server may answer
		for name, read := range map[string]iter.Seq2[events.Record, error]{
			"read": near.Read(t.Context(), 1, 60), "read at": near.ReadAt(t.Context(), sequences(1, 60)),
		} {
			got, err := collect(read)
			if err != nil || len(got) != len(all) {
				t.Fatalf("%s: %d records, %v", name, len(got), err)
			}
			for i := range got {
				if string(got[i].Body) != string(all[i].Body) {
					t.Fatalf("%s: record %d is %s", name, i+1, got[i].Body)
				}
			}
		}
	}
}

// What nobody can do is told as it is: nothing was stored when nobody is there, and it is not known when
// a majority is missing.
func TestClusterOutOfReach(t *testing.T) {
	c, ledgers := startCluster(t, 1)
	l := openRemote(t, ledgers[0].remote(c))
	write(t, l, 4, 100, 1)
	c.Kill(0)
	c.Kill(1)
	unit := events.Append{Case: "late", Bodies: [][]byte{[]byte(`{"subject":"late"}`)}}
	_, err := l.Append(t.Context(), unit)
	if !errors.Is(err, events.ErrUnknown) && !errors.Is(err, events.ErrUnavailable) {
		t.Fatalf("without a majority: %v", err)
	}
	c.Begin(0)
	c.Begin(1)
	first, err := l.Append(t.Context(), unit)
	for err != nil && t.Context().Err() == nil && !errors.Is(err, events.ErrConflict) {
		first, err = l.Append(t.Context(), unit) // the same bytes: stored once, whatever became of the first
	}
	if err != nil || first != 5 {
		t.Fatalf("the same again: %d, %v", first, err)
	}
	if last, err := l.Last(t.Context()); err != nil || last != 5 {
		t.Fatalf("the log ends at %d, %v", last, err)
	}
}

// A leader that does not have what was acknowledged may be catching up, and is asked again. One that never does
// shows a log that was shortened.
func TestClusterThatIsBehind(t *testing.T) {
	c, ledgers := startCluster(t, 1)
	l, other := openRemote(t, ledgers[0].remote(c)), openRemote(t, ledgers[0].remote(c))
	patience := func(long time.Duration) {
		l.remote.mu.Lock()
		defer l.remote.mu.Unlock()
		l.remote.patience = long
	}
	write(t, l, 3, 100, 1)
	l.durable.reach(4) // as another leader had acknowledged it
	patience(time.Minute)
	ctx, stop := context.WithTimeout(t.Context(), time.Second)
	defer stop()
	if _, err := collect(l.ReadAt(ctx, []uint64{4})); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("while it may catch up: %v", err)
	}
	write(t, other, 1, 100, 1)
	if got, err := collect(l.ReadAt(t.Context(), []uint64{4})); err != nil || len(got) != 1 {
		t.Fatalf("once it has: %d records, %v", len(got), err)
	}
	l.durable.reach(5)
	patience(0)
	if _, err := collect(l.ReadAt(t.Context(), []uint64{5})); !errors.Is(err, events.ErrIntegrity) {
		t.Fatalf("when it does not: %v", err)
	}
}

// A move that is cut short goes on; what is there already is not stored again, and what is another
// ledger's stays as it is.
func TestTakeOverGoesOn(t *testing.T) {
	c, ledgers := startCluster(t, 1)
	from := openLog(t, t.TempDir(), 0)
	all := write(t, from, 1200, 100, 3)
	revision := mustSwap(t, from.Checkpoints(), 0, "empty")
	if err := from.Checkpoints().Cosigned(t.Context(), []byte("empty, cosigned")); err != nil {
		t.Fatal(err)
	}
	mustSwap(t, from.Checkpoints(), revision, "one")
	to := openRemote(t, ledgers[0].remote(c))
	cutShort := func(yield func(events.Record, error) bool) {
		for rec, err := range from.Read(t.Context(), 1, 700) {
			if !yield(rec, err) {
				return
			}
		}
		yield(events.Record{}, context.Canceled)
	}
	if err := to.TakeOver(t.Context(), cutShort, func(uint64) {}); !errors.Is(err, context.Canceled) {
		t.Fatalf("cut short: %v", err)
	}
	have, err := to.Last(t.Context())
	if err != nil || have != moveTogether {
		t.Fatalf("%d are there, %v", have, err)
	}
	if err := to.TakeOver(t.Context(), from.Read(t.Context(), 400, 1200), func(uint64) {}); !errors.Is(err, events.ErrConflict) {
		t.Fatalf("not where it ends: %v", err)
	}
	if err := to.TakeOver(t.Context(), from.Read(t.Context(), have+1, 1200), func(uint64) {}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing to do
		if err := to.Checkpoints().TakeOver(t.Context(), from.Checkpoints(), func(uint64) {}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(sameRecords(to.Read(t.Context(), 1, 1200), all)); err != nil {
		t.Fatal(err)
	}
	wantLast(t, to.Checkpoints(), "one")
	if note, cosigned, err := to.Checkpoints().Note(t.Context(), 2); err != nil || !cosigned || string(note) != "empty, cosigned" {
		t.Errorf("revision 2: %s %t %v", note, cosigned, err)
	}
	for _, l := range []*Log{from, to} {
		wantNotes(t, l.Checkpoints(), "empty", "empty, cosigned", "one")
	}
	other := openLog(t, t.TempDir(), 0)
	mustSwap(t, other.Checkpoints(), mustSwap(t, other.Checkpoints(), 0, "other"), "two")
	if err := to.Checkpoints().TakeOver(t.Context(), other.Checkpoints(), func(uint64) {}); !errors.Is(err, events.ErrIntegrity) {
		t.Errorf("another ledger's checkpoints: %v", err)
	}
}

func sameRecords(records iter.Seq2[events.Record, error], want []events.Record) error {
	i := 0
	for rec, err := range records {
		if err != nil {
			return err
		}
		if rec.Seq != want[i].Seq || rec.Case != want[i].Case || string(rec.Body) != string(want[i].Body) {
			return &events.DamageError{Seq: rec.Seq, Reason: "is another record"}
		}
		i++
	}
	return nil
}
