package main

import (
	"cmp"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// settings are the flags that every command has. Their field comments are the manual.
type settings struct {
	// Address of the server. LEDGERCTL_SERVER, then http://127.0.0.1:8080.
	server string
	// The sign-in. LEDGERCTL_TOKEN is better: other users of a machine can see a command line.
	token string
	// A file that holds the token alone, readable by its owner only.
	tokenFile string
	// The token of the environment, used when neither flag is given. It is not a flag's default,
	// since --help shows those.
	environmentToken string
	// Language of what is printed, and of the server's texts.
	language language
	// What is printed: a table to read, the API's documents, or one item a line.
	output output
	// The longest silence of the server before a request is given up.
	timeout time.Duration
	// Lets the token travel in clear to another machine.
	insecure bool
}

const defaultServer = "http://127.0.0.1:8080"

func settingsOf(getenv func(string) string) settings {
	return settings{
		server:           cmp.Or(getenv("LEDGERCTL_SERVER"), defaultServer),
		environmentToken: getenv("LEDGERCTL_TOKEN"),
		language:         languageOf(getenv), output: asTable, timeout: defaultTimeout,
	}
}

// bind gives root the flags that every command has.
func (s *settings) bind(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&s.server, "server", s.server, "address of the server (LEDGERCTL_SERVER)")
	f.StringVar(&s.token, "token", "", "sign-in; better in LEDGERCTL_TOKEN or --token-file, a command line can be seen")
	f.StringVar(&s.tokenFile, "token-file", "", "file that holds the token, readable by its owner only")
	f.Var(&s.language, "lang", "language of the output (default from LC_ALL, LC_MESSAGES, LANG)")
	f.Var(&s.output, "output", "table to read, json for the API's documents, jsonl for one item a line")
	f.DurationVar(&s.timeout, "timeout", s.timeout, "give up after this long without a word from the server")
	f.BoolVar(&s.insecure, "insecure", false, "let the token travel in clear, over plain http beyond this machine")
	root.MarkFlagsMutuallyExclusive("token", "token-file")
}

// address reads --server. Messages do not repeat it, since it may hold a password.
func (s *settings) address() (*url.URL, error) {
	u, err := url.Parse(s.server)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return nil, usage("--server is not an address like %s", defaultServer)
	case u.User != nil:
		return nil, usage("--server takes no user or password: sign in with --token-file or LEDGERCTL_TOKEN")
	case u.RawQuery != "" || u.Fragment != "":
		return nil, usage("--server has something behind its path")
	case s.timeout <= 0:
		return nil, usage("--timeout is longer than nothing")
	}
	return u, nil
}

// secret is the token. What is wrong with it is said without repeating it.
func (s *settings) secret() (string, error) {
	if s.tokenFile != "" {
		token, err := readToken(s.tokenFile)
		if err != nil {
			return "", usageError{fmt.Errorf("--token-file: %w", err)}
		}
		s.token = token
	}
	token := cmp.Or(s.token, s.environmentToken)
	if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
		return "", usage("the token has characters that no token has")
	}
	return token, nil
}

const maxToken = 4096

func readToken(name string) (token string, err error) {
	file, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%s can be read by others: chmod 600 it", name)
	}
	text, err := io.ReadAll(io.LimitReader(file, maxToken+1))
	if err != nil {
		return "", err
	}
	token = strings.TrimSpace(string(text))
	if token == "" || len(text) > maxToken {
		return "", fmt.Errorf("%s does not hold a token", name)
	}
	return token, nil
}

// mayCarry refuses to send a token where others on the way could read it.
func mayCarry(server *url.URL, token string, insecure bool) error {
	if token == "" || insecure || server.Scheme == "https" || isLoopback(server.Hostname()) {
		return nil
	}
	return usage("the token would travel in clear to %s: use https, or --insecure if the way is safe", server.Hostname())
}

// isLoopback tells whether a host is this machine. Of names only localhost counts; nothing is looked up.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
