package events

import (
	"fmt"
	"time"
)

// Instant is a point in time in UTC, to the microsecond. Written as RFC 3339 with exactly six
// decimals and Z, as in 2026-11-01T02:02:00.000000Z, so that instants sort as text.
type Instant int64 // microseconds since 1970; 0 stands for none

const instantLayout = "2006-01-02T15:04:05.000000Z"

// InstantOf cuts t to microseconds.
func InstantOf(t time.Time) Instant { return Instant(t.UnixMicro()) }

// Time is the instant in UTC.
func (i Instant) Time() time.Time { return time.UnixMicro(int64(i)).UTC() }

func (i Instant) String() string { return i.Time().Format(instantLayout) }

// MarshalText writes the one accepted form.
func (i Instant) MarshalText() ([]byte, error) {
	if year := i.Time().Year(); year < 1 || year > 9999 {
		return nil, fmt.Errorf("the year %d cannot be written", year)
	}
	return i.Time().AppendFormat(nil, instantLayout), nil
}

// UnmarshalText accepts nothing but the form MarshalText writes.
func (i *Instant) UnmarshalText(b []byte) error {
	malformed := func() error { return fmt.Errorf("%q is not a time like 2026-11-01T02:02:00.000000Z", clip(b)) }
	if !isShaped(b, "0000-00-00T00:00:00.000000Z") {
		return malformed()
	}
	year, month, day := digits(b[0:4]), digits(b[5:7]), digits(b[8:10])
	hour, minute, second := digits(b[11:13]), digits(b[14:16]), digits(b[17:19])
	if year == 0 || month == 0 || month > 12 || day == 0 || day > daysOf(year, month) || hour > 23 || minute > 59 || second > 59 {
		return malformed()
	}
	seconds := int64(daysBefore(year, month)+day-1)*86_400 + int64(3600*hour+60*minute+second)
	*i = Instant(seconds*1_000_000 + int64(digits(b[20:26])))
	return nil
}

// isShaped tells whether b has a digit wherever shape has 0, and is shape elsewhere.
func isShaped(b []byte, shape string) bool {
	if len(b) != len(shape) {
		return false
	}
	for i, c := range b {
		if isDigit := '0' <= c && c <= '9'; isDigit != (shape[i] == '0') || !isDigit && c != shape[i] {
			return false
		}
	}
	return true
}

func digits(b []byte) int {
	n := 0
	for _, c := range b {
		n = 10*n + int(c-'0')
	}
	return n
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
