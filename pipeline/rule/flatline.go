package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	flatSamples     = 3    // readings, by default, without which nothing is called stuck
	mostFlatSamples = 1000 // as many are counted
)

// flatline holds while a number that was seen to move stays within epsilon for
// the window: a stuck sensor, a frozen gateway. A signal that never moved is a
// constant, and one that is not heard of is a matter of silence.
//
// It needs no ring: it keeps the stretch in which the signal lies within epsilon
// of all its readings, and begins another with the reading that leaves it. A
// stretch is therefore found when it is a window long, or after two at most if
// it began in the middle of a slow move.
type flatline struct {
	Window  Delay   `yaml:"window"`
	Epsilon float64 `yaml:"epsilon"`
	Min     *int    `yaml:"min"`
}

func (flatline) traits() traits {
	return traits{
		author: byMachine, values: []string{"value", "flat_min", "epsilon", "window_min"},
		memory: func() any { return &flatMemory{} },
	}
}

func (k flatline) check(*Rule) []fault {
	switch {
	case k.Window.Duration < time.Second:
		return []fault{{"window", "write for how long the value must not move, at least 1s"}}
	case !isFinite(k.Epsilon) || k.Epsilon < 0:
		return []fault{{"epsilon", "write a finite number that is not negative: what a stuck value may still move by"}}
	case k.Min != nil && (*k.Min < 2 || *k.Min > mostFlatSamples):
		return []fault{{"min", "write how many readings it takes to call a value stuck, 2 to 1000"}}
	}
	return nil
}

// flatMemory is the stretch. Count stops at what is needed, so that a stuck
// signal costs no writes.
type flatMemory struct {
	Since time.Time `json:"since,omitzero"` // source time
	Low   float64   `json:"low"`
	High  float64   `json:"high"`
	Count int       `json:"count"`
	Moved bool      `json:"moved,omitempty"` // ever
}

// observe leaves a baseline out: it is the last reading once more, which proves
// nothing of the sensor.
func (k flatline) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	v, ok := numberOf(ev)
	if !ok {
		return unusable, false
	}
	if m.baseline {
		return silent, false
	}
	s := mem.(*flatMemory)
	was := *s
	low, high := min(s.Low, v), max(s.High, v)
	switch {
	case s.Count == 0 || m.at.Before(s.Since) || !m.holding && s.Since.Before(m.looked()):
		*s = flatMemory{Since: m.at, Low: v, High: v, Count: 1, Moved: s.Moved}
	case high-low > k.Epsilon:
		*s = flatMemory{Since: m.at, Low: v, High: v, Count: 1, Moved: true}
	default:
		s.Low, s.High, s.Count = low, high, min(s.Count+1, k.samples())
	}
	if s.Moved && s.Count >= k.samples() && m.at.Sub(s.Since) >= k.Window.Duration {
		return holds, *s != was
	}
	return fine, *s != was
}

func (k flatline) samples() int {
	if k.Min == nil {
		return flatSamples
	}
	return *k.Min
}

// face shows the middle of the stretch, which hardly changes.
func (flatline) face(mem any, _ *pipeline.Event) face {
	s := mem.(*flatMemory)
	return face{PostKind: postAlert, Value: reading{pipeline.Number((s.Low + s.High) / 2)}}
}

func (k flatline) describe(mem any, e *Effect) {
	s := mem.(*flatMemory)
	if e.Kind == Clear {
		e.Value = e.Event.Value
	}
	if v, ok := e.Value.Number(); ok {
		e.Values["value"] = v
	}
	e.Values["flat_min"] = max(0, e.At.Sub(s.Since).Minutes())
	e.Values["epsilon"], e.Values["window_min"] = k.Epsilon, k.Window.Minutes()
}
