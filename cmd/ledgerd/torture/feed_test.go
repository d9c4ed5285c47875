package torture

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// feeds follow the ledger live, one at each node, and come again where they were whenever they lose it.
type feeds struct {
	w      *world
	cancel context.CancelFunc
	group  sync.WaitGroup

	mu  sync.Mutex
	at  []uint64
	now chan struct{} // closed and replaced when one moves
}

func startFeeds(ctx context.Context, w *world) *feeds {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f := &feeds{w: w, cancel: cancel, at: make([]uint64, len(w.nodes)), now: make(chan struct{})}
	for i := range w.nodes {
		f.group.Go(func() {
			for ctx.Err() == nil {
				f.follow(ctx, i)
				pauseUnless(false)
			}
		})
	}
	w.t.Cleanup(func() {
		cancel()
		f.group.Wait()
	})
	return f
}

// follow reads one stream until it ends. Each event must be the next.
func (f *feeds) follow(ctx context.Context, i int) {
	url := f.w.nodes[i].address()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/v1/events", nil)
	if err != nil || url == "" {
		return
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Accept", "text/event-stream")
	request.Header.Set("Last-Event-ID", fmt.Sprint(f.at[i]))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		id, isID := strings.CutPrefix(lines.Text(), "id: ")
		seq, err := strconv.ParseUint(id, 10, 64)
		if isID && err == nil && !f.move(i, seq) {
			return
		}
	}
}

func (f *feeds) move(i int, seq uint64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if seq != f.at[i]+1 {
		f.w.t.Errorf("the feed of %s goes from %d to %d", f.w.nodes[i].name, f.at[i], seq)
		return false
	}
	f.at[i] = seq
	close(f.now)
	f.now = make(chan struct{})
	return true
}

// wait returns when every feed has brought everything.
func (f *feeds) wait(last uint64) {
	timer := time.NewTimer(readyWithin)
	defer timer.Stop()
	for i := range f.at {
		for {
			f.mu.Lock()
			at, moved := f.at[i], f.now
			f.mu.Unlock()
			if at >= last {
				break
			}
			select {
			case <-moved:
			case <-timer.C:
				f.w.t.Errorf("the feed of %s ends at %d, not at %d", f.w.nodes[i].name, at, last)
				return
			}
		}
	}
	f.cancel()
}
