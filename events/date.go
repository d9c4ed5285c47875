package events

import "time"

// The rules speak of calendar days and months in Asia/Shanghai. A Date has no clock and no zone, so
// what is counted here is the same wherever the server stands.

// AddDays is the day n days later.
func (d Date) AddDays(n int) Date {
	return d.shift(func(t time.Time) time.Time { return t.AddDate(0, 0, n) })
}

// AddMonths is the day of the same number n months later, or the last day of that month where the
// month is shorter: 12 months after 2028-02-29 is 2029-02-28.
func (d Date) AddMonths(n int) Date {
	return d.shift(func(t time.Time) time.Time {
		first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		last := first.AddDate(0, 1, -1).Day()
		return first.AddDate(0, 0, min(t.Day(), last)-1)
	})
}

// DaysUntil counts the days from d to a later day; negative when that is earlier.
func (d Date) DaysUntil(later Date) int {
	from, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return 0
	}
	to, err := time.Parse(time.DateOnly, string(later))
	if err != nil {
		return 0
	}
	return int(to.Sub(from) / (24 * time.Hour))
}

// shift leaves what is no day as it is; a decoded Date always is one.
func (d Date) shift(by func(time.Time) time.Time) Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return Date(by(t).Format(time.DateOnly))
}

// daysOf is how many days a month has.
func daysOf(year, month int) int {
	switch {
	case month == 4 || month == 6 || month == 9 || month == 11:
		return 30
	case month != 2:
		return 31
	case year%4 == 0 && (year%100 != 0 || year%400 == 0):
		return 29
	}
	return 28
}

// daysBefore counts the days from 1970-01-01 to the first of a month. Years are taken to begin in March,
// so that the leap day is the last of a year and the months before it follow one rule.
func daysBefore(year, month int) int {
	if month < 3 {
		year, month = year-1, month+12
	}
	const to1970 = 719_468 // from 0000-03-01
	return 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 - to1970
}
