package events

// writtenOut is a payload whose canonical form is read without reflection, which takes a third of the
// time: the five that nine of ten events have. TestGoldenBodiesAreCanonical and FuzzCanonical hold them to
// the tags of their fields.
type writtenOut interface{ canonical(c *cursor) bool }

func (p *AssessmentRecorded) canonical(c *cursor) bool {
	return c.audit(&p.Audit) &&
		c.member(`,"clause":`, &p.Clause) &&
		c.member(`,"result":`, &p.Result) &&
		c.optional(`,"rating":`, &p.Rating) &&
		c.sample(&p.Sample) &&
		c.optional(`,"method":`, &p.Method) &&
		c.optional(`,"statement":`, &p.Statement) &&
		c.evidence(&p.Evidence) && c.skip("}")
}

func (p *DeductionApplied) canonical(c *cursor) bool {
	return c.audit(&p.Audit) &&
		c.member(`,"deduction":`, &p.Deduction) &&
		c.member(`,"clause":`, &p.Clause) &&
		c.member(`,"basis":`, &p.Basis) &&
		c.sample(&p.Sample) &&
		c.optional(`,"finding":`, &p.Finding) && c.skip("}")
}

func (p *FindingRaised) canonical(c *cursor) bool {
	return c.audit(&p.Audit) &&
		c.member(`,"finding":`, &p.Finding) &&
		c.member(`,"clause":`, &p.Clause) &&
		c.member(`,"category":`, &p.Category) &&
		c.optional(`,"severity":`, &p.Severity) &&
		c.member(`,"statement":`, &p.Statement) &&
		c.evidence(&p.Evidence) && c.skip("}")
}

func (p *CorrectionSubmitted) canonical(c *cursor) bool {
	return c.audit(&p.Audit) &&
		c.member(`,"finding":`, &p.Finding) &&
		c.member(`,"correction":`, &p.Correction) &&
		c.member(`,"statement":`, &p.Statement) &&
		c.evidence(&p.Evidence) && c.skip("}")
}

func (p *CorrectionVerified) canonical(c *cursor) bool {
	return c.audit(&p.Audit) &&
		c.member(`,"finding":`, &p.Finding) &&
		c.member(`,"correction":`, &p.Correction) &&
		c.member(`,"outcome":`, &p.Outcome) && c.skip("}")
}

// audit reads the number of an audit, with which each of them begins.
func (c *cursor) audit(number *uint64) bool { return c.counted(`{"audit":`, number) && *number != 0 }

// sample reads a sample if it is next.
func (c *cursor) sample(target **Sample) (ok bool) {
	if !c.skip(`,"sample":{`) {
		return true
	}
	s := &Sample{Nonconforming: new(uint64)}
	*target = s
	if c.at(`"population":`) && !(c.counted(`"population":`, &s.Population) && c.skip(",")) {
		return false
	}
	if !c.at(`"size":`) || !c.counted(`"size":`, &s.Size) || s.Size == 0 || !c.skip(`,"nonconforming":`) {
		return false
	}
	*s.Nonconforming, ok = c.count()
	return ok && c.skip("}")
}

// evidence reads a list of evidence if it is next.
func (c *cursor) evidence(target *[]Evidence) bool {
	if !c.skip(`,"evidence":[`) {
		return true
	}
	for first := true; first || c.skip(","); first = false {
		var e Evidence
		if !c.member(`{"sha256":`, &e.SHA256) || !c.member(`,"media_type":`, &e.MediaType) || !c.member(`,"name":`, &e.Name) || !c.skip("}") {
			return false
		}
		*target = append(*target, e)
	}
	return c.skip("]")
}
