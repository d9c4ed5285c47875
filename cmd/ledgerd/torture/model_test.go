package torture

import (
	"fmt"
	"time"

	"github.com/anishathalye/porcupine"
)

// What clients do to a case, of which the model keeps one number: how many events it has.
type kind int

const (
	reading   kind = iota // tells how many there are
	posting               // adds one
	comparing             // adds one if there are as many as expected
)

type input struct {
	kind     kind
	expected uint64
}

type output struct {
	known   bool
	stored  bool
	caseSeq uint64
}

// aCase is how a case would behave if there were one of it and everybody came one after another.
var aCase = porcupine.Model{
	Init: func() any { return uint64(1) }, // opened
	Step: func(state, in, out any) (bool, any) {
		have, asked, told := state.(uint64), in.(input), out.(output)
		switch {
		case asked.kind == reading:
			return told.caseSeq == have, have
		case asked.kind == comparing && !told.stored:
			return asked.expected != have, have
		case asked.kind == comparing && asked.expected != have:
			return false, have
		}
		return told.caseSeq == have+1, have + 1
	},
	DescribeOperation: func(in, out any) string { return fmt.Sprintf("%+v -> %+v", in, out) },
}

// checkWithin bounds the check of one case; the histories are short, so it takes milliseconds.
const checkWithin = time.Minute

// linearizable checks the history of every case.
func (c *crowd) linearizable() {
	c.w.t.Helper()
	for path, ops := range c.history {
		switch result := porcupine.CheckOperationsTimeout(aCase, ops, checkWithin); result {
		case porcupine.Ok:
		default:
			c.w.t.Errorf("the history of %s, %d operations: %s", path, len(ops), result)
		}
	}
}
