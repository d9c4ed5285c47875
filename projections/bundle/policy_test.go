package bundle

import (
	"bytes"
	"slices"
	"testing"

	. "starledger/events/decide/decidetest"
	"starledger/events/proof"
)

// The verifier's policy decides, whatever the bundle says of itself: who trusts the log alone has no bound
// on times, and who asks for a second witness is not satisfied by one.
func TestOwnPolicyDecides(t *testing.T) {
	w := small(t)
	b := w.bundle(Request{Case: CaseID, Profile: Assessor})
	alone := bytes.Replace(w.policy, []byte("quorum w"), []byte("quorum none"), 1)
	v := w.verifyWith(b, Options{Policy: alone})
	wantSound(t, v, "policy")
	if got := resultsOf(v)["time"]; got != "not_applicable" {
		t.Errorf("without witnesses the time is %s", got)
	}

	_, second, err := proof.WitnessKey("witness.example/v", [32]byte{8})
	w.must(err)
	both := bytes.Replace(w.policy, []byte("quorum w"), []byte("witness v "+second+"\ngroup both all w v\nquorum both"), 1)
	if failed := failedIn(w.verifyWith(b, Options{Policy: both})); !slices.Equal(failed, []string{"checkpoint"}) {
		t.Errorf("with a second witness it fails in %v", failed)
	}
}
