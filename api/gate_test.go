package api

import (
	"context"
	"errors"
	"testing"
)

// Many are within together; one alone is within when nobody else is, and nobody enters meanwhile.
func TestGate(t *testing.T) {
	g := newGate()
	over, cancel := context.WithCancel(t.Context())
	cancel()
	enter := func(how func(context.Context) (func(), error)) func() {
		t.Helper()
		leave, err := how(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return leave
	}
	refused := func(how func(context.Context) (func(), error)) {
		t.Helper()
		for range 100 { // where both could go on, either is chosen
			if leave, err := how(over); err == nil {
				leave()
			} else if !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
		}
		if leave, err := how(over); err == nil {
			leave()
			t.Error("it entered")
		}
	}
	one, two := enter(g.pass), enter(g.pass)
	waiting := make(chan func())
	go func() {
		leave, err := g.alone(t.Context())
		if err != nil {
			t.Error(err)
		}
		waiting <- leave
	}()
	one()
	select {
	case <-waiting:
		t.Fatal("alone beside another")
	default:
	}
	two()
	alone := <-waiting
	refused(g.pass)
	refused(g.alone)
	alone()
	enter(g.pass)()
	enter(g.alone)()
	if len(g) != 0 {
		t.Errorf("%d places are taken", len(g))
	}
}
