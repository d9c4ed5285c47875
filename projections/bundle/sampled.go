package bundle

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"starledger/events"
	"starledger/events/checks"
)

// An Opener opens a list or a piece of evidence by its digest; an fs.ErrNotExist when it is not at hand.
type Opener func(events.Digest) (io.ReadCloser, error)

// Sampled are the cases that an accreditation review has drawn, by any of its draws, in the order of their
// ids; none of any other case. They follow from the lists, which anyone can hash, and the draws, which
// anyone can repeat, so a bundle of a review can neither leave one out nor bring another. It does not
// repeat the draws: check draws does. Errors: those of open, and a list that does not name cases.
func Sampled(c *events.Case, open Opener) ([]events.CaseID, error) {
	if c.Accreditation == nil {
		return nil, nil
	}
	var ids []events.CaseID
	for i := range c.Accreditation.Populations {
		drawn, err := drawnFrom(&c.Accreditation.Populations[i], open)
		if err != nil {
			return nil, fmt.Errorf("find the cases drawn from %s: %w", c.Accreditation.Populations[i].PopulationRecorded.Population, err)
		}
		ids = append(ids, drawn...)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

func drawnFrom(p *events.Population, open Opener) ([]events.CaseID, error) {
	if len(p.Draws) == 0 {
		return nil, nil
	}
	wanted := map[uint64]bool{}
	for _, draw := range p.Draws {
		for _, item := range draw.Items {
			wanted[item] = true
		}
	}
	list, err := open(p.PopulationRecorded.Digest)
	if err != nil {
		return nil, err
	}
	var ids []events.CaseID
	var wrong error
	_, err = checks.Items(list, func(number uint64, item []byte) {
		var id events.CaseID
		if !wanted[number] {
			return
		}
		if bad := id.UnmarshalText(item); bad != nil {
			wrong = fmt.Errorf("line %d names no case: %w", number, bad)
			return
		}
		ids = append(ids, id)
	})
	return ids, errors.Join(err, wrong, list.Close())
}

// populationsOf are the populations of a case, whatever they belong to.
func populationsOf(c *events.Case) []events.Population {
	var all []events.Population
	for i := range c.Audits {
		all = append(all, c.Audits[i].Populations...)
	}
	if c.Accreditation != nil {
		all = append(all, c.Accreditation.Populations...)
	}
	return all
}

// inOrder are cases as a bundle tells them: the one that it is about first, the others by their ids.
func inOrder(about events.CaseID, cases []*events.Case) []*events.Case {
	slices.SortFunc(cases, func(a, b *events.Case) int {
		switch about {
		case a.ID:
			return -1
		case b.ID:
			return 1
		}
		return cmp.Compare(a.ID, b.ID)
	})
	return cases
}
