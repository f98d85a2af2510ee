package erp

import (
	"strings"
	"time"
)

// parseDate reads a date in the wall clock of zone. The dates by which ERPs
// mean "none" (00000000, 0000-00-00, 31.12.9999) give the zero time.
func parseDate(text, layout string, zone *time.Location) (time.Time, *Fault) {
	if strings.Trim(text, "0-/.: ") == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(layout, text, zone)
	if err != nil {
		return time.Time{}, newFault("%q n'est pas une date au format %s", "%q is not a date in the format %s", text, layout)
	}
	if t.Year() == 9999 {
		return time.Time{}, nil
	}
	return firstOf(t, zone).UTC(), nil
}

// firstOf returns the earlier of two instants that show the same wall clock:
// half past two happens twice in the night when summer time ends.
func firstOf(t time.Time, zone *time.Location) time.Time {
	earlier := t.Add(-time.Hour)
	if earlier.In(zone).Format(time.DateTime) == t.In(zone).Format(time.DateTime) {
		return earlier
	}
	return t
}
