package events

import (
	"fmt"
	"time"
)

// The rules speak of calendar days and months in Asia/Shanghai. A Date has no clock and no zone, so
// what is counted here is the same wherever the server stands.

// Date is a calendar day in Asia/Shanghai, as in 2026-11-01.
type Date string

// UnmarshalText accepts days that exist.
func (d *Date) UnmarshalText(b []byte) error {
	if _, err := time.Parse(time.DateOnly, string(b)); err != nil {
		return fmt.Errorf("%q is not a date like 2026-11-01", clip(b))
	}
	*d = Date(b)
	return nil
}

// Shanghai is the time zone of the rules: where they speak of days, they mean days there. It has
// had one fixed offset since 1991, before any certification under these rules.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Start is the first instant of the day.
func (d Date) Start() Instant {
	t, err := time.ParseInLocation(time.DateOnly, string(d), Shanghai)
	if err != nil {
		return 0
	}
	return InstantOf(t)
}

// End is the last instant of the day, one microsecond before the next day starts.
func (d Date) End() Instant {
	t, err := time.ParseInLocation(time.DateOnly, string(d), Shanghai)
	if err != nil {
		return 0
	}
	return InstantOf(t.AddDate(0, 0, 1)) - 1
}

// DateOf is the day of an instant in Asia/Shanghai.
func DateOf(i Instant) Date { return Date(i.Time().In(Shanghai).Format(time.DateOnly)) }

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
