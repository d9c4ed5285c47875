package proof

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

const (
	maxPolicy = 64 << 10
	// maxPolicyLines bounds the logs, the witnesses and the groups of a policy, each; C2SP asks for at least 32.
	maxPolicyLines = 64
)

// ParsePolicy reads a policy file (C2SP tlog-policy):
//
//	# whom I trust
//	log ledger.example.org/2026+6f2a11c5+AQ… https://ledger.example.org/log
//	witness w1 witness.example/w1+b6c8d3f0+BA… https://witness.example/w1
//	witness w2 witness.example/w2+0d1f6a77+BA…
//	group both all w1 w2
//	quorum both
//
// A line is a comment that starts with #, or empty, or words between spaces and tabs:
//
//	log <verifier key, type 1> [<url>]
//	witness <name> <verifier key, type 4> [<url>]
//	group <name> all|any|<k> <name>...
//	quorum <name>|none
//
// There is exactly one quorum. Names are those of witnesses and groups on earlier lines; each may
// be a member of one group, and no two logs and no two witnesses have the same key, under whatever
// names, so that nobody counts twice. Every line ends with a newline: a file that was cut off is
// refused, not obeyed.
func ParsePolicy(text []byte) (*Policy, error) {
	if len(text) > maxPolicy {
		return nil, fmt.Errorf("%w policy: longer than %d", ErrMalformed, maxPolicy)
	}
	lines := strings.Split(string(text), "\n")
	last := len(lines) - 1
	if lines[last] != "" {
		return nil, fmt.Errorf("%w policy: the last line does not end", ErrMalformed)
	}
	r := policyReader{policy: &Policy{}, names: map[string]*voter{}, keys: map[string]bool{}, members: map[*voter]bool{}}
	for i, line := range lines[:last] {
		if err := r.line(line); err != nil {
			return nil, fmt.Errorf("%w policy: line %d: %w", ErrMalformed, i+1, err)
		}
	}
	if !r.decided {
		return nil, fmt.Errorf("%w policy: it has no quorum", ErrMalformed)
	}
	return r.policy, nil
}

type policyReader struct {
	policy  *Policy
	names   map[string]*voter // of witnesses and groups
	groups  int
	keys    map[string]bool // role and public key
	members map[*voter]bool // who is in a group already
	decided bool            // the quorum line was read
}

func (r *policyReader) line(line string) error {
	for _, c := range []byte(line) {
		if c < ' ' && c != '\t' || c == 0x7f {
			return fmt.Errorf("a control character")
		}
	}
	words := strings.FieldsFunc(line, func(c rune) bool { return c == ' ' || c == '\t' })
	if len(words) == 0 || words[0][0] == '#' {
		return nil
	}
	keyword, words := words[0], words[1:]
	switch {
	case keyword == "log" && (len(words) == 1 || len(words) == 2):
		return r.log(words)
	case keyword == "witness" && (len(words) == 2 || len(words) == 3):
		return r.witness(words)
	case keyword == "group" && len(words) >= 3:
		return r.group(words[0], words[1], words[2:])
	case keyword == "quorum" && len(words) == 1:
		return r.quorum(words[0])
	default:
		return fmt.Errorf("%.40q with %d words", keyword, len(words))
	}
}

func (r *policyReader) log(words []string) error {
	key, err := note.NewVerifier(words[0])
	if err != nil {
		return fmt.Errorf("log key %.80q: %w", words[0], err)
	}
	if err := r.unseen("log", words[0]); err != nil {
		return err
	}
	if len(r.policy.Logs) == maxPolicyLines {
		return fmt.Errorf("more than %d logs", maxPolicyLines)
	}
	r.policy.Logs = append(r.policy.Logs, Log{Key: key, URL: optional(words, 1)})
	return nil
}

func (r *policyReader) witness(words []string) error {
	key, err := NewWitness(words[1])
	if err != nil {
		return err
	}
	if err := r.unseen("witness", words[1]); err != nil {
		return err
	}
	if len(r.policy.Witnesses) == maxPolicyLines {
		return fmt.Errorf("more than %d witnesses", maxPolicyLines)
	}
	if err := r.name(words[0], &voter{witness: len(r.policy.Witnesses)}); err != nil {
		return err
	}
	r.policy.Witnesses = append(r.policy.Witnesses, Witness{Name: words[0], Key: key, URL: optional(words, 2)})
	return nil
}

func (r *policyReader) group(name, threshold string, members []string) error {
	if r.groups++; r.groups > maxPolicyLines {
		return fmt.Errorf("more than %d groups", maxPolicyLines)
	}
	group := &voter{}
	for _, member := range members {
		v, ok := r.names[member]
		if !ok {
			return fmt.Errorf("group %.40q: %.40q is not defined before it", name, member)
		}
		if r.members[v] {
			return fmt.Errorf("group %.40q: %.40q is in a group already", name, member)
		}
		r.members[v] = true
		group.members = append(group.members, v)
	}
	switch threshold {
	case "all":
		group.need = len(members)
	case "any":
		group.need = 1
	default:
		k, err := strconv.Atoi(threshold)
		if err != nil || k < 1 || k > len(members) || strconv.Itoa(k) != threshold {
			return fmt.Errorf("group %.40q: %.40q of %d members", name, threshold, len(members))
		}
		group.need = k
	}
	return r.name(name, group)
}

func (r *policyReader) quorum(name string) error {
	v, ok := r.names[name]
	switch {
	case r.decided:
		return fmt.Errorf("a second quorum")
	case !ok && name != "none":
		return fmt.Errorf("quorum: %.40q is not defined before it", name)
	}
	r.decided, r.policy.quorum = true, v
	return nil
}

// name defines a witness or group.
func (r *policyReader) name(name string, v *voter) error {
	if _, taken := r.names[name]; taken || name == "none" {
		return fmt.Errorf("the name %.40q is taken", name)
	}
	r.names[name] = v
	return nil
}

// unseen refuses a public key that has this role already. The verifier key was accepted before, so
// that it has three parts, of which the last is the one way to write type and public key.
func (r *policyReader) unseen(role, verifier string) error {
	key := role + strings.SplitN(verifier, "+", 3)[2]
	if r.keys[key] {
		return fmt.Errorf("the %s key %.80q stands here twice", role, verifier)
	}
	r.keys[key] = true
	return nil
}

func optional(words []string, i int) string {
	if i < len(words) {
		return words[i]
	}
	return ""
}
