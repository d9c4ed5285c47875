package projections

import (
	"context"
	"fmt"

	"starledger/events"
)

// OpenIn are the certifications that were open at some time from one day to another, in the order in which
// they were recorded: opened, as it happened, by the last day, and not closed before the first.
func (v *Views) OpenIn(ctx context.Context, from, until events.Date, within *Within) ([]events.CaseID, error) {
	if err := v.catchUp(ctx); err != nil {
		return nil, err
	}
	s := selectFrom(`SELECT c.id FROM cases c`+pageOf("c.no")+`
	WHERE c.kind = ? AND `+ofEntry("effective", "c.no")+` <= ?
	AND NOT EXISTS (SELECT 1 FROM standings s`+pageOf("s.seq")+`
		WHERE s.case_no = c.no AND s.state = ? AND `+ofEntry("effective", "s.seq")+` < ?)`,
		string(events.Certification), int64(until.End()), string(Closed), int64(from.Start()))
	if err := s.within("c.no", within); err != nil {
		return nil, err
	}
	rows, err := v.store.read.QueryContext(ctx, s.text.String()+" ORDER BY c.no", s.arguments...)
	if err != nil {
		return nil, fmt.Errorf("list the cases of a period: %w", err)
	}
	var ids []events.CaseID
	err = each(rows, func() error {
		var id events.CaseID
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the cases of a period: %w", err)
	}
	return ids, nil
}
