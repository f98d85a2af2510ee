package mqtt

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/fildefer/fildefer/connectors"
)

// Magnitudes that tell seconds, milliseconds, microseconds and nanoseconds
// since 1970 apart: each reaches far beyond the year 2200 of the unit before.
const (
	fromMilli = 1e11
	fromMicro = 1e14
	fromNano  = 1e17
	untilNano = 7258118400e9 // the year 2200
)

// maxFaultBytes bounds what is kept of a time that cannot be one.
const maxFaultBytes = 64

// parseTime reads a time field: a Unix time, whose unit its magnitude tells,
// or RFC 3339. Null is no time, and so is a time out of all bounds, which is
// the fault.
func parseTime(s scalar) (at time.Time, fault string, err error) {
	text, isText := s.value.Text()
	switch {
	case s.value.IsNone():
		return time.Time{}, "", nil
	case s.number != "":
		text = s.number
	case !isText:
		return time.Time{}, "", fmt.Errorf("a time is expected, not %s", s.value)
	}
	if text = strings.TrimSpace(text); numberLength(text) == len(text) && text != "" {
		at, fault = unixTime(text)
		return at, fault, nil
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, "", fmt.Errorf("time %.40q is neither RFC 3339 with a zone nor a Unix time", text)
	}
	at, fault = connectors.Instant(t)
	return at, fault, nil
}

func unixTime(literal string) (at time.Time, fault string) {
	f, err := strconv.ParseFloat(literal, 64)
	if err != nil || f < 0 || f >= untilNano {
		return time.Time{}, literal[:min(len(literal), maxFaultBytes)]
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
		return time.Unix(whole/perSecond, whole%perSecond*unit).UTC(), ""
	}
	// A float64 of today's seconds is exact to a quarter of a microsecond.
	whole, fraction := math.Modf(f / (1e9 / float64(unit)))
	return time.Unix(int64(whole), int64(fraction*1e9)).Round(time.Microsecond).UTC(), ""
}
