package mqtt

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Magnitudes that tell seconds, milliseconds, microseconds and nanoseconds
// since 1970 apart: each reaches far beyond the year 2200 of the unit before.
const (
	fromMilli = 1e11
	fromMicro = 1e14
	fromNano  = 1e17
	untilNano = 7258118400e9 // the year 2200
)

// parseTime reads a time field: a Unix time, whose unit its magnitude tells,
// or RFC 3339. Null is no time.
func parseTime(s scalar) (time.Time, error) {
	if s.value.IsNone() {
		return time.Time{}, nil
	}
	text, isText := s.value.Text()
	if s.number == "" && !isText {
		return time.Time{}, fmt.Errorf("a time is expected, not %s", s.value)
	}
	if s.number != "" {
		return unixTime(s.number)
	}
	if text = strings.TrimSpace(text); numberLength(text) == len(text) && text != "" {
		return unixTime(text)
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil || t.Year() < 1970 || t.Year() >= 2200 {
		return time.Time{}, fmt.Errorf("time %.40q is neither RFC 3339 with a zone nor a Unix time between 1970 and 2200", text)
	}
	return t.UTC(), nil
}

func unixTime(literal string) (time.Time, error) {
	f, err := strconv.ParseFloat(literal, 64)
	if err != nil || f < 0 || f >= untilNano {
		return time.Time{}, fmt.Errorf("time %.40s is not a Unix time between 1970 and 2200", literal)
	}
	unit := int64(time.Second)
	switch {
	case f >= fromNano:
		unit = 1
	case f >= fromMicro:
		unit = int64(time.Microsecond)
	case f >= fromMilli:
		unit = int64(time.Millisecond)
	}
	if whole, err := strconv.ParseInt(literal, 10, 64); err == nil {
		perSecond := int64(time.Second) / unit
		return time.Unix(whole/perSecond, whole%perSecond*unit).UTC(), nil
	}
	// A float64 of today's seconds is exact to a quarter of a microsecond.
	whole, fraction := math.Modf(f / (1e9 / float64(unit)))
	return time.Unix(int64(whole), int64(fraction*1e9)).Round(time.Microsecond).UTC(), nil
}
