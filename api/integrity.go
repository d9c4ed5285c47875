package api

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"time"

	"starledger/events"
	"starledger/events/proof"
	"starledger/events/seal"
)

// integrityBody is how it stands with the proof of the ledger.
type integrityBody struct {
	Sound         bool              `json:"sound"` // nothing speaks against what is stored
	Origin        string            `json:"origin"`
	Last          uint64            `json:"last"` // sequence of the last event known
	Sealed        treeBody          `json:"sealed"`
	Published     *treeBody         `json:"published,omitzero"` // none before the first
	Lag           lagBody           `json:"lag"`
	Archive       archiveBody       `json:"archive"`
	Witnesses     []witnessBody     `json:"witnesses"`
	TimeSandwich  *sandwichBody     `json:"time_sandwich,omitzero"`
	Configuration configurationBody `json:"configuration"`
	Verification  verifiedBody      `json:"verification"`
	Incident      *incidentBody     `json:"incident,omitzero"`
}

// treeBody is a tree that a checkpoint was signed for. At is when it was sealed, or when its quorum of
// witnesses was complete.
type treeBody struct {
	Size uint64         `json:"size"`
	Root string         `json:"root"`
	At   events.Instant `json:"at,omitzero"`
}

// lagBody is what no checkpoint covers yet, and since how many whole seconds.
type lagBody struct {
	Events  uint64 `json:"events"`
	Seconds uint64 `json:"seconds"`
	HeldUp  bool   `json:"held_up"` // the last attempt failed; the next one may succeed
}

// archiveBody tells up to where the bodies exist twice. An event is archived before it is sealed.
type archiveBody struct {
	Size uint64 `json:"size"`
}

// sandwichBody bounds when events were recorded by when witnesses cosigned the published tree: events
// in it before Earliest, events after it after Latest, each but for the difference of the clocks.
// Outside counts the events of the ledger whose recorded time lies outside of their own such bounds, as
// far as the background pass has come.
type sandwichBody struct {
	Size          uint64         `json:"size"`
	Earliest      events.Instant `json:"earliest"`
	Latest        events.Instant `json:"latest"`
	Outside       uint64         `json:"outside"`
	LowestOutside uint64         `json:"lowest_outside,omitzero"`
}

type configurationBody struct {
	CheckedAt events.Instant `json:"checked_at,omitzero"`
	Drift     []string       `json:"drift"`
	Accepted  string         `json:"accepted,omitzero"` // by the operator, although it is not safe
}

type verifiedBody struct {
	Verified   uint64         `json:"verified"`
	FullPassAt events.Instant `json:"full_pass_at,omitzero"`
	Rate       uint64         `json:"rate"`
}

type incidentBody struct {
	At        events.Instant `json:"at,omitzero"`
	Detail    string         `json:"detail"`
	LowestBad uint64         `json:"lowest_bad,omitzero"`
}

// getIntegrity shows it to everybody who is signed in: nothing in it is of a client.
func (s *Server) getIntegrity(w http.ResponseWriter, c *call) error {
	log, err := s.sealed()
	if err != nil {
		return err
	}
	status, guard := log.Sealer.Status(), log.Guard()
	published, sandwich, err := log.published()
	if err != nil {
		return err
	}
	if sandwich != nil {
		sandwich.Outside, sandwich.LowestOutside = guard.Misplaced, guard.LowestMisplaced
	}
	incident := incidentOf(status.Incident, guard)
	w.Header().Add("Vary", "Accept-Language")
	return writeJSON(w, http.StatusOK, integrityBody{
		Sound: incident == nil && len(guard.Drift) == 0 && guard.Misplaced == 0, Origin: status.Origin, Last: s.lastOf(status),
		Sealed: treeOf(status.Sealed, status.SealedAt), Published: published,
		Lag: s.lagOf(status), Archive: archiveBody{status.Sealed.Size},
		Witnesses:     mapped(status.Witnesses, c.language.witness),
		TimeSandwich:  sandwich,
		Configuration: configurationBody{instantOf(guard.CheckedAt), append([]string{}, guard.Drift...), guard.Accepted},
		Verification:  verifiedBody{guard.Verified, instantOf(guard.FullPassAt), guard.Rate},
		Incident:      incident,
	})
}

func treeOf(head proof.Head, at time.Time) treeBody {
	return treeBody{head.Size, base64.StdEncoding.EncodeToString(head.Root[:]), instantOf(at)}
}

// instantOf is 0 for a time that is not known.
func instantOf(t time.Time) events.Instant {
	if t.IsZero() {
		return 0
	}
	return events.InstantOf(t)
}

// lastOf is the end of the log as far as anybody here knows it; the log itself may be out of reach.
func (s *Server) lastOf(status seal.Status) uint64 {
	applied, _ := s.views.Position()
	return max(status.Last, status.Sealed.Size, applied)
}

func (s *Server) lagOf(status seal.Status) lagBody {
	lag := lagBody{Events: s.lastOf(status) - status.Sealed.Size, HeldUp: status.Err != nil}
	if since := status.WaitingSince; !since.IsZero() {
		lag.Seconds = uint64(max(s.clock().Sub(since), 0) / time.Second)
	}
	return lag
}

// incidentOf joins what the sealer and the watch have found; nil when neither has.
func incidentOf(sealing *seal.Incident, guard Guarding) *incidentBody {
	incident := incidentBody{Detail: guard.Incident, LowestBad: guard.LowestBad}
	if sealing != nil {
		incident.At = instantOf(sealing.At)
		incident.LowestBad = lowest(incident.LowestBad, badSequence(sealing.Err))
		if incident.Detail != "" {
			incident.Detail += "; "
		}
		incident.Detail += sealing.Err.Error()
	}
	if incident == (incidentBody{}) {
		return nil
	}
	return &incident
}

// badSequence is the sequence that an integrity error names, 0 when it names none.
func badSequence(err error) uint64 {
	var damage *events.DamageError
	var gap *events.GapError
	switch {
	case errors.As(err, &damage):
		return damage.Seq
	case errors.As(err, &gap):
		return gap.Want
	}
	return 0
}

// lowest is the smaller of two sequences, where 0 is none.
func lowest(a, b uint64) uint64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// published reads the tree of the published checkpoint, and when witnesses cosigned it; nil before the
// first is published, and where no witness has cosigned.
func (s *sealing) published() (*treeBody, *sandwichBody, error) {
	note := s.Sealer.Published()
	if note == nil {
		return nil, nil, nil
	}
	judgement, err := s.policy.Judge(note)
	if err != nil {
		return nil, nil, fmt.Errorf("read the published checkpoint: %w", err)
	}
	tree := treeOf(judgement.Checkpoint.Head, judgement.Time)
	if len(judgement.Cosignatures) == 0 {
		return &tree, nil, nil
	}
	first := events.InstantOf(judgement.Cosignatures[0].Time)
	bounds := &sandwichBody{Size: judgement.Checkpoint.Size, Earliest: first, Latest: first}
	for _, cosignature := range judgement.Cosignatures {
		at := events.InstantOf(cosignature.Time)
		bounds.Earliest, bounds.Latest = min(bounds.Earliest, at), max(bounds.Latest, at)
	}
	return &tree, bounds, nil
}
