package rule

import (
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/shift"
)

const (
	// ahead is how long before its hour something may come and still be what was
	// expected then; what comes earlier is what was expected the time before.
	ahead = 12 * time.Hour
	// lookAgain is how often the hour is looked at, since it is one of the clock
	// on the wall and timers run on awake time.
	lookAgain = 10 * time.Minute
)

// appointment is an hour at which something is expected on some days:
// {at: "06:30", zone: Europe/Paris, days: mon-fri}.
type appointment struct{ calendar *shift.Calendar }

// UnmarshalYAML reads the mapping.
func (a *appointment) UnmarshalYAML(node ast.Node) (err error) {
	var v struct {
		At   string `yaml:"at"`
		Zone string `yaml:"zone"`
		Days string `yaml:"days"`
	}
	if err := yaml.NodeToValue(node, &v, yaml.Strict()); err != nil {
		return err
	}
	a.calendar, err = timetable(node, v.Zone, nil, shift.Pattern{Name: "expected", Days: v.Days, From: v.At, To: v.At})
	return err
}

// after is the first appointment after t; zero when there is none for days.
func (a appointment) after(t time.Time) time.Time {
	next, _ := a.calendar.After(t)
	return next.Start
}

// arrival is the memory of a silence that is judged at an hour. It is written
// when something comes for the first time since the last, and at each look.
type arrival struct {
	By   time.Time `json:"by,omitzero"`   // stream time: the hour that is waited for
	Look time.Time `json:"look,omitzero"` // awake time: when to see whether it has passed
}

// come finds the hour that comes after the one for which the event came. What
// counts is when it was received: the rows of a file may be of any age.
func (a *arrival) come(k silence, ev *pipeline.Event, m moment) (verdict, bool) {
	came := m.now
	if !ev.Received.IsZero() && ev.Received.Before(came) {
		came = ev.Received
	}
	by := k.ExpectBy.after(came)
	if by.Sub(came) <= ahead {
		by = k.ExpectBy.after(by)
	}
	if !by.After(a.By) {
		return silent, false
	}
	a.By = by
	a.wait(k, m)
	return fine, true
}

func (a *arrival) wait(k silence, m moment) {
	a.Look = m.awake.Add(min(a.By.Add(k.Grace.Duration).Sub(m.now), lookAgain))
}

// look tells whether the hour has passed in vain.
func (a *arrival) look(k silence, m moment) verdict {
	if m.now.Before(a.By.Add(k.Grace.Duration)) {
		a.wait(k, m)
		return fine
	}
	a.Look = time.Time{}
	return holds
}
