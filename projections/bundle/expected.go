package bundle

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// claims is expected/score.json: what the ledger says came of the case at its last event in the bundle.
// A verifier works the same out from the bodies and compares the bytes:
//
//	{"format":"starledger-score/v1","case":"01J…","case_seq":57,"audits":[{"audit":1,
//	 "scheme":{"id":"gbt27922-2011","version":"1","digest":"sha256:…"},"involved":"90/1","earned":"432/5",
//	 "score":"96/1","uncapped":"95/1","final":"95/1","grade":"five_star","passed":true,"reasons":[],
//	 "assessed":44,"clauses":44,"provisional":false,"partial":false}]}
//
// A line for each case, the one that the bundle is about first, then those that a review drew, by their
// ids. Members in this order, numbers as exact fractions in lowest terms. grade and passed are
// null where there is none. An audit that cannot be scored has unscorable, true, and nothing behind scheme.
// The format is frozen: another member would be starledger-score/v2.
type claims struct {
	Format  string        `json:"format"`
	Case    events.CaseID `json:"case"`
	CaseSeq uint64        `json:"case_seq"`
	Audits  []claim       `json:"audits"`
}

type claim struct {
	Audit      uint64            `json:"audit"`
	Scheme     events.SchemeName `json:"scheme"`
	Unscorable bool              `json:"unscorable,omitzero"`
	*scored    `json:",inline"`
}

type scored struct {
	Involved    string   `json:"involved"`
	Earned      string   `json:"earned"`
	Score       string   `json:"score"`
	Uncapped    string   `json:"uncapped"`
	Final       string   `json:"final"`
	Grade       *string  `json:"grade"`
	Passed      *bool    `json:"passed"`
	Reasons     []string `json:"reasons"`
	Assessed    int      `json:"assessed"`
	Clauses     int      `json:"clauses"`
	Provisional bool     `json:"provisional"`
	Partial     bool     `json:"partial"`
}

// claimsOf scores every audit of the cases as they stand. It fails when a scheme is not in the book.
func claimsOf(cases []*events.Case, book *scoring.Book) ([]byte, error) {
	var lines []byte
	for _, c := range cases {
		line, err := lineOf(c, book)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line...)
	}
	return lines, nil
}

func lineOf(c *events.Case, book *scoring.Book) ([]byte, error) {
	all := claims{Format: "starledger-score/v1", Case: c.ID, CaseSeq: c.Head.CaseSeq, Audits: []claim{}}
	for i := range c.Audits {
		one, err := claimOf(&c.Audits[i], book)
		if err != nil {
			return nil, err
		}
		all.Audits = append(all.Audits, one)
	}
	text, err := json.Marshal(all, json.Deterministic(true))
	if err != nil {
		return nil, fmt.Errorf("write the scores: %w", err)
	}
	return append(text, '\n'), nil
}

func claimOf(a *events.Audit, book *scoring.Book) (claim, error) {
	c := claim{Audit: a.Number, Scheme: a.Scheme}
	r, err := checks.Score(a, book)
	if errors.Is(err, checks.ErrUnknownScheme) {
		return claim{}, err
	}
	if err != nil { // such as every clause deleted: what cannot be scored is no reason not to show the case
		c.Unscorable = true
		return c, nil
	}
	c.scored = &scored{
		Involved: r.Involved.Fraction(), Earned: r.Earned.Fraction(), Score: r.Score.Fraction(),
		Uncapped: r.Uncapped.Fraction(), Final: r.Final.Fraction(), Passed: r.Passed,
		Reasons: append([]string{}, r.Reasons...), Assessed: r.Assessed, Clauses: r.InvolvedClauses,
		Provisional: r.Provisional, Partial: r.Partial,
	}
	if r.Grade != nil {
		c.Grade = &r.Grade.ID
	}
	return c, nil
}

// digestOf copies what it reads to w and tells its digest and size.
func digestOf(from io.Reader, w io.Writer) (events.Digest, uint64, error) {
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(sum, w), from)
	return events.Digest("sha256:" + hex.EncodeToString(sum.Sum(nil))), uint64(n), err
}
