package scoring

// Loss is what one clause lost of its points.
type Loss struct {
	Clause string
	Lost   Number // above 0
}

// Losses are the clauses that earned less than their points, in the order of the scheme: what Clauses
// shows as points − earned, without how it came about.
func (r *Result) Losses() []Loss { return r.audit.Losses() }

// Losses are those of the facts so far.
func (t *Tally) Losses() []Loss {
	var losses []Loss
	for i := range t.standing {
		if at := &t.standing[i]; !at.covered || at.deleted {
			continue
		}
		if lost := t.lostBy(i); lost.sign() > 0 {
			losses = append(losses, Loss{t.scheme.Clauses[i].ID, lost})
		}
	}
	return losses
}
