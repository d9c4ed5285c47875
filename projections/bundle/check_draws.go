package bundle

import (
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/proof"
)

// checkDraws repeats every draw of every case from its list and its checkpoint, and holds the cases in a
// review's bundle against those that the review has drawn.
func (v *verification) checkDraws(o *Outcome) error {
	lists, draws := 0, 0
	for _, c := range v.sortedCases() {
		for _, p := range populationsOf(c.state) {
			lists, draws = lists+1, draws+len(p.Draws)
			if err := v.repeat(o, c.state.ID, &p); err != nil {
				return err
			}
		}
	}
	if lists == 0 && len(v.others()) == 0 {
		o.skip(checks.Wording{ZH: "没有抽样", EN: "nothing was sampled"})
		return nil
	}
	o.Detail = wordf("%d 份总体清单，%d 次抽取", "%d lists, %d draws", lists, draws)
	v.wantSampled(o)
	return nil
}

// repeat looks at a list and its draws. A list that is not there may have been left out for a reason; then
// nothing can be repeated.
func (v *verification) repeat(o *Outcome, id events.CaseID, p *events.Population) error {
	name := attachedName(p.PopulationRecorded.Digest)
	if !v.archive.has(name) {
		o.warn(at(p.Seq, wordf("总体清单 %s 不在包内，无法重新抽取", "the list %s is not in the bundle: its draws cannot be repeated", p.PopulationRecorded.Digest)))
		return nil
	}
	found, err := v.digest(name)
	if err != nil {
		return err
	}
	size, err := v.itemsIn(name)
	if err != nil {
		return err
	}
	if found != p.PopulationRecorded.Digest || size != p.Size || size > checks.MostItems {
		o.fail(at(p.Seq, wordf("称有 %d 项，清单（%s）有 %d 行", "states %d items, the list (%s) has %d lines", p.Size, found, size)))
		return nil
	}
	for i := range p.Draws {
		if err := v.redraw(id, p, i); err != nil {
			o.fail(at(p.Draws[i].Seq, because(err)))
		}
	}
	return nil
}

// itemsIn counts the lines of a list; what is no list has none.
func (v *verification) itemsIn(name string) (uint64, error) {
	list, err := v.archive.open(name)
	if err != nil {
		return 0, err
	}
	size, err := checks.Items(list, func(uint64, []byte) {})
	if err != nil {
		size = 0
	}
	return size, list.Close()
}

// redraw draws again. The checkpoint has to be one of this log, and no earlier one in the bundle may cover
// the list: otherwise whoever drew had a choice.
func (v *verification) redraw(id events.CaseID, p *events.Population, i int) error {
	draw := p.Draws[i]
	from := draw.Checkpoint
	root, err := rootOf(from.Root)
	switch {
	case err != nil:
		return err
	case draw.Draw != uint64(i+1):
		return errors.New("its number is not that of the next draw")
	case from.Size < p.Seq || from.Size > v.head.Size:
		return errors.New("its checkpoint does not cover the list, or is not of this tree")
	case slices.ContainsFunc(v.older, func(one older) bool { return one.size >= p.Seq && one.size < from.Size }):
		return errors.New("an earlier checkpoint covers the list")
	}
	if err := v.continues(proof.Head{Size: from.Size, Root: root}); err != nil {
		return err
	}
	if !slices.Equal(draw.Items, checks.Draw(id, p, draw.Draw, from, len(draw.Items))) {
		return errors.New("drawn again, the sample is another")
	}
	return nil
}

func rootOf(d events.Digest) (root proof.Hash, err error) {
	raw, err := hex.DecodeString(strings.TrimPrefix(string(d), "sha256:"))
	if err != nil || len(raw) != len(root) {
		return root, errors.New("its checkpoint has no root")
	}
	copy(root[:], raw)
	return root, nil
}

// wantSampled: a review's bundle has exactly the cases that were drawn.
func (v *verification) wantSampled(o *Outcome) {
	about := v.cases[v.id].state
	drawn, err := Sampled(about, v.attached)
	if err != nil {
		o.fail(Example{Text: because(err)})
		return
	}
	there := v.others()
	for _, id := range drawn {
		if !slices.Contains(there, id) {
			o.fail(Example{Text: wordf("抽到的项目 %s 不在包内", "the case %s was drawn and is not in the bundle", id)})
		}
	}
	for _, id := range there {
		if !slices.Contains(drawn, id) {
			o.fail(Example{Text: wordf("项目 %s 未被抽到，却在包内", "the case %s was not drawn and is in the bundle", id)})
		}
	}
}

func (v *verification) attached(d events.Digest) (io.ReadCloser, error) {
	if !v.archive.has(attachedName(d)) {
		return nil, fs.ErrNotExist
	}
	return v.archive.open(attachedName(d))
}

// others are the cases of organizations in the bundle besides the one that it is about.
func (v *verification) others() []events.CaseID {
	var ids []events.CaseID
	for _, c := range v.sortedCases() {
		if c.state.ID != v.id && !slices.Contains(inEvery, c.state.ID) {
			ids = append(ids, c.state.ID)
		}
	}
	return ids
}

// told are the cases that the pages and the claims are about, the one that the bundle is about first.
func (v *verification) told() []*events.Case {
	var cases []*events.Case
	for _, c := range v.sortedCases() {
		if !slices.Contains(inEvery, c.state.ID) {
			cases = append(cases, c.state)
		}
	}
	return inOrder(v.id, cases)
}

// drawnFromSizes are the sizes of the checkpoints that draws rest on.
func drawnFromSizes(cases []*events.Case) []uint64 {
	var sizes []uint64
	for _, c := range cases {
		for _, p := range populationsOf(c) {
			for _, draw := range p.Draws {
				sizes = append(sizes, draw.Checkpoint.Size)
			}
		}
	}
	return sizes
}
