package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"starledger/events/proof"
)

// The files in a key directory. Each holds one signing key as one line of text.
const (
	logKeyFile     = "log.key"
	witnessKeyFile = "witness.key"
)

// keyKind is what a key is for. The two kinds have different types (C2SP signed-note), so that none
// can be taken for the other.
type keyKind struct {
	file string
	// pair writes both halves of the key pair that a seed makes.
	pair func(name string, seed [ed25519.SeedSize]byte) (signing, verifier string, err error)
}

var (
	logKeys     = keyKind{logKeyFile, logKeyPair}
	witnessKeys = keyKind{witnessKeyFile, proof.WitnessKey}
)

// signingKey is a key of ours: the half that signs, and the half that everybody may know.
type signingKey struct {
	name              string
	signing, verifier string
}

// errNoKey: the key directory has no such key.
var errNoKey = errors.New("there is no key")

// loadKey reads a key. Whoever can read it can sign in our name, so a file or a directory that is
// open to others is refused, and nobody gets used to it.
func loadKey(dir string, kind keyKind) (signingKey, error) {
	path := filepath.Join(dir, kind.file)
	for _, one := range []string{dir, path} {
		info, err := os.Stat(one)
		if errors.Is(err, fs.ErrNotExist) {
			return signingKey{}, fmt.Errorf("%w in %s", errNoKey, path)
		}
		if err != nil {
			return signingKey{}, fmt.Errorf("read the key: %w", err)
		}
		if open := info.Mode().Perm() & 0o077; open != 0 {
			return signingKey{}, fmt.Errorf("%s is open to others (mode %04o): chmod go= %s", one, info.Mode().Perm(), one)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return signingKey{}, fmt.Errorf("read the key: %w", err)
	}
	key, err := parseKey(strings.TrimSuffix(string(text), "\n"), kind)
	if err != nil {
		return signingKey{}, fmt.Errorf("%s: %w", path, err)
	}
	return key, nil
}

// parseKey takes a signing key as it is written:
//
//	PRIVATE+KEY+<name>+<key id>+<base64 of the type and the seed>
//
// It is accepted when its seed makes exactly this key. The error never quotes it.
func parseKey(signing string, kind keyKind) (signingKey, error) {
	refused := errors.New("not a signing key of this kind")
	words := strings.SplitN(signing, "+", 5) // + is a digit of base64, too
	if len(words) < 5 {
		return signingKey{}, refused
	}
	secret, err := base64.StdEncoding.DecodeString(words[4])
	if err != nil || len(secret) != 1+ed25519.SeedSize {
		return signingKey{}, refused
	}
	key := signingKey{name: words[2]}
	key.signing, key.verifier, err = kind.pair(key.name, [ed25519.SeedSize]byte(secret[1:]))
	if err != nil || key.signing != signing {
		return signingKey{}, refused
	}
	return key, nil
}

// makeKey writes a new key, and only where there is none: a key that is lost is never replaced by
// another of the same name, since nobody could tell the two histories apart.
func makeKey(dir, name string, kind keyKind, seed [ed25519.SeedSize]byte) (signingKey, error) {
	key := signingKey{name: name}
	var err error
	if key.signing, key.verifier, err = kind.pair(name, seed); err != nil {
		return signingKey{}, fmt.Errorf("make a key for %s: %w", name, err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return signingKey{}, fmt.Errorf("make the key directory: %w", err)
	}
	if err := writeNew(filepath.Join(dir, kind.file), key.signing+"\n"); err != nil {
		return signingKey{}, fmt.Errorf("write the key: %w", err)
	}
	return key, syncDir(filepath.Dir(dir))
}

// writeNew makes a file that only its owner may read, whole and synced or not at all.
func writeNew(path, text string) error {
	file, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Link(path+".new", path); err != nil { // unlike a rename, it never replaces
		return err
	}
	return errors.Join(os.Remove(path+".new"), syncDir(filepath.Dir(path)))
}

func newSeed() (seed [ed25519.SeedSize]byte, err error) {
	if _, err = rand.Read(seed[:]); err != nil {
		err = fmt.Errorf("draw a key: %w", err)
	}
	return seed, err
}

// keyOf loads the key in dir, which must have the name, or makes one where there is none.
func keyOf(dir, name string, kind keyKind) (signingKey, error) {
	key, err := loadKey(dir, kind)
	if errors.Is(err, errNoKey) {
		seed, err := newSeed()
		if err != nil {
			return signingKey{}, err
		}
		return makeKey(dir, name, kind, seed)
	}
	if err == nil && key.name != name {
		err = fmt.Errorf("the key in %s is that of %s, not of %s", dir, key.name, name)
	}
	return key, err
}

// logKeyPair writes the key pair of a log, as golang.org/x/mod/sumdb/note reads it (type 1).
func logKeyPair(name string, seed [ed25519.SeedSize]byte) (signing, verifier string, err error) {
	const ed25519Type = 1
	public := ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey)
	if verifier, err = note.NewEd25519VerifierKey(name, public); err != nil {
		return "", "", err
	}
	if _, err = note.NewVerifier(verifier); err != nil {
		return "", "", fmt.Errorf("%q cannot name a log: %w", name, err)
	}
	id := strings.Split(strings.TrimPrefix(verifier, name+"+"), "+")[0]
	secret := base64.StdEncoding.EncodeToString(append([]byte{ed25519Type}, seed[:]...))
	return fmt.Sprintf("PRIVATE+KEY+%s+%s+%s", name, id, secret), verifier, nil
}

// demoSeed is the seed of a key of the demo: everybody can know it, and it is the same at every start.
func demoSeed(name string) [ed25519.SeedSize]byte {
	return sha256.Sum256([]byte("starledger demo: " + name))
}
