package api

import (
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"starledger/events"
	"starledger/events/decide"
	"starledger/projections"
	"starledger/scoring"
)

// listCases lists and searches cases, the newest first.
func (s *Server) listCases(w http.ResponseWriter, c *call) error {
	query, err := caseQueryOf(c.query)
	if err != nil {
		return err
	}
	if query.Member, err = memberOf(c.query, c.actor); err != nil {
		return err
	}
	part, within, err := s.listing(c)
	if err != nil {
		return err
	}
	query.Within, query.After, query.Limit = within, part.after, part.limit
	page, err := s.views.Cases(c.Context(), query)
	if err != nil {
		return pointProblem(err, "as_of")
	}
	return writeView(w, c, query.AsOf, within, page, rowOf)
}

// maxSearch is the longest text that is searched for, in characters.
const maxSearch = 100

func caseQueryOf(query url.Values) (q projections.CaseQuery, err error) {
	q = projections.CaseQuery{Text: query.Get("q"), State: projections.State(query.Get("state"))}
	if q.AsOf, err = pointOf(query); err != nil {
		return q, err
	}
	switch {
	case query.Has("q") && (q.Text == "" || !utf8.ValidString(q.Text) || utf8.RuneCountInString(q.Text) > maxSearch):
		return q, malformed("search-malformed", "max", strconv.Itoa(maxSearch)).at("q")
	case query.Has("state") && !slices.Contains(projections.States(), q.State):
		return q, malformed("state-unknown", "states", stateWords()).at("state")
	}
	if err := optional(query, "grade", &q.Grade); err != nil {
		return q, err
	}
	var ref decide.SchemeRef
	if err := optional(query, "scheme", &ref); err != nil || ref == "" {
		return q, err
	}
	id, version, err := scoring.ParseRef(string(ref))
	q.Scheme, q.Version = events.ID(id), events.ID(version)
	return q, err
}

// stateWords are the states that can be asked for.
func stateWords() string {
	words := make([]string, 0, len(projections.States()))
	for _, state := range projections.States() {
		words = append(words, string(state))
	}
	return strings.Join(words, ", ")
}

// caseRow is a case in a list.
type caseRow struct {
	Case         events.CaseID            `json:"case"`
	Kind         events.CaseKind          `json:"kind"`
	Organization events.Text              `json:"organization"`
	Scope        events.Text              `json:"scope"`
	Field        events.ID                `json:"field,omitzero"`
	Scheme       string                   `json:"scheme,omitzero"` // not of an accreditation review
	State        projections.State        `json:"state"`
	Audit        *auditRow                `json:"audit,omitzero"`
	Score        *markBody                `json:"score,omitzero"`
	Grade        events.ID                `json:"grade,omitzero"`
	OpenFindings int                      `json:"open_findings"`
	Certificate  events.CertificateNumber `json:"certificate,omitzero"`
	Imported     bool                     `json:"imported,omitzero"`
	LastChange   lastChange               `json:"last_change"`
}

// auditRow is the latest audit of a case in a list.
type auditRow struct {
	Audit    uint64            `json:"audit"`
	Kind     events.AuditKind  `json:"kind"`
	Stage    projections.State `json:"stage"`
	Progress progressBody      `json:"progress"`
	Specials specialsCount     `json:"special_deductions"`
}

type specialsCount struct {
	Count int    `json:"count"`
	Limit string `json:"limit"`
}

type lastChange struct {
	Seq        uint64         `json:"seq"`
	RecordedAt events.Instant `json:"recorded_at"`
	Type       events.Type    `json:"type"`
	Actor      events.ID      `json:"actor"`
}

func rowOf(r *projections.CaseRow) caseRow {
	row := caseRow{
		Case: r.ID, Kind: r.Kind, Organization: r.Organization, Scope: r.Scope, Field: r.Field,
		Scheme: string(r.Scheme + "@" + r.Version), State: r.State,
		OpenFindings: r.OpenFindings, Certificate: r.Certificate, Imported: r.Imported,
		LastChange: lastChange{r.Changed.Seq, r.Changed.Recorded, r.Changed.Type, r.Changed.Actor},
	}
	if r.Scheme == "" {
		row.Scheme = ""
	}
	if a := r.Audit; a != nil {
		row.Audit = &auditRow{a.Number, a.Kind, a.Stage, progressBody{a.Assessed, a.Involved}, specialsCount{a.Specials, a.Limit}}
		row.Score = &markBody{a.Final.Value(), gradeID(a.Grade), a.Provisional}
		row.Grade = a.Grade
	}
	return row
}

// optional reads a parameter that its type checks itself; absent leaves the zero value.
func optional[T any, P interface {
	*T
	UnmarshalText([]byte) error
}](query url.Values, name string, target P) error {
	if !query.Has(name) {
		return nil
	}
	if target.UnmarshalText([]byte(query.Get(name))) != nil {
		return malformed("parameter-malformed", "parameter", name, "expected", expectation(reflect.TypeFor[T]())).at(name)
	}
	return nil
}
