package main

import (
	"starledger/events"
	"starledger/scoring"
)

// What ledgerctl reads of the API's documents. Members it has no use for are left out; the
// documents themselves are printed as they came by --output json and jsonl.

// caseRow is a case in the list.
type caseRow struct {
	Case         string        `json:"case"`
	Organization string        `json:"organization"`
	Scope        string        `json:"scope"`
	Scheme       string        `json:"scheme"` // id@version
	State        string        `json:"state"`
	Score        *scoreSummary `json:"score"` // nil before the first audit
	LastChange   struct {
		Seq        uint64         `json:"seq"`
		RecordedAt events.Instant `json:"recorded_at"`
	} `json:"last_change"`
}

// scoreSummary is a score in a list.
type scoreSummary struct {
	Final       string `json:"final"`
	Grade       string `json:"grade"`
	Provisional bool   `json:"provisional"`
}

// caseDocument is one case.
type caseDocument struct {
	Audits []struct {
		Audit uint64 `json:"audit"`
	} `json:"audits"`
}

// wording is a name in both languages; English may be missing.
type wording struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

func (w wording) in(l language) string {
	if l == english && w.EN != "" {
		return w.EN
	}
	return w.ZH
}

// asOf is the point an answer shows.
type asOf struct {
	Seq         uint64         `json:"seq"`
	RecordedAt  events.Instant `json:"recorded_at"`
	EffectiveAt events.Instant `json:"effective_at"`
}

// schemeName names the version of a scheme that judged.
type schemeName struct {
	ID      string        `json:"id"`
	Version string        `json:"version"`
	Digest  events.Digest `json:"digest"`
}

// score is the score of an audit with its clauses.
type score struct {
	AsOf     asOf           `json:"as_of"`
	Scheme   schemeName     `json:"scheme"`
	Earned   string         `json:"earned"`
	Involved string         `json:"involved"`
	Score    scoring.Number `json:"score"`
	Specials struct {
		Count  int    `json:"count"`
		Points string `json:"points"`
		Limit  string `json:"limit"`
	} `json:"special_deductions"`
	Bonus struct {
		Count  int    `json:"count"`
		Points string `json:"points"`
	} `json:"bonus"`
	Final    scoring.Number `json:"final"`
	Uncapped scoring.Number `json:"uncapped"`
	Grade    *struct {
		ID   string  `json:"id"`
		Name wording `json:"name"`
	} `json:"grade"`
	Passed   *bool    `json:"passed"`
	Reasons  []string `json:"reasons"`
	Progress struct {
		Assessed int `json:"assessed"`
		Involved int `json:"involved"`
	} `json:"progress"`
	Provisional bool          `json:"provisional"`
	Partial     bool          `json:"partial"`
	Clauses     []clauseScore `json:"clauses"`
	Steps       []struct {
		ID     string   `json:"id"`
		Events []uint64 `json:"events"`
	} `json:"steps"`
}

// clauseScore is how one clause stands and why.
type clauseScore struct {
	Clause   string         `json:"clause"`
	Points   string         `json:"points"`
	Earned   scoring.Number `json:"earned"`
	Deleted  bool           `json:"deleted"`
	Assessed bool           `json:"assessed"`
	Formula  string         `json:"formula"`
	Events   []uint64       `json:"events"`
}

// timeline is how a score came about.
type timeline struct {
	Items []timelineItem `json:"items"`
}

// timelineItem is one event that touched the score.
type timelineItem struct {
	Seq   uint64         `json:"seq"`
	Final scoring.Number `json:"final"`
	Delta scoring.Number `json:"delta"`
	Grade string         `json:"grade"` // "" when failed or partial
}

// schemeRow is a version of a scheme in the list.
type schemeRow struct {
	ID           string        `json:"id"`
	Version      string        `json:"version"`
	Digest       events.Digest `json:"digest"`
	Title        wording       `json:"title"`
	Method       string        `json:"method"`
	Scorable     bool          `json:"scorable"`
	InForceFrom  string        `json:"in_force_from"`
	InForceUntil string        `json:"in_force_until"`
	Current      bool          `json:"current"`
}
