package projections

import "sync/atomic"

// queued is how many jobs may wait: enough for both sides to go on when one is slow for a moment, as where
// many traces are added at once.
const queued = 256

// A queue runs what is to be written on a goroutine of its own, in order, so that the next events are
// folded meanwhile. After a job has failed none is run any more, and every call returns its error.
type queue struct {
	jobs   chan job
	ended  chan struct{}
	failed atomic.Pointer[error]
}

type job struct {
	run  func() error
	done chan<- struct{} // closed when everything before the job is done; nil when nobody asks
}

func newQueue() *queue {
	q := &queue{jobs: make(chan job, queued), ended: make(chan struct{})}
	go q.work()
	return q
}

func (q *queue) work() {
	defer close(q.ended)
	for j := range q.jobs {
		if j.done != nil {
			close(j.done)
		} else if q.err() == nil {
			if err := j.run(); err != nil {
				q.failed.Store(&err)
			}
		}
	}
}

func (q *queue) err() error {
	if failed := q.failed.Load(); failed != nil {
		return *failed
	}
	return nil
}

// do lets a job be run after those before it.
func (q *queue) do(run func() error) error {
	q.jobs <- job{run: run}
	return q.err()
}

// wait returns when every job is done.
func (q *queue) wait() error {
	done := make(chan struct{})
	q.jobs <- job{done: done}
	<-done
	return q.err()
}

// close ends the queue when every job is done or given up. Nothing may be done with it afterwards.
func (q *queue) close() {
	close(q.jobs)
	<-q.ended
}
