package projections

import (
	"errors"
	"slices"
	"testing"
)

func TestQueueKeepsTheOrder(t *testing.T) {
	q := newQueue()
	defer q.close()
	var got, want []int
	for i := range 5 * queued {
		want = append(want, i)
		if err := q.do(func() error { got = append(got, i); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if err := q.wait(); err != nil || !slices.Equal(got, want) {
		t.Fatalf("%v, %v", got, err)
	}
}

// What comes after a job that failed must not be written: it would be a batch with a hole.
func TestQueueStopsAtAnError(t *testing.T) {
	q := newQueue()
	defer q.close()
	full, ran := errors.New("the disk is full"), 0
	for i := range 10 {
		_ = q.do(func() error { // told by wait
			ran++
			if i == 3 {
				return full
			}
			return nil
		})
	}
	if err := q.wait(); !errors.Is(err, full) || ran != 4 {
		t.Fatalf("%d jobs were run, %v", ran, err)
	}
	if err := q.do(func() error { t.Error("it was run"); return nil }); !errors.Is(err, full) {
		t.Fatal(err)
	}
	if err := q.wait(); !errors.Is(err, full) {
		t.Fatal(err)
	}
}
