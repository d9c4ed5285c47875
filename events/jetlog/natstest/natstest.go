// Package natstest runs a cluster of real nats-server processes on loopback, and does to them what
// befalls servers: they are killed, paused, restarted, cut off from each other. It guarantees that none
// of them outlives the test, even one that is killed, and that each says why it did not start. It is for tests only.
package natstest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Config is the cluster that is wanted.
type Config struct {
	// Dir keeps the stores, configurations and logs; empty: a directory of the test.
	Dir string
	// Servers is their number, 3 when 0.
	Servers int
	// Accounts is the part of the configuration that says who may do what.
	Accounts string
	// Text makes a server's whole configuration instead, in the directory that keeps it; nil: one that needs
	// nothing but Accounts.
	Text func(dir string, s Server) string
	// Env is added to the environment of the servers, in which NATS_NAME, NATS_LISTEN, NATS_CLUSTER and
	// NATS_STORE say what is a server's own.
	Env []string
	// Direct lets the servers reach each other without doors that can be shut: Cut does nothing then, and
	// no goroutine runs for the cluster.
	Direct bool
	// Program is the nats-server to begin with; empty: the one that the module names.
	Program string
	// Lazy are the numbers of servers that do not sync every write.
	Lazy []int
}

// Server is what a configuration says of one server.
type Server struct {
	Name            string
	Client, Cluster string   // addresses
	Routes          []string // addresses of the others
	Store           string
}

// A Cluster is running servers. Its methods are for one goroutine.
type Cluster struct {
	t       testing.TB
	cfg     Config
	servers []*node
	routes  []*route
}

// node is one server.
type node struct {
	name            string
	client, cluster int // ports
	config, log     string
	program         string  // what is started; empty until the module's own was built
	cmd             *Mortal // nil while it does not run
}

// Start starts a cluster that is stopped when the test ends.
func Start(t testing.TB, cfg Config) *Cluster {
	t.Helper()
	if cfg.Dir == "" {
		cfg.Dir = t.TempDir()
	}
	if cfg.Servers == 0 {
		cfg.Servers = 3
	}
	c := &Cluster{t: t, cfg: cfg}
	for i := range cfg.Servers {
		c.servers = append(c.servers, &node{
			name: fmt.Sprintf("n%d", i+1), program: cfg.Program, client: freePort(t), cluster: freePort(t),
			config: filepath.Join(cfg.Dir, fmt.Sprintf("n%d.conf", i+1)), log: filepath.Join(cfg.Dir, fmt.Sprintf("n%d.log", i+1)),
		})
	}
	t.Cleanup(c.stop)
	for i := range c.servers {
		c.configure(i)
		c.Begin(i)
		c.listens(i)
	}
	return c
}

// listens waits until a server listens, ten seconds at most: servers that start in the same instant and reach
// for each other both ways have been seen to end without the route that their elections go over.
func (c *Cluster) listens(i int) {
	for until := time.Now().Add(10 * time.Second); time.Now().Before(until); {
		door, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", c.servers[i].client))
		if err == nil {
			_ = door.Close() // it was only to be there
			return
		}
		<-time.After(10 * time.Millisecond)
	}
}

// freePort is a port that nobody listens on. It is below those that the system hands out by itself, and the
// port of the same number for datagrams is held until the test ends, which keeps the clusters of other test
// processes away: two that share one by chance take each other's routes for their own.
func freePort(t testing.TB) int {
	t.Helper()
	for range 1000 {
		port := 20_000 + rand.IntN(12_000)
		address := fmt.Sprintf("127.0.0.1:%d", port)
		held, err := net.ListenPacket("udp", address)
		if err != nil {
			continue
		}
		if door, err := net.Listen("tcp", address); err == nil {
			_ = door.Close() // only now can a server take it
			t.Cleanup(func() { _ = held.Close() })
			return port
		}
		_ = held.Close()
	}
	t.Fatal("no port is free on loopback")
	return 0
}

// configure writes the configuration of a server. It reaches each of the others through a route of its
// own that can be cut, and never learns their true addresses, unless they reach each other directly.
func (c *Cluster) configure(i int) {
	c.t.Helper()
	n := c.servers[i]
	about := Server{
		Name: n.name, Client: fmt.Sprintf("127.0.0.1:%d", n.client), Cluster: fmt.Sprintf("127.0.0.1:%d", n.cluster),
		Routes: c.routesOf(i), Store: c.Store(i),
	}
	text := ""
	if c.cfg.Text != nil {
		text = c.cfg.Text(filepath.Dir(n.config), about)
	} else {
		text = c.plain(i, about)
	}
	if err := os.WriteFile(n.config, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

// routesOf are the addresses at which a server reaches the others.
func (c *Cluster) routesOf(i int) (all []string) {
	c.t.Helper()
	for j, other := range c.servers {
		if j == i {
			continue
		}
		address := fmt.Sprintf("127.0.0.1:%d", other.cluster)
		if !c.cfg.Direct {
			r := newRoute(c.t, i, j, address)
			c.routes = append(c.routes, r)
			address = r.door.Addr().String()
		}
		all = append(all, address)
	}
	return all
}

// plain is a configuration without TLS.
func (c *Cluster) plain(i int, s Server) string {
	sync := "always"
	if slices.Contains(c.cfg.Lazy, i) {
		sync = "2m"
	}
	var routes strings.Builder
	for _, address := range s.Routes {
		fmt.Fprintf(&routes, "\"nats-route://%s\"\n", address)
	}
	text := fmt.Sprintf("server_name: %s\nlisten: %q\nmax_payload: 1MB\n"+
		"jetstream { store_dir: %q, sync_interval: %s, max_file: 20GB, max_mem: 64MB }\n%s\n",
		s.Name, s.Client, s.Store, sync, c.cfg.Accounts)
	if len(c.servers) > 1 {
		text += fmt.Sprintf("cluster { name: ledger, listen: %q, no_advertise: true, routes: [\n%s] }\n", s.Cluster, &routes)
	}
	return text
}

// Len is the number of servers.
func (c *Cluster) Len() int { return len(c.servers) }

// URL is where clients reach one server.
func (c *Cluster) URL(i int) string { return fmt.Sprintf("nats://127.0.0.1:%d", c.servers[i].client) }

// URLs are those of all servers, separated by commas.
func (c *Cluster) URLs() string {
	var all []string
	for i := range c.servers {
		all = append(all, c.URL(i))
	}
	return strings.Join(all, ",")
}

// Store is the directory in which a server keeps its streams.
func (c *Cluster) Store(i int) string { return filepath.Join(c.cfg.Dir, c.servers[i].name) }

// Log is what a server has written.
func (c *Cluster) Log(i int) string {
	text, err := os.ReadFile(c.servers[i].log)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// stop ends all servers and routes.
func (c *Cluster) stop() {
	for i := range c.servers {
		c.end(i, syscall.SIGKILL)
	}
	for _, r := range c.routes {
		r.close()
	}
}
