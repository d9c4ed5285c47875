package scoring

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"github.com/go-json-experiment/json"
)

// prepared is a scheme made ready for scoring: decimals parsed and clauses indexed once, so that
// scoring an audit costs no more than its facts.
type prepared struct {
	canonical []byte
	digest    string
	scorable  bool
	index     map[string]int // clause id → position
	points    []Number       // by position
	total     Number
	fullMarks Number
	special   Number // points of one special deduction
	limit     string
	bonus     Number // points of one bonus
	cap       Number
	minimum   Number
	gradeMins []Number
	bandFroms []Number
}

// prepare completes a scheme that passed every check.
func (s *Scheme) prepare() error {
	canonical, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("encode scheme %s@%s: %w", s.ID, s.Version, err)
	}
	sum := sha256.Sum256(canonical)
	s.prepared = prepared{
		canonical: canonical,
		digest:    "sha256:" + hex.EncodeToString(sum[:]),
		scorable:  true,
		index:     make(map[string]int, len(s.Clauses)),
		fullMarks: known(s.FullMarks),
		special:   known(s.SpecialDeductions.Each),
		limit:     s.SpecialDeductions.Limit.Operator + " " + strconv.Itoa(s.SpecialDeductions.Limit.Count),
		bonus:     known(s.Bonus.Each),
		cap:       known(s.Cap),
		minimum:   known(s.Minimum),
	}
	for i, clause := range s.Clauses {
		s.prepared.index[clause.ID] = i
		if clause.Points == nil {
			s.prepared.scorable = false
			continue
		}
		points := known(*clause.Points)
		s.prepared.points = append(s.prepared.points, points)
		s.prepared.total = s.prepared.total.Add(points)
	}
	for _, grade := range s.Grades {
		s.prepared.gradeMins = append(s.prepared.gradeMins, known(grade.Min))
	}
	for _, band := range s.Bands {
		s.prepared.bandFroms = append(s.prepared.bandFroms, known(band.From))
	}
	return nil
}

// known is the value of a decimal that was checked before; an absent one is 0.
func known(d Decimal) Number {
	n, _ := parseDecimal(string(d))
	return n
}
