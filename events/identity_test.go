package events

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"slices"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

func TestIDsIncreaseWhenTheClockDoesNot(t *testing.T) {
	ids := NewIDs(rand.Reader)
	now := time.Date(2026, 11, 1, 2, 2, 0, 0, time.UTC)
	last := ""
	for i, at := range []time.Time{now, now, now.Add(time.Millisecond), now.Add(-time.Hour), now, now.Add(time.Second)} {
		id := nextID(t, ids, at)
		if id <= last {
			t.Errorf("id %d is %s, not after %s", i, id, last)
		}
		last = id
	}
}

func TestIDsIncreaseForEveryCallerAndAreUnique(t *testing.T) {
	const callers, each = 8, 500
	ids := NewIDs(rand.Reader)
	now := time.Now()
	made := make([][]string, callers)
	var wait sync.WaitGroup
	for caller := range callers {
		wait.Go(func() {
			for i := range each { // every other one by a clock that went back
				made[caller] = append(made[caller], nextID(t, ids, now.Add(-time.Duration(i%2)*time.Second)))
			}
		})
	}
	wait.Wait()
	var all []string
	for _, list := range made {
		if !slices.IsSorted(list) {
			t.Error("a caller got ids that go back")
		}
		all = append(all, list...)
	}
	slices.Sort(all)
	if unique := slices.Compact(all); len(unique) != callers*each {
		t.Errorf("%d ids, %d of them different", callers*each, len(unique))
	}
}

func nextID(t *testing.T, ids *IDs, at time.Time) string {
	id, err := ids.Next(at)
	if err != nil {
		t.Error(err)
	}
	if err := new(EventID).UnmarshalText([]byte(id)); err != nil {
		t.Error(err)
	}
	return id
}

var errNoRandomness = errors.New("no randomness")

func TestNoIdentityWithoutRandomness(t *testing.T) {
	if id, err := NewIDs(iotest.ErrReader(errNoRandomness)).Next(time.Now()); !errors.Is(err, errNoRandomness) {
		t.Errorf("got %q, %v", id, err)
	}
	if text, err := RandomText(bytes.NewReader(make([]byte, 15)), 16); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %q, %v", text, err)
	}
}

func TestRandomTextHasTheFormOfNonceAndSalt(t *testing.T) {
	nonce, err := RandomText(rand.Reader, 16)
	if err != nil {
		t.Fatal(err)
	}
	if err := new(Random16).UnmarshalText([]byte(nonce)); err != nil {
		t.Error(err)
	}
	salt, err := RandomText(rand.Reader, 32)
	if err != nil {
		t.Fatal(err)
	}
	if err := new(Random32).UnmarshalText([]byte(salt)); err != nil {
		t.Error(err)
	}
}
