package events

import (
	"fmt"
	"reflect"
	"sync/atomic"
)

// Type is the type of an event, starledger.<noun>.<verb>.v<n>. A change of meaning is a new
// version; the old one stays readable for ever.
type Type string

// UnmarshalText accepts the types of the catalogue.
func (t *Type) UnmarshalText(b []byte) error {
	entry := catalogue[Type(b)]
	if entry == nil {
		return fmt.Errorf("%q is not an event type of this ledger", clip(b))
	}
	*t = entry.zero.EventType()
	return nil
}

// catalogue is every event type there is: those of a case in the order of its life, then the ledger's own.
var catalogue, order = catalogued(
	kind[CaseOpened](), kind[ApplicationReviewed](),
	kind[AuditPlanned](), kind[TeamChanged](), kind[DocumentsReviewed](), kind[AuditOpened](),
	kind[AssessmentRecorded](), kind[FindingRaised](), kind[FindingWithdrawn](),
	kind[DeductionApplied](), kind[DeductionRevoked](), kind[DeletionGranted](), kind[DeletionRevoked](),
	kind[SpecialDeductionApplied](), kind[SpecialDeductionRevoked](), kind[BonusGranted](), kind[BonusRevoked](),
	kind[AuditClosed](), kind[CorrectionSubmitted](), kind[CorrectionVerified](),
	kind[AuditReported](), kind[AuditReviewed](), kind[DecisionMade](), kind[CertificateIssued](), kind[CaseClosed](),
	kind[GrantMade](), kind[GrantRevoked](),
	kind[CorrectionReopened](), kind[OutletRecorded](), kind[PersonDaysRecorded](), kind[PopulationRecorded](), kind[SampleDrawn](),
	kind[SchemeRegistered](), kind[ApprovalRecorded](), kind[ApprovalEnded](), kind[PersonRecorded](),
	kind[QualificationRecorded](), kind[QualificationEnded](), kind[ParameterSet](), kind[LogContinued](),
	kind[AccreditationOpened](), kind[AccreditationNoted](), kind[AccreditationViewed](),
	kind[CaseImported](), kind[CertificateImported](), kind[StatusImported](), kind[AuditImported](),
	kind[DocumentRecorded](), kind[PenaltyChecked](), kind[PenaltyCleared](), kind[ContractSigned](),
	kind[ScopeChanged](), kind[AuditAnnounced](), kind[AppealLodged](), kind[AppealDecided](), kind[ComplaintLodged](), kind[ComplaintClosed](),
	kind[SelfAssessmentReported](),
)

// catalogueEntry is an event type: its zero payload, and how to read one.
type catalogueEntry struct {
	zero      Payload
	decode    func(data []byte) (Payload, error) // data is known to hold no null
	canonical func(data []byte) (Payload, bool)  // for data in the canonical form
	schema    atomic.Pointer[Digest]             // of the event that was read last
}

func kind[P Payload]() *catalogueEntry {
	var zero P
	decode := func(data []byte) (Payload, error) {
		var p P
		if err := strictWithoutNull(data, &p); err != nil {
			return nil, err
		}
		return p, nil
	}
	fromCanonical := func(data []byte) (Payload, bool) {
		var p P
		ok := canonical(data, reflect.ValueOf(&p).Elem())
		return p, ok
	}
	if written, is := any(zero).(writtenOut[P]); is {
		fromCanonical = func(data []byte) (Payload, bool) {
			p, ok := written.canonical(data)
			return p, ok
		}
	}
	return &catalogueEntry{zero: zero, decode: decode, canonical: fromCanonical}
}

func catalogued(entries ...*catalogueEntry) (map[Type]*catalogueEntry, []Payload) {
	byType, inOrder := map[Type]*catalogueEntry{}, make([]Payload, len(entries))
	for i, entry := range entries {
		byType[entry.zero.EventType()], inOrder[i] = entry, entry.zero
	}
	return byType, inOrder
}

// Catalogue is a zero payload of every event type, in the order of a case's life.
func Catalogue() []Payload { return append([]Payload(nil), order...) }
