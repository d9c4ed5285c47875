package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// What is wrong in a file is told by its line, all of it at once.
func TestSettingsFile(t *testing.T) {
	for text, want := range map[string]string{
		"data = /var/lib/x\n\n# nothing\n  ops=127.0.0.1:1  ": "",
		"witness = a b\nwitness = c d":                        "",
		"archivedir = /x":                                     `line 1: there is no setting "archivedir": is it archive-dir?`,
		"\nArchive_Dir = /x":                                  `line 2: there is no setting "Archive_Dir": is it archive-dir?`,
		"colour = red":                                        "line 1: there is no setting \"colour\"; `ledgerd config` prints all of them",
		"demo = true":                                         `line 1: there is no setting "demo"`,
		"config = other":                                      `line 1: there is no setting "config"`,
		"data":                                                `line 1: "data" is not of the form name = value`,
		`data = "/x"`:                                         "line 1: the value of data is written without quotes",
		"data = /x\nops = 1\ndata = /y":                       "line 3: data is set a second time",
		"a = 1\nb = 2":                                        "line 2: there is no setting \"b\"",
	} {
		_, err := parseSettings([]byte(text))
		if got := errorText(err); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// A flag counts before a variable, and a variable before the file.
func TestWhichSettingCounts(t *testing.T) {
	file := writeFile(t, "conf", "data = from-file\norigin = from-file/1\nops = 127.0.0.1:7\nwitness = k1 u1\nwitness = k2 u2\n")
	t.Setenv("LEDGERD_DATA", "from-environment")
	t.Setenv("LEDGERD_OPS", "127.0.0.1:8")
	t.Setenv("LEDGERD_CONFIG", file)
	var cfg Config
	cmd := &cobra.Command{}
	cfg.bind(cmd.Flags())
	if err := cmd.ParseFlags([]string{"--ops", "127.0.0.1:9"}); err != nil {
		t.Fatal(err)
	}
	if err := cfg.completeFor(cmd); err != nil {
		t.Fatal(err)
	}
	if cfg.Ops != "127.0.0.1:9" || cfg.Data != "from-environment" || cfg.Origin != "from-file/1" || !slices.Equal(cfg.Witnesses, []string{"k1 u1", "k2 u2"}) {
		t.Errorf("%+v", cfg)
	}
	if cfg.KeyDir != filepath.Join("from-environment", "keys") {
		t.Errorf("the key directory is %s", cfg.KeyDir)
	}
}

// A value that a setting cannot have is told with the file and the line.
func TestSettingOfTheWrongKind(t *testing.T) {
	file := writeFile(t, "conf", "# one\nscrub-rate = fast\n")
	code, output := runToEnd(t, "serve", "--config", file)
	if code != exitUsage || !strings.Contains(output, file+", line 2: scrub-rate:") {
		t.Errorf("exit %d:\n%s", code, output)
	}
	if code, output := runToEnd(t, "verify", "--config", file, "--data", t.TempDir()); code != exitFailure || !strings.Contains(output, "nothing is sealed") {
		t.Errorf("a setting that is not the command's: exit %d:\n%s", code, output)
	}
	if code, output := runToEnd(t, "serve", "--config", filepath.Join(t.TempDir(), "none")); code != exitUsage {
		t.Errorf("no file: exit %d:\n%s", code, output)
	}
}

// An address that cannot be listened on, or that more can reach than may, is told with what to write instead.
func TestAddressIsRefused(t *testing.T) {
	for _, c := range []struct{ flag, address, words string }{
		{"--listen", "8080", "no HOST:PORT, such as 127.0.0.1:8080"},
		{"--ops", "localhost", "no HOST:PORT, such as 127.0.0.1:8080"},
		{"--listen", "0.0.0.0:0", "give --tls-cert and --tls-key, or --behind-proxy"},
		{"--ops", "0.0.0.0:0", "stays on loopback"},
	} {
		if code, output := runToEnd(t, "serve", "--data", t.TempDir(), c.flag, c.address); code != exitUsage || !strings.Contains(output, c.words) {
			t.Errorf("%s %s: exit %d:\n%s", c.flag, c.address, code, output)
		}
	}
}

// commented is a setting of the sample that has to be uncommented.
var commented = regexp.MustCompile(`(?m)^#([a-z])`)

// Every setting is documented once, and what is printed can be read.
func TestSampleDocumentsEverySetting(t *testing.T) {
	sample, err := sampleConfig()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range settingNames() {
		if n := strings.Count(sample, "\n#"+name+" ="); n != 1 {
			t.Errorf("%s stands %d times in the sample", name, n)
		}
	}
	uncommented := commented.ReplaceAllString(sample, "$1")
	settings, err := parseSettings([]byte(uncommented))
	if err != nil || len(settings) != len(settingNames()) {
		t.Errorf("%d settings are read back of %d: %v", len(settings), len(settingNames()), err)
	}
	for _, word := range []string{"ArchiveDir", "TLSCert", "BehindProxy", "CheckpointDir"} {
		if strings.Contains(sample, word) {
			t.Errorf("the sample speaks of %s, which is a name in the source", word)
		}
	}
}

// The sample that lies beside the other files for installing is the one that the program prints.
func TestSampleIsInStep(t *testing.T) {
	sample, err := sampleConfig()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join("deploy", "starledger.conf"))
	if err != nil || string(kept) != sample {
		t.Errorf("deploy/starledger.conf is not what `ledgerd config` prints: run make generate (%v)", err)
	}
}

func FuzzParseSettings(f *testing.F) {
	for _, seed := range []string{"data = /x\n", "# a\n\nwitness = a b\nwitness = c d\n", "x", "=", "data = \"\"", "data=\x00\r\n"} {
		f.Add([]byte(seed))
	}
	known := settingNames()
	f.Fuzz(func(t *testing.T, text []byte) {
		settings, err := parseSettings(text)
		for _, s := range settings {
			if !slices.Contains(known, s.name) || strings.ContainsAny(s.value, "\n") || s.line < 1 {
				t.Errorf("%+v, %v", s, err)
			}
		}
		if err != nil && !strings.Contains(err.Error(), "line ") && len(text) < 1<<16 {
			t.Errorf("no line in %v", err)
		}
	})
}
