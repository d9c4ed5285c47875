package projections

import (
	"context"
	"fmt"

	"starledger/events"
)

// selectCertificates takes the sequence of the view three times and the sequence to begin after.
const selectCertificates = `SELECT k.seq, c.id, k.number, c.organization,
		coalesce((SELECT scope FROM scopes WHERE case_no = k.case_no AND certificate = k.seq AND seq <= ? ORDER BY seq DESC LIMIT 1), k.scope), c.scheme, k.grade, s.status,
		k.valid_from, k.valid_until, s.seq, k.imported
	FROM certificates k
	CROSS JOIN cases c ON c.no = k.case_no
	CROSS JOIN statuses s ON s.certificate = k.seq
		AND s.seq = (SELECT max(seq) FROM statuses WHERE certificate = k.seq AND seq <= ?)
	WHERE k.seq <= ? AND k.seq > ?`

// Register lists the certificates in the order in which their issue was recorded, as they stood at the
// point of the query, on either axis. Errors: those of Resolve.
func (v *Views) Register(ctx context.Context, q RegisterQuery) (Page[CertificateRow], error) {
	at, err := v.Resolve(ctx, q.AsOf)
	if err != nil {
		return Page[CertificateRow]{}, err
	}
	var items []CertificateRow
	if at.Axis == Effective {
		items, err = v.registerHappened(ctx, q, at.At)
	} else {
		items, err = v.registerRecorded(ctx, q, at)
	}
	if err != nil {
		return Page[CertificateRow]{}, fmt.Errorf("read the register: %w", err)
	}
	return page(items, q.Limit, func(k *CertificateRow) uint64 { return k.Seq }), nil
}

// registerRecorded lists the certificates that were issued up to a sequence, as the ledger knew them there.
func (v *Views) registerRecorded(ctx context.Context, q RegisterQuery, at Resolved) ([]CertificateRow, error) {
	s := selectFrom(selectCertificates, int64(at.Seq), int64(at.Seq), int64(at.Seq), int64(q.After))
	if err := s.within("k.case_no", q.Within); err != nil {
		return nil, err
	}
	rows, err := s.rows(ctx, v.store.read, "k.seq", q.Limit)
	if err != nil {
		return nil, fmt.Errorf("select certificates: %w", err)
	}
	var items []CertificateRow
	err = each(rows, func() error {
		var k CertificateRow
		err := rows.Scan(&k.Seq, &k.Case, &k.Number, &k.Holder, &k.Scope, &k.Scheme, &k.Grade, &k.Status,
			&k.ValidFrom, &k.ValidUntil, &k.Changed, &k.Imported)
		k.Status = expiredBy(at.At, k.Status, k.ValidUntil)
		items = append(items, k)
		return err
	})
	return items, err
}

// expiredBy is the status at an instant: decisions first, then expiry after the last day.
func expiredBy(at events.Instant, decided events.CertificateStatus, last events.Date) events.CertificateStatus {
	standing := decided == events.CertificateActive || decided == events.CertificateSuspended
	if standing && at > last.End() {
		return events.CertificateExpired
	}
	return decided
}

// FirstIssued is the sequence at which each of some certificate numbers was issued first, as far as the
// read models have got to. A number that was never issued is not there.
func (v *Views) FirstIssued(ctx context.Context, numbers []events.CertificateNumber) (map[events.CertificateNumber]uint64, error) {
	first := map[events.CertificateNumber]uint64{}
	for _, number := range numbers {
		const query = "SELECT coalesce(min(seq), 0) FROM certificates WHERE number = ?"
		var seq uint64
		if err := v.store.read.QueryRowContext(ctx, query, string(number)).Scan(&seq); err != nil {
			return nil, fmt.Errorf("look up a certificate number: %w", err)
		}
		if seq > 0 {
			first[number] = seq
		}
	}
	return first, nil
}
