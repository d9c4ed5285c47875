package api

import (
	"errors"
	"net/http"

	"starledger/events/seal"
)

// getProof proves that an event is in the log: the path from its leaf to a signed checkpoint. Whoever
// may read the event may have its proof; to anybody else there is neither.
func (s *Server) getProof(w http.ResponseWriter, c *call) error {
	log, err := s.sealed()
	if err != nil {
		return err
	}
	if err := s.caughtUp(c); err != nil {
		return err
	}
	seq, err := s.seqAt(c)
	if err != nil {
		return err
	}
	if err := s.mayProve(c, seq); err != nil {
		return err
	}
	text, err := log.Sealer.Proof(seq)
	if errors.Is(err, seal.ErrNotSealed) {
		return s.tooEarly()
	}
	if err != nil {
		return err
	}
	return writeBytes(w, http.StatusOK, plainText, text)
}

// mayProve is mayReadEvent without the event, where the caller may read every one: to read one out of a large
// log costs more than to prove it, since a whole block of the store has to be found and read.
func (s *Server) mayProve(c *call, seq uint64) error {
	within, err := s.reach(c)
	if err != nil || within == nil {
		return err
	}
	record, err := s.record(c.Context(), seq)
	if err != nil {
		return err
	}
	return s.mayReadEvent(c, record)
}
