package rule

import "math"

const (
	leastLearned = 20  // points without which no spread is believed
	mostLearned  = 128 // points that are kept to learn from
)

// baseline says what is usual of a chart's points: how high they are, and how
// far they spread. It is given, or learned and then frozen, since one that went
// on learning would take a slow drift for what is usual. To learn anew, give the
// rule another id.
type baseline struct {
	Mean  *float64 `yaml:"mean"`
	Sigma *float64 `yaml:"sigma"`

	Learn lesson `yaml:"learn"` // so many points, or so many days by phase
	Phase string `yaml:"phase"` // day: each part of the day has its own
	Bins  int    `yaml:"bins"`  // parts of the day; 24 by default
	Zone  zone   `yaml:"zone"`  // in which a day begins; UTC by default

	Resolution float64 `yaml:"resolution"` // of the sensor: no spread is taken for less
}

func (b baseline) check() []fault {
	given := b.Mean != nil || b.Sigma != nil
	switch {
	case given == (b.Learn != lesson{}):
		return []fault{{"baseline", "say what is usual: give it as {mean: 500, sigma: 0.8}, or let it be learned as {learn: 100} or {learn: 7d, phase: day}"}}
	case given && (b.Mean == nil || !isFinite(*b.Mean)):
		return []fault{{"baseline.mean", "write the usual value, a finite number"}}
	case given && (b.Sigma == nil || !isFinite(*b.Sigma) || *b.Sigma <= 0):
		return []fault{{"baseline.sigma", "write the usual spread of a subgroup, a finite number above 0"}}
	case !isFinite(b.Resolution) || b.Resolution < 0:
		return []fault{{"baseline.resolution", "write the smallest step of the sensor"}}
	case b.Phase == "" && (b.Bins != 0 || b.Zone.location != nil):
		return []fault{{"baseline.phase", "bins and zone are for phase: day"}}
	case b.Phase == "":
		return b.checkPoints()
	case b.Phase != "day" || given:
		return []fault{{"baseline.phase", "day is the only phase, and it is learned: {learn: 7d, phase: day}"}}
	case b.Learn.Days < leastDays || b.Learn.Days > mostDays:
		return []fault{{"baseline.learn", "write how many days to learn each part of the day from, 2d to 60d"}}
	case b.Bins != 0 && (b.Bins < 2 || b.Bins > mostBins):
		return []fault{{"baseline.bins", "write into how many parts the day is cut, 2 to 48"}}
	}
	return nil
}

func (b baseline) checkPoints() []fault {
	if n := b.Learn; n.Days > 0 || b.Mean == nil && (n.Points < leastLearned || n.Points > mostLearned) {
		return []fault{{"baseline.learn", "write how many subgroups to learn from, 20 to 128; days are for phase: day"}}
	}
	return nil
}

// usual is what a baseline knows.
type usual struct {
	Points []float64 `json:"points,omitempty"` // while it learns
	Mean   float64   `json:"mean"`
	Sigma  float64   `json:"sigma,omitempty"` // 0: not known

	Bins []bin    `json:"bins,omitempty"` // by phase of day
	Step float64  `json:"step,omitempty"` // the smallest between two points
	Last *float64 `json:"last,omitempty"` // point; while it learns
}

// scale is what one point is compared with.
type scale struct{ mean, sigma float64 }

// place learns from p while there is something to learn, and returns what p is
// to be compared with: nothing when too little is known. As long as nothing
// moves, since the machine is off perhaps, there is no spread to learn, and the
// lesson does not begin.
func (b baseline) place(s *usual, p point) (scale, bool) {
	if b.Mean != nil {
		return scale{*b.Mean, max(*b.Sigma, b.Resolution)}, true
	}
	if b.Phase == "day" {
		return b.placeInDay(s, p)
	}
	if s.Sigma > 0 {
		return scale{s.Mean, s.Sigma}, true
	}
	if len(s.Points) == 1 && p.value == s.Points[0] {
		return scale{}, false
	}
	s.step(p.value)
	if s.Points = append(s.Points, p.value); len(s.Points) >= b.Learn.Points {
		mean, sigma := robust(s.Points)
		*s = usual{Mean: mean, Sigma: b.floor(s, sigma) * predicting(float64(len(s.Points)))}
	}
	return scale{}, false
}

// floor keeps a spread from being smaller than the sensor can tell or, where
// that is not given, than the smallest step that points were seen to make: a
// value that hardly ever leaves one step has next to no spread, and a single
// step would be many of it.
func (b baseline) floor(s *usual, sigma float64) float64 {
	if b.Resolution > 0 {
		return max(sigma, b.Resolution)
	}
	return max(sigma, s.Step)
}

func (s *usual) step(v float64) {
	if s.Last != nil && v != *s.Last {
		if step := math.Abs(v - *s.Last); s.Step == 0 || step < s.Step {
			s.Step = step
		}
	}
	s.Last = &v
}

// predicting widens a spread for a mean that is itself learned, from n points:
// a new one differs from it by both.
func predicting(n float64) float64 { return math.Sqrt(1 + 1/n) }
