package scoring

// parameters checks what surrounds the points. A scheme without weights may leave out what is not
// known either; it cannot score anyway.
func (c *checker) parameters() {
	s := c.scheme
	if c.weighted || s.SpecialDeductions.Each != "" {
		c.specials()
	}
	if c.weighted || s.Bonus.Each != "" {
		c.decimal("/bonus/each", s.Bonus.Each)
		c.count("/bonus/max", s.Bonus.Max)
	}
	limit := c.positive("/cap", s.Cap)
	if c.weighted || s.Minimum != "" || len(s.Grades) > 0 {
		c.grades(limit)
	}
	c.bands()
	c.combination()
}

func (c *checker) specials() {
	special := c.scheme.SpecialDeductions
	c.decimal("/special_deductions/each", special.Each)
	if special.Limit.Operator != ">" && special.Limit.Operator != ">=" {
		c.problems.add("/special_deductions/limit/operator", codeOperator, "> or >=")
	}
	c.count("/special_deductions/limit/count", special.Limit.Count)
	const triggers = "/special_deductions/triggers"
	c.list(triggers, len(special.Triggers))
	ids := make(map[string]bool, len(special.Triggers))
	for i, trigger := range special.Triggers {
		c.id(at(triggers, i, "/id"), trigger.ID, ids)
		c.wording(at(triggers, i, "/name"), trigger.Name)
	}
}

// grades checks that minimum, grades and cap stand in this order, each grade above the one before.
func (c *checker) grades(limit Number) {
	s := c.scheme
	before := c.decimal("/minimum", s.Minimum)
	if before.Cmp(limit) > 0 {
		c.problems.add("/minimum", codeAbove, "the minimum is above the cap")
	}
	c.list("/grades", len(s.Grades))
	ids := make(map[string]bool, len(s.Grades))
	for i, grade := range s.Grades {
		c.id(at("/grades", i, "/id"), grade.ID, ids)
		c.wording(at("/grades", i, "/name"), grade.Name)
		pointer := at("/grades", i, "/min")
		least := c.decimal(pointer, grade.Min)
		switch {
		case i == 0 && least.Cmp(before) < 0:
			c.problems.add(pointer, codeBelow, "the lowest grade begins below the minimum")
		case i > 0 && least.Cmp(before) <= 0:
			c.problems.add(pointer, codeOrder, "grades go from the lowest to the highest")
		case least.Cmp(limit) > 0:
			c.problems.add(pointer, codeAbove, "no score reaches this grade")
		}
		before = least
	}
}

// bands checks that ratings from 0 to 100 all have one band (R4).
func (c *checker) bands() {
	bands := c.scheme.Bands
	c.size("/bands", len(bands))
	ids := make(map[string]bool, len(bands))
	var reached Number
	for i, band := range bands {
		c.id(at("/bands", i, "/id"), band.ID, ids)
		c.wording(at("/bands", i, "/name"), band.Name)
		c.size(at("/bands", i, "/points_of_attention"), len(band.Look))
		for _, look := range band.Look {
			c.text(at("/bands", i, "/points_of_attention"), look)
		}
		from, to := c.decimal(at("/bands", i, "/from"), band.From), c.decimal(at("/bands", i, "/to"), band.To)
		if from.Cmp(reached) != 0 || to.Cmp(from) <= 0 {
			c.problems.add(at("/bands", i, "/from"), codeBands, "a band begins where the one before ends")
		}
		reached = to
	}
	if len(bands) > 0 && reached.Cmp(Whole(100)) != 0 {
		c.problems.add("/bands", codeBands, "the last band ends at 100")
	}
}

func (c *checker) decimal(pointer string, d Decimal) Number {
	n, ok := parseDecimal(string(d))
	if !ok {
		c.problems.add(pointer, codeDecimal, "digits like 100 or 1.5, at most %d", maxDigits)
	}
	return n
}

func (c *checker) positive(pointer string, d Decimal) Number {
	n := c.decimal(pointer, d)
	if n.sign() == 0 {
		c.problems.add(pointer, codePositive, "must be above 0")
	}
	return n
}

func (c *checker) count(pointer string, n int) {
	if n < 0 || n > maxItemCount {
		c.problems.add(pointer, codeRange, "from 0 to %d", maxItemCount)
	}
}
