package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// errDiffers ends the comparison of a page.
var errDiffers = errors.New("differs")

// checkPages writes the pages again and compares them. Another version of the program writes other
// pages, so a difference is a warning: what such a page shows is not vouched for.
func (v *verification) checkPages(o *Outcome) error {
	f := factsOf(v.head, v.id, v.profile())
	for name, want := range map[string][]byte{nameReadmeZH: readme(zh, f), nameReadmeEN: readme(en, f)} {
		if err := v.comparePage(o, name, func(w io.Writer) error {
			_, err := w.Write(want)
			return err
		}); err != nil {
			return err
		}
	}
	r, err := v.asReport()
	if err != nil {
		return err
	}
	return v.comparePage(o, nameReport, func(w io.Writer) error { return writeReport(w, r) })
}

func (v *verification) asReport() (Report, error) {
	r := Report{Origin: v.head.Origin, Profile: string(v.profile()), Checkpoint: v.note}
	var err error
	if r.Policy, err = v.archive.bytes(namePolicy); err != nil {
		return r, err
	}
	if r.Score, err = v.archive.bytes(nameExpected); err != nil {
		return r, err
	}
	err = r.add(v.told(), v.book, v.events, func(seq uint64) ([]byte, error) {
		if !v.archive.has(proofName(seq)) {
			return nil, nil
		}
		return v.archive.bytes(proofName(seq))
	})
	return r, err
}

// add puts in the cases, the one that the report is about first: their events with their proofs, and how
// their scores come about.
func (r *Report) add(cases []*events.Case, book *scoring.Book, list []*events.Stored, proofOf func(seq uint64) ([]byte, error)) error {
	told := make([]ReportCase, len(cases))
	places := map[events.CaseID]*ReportCase{}
	for i, c := range cases {
		calculated, err := reportCalculation(c, book)
		if err != nil {
			return err
		}
		told[i] = ReportCase{Case: string(c.ID), Calculation: calculated}
		if told[i].Score, err = claimsOf([]*events.Case{c}, book); err != nil {
			return err
		}
		places[c.ID] = &told[i]
	}
	for _, e := range list {
		place := places[e.Subject]
		if place == nil {
			continue
		}
		text, err := proofOf(e.Seq)
		if err != nil {
			return err
		}
		place.Events = append(place.Events, ReportEvent{Seq: e.Seq, Body: e.Body, Proof: text})
	}
	about := told[0]
	r.Case, r.Calculation, r.Events, r.Cases = about.Case, about.Calculation, about.Events, told[1:]
	if len(r.Cases) > 0 {
		r.Score = about.Score
	}
	return nil
}

func (v *verification) comparePage(o *Outcome, name string, write func(io.Writer) error) error {
	from, err := v.archive.open(name)
	if err != nil {
		return err
	}
	defer from.Close()
	same := &sameAs{from: from}
	err = write(same)
	if err == nil {
		err = same.ended()
	}
	if errors.Is(err, errDiffers) {
		o.warn(in(name, checks.Wording{
			ZH: "与本程序由这些记录生成的页面不同（其他版本，或被改动）：勿以此页为据",
			EN: "is not the page that this program makes of these events (another version, or altered): do not rely on it",
		}))
		return nil
	}
	return err
}

// sameAs is a writer that fails with errDiffers where it is not given what it reads.
type sameAs struct {
	from io.Reader
	held []byte
}

func (s *sameAs) Write(p []byte) (int, error) {
	if cap(s.held) < len(p) {
		s.held = make([]byte, len(p))
	}
	held := s.held[:len(p)]
	if _, err := io.ReadFull(s.from, held); errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, errDiffers
	} else if err != nil {
		return 0, fmt.Errorf("read the page: %w", err)
	}
	if !bytes.Equal(held, p) {
		return 0, errDiffers
	}
	return len(p), nil
}

func (s *sameAs) ended() error {
	var one [1]byte
	n, err := io.ReadFull(s.from, one[:])
	if n > 0 {
		return errDiffers
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
