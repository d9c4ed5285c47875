package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// setting is one line of a configuration file.
type setting struct {
	line        int
	name, value string
}

// repeatable are the settings that may stand in several lines.
var repeatable = []string{"witness"}

// parseSettings reads a configuration file: lines of
//
//	name = value
//
// with the names of the flags of `ledgerd serve`. A value goes to the end of its line, without the
// spaces around it and without quotes. Empty lines, and lines that begin with #, say nothing. Every
// mistake in the file is named with its line, not only the first.
func parseSettings(text []byte) (settings []setting, err error) {
	known := settingNames()
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, found := strings.Cut(line, "=")
		s := setting{line: n, name: strings.TrimSpace(name), value: strings.TrimSpace(value)}
		mistake := ""
		switch {
		case !found:
			mistake = fmt.Sprintf("%q is not of the form name = value", line)
		case !slices.Contains(known, s.name):
			mistake = fmt.Sprintf("there is no setting %q%s", s.name, nearest(s.name, known))
		case strings.HasPrefix(s.value, `"`):
			mistake = fmt.Sprintf("the value of %s is written without quotes", s.name)
		case !slices.Contains(repeatable, s.name) && slices.ContainsFunc(settings, func(o setting) bool { return o.name == s.name }):
			mistake = fmt.Sprintf("%s is set a second time", s.name)
		}
		if mistake != "" {
			err = errors.Join(err, fmt.Errorf("line %d: %s", n, mistake))
			continue
		}
		settings = append(settings, s)
	}
	return settings, errors.Join(err, lines.Err())
}

// settingNames are the flags of serve but those that only make sense when somebody types them.
func settingNames() (names []string) {
	flags := pflag.NewFlagSet("serve", pflag.ContinueOnError)
	(&Config{}).bind(flags)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name != "config" && f.Name != "demo" {
			names = append(names, f.Name)
		}
	})
	return names
}

// nearest is the setting that was probably meant: the same letters, whatever stands between them.
func nearest(name string, known []string) string {
	plain := func(s string) string {
		return strings.ToLower(strings.NewReplacer("-", "", "_", "", ".", "").Replace(s))
	}
	for _, k := range known {
		if plain(k) == plain(name) || len(name) > 2 && strings.HasPrefix(plain(k), plain(name)) {
			return fmt.Sprintf(": is it %s?", k)
		}
	}
	return "; `ledgerd config` prints all of them"
}

// fromFile gives every flag that neither the command line nor the environment has set what the file
// says. A setting of serve that another command has no flag for is not its business.
func fromFile(f *pflag.FlagSet, path string) error {
	if path == "" {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("--config: %w", err)
	}
	settings, err := parseSettings(text)
	if err != nil {
		return fmt.Errorf("--config %s: %w", path, err)
	}
	before := map[string]bool{}
	f.Visit(func(flag *pflag.Flag) { before[flag.Name] = true })
	for _, s := range settings {
		if f.Lookup(s.name) == nil || before[s.name] {
			continue
		}
		if err := f.Set(s.name, s.value); err != nil {
			return fmt.Errorf("--config %s, line %d: %s: %w", path, s.line, s.name, err)
		}
	}
	return nil
}
