package proof

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
)

func TestJudgedVectors(t *testing.T) {
	for _, c := range vectors[noteVectors](t, "note.json").Judged {
		t.Run(c.Name, func(t *testing.T) {
			policy, err := ParsePolicy([]byte(c.Policy))
			if err != nil {
				t.Fatal(err)
			}
			j, err := policy.Judge([]byte(c.Note))
			if got := outcomeOf(j, err); got != c.Outcome {
				t.Fatalf("%s, want %s: %v", got, c.Outcome, err)
			}
			var want []Cosignature
			for _, s := range c.Cosigned {
				want = append(want, Cosignature{Witness: s.Witness, Time: time.Unix(s.Time, 0).UTC()})
			}
			if fmt.Sprint(j.Cosignatures) != fmt.Sprint(want) {
				t.Errorf("cosigned by %v, want %v", j.Cosignatures, want)
			}
			if got := j.Time; (c.Time == 0) != got.IsZero() || c.Time != 0 && got.Unix() != c.Time {
				t.Errorf("at %v, want %v", got, c.Time)
			}
		})
	}
}

func outcomeOf(j Judgement, err error) string {
	switch {
	case errors.Is(err, ErrRefuted):
		return "refuted"
	case errors.Is(err, ErrMalformed):
		return "malformed"
	case err != nil:
		return err.Error()
	case j.Satisfied:
		return "satisfied"
	default:
		return "unsatisfied"
	}
}

func TestTlogProofVectors(t *testing.T) {
	v := vectors[struct {
		Policy string
		Proofs []struct{ Name, Outcome, Leaf, Text string }
	}](t, "tlogproof.json")
	policy, err := ParsePolicy([]byte(v.Policy))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range v.Proofs {
		t.Run(c.Name, func(t *testing.T) {
			p, err := ParseTlogProof([]byte(c.Text))
			var j Judgement
			if err == nil {
				if written, err := p.Text(); err != nil || string(written) != c.Text {
					t.Errorf("written again: %q, %v", written, err)
				}
				if c.Outcome == "malformed" {
					t.Error("it is read")
				}
				j, err = p.Verify(hash(t, c.Leaf), policy)
			}
			if got := outcomeOf(j, err); got != c.Outcome {
				t.Fatalf("%s, want %s: %v", got, c.Outcome, err)
			}
		})
	}
	if _, err := ParseTlogProof(make([]byte, maxTlogProof+1)); !errors.Is(err, ErrMalformed) {
		t.Errorf("longer than any proof: %v", err)
	}
}

func witnessKey(t testing.TB, i byte) string {
	t.Helper()
	_, key, err := WitnessKey(fmt.Sprintf("witness.example/%d", i), [32]byte{i})
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestPolicy(t *testing.T) {
	v := vectors[noteVectors](t, "note.json")
	text := "# whom I trust\n\n \t# more\nlog\t " + v.Log.Vkey + "  https://ledger.example.org/log \n" +
		"witness w1 " + v.Witness.Vkey + " https://witness.example/w1\n" +
		"witness 证人 " + witnessKey(t, 9) + "\ngroup either any w1 证人\nquorum either\n"
	p, err := ParsePolicy([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Logs) != 1 || p.Logs[0].Key.Name() != "ledger.example.org/2026" || p.Logs[0].URL != "https://ledger.example.org/log" {
		t.Errorf("logs %v", p.Logs)
	}
	if len(p.Witnesses) != 2 || p.Witnesses[0].URL != "https://witness.example/w1" || p.Witnesses[1].Name != "证人" || p.Witnesses[1].URL != "" {
		t.Errorf("witnesses %v", p.Witnesses)
	}
}

// The example of C2SP tlog-policy: two of the three X and any of the three Y.
func TestQuorumOfGroups(t *testing.T) {
	v := vectors[noteVectors](t, "note.json")
	signer, _ := v.logKey(t)
	checkpoint, err := ParseCheckpoint(v.Text)
	if err != nil {
		t.Fatal(err)
	}
	text := "log " + v.Log.Vkey + "\n"
	for i, name := range []string{"X1", "X2", "X3", "Y1", "Y2", "Y3"} {
		text += "witness " + name + " " + witnessKey(t, byte(i+1)) + "\n"
	}
	text += "group X-witnesses 2 X1 X2 X3\ngroup Y-witnesses any Y1 Y2 Y3\ngroup X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n"
	p, err := ParsePolicy([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		times string // when X1 X2 X3 Y1 Y2 Y3 signed, - for never
		at    int64  // when the quorum was complete, 0 for never
	}{
		{"- - - - - -", 0}, {"1 2 3 - - -", 0}, {"- - - 4 5 6", 0}, {"1 - - 4 5 6", 0},
		{"1 2 - 3 - -", 3}, {"1 5 - 3 - -", 5}, {"9 1 5 3 - -", 5}, {"9 1 5 8 7 -", 7}, {"1 1 1 1 1 1", 1},
	} {
		signed, err := checkpoint.Sign(signer)
		if err != nil {
			t.Fatal(err)
		}
		for i, at := range strings.Fields(c.times) {
			if at == "-" {
				continue
			}
			signing, _, err := WitnessKey(fmt.Sprintf("witness.example/%d", i+1), [32]byte{byte(i + 1)})
			if err != nil {
				t.Fatal(err)
			}
			cosigner, err := NewCosigner(signing)
			if err != nil {
				t.Fatal(err)
			}
			line, err := cosigner.Cosign(checkpoint, time.Unix(int64(at[0]-'0'), 0))
			if err != nil {
				t.Fatal(err)
			}
			signed = append(signed, line...)
		}
		j, err := p.Judge(signed)
		if err != nil || j.Satisfied != (c.at > 0) || c.at > 0 && j.Time.Unix() != c.at {
			t.Errorf("%s: %v at %v, want %d: %v", c.times, j.Satisfied, j.Time, c.at, err)
		}
	}
}

func TestPoliciesRefused(t *testing.T) {
	v := vectors[noteVectors](t, "note.json")
	log, w1, w2 := "log "+v.Log.Vkey+"\n", "witness w1 "+v.Witness.Vkey+"\n", "witness w2 "+witnessKey(t, 2)+"\n"
	many := func(n int, line func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(line(i))
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"empty":                      "",
		"no quorum":                  log + w1,
		"two quorums":                log + w1 + "quorum w1\nquorum w1\n",
		"cut off":                    log + w1 + "quorum w1",
		"a quorum not defined":       log + "quorum w1\n",
		"a quorum defined after it":  log + "quorum w1\n" + w1,
		"a control character":        log + "quorum none\r\n",
		"DEL":                        log + "quorum none\x7f\n",
		"an unknown word":            log + "threshold 1\nquorum none\n",
		"a log without a key":        "log\nquorum none\n",
		"a log with three words":     strings.Replace(log, "\n", " url more\n", 1) + "quorum none\n",
		"a log with a witness's key": strings.Replace(w1, "witness w1", "log", 1) + "quorum none\n",
		"a log twice":                log + log + "quorum none\n",
		"a witness without a key":    log + "witness w1\nquorum none\n",
		"a witness with a log's key": log + "witness w1 " + v.Log.Vkey + "\nquorum none\n",
		"a witness twice":            w1 + strings.Replace(w1, "w1", "w2", 1) + "quorum none\n",
		"a name twice":               w1 + strings.Replace(w2, "w2", "w1", 1) + "quorum none\n",
		"a witness named none":       strings.Replace(w1, "w1", "none", 1) + "quorum none\n",
		"a group named none":         w1 + "group none any w1\nquorum none\n",
		"a group like a witness":     w1 + w2 + "group w2 any w1\nquorum w1\n",
		"a group without members":    w1 + "group g any\nquorum w1\n",
		"a member not defined":       w1 + "group g any w1 w2\n" + w2 + "quorum g\n",
		"a group in itself":          w1 + "group g any w1 g\nquorum g\n",
		"none as a member":           w1 + "group g any w1 none\nquorum g\n",
		"a member twice":             w1 + "group g any w1 w1\nquorum g\n",
		"a member of two groups":     w1 + w2 + "group g any w1\ngroup h any w1 w2\nquorum h\n",
		"none of the members":        w1 + "group g 0 w1\nquorum g\n",
		"more than the members":      w1 + w2 + "group g 3 w1 w2\nquorum g\n",
		"a zero in front":            w1 + w2 + "group g 02 w1 w2\nquorum g\n",
		"not a number":               w1 + "group g most w1\nquorum g\n",
		"a quorum of two words":      w1 + w2 + "quorum w1 w2\n",
		"too long":                   "quorum none\n" + strings.Repeat("#\n", maxPolicy),
		"too many logs":              many(maxPolicyLines+1, func(i int) string { return "log " + logKey(t, byte(i)) + "\n" }) + "quorum none\n",
		"too many witnesses": many(maxPolicyLines+1, func(i int) string {
			return fmt.Sprintf("witness w%d %s\n", i, witnessKey(t, byte(i)))
		}) + "quorum none\n",
		"too many groups": w1 + "group g0 any w1\n" + many(maxPolicyLines, func(i int) string {
			return fmt.Sprintf("group g%d any g%d\n", i+1, i)
		}) + "quorum none\n",
	} {
		if _, err := ParsePolicy([]byte(text)); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCosignatureWithoutATime(t *testing.T) {
	for _, s := range []note.Signature{{Base64: "!"}, {Base64: "AAAA"}} {
		if at, err := cosignedAt(s); !errors.Is(err, ErrMalformed) {
			t.Errorf("%v, %v", at, err)
		}
	}
}

func logKey(t testing.TB, i byte) string {
	t.Helper()
	_, key, err := note.GenerateKey(strings.NewReader(strings.Repeat(string(rune(i)), 64)), "log.example")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func verifiersOf(keys ...note.Verifier) []note.Verifier { return keys }

// writtenAgain is the policy without comments, empty lines and superfluous spaces.
func writtenAgain(text []byte) []byte {
	var written strings.Builder
	for line := range strings.Lines(string(text)) {
		words := strings.FieldsFunc(line, func(c rune) bool { return c == ' ' || c == '\t' || c == '\n' })
		if len(words) > 0 && words[0][0] != '#' {
			written.WriteString(strings.Join(words, " ") + "\n")
		}
	}
	return []byte(written.String())
}

// describe tells a policy with all that it means.
func describe(p *Policy) string {
	if p == nil {
		return "nothing"
	}
	var b strings.Builder
	for _, l := range p.Logs {
		fmt.Fprintf(&b, "log %s %08x %q;", l.Key.Name(), l.Key.KeyHash(), l.URL)
	}
	for _, w := range p.Witnesses {
		fmt.Fprintf(&b, "witness %q %s %08x %q;", w.Name, w.Key.Name(), w.Key.KeyHash(), w.URL)
	}
	var voters func(*voter)
	voters = func(v *voter) {
		if len(v.members) == 0 {
			fmt.Fprintf(&b, " %d", v.witness)
			return
		}
		fmt.Fprintf(&b, " %d of (", v.need)
		for _, member := range v.members {
			voters(member)
		}
		b.WriteString(")")
	}
	if p.quorum != nil {
		voters(p.quorum)
	}
	return b.String()
}
