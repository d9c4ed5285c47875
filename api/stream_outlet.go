package api

import (
	"bufio"
	"fmt"
	"net/http"
	"time"
)

// writePatience is how long a reader may take to accept what is written before it is given up.
const writePatience = 20 * time.Second

// An outlet writes a feed to its reader. Every write has a deadline of its own, in place of the one
// for whole answers: a feed may take as long as it likes, a single write may not. Nothing is kept
// for a slow reader but one buffer.
type outlet struct {
	*bufio.Writer
	to *patientWriter
}

func newOutlet(w http.ResponseWriter, patience time.Duration) *outlet {
	to := &patientWriter{w: w, control: http.NewResponseController(w), patience: patience}
	return &outlet{bufio.NewWriterSize(to, 32<<10), to}
}

// item writes an event as one line.
func (o *outlet) item(i Item) error {
	head := fmt.Appendf(make([]byte, 0, 128), `{"seq":%d,"digest":"%s","event":`, i.Seq, i.Digest)
	for _, part := range [][]byte{head, i.Event, []byte("}\n")} {
		if _, err := o.Write(part); err != nil {
			return &goneError{err}
		}
	}
	return nil
}

// flush sends what is waiting.
func (o *outlet) flush() error {
	if err := o.Flush(); err != nil {
		return &goneError{err}
	}
	if err := o.to.flush(); err != nil {
		return &goneError{err}
	}
	return nil
}

// broken ends a feed that cannot be completed. When the reader has seen a part of it, the connection
// is cut, so that the part is not taken for the whole.
func (o *outlet) broken(err error) error {
	if o.to.began {
		o.to.cut()
	}
	return err
}

// A patientWriter sets a deadline before every write.
type patientWriter struct {
	w        http.ResponseWriter
	control  *http.ResponseController
	patience time.Duration
	began    bool // something may have been sent
}

func (p *patientWriter) Write(b []byte) (int, error) {
	if err := p.begin(); err != nil {
		return 0, err
	}
	n, err := p.w.Write(b)
	if err != nil {
		err = &goneError{err}
	}
	return n, err
}

func (p *patientWriter) flush() error {
	if err := p.begin(); err != nil {
		return err
	}
	return p.control.Flush()
}

// begin sets the deadline of what is written next.
func (p *patientWriter) begin() error {
	p.began = true
	return p.control.SetWriteDeadline(time.Now().Add(p.patience))
}

// cut lets the server fail to write the end of the body, upon which it closes the connection. Where
// no deadline can be set, nothing could be written either.
func (p *patientWriter) cut() { _ = p.control.SetWriteDeadline(time.Unix(1, 0)) }
