package rule

import (
	"math"
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

// limit holds while a number is below low or above high, until it is back by
// the deadband. Beyond low_low or high_high (LL and HH of ISA-18.2) it is the
// same condition, graver: one post, not two.
type limit struct {
	Low      *float64 `yaml:"low"`
	High     *float64 `yaml:"high"`
	LowLow   *float64 `yaml:"low_low"`
	HighHigh *float64 `yaml:"high_high"`
	Worst    string   `yaml:"worst"` // severity beyond low_low or high_high
	Deadband float64  `yaml:"deadband"`
}

func (limit) traits() traits {
	return traits{
		author: byMachine, values: []string{"value", "limit", "low", "high", "low_low", "high_high"},
		memory: func() any { return &limitMemory{} },
	}
}

func (k limit) check(r *Rule) []fault {
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
	return k.checkWorst(r)
}

func (k limit) checkWorst(r *Rule) []fault {
	switch {
	case k.LowLow != nil && (k.Low == nil || !isFinite(*k.LowLow) || *k.LowLow >= *k.Low):
		return []fault{{"low_low", "give low too, and a low_low that is less"}}
	case k.HighHigh != nil && (k.High == nil || !isFinite(*k.HighHigh) || *k.HighHigh <= *k.High):
		return []fault{{"high_high", "give high too, and a high_high that is greater"}}
	case k.LowLow == nil && k.HighHigh == nil && k.Worst != "":
		return []fault{{"worst", "is the severity beyond low_low or high_high; give one of them"}}
	case k.LowLow == nil && k.HighHigh == nil:
		return nil
	case !slices.Contains(severities(), k.worst()):
		return []fault{{"worst", unknown("severity", k.Worst, severities())}}
	case !graver(k.worst(), r.Severity):
		return []fault{{"worst", "the severity beyond low_low or high_high, " + k.worst() + ", must rise above severity"}}
	}
	return nil
}

func (k limit) worst() string {
	if k.Worst == "" {
		return severities()[0]
	}
	return k.Worst
}

// limitMemory is the last value beyond a limit: what the post shows, since one
// inside the deadband would contradict its sentence.
type limitMemory struct {
	Beyond float64 `json:"beyond"`
	Worst  bool    `json:"worst,omitempty"` // beyond low_low or high_high, and not back from there by the deadband
}

func (k limit) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	v, ok := numberOf(ev)
	if !ok {
		return unusable, false
	}
	s := mem.(*limitMemory)
	was := *s
	if !m.holding {
		s.Worst = false
	}
	s.Worst = outside(v, k.LowLow, k.HighHigh, k.band(s.Worst))
	if outside(v, k.Low, k.High, 0) {
		s.Beyond = v
		return holds, *s != was
	}
	if outside(v, k.Low, k.High, k.band(m.holding)) {
		return holds, *s != was
	}
	return fine, *s != was
}

// band is how far inside a limit a value must be to be back from beyond it.
func (k limit) band(beyond bool) float64 {
	if beyond {
		return k.Deadband
	}
	return 0
}

func outside(v float64, low, high *float64, band float64) bool {
	return v < orInf(low, -1)+band || v > orInf(high, 1)-band
}

func (k limit) face(mem any, _ *pipeline.Event) face {
	s := mem.(*limitMemory)
	f := face{PostKind: postAlert, Value: reading{pipeline.Number(s.Beyond)}}
	if s.Worst {
		f.Severity = k.worst()
	}
	return f
}

func (k limit) describe(_ any, e *Effect) {
	if e.Kind == Clear {
		e.Value = e.Event.Value
	}
	if v, ok := e.Value.Number(); ok {
		e.Values["value"] = v
		e.Limit = k.crossed(v)
		e.Values["limit"] = *e.Limit
	}
	for name, at := range map[string]*float64{"low": k.Low, "high": k.High, "low_low": k.LowLow, "high_high": k.HighHigh} {
		if at != nil {
			e.Values[name] = *at
		}
	}
}

// crossed is the furthest limit that v is beyond, or the one that it would
// reach first.
func (k limit) crossed(v float64) *float64 {
	switch {
	case v < orInf(k.LowLow, -1):
		return k.LowLow
	case v > orInf(k.HighHigh, 1):
		return k.HighHigh
	case math.Abs(v-orInf(k.Low, -1)) < math.Abs(v-orInf(k.High, 1)):
		return k.Low
	}
	return k.High
}
