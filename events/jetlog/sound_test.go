package jetlog

import (
	"context"
	"testing"
)

// Whatever the blocks hold, Sound agrees with Scan: every test of Scan compares the two. A look that was
// broken off has seen nothing, so a start that is called off takes no store for sound.
func TestSoundIsNothingThatWasBrokenOff(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	write(t, l, 20, 200, 1)
	l.Close()
	if ends, ok := Sound(t.Context(), dir); !ok || ends != 20 {
		t.Fatalf("%d, %v, want a sound store of 20", ends, ok)
	}
	over, stop := context.WithCancel(t.Context())
	stop()
	if ends, ok := Sound(over, dir); ok {
		t.Fatalf("sound up to %d, though nobody looked", ends)
	}
}
