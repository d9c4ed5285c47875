package main

import (
	"fmt"
	"log/slog"

	"github.com/spf13/pflag"

	"starledger/events/jetlog"
)

// ClusterConfig is where a NATS cluster is that keeps a ledger, and how to sign in there. The flags are
// those of its fields with --nats before; without URLs the ledger is kept in the data directory.
type ClusterConfig struct {
	// URLs are the servers, separated by commas: nats://n1:4222,nats://n2:4222,nats://n3:4222.
	URLs string
	// Creds is the file the service signs in with: NATS credentials (JWT and seed), or the seed of an
	// NKey. A file that others may read is refused.
	Creds string
	// AdminCreds is such a file of a user who may create the streams LEDGER and LEDGER_CP. It is needed once,
	// to found the ledger, and looked at only when they are missing.
	AdminCreds string
	// CA is a PEM file: who signed the servers' certificates, where the system does not know.
	CA string
	// Cert and Key are PEM files: the certificate that the servers are shown.
	Cert, Key string
	// Replicas is how many servers keep each event: 3 or 5. 1 is for trying out: what that server loses
	// is lost.
	Replicas int
	// AcceptLazySync serves although a server does not sync every write before it acknowledges it, or does
	// not tell: a power cut may take away what was acknowledged. /v1/integrity shows it.
	AcceptLazySync bool
	// AcceptWideRights serves although the service may change or delete the streams of its own ledger.
	AcceptWideRights bool
}

func (c *ClusterConfig) bind(f *pflag.FlagSet, name string) {
	if name == "nats" {
		f.StringVar(&c.URLs, "nats", "", "servers of the NATS cluster that keeps the ledger, URL[,URL]; without, the data directory does")
	} else {
		f.StringVar(&c.URLs, name, "", "servers of the NATS cluster, URL[,URL]")
	}
	f.StringVar(&c.Creds, "nats-creds", "", "file to sign in to the cluster with: NATS credentials, or the seed of an NKey")
	f.StringVar(&c.AdminCreds, "nats-admin-creds", "", "such a file of who may create the streams; needed once, to found the ledger")
	f.StringVar(&c.CA, "nats-ca", "", "PEM file of who signed the servers' certificates")
	f.StringVar(&c.Cert, "nats-cert", "", "PEM certificate to show the servers")
	f.StringVar(&c.Key, "nats-key", "", "PEM key of --nats-cert")
	f.IntVar(&c.Replicas, "nats-replicas", 3, "servers that keep each event: 3 or 5; 1 is for trying out")
	f.BoolVar(&c.AcceptLazySync, "accept-lazy-sync", false, "serve although a server of the cluster may acknowledge what a power cut takes away")
	f.BoolVar(&c.AcceptWideRights, "accept-wide-rights", false, "serve although the service may change or delete its own streams")
}

// complete refuses what makes no sense.
func (c *ClusterConfig) complete(name string) error {
	switch {
	case c.URLs == "" && (c.Creds != "" || c.AdminCreds != "" || c.CA != "" || c.Cert != "" || c.AcceptLazySync || c.AcceptWideRights):
		return fmt.Errorf("the flags about a cluster need --%s", name)
	case (c.Cert == "") != (c.Key == ""):
		return fmt.Errorf("--nats-cert and --nats-key come together")
	case c.URLs != "" && c.Replicas != 1 && c.Replicas != 3 && c.Replicas != 5:
		return fmt.Errorf("--nats-replicas %d: 3 or 5, or 1 to try it out", c.Replicas)
	}
	return nil
}

// remote is the cluster as the log opens it.
func (c *ClusterConfig) remote(known uint64, knownCheckpoint bool, logger *slog.Logger) jetlog.Remote {
	return jetlog.Remote{
		URLs: c.URLs, Credentials: c.Creds, Admin: c.AdminCreds, CA: c.CA, Cert: c.Cert, Key: c.Key,
		Replicas: c.Replicas, KnownLast: known, KnownCheckpoint: knownCheckpoint,
		AcceptLazySync: c.AcceptLazySync, AcceptWideRights: c.AcceptWideRights, Logger: logger,
	}
}
