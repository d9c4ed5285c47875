package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"starledger/events/proof"
)

func testKey(t *testing.T, name string, kind keyKind) signingKey {
	t.Helper()
	key, err := keyOf(filepath.Join(t.TempDir(), "keys"), name, kind)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestPolicyOfWitnesses(t *testing.T) {
	log, w1, w2 := testKey(t, "log.example", logKeys), testKey(t, "w.example/1", witnessKeys), testKey(t, "w.example/2", witnessKeys)
	for _, c := range []struct {
		name      string
		witnesses []string
		want      string
	}{
		{"nobody has to cosign", nil, "log LOG\nquorum none\n"},
		{"one", []string{w1.verifier + " https://a"}, "log LOG\nwitness w1 W1 https://a\ngroup all-witnesses all w1\nquorum all-witnesses\n"},
		{"all of two", []string{w1.verifier + " https://a", w2.verifier + " https://b"},
			"log LOG\nwitness w1 W1 https://a\nwitness w2 W2 https://b\ngroup all-witnesses all w1 w2\nquorum all-witnesses\n"},
	} {
		got, err := readTrust(Config{Witnesses: c.witnesses}, log)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		want := strings.NewReplacer("LOG", log.verifier, "W1", w1.verifier, "W2", w2.verifier).Replace(c.want)
		if string(got.text) != want {
			t.Errorf("%s: got %q, want %q", c.name, got.text, want)
		}
		if again, err := proof.ParsePolicy(got.text); err != nil || len(again.Witnesses) != len(c.witnesses) {
			t.Errorf("%s: it reads as %+v, %v", c.name, again, err)
		}
	}
}

// What cannot work is refused with what to write instead.
func TestTrustIsRefused(t *testing.T) {
	log, other, w := testKey(t, "log.example", logKeys), testKey(t, "other.example", logKeys), testKey(t, "w.example", witnessKeys)
	line := "witness w " + w.verifier + " https://w.example\n"
	for _, c := range []struct {
		name      string
		policy    string
		witnesses []string
		words     string
	}{
		{"a URL without a key", "", []string{"https://w.example"}, "--policy FILE with a line\n  witness NAME VKEY URL"},
		{"a witness with the key of a log", "", []string{other.verifier + " https://w.example"}, "witness policy"},
		{"a policy for another log", "log " + other.verifier + "\nquorum none\n", nil, "add the line\n  log " + log.verifier},
		{"a witness that cannot be reached", "log " + log.verifier + "\nwitness w " + w.verifier + "\nquorum w\n", nil, "no URL for witness w"},
		{"a URL that is not in the policy", "log " + log.verifier + "\n" + line + "quorum w\n", []string{"https://else.example"}, "witness NAME VKEY https://else.example"},
		{"a policy that was cut off", "log " + log.verifier + "\nquorum no", nil, "does not end"},
	} {
		cfg := Config{Witnesses: c.witnesses}
		if c.policy != "" {
			cfg.Policy = writeFile(t, "policy.txt", c.policy)
		}
		_, err := readTrust(cfg, log)
		var usage usageError
		if !errors.As(err, &usage) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.words)
		}
	}
	cfg := Config{Policy: writeFile(t, "policy.txt", "# ours\nlog "+log.verifier+"\n"+line+"quorum w\n"), Witnesses: []string{"https://w.example"}}
	got, err := readTrust(cfg, log)
	if err != nil || string(got.keys) != "log "+log.verifier+"\n"+line {
		t.Errorf("a URL that is in the policy: %v, %+v", err, got)
	}
}

func writeFile(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
