package bundle

import (
	"bytes"
	"slices"
	"testing"

	. "starledger/events/decide/decidetest"
)

func TestSoundBundles(t *testing.T) {
	w := small(t)
	for _, c := range []struct {
		profile Profile
		warned  []string
	}{{Assessor, nil}, {Client, []string{"complete"}}} {
		b := w.bundle(Request{Case: CaseID, Profile: c.profile})
		if again := w.bundle(Request{Case: CaseID, Profile: c.profile}); !bytes.Equal(b, again) {
			t.Errorf("%s: the same request gives other bytes", c.profile)
		}
		v := w.verify(b)
		wantSound(t, v, c.warned...)
		if v.Profile != c.profile || v.Case != CaseID || v.CaseSeq != uint64(len(w.seqs[CaseID])) || v.Size != w.size || v.Origin != origin {
			t.Errorf("%+v", v)
		}
		t.Logf("%s: %d bytes", c.profile, len(b))
	}
}

func TestChecksAreNumbered(t *testing.T) {
	var codes []string
	for i, c := range Checks {
		if c.Number != i+1 || c.Name.ZH == "" || c.Name.EN == "" || c.Proves.ZH == "" || c.Proves.EN == "" || c.Catches.ZH == "" || c.Catches.EN == "" {
			t.Errorf("%d %s is not complete", c.Number, c.Code)
		}
		for _, code := range c.needs {
			if !slices.Contains(codes, code) {
				t.Errorf("%s needs %s, which does not come before it", c.Code, code)
			}
		}
		codes = append(codes, c.Code)
	}
}
