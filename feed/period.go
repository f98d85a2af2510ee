package feed

import (
	"fmt"
	"time"
)

// PeriodUnit is how long the periods of reports are.
type PeriodUnit string

// Units. Reports are of whole weeks and months only: a free choice of days would
// let two reports be subtracted until one person is left.
const (
	Week  PeriodUnit = "week"
	Month PeriodUnit = "month"
)

// Period is one ISO week, from Monday to Sunday, or one month, as the clocks of a
// place have it.
type Period struct {
	ID   string     `json:"id" doc:"2026-W46 or 2026-10."`
	Unit PeriodUnit `json:"unit" enum:"week,month"`
	From time.Time  `json:"from"`
	To   time.Time  `json:"to" doc:"The first instant that no longer belongs to it."`
}

// PeriodOf is the week or month that an instant lies in, in a zone.
func PeriodOf(unit PeriodUnit, at time.Time, zone *time.Location) Period {
	local := at.In(zone)
	year, month, day := local.Date()
	if unit == Month {
		from := time.Date(year, month, 1, 0, 0, 0, 0, zone)
		return Period{ID: from.Format("2006-01"), Unit: Month, From: from.UTC(), To: from.AddDate(0, 1, 0).UTC()}
	}
	sinceMonday := (int(local.Weekday()) + 6) % 7
	from := time.Date(year, month, day-sinceMonday, 0, 0, 0, 0, zone)
	y, w := from.ISOWeek()
	return Period{ID: fmt.Sprintf("%04d-W%02d", y, w), Unit: Week, From: from.UTC(), To: from.AddDate(0, 0, 7).UTC()}
}

// Before is the period that ends where p begins.
func (p Period) Before(zone *time.Location) Period {
	return PeriodOf(p.Unit, p.From.Add(-time.Hour), zone)
}

// After is the period that begins where p ends.
func (p Period) After(zone *time.Location) Period { return PeriodOf(p.Unit, p.To.Add(time.Hour), zone) }

// Holds tells whether an instant lies in the period.
func (p Period) Holds(t time.Time) bool { return !t.Before(p.From) && t.Before(p.To) }

// LastPeriod is the last one that is over.
func LastPeriod(unit PeriodUnit, now time.Time, zone *time.Location) Period {
	return PeriodOf(unit, now, zone).Before(zone)
}

// ParsePeriod reads the id of a period, or "week" and "month" for the last that is
// over. One that has not begun yet is refused.
func ParsePeriod(id string, now time.Time, zone *time.Location) (Period, error) {
	switch id {
	case "", string(Week):
		return LastPeriod(Week, now, zone), nil
	case string(Month):
		return LastPeriod(Month, now, zone), nil
	}
	var p Period
	var year, week int
	if n, _ := fmt.Sscanf(id, "%4d-W%2d", &year, &week); n == 2 {
		// The fourth of January lies in the first week of its year (ISO 8601).
		p = PeriodOf(Week, time.Date(year, 1, 4+7*(week-1), 12, 0, 0, 0, zone), zone)
	} else if first, err := time.ParseInLocation("2006-01", id, zone); err == nil {
		p = PeriodOf(Month, first, zone)
	}
	switch {
	case p.ID == "" || p.ID != id:
		return p, Refuse(Invalid, "« {id} » n’est ni une semaine (2026-W46) ni un mois (2026-10).", "“{id}” is neither a week (2026-W46) nor a month (2026-10).").
			With(Values{"id": id})
	case p.From.After(now):
		return p, Refuse(Invalid, "La période {id} n’a pas commencé.", "The period {id} has not begun.").With(Values{"id": id})
	}
	return p, nil
}
