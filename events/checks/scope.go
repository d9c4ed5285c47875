package checks

import (
	"fmt"
	"regexp"

	"starledger/events"
)

var fieldApproved = &Check{
	Code:    "SCOPE-01",
	Name:    Wording{"发证之日，认证领域在机构的批准范围内", "the scope's field was approved at the date of issue"},
	Source:  "P12; public",
	Posting: Refuse,
	Guards:  types(events.CertificateIssued{}, events.CertificateImported{}),
	guard: func(p Posting) *Violation {
		if !p.ask(question{About: anyApproval}) {
			return nil // nothing is known of what the body is approved for
		}
		field, day := p.Case.Field, events.DateOf(p.Effective)
		d, imported := p.Payload.(events.CertificateImported)
		if imported {
			field, day = d.Field, d.IssuedOn
		}
		if field != "" && p.ask(question{About: approval, Field: field, Day: day}) {
			return nil
		}
		name := string(field)
		if name == "" {
			name = "–"
		}
		return &Violation{
			Code: fieldNotApproved, Listed: imported, Args: map[string]string{"field": name, "day": string(day)},
			Detail: Wording{
				fmt.Sprintf("发证日 %s，认证领域 %s 不在批准范围内", day, name),
				fmt.Sprintf("issued on %s in the field %s, for which the body was not approved", day, name),
			},
		}
	},
}

// wellFormed is how certificate numbers are printed: three digits of the body, two of the year, SC, four
// digits, R and how often it was renewed, and the size of the organization, as in 71223SC0002R0S.
var wellFormed = regexp.MustCompile(`^[0-9]{5}SC[0-9]{4}R[0-9][A-Z]$`)

var certificateNumber = &Check{
	Code:    "CERT-01",
	Name:    Wording{"证书编号唯一且格式正确", "certificate numbers are unique and well formed"},
	Source:  "practice; the public certificates 71223SC0002R0S and 71223SC0003R0S",
	Posting: Warn,
	Guards:  types(events.CertificateIssued{}, events.CertificateImported{}),
	guard: func(p Posting) *Violation {
		number := numberOf(p.Payload)
		odd := Wording{"格式异常", "is oddly formed"}
		switch {
		case p.numberTaken(number):
			odd = Wording{"已被使用", "was used before"}
		case wellFormed.MatchString(string(number)):
			return nil
		}
		return &Violation{
			Code: certificateNumberOdd, Pointer: "/number", Args: map[string]string{"number": string(number)},
			Detail: Wording{fmt.Sprintf("证书编号 %s %s", number, odd.ZH), fmt.Sprintf("certificate number %s %s", number, odd.EN)},
		}
	},
}

// numberOf is the number of a certificate that is issued or imported.
func numberOf(payload events.Payload) events.CertificateNumber {
	if d, imported := payload.(events.CertificateImported); imported {
		return events.CertificateNumber(d.Number)
	}
	return payload.(events.CertificateIssued).Number
}

// numberTaken tells whether an earlier certificate of the case, or of the ledger as far as it is known,
// has the number.
func (p Posting) numberTaken(number events.CertificateNumber) bool {
	for i := range p.Case.Certificates {
		if p.Case.Certificates[i].Number == number {
			return true
		}
	}
	return p.Taken != nil && p.Taken(number)
}
