package rule

import (
	"math"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// By default λ = 0.2 and L = 2.962, which on independent points give a false
// signal every 500 points, and find a shift of one sigma after 10 (Lucas and
// Saccucci, Technometrics 32, 1990).
const (
	ewmaWeight = 0.2
	ewmaLimit  = 2.962
)

// ewma holds while the exponentially weighted moving average of the points is
// out of its limits, until it is half way back: the chart for small shifts that
// last. With lambda 1 it is Shewhart's.
type ewma struct {
	Chart  chart    `yaml:",inline"`
	Lambda *float64 `yaml:"lambda"` // weight of the newest point
	L      *float64 `yaml:"l"`      // limit, in sigmas of the average
}

type ewmaMemory struct {
	chartMemory
	Z float64 `json:"z"` // the average, in sigmas of a point
}

func (k ewma) traits() traits {
	return k.Chart.traits(func() any { return &ewmaMemory{} }, "average", "limit")
}

func (k ewma) check(*Rule) []fault {
	faults := k.Chart.check()
	if l := k.lambda(); !isFinite(l) || l <= 0 || l > 1 {
		faults = append(faults, fault{"lambda", "write the weight of the newest point: above 0, 1 at most, usually 0.1 to 0.3"})
	}
	if l := orDefault(k.L, ewmaLimit); !isFinite(l) || l <= 0 {
		faults = append(faults, fault{"l", "write the limit in sigmas of the average, above 0, usually about 3"})
	}
	return faults
}

func (k ewma) lambda() float64 { return orDefault(k.Lambda, ewmaWeight) }

// limit is where the average is out, in sigmas of a point, once it has settled.
func (k ewma) limit() float64 {
	return orDefault(k.L, ewmaLimit) * math.Sqrt(k.lambda()/(2-k.lambda()))
}

func (k ewma) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	s := mem.(*ewmaMemory)
	return k.Chart.observe(&s.chartMemory, ev, m, k.plot(s))
}

// plot bounds the average at twice its limit, so that one wild point, however
// wild, is forgotten as soon as any other that is out.
func (k ewma) plot(s *ewmaMemory) plot {
	return func(z float64, holding bool) bool {
		limit := k.limit()
		s.Z += k.lambda() * (z - s.Z)
		s.Z = max(-2*limit, min(s.Z, 2*limit))
		if holding {
			limit /= 2
		}
		return math.Abs(s.Z) > limit
	}
}

func (k ewma) due(mem any, _ bool) time.Time { return k.Chart.due(&mem.(*ewmaMemory).chartMemory) }

func (k ewma) wake(mem any, m moment) verdict {
	s := mem.(*ewmaMemory)
	return k.Chart.wake(&s.chartMemory, m, k.plot(s))
}

func (ewma) face(mem any, _ *pipeline.Event) face { return mem.(*ewmaMemory).face() }

func (k ewma) describe(mem any, e *Effect) {
	s := mem.(*ewmaMemory)
	s.describe(e)
	e.Values["average"], e.Values["direction"] = s.Mean+s.Z*s.Sigma, direction(s.Z)
	k.Chart.limit(&s.chartMemory, e, math.Copysign(k.limit(), s.Z))
}
