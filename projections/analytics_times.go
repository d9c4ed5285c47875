package projections

import (
	"slices"

	"starledger/events"
)

// stepTimes are the durations of each of stepNames.
type stepTimes map[int][]events.Instant

func (s stepTimes) add(t *timed) {
	for i, took := range t.steps {
		if took >= 0 {
			s[i] = append(s[i], took)
		}
	}
}

func (s stepTimes) summed() []LeadTime {
	var list []LeadTime
	for i, name := range stepNames {
		if len(s[i]) > 0 {
			list = append(list, leadTime(name, s[i]))
		}
	}
	return list
}

func leadTime(step string, times []events.Instant) LeadTime {
	slices.Sort(times)
	rank := func(tenths int) events.Instant { return times[(len(times)*tenths+9)/10-1] }
	return LeadTime{Step: step, Audits: len(times), Median: rank(5), Ninth: rank(9), Longest: times[len(times)-1]}
}
