package shift

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Calendar says when a territory, and everything below it, works. It is
// immutable once [Calendar.Complete] was called.
type Calendar struct {
	Territory  string      `yaml:"territory"`
	Zone       string      `yaml:"zone"` // IANA name, such as Europe/Paris
	Shifts     []Pattern   `yaml:"shifts"`
	Exceptions []Exception `yaml:"exceptions"`

	location *time.Location
}

// Pattern is a shift that comes back every week. One that ends at or before
// the hour at which it begins ends on the next day.
type Pattern struct {
	Name  string   `yaml:"name"`
	Days  string   `yaml:"days"` // "mon-fri", "sat,sun"; empty: every day. The day on which it begins
	From  string   `yaml:"from"` // "05:00", local
	To    string   `yaml:"to"`
	Roles []string `yaml:"roles"` // who is there

	days     [7]bool
	from, to time.Duration
}

// Exception replaces the shifts that begin on one day.
type Exception struct {
	Date   string    `yaml:"date"`   // "2026-12-25"
	Shifts []Pattern `yaml:"shifts"` // none: nobody works
}

// Shift is one shift of one day: from Start on, until before End.
type Shift struct {
	Territory  string
	Name       string
	Start, End time.Time // UTC
	Roles      []string
}

// ID tells a shift from all others of its calendar.
func (s Shift) ID() string { return s.Start.Format(time.RFC3339) + "/" + s.Name }

// Has tells whether somebody with that role works in the shift.
func (s Shift) Has(role string) bool { return slices.Contains(s.Roles, role) }

// At returns the shift that works at t. Where two overlap, the one that began
// last, or of those the one that is listed first.
func (c *Calendar) At(t time.Time) (Shift, bool) {
	var found Shift
	for _, s := range c.around(t) {
		if !s.Start.After(t) && t.Before(s.End) && s.Start.After(found.Start) {
			found = s
		}
	}
	return found, !found.Start.IsZero()
}

// After returns the first shift that begins after t within the next ten days.
func (c *Calendar) After(t time.Time) (Shift, bool) {
	for day := range 10 {
		var next Shift
		for _, s := range c.on(c.day(t).AddDate(0, 0, day)) {
			if s.Start.After(t) && (next.Start.IsZero() || s.Start.Before(next.Start)) {
				next = s
			}
		}
		if !next.Start.IsZero() {
			return next, true
		}
	}
	return Shift{}, false
}

// day is the date that t has at the place. It is kept as midnight in UTC, where
// every day has 24 hours and every hour is there: one can be added to it.
func (c *Calendar) day(t time.Time) time.Time {
	year, month, day := t.In(c.location).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// around lists the shifts that begin on t's day or the day before.
func (c *Calendar) around(t time.Time) []Shift {
	day := c.day(t)
	return append(c.on(day.AddDate(0, 0, -1)), c.on(day)...)
}

// on lists the shifts that begin on that day.
func (c *Calendar) on(day time.Time) []Shift {
	patterns := c.Shifts
	date := day.Format(time.DateOnly)
	for _, e := range c.Exceptions {
		if e.Date == date {
			patterns = e.Shifts
		}
	}
	var list []Shift
	for _, p := range patterns {
		if !p.days[day.Weekday()] {
			continue
		}
		end := day
		if p.to <= p.from {
			end = day.AddDate(0, 0, 1)
		}
		s := Shift{Territory: c.Territory, Name: p.Name, Start: c.wall(day, p.from), End: c.wall(end, p.to), Roles: p.Roles}
		if s.Start.Before(s.End) { // else it lies within an hour that is skipped
			list = append(list, s)
		}
	}
	return list
}

// wall is the instant at which clocks of the place show that hour. An hour that
// is skipped in spring is an hour later, one that comes twice in autumn is the
// first; time.Date does not promise which it takes.
func (c *Calendar) wall(day time.Time, hour time.Duration) time.Time {
	shown := day.Add(hour)
	before, after := c.offset(shown.AddDate(0, 0, -1)), c.offset(shown.AddDate(0, 0, 1))
	first, second := shown.Add(-before), shown.Add(-after)
	if c.offset(first) != before && c.offset(second) == after {
		return second
	}
	return first
}

// Local is t as the clocks of the place show it.
func (c *Calendar) Local(t time.Time) time.Time { return t.In(c.location) }

// offset is how far the clocks of the place are ahead of UTC.
func (c *Calendar) offset(t time.Time) time.Duration {
	_, seconds := t.In(c.location).Zone()
	return time.Duration(seconds) * time.Second
}

// Complete reads the words of the calendar and reports the first fault, with
// the key that it concerns.
func (c *Calendar) Complete() (key string, err error) {
	if c.Zone == "" {
		return "zone", fmt.Errorf("name the time zone, such as Europe/Paris")
	}
	if c.location, err = time.LoadLocation(c.Zone); err != nil {
		return "zone", fmt.Errorf("%q is no time zone; write one such as Europe/Paris", c.Zone)
	}
	if len(c.Shifts) == 0 {
		return "shifts", fmt.Errorf("list the shifts")
	}
	if err := completeAll(c.Shifts); err != nil {
		return "shifts", err
	}
	for i := range c.Exceptions {
		e := &c.Exceptions[i]
		if _, err := time.Parse(time.DateOnly, e.Date); err != nil {
			return "exceptions", fmt.Errorf("%q is no date; write it as 2026-12-25", e.Date)
		}
		if slices.ContainsFunc(c.Exceptions[:i], func(other Exception) bool { return other.Date == e.Date }) {
			return "exceptions", fmt.Errorf("%q is there twice; write all shifts of that day in one", e.Date)
		}
		if err := completeAll(e.Shifts); err != nil {
			return "exceptions", err
		}
	}
	return "", nil
}

func completeAll(patterns []Pattern) error {
	for i := range patterns {
		if err := patterns[i].complete(); err != nil {
			return err
		}
	}
	return nil
}

func (p *Pattern) complete() (err error) {
	if p.Name == "" {
		return fmt.Errorf("give each shift a name")
	}
	if p.from, err = hour(p.From); err != nil {
		return err
	}
	if p.to, err = hour(p.To); err != nil {
		return err
	}
	p.days, err = days(p.Days)
	return err
}

func hour(s string) (time.Duration, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, fmt.Errorf("%q is no hour; write it as 05:30", s)
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

func days(s string) (set [7]bool, err error) {
	if s == "" {
		s = "mon-sun"
	}
	for part := range strings.SplitSeq(s, ",") {
		first, last, ranged := strings.Cut(strings.TrimSpace(part), "-")
		if !ranged {
			last = first
		}
		from, to := weekday(first), weekday(last)
		if from < 0 || to < 0 {
			return set, fmt.Errorf("%q is no day of the week; write mon, tue, wed, thu, fri, sat, sun or a range such as mon-fri", part)
		}
		for d := from; ; d = (d + 1) % 7 {
			set[d] = true
			if d == to {
				break
			}
		}
	}
	return set, nil
}

func weekday(s string) int {
	return slices.Index([]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}, s)
}
