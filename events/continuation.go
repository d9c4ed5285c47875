package events

// LogContinued quotes the last checkpoint that is known of an earlier log of the same certification body.
// It is the first event of a log that begins because what the earlier one had signed was lost, and could
// not be had from any copy. It stands in the registry case, so every bundle shows it: what was certified
// before is to be looked for in the earlier log, and whoever has more of that can prove it by the
// checkpoint.
type LogContinued struct {
	// Origin of the earlier log.
	Origin Source `json:"origin"`
	// Verifier key of the earlier log, by C2SP signed-note.
	Key Text `json:"key"`
	// The checkpoint as it was signed, byte for byte (C2SP tlog-checkpoint): origin, size, root, signatures.
	Checkpoint Text `json:"checkpoint"`
}

// EventType is starledger.log.continued.v1.
func (LogContinued) EventType() Type { return "starledger.log.continued.v1" }

// Continuation is what a log says of the one it continues, and where that stands.
type Continuation struct {
	Entry
	LogContinued
}

func (d LogContinued) apply(c *Case, e *Stored) error {
	c.Continues = &Continuation{entryOf(e), d}
	return nil
}
