package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"starledger/events/proof"
)

// trust is what the log tells the world about its key and its witnesses, and what it obeys itself: a
// checkpoint is published when the quorum of the policy has cosigned it.
type trust struct {
	policy *proof.Policy
	text   []byte // of the policy, as it was written (C2SP tlog-policy)
	keys   []byte // the verifier keys, one a line
}

// readTrust reads --policy, or composes the policy from --witness: then all of the witnesses have to
// cosign. The mistakes in it are the caller's.
func readTrust(cfg Config, key signingKey) (*trust, error) {
	text, err := policyText(cfg, key)
	if err != nil {
		return nil, err
	}
	policy, err := proof.ParsePolicy(text)
	if err != nil {
		return nil, usageError{fmt.Errorf("read the witness policy: %w", err)}
	}
	t := &trust{policy: policy, text: text, keys: []byte("log " + key.verifier + "\n")}
	if !slices.ContainsFunc(strings.Fields(string(text)), func(word string) bool { return word == key.verifier }) {
		return nil, usageError{fmt.Errorf("the witness policy does not name this log's key; add the line\n  log %s", key.verifier)}
	}
	for _, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "witness") {
			t.keys = append(t.keys, strings.TrimSpace(line)+"\n"...)
		}
	}
	for _, w := range policy.Witnesses {
		if w.URL == "" {
			return nil, usageError{fmt.Errorf("the witness policy has no URL for witness %s, so it cannot be asked", w.Name)}
		}
	}
	return t, nil
}

func policyText(cfg Config, key signingKey) ([]byte, error) {
	if cfg.Policy == "" {
		return composePolicy(cfg.Witnesses, key)
	}
	text, err := os.ReadFile(cfg.Policy)
	if err != nil {
		return nil, fmt.Errorf("read the witness policy: %w", err)
	}
	for _, witness := range cfg.Witnesses {
		words := strings.Fields(witness)
		if len(words) == 0 || !strings.Contains(string(text), words[len(words)-1]) {
			return nil, usageError{fmt.Errorf("--witness %s is not in --policy %s: its key has to stand there, in a line\n  witness NAME VKEY %s", witness, cfg.Policy, witness)}
		}
	}
	return text, nil
}

// composePolicy writes the policy of the log's key and these witnesses, each "VKEY URL".
func composePolicy(witnesses []string, key signingKey) ([]byte, error) {
	var text strings.Builder
	fmt.Fprintf(&text, "log %s\n", key.verifier)
	var names []string
	for i, witness := range witnesses {
		words := strings.Fields(witness)
		if len(words) != 2 {
			return nil, usageError{fmt.Errorf("--witness %q: without its key nobody can tell the signature of a witness from another's. Give\n"+
				"  --witness \"VKEY URL\"\nwith the key that the witness shows (`ledgerd keys witness`), or a --policy FILE with a line\n  witness NAME VKEY URL", witness)}
		}
		names = append(names, fmt.Sprintf("w%d", i+1))
		fmt.Fprintf(&text, "witness w%d %s %s\n", i+1, words[0], words[1])
	}
	if len(names) == 0 {
		return []byte(text.String() + "quorum none\n"), nil
	}
	fmt.Fprintf(&text, "group all-witnesses all %s\nquorum all-witnesses\n", strings.Join(names, " "))
	return []byte(text.String()), nil
}
