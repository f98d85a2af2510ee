package rule

import (
	"math"

	"github.com/fildefer/fildefer/pipeline"
)

// limit holds while a number is below low or above high, until it is back by
// the deadband.
type limit struct {
	Low      *float64 `yaml:"low"`
	High     *float64 `yaml:"high"`
	Deadband float64  `yaml:"deadband"`
}

func (limit) traits() traits {
	return traits{
		author: byMachine, values: []string{"value", "limit", "low", "high"},
		memory: func() any { return &limitMemory{} },
	}
}

func (k limit) check(*Rule) []fault {
	low, high := orInf(k.Low, -1), orInf(k.High, 1)
	switch {
	case k.Low == nil && k.High == nil:
		return []fault{{"low", "give low, high or both"}}
	case k.Low != nil && !isFinite(low):
		return []fault{{"low", "write a finite number"}}
	case k.High != nil && !isFinite(high):
		return []fault{{"high", "write a finite number"}}
	case low >= high:
		return []fault{{"low", "low must be less than high"}}
	case !isFinite(k.Deadband) || k.Deadband < 0:
		return []fault{{"deadband", "write a finite number that is not negative"}}
	case 2*k.Deadband > high-low:
		return []fault{{"deadband", "is so wide that no value between low and high would be back to normal; narrow it"}}
	}
	return nil
}

// limitMemory is the last value beyond a limit: what the post shows, since one
// inside the deadband would contradict its sentence.
type limitMemory struct {
	Beyond float64 `json:"beyond"`
}

func (k limit) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	v, ok := ev.Value.Number()
	if !ok || !ev.Usable() {
		return unusable, false
	}
	band := 0.0
	if m.holding {
		band = k.Deadband
	}
	low, high := orInf(k.Low, -1), orInf(k.High, 1)
	if v < low || v > high {
		s := mem.(*limitMemory)
		changed := s.Beyond != v
		s.Beyond = v
		return holds, changed
	}
	if v < low+band || v > high-band {
		return holds, false
	}
	return fine, false
}

func (limit) face(mem any, _ *pipeline.Event) face {
	return face{PostKind: postAlert, Value: reading{pipeline.Number(mem.(*limitMemory).Beyond)}}
}

func (k limit) describe(_ any, e *Effect) {
	if e.Kind == Clear {
		e.Value = e.Event.Value
	}
	if v, ok := e.Value.Number(); ok {
		e.Values["value"] = v
		e.Limit = k.nearest(v)
		e.Values["limit"] = *e.Limit
	}
	if k.Low != nil {
		e.Values["low"] = *k.Low
	}
	if k.High != nil {
		e.Values["high"] = *k.High
	}
}

// nearest is the limit that v is beyond, or would reach first.
func (k limit) nearest(v float64) *float64 {
	if math.Abs(v-orInf(k.Low, -1)) < math.Abs(v-orInf(k.High, 1)) {
		return k.Low
	}
	return k.High
}

func orInf(v *float64, sign int) float64 {
	if v == nil {
		return math.Inf(sign)
	}
	return *v
}

func isFinite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
