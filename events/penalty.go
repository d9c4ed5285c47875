package events

import "fmt"

// PenaltyRegister is a public register in which penalties are searched (002 5.2.1 a).
type PenaltyRegister string

// The registers: three of 国家企业信用信息公示系统, two of 信用中国.
const (
	GSXTPenalties         PenaltyRegister = "gsxt_penalties"         // 行政处罚
	GSXTAbnormal          PenaltyRegister = "gsxt_abnormal"          // 列入经营异常名录
	GSXTDishonest         PenaltyRegister = "gsxt_dishonest"         // 列入严重违法失信企业名单
	CreditChinaPenalties  PenaltyRegister = "creditchina_penalties"  // 行政处罚
	CreditChinaDishonesty PenaltyRegister = "creditchina_dishonesty" // 失信惩戒
)

// Values lists what is accepted.
func (*PenaltyRegister) Values() []PenaltyRegister {
	return []PenaltyRegister{GSXTPenalties, GSXTAbnormal, GSXTDishonest, CreditChinaPenalties, CreditChinaDishonesty}
}

// UnmarshalText accepts one of Values.
func (r *PenaltyRegister) UnmarshalText(b []byte) error { return enum(r, b, r.Values()) }

// PenaltyChecked records that a public register was searched for the applicant, with a screenshot of what
// it showed. The latest of a register stands.
type PenaltyChecked struct {
	// The register searched.
	Register PenaltyRegister `json:"register"`
	// Whether it held an entry about the applicant.
	Found *bool `json:"found"`
	// What the entry says.
	Statement Text `json:"statement,omitzero"`
	// The screenshot.
	Evidence []Evidence `json:"evidence"`
}

// EventType is starledger.penalty.checked.v1.
func (PenaltyChecked) EventType() Type { return "starledger.penalty.checked.v1" }

// Penalty is what a register showed, and whether it was cleared since.
type Penalty struct {
	Entry
	PenaltyChecked
	Cleared *Clearance // nil: it was not
}

// Clearance is what shows that a penalty was cleared, and where that stands.
type Clearance struct {
	Entry
	Evidence []Evidence
}

// Open tells whether an entry was found that was not cleared.
func (p *Penalty) Open() bool { return *p.Found && p.Cleared == nil }

// Penalty is what a register showed; nil when it was not searched.
func (c *Case) Penalty(register PenaltyRegister) *Penalty {
	return find(c.Penalties, func(p *Penalty) bool { return p.Register == register })
}

func (d PenaltyChecked) apply(c *Case, e *Stored) error {
	now := Penalty{Entry: entryOf(e), PenaltyChecked: d}
	if standing := c.Penalty(d.Register); standing != nil {
		*standing = now
		return nil
	}
	c.Penalties = append(c.Penalties, now)
	return nil
}

// PenaltyCleared records what shows that a penalty was cleared (002 5.2.1 a).
type PenaltyCleared struct {
	// The register that showed it.
	Register PenaltyRegister `json:"register"`
	// What shows it.
	Evidence []Evidence `json:"evidence"`
}

// EventType is starledger.penalty.cleared.v1.
func (PenaltyCleared) EventType() Type { return "starledger.penalty.cleared.v1" }

func (d PenaltyCleared) apply(c *Case, e *Stored) error {
	penalty := c.Penalty(d.Register)
	if penalty == nil {
		return fmt.Errorf("%s was not searched", d.Register)
	}
	penalty.Cleared = &Clearance{entryOf(e), d.Evidence}
	return nil
}
