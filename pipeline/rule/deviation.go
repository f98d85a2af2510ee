package rule

import (
	"math"

	"github.com/fildefer/fildefer/pipeline"
)

// deviation holds while a number is further from its set-point than the
// tolerance, until it is back by the deadband. The set-point is a number, or
// another signal of the same asset, such as the one that the recipe writes.
type deviation struct {
	Setpoint       *float64  `yaml:"setpoint"`
	SetpointSignal string    `yaml:"setpoint_signal"`
	Tolerance      allowance `yaml:"tolerance"`
	Deadband       allowance `yaml:"deadband"`
}

func (k deviation) traits() traits {
	t := traits{
		author: byMachine,
		values: []string{"value", "setpoint", "deviation", "percent", "tolerance", "limit", "direction"},
		memory: func() any { return &deviationMemory{} },
	}
	if k.SetpointSignal != "" {
		t.moreSignals = []string{k.SetpointSignal}
	}
	return t
}

func (k deviation) check(r *Rule) []fault {
	switch {
	case (k.Setpoint == nil) == (k.SetpointSignal == ""):
		return []fault{{"setpoint", "give either setpoint, a number, or setpoint_signal, the signal that holds it"}}
	case k.SetpointSignal == r.Signal:
		return []fault{{"setpoint_signal", "a signal cannot be its own set-point"}}
	case k.Setpoint != nil && !isFinite(*k.Setpoint):
		return []fault{{"setpoint", "write a finite number"}}
	case k.Tolerance.Size <= 0:
		return []fault{{"tolerance", "say how far the value may be from its set-point: a number above 0, or a share of the set-point such as 5%"}}
	case k.Tolerance.Percent && k.Setpoint != nil && *k.Setpoint == 0:
		return []fault{{"tolerance", "a share of the set-point 0 is nothing; write a number"}}
	case k.Deadband.Size > 0 && k.Deadband.Percent != k.Tolerance.Percent:
		return []fault{{"deadband", "write tolerance and deadband in the same measure: both as numbers, or both with %"}}
	case k.Deadband.Size >= k.Tolerance.Size:
		return []fault{{"deadband", "must be less than tolerance, or no value would be back to normal"}}
	}
	return nil
}

// deviationMemory is what is known of both signals, and the reading that the
// post shows: one inside the deadband would contradict its sentence.
type deviationMemory struct {
	Actual *float64 `json:"actual,omitempty"`
	Aim    *float64 `json:"aim,omitempty"` // as the set-point's signal said it last

	Beyond  float64 `json:"beyond,omitempty"`  // the last value that was out of tolerance
	Against float64 `json:"against,omitempty"` // the set-point then
}

// observe judges after either signal. A set-point of bad quality is none, and
// without one there is no telling. The memory changes with every reading only
// where the set-point can move under it.
func (k deviation) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	s := mem.(*deviationMemory)
	v, ok := numberOf(ev)
	if k.SetpointSignal != "" && ev.Signal == k.SetpointSignal {
		if s.Aim = nil; ok {
			s.Aim = &v
		}
		if s.Actual == nil {
			return unusable, true
		}
		says, _ := k.judge(s, *s.Actual, m.holding)
		return says, true
	}
	if !ok {
		return unusable, false
	}
	if k.SetpointSignal != "" {
		s.Actual = &v
	}
	says, changed := k.judge(s, v, m.holding)
	return says, changed || k.SetpointSignal != ""
}

func (k deviation) judge(s *deviationMemory, v float64, holding bool) (verdict, bool) {
	aim := k.aim(s)
	if aim == nil {
		return unusable, false
	}
	tolerance := k.Tolerance.of(*aim)
	if tolerance == 0 { // a share of nothing: the machine is off, not wrong
		return unusable, false
	}
	off := math.Abs(v - *aim)
	if off > tolerance {
		changed := s.Beyond != v || s.Against != *aim
		s.Beyond, s.Against = v, *aim
		return holds, changed
	}
	if holding && off > tolerance-k.Deadband.of(*aim) {
		return holds, false
	}
	return fine, false
}

func (k deviation) aim(s *deviationMemory) *float64 {
	if k.Setpoint != nil {
		return k.Setpoint
	}
	return s.Aim
}

func (deviation) face(mem any, _ *pipeline.Event) face {
	return face{PostKind: postAlert, Value: reading{pipeline.Number(mem.(*deviationMemory).Beyond)}}
}

func (k deviation) describe(mem any, e *Effect) {
	s := mem.(*deviationMemory)
	v, aim := s.Beyond, s.Against
	if e.Kind == Clear {
		if n, ok := numberOf(&e.Event); ok && e.Event.Signal != k.SetpointSignal {
			v = n
		} else if s.Actual != nil {
			v = *s.Actual
		}
		if now := k.aim(s); now != nil {
			aim = *now
		}
		e.Value = pipeline.Number(v)
	}
	tolerance := k.Tolerance.of(aim)
	limit := aim + math.Copysign(tolerance, v-aim)
	e.Limit = &limit
	e.Values["value"], e.Values["setpoint"], e.Values["limit"] = v, aim, limit
	e.Values["deviation"], e.Values["tolerance"] = v-aim, tolerance
	e.Values["percent"] = 100 * (v - aim) / math.Abs(aim)
	e.Values["direction"] = direction(v - aim)
}
