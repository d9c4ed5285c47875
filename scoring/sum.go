package scoring

// Sum adds up many numbers, exactly. Numbers with the same denominator are added first, since those
// of sampled clauses share a few hundred denominators and adding fractions is what takes time.
func Sum(list []Number) Number {
	numerators := map[int64]int64{}
	var rest Number
	for _, n := range list {
		total, fits := sum(numerators[n.denominator()], n.num)
		if n.big != nil || !fits {
			rest = rest.Add(n)
			continue
		}
		numerators[n.denominator()] = total
	}
	for den, num := range numerators {
		rest = rest.Add(ratio(num, den))
	}
	return rest
}
