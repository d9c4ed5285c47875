package decide

import (
	"errors"
	"fmt"
	"time"

	"starledger/events"
)

// A Command asks for one event. There is one struct for each route; its JSON members are the body of
// the request, and the parts of the path are fields that JSON does not see. Decode the body with
// events.Strict into the struct.
type Command interface {
	said() Common
	decide(*sitting) (events.Payload, error)
}

// Common is what may stand in the body of every command.
type Common struct {
	// When it happened; now when absent.
	EffectiveAt *Timestamp `json:"effective_at,omitzero"`
	// Why.
	Reason events.Text `json:"reason,omitzero"`
	// Remark.
	Note events.Text `json:"note,omitzero"`
}

func (c Common) said() Common { return c }

// Reasoned is Common for the commands that have to say why.
type Reasoned struct {
	// When it happened; now when absent.
	EffectiveAt *Timestamp `json:"effective_at,omitzero"`
	// Why.
	Reason events.Text `json:"reason"`
	// Remark.
	Note events.Text `json:"note,omitzero"`
}

func (r Reasoned) said() Common { return Common(r) }

// Timestamp is a point in time as people send it: RFC 3339 with any offset, cut to microseconds.
type Timestamp events.Instant

// UnmarshalText accepts RFC 3339 in the years 1 to 9999, as in 2026-11-01T10:02:00+08:00.
func (t *Timestamp) UnmarshalText(b []byte) error {
	var at time.Time
	if err := at.UnmarshalText(b); err != nil {
		return fmt.Errorf("not a time like 2026-11-01T10:02:00+08:00: %w", err)
	}
	if year := at.UTC().Year(); year < 1 || year > 9999 {
		return errors.New("not a time in the years 1 to 9999")
	}
	*t = Timestamp(events.InstantOf(at))
	return nil
}

// NeedsIfMatch tells whether the command may only be given by somebody who says which state of the
// case was seen: what takes something back, and what ends a step.
func NeedsIfMatch(cmd Command) bool {
	switch cmd.(type) {
	case *DecideAppeal, *RevokeGrant, *EndApproval, *EndQualification, *ReopenCorrection,
		*WithdrawFinding, *RevokeDeduction, *RevokeDeletion, *RevokeSpecialDeduction, *RevokeBonus,
		*GrantDeletion, *ReportAudit, *ReportSelfAssessment, *ReviewAudit, *MakeDecision, *IssueCertificate:
		return true
	}
	return false
}
