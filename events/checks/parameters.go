package checks

import (
	"strconv"
	"strings"

	"starledger/events"
	"starledger/scoring"
)

// A Parameter is what a certification body settles for itself: a deadline, or how a duty is kept. Its
// value is between bounds, so a check may be made stricter or wider and never be switched off.
type Parameter struct {
	// Name is its id for ever.
	Name events.ID
	// Title says what it is.
	Title Wording
	// Default holds until the body sets another value.
	Default events.Decimal
	// Least and Most bound it, both included.
	Least, Most events.Decimal
	// Whole tells that only whole numbers make sense.
	Whole bool
	// Source is where the default comes from.
	Source string
}

// The names of the parameters.
const (
	ReviewDays        events.ID = "application_review_days"
	SurveillanceMonth events.ID = "surveillance_months"
	SuspendDays       events.ID = "suspension_days"
	SuspensionMonths  events.ID = "suspension_months"
	LateHours         events.ID = "late_entry_hours"
	OutletDays        events.ID = "outlet_person_days"
	ReviewerDecides   events.ID = "reviewer_may_decide"
	AppealDays        events.ID = "appeal_days"
	ComplaintDays     events.ID = "complaint_days"
	CopyCharacters    events.ID = "copied_statement_characters"
)

// Parameters is every parameter there is. It must not be changed.
var Parameters = []Parameter{
	{ReviewDays, Wording{"申请评审期限（自收到申请之日起的日历日）", "calendar days from the application to its review"}, "10", "1", "60", true, "P2; 002 5.2.1"},
	{SurveillanceMonth, Wording{"两次审查之间最长的月数", "months between two audits at most"}, "12", "1", "24", true, "P9; practice"},
	{SuspendDays, Wording{"确认不符合后暂停证书的期限（日历日）", "calendar days from the confirmed nonconformity to the suspension"}, "5", "1", "30", true, "P10; public"},
	{SuspensionMonths, Wording{"暂停最长的月数", "months a suspension lasts at most"}, "6", "1", "12", true, "P10; public"},
	{LateHours, Wording{"补录须说明理由的时限（小时）", "hours after which a late entry needs a reason"}, "72", "1", "720", true, "TIME-02; practice"},
	{OutletDays, Wording{"每个走访网点的最少现场人日", "person-days on site for each outlet visited at least"}, "0.5", "0.1", "10", false, "TEAM-01; practice"},
	{ReviewerDecides, Wording{"复核人可否同时作出认证决定（1 可，0 否）", "whether the reviewer may decide as well (1 yes, 0 no)"}, "1", "0", "1", true, "P8; practice"},
	{AppealDays, Wording{"申诉处理期限（自收到之日起的日历日）", "calendar days from an appeal to its outcome"}, "60", "1", "180", true, "practice; ISO/IEC 17065 7.13 states none"},
	{ComplaintDays, Wording{"投诉处理期限（自收到之日起的日历日）", "calendar days from a complaint to its outcome"}, "60", "1", "180", true, "practice; ISO/IEC 17065 7.13 states none"},
	{CopyCharacters, Wording{"陈述至少有多少字才与其他组织的陈述比较", "letters and digits from which on a statement is compared with those of other organizations"}, "12", "4", "100", true, "COPY-01; ours"},
}

// ParameterNamed finds a parameter; nil when there is none of that name.
func ParameterNamed(name events.ID) *Parameter {
	for i := range Parameters {
		if Parameters[i].Name == name {
			return &Parameters[i]
		}
	}
	return nil
}

// Accepts tells whether a value is between the bounds, and whole where it has to be.
func (p *Parameter) Accepts(value events.Decimal) bool {
	n := Decimal(value)
	whole := !p.Whole || n.Fraction() == n.Value()+"/1"
	return whole && n.Cmp(Decimal(p.Least)) >= 0 && n.Cmp(Decimal(p.Most)) <= 0
}

// ValueAt is the value of a parameter that held for the event at a log sequence, 0 for one that is about
// to be posted; registry may be nil.
func ValueAt(registry *events.Case, name events.ID, seq uint64) scoring.Number {
	return Decimal(settingAt(registry, name, seq))
}

func settingAt(registry *events.Case, name events.ID, seq uint64) events.Decimal {
	if registry != nil {
		if set := registry.Parameter(name, seq); set != nil {
			return set.Value
		}
	}
	return ParameterNamed(name).Default
}

// countAt is the value of a parameter that is a whole number, and keeps to its bounds, which are small.
// Most commands ask for one, so it is read off the digits; what stands behind a point is zeros.
func countAt(registry *events.Case, name events.ID, seq uint64) int {
	digits, _, _ := strings.Cut(string(settingAt(registry, name, seq)), ".")
	count, err := strconv.Atoi(digits)
	if err != nil {
		return 0 // not a decimal: as Decimal takes it
	}
	return count
}

// Decimal is the exact value of a decimal whose grammar was held when it was decoded; what is none is 0.
func Decimal(d events.Decimal) scoring.Number {
	text := string(d)
	if strings.Contains(text, ".") {
		text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	}
	n, err := scoring.ParseNumber(text)
	if err != nil {
		return scoring.Number{}
	}
	return n
}
