package rule

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// nelson holds while the last points make one of the patterns that quality
// people know by number (Nelson, Journal of Quality Technology 16, 1984). All
// four together give a false signal every 110 points; ewma finds the same shift
// of one sigma as soon, with a fifth of these.
type nelson struct {
	Chart chart `yaml:",inline"`
	Rules []int `yaml:"rules"`
}

// pattern is so many points, of so many in a row, beyond so many sigmas on one side.
type pattern struct {
	rule   int
	points int
	of     int
	beyond float64
	fr, en string
}

// patterns are the four in common use, from the gravest.
func patterns() [4]pattern {
	return [4]pattern{
		{1, 1, 1, 3, "un point au-delà de 3 sigmas", "one point beyond 3 sigmas"},
		{5, 2, 3, 2, "deux points sur trois au-delà de 2 sigmas", "two of three points beyond 2 sigmas"},
		{6, 4, 5, 1, "quatre points sur cinq au-delà de 1 sigma", "four of five points beyond 1 sigma"},
		{2, 9, 9, 0, "neuf points de suite du même côté", "nine points in a row on one side"},
	}
}

const longestPattern = 9

type nelsonMemory struct {
	chartMemory
	Points []float64 `json:"points,omitempty"` // the last, in sigmas
	Rule   int       `json:"rule,omitempty"`   // the pattern that was seen last
}

func (k nelson) traits() traits {
	return k.Chart.traits(func() any { return &nelsonMemory{} }, "rule", "pattern_fr", "pattern_en", "limit")
}

func (k nelson) check(*Rule) []fault {
	faults := k.Chart.check()
	if len(k.Rules) == 0 {
		return append(faults, fault{"rules", "choose the patterns by number, for example [1, 2, 5, 6]: " + patternNames()})
	}
	known := patterns()
	for _, n := range k.Rules {
		if !slices.ContainsFunc(known[:], func(p pattern) bool { return p.rule == n }) {
			faults = append(faults, fault{"rules", fmt.Sprintf("%d is not known; choose of %s", n, patternNames())})
		}
	}
	return faults
}

func patternNames() string {
	names := ""
	for _, p := range patterns() {
		names += fmt.Sprintf(", %d (%s)", p.rule, p.en)
	}
	return names[2:]
}

func (k nelson) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	s := mem.(*nelsonMemory)
	return k.Chart.observe(&s.chartMemory, ev, m, k.plot(s))
}

func (k nelson) plot(s *nelsonMemory) plot {
	return func(z float64, _ bool) bool {
		s.Points = append(s.Points, z)
		s.Points = s.Points[max(0, len(s.Points)-longestPattern):]
		for _, p := range patterns() {
			if slices.Contains(k.Rules, p.rule) && p.in(s.Points) {
				s.Rule = p.rule
				return true
			}
		}
		return false
	}
}

// in tells whether the newest points make the pattern. The newest is one of it:
// what was seen before and is over was told then.
func (p pattern) in(points []float64) bool {
	if len(points) < p.points {
		return false
	}
	newest := points[len(points)-1]
	n := 0
	for _, z := range points[max(0, len(points)-p.of):] {
		if z*math.Copysign(1, newest) > p.beyond {
			n++
		}
	}
	return math.Abs(newest) > p.beyond && n >= p.points
}

func (k nelson) due(mem any, _ bool) time.Time { return k.Chart.due(&mem.(*nelsonMemory).chartMemory) }

func (k nelson) wake(mem any, m moment) verdict {
	s := mem.(*nelsonMemory)
	return k.Chart.wake(&s.chartMemory, m, k.plot(s))
}

func (nelson) face(mem any, _ *pipeline.Event) face { return mem.(*nelsonMemory).face() }

// describe gives as limit what the points of the pattern are beyond.
func (k nelson) describe(mem any, e *Effect) {
	s := mem.(*nelsonMemory)
	s.describe(e)
	e.Values["rule"] = float64(s.Rule)
	for _, p := range patterns() {
		if p.rule == s.Rule {
			e.Values["pattern_fr"], e.Values["pattern_en"] = p.fr, p.en
			k.Chart.limit(&s.chartMemory, e, math.Copysign(p.beyond, s.Value-s.Mean))
		}
	}
}
