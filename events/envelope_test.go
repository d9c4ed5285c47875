package events

import (
	"strings"
	"testing"
)

func sample() Event {
	zero := uint64(0)
	return Event{
		Attributes: Attributes{
			ID: "01JD3Z0000000000000000000A", Source: "ledger.example.org/2026", Subject: "01JD3Z0000000000000000000C",
			Time: 1_793_498_520_000_000, EffectiveTime: 1_793_498_520_000_000,
			DataSchema: DigestOf([]byte("schema")), CaseSeq: 2, PrevDigest: PrevDigest(DigestOf([]byte("first"))),
			ActorID: "li", ActorRole: "lead_auditor", Nonce: "AAAAAAAAAAAAAAAAAAAAAA",
			IdempotencyKey: "k-1", RequestDigest: DigestOf([]byte("request")),
		},
		Data: DeductionApplied{Audit: 1, Deduction: "D1", Clause: "5.3.2.2", Basis: Sampled,
			Sample: &Sample{Size: 25, Nonconforming: &zero}, Finding: "F1"},
	}
}

func TestDecodeRefuses(t *testing.T) {
	good, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	text := string(good.Body)
	t.Log(text)
	for name, change := range map[string][2]string{
		"unknown member":         {`"nonce"`, `"nonse":"x","nonce"`},
		"unknown member of data": {`"clause"`, `"claws":"x","clause"`},
		"duplicate member":       {`"audit":1`, `"audit":1,"audit":1`},
		"null":                   {`"finding":"F1"`, `"finding":null`},
		"missing attribute":      {`"actorid":"li",`, ``},
		"missing count":          {`,"nonconforming":0`, ``},
		"unknown type":           {`deduction.applied.v1`, `deduction.applied.v2`},
		"empty text":             {`"F1"`, `""`},
		"trailing data":          {`}}`, `}} {}`},
		"time with offset":       {`.000000Z","datac`, `.000000+08:00","datac`},
		"effective in future":    {`"effectivetime":"2026`, `"effectivetime":"2027`},
		"caseseq 0":              {`"caseseq":2`, `"caseseq":0`},
		"salt in the middle":     {`"idempotencykey"`, `"casesalt":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","idempotencykey"`},
	} {
		t.Run(name, func(t *testing.T) {
			bad := strings.Replace(text, change[0], change[1], 1)
			if bad == text {
				t.Fatalf("%q is not in %s", change[0], text)
			}
			if _, err := Decode([]byte(bad)); err == nil {
				t.Errorf("accepted %s", bad)
			}
		})
	}
}

func BenchmarkDecode(b *testing.B) {
	good, err := Encode(sample())
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(good.Body)))
	for b.Loop() {
		if _, err := Decode(good.Body); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	event := sample()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Encode(event); err != nil {
			b.Fatal(err)
		}
	}
}
