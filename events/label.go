package events

import "fmt"

// Label is how people number what stands outside an audit's findings and points: a capital letter for
// the kind and a count from 1, as in A1 approval, Q1 qualification, O1 outlet, P1 population, W1 draw.
type Label string

// UnmarshalText accepts the grammar of Label.
func (l *Label) UnmarshalText(b []byte) error {
	ok := len(b) >= 2 && len(b) <= 8 && 'A' <= b[0] && b[0] <= 'Z' && b[1] != '0' && isDigits(string(b[1:]), 7)
	if !ok {
		return fmt.Errorf("%q is not a label like A1", clip(b))
	}
	*l = Label(b)
	return nil
}

// Labelled is the n-th Label of a kind.
func Labelled(kind byte, n int) Label { return Label(fmt.Sprintf("%c%d", kind, n)) }
