package checks

import (
	"time"

	"starledger/events"
)

// Rules speak of days and months; they are calendar days in Asia/Shanghai (events.DateOf), never hours.

// daysAfter is the day so many days after another.
func daysAfter(day events.Date, days int) events.Date {
	return shifted(day, func(t time.Time) time.Time { return t.AddDate(0, 0, days) })
}

// monthsAfter is the same day of the month so many months later, or the last day of that month where it
// has no such day: a year after 29 February is 28 February.
func monthsAfter(day events.Date, months int) events.Date {
	return shifted(day, func(t time.Time) time.Time {
		first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
		last := first.AddDate(0, 1, -1).Day()
		return first.AddDate(0, 0, min(t.Day(), last)-1)
	})
}

// shifted moves a day, whose grammar was held when it was decoded.
func shifted(day events.Date, by func(time.Time) time.Time) events.Date {
	t, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return day
	}
	return events.Date(by(t).Format(time.DateOnly))
}
