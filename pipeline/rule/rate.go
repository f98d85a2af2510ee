package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// rateSlices is how finely a window is cut: what a reading is compared with may
// be that part of the window younger than the window is long.
const rateSlices = 32

// rate holds while a number has risen, or fallen, within the window by more
// than it may: a bearing or a reactor that runs away long before any limit is
// reached. It compares a reading with the lowest and the highest of the window,
// so that neither the number of readings nor their spacing matters; noise counts
// in full, and max_rise must stand well above it.
type rate struct {
	Window   Delay    `yaml:"window"`
	MaxRise  *float64 `yaml:"max_rise"`
	MaxFall  *float64 `yaml:"max_fall"`
	Deadband float64  `yaml:"deadband"`
}

func (rate) traits() traits {
	return traits{
		author: byMachine,
		values: []string{"value", "from", "change", "limit", "window_min", "direction"},
		memory: func() any { return &rateMemory{} },
	}
}

func (k rate) check(*Rule) []fault {
	rise, fall := orInf(k.MaxRise, 1), orInf(k.MaxFall, 1)
	switch {
	case k.Window.Duration < time.Second:
		return []fault{{"window", "write the window in which the change is counted, at least 1s"}}
	case k.MaxRise == nil && k.MaxFall == nil:
		return []fault{{"max_rise", "give max_rise, max_fall or both"}}
	case k.MaxRise != nil && (!isFinite(rise) || rise <= 0):
		return []fault{{"max_rise", "write a finite number above 0"}}
	case k.MaxFall != nil && (!isFinite(fall) || fall <= 0):
		return []fault{{"max_fall", "write a finite number above 0"}}
	case !isFinite(k.Deadband) || k.Deadband < 0 || k.Deadband >= min(rise, fall):
		return []fault{{"deadband", "write a finite number that is not negative, and less than max_rise and max_fall"}}
	}
	return nil
}

// rateMemory holds the readings of the window that can still be its lowest or
// its highest, at most one per slice each; see [extremes].
type rateMemory struct {
	Lows   extremes `json:"lows,omitempty"`
	Highs  extremes `json:"highs,omitempty"`
	Beyond float64  `json:"beyond,omitempty"` // the last reading that had changed too much
	From   float64  `json:"from,omitempty"`   // what it is compared with
}

// observe tells nothing of a baseline: when it was read is not known, and a
// change is a matter of time.
func (k rate) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	v, ok := numberOf(ev)
	if !ok {
		return unusable, false
	}
	if m.baseline {
		return silent, false
	}
	s, slice := mem.(*rateMemory), m.at.UnixNano()/k.slice()
	var changed bool
	high, low := v, v
	if k.MaxRise != nil {
		changed = s.Lows.add(slice, v, 1)
		low = s.Lows.first()
	}
	if k.MaxFall != nil {
		changed = s.Highs.add(slice, v, -1) || changed
		high = s.Highs.first()
	}
	rose, fell := v-low-orInf(k.MaxRise, 1), high-v-orInf(k.MaxFall, 1) // beyond what is allowed
	switch {
	case max(rose, fell) > 0:
		was := *s
		if s.Beyond, s.From = v, low; fell > rose {
			s.From = high
		}
		return holds, changed || s.Beyond != was.Beyond || s.From != was.From
	case m.holding && max(rose, fell) > -k.Deadband:
		return holds, changed
	}
	return fine, changed
}

func (k rate) slice() int64 { return max(1, int64(k.Window.Duration)/rateSlices) }

func (rate) face(mem any, _ *pipeline.Event) face {
	return face{PostKind: postAlert, Value: reading{pipeline.Number(mem.(*rateMemory).Beyond)}}
}

// describe gives as limit what the value could have reached in the window.
func (k rate) describe(mem any, e *Effect) {
	s := mem.(*rateMemory)
	change, limit := s.Beyond-s.From, s.From+orInf(k.MaxRise, 1)
	if change < 0 {
		limit = s.From - orInf(k.MaxFall, 1)
	}
	e.Values["value"], e.Values["from"], e.Values["change"] = s.Beyond, s.From, change
	e.Values["limit"], e.Values["window_min"] = limit, k.Window.Minutes()
	e.Values["direction"] = direction(change)
	if isFinite(limit) {
		e.Limit = &limit
	}
	if e.Kind == Clear {
		e.Value = e.Event.Value
		e.Values["value"], _ = e.Value.Number()
	}
}
