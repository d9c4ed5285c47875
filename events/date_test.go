package events

import (
	"fmt"
	"testing"
	"time"
)

// Days and months are counted as calendars do: over the end of a year, into February, and into months
// that are too short.
func TestDatesAreCounted(t *testing.T) {
	for _, row := range []struct {
		from   Date
		days   int
		months int
		want   Date
	}{
		{"2026-12-30", 10, 0, "2027-01-09"},
		{"2028-02-28", 1, 0, "2028-02-29"},
		{"2026-03-01", -1, 0, "2026-02-28"},
		{"2026-12-31", 0, 12, "2027-12-31"},
		{"2028-02-29", 0, 12, "2029-02-28"},
		{"2027-02-28", 0, 12, "2028-02-28"},
		{"2026-08-31", 0, 6, "2027-02-28"},
		{"2026-11-30", 0, 3, "2027-02-28"},
		{"2026-01-31", 0, 1, "2026-02-28"},
		{"no day", 1, 1, "no day"},
	} {
		got := row.from.AddDays(row.days)
		if row.months != 0 {
			got = row.from.AddMonths(row.months)
		}
		if got != row.want {
			t.Errorf("%s + %d days + %d months is %s, want %s", row.from, row.days, row.months, got, row.want)
		}
	}
	for later, want := range map[Date]int{"2026-12-31": 0, "2027-01-01": 1, "2026-12-30": -1, "2027-12-31": 365, "no day": 0} {
		if got := Date("2026-12-31").DaysUntil(later); got != want {
			t.Errorf("2026-12-31 to %s: %d days, want %d", later, got, want)
		}
	}
	if Date("no day").DaysUntil("2026-12-31") != 0 {
		t.Error("no day is counted from")
	}
	// One microsecond before midnight in Shanghai it is still the old year there, and 16:00 in UTC.
	midnight := Date("2027-01-01").Start()
	if DateOf(midnight-1) != "2026-12-31" || DateOf(midnight) != "2027-01-01" || midnight.String() != "2026-12-31T16:00:00.000000Z" {
		t.Errorf("midnight is %s", midnight)
	}
}

// Every day from the first year to the last is read as a calendar of the library reads it.
func TestEveryDayIsRead(t *testing.T) {
	for year := 1; year <= 9999; year += 1 + 96*(year%4/3) { // four years in a row, then a century later
		for month := 1; month <= 12; month++ {
			for day := 0; day <= 32; day++ {
				text := fmt.Sprintf("%04d-%02d-%02dT05:06:07.000008Z", year, month, day)
				want := time.Date(year, time.Month(month), day, 5, 6, 7, 8000, time.UTC)
				var got Instant
				err := got.UnmarshalText([]byte(text))
				if exists := want.Day() == day; exists != (err == nil) || exists && got != InstantOf(want) {
					t.Fatalf("%s is read as %s, %v", text, got, err)
				}
			}
		}
	}
}
