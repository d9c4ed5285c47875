package main

import (
	"debug/elf"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The program needs no library of the system it runs on.
func TestProgramIsStatic(t *testing.T) {
	program, err := elf.Open(filepath.Join(built(t), "ledgerd"))
	if err != nil {
		t.Fatal(err)
	}
	defer program.Close() // it was only read
	for _, part := range program.Progs {
		if part.Type == elf.PT_INTERP || part.Type == elf.PT_DYNAMIC {
			t.Errorf("it has a %v segment: it is linked to libraries", part.Type)
		}
	}
}

func deployed(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The unit is one that systemd takes without a warning, and leaves the service next to nothing.
func TestUnit(t *testing.T) {
	unit := deployed(t, "starledger.service")
	flagsAreKnown(t, regexp.MustCompile(`(?m)^ExecStart=.*$`).FindString(unit))
	for _, line := range []string{"Type=notify", "ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "StateDirectoryMode=0700", "RestartPreventExitStatus=2 3 4"} {
		if !strings.Contains(unit, "\n"+line+"\n") {
			t.Errorf("the unit lacks %s", line)
		}
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Logf("not verified by systemd: %v", err)
		return
	}
	copied := filepath.Join(t.TempDir(), "starledger.service")
	installed := strings.ReplaceAll(unit, "/usr/local/bin/ledgerd", os.Args[0])
	if err := os.WriteFile(copied, []byte(installed), 0o600); err != nil {
		t.Fatal(err)
	}
	if text, err := exec.Command(analyze, "verify", "--man=no", copied).CombinedOutput(); err != nil || len(text) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, text)
	}
	// 10 is a service that may do anything, 0 one that may do nothing; --threshold counts in tenths.
	if text, err := exec.Command(analyze, "security", "--offline=true", "--threshold=15", copied).CombinedOutput(); err != nil {
		t.Errorf("systemd-analyze security: %v\n%s", err, text)
	}
}

// flagsAreKnown finds flags that the program does not have.
func flagsAreKnown(t *testing.T, command string) {
	t.Helper()
	found := regexp.MustCompile(`--([a-z-]+)`).FindAllStringSubmatch(command, -1)
	serve, _, err := newRoot().Find([]string{"serve"})
	if err != nil || len(found) == 0 {
		t.Fatalf("%v in %q", err, command)
	}
	for _, flag := range found {
		if serve.Flags().Lookup(flag[1]) == nil {
			t.Errorf("there is no flag --%s", flag[1])
		}
	}
}

// The container file copies what is there, names flags that there are, and does not run as root.
func TestContainerfile(t *testing.T) {
	text := deployed(t, "Containerfile")
	flagsAreKnown(t, regexp.MustCompile(`(?m)^CMD .*$`).FindString(text))
	for _, copied := range regexp.MustCompile(`(?m)^COPY ([^-].*) \S+$`).FindAllStringSubmatch(text, -1) {
		for path := range strings.FieldsSeq(copied[1]) {
			if _, err := os.Stat(filepath.Join("..", "..", path)); err != nil {
				t.Errorf("it copies what is not there: %v", err)
			}
		}
	}
	last := text[strings.LastIndex(text, "\nFROM "):]
	for _, want := range []string{"FROM scratch", "USER 65532:65532", `VOLUME ["/data", "/archive", "/checkpoints"]`, "ca-certificates.crt"} {
		if !strings.Contains(last, want) {
			t.Errorf("the last stage lacks %s", want)
		}
	}
	left := strings.Split(read(t, filepath.Join("..", "..", ".containerignore")), "\n")
	for line := range strings.Lines(read(t, filepath.Join("..", "..", ".gitignore"))) { // keys of a demo, among others
		dir, isDir := strings.CutSuffix(strings.TrimSpace(line), "/")
		if isDir && strings.HasPrefix(dir, "/") && !slices.Contains(left, dir) {
			t.Errorf("it copies %s, which is not of the sources", dir)
		}
	}
	goVersion := regexp.MustCompile(`(?m)^go (1\.\d+)`).FindStringSubmatch(read(t, filepath.Join("..", "..", "go.mod")))[1]
	if !strings.Contains(text, "golang:"+goVersion+"-") {
		t.Errorf("it does not build with Go %s", goVersion)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// systemd is told when the ledger serves, and nobody is where nobody asked.
func TestNotifyReady(t *testing.T) {
	if err := notifyReady(); err != nil {
		t.Errorf("without systemd: %v", err)
	}
	path := filepath.Join(t.TempDir(), "notify")
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	t.Setenv("NOTIFY_SOCKET", path)
	if err := notifyReady(); err != nil {
		t.Fatal(err)
	}
	told := make([]byte, 100)
	n, err := socket.Read(told)
	if err != nil || string(told[:n]) != "READY=1" {
		t.Errorf("told %q, %v", told[:n], err)
	}
}
