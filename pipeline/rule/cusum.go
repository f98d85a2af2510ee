package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// By default k = 0.5 and h = 5, which on independent points give a false signal
// every 465 points, and find a shift of one sigma after 10 (Montgomery,
// Introduction to Statistical Quality Control, table 9.3).
const (
	cusumSlack = 0.5
	cusumLimit = 5.0
)

// cusum holds while what the points were off by, less a slack each, adds up to
// more than h on one side: the tabular cumulative sum of Page. It ends when the
// sum is half gone; as the sum is counted no further than half beyond h, that
// takes h/k points at most once nothing is off.
type cusum struct {
	Chart chart    `yaml:",inline"`
	K     *float64 `yaml:"k"` // slack in sigmas: half of the shift that matters
	H     *float64 `yaml:"h"` // limit in sigmas
}

type cusumMemory struct {
	chartMemory
	High float64 `json:"high"`
	Low  float64 `json:"low"` // of what is off below, not negative
}

func (k cusum) traits() traits {
	return k.Chart.traits(func() any { return &cusumMemory{} }, "sum", "limit")
}

func (k cusum) check(*Rule) []fault {
	faults := k.Chart.check()
	if slack := k.slack(); !isFinite(slack) || slack <= 0 {
		faults = append(faults, fault{"k", "write the slack in sigmas, above 0, usually 0.5: half of the shift that matters"})
	}
	if h := k.limit(); !isFinite(h) || h <= 0 {
		faults = append(faults, fault{"h", "write the limit in sigmas, above 0, usually 4 or 5"})
	}
	return faults
}

func (k cusum) slack() float64 { return orDefault(k.K, cusumSlack) }
func (k cusum) limit() float64 { return orDefault(k.H, cusumLimit) }

func (k cusum) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	s := mem.(*cusumMemory)
	return k.Chart.observe(&s.chartMemory, ev, m, k.plot(s))
}

func (k cusum) plot(s *cusumMemory) plot {
	return func(z float64, holding bool) bool {
		limit, most := k.limit(), 1.5*k.limit()
		s.High = min(most, max(0, s.High+z-k.slack()))
		s.Low = min(most, max(0, s.Low-z-k.slack()))
		if holding {
			limit /= 2
		}
		return max(s.High, s.Low) > limit
	}
}

func (k cusum) due(mem any, _ bool) time.Time { return k.Chart.due(&mem.(*cusumMemory).chartMemory) }

func (k cusum) wake(mem any, m moment) verdict {
	s := mem.(*cusumMemory)
	return k.Chart.wake(&s.chartMemory, m, k.plot(s))
}

func (cusum) face(mem any, _ *pipeline.Event) face { return mem.(*cusumMemory).face() }

// describe gives sum and limit in sigmas: no value of the signal is either.
func (k cusum) describe(mem any, e *Effect) {
	s := mem.(*cusumMemory)
	s.describe(e)
	e.Values["sum"], e.Values["limit"] = max(s.High, s.Low), k.limit()
	e.Values["direction"] = direction(s.High - s.Low)
}
