package api

import (
	"net/http"
	"strconv"
	"strings"

	"starledger/events"
	"starledger/events/decide"
)

// A command is one line of the contract's table of commands inside a case: where it is posted,
// and the struct its body is decoded into. Routes and batches are both made from this table.
type command struct {
	path  string // below the case
	name  string // operationId, and the action of policies.cedar
	blank func(parts) decide.Command
}

// parts are what the path says.
type parts struct {
	audit  uint64
	number events.Number // of the finding, deduction, … the command is about
	named  string        // the same where a clause may stand as well
	label  events.Label  // of the population, approval, … the command is about

	register events.PenaltyRegister // that the command is about
}

var commands = []command{
	{"application-review", "reviewApplication", func(parts) decide.Command { return &decide.ReviewApplication{} }},
	{"audits", "planAudit", func(parts) decide.Command { return &decide.PlanAudit{} }},
	{"audits/{audit}/assessments", "recordAssessment", func(p parts) decide.Command { return &decide.RecordAssessment{Audit: p.audit} }},
	{"audits/{audit}/deductions", "applyDeduction", func(p parts) decide.Command { return &decide.ApplyDeduction{Audit: p.audit} }},
	{"audits/{audit}/findings", "raiseFinding", func(p parts) decide.Command { return &decide.RaiseFinding{Audit: p.audit} }},
	{"audits/{audit}/team", "changeTeam", func(p parts) decide.Command { return &decide.ChangeTeam{Audit: p.audit} }},
	{"audits/{audit}/document-review", "reviewDocuments", func(p parts) decide.Command { return &decide.ReviewDocuments{Audit: p.audit} }},
	{"audits/{audit}/opening", "openAudit", func(p parts) decide.Command { return &decide.OpenAudit{Audit: p.audit} }},
	{"audits/{audit}/closing", "closeAudit", func(p parts) decide.Command { return &decide.CloseAudit{Audit: p.audit} }},
	{"audits/{audit}/findings/{finding}/withdrawal", "withdrawFinding", func(p parts) decide.Command { return &decide.WithdrawFinding{Audit: p.audit, Finding: p.number} }},
	{"audits/{audit}/findings/{finding}/corrections", "submitCorrection", func(p parts) decide.Command { return &decide.SubmitCorrection{Audit: p.audit, Finding: p.number} }},
	{"audits/{audit}/findings/{finding}/verification", "verifyCorrection", func(p parts) decide.Command { return &decide.VerifyCorrection{Audit: p.audit, Finding: p.number} }},
	{"audits/{audit}/deductions/{deduction}/revocation", "revokeDeduction", func(p parts) decide.Command { return &decide.RevokeDeduction{Audit: p.audit, Deduction: p.number} }},
	{"audits/{audit}/deletions", "grantDeletion", func(p parts) decide.Command { return &decide.GrantDeletion{Audit: p.audit} }},
	{"audits/{audit}/deletions/{deletion}/revocation", "revokeDeletion", func(p parts) decide.Command { return &decide.RevokeDeletion{Audit: p.audit, Deletion: p.named} }},
	{"audits/{audit}/special-deductions", "applySpecialDeduction", func(p parts) decide.Command { return &decide.ApplySpecialDeduction{Audit: p.audit} }},
	{"audits/{audit}/special-deductions/{special}/revocation", "revokeSpecialDeduction", func(p parts) decide.Command { return &decide.RevokeSpecialDeduction{Audit: p.audit, Special: p.number} }},
	{"audits/{audit}/bonuses", "grantBonus", func(p parts) decide.Command { return &decide.GrantBonus{Audit: p.audit} }},
	{"audits/{audit}/bonuses/{bonus}/revocation", "revokeBonus", func(p parts) decide.Command { return &decide.RevokeBonus{Audit: p.audit, Bonus: p.number} }},
	{"audits/{audit}/report", "reportAudit", func(p parts) decide.Command { return &decide.ReportAudit{Audit: p.audit} }},
	{"audits/{audit}/self-assessment-report", "reportSelfAssessment", func(p parts) decide.Command { return &decide.ReportSelfAssessment{Audit: p.audit} }},
	{"audits/{audit}/review", "reviewAudit", func(p parts) decide.Command { return &decide.ReviewAudit{Audit: p.audit} }},
	{"decisions", "makeDecision", func(parts) decide.Command { return &decide.MakeDecision{} }},
	// An accreditation review.
	{"populations", "listCasesToReview", func(parts) decide.Command { return &decide.ListCases{} }},
	{"populations/{population}/draws", "drawCases", func(p parts) decide.Command {
		return &decide.DrawSample{Audit: events.ReviewItself, Population: p.label}
	}},
	{"notes", "noteReview", func(parts) decide.Command { return &decide.NoteReview{} }},
	{"views", "viewCase", func(parts) decide.Command { return &decide.ViewCase{} }},

	// What an application comes with.
	{"documents", "recordDocument", func(parts) decide.Command { return &decide.RecordDocument{} }},
	{"penalties", "checkPenalty", func(parts) decide.Command { return &decide.CheckPenalty{} }},
	{"penalties/{register}/clearance", "clearPenalty", func(p parts) decide.Command { return &decide.ClearPenalty{Register: p.register} }},
	{"contracts", "signContract", func(parts) decide.Command { return &decide.SignContract{} }},

	// What follows a certificate.
	{"audits/{audit}/announcement", "announceAudit", func(p parts) decide.Command { return &decide.AnnounceAudit{Audit: p.audit} }},
	{"appeals", "lodgeAppeal", func(parts) decide.Command { return &decide.LodgeAppeal{} }},
	{"appeals/{appeal}/outcome", "decideAppeal", func(p parts) decide.Command { return &decide.DecideAppeal{Appeal: p.label} }},
	{"complaints", "lodgeComplaint", func(parts) decide.Command { return &decide.LodgeComplaint{} }},
	{"complaints/{complaint}/outcome", "closeComplaint", func(p parts) decide.Command { return &decide.CloseComplaint{Complaint: p.label} }},

	{"certificates", "issueCertificate", func(parts) decide.Command { return &decide.IssueCertificate{} }},
	{"audits/{audit}/findings/{finding}/reopening", "reopenCorrection", func(p parts) decide.Command { return &decide.ReopenCorrection{Audit: p.audit, Finding: p.number} }},
	{"audits/{audit}/person-days", "recordPersonDays", func(p parts) decide.Command { return &decide.RecordPersonDays{Audit: p.audit} }},
	{"audits/{audit}/populations", "recordPopulation", func(p parts) decide.Command { return &decide.RecordPopulation{Audit: p.audit} }},
	{"audits/{audit}/populations/{population}/draws", "drawSample", func(p parts) decide.Command { return &decide.DrawSample{Audit: p.audit, Population: p.label} }},
	{"outlets", "recordOutlet", func(parts) decide.Command { return &decide.RecordOutlet{} }},
	{"closure", "closeCase", func(parts) decide.Command { return &decide.CloseCase{} }},
}

// The commands that stand outside a case of an organization.
var (
	openCase    = command{"", "openCase", func(parts) decide.Command { return &decide.OpenCase{} }}
	makeGrant   = command{"", "makeGrant", func(parts) decide.Command { return &decide.MakeGrant{} }}
	revokeGrant = command{"", "revokeGrant", func(p parts) decide.Command { return &decide.RevokeGrant{Grant: p.number} }}
)

// commandQuery are the parameters of every command.
var commandQuery = []string{"dry_run", "wait"}

func commandRoutes() []route {
	list := make([]route, 0, len(commands))
	for _, command := range commands {
		list = append(list, route{
			http.MethodPost, "/v1/cases/{case}/" + command.path, command.name, signedIn, commandQuery,
			func(s *Server, w http.ResponseWriter, c *call) error { return s.postCommand(w, c, command) },
		})
	}
	return list
}

// commandAt finds the command of a path below a case, as a batch names it, and what the path says.
func commandAt(path string) (command, parts, error) {
	segments := strings.Split(path, "/")
	for _, command := range commands {
		if vars, ok := match(strings.Split(command.path, "/"), segments); ok {
			p, err := partsOf(vars)
			return command, p, err
		}
	}
	return command{}, parts{}, malformed("path-unknown", "path", clip(path))
}

func match(pattern, segments []string) (vars map[string]string, ok bool) {
	if len(pattern) != len(segments) {
		return nil, false
	}
	vars = map[string]string{}
	for i, p := range pattern {
		switch {
		case strings.HasPrefix(p, "{"):
			vars[strings.Trim(p, "{}")] = segments[i]
		case p != segments[i]:
			return nil, false
		}
	}
	return vars, true
}

// partsOf reads the variables of a path. What cannot be a number of anything is not there.
func partsOf(vars map[string]string) (p parts, err error) {
	for name, value := range vars {
		switch name {
		case "case":
		case "audit":
			p.audit, err = auditNumber(value)
		case "deletion":
			p.named = value
		case "register":
			if p.register.UnmarshalText([]byte(value)) != nil {
				err = notFound("unknown-penalty", "register", clip(value))
			}
		case "appeal", "complaint", "population", "approval", "qualification":
			if p.label.UnmarshalText([]byte(value)) != nil {
				err = notFound("number-unknown", "number", clip(value))
			}
		default:
			if p.number.UnmarshalText([]byte(value)) != nil {
				err = notFound("number-unknown", "number", clip(value))
			}
		}
		if err != nil {
			return parts{}, err
		}
	}
	return p, nil
}

// auditNumber accepts 1, 2, …, written in one way only.
func auditNumber(text string) (uint64, error) {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || n == 0 || strconv.FormatUint(n, 10) != text {
		return 0, noAudit()
	}
	return n, nil
}
