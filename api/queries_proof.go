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
	record, err := s.recordAt(c)
	if err != nil {
		return err
	}
	if err := s.mayReadEvent(c, record); err != nil {
		return err
	}
	text, err := log.Sealer.Proof(record.Seq)
	if errors.Is(err, seal.ErrNotSealed) {
		return s.tooEarly()
	}
	if err != nil {
		return err
	}
	return writeBytes(w, http.StatusOK, plainText, text)
}
