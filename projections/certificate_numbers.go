package projections

import (
	"context"
	"fmt"

	"github.com/go-json-experiment/json"

	"starledger/events"
)

// KnownCertificates are those of the given numbers under which a certificate was issued or imported, in
// everything that is in the log now.
func (v *Views) KnownCertificates(ctx context.Context, numbers []events.CertificateNumber) (map[events.CertificateNumber]bool, error) {
	if err := v.catchUp(ctx); err != nil {
		return nil, err
	}
	text, err := json.Marshal(numbers, json.FormatNilSliceAsNull(false))
	if err != nil {
		return nil, fmt.Errorf("look up certificates: %w", err)
	}
	const query = "SELECT number FROM certificates WHERE number IN (SELECT value FROM json_each(?))"
	rows, err := v.store.read.QueryContext(ctx, query, string(text))
	if err != nil {
		return nil, fmt.Errorf("look up certificates: %w", err)
	}
	known := map[events.CertificateNumber]bool{}
	err = each(rows, func() error {
		var number events.CertificateNumber
		err := rows.Scan(&number)
		known[number] = true
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look up certificates: %w", err)
	}
	return known, nil
}
