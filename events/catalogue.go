package events

import (
	"fmt"
	"reflect"
)

// Type is the type of an event, starledger.<noun>.<verb>.v<n>. A change of meaning is a new
// version; the old one stays readable for ever.
type Type string

// UnmarshalText accepts the types of the catalogue.
func (t *Type) UnmarshalText(b []byte) error {
	entry, known := catalogue[Type(b)]
	if !known {
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
}

func kind[P Payload]() catalogueEntry {
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
		if written, is := any(&p).(writtenOut); is {
			c := cursor{rest: data}
			ok := written.canonical(&c) && len(c.rest) == 0
			return p, ok
		}
		ok := canonical(data, reflect.ValueOf(&p).Elem())
		return p, ok
	}
	return catalogueEntry{zero, decode, fromCanonical}
}

func catalogued(entries ...catalogueEntry) (map[Type]catalogueEntry, []Payload) {
	byType, inOrder := map[Type]catalogueEntry{}, make([]Payload, len(entries))
	for i, entry := range entries {
		byType[entry.zero.EventType()], inOrder[i] = entry, entry.zero
	}
	return byType, inOrder
}

// Catalogue is a zero payload of every event type, in the order of a case's life.
func Catalogue() []Payload { return append([]Payload(nil), order...) }
