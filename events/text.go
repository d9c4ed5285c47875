package events

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// Text is what a person wrote: 1 to 4000 characters, not only white space, without control
// characters other than line feed and tab.
type Text string

// MaxText is the longest Text, in characters.
const MaxText = 4000

// UnmarshalText accepts the grammar of Text.
func (t *Text) UnmarshalText(b []byte) error {
	if err := checkText(b); err != nil {
		return err
	}
	*t = Text(b)
	return nil
}

func isText(b []byte) bool { return checkText(b) == nil }

func checkText(b []byte) error {
	switch {
	case isBlank(b):
		return fmt.Errorf("the text is empty")
	case len(b) > MaxText && utf8.RuneCount(b) > MaxText:
		return fmt.Errorf("the text has more than %d characters", MaxText)
	case hasControl(b):
		return fmt.Errorf("the text has a control character")
	}
	return nil
}

func isBlank(b []byte) bool {
	for _, r := range string(b) {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// hasControl tells whether b has a control character that no text has. It need not look at characters:
// those of several bytes have none below 0x80.
func hasControl(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return true
		}
	}
	return false
}
