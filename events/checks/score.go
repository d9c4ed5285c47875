package checks

import (
	"errors"
	"fmt"
	"slices"

	"starledger/events"
	"starledger/scoring"
)

// ErrUnknownScheme says that the scheme an audit is pinned to is not in the book, or is there with
// another digest: then nothing can be recomputed.
var ErrUnknownScheme = errors.New("the scheme of the audit is not known")

// Scheme is the version of the scheme the audit is pinned to.
func Scheme(a *events.Audit, book *scoring.Book) (*scoring.Scheme, error) {
	pinned := a.Scheme
	scheme, ok := book.Find(string(pinned.ID), string(pinned.Version))
	if !ok {
		return nil, fmt.Errorf("%w: %s@%s", ErrUnknownScheme, pinned.ID, pinned.Version)
	}
	if scheme.Digest() != string(pinned.Digest) {
		return nil, fmt.Errorf("%w: %s@%s has digest %s, the audit was planned under %s",
			ErrUnknownScheme, pinned.ID, pinned.Version, scheme.Digest(), pinned.Digest)
	}
	return scheme, nil
}

// Schemes are the schemes of an audit's evaluations: the one it is pinned to, and before it the one that
// this declares for evaluation 1, where it does. Errors: ErrUnknownScheme, scoring.ErrNoCompanion.
func Schemes(a *events.Audit, book *scoring.Book) ([]*scoring.Scheme, error) {
	scheme, err := Scheme(a, book)
	if err != nil {
		return nil, err
	}
	with, err := book.Companion(scheme)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnknownScheme, err)
	}
	if with == nil {
		return []*scoring.Scheme{scheme}, nil
	}
	return []*scoring.Scheme{with, scheme}, nil
}

// Score judges an audit as it stands, under the scheme it is pinned to. Errors: ErrUnknownScheme,
// and those of scoring.ScoreBoth.
func Score(a *events.Audit, book *scoring.Book) (*scoring.Result, error) {
	scheme, err := Scheme(a, book)
	if err != nil {
		return nil, unscored(a, err)
	}
	return ScoreUnder(a, scheme, book)
}

// ScoreUnder judges an audit as it stands under any scheme, for questions of what would be.
func ScoreUnder(a *events.Audit, scheme *scoring.Scheme, book *scoring.Book) (*scoring.Result, error) {
	with, err := book.Companion(scheme)
	if err != nil {
		return nil, fmt.Errorf("score audit %d: %w: %w", a.Number, ErrUnknownScheme, err)
	}
	result, err := scoring.ScoreBoth(Facts(a), scheme, with)
	if err != nil {
		return nil, unscored(a, err)
	}
	return result, nil
}

func unscored(a *events.Audit, err error) error {
	return fmt.Errorf("score audit %d: %w", a.Number, err)
}

// Facts is what of an audit moves its score: what stands, without what was revoked. Nothing in it is
// shared with a, so a may be folded further.
func Facts(a *events.Audit) scoring.Facts {
	f := scoring.Facts{Assessments: make([]scoring.Assessment, len(a.Assessments))}
	for _, clause := range a.Clauses {
		f.Clauses = append(f.Clauses, string(clause))
	}
	for i := range a.Assessments {
		f.Assessments[i] = assessed(&a.Assessments[i])
	}
	f.Deductions = slices.Grow(f.Deductions, len(a.Deductions))
	for i := range a.Deductions {
		if d := &a.Deductions[i]; d.Revoked == nil {
			f.Deductions = append(f.Deductions, deducted(d))
		}
	}
	for i := range a.Deletions {
		if d := &a.Deletions[i]; d.Revoked == nil {
			f.Deletions = append(f.Deletions, deleted(d))
		}
	}
	for i := range a.Specials {
		if s := &a.Specials[i]; s.Revoked == nil {
			f.Specials = append(f.Specials, scoring.Item{ID: string(s.Special), Seq: s.Seq})
		}
	}
	for i := range a.Bonuses {
		if b := &a.Bonuses[i]; b.Revoked == nil {
			f.Bonuses = append(f.Bonuses, scoring.Item{ID: string(b.Bonus), Seq: b.Seq})
		}
	}
	return f
}

func assessed(a *events.Assessment) scoring.Assessment {
	return scoring.Assessment{
		Clause: string(a.Clause), Conforming: a.Result == events.Conforming,
		Rating: scoring.Decimal(a.Rating), Seq: a.Seq,
	}
}

func deleted(d *events.Deletion) scoring.Deletion {
	return scoring.Deletion{ID: string(d.Deletion), Clause: string(d.Clause), Seq: d.Seq}
}

// deducted copies the sample as it is written. A count beyond int turns negative there, and scoring
// refuses it.
func deducted(d *events.Deduction) scoring.Deduction {
	fact := scoring.Deduction{
		ID: string(d.Deduction), Clause: string(d.Clause), Basis: scoring.Basis(d.Basis), Seq: d.Seq,
	}
	if s := d.Sample; s != nil {
		fact.Sample = scoring.Sample{Size: int(s.Size), Nonconforming: int(*s.Nonconforming)}
	}
	if d.Restored != nil {
		fact.Restored = d.Restored.Seq
	}
	return fact
}
