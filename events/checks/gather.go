package checks

import (
	"starledger/events"
	"starledger/scoring"
)

// A Gathering is the ground that some cases are for one another, where a part of a ledger was read and no
// read model is at hand: in a bundle. What lies outside of it is not known, so its Taken and Copied find
// less than those of the whole ledger, and nothing else.
type Gathering struct {
	registry *events.Case
	numbers  map[events.CertificateNumber]uint64 // -> first sequence
	traces   map[events.Digest][]left
	cases    int // of organizations
}

// left is a trace of one case.
type left struct {
	seq uint64
	by  events.Organization
}

// Gather makes the ground of what was read: whole cases, and the registry as it stands where that was read
// too. Each case comes with its events; add them in any order.
func Gather(registry *events.Case) *Gathering {
	return &Gathering{registry: registry, numbers: map[events.CertificateNumber]uint64{}, traces: map[events.Digest][]left{}}
}

// Add takes in a case.
func (g *Gathering) Add(of *events.Case, history []*events.Stored) {
	if of.Organization.Name != "" && of.Kind != events.AccreditationReview {
		g.cases++
	}
	for _, e := range history {
		switch e.Data.(type) {
		case events.CertificateIssued, events.CertificateImported:
			number := numberOf(e.Data)
			if first, known := g.numbers[number]; !known || e.Seq < first {
				g.numbers[number] = e.Seq
			}
		}
		for _, trace := range Traces(e.Data) {
			g.traces[trace.Digest] = append(g.traces[trace.Digest], left{e.Seq, of.Organization})
		}
	}
}

// Ground is what was gathered. One case alone can be compared with none, so it leaves Copied out.
func (g *Gathering) Ground(schemes *scoring.Book) Ground {
	ground := Ground{Schemes: schemes, Registry: g.registry, Taken: g.taken}
	if g.cases > 1 {
		ground.Copied = g.copied
	}
	return ground
}

func (g *Gathering) taken(number events.CertificateNumber, before uint64) bool {
	first, known := g.numbers[number]
	return known && first < before
}

func (g *Gathering) copied(of events.Organization, trace events.Digest, before uint64) uint64 {
	first := uint64(0)
	for _, l := range g.traces[trace] {
		if l.seq < before && !sameOrganization(l.by, of) && (first == 0 || l.seq < first) {
			first = l.seq
		}
	}
	return first
}

// sameOrganization tells whether two cases are of one organization: by its name, or by its unified social
// credit code where both have one.
func sameOrganization(a, b events.Organization) bool {
	return a.Name == b.Name || a.USCC != "" && a.USCC == b.USCC
}
