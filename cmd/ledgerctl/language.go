package main

import "strings"

// A language is one of the two the ledger speaks.
type language string

const (
	chinese language = "zh"
	english language = "en"
)

// Set accepts zh and en; it makes language a flag.
func (l *language) Set(s string) error {
	switch language(s) {
	case chinese, english:
		*l = language(s)
		return nil
	}
	return usage("the languages are zh and en")
}

func (l *language) String() string { return string(*l) }

// Type names the values in --help.
func (l *language) Type() string { return "zh|en" }

// languageOf reads the user's language from the environment, the stronger variable first (POSIX).
func languageOf(getenv func(string) string) language {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := getenv(name); locale != "" {
			if strings.HasPrefix(strings.ToLower(locale), "zh") {
				return chinese
			}
			return english
		}
	}
	return english
}

// A phrase says the same in both languages.
type phrase struct{ zh, en string }

func (p phrase) in(l language) string {
	if l == chinese {
		return p.zh
	}
	return p.en
}

func phrasesIn(l language, phrases ...phrase) []string {
	words := make([]string, len(phrases))
	for i, p := range phrases {
		words[i] = p.in(l)
	}
	return words
}
