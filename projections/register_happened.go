package projections

import (
	"context"

	"starledger/events"
)

// The register on the effective axis tells what had happened up to an instant, as known now: an issue
// that was recorded late counts from the day on which it took effect, and so does a suspension. The
// tables hold what the ledger knew from event to event, so the cases of a page are folded, each once.

// selectHappened takes the instant of the view and the sequence to begin after.
var selectHappened = `SELECT k.seq, c.id
	FROM certificates k
	CROSS JOIN cases c ON c.no = k.case_no` + pageOf("k.seq") + `
	WHERE ` + ofEntry("effective", "k.seq") + ` <= ? AND k.seq > ?`

// registerHappened lists the certificates whose issue had taken effect, in the order in which it was
// recorded.
func (v *Views) registerHappened(ctx context.Context, q RegisterQuery, at events.Instant) ([]CertificateRow, error) {
	if err := v.catchUp(ctx); err != nil {
		return nil, err
	}
	s := selectFrom(selectHappened, int64(at), int64(q.After))
	if err := s.within("k.case_no", q.Within); err != nil {
		return nil, err
	}
	rows, err := s.rows(ctx, v.store.read, "k.seq", q.Limit)
	if err != nil {
		return nil, err
	}
	var items []CertificateRow
	err = each(rows, func() error {
		var k CertificateRow
		err := rows.Scan(&k.Seq, &k.Case)
		items = append(items, k)
		return err
	})
	if err != nil {
		return nil, err
	}
	folded := map[events.CaseID]map[uint64]CertificateRow{}
	for i := range items {
		id := items[i].Case
		if folded[id] == nil {
			if folded[id], err = v.certificatesHappened(ctx, id, at); err != nil {
				return nil, err
			}
		}
		items[i] = folded[id][items[i].Seq]
	}
	return items, nil
}

// certificatesHappened are the certificates of a case as it had happened up to an instant, by the sequence
// of their issue.
func (v *Views) certificatesHappened(ctx context.Context, id events.CaseID, at events.Instant) (map[uint64]CertificateRow, error) {
	list, err := v.Events(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	c, since := events.NewCase(id), changes{}
	for _, e := range Happened(list, at) {
		if err := c.Apply(e); err != nil {
			return nil, &events.DamageError{Seq: e.Seq, Reason: "comes before what it refers to", Err: err}
		}
		if touchOf(e.Data).certificates {
			since.note(c, e.Seq)
		}
	}
	rows := map[uint64]CertificateRow{}
	for i := range c.Certificates {
		k := &c.Certificates[i]
		rows[k.Seq] = CertificateRow{
			Seq: k.Seq, Case: id, Number: k.Number, Holder: c.Organization.Name, Scope: k.Scope, Scheme: c.Scheme.ID, Grade: k.Grade,
			Status: k.StatusOn(at), ValidFrom: k.ValidFrom, ValidUntil: k.ValidUntil, Changed: since[k.Seq].seq, Imported: k.Imported != nil,
		}
	}
	return rows, nil
}

// changes are the latest status of certificates, by the sequence of their issue, and what made it.
type changes map[uint64]struct {
	status events.CertificateStatus
	seq    uint64
}

// note takes the statuses of a case after an event.
func (since changes) note(c *events.Case, seq uint64) {
	for _, now := range statusesOf(c) {
		latest, known := since[now.certificate]
		if !known || latest.status != now.status {
			latest.status, latest.seq = now.status, seq
			since[now.certificate] = latest
		}
	}
}
