package checks

import (
	"fmt"
	"slices"

	"starledger/events"
)

// Duties are kept apart: who evaluated does not review, and who evaluated does not decide (P8;
// ISO/IEC 17065 7.5, 7.6). The team is everybody who was ever in it, so nobody can leave it in order
// to decide, nor join it afterwards.

// The checks that bar whoever was in the team of an audit, by their codes, for whoever tells of them before anything
// is posted.
const (
	DecisionOutsideTeam = "SOD-01"
	ReviewOutsideTeam   = "SOD-02"
)

var decisionOutsideTeam = &Check{
	Code: DecisionOutsideTeam,
	Name: Wording{
		"认证决定人未参加本次审查组",
		"the decision maker was not in the audit team of this case's deciding audit",
	},
	Source:  "P8; ISO/IEC 17065 7.6",
	Posting: Refuse,
	Duty:    true,
	Guards:  types(events.DecisionMade{}, events.ScopeChanged{}, events.TeamChanged{}),
	guard: func(p Posting) *Violation {
		switch d := p.Payload.(type) {
		case events.ScopeChanged:
			return inTeam(decidingAudit(p.Case, events.DecisionMade{}), p.Actor, teamMemberDecides)
		case events.DecisionMade:
			return inTeam(decidingAudit(p.Case, d), p.Actor, teamMemberDecides)
		case events.TeamChanged:
			if decision := p.Case.DecisionOn(d.Audit); decision != nil {
				return joins(d, []events.Entry{decision.Entry}, teamMemberDecides)
			}
		}
		return nil
	},
}

// decidingAudit is the audit a decision rests on: the one it names, or else the one behind the
// certificate it is about.
func decidingAudit(c *events.Case, d events.DecisionMade) *events.Audit {
	if d.Audit != 0 {
		return c.Audit(d.Audit)
	}
	if certificate := c.Certificate(); certificate != nil {
		return c.Audit(certificate.Audit)
	}
	return nil
}

var reviewOutsideTeam = &Check{
	Code: ReviewOutsideTeam,
	Name: Wording{
		"复核人未参加本次审查组",
		"the reviewer was not in the audit team",
	},
	Source:  "P8; ISO/IEC 17065 7.5",
	Posting: Refuse,
	Duty:    true,
	Guards:  types(events.AuditReviewed{}, events.TeamChanged{}),
	guard: func(p Posting) *Violation {
		switch d := p.Payload.(type) {
		case events.AuditReviewed:
			return inTeam(p.Case.Audit(d.Audit), p.Actor, teamMemberReviews)
		case events.TeamChanged:
			if a := p.Case.Audit(d.Audit); a != nil {
				return joins(d, a.Reviewed, teamMemberReviews)
			}
		}
		return nil
	},
}

// inTeam finds the actor in the team of an audit, which may be nil, by the entry that put them there.
func inTeam(a *events.Audit, actor events.ID, code string) *Violation {
	if a == nil {
		return nil
	}
	member := a.Membership(actor)
	if member == nil {
		return nil
	}
	return bothDuties(code, actor, a.Number, "", member.Since)
}

// joins finds who did one of some things among those who join a team.
func joins(d events.TeamChanged, did []events.Entry, code string) *Violation {
	for i, m := range d.Add {
		if at := slices.IndexFunc(did, func(e events.Entry) bool { return e.Actor == m.Actor }); at >= 0 {
			return bothDuties(code, m.Actor, d.Audit, fmt.Sprintf("/add/%d/actor", i), did[at])
		}
	}
	return nil
}

// bothDuties says that the actor, bound to one duty by an entry, takes on the other.
func bothDuties(code string, actor events.ID, audit uint64, pointer string, bound events.Entry) *Violation {
	did := Wording{"复核", "reviewed"}
	if code == teamMemberDecides {
		did = Wording{"认证决定", "decided"}
	}
	return &Violation{
		Code: code, Pointer: pointer, Entries: placed(bound),
		Args: map[string]string{"actor": string(actor), "audit": fmt.Sprint(audit)},
		Detail: Wording{
			fmt.Sprintf("%s 既是审查 %d 的审查组成员，又承担了%s", actor, audit, did.ZH),
			fmt.Sprintf("%s was in the team of audit %d and %s it", actor, audit, did.EN),
		},
	}
}

// ServiceManager is the role of a service manager (售后服务管理师), who works for the enterprise.
const ServiceManager = events.ID("service_manager")

var noServiceManager = &Check{
	Code: "SOD-03",
	Name: Wording{
		"售后服务管理师不得担任认证项目的评价人员",
		"a service manager is not an evaluator of a certification",
	},
	Source:  "P5; 003 6.1.1; 004",
	Posting: Refuse,
	Duty:    true,
	Guards: types(events.DocumentsReviewed{}, events.AuditOpened{}, events.AssessmentRecorded{},
		events.FindingRaised{}, events.FindingWithdrawn{}, events.DeductionApplied{}, events.DeductionRevoked{},
		events.DeletionGranted{}, events.DeletionRevoked{}, events.SpecialDeductionApplied{},
		events.SpecialDeductionRevoked{}, events.BonusGranted{}, events.BonusRevoked{}, events.AuditClosed{},
		events.CorrectionVerified{}, events.AuditReported{}, events.SelfAssessmentReported{}),
	guard: func(p Posting) *Violation {
		if p.Case.Kind != events.Certification || p.Role != ServiceManager {
			return nil
		}
		return &Violation{
			Code: serviceManagerEvaluates, Entries: placed(p.Case.Opened), // which says that it is a certification
			Args: map[string]string{"actor": string(p.Actor)},
			Detail: Wording{
				fmt.Sprintf("%s 以售后服务管理师身份参与了认证评价", p.Actor),
				fmt.Sprintf("%s evaluated a certification as service manager", p.Actor),
			},
		}
	},
}

var correctionVerifiedOutside = &Check{
	Code:    "SOD-04",
	Name:    Wording{"任何人不得验证本组织的整改（企业内部评价除外）", "nobody verifies the correction of their own organization, but in a case of the enterprise itself"},
	Source:  "P6; 004 Q5",
	Posting: Refuse,
	Duty:    true,
	Guards:  types(events.CorrectionVerified{}),
	guard: func(p Posting) *Violation {
		if p.Case.Kind == events.Internal || !p.worksFor(p.Case.Organization.Name) {
			return nil
		}
		return &Violation{
			Code: ownCorrectionVerified, Entries: placed(p.Case.Opened), // which says whose case it is
			Args: map[string]string{"actor": string(p.Actor)},
			Detail: Wording{
				fmt.Sprintf("%s 验证了本组织的整改", p.Actor),
				fmt.Sprintf("%s verified the correction of the own organization", p.Actor),
			},
		}
	},
}

// worksFor tells whether the actor is known to work for an organization: by what the sign-in, the event
// or the registry says.
func (p Posting) worksFor(organization events.Text) bool {
	return p.Organization == organization || p.ask(question{About: employment, Actor: p.Actor, Employer: organization})
}
