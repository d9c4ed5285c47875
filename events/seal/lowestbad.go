package seal

import "starledger/events"

// LowestBad is the lowest sequence that an error names as missing or altered, 0 when it names none.
func LowestBad(err error) (lowest uint64) {
	for err != nil {
		switch e := err.(type) {
		case *events.DamageError:
			return lower(lowest, e.Seq)
		case *events.GapError:
			return lower(lowest, e.Want)
		case interface{ Unwrap() []error }:
			for _, one := range e.Unwrap() {
				lowest = lower(lowest, LowestBad(one))
			}
			return lowest
		case interface{ Unwrap() error }:
			err = e.Unwrap()
		default:
			return lowest
		}
	}
	return lowest
}

func lower(a, b uint64) uint64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
