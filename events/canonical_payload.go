package events

// writtenOut is a payload whose canonical form is read without reflection, which takes a third of the
// time: the five that nine of ten events have. TestGoldenBodiesAreCanonical and FuzzCanonical hold them to
// the tags of their fields. A payload is given by value, since it is copied anyway where it becomes a Payload.
type writtenOut[P any] interface{ canonical(data []byte) (P, bool) }

func (AssessmentRecorded) canonical(data []byte) (p AssessmentRecorded, ok bool) {
	c := cursor{rest: data}
	ok = c.audit(&p.Audit) &&
		c.skip(`,"clause":"`) && word(&c, &clauses, &p.Clause) &&
		c.skip(`,"result":"`) && one(&c, p.Result.Values(), &p.Result) &&
		(!c.skip(`,"rating":"`) || copied(&c, isDecimal, &p.Rating)) &&
		c.sample(&p.Sample) &&
		(!c.skip(`,"method":"`) || one(&c, p.Method.Values(), &p.Method)) &&
		(!c.skip(`,"statement":"`) || copied(&c, isText, &p.Statement)) &&
		c.evidence(&p.Evidence) &&
		c.end()
	return p, ok
}

func (DeductionApplied) canonical(data []byte) (p DeductionApplied, ok bool) {
	c := cursor{rest: data}
	ok = c.audit(&p.Audit) &&
		c.skip(`,"deduction":"`) && word(&c, &numbers, &p.Deduction) &&
		c.skip(`,"clause":"`) && word(&c, &clauses, &p.Clause) &&
		c.skip(`,"basis":"`) && one(&c, p.Basis.Values(), &p.Basis) &&
		c.sample(&p.Sample) &&
		(!c.skip(`,"finding":"`) || word(&c, &numbers, &p.Finding)) &&
		c.end()
	return p, ok
}

func (FindingRaised) canonical(data []byte) (p FindingRaised, ok bool) {
	c := cursor{rest: data}
	ok = c.audit(&p.Audit) &&
		c.skip(`,"finding":"`) && word(&c, &numbers, &p.Finding) &&
		c.skip(`,"clause":"`) && word(&c, &clauses, &p.Clause) &&
		c.skip(`,"category":"`) && one(&c, p.Category.Values(), &p.Category) &&
		(!c.skip(`,"severity":"`) || one(&c, p.Severity.Values(), &p.Severity)) &&
		c.skip(`,"statement":"`) && copied(&c, isText, &p.Statement) &&
		c.evidence(&p.Evidence) &&
		c.end()
	return p, ok
}

func (CorrectionSubmitted) canonical(data []byte) (p CorrectionSubmitted, ok bool) {
	c := cursor{rest: data}
	ok = c.audit(&p.Audit) &&
		c.skip(`,"finding":"`) && word(&c, &numbers, &p.Finding) &&
		c.skip(`,"correction":"`) && word(&c, &numbers, &p.Correction) &&
		c.skip(`,"statement":"`) && copied(&c, isText, &p.Statement) &&
		c.evidence(&p.Evidence) &&
		c.end()
	return p, ok
}

func (CorrectionVerified) canonical(data []byte) (p CorrectionVerified, ok bool) {
	c := cursor{rest: data}
	ok = c.audit(&p.Audit) &&
		c.skip(`,"finding":"`) && word(&c, &numbers, &p.Finding) &&
		c.skip(`,"correction":"`) && word(&c, &numbers, &p.Correction) &&
		c.skip(`,"outcome":"`) && one(&c, p.Outcome.Values(), &p.Outcome) &&
		c.end()
	return p, ok
}

// audit reads the number of an audit, with which each of them begins.
func (c *cursor) audit(number *uint64) bool {
	return c.skip(`{"audit":`) && c.count(number) && *number != 0
}

// end reads the end of each of them.
func (c *cursor) end() bool { return string(c.rest) == "}" }

// sample reads a sample if it is next.
func (c *cursor) sample(target **Sample) bool {
	if !c.skip(`,"sample":{`) {
		return true
	}
	s := &Sample{Nonconforming: new(uint64)}
	*target = s
	return (!c.skip(`"population":`) || c.count(&s.Population) && c.skip(",")) &&
		c.skip(`"size":`) && c.count(&s.Size) && s.Size != 0 &&
		c.skip(`,"nonconforming":`) && c.count(s.Nonconforming) && c.skip("}")
}

// evidence reads a list of evidence if it is next.
func (c *cursor) evidence(target *[]Evidence) bool {
	if !c.skip(`,"evidence":[`) {
		return true
	}
	for first := true; first || c.skip(","); first = false {
		var e Evidence
		ok := c.skip(`{"sha256":"`) && copied(c, isDigest, &e.SHA256) &&
			c.skip(`,"media_type":"`) && copied(c, isMediaType, &e.MediaType) &&
			c.skip(`,"name":"`) && copied(c, isText, &e.Name) && c.skip("}")
		if !ok {
			return false
		}
		*target = append(*target, e)
	}
	return c.skip("]")
}
