package decide_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// bodies is one body of each command of an audit and its certificate, and of every one that needs If-Match.
var bodies = []struct {
	command func() decide.Command
	body    string
	ifMatch bool
}{
	{func() decide.Command { return new(decide.OpenCase) }, `{"kind":"certification","scheme":"cts-2025@1","organization":{"name":"华星"},"scope":"家电","applied_at":"2026-03-01T09:00:00+08:00"}`, false},
	{func() decide.Command { return new(decide.ReviewApplication) }, `{"outcome":"accepted","reason":"complete","checks":[{"subject":"licence","passed":true}]}`, false},
	{func() decide.Command { return new(decide.PlanAudit) }, `{"kind":"initial","team":[{"actor":"li","role":"lead"}],"starts_on":"2026-03-10","ends_on":"2026-03-12","person_days":"4.5","outlets":["总部"],"mode":"on_site"}`, false},
	{func() decide.Command { return new(decide.ReviewDocuments) }, `{"outcome":"accepted","reason":"complete"}`, false},
	{func() decide.Command { return new(decide.OpenAudit) }, `{"held_at":"2026-03-10T09:00:00Z","attendees":["李"]}`, false},
	{func() decide.Command { return new(decide.CloseAudit) }, `{"held_at":"2026-03-12T17:00:00.5+08:00"}`, false},
	{func() decide.Command { return new(decide.ChangeTeam) }, `{"add":[{"actor":"gao","role":"expert"}],"remove":["wang"],"reason":"ill"}`, false},
	{func() decide.Command { return new(decide.RecordAssessment) }, `{"clause":"5.3.2.2","result":"conforming","rating":"85","sample":{"population":9,"size":3,"nonconforming":0},"method":"interview"}`, false},
	{func() decide.Command { return new(decide.RaiseFinding) }, `{"clause":"5.3.2.2","category":"nonconformity","severity":"minor","statement":"late"}`, false},
	{func() decide.Command { return new(decide.WithdrawFinding) }, `{"reason":"a mistake"}`, true},
	{func() decide.Command { return new(decide.SubmitCorrection) }, `{"statement":"done"}`, false},
	{func() decide.Command { return new(decide.VerifyCorrection) }, `{"outcome":"rejected","reason":"not yet"}`, false},
	{func() decide.Command { return new(decide.ApplyDeduction) }, `{"clause":"5.3.2.2","basis":"sampled","sample":{"size":25,"nonconforming":18},"finding":"F1","reason":"late"}`, false},
	{func() decide.Command { return new(decide.RevokeDeduction) }, `{"reason":"a mistake","note":"seen again","effective_at":"2026-03-11T09:00:00Z"}`, true},
	{func() decide.Command { return new(decide.GrantDeletion) }, `{"clause":"5.2.4.1","reason":"no such goods"}`, true},
	{func() decide.Command { return new(decide.RevokeDeletion) }, `{"reason":"a mistake"}`, true},
	{func() decide.Command { return new(decide.ApplySpecialDeduction) }, `{"trigger":"law","finding":"F1","reason":"a penalty"}`, false},
	{func() decide.Command { return new(decide.RevokeSpecialDeduction) }, `{"reason":"a mistake"}`, true},
	{func() decide.Command { return new(decide.GrantBonus) }, `{"reason":"ahead of the trade"}`, false},
	{func() decide.Command { return new(decide.RevokeBonus) }, `{"reason":"a mistake"}`, true},
	{func() decide.Command { return new(decide.ReportAudit) }, `{"recommendation":"grant","grade":"five_star","summary":"in order"}`, true},
	{func() decide.Command { return new(decide.ReportSelfAssessment) }, `{"purposes":["internal"],"independence":[{"actor":"chen","free":true}],"conclusion":"conforms","summary":"in order"}`, true},
	{func() decide.Command { return new(decide.ReviewAudit) }, `{"outcome":"confirmed","reason":"in order"}`, true},
	{func() decide.Command { return new(decide.MakeDecision) }, `{"decision":"grant","audit":1,"grade":"five_star","reason":"in order"}`, true},
	{func() decide.Command { return new(decide.IssueCertificate) }, `{"number":"71226SC0001R0M","valid_from":"2026-03-20","valid_until":"2029-03-19"}`, true},
	{func() decide.Command { return new(decide.CloseCase) }, `{"reason":"no longer wanted"}`, false},
	{func() decide.Command { return new(decide.MakeGrant) }, `{"actor":"guo","cases":["01JD3Z0000000000000000000C"],"until":"2026-03-31"}`, false},
	{func() decide.Command { return new(decide.DecideAppeal) }, `{"outcome":"dismissed","reason":"nothing new"}`, true},
	{func() decide.Command { return new(decide.ReopenCorrection) }, `{"reason":"it came back"}`, true},
	{func() decide.Command { return new(decide.EndApproval) }, `{"until":"2026-12-31","reason":"given back"}`, true},
	{func() decide.Command { return new(decide.EndQualification) }, `{"until":"2026-12-31","reason":"retired"}`, true},
	{func() decide.Command { return new(decide.RevokeGrant) }, `{"reason":"over"}`, true},
}

func TestBodies(t *testing.T) {
	for _, b := range bodies {
		cmd := b.command()
		if err := events.Strict([]byte(b.body), cmd); err != nil {
			t.Errorf("%T: %v", cmd, err)
		}
		if got := decide.NeedsIfMatch(cmd); got != b.ifMatch {
			t.Errorf("%T needs If-Match: %v", cmd, got)
		}
		if err := events.Strict([]byte(`{"audit_":1,`+b.body[1:]), b.command()); err == nil {
			t.Errorf("%T: an unknown member is accepted", cmd)
		}
		if err := events.Strict([]byte(`{}`), b.command()); !errors.As(err, new(*events.MissingError)) {
			t.Errorf("%T: an empty body: %v", cmd, err)
		}
	}
}

func TestSchemeRef(t *testing.T) {
	for text, ok := range map[string]bool{"cts-2025": true, "cts-2025@1": true, "": false, "@1": false, "cts-2025@": false, "a@b@c": false} {
		if err := new(decide.SchemeRef).UnmarshalText([]byte(text)); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Who revokes, withdraws, deletes, decides or closes says why.
func TestReasonIsRequired(t *testing.T) {
	for _, b := range bodies {
		cmd := b.command()
		field, found := reflect.TypeOf(cmd).Elem().FieldByName("Reasoned")
		if !found {
			continue
		}
		if field.Type != reflect.TypeFor[decide.Reasoned]() {
			t.Errorf("%T: Reasoned is a %s", cmd, field.Type)
		}
		var missing *events.MissingError
		if err := events.Strict([]byte(`{}`), cmd); !errors.As(err, &missing) || missing.Pointer != "/reason" {
			t.Errorf("%T without reason: %v", cmd, err)
		}
	}
}

func TestTimestamp(t *testing.T) {
	noon := time.Date(2026, 3, 1, 4, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"2026-03-01T04:00:00Z":                noon,
		"2026-03-01T12:00:00+08:00":           noon,
		"2026-03-01T04:00:00.1234567Z":        noon.Add(123456 * time.Microsecond),
		"2026-03-01T12:00:00.000001999+08:00": noon.Add(time.Microsecond),
	} {
		var at decide.Timestamp
		if err := at.UnmarshalText([]byte(text)); err != nil || events.Instant(at) != events.InstantOf(want) {
			t.Errorf("%s: %s, %v", text, events.Instant(at), err)
		}
	}
	for _, text := range []string{"", "2026-03-01", "2026-03-01T04:00:00", "2026-02-30T04:00:00Z", "2026-03-01 04:00:00Z",
		"0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00", "2026-03-01T24:00:00Z"} {
		if err := new(decide.Timestamp).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is accepted", text)
		}
	}
}

func TestGrantedCases(t *testing.T) {
	type body struct {
		Cases decide.GrantedCases `json:"cases"`
	}
	var all, one body
	if err := events.Strict([]byte(`{"cases":"all"}`), &all); err != nil || !all.Cases.All {
		t.Errorf("%+v, %v", all, err)
	}
	if err := events.Strict([]byte(`{"cases":["01JD3Z0000000000000000000C"]}`), &one); err != nil || one.Cases.All || len(one.Cases.List) != 1 {
		t.Errorf("%+v, %v", one, err)
	}
	for _, bad := range []string{`{}`, `{"cases":[]}`, `{"cases":"some"}`, `{"cases":["c"]}`, `{"cases":7}`, `{"cases":{}}`} {
		if err := events.Strict([]byte(bad), new(body)); err == nil {
			t.Errorf("%s is accepted", bad)
		}
	}
}

// No body makes the decoder or the judgement panic.
func FuzzBodies(f *testing.F) {
	for i, b := range bodies {
		f.Add(uint8(i), []byte(b.body))
	}
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		cmd := bodies[int(which)%len(bodies)].command()
		if err := events.Strict(body, cmd); err != nil {
			return
		}
		aim(cmd)
		for _, s := range []*Story{noCase(t), access(t), found(t)} {
			if _, err := decide.Decide(s.Case, cmd, s.Setting); err != nil && !errors.As(err, new(*decide.Refusal)) {
				t.Fatalf("%T %s: %v", cmd, body, err)
			}
		}
	})
}

// aim points a command at things that are there, as the path would.
func aim(cmd decide.Command) {
	v := reflect.ValueOf(cmd).Elem()
	for name, value := range map[string]any{
		"Audit": uint64(1), "Finding": events.Number("F1"), "Deduction": events.Number("D1"),
		"Special": events.Number("S1"), "Bonus": events.Number("B1"), "Deletion": "X1",
	} {
		field, found := v.Type().FieldByName(name)
		if found && field.Tag.Get("json") == "-" {
			v.FieldByName(name).Set(reflect.ValueOf(value))
		}
	}
}
