package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"starledger/events/jetlog/natstest"
)

// The configuration as it is deployed, with TLS everywhere: three servers come up with it, and a node that
// shows a certificate serves; one that shows none is not let in.
func TestDeployedConfigurationServes(t *testing.T) {
	pki := makeCertificates(t)
	c := &ledgerCluster{t: t, files: t.TempDir(), keys: filepath.Join(t.TempDir(), "keys"), tokens: tokensFile(t)}
	var service, admin string
	c.service, service = natstest.Seed(t)
	c.admin, admin = natstest.Seed(t)
	c.Cluster = natstest.Start(t, natstest.Config{
		Direct: true,
		Env:    []string{"LEDGER_SERVICE=" + service, "LEDGER_ADMIN=" + admin, "NATS_CERT=" + pki.cert, "NATS_KEY=" + pki.key, "NATS_CA=" + pki.ca},
		Text: func(dir string, s natstest.Server) string {
			routes := "routes: [\n"
			for _, address := range s.Routes {
				routes += fmt.Sprintf("  \"nats-route://%s\"\n", address)
			}
			write(t, filepath.Join(dir, s.Name+"-routes.conf"), routes+"]\n")
			write(t, filepath.Join(dir, "accounts.conf"), deployed(t, "accounts.conf"))
			return strings.Replace(deployed(t, "nats-server.conf"), "./routes.conf", "./"+s.Name+"-routes.conf", 1)
		},
	})
	if text, err := program("keys", "log", "--key-dir", c.keys).CombinedOutput(); err != nil {
		t.Fatalf("make the key: %v\n%s", err, text)
	}
	c.Ready(c.admin, nats.RootCAs(pki.ca), nats.ClientCert(pki.cert, pki.key))
	dir := t.TempDir()
	args := append(c.serve(dir), "--nats-ca", pki.ca)
	refuses(t, exitFailure, "tls", args...)
	args = append(args, "--nats-cert", pki.cert, "--nats-key", pki.key)
	p := startProcess(t, args...)
	p.openedCase("open")
	p.sealed(dir, 1)
	p.stop()
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

type certificates struct{ ca, cert, key string } // PEM files

// makeCertificates makes an authority and one certificate for loopback, for servers and clients alike.
func makeCertificates(t *testing.T) certificates {
	t.Helper()
	dir := t.TempDir()
	of := certificates{filepath.Join(dir, "ca.pem"), filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	authorityKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(err)
	authority := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "node"}, NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	root, err := x509.CreateCertificate(rand.Reader, authority, authority, &authorityKey.PublicKey, authorityKey)
	must(err)
	signed, err := x509.CreateCertificate(rand.Reader, leaf, authority, &key.PublicKey, authorityKey)
	must(err)
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	must(err)
	for path, block := range map[string]*pem.Block{
		of.ca: {Type: "CERTIFICATE", Bytes: root}, of.cert: {Type: "CERTIFICATE", Bytes: signed}, of.key: {Type: "PRIVATE KEY", Bytes: secret},
	} {
		write(t, path, string(pem.EncodeToMemory(block)))
	}
	return of
}
