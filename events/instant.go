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
func (i Instant) MarshalText() ([]byte, error) { return i.AppendText(nil) }

// AppendText is MarshalText behind other text. Layouts of its own package time writes three times as fast.
func (i Instant) AppendText(b []byte) ([]byte, error) {
	at := i.Time()
	if year := at.Year(); year < 1 || year > 9999 {
		return b, fmt.Errorf("the year %d cannot be written", year)
	}
	b = at.AppendFormat(b, time.RFC3339)
	b[len(b)-1] = '.' // was Z
	for micros, unit := at.Nanosecond()/1000, 100_000; unit > 0; unit /= 10 {
		b = append(b, '0'+byte(micros/unit%10))
	}
	return append(b, 'Z'), nil
}

// UnmarshalText accepts nothing but the form MarshalText writes.
func (i *Instant) UnmarshalText(b []byte) error {
	at, ok := instantIn(b)
	if !ok {
		return fmt.Errorf("%q is not a time like 2026-11-01T02:02:00.000000Z", clip(b))
	}
	*i = at
	return nil
}

func instantIn(b []byte) (_ Instant, ok bool) {
	if len(b) != len(instantLayout) || b[4] != '-' || b[7] != '-' || b[10] != 'T' || b[13] != ':' || b[16] != ':' || b[19] != '.' || b[26] != 'Z' {
		return 0, false
	}
	century, year, month, day := digits(b[0:]), digits(b[2:]), digits(b[5:]), digits(b[8:])
	hour, minute, second := digits(b[11:]), digits(b[14:]), digits(b[17:])
	d1, d2, d3 := digits(b[20:]), digits(b[22:]), digits(b[24:])
	if century > 99 || year > 99 || d1 > 99 || d2 > 99 || d3 > 99 {
		return 0, false
	}
	if year += 100 * century; year == 0 || month == 0 || month > 12 || day == 0 || day > daysOf(year, month) || hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	seconds := int64(daysBefore(year, month)+day-1)*86_400 + int64(3600*hour+60*minute+second)
	return Instant(seconds*1_000_000 + int64(10_000*d1+100*d2+d3)), true
}

// digits is the number of two digits that b begins with, or one above 99 if it does not.
func digits(b []byte) int {
	ten, one := b[0]-'0', b[1]-'0'
	if ten > 9 || one > 9 {
		return 100
	}
	return 10*int(ten) + int(one)
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
