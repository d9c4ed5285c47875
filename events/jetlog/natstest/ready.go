package natstest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"
)

// Ready returns when every running server knows who leads them, asked as a user who may ask for
// $JS.API.INFO.
func (c *Cluster) Ready(seed string, more ...nats.Option) {
	c.t.Helper()
	option, err := nats.NkeyOptionFromSeed(seed)
	if err != nil {
		c.t.Fatal(err)
	}
	until := time.Now().Add(time.Minute)
	for i, n := range c.servers {
		for n.cmd != nil {
			if err = leaderKnown(c.URL(i), append(more, option, nats.Timeout(time.Second))); err == nil {
				break
			}
			if time.Now().After(until) {
				c.t.Fatalf("%s is not ready: %v\n%s", n.name, err, c.Log(i))
			}
		}
	}
}

// leaderKnown asks a server about JetStream, which it answers with an error while nobody leads.
func leaderKnown(url string, options []nats.Option) error {
	conn, err := nats.Connect(url, options...)
	if err != nil {
		return err
	}
	defer conn.Close()
	answer, err := conn.Request("$JS.API.INFO", nil, time.Second)
	if err == nil && strings.Contains(string(answer.Data), `"error"`) {
		err = fmt.Errorf("%s", answer.Data)
	}
	return err
}

// Seed makes the key of a user, keeps its seed in a file and returns that and the public half.
func Seed(t testing.TB) (path, public string) {
	t.Helper()
	key, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	seed, err := key.Seed()
	if err != nil {
		t.Fatal(err)
	}
	if public, err = key.PublicKey(); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "user.seed")
	if err := os.WriteFile(path, append(seed, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, public
}
