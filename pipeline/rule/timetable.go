package rule

import (
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/fildefer/fildefer/pipeline/shift"
)

// opening says when people can buy: {hours: "08:30-20:00", zone: Europe/Paris,
// days: mon-sat, closed: [2026-12-25]}.
type opening struct {
	calendar *shift.Calendar
	zone     *time.Location
}

// UnmarshalYAML reads the mapping.
func (o *opening) UnmarshalYAML(node ast.Node) (err error) {
	var v struct {
		Hours  string   `yaml:"hours"`
		Zone   string   `yaml:"zone"`
		Days   string   `yaml:"days"`
		Closed []string `yaml:"closed"`
	}
	if err := yaml.NodeToValue(node, &v, yaml.Strict()); err != nil {
		return err
	}
	from, to, _ := strings.Cut(v.Hours, "-")
	o.calendar, err = timetable(node, v.Zone, v.Closed, shift.Pattern{Name: "open", Days: v.Days, From: from, To: to})
	if err != nil {
		return err
	}
	o.zone, err = time.LoadLocation(v.Zone)
	return err
}

// session is one time of opening.
type session struct{ start, end time.Time }

// next is the session that has begun at t and goes on, or the one that begins
// first after t.
func (o opening) next(t time.Time) (session, bool) {
	s, found := o.calendar.At(t)
	if !found {
		s, found = o.calendar.After(t)
	}
	return session{s.Start, s.End}, found
}

// hour is a part of a session within one hour of the clock.
type hour struct {
	start, end time.Time
	bucket     int // 0 to 23 from Monday to Friday, 24 to 47 on the other days
}

// hours cuts a session at the hours.
func (o opening) hours(s session) []hour {
	var list []hour
	for from := s.start; from.Before(s.end); {
		to := from.Truncate(time.Hour).Add(time.Hour)
		if to.After(s.end) {
			to = s.end
		}
		list = append(list, hour{from, to, o.bucket(from)})
		from = to
	}
	return list
}

func (o opening) bucket(t time.Time) int {
	local := t.In(o.zone)
	if day := local.Weekday(); day == time.Saturday || day == time.Sunday {
		return 24 + local.Hour()
	}
	return local.Hour()
}

func timetable(node ast.Node, zone string, closed []string, p shift.Pattern) (*shift.Calendar, error) {
	c := &shift.Calendar{Zone: zone, Shifts: []shift.Pattern{p}}
	for _, date := range closed {
		c.Exceptions = append(c.Exceptions, shift.Exception{Date: date})
	}
	if _, err := c.Complete(); err != nil {
		return nil, (&Error{Text: err.Error()}).at(node.GetToken())
	}
	return c, nil
}

func (o opening) date(t time.Time) string { return t.In(o.zone).Format(time.DateOnly) }
