package decide

import (
	"fmt"
	"slices"

	"starledger/events"
	"starledger/scoring"
)

// Rules of a registration:
//
//  1. A version is registered once: its id and version are taken for ever, by what is shipped too.
//  2. It can score: a draft, in which a clause has no points, is refused. What else is wrong with a
//     document is found when it is read (scoring.ParseScheme).
//  3. Its clauses, triggers and grades are named so that events can name them.
//  4. The scheme it is combined with is known under that digest, has points, and shares no clause.

// RegisterScheme is POST /v1/schemes; it is decided on the case events.Registry.
type RegisterScheme struct {
	Common
	// The document, read and checked.
	Scheme *scoring.Scheme
}

func (r *RegisterScheme) decide(s *sitting) (events.Payload, error) {
	scheme := r.Scheme
	ref := scheme.ID + "@" + scheme.Version
	if _, taken := s.Schemes.Find(scheme.ID, scheme.Version); taken {
		return nil, refuse(Standing, SchemeVersionExists).at("/version").with("scheme", ref)
	}
	if err := scorable(scheme); err != nil {
		return nil, err
	}
	if err := nameable(scheme); err != nil {
		return nil, err
	}
	if _, err := s.Schemes.Companion(scheme); err != nil {
		with := scheme.Combination.With
		return nil, refuse(Broken, SchemeNotCombinable).at("/combination/with").with("scheme", with.ID+"@"+with.Version)
	}
	document := events.SchemeDocument(scheme.Canonical())
	if err := new(events.SchemeDocument).UnmarshalText([]byte(document)); err != nil {
		return nil, refuse(Broken, SchemeTooLarge).with("scheme", ref)
	}
	return events.SchemeRegistered{Scheme: nameOf(scheme), Document: document}, nil
}

// scorable holds rule 2.
func scorable(scheme *scoring.Scheme) error {
	at := slices.IndexFunc(scheme.Clauses, func(c scoring.Clause) bool { return c.Points == nil })
	if at < 0 {
		return nil
	}
	return refuse(Broken, SchemeDraft).at("/clauses/%d/points", at).with("clause", scheme.Clauses[at].ID)
}

// nameable holds rule 3.
func nameable(scheme *scoring.Scheme) error {
	for i, clause := range scheme.Clauses {
		if new(events.Clause).UnmarshalText([]byte(clause.ID)) != nil {
			return unusable(clause.ID, "/clauses/%d/id", i)
		}
	}
	for i, trigger := range scheme.SpecialDeductions.Triggers {
		if new(events.ID).UnmarshalText([]byte(trigger.ID)) != nil {
			return unusable(trigger.ID, "/special_deductions/triggers/%d/id", i)
		}
	}
	for i, grade := range scheme.Grades {
		if new(events.ID).UnmarshalText([]byte(grade.ID)) != nil {
			return unusable(grade.ID, "/grades/%d/id", i)
		}
	}
	return nil
}

func unusable(name, pointer string, i int) error {
	return refuse(Broken, SchemeNameUnusable).at(pointer, i).with("name", fmt.Sprintf("%.40s", name))
}
