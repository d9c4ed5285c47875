package main

import "starledger/events"

// scalar is how a JSON Schema says what the UnmarshalText of a type accepts.
type scalar struct {
	pattern   string
	maxLength int
	format    string // asserted besides the pattern: it knows the calendar
}

// The patterns keep to what regular expressions of ECMA-262, RE2 and Python have in common.
const (
	ulid = `[0-7][0-9A-HJKMNP-TV-Z]{25}`
	day  = `[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])`
	hash = `sha256:[0-9a-f]{64}`

	// What a Text may not hold, and what it may not consist of alone.
	controls = `\x00-\x08\x0b-\x1f\x7f`
	spaces   = "\\t\\n \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
)

// scalars is every text type that is not an enumeration. Each line repeats one UnmarshalText of
// package events; the agreement test holds the two together.
var scalars = map[string]scalar{
	"Instant":           {pattern: `^` + day + `T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z$`, format: "date-time"},
	"Date":              {pattern: `^` + day + `$`, format: "date"},
	"Digest":            {pattern: `^` + hash + `$`},
	"PrevDigest":        {pattern: `^(` + hash + `|-)$`},
	"Decimal":           {pattern: `^(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?$`},
	"Fraction":          {pattern: `^-?(0|[1-9][0-9]{0,999})/[1-9][0-9]{0,999}$`},
	"Text":              {pattern: `^[^` + controls + `]*[^` + controls + spaces + `][^` + controls + `]*$`, maxLength: events.MaxText},
	"ID":                {pattern: `^[A-Za-z0-9][A-Za-z0-9._-]*$`, maxLength: 64},
	"Clause":            {pattern: `^[!-~]([ -~]*[!-~])?$`, maxLength: 32},
	"Number":            {pattern: `^[FDSBXCG][1-9][0-9]{0,6}$`},
	"Label":             {pattern: `^[A-Z][1-9][0-9]{0,6}$`},
	"SchemeDocument":    {pattern: `^\{[^\x00-\x1f\x7f]*\}$`, maxLength: 100_000},
	"EventID":           {pattern: `^` + ulid + `$`},
	"CaseID":            {pattern: `^(` + ulid + `|registry|access)$`},
	"Source":            {pattern: `^[!-~]+$`, maxLength: 128},
	"Key":               {pattern: `^[!-~]+$`, maxLength: 128},
	"CertificateNumber": {pattern: `^[!-~]+$`, maxLength: 64},
	"MediaType":         {pattern: `^[!#-+.0-:<-~-]+/[!#-+.0-:<-~-]+$`, maxLength: 127},
	"USCC":              {pattern: `^[0-9A-HJ-NP-RTUWXY]{18}$`},
	// 22 and 43 characters hold 4 and 2 bits more than 16 and 32 bytes; those are zero.
	"Random16": {pattern: `^[A-Za-z0-9_-]{21}[AQgw]$`},
	"Random32": {pattern: `^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$`},
}

// keywords of the scalar, type first.
func (s scalar) keywords() object {
	o := object{{"type", "string"}}
	if s.maxLength > 0 {
		o = append(o, pair{"maxLength", s.maxLength})
	}
	o = append(o, pair{"pattern", s.pattern})
	if s.format != "" {
		o = append(o, pair{"format", s.format})
	}
	return o
}
