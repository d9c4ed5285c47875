package main

import (
	"cmp"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Config is what `ledgerd serve` is told. The field comments are the manual; the flags' help texts
// are shortened from them, and `ledgerd config` prints them as a file with every setting. Every flag can be
// given as an environment variable as well: --ops is LEDGERD_OPS, --archive-dir is LEDGERD_ARCHIVE_DIR.
type Config struct {
	// Data is the data directory: store/ (JetStream), the read model and the attachments.
	Data string
	// Listen is the address of the HTTP API. Beyond loopback it needs TLSCert and TLSKey, or BehindProxy.
	Listen string
	// Ops is the address of the operations listener: /livez, /readyz, /metrics, /debug/pprof. It
	// has no sign-in, so it stays on loopback.
	Ops string
	// Tokens is the JSON file of who may sign in. Without it and without Demo nobody gets in. A
	// file that others may read is refused.
	Tokens string
	// ArchiveDir is the directory of the archive, the second copy of every event. It defaults to a
	// folder inside Data and belongs on another disk in earnest: a damaged store is repaired from it.
	ArchiveDir string
	// CheckpointDir is the directory of the signed checkpoints: what the ledger remembers when its store
	// is lost, or replaced by an older one. It defaults to a folder inside Data and belongs on another
	// disk in earnest, best one that is never restored together with the store.
	CheckpointDir string
	// KeyDir is the directory of the signing key, mode 0700. It defaults to a folder inside Data. Whoever
	// has the key can sign in the log's name; without it the log cannot go on. `ledgerd keys` shows it.
	KeyDir string
	// Policy is a file (C2SP tlog-policy) that names the log's key, the witnesses with their URLs, and
	// how many of them must cosign before a checkpoint is published. Without it the policy is made of
	// Witnesses.
	Policy string
	// Witnesses are the witnesses to ask, each "VKEY URL". Without Policy all of them must cosign; none at
	// all means that checkpoints are published without a cosignature.
	Witnesses []string
	// ScrubRate is how many stored events a second are compared with what was sealed of them, round
	// after round, beside the service; 0 compares at starts only.
	ScrubRate int
	// Origin names the log in every event and is the name of its key, as in ledger.example.org/2026. It
	// cannot change later.
	Origin string
	// AttachmentDir is the directory of the attachments. It defaults to a folder inside Data; nodes of one
	// cluster share one, on a file system that all of them see.
	AttachmentDir string
	// Cluster is the NATS cluster that keeps the ledger instead of Data.
	Cluster ClusterConfig
	// TLSCert and TLSKey are PEM files; with both, the API is served over TLS.
	TLSCert, TLSKey string
	// BehindProxy says that a proxy in front ends TLS.
	BehindProxy bool
	// SeparateReviewer refuses a decision by the person who reviewed the audit. A parameter of the
	// certification body; both ways are practised (ISO/IEC 17065 7.5, 7.6).
	SeparateReviewer bool
	// Demo starts in a directory of its own with worked cases and random tokens, on loopback only.
	Demo bool

	file string // the configuration file, empty for none
}

const (
	demoData      = "./data-demo"
	defaultData   = "./data"
	defaultOrigin = "starledger.local"
)

// bindPlaces are the flags that say where a ledger is and what it is called, which all commands on
// a ledger share.
func (c *Config) bindPlaces(f *pflag.FlagSet) {
	f.StringVar(&c.file, "config", "", "file with settings, each as its flag is called (see ledgerd config)")
	f.StringVar(&c.Data, "data", defaultData, "data directory")
	f.StringVar(&c.ArchiveDir, "archive-dir", "", "directory of the archive, best on another disk (default DATA/archive)")
	f.StringVar(&c.CheckpointDir, "checkpoint-dir", "", "directory of the signed checkpoints, best on another disk (default DATA/checkpoints)")
	f.StringVar(&c.KeyDir, "key-dir", "", "directory of the signing key, mode 0700 (default DATA/keys)")
	f.StringVar(&c.Origin, "origin", defaultOrigin, "name of the log in every event, and of its key; cannot change later")
}

// bindTrust are the flags that say who has to cosign.
func (c *Config) bindTrust(f *pflag.FlagSet) {
	f.StringVar(&c.Policy, "policy", "", "file that names the log's key, the witnesses and their quorum (C2SP tlog-policy)")
	f.StringSliceVar(&c.Witnesses, "witness", nil, `witness that has to cosign, "VKEY URL"; repeatable; its URL alone where --policy has the key`)
}

// bindAttachments is the flag of the commands that read or write attachments.
func (c *Config) bindAttachments(f *pflag.FlagSet) {
	f.StringVar(&c.AttachmentDir, "attachment-dir", "", "directory of the attachments, shared by the nodes of a cluster (default DATA/attachments)")
}

func (c *Config) bind(f *pflag.FlagSet) {
	c.bindPlaces(f)
	f.Lookup("data").Usage += "; with --demo " + demoData
	f.StringVar(&c.Listen, "listen", "127.0.0.1:8080", "address of the HTTP API")
	f.StringVar(&c.Ops, "ops", "127.0.0.1:8081", "address of the operations listener, loopback only")
	f.StringVar(&c.Tokens, "tokens", "", "JSON file of who may sign in, readable by its owner only")
	c.bindTrust(f)
	f.IntVar(&c.ScrubRate, "scrub-rate", 2000, "stored events a second to compare with what was sealed, beside the service; 0: at starts only")
	f.StringVar(&c.TLSCert, "tls-cert", "", "PEM certificate for the HTTP API")
	f.StringVar(&c.TLSKey, "tls-key", "", "PEM key for the HTTP API")
	f.BoolVar(&c.BehindProxy, "behind-proxy", false, "a proxy in front ends TLS")
	f.BoolVar(&c.SeparateReviewer, "separate-reviewer", false, "refuse a decision by the reviewer of the audit")
	c.bindAttachments(f)
	c.Cluster.bind(f, "nats")
	f.BoolVar(&c.Demo, "demo", false, "start with worked demo cases in "+demoData)
}

// completeFor takes what the command line of a command has not given from the environment, then from
// the configuration file, and fills in the rest.
func (c *Config) completeFor(cmd *cobra.Command) error {
	f := cmd.Flags()
	if err := c.fromElsewhere(f); err != nil {
		return err
	}
	if f.Lookup("listen") == nil { // a command that does not serve
		c.Ops, c.Listen = "127.0.0.1:0", "127.0.0.1:0"
	}
	return c.complete()
}

// fromElsewhere sets what the command line has not: first the environment has its say, then the file.
func (c *Config) fromElsewhere(f *pflag.FlagSet) error {
	if err := fromEnvironment(f); err != nil {
		return err
	}
	return fromFile(f, c.file)
}

// fromEnvironment gives every flag that was not set on the command line its LEDGERD_ variable.
func fromEnvironment(f *pflag.FlagSet) error {
	var failed error
	f.VisitAll(func(flag *pflag.Flag) {
		name := "LEDGERD_" + strings.ToUpper(strings.ReplaceAll(flag.Name, "-", "_"))
		value, set := os.LookupEnv(name)
		if !set || flag.Changed || failed != nil {
			return
		}
		if err := f.Set(flag.Name, value); err != nil {
			failed = fmt.Errorf("%s: %w", name, err)
		}
	})
	return failed
}

// complete fills in what follows from the rest and refuses what is not safe.
func (c *Config) complete() error {
	if c.Demo && c.Data == defaultData {
		c.Data = demoData
	}
	for dir, name := range map[*string]string{&c.ArchiveDir: "archive", &c.CheckpointDir: "checkpoints", &c.KeyDir: "keys", &c.AttachmentDir: "attachments"} {
		if *dir == "" {
			*dir = filepath.Join(c.Data, name)
		}
	}
	if err := cmp.Or(checkAddress("--listen", c.Listen), checkAddress("--ops", c.Ops)); err != nil {
		return err
	}
	switch {
	case filepath.Clean(c.CheckpointDir) == filepath.Clean(c.ArchiveDir):
		return fmt.Errorf("--checkpoint-dir and --archive-dir are the same directory")
	case c.Demo && c.Cluster.URLs != "":
		return fmt.Errorf("--demo keeps its ledger in its own directory, not in --nats")
	case c.ScrubRate < 0:
		return fmt.Errorf("--scrub-rate %d is below 0", c.ScrubRate)
	case (c.TLSCert == "") != (c.TLSKey == ""):
		return fmt.Errorf("--tls-cert and --tls-key come together")
	case !isLoopback(c.Ops):
		return fmt.Errorf("--ops %s: the operations listener has no sign-in and stays on loopback", c.Ops)
	case c.Demo && (!isLoopback(c.Listen) || c.Tokens != ""):
		return fmt.Errorf("--demo listens on loopback only and makes its own tokens")
	case !isLoopback(c.Listen) && c.TLSCert == "" && !c.BehindProxy:
		return fmt.Errorf("--listen %s is reachable from outside: give --tls-cert and --tls-key, or --behind-proxy", c.Listen)
	}
	return c.Cluster.complete("nats")
}

// onDataDisk are the flags whose directories lie inside the data directory: one disk, or one restored
// backup, takes all of them at once.
func (c *Config) onDataDisk() (flags []string) {
	data := filepath.Clean(c.Data) + string(filepath.Separator)
	for _, d := range []struct{ flag, dir string }{{"--archive-dir", c.ArchiveDir}, {"--checkpoint-dir", c.CheckpointDir}, {"--key-dir", c.KeyDir}} {
		if strings.HasPrefix(filepath.Clean(d.dir)+string(filepath.Separator), data) {
			flags = append(flags, d.flag)
		}
	}
	return flags
}

// checkAddress refuses what is no address to listen on.
func checkAddress(flag, address string) error {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return fmt.Errorf("%s %s is no HOST:PORT, such as 127.0.0.1:8080", flag, address)
	}
	return nil
}

// isLoopback tells whether an address can be reached from this machine only. A name counts when
// it is localhost; nothing is looked up.
func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
