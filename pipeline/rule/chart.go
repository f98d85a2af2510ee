package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// chart is what the control charts (ewma, cusum, nelson) have in common: which
// subgroups they plot, and what is usual of these. They plot in sigmas from the
// usual mean, so that one chart goes on through parts of the day that have
// baselines of their own.
type chart struct {
	Subgroup subgroup `yaml:"subgroup"`
	Baseline baseline `yaml:"baseline"`
}

// plot takes in one point, in sigmas, and tells whether the chart signals.
type plot func(z float64, holding bool) bool

func (c chart) traits(memory func() any, values ...string) traits {
	return traits{
		author: byMachine, memory: memory,
		values:     append([]string{"value", "mean", "sigma", "direction"}, values...),
		keepsEvent: c.Subgroup.By == "time", // a window closes by time: its last reading decides
	}
}

func (c chart) check() []fault {
	faults := append(c.Subgroup.check(), c.Baseline.check()...)
	if b := c.Baseline; b.Phase == "day" && c.Subgroup.Every.Duration*time.Duration(b.bins()) > 24*time.Hour {
		faults = append(faults, fault{"subgroup.every", "is longer than a part of the day; shorten it, or give fewer bins"})
	}
	return faults
}

// chartMemory is the subgroup that fills, the baseline, and the last point.
type chartMemory struct {
	Group group   `json:"group"`
	Usual usual   `json:"usual"`
	Value float64 `json:"value"` // of the last point that was judged
	Mean  float64 `json:"mean"`  // it was compared with
	Sigma float64 `json:"sigma"`
	Out   bool    `json:"out,omitempty"` // the chart signals
}

// observe puts one reading into its subgroup, and judges when that completes
// one; in between the chart stands as it stood. A baseline event is a reading
// from before, once more.
func (c chart) observe(s *chartMemory, ev *pipeline.Event, m moment, judge plot) (verdict, bool) {
	v, ok := numberOf(ev)
	if !ok {
		return unusable, false
	}
	if m.baseline {
		return silent, false
	}
	if p, done := c.Subgroup.add(&s.Group, v, m); done {
		c.judge(s, p, m, judge)
	}
	return s.says(), true
}

func (c chart) judge(s *chartMemory, p point, m moment, judge plot) {
	usual, known := c.Baseline.place(&s.Usual, p)
	if !known {
		return
	}
	z := (p.value - usual.mean) / usual.sigma
	s.Value, s.Mean, s.Sigma = p.value, usual.mean, usual.sigma
	s.Out = judge(max(-mostSigmas, min(z, mostSigmas)), m.holding)
}

// mostSigmas is as far off as a point counts: what is plotted must stay finite.
const mostSigmas = 1e6

func (s *chartMemory) says() verdict {
	if s.Out {
		return holds
	}
	return fine
}

// due is when the window that fills is over, whether or not anything comes after it.
func (c chart) due(s *chartMemory) time.Time {
	if s.Group.N == 0 {
		return time.Time{}
	}
	return s.Group.Closes
}

func (c chart) wake(s *chartMemory, m moment, judge plot) verdict {
	if p, done := c.Subgroup.close(&s.Group); done {
		c.judge(s, p, m, judge)
	}
	return s.says()
}

// face shows the last point.
func (s *chartMemory) face() face {
	return face{PostKind: postAlert, Value: reading{pipeline.Number(s.Value)}}
}

func (s *chartMemory) describe(e *Effect) {
	e.Value = pipeline.Number(s.Value)
	e.Values["value"], e.Values["mean"], e.Values["sigma"] = s.Value, s.Mean, s.Sigma
	e.Values["direction"] = direction(s.Value - s.Mean)
}

// limit draws a limit of the chart, z sigmas from the mean, where the chart
// plots what the signal's curve shows.
func (c chart) limit(s *chartMemory, e *Effect, z float64) {
	limit := s.Mean + z*s.Sigma
	e.Values["limit"] = limit
	if c.Subgroup.ofMean() && isFinite(limit) {
		e.Limit = &limit
	}
}
