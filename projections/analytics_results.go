package projections

import (
	"cmp"
	"maps"
	"slices"

	"starledger/events"
	"starledger/scoring"
)

// scoreGroups are the groups by month and scheme.
type scoreGroups map[[2]string]*scoreGroup

type scoreGroup struct {
	ScoreGroup
	finals []scoring.Number
}

func (g scoreGroups) add(r *result) {
	key := [2]string{r.month, r.scheme}
	s := g[key]
	if s == nil {
		s = &scoreGroup{ScoreGroup: ScoreGroup{
			Month: key[0], Scheme: r.scheme, Grades: map[events.ID]int{}, Least: *r.final, Most: *r.final,
		}}
		g[key] = s
	}
	s.Audits++
	s.finals = append(s.finals, *r.final)
	if r.grade == "" {
		s.Failed++
	} else {
		s.Grades[r.grade]++
	}
	if r.final.Cmp(s.Least) < 0 {
		s.Least = *r.final
	}
	if r.final.Cmp(s.Most) > 0 {
		s.Most = *r.final
	}
}

func (g scoreGroups) sorted() []ScoreGroup {
	list := make([]ScoreGroup, 0, len(g))
	for _, s := range g {
		s.Mean = scoring.Sum(s.finals).Quo(scoring.Whole(int64(s.Audits)))
		list = append(list, s.ScoreGroup)
	}
	slices.SortFunc(list, func(a, b ScoreGroup) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Scheme, b.Scheme))
	})
	return list
}

// clauseOf is a clause of a scheme.
type clauseOf struct {
	scheme string
	clause events.Clause
}

// lossCounts counts for each clause and month how often which loss came: the same losses come again
// and again, so that there is little to add up exactly in the end.
type lossCounts map[clauseOf]map[monthlyLoss]int

type monthlyLoss struct {
	month string
	lost  *scoring.Number
}

func (l lossCounts) add(r *result) {
	for _, loss := range r.losses {
		at := clauseOf{r.scheme, loss.clause}
		if l[at] == nil {
			l[at] = map[monthlyLoss]int{}
		}
		l[at][monthlyLoss{r.month, loss.lost}]++
	}
}

// sorted adds up, and puts the dearest clause of each scheme first.
func (l lossCounts) sorted() []ClauseLoss {
	list := make([]ClauseLoss, 0, len(l))
	whole := map[string]scoring.Number{}
	for at, counts := range l {
		loss := lossOn(at, counts)
		whole[at.scheme] = whole[at.scheme].Add(loss.Lost)
		list = append(list, loss)
	}
	slices.SortFunc(list, func(a, b ClauseLoss) int {
		return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), b.Lost.Cmp(a.Lost), cmp.Compare(a.Clause, b.Clause))
	})
	share(list, whole)
	return list
}

// lossOn adds up what one clause cost.
func lossOn(at clauseOf, counts map[monthlyLoss]int) ClauseLoss {
	loss := ClauseLoss{Scheme: at.scheme, Clause: at.clause}
	months, lost := map[string]int{}, map[string][]scoring.Number{}
	for each, count := range counts {
		months[each.month] += count
		lost[each.month] = append(lost[each.month], each.lost.Times(int64(count)))
	}
	for _, month := range slices.Sorted(maps.Keys(months)) {
		m := MonthLoss{Month: month, Audits: months[month], Lost: scoring.Sum(lost[month])}
		loss.Months = append(loss.Months, m)
		loss.Audits += m.Audits
		loss.Lost = loss.Lost.Add(m.Lost)
	}
	return loss
}

// share adds the shares to a sorted list.
func share(list []ClauseLoss, whole map[string]scoring.Number) {
	var run scoring.Number
	for i := range list {
		loss := &list[i]
		if i == 0 || list[i-1].Scheme != loss.Scheme {
			run = scoring.Number{}
		}
		run = run.Add(loss.Lost)
		loss.Share, loss.Cumulative = loss.Lost.Quo(whole[loss.Scheme]), run.Quo(whole[loss.Scheme])
	}
}

// repeatCounts are the clauses found again.
type repeatCounts map[clauseOf]*RepeatedClause

func (c repeatCounts) add(r *result) {
	for _, clause := range r.repeats {
		at := clauseOf{r.scheme, clause}
		if c[at] == nil {
			c[at] = &RepeatedClause{Scheme: at.scheme, Clause: at.clause}
		}
		c[at].Audits++
		if len(c[at].Examples) < repeatExamples {
			c[at].Examples = append(c[at].Examples, RepeatExample{r.id, r.audit})
		}
	}
}

func (c repeatCounts) sorted() []RepeatedClause {
	list := make([]RepeatedClause, 0, len(c))
	for _, r := range c {
		list = append(list, *r)
	}
	slices.SortFunc(list, func(a, b RepeatedClause) int {
		return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), cmp.Compare(b.Audits, a.Audits), cmp.Compare(a.Clause, b.Clause))
	})
	return list
}
