package checks

import (
	"fmt"
	"slices"

	"starledger/events"
)

// populationAgrees holds the N of a sample against the lists that were recorded for the clause in the same
// audit: where there are any, one of them has that many items.
var populationAgrees = &Check{
	Code:    "SAMP-01",
	Name:    Wording{"抽样所称总体数量与登记的总体清单一致", "the population that a sample states is as large as the list that was recorded for the clause"},
	Source:  "R3; 000 6.1.2 c; ours",
	Posting: Warn,
	Guards:  types(events.AssessmentRecorded{}, events.DeductionApplied{}),
	guard: func(p Posting) *Violation {
		audit, clause, sample := sampleIn(p.Payload)
		a := p.Case.Audit(audit)
		if a == nil || sample == nil || sample.Population == 0 {
			return nil
		}
		var sizes []uint64
		for i := range a.Populations {
			if list := &a.Populations[i]; list.Clause == clause {
				sizes = append(sizes, list.Size)
			}
		}
		if len(sizes) == 0 || slices.Contains(sizes, sample.Population) {
			return nil
		}
		recorded := sizes[len(sizes)-1]
		return &Violation{
			Code: populationDiffers, Pointer: "/sample/population",
			Args: map[string]string{"stated": fmt.Sprint(sample.Population), "recorded": fmt.Sprint(recorded)},
			Detail: Wording{
				fmt.Sprintf("条款 %s 的抽样称总体为 %d，登记的清单有 %d 项", clause, sample.Population, recorded),
				fmt.Sprintf("the sample for clause %s states a population of %d, the list recorded has %d", clause, sample.Population, recorded),
			},
		}
	},
}

func sampleIn(payload events.Payload) (audit uint64, clause events.Clause, sample *events.Sample) {
	switch d := payload.(type) {
	case events.AssessmentRecorded:
		return d.Audit, d.Clause, d.Sample
	case events.DeductionApplied:
		return d.Audit, d.Clause, d.Sample
	}
	return 0, "", nil
}
