package events

import "fmt"

// AccreditationReview is the kind of a case in which an accreditation assessor (认可评审员) reviews the
// certification body. It is opened by an event of its own, so it is none of Values.
const AccreditationReview CaseKind = "accreditation_review"

// AccreditationOpened opens a review of the certification body by an accreditation assessor.
type AccreditationOpened struct {
	// The certification body reviewed.
	Organization Organization `json:"organization"`
	// What is reviewed, such as the service fields and the offices.
	Scope Text `json:"scope"`
	// First day of the period reviewed, Asia/Shanghai.
	From Date `json:"from"`
	// Last day of the period reviewed, Asia/Shanghai.
	Until Date `json:"until"`
}

// EventType is starledger.accreditation.opened.v1.
func (AccreditationOpened) EventType() Type { return "starledger.accreditation.opened.v1" }

// Accreditation is a review of the certification body with what was posted to it.
type Accreditation struct {
	AccreditationOpened
	Populations []Population // lists of cases, and the samples drawn from them
	Notes       []AssessorNote
	Views       []AssessorView
}

func (d AccreditationOpened) apply(c *Case, e *Stored) error {
	c.Kind, c.Organization, c.Scope, c.Opened = AccreditationReview, d.Organization, d.Scope, entryOf(e)
	c.Accreditation = &Accreditation{AccreditationOpened: d}
	return nil
}

// accreditation is what can be changed of a clone as well.
func (c *Case) accreditation() (*Accreditation, error) {
	if c.Accreditation == nil {
		return nil, fmt.Errorf("the case is no accreditation review")
	}
	copied := *c.Accreditation
	c.Accreditation = &copied
	return c.Accreditation, nil
}

// AccreditationNoted is a note of the assessor. It is kept as it was written; a later note corrects it.
type AccreditationNoted struct {
	// Label of the note in the review, N1, N2, …
	Note Label `json:"note"`
	// The case it is about, where it is about one.
	About CaseID `json:"about,omitzero"`
	// The event it is about, by its sequence in the log, where it is about one.
	Seq uint64 `json:"seq,omitzero"`
	// What the assessor noted.
	Statement Text `json:"statement"`
}

// EventType is starledger.accreditation.noted.v1.
func (AccreditationNoted) EventType() Type { return "starledger.accreditation.noted.v1" }

// AssessorNote is a note and where it stands.
type AssessorNote struct {
	Entry
	AccreditationNoted
}

func (d AccreditationNoted) apply(c *Case, e *Stored) error {
	review, err := c.accreditation()
	if err != nil {
		return err
	}
	notes := review.Notes
	review.Notes = append(notes[:len(notes):len(notes)], AssessorNote{entryOf(e), d})
	return nil
}

// AccreditationViewed records that the assessor looked at a case, and how far it went then.
type AccreditationViewed struct {
	// The case looked at.
	Case CaseID `json:"case"`
	// The last event of the log that was there, so that the view can be had again.
	AsOf uint64 `json:"as_of"`
}

// EventType is starledger.accreditation.viewed.v1.
func (AccreditationViewed) EventType() Type { return "starledger.accreditation.viewed.v1" }

// AssessorView is a view and where it stands.
type AssessorView struct {
	Entry
	AccreditationViewed
}

func (d AccreditationViewed) apply(c *Case, e *Stored) error {
	review, err := c.accreditation()
	if err != nil {
		return err
	}
	views := review.Views
	review.Views = append(views[:len(views):len(views)], AssessorView{entryOf(e), d})
	return nil
}

// ReviewItself is the number that stands for an audit in the populations and draws of an accreditation
// review, which has none.
const ReviewItself = 1

// PopulationOf is a population of an audit, or of an accreditation review; nil when there is none.
func (c *Case) PopulationOf(audit uint64, label Label) *Population {
	if review := c.Accreditation; review != nil {
		return find(review.Populations, func(p *Population) bool { return audit == ReviewItself && p.PopulationRecorded.Population == label })
	}
	if a := c.Audit(audit); a != nil {
		return a.Population(label)
	}
	return nil
}

// populations are where a population of an audit, or of a review, belongs; they may be changed.
func (c *Case) populations(audit uint64) (*[]Population, error) {
	if c.Accreditation != nil && audit == ReviewItself {
		review, err := c.accreditation()
		if err != nil {
			return nil, err
		}
		review.Populations = append([]Population(nil), review.Populations...)
		return &review.Populations, nil
	}
	a, err := c.audit(audit)
	if err != nil {
		return nil, err
	}
	return &a.Populations, nil
}
