package projections_test

import (
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/events/jetlog"
	"starledger/projections/rehearsal"
)

// On the real log: what is followed while it is written, with a stop in between, is what is rebuilt
// from it, and what is rebuilt from a log in memory.
func TestOnJetStream(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 43, Events: 240, Open: 2, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	dir := t.TempDir()
	log, err := jetlog.Open(t.Context(), jetlog.Config{StoreDir: filepath.Join(dir, "store"), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(log.Close)

	live, rebuilt, memory := filepath.Join(dir, "live"), filepath.Join(dir, "rebuilt"), filepath.Join(dir, "memory")
	build(t, log, live, 0) // makes the indexes, so that all that follows is live
	last := map[events.CaseID]uint64{}
	for half := range 2 {
		part := ledger.list[half*120 : half*120+120]
		written := make(chan error, 1)
		go func() { written <- write(t, log, part, last) }()
		build(t, log, live, part[len(part)-1].Seq)
		if err := <-written; err != nil {
			t.Fatal(err)
		}
	}
	build(t, log, rebuilt, ledger.end())
	build(t, ledger.log, memory, ledger.end())
	want := dump(t, memory)
	for name, path := range map[string]string{"live": live, "rebuilt": rebuilt} {
		if diff := cmp.Diff(want, dump(t, path)); diff != "" {
			t.Errorf("%s on JetStream (-memory +%s):\n%s", name, name, diff)
		}
	}
}

func write(t *testing.T, log events.Log, list []*events.Stored, last map[events.CaseID]uint64) error {
	for _, e := range list {
		_, err := log.Append(t.Context(), events.Append{Case: string(e.Subject), After: last[e.Subject], Bodies: [][]byte{e.Body}})
		if err != nil {
			return err
		}
		last[e.Subject] = e.Seq
	}
	return nil
}
