package erp

import (
	"time"
)

// ParseNumber lets tests read a number as a file's cell is.
func ParseNumber(text string, locale Locale) (float64, error) {
	n, fault := parseNumber(text, locale)
	return n, errorOf(fault)
}

// ParseInteger lets tests read a whole number as a file's cell is.
func ParseInteger(text string, locale Locale) (float64, error) {
	n, fault := parseInteger(text, locale)
	return n, errorOf(fault)
}

// ParseDate lets tests read a date as a file's cell is.
func ParseDate(text, layout string, zone *time.Location) (time.Time, error) {
	t, fault := parseDate(text, layout, zone)
	return t, errorOf(fault)
}

func errorOf(f *Fault) error {
	if f == nil {
		return nil
	}
	return f
}
