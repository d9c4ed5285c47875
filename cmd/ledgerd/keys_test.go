package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"starledger/events/proof"
)

// What a key of ours signs, the published half verifies, for both kinds.
func TestKeysSign(t *testing.T) {
	log := testKey(t, "ledger.example.org/2026", logKeys)
	signer, err := note.NewSigner(log.signing)
	if err != nil {
		t.Fatal(err)
	}
	checkpoint := proof.Checkpoint{Origin: log.name, Head: proof.Head{Root: proof.EmptyRoot()}}
	signed, err := checkpoint.Sign(signer)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(log.verifier)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := proof.Open(signed, verifier); err != nil || got != checkpoint {
		t.Errorf("%v %v", got, err)
	}
	witness := testKey(t, "witness.example.org/w1", witnessKeys)
	if _, err := proof.NewCosigner(witness.signing); err != nil {
		t.Error(err)
	}
	if _, err := proof.NewWitness(witness.verifier); err != nil {
		t.Error(err)
	}
}

// A key is made once, and is the same for ever after.
func TestKeyIsMadeOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "keys")
	first, err := keyOf(dir, "log.example", logKeys)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := keyOf(dir, "log.example", logKeys); err != nil || again != first {
		t.Errorf("another key: %v", err)
	}
	if _, err := keyOf(dir, "else.example", logKeys); err == nil || !strings.Contains(err.Error(), "that of log.example") {
		t.Errorf("the key of another log: %v", err)
	}
	if _, err := makeKey(dir, "log.example", logKeys, demoSeed("x")); !errors.Is(err, os.ErrExist) {
		t.Errorf("a key was replaced: %v", err)
	}
	info, err := os.Stat(filepath.Join(dir, logKeyFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestKeysOfTheDemoStay(t *testing.T) {
	_, verifier, err := logKeyPair("starledger.local", demoSeed("starledger.local"))
	if err != nil || verifier != "starledger.local+c2e6f26b+AcmOvaaQIptH1faCzuSiHXgK60nWj3GvZg2esZDUYdUB" {
		t.Errorf("%s, %v", verifier, err)
	}
}

// A key that others can read, or that is not what it should be, is not used.
func TestKeysThatAreRefused(t *testing.T) {
	fresh := func(t *testing.T) (dir, file string) {
		dir = filepath.Join(t.TempDir(), "keys")
		if _, err := keyOf(dir, "log.example", logKeys); err != nil {
			t.Fatal(err)
		}
		return dir, filepath.Join(dir, logKeyFile)
	}
	rewritten := func(change func(text string) string) func(*testing.T, string, string) error {
		return func(t *testing.T, _, file string) error {
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			return os.WriteFile(file, []byte(change(string(text))), 0o600)
		}
	}
	for name, spoil := range map[string]func(t *testing.T, dir, file string) error{
		"a file that others may read":      func(_ *testing.T, _, file string) error { return os.Chmod(file, 0o640) },
		"a directory that others may read": func(_ *testing.T, dir, _ string) error { return os.Chmod(dir, 0o755) },
		"nothing in it":                    rewritten(func(string) string { return "" }),
		"a line more":                      rewritten(func(text string) string { return text + "\n" }),
		"another id":                       rewritten(func(text string) string { return strings.Replace(text, "+", "+0", 3) }),
		"another name":                     rewritten(func(text string) string { return strings.Replace(text, "log.example", "log.examplf", 1) }),
		"cut off":                          rewritten(func(text string) string { return text[:len(text)-9] }),
		"a public key":                     rewritten(func(text string) string { return strings.TrimPrefix(text, "PRIVATE+KEY+") }),
		"the key of a witness": func(t *testing.T, _, file string) error {
			return os.WriteFile(file, []byte(testKey(t, "log.example", witnessKeys).signing+"\n"), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, file := fresh(t)
			secret, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if err := spoil(t, dir, file); err != nil {
				t.Fatal(err)
			}
			_, err = keyOf(dir, "log.example", logKeys)
			if err == nil || errors.Is(err, errNoKey) {
				t.Fatalf("it was used, or replaced: %v", err)
			}
			if strings.Contains(err.Error(), strings.TrimSpace(string(secret))[40:]) {
				t.Errorf("the error tells the key: %v", err)
			}
		})
	}
}

func FuzzParseKey(f *testing.F) {
	log, _, err := logKeyPair("log.example", demoSeed("fuzz"))
	if err != nil {
		f.Fatal(err)
	}
	witness, _, err := proof.WitnessKey("w.example", demoSeed("fuzz"))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{log, witness, "", "PRIVATE+KEY+a+b+c", log + "\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, kind := range []keyKind{logKeys, witnessKeys} {
			if key, err := parseKey(text, kind); err == nil && key.signing != text {
				t.Errorf("%q was read as %q", text, key.signing)
			}
		}
	})
}
