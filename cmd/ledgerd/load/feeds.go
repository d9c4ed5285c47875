package load

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"
)

const (
	mostLine = 1 << 20
	sseMedia = "text/event-stream"
	allMedia = "application/x-ndjson"
)

// follower reads the live feed of the whole ledger. Ids have to follow one another: a gap or a repetition
// is an error. How late an event came is told by its recorded time, on the same clock.
func (r *run) follower(ctx context.Context) {
	after := r.book.last()
	for ctx.Err() == nil {
		err := r.followFrom(ctx, &after)
		if ctx.Err() != nil {
			return
		}
		var turned *turnedAway
		if errors.As(err, &turned) {
			r.told.turnedAway.Add(1)
			_ = pause(ctx, turned.retry) // ended by the run alone
			continue
		}
		r.told.failed(fmt.Errorf("follow after %d: %w", after, err))
		_ = pause(ctx, time.Second)
	}
}

// turnedAway is a feed that was refused for now.
type turnedAway struct{ retry time.Duration }

func (t *turnedAway) Error() string { return "turned away" }

// open asks for a feed in one of its long forms.
func (r *run) open(ctx context.Context, path, accept string) (io.ReadCloser, error) {
	response, err := r.client.send(ctx, r.People.Quality, http.MethodGet, path, "", accept, nil)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == http.StatusOK {
		return response.Body, nil
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, mostLine))
	err = errors.Join(err, response.Body.Close())
	if seconds, _ := strconv.Atoi(response.Header.Get("Retry-After")); response.StatusCode == http.StatusServiceUnavailable && seconds > 0 {
		return nil, &turnedAway{time.Duration(seconds) * time.Second}
	}
	return nil, fmt.Errorf("GET %s: %d %.300s: %w", path, response.StatusCode, text, errors.Join(err, errForeign))
}

func (r *run) followFrom(ctx context.Context, after *uint64) error {
	body, err := r.open(ctx, fmt.Sprintf("/v1/events?after=%d", *after), sseMedia)
	if err != nil {
		return err
	}
	defer body.Close()
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, mostLine)
	for lines.Scan() {
		line := lines.Bytes()
		if id, is := bytes.CutPrefix(line, []byte("id: ")); is {
			seq, err := strconv.ParseUint(string(id), 10, 64)
			if err != nil || seq != *after+1 {
				return fmt.Errorf("event %s follows %d: %w", id, *after, errors.Join(err, errForeign))
			}
			*after = seq
		} else if data, is := bytes.CutPrefix(line, []byte("data: ")); is {
			r.told.took("live event", late(data))
		}
	}
	return errors.Join(lines.Err(), io.ErrUnexpectedEOF)
}

// late is how long ago an event was recorded.
func late(event []byte) time.Duration {
	_, after, found := bytes.Cut(event, []byte(`"time":"`))
	text, _, closed := bytes.Cut(after, []byte(`"`))
	at, err := time.Parse(time.RFC3339Nano, string(text))
	if !found || !closed || err != nil {
		return 0
	}
	return max(time.Since(at), 0)
}

// replays are assessors: all of them begin at once, again and again.
func (r *run) replays(ctx context.Context) {
	for r.Replays > 0 && ctx.Err() == nil {
		began := time.Now()
		var round sync.WaitGroup
		for range r.Replays {
			round.Go(func() {
				_, err := r.replay(ctx, "replay of all", 0, nil)
				var turned *turnedAway
				switch {
				case errors.As(err, &turned):
					r.told.turnedAway.Add(1)
				case err != nil && ctx.Err() == nil:
					r.told.failed(err)
				}
			})
		}
		round.Wait()
		if pause(ctx, max(r.Every-time.Since(began), time.Millisecond)) != nil {
			return
		}
	}
}

// stored is what a line of a replay says of an event.
type stored struct {
	Seq   uint64 `json:"seq"`
	Event struct {
		ID string `json:"id"`
	} `json:"event"`
}

// replay reads the ledger from its beginning to where it stands, at least to a sequence, without a gap, and
// shows each line.
func (r *run) replay(ctx context.Context, kind string, least uint64, each func(line []byte) error) (last uint64, err error) {
	began := time.Now()
	body, err := r.open(ctx, fmt.Sprintf("/v1/events?after=0&min_seq=%d", max(least, 1)), allMedia)
	if err != nil {
		return 0, err
	}
	defer body.Close()
	lines := bufio.NewScanner(body)
	lines.Buffer(nil, mostLine)
	for lines.Scan() {
		last++
		if want := fmt.Appendf(nil, `{"seq":%d,`, last); !bytes.HasPrefix(lines.Bytes(), want) {
			return last, fmt.Errorf("line %d of a replay is %.60s: %w", last, lines.Bytes(), errForeign)
		}
		if each != nil {
			if err := each(lines.Bytes()); err != nil {
				return last, err
			}
		}
	}
	if err := lines.Err(); err != nil {
		return last, fmt.Errorf("replay after line %d: %w", last, err)
	}
	r.told.took(kind, time.Since(began))
	return last, nil
}

// checkLedger replays once more and holds every acknowledgement against what is there.
func (r *run) checkLedger(ctx context.Context, report *Report) error {
	missing := r.book.copied()
	last, err := r.replay(ctx, "last replay", r.book.last(), func(line []byte) error {
		var s stored
		if err := json.Unmarshal(line, &s); err != nil {
			return fmt.Errorf("read a line of the replay: %w", err)
		}
		if missing[s.Seq] == identity(s.Event.ID) {
			delete(missing, s.Seq)
		}
		return nil
	})
	report.Events, report.Lost = last, len(missing)
	return err
}
