package events

// OutletKind is who runs an outlet.
type OutletKind string

// The kinds of an outlet.
const (
	OwnOutlet       OutletKind = "own"       // run by the organization
	EntrustedOutlet OutletKind = "entrusted" // run by another for it (000 6.2.3.1.2 a)
)

// Values lists what is accepted.
func (*OutletKind) Values() []OutletKind { return []OutletKind{OwnOutlet, EntrustedOutlet} }

// UnmarshalText accepts one of Values.
func (k *OutletKind) UnmarshalText(b []byte) error { return enum(k, b, k.Values()) }

// OutletRecorded records a service outlet (服务网点) of the organization.
type OutletRecorded struct {
	// Label of the outlet in the case, O1, O2, …
	Outlet Label `json:"outlet"`
	// Name.
	Name Text `json:"name"`
	// Address.
	Address Text `json:"address,omitzero"`
	// Who runs it.
	Kind OutletKind `json:"kind"`
}

// EventType is starledger.outlet.recorded.v1.
func (OutletRecorded) EventType() Type { return "starledger.outlet.recorded.v1" }

// Outlet is an outlet and where it stands.
type Outlet struct {
	Entry
	OutletRecorded
}

// Outlet is the outlet with this label; nil when there is none.
func (c *Case) Outlet(label Label) *Outlet {
	return find(c.Outlets, func(o *Outlet) bool { return o.OutletRecorded.Outlet == label })
}

func (d OutletRecorded) apply(c *Case, e *Stored) error {
	c.Outlets = append(c.Outlets, Outlet{entryOf(e), d})
	return nil
}

// PersonDaysRecorded records the time somebody of the team spent on site on one day. Of the same
// person, day and outlet the latest stands.
type PersonDaysRecorded struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Who was there.
	Actor ID `json:"actor"`
	// The day, Asia/Shanghai.
	On Date `json:"on"`
	// Part of the day in person-days, such as 0.5; at most 1.
	Days Decimal `json:"days"`
	// The outlet visited; absent at the main site.
	Outlet Label `json:"outlet,omitzero"`
}

// EventType is starledger.person_days.recorded.v1.
func (PersonDaysRecorded) EventType() Type { return "starledger.person_days.recorded.v1" }

// PersonDays is the time of one person, day and outlet, and where it stands.
type PersonDays struct {
	Entry
	PersonDaysRecorded
}

func (d PersonDaysRecorded) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	now := PersonDays{entryOf(e), d}
	if standing := find(a.PersonDaysOnSite, now.replaces); standing != nil {
		*standing = now
		return nil
	}
	a.PersonDaysOnSite = append(a.PersonDaysOnSite, now)
	return nil
}

func (p *PersonDays) replaces(x *PersonDays) bool {
	return x.PersonDaysRecorded.Actor == p.PersonDaysRecorded.Actor && x.On == p.On && x.Outlet == p.Outlet
}
