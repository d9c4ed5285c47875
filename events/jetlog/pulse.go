package jetlog

import (
	"context"
	"time"
)

// pulseEvery is how often a process asks the cluster where the log ends. What it appends itself it
// knows at once; so late at most it learns what others have appended.
const pulseEvery = 50 * time.Millisecond

// followEnd moves the horizon as other nodes append. It asks instead of being told: there is no consumer
// whose state could be lost with a server, and the answer says whether the leader is still one.
func (l *Log) followEnd() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-l.closed:
			cancel()
		case <-ctx.Done():
		}
	}()
	ticker := time.NewTicker(pulseEvery)
	defer ticker.Stop()
	for {
		if _, err := l.source.last(ctx); err != nil && ctx.Err() == nil {
			l.remote.cfg.Logger.Warn("the end of the log is not known", "error", err)
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}
