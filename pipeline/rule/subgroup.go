package rule

import (
	"slices"
	"time"
)

// lateness is how long after its end a window of time waits for readings that
// are on their way.
const lateness = 5 * time.Second

const mostInGroup = 1_000_000

// subgroup says what becomes one point of a control chart: a rational subgroup
// in the sense of Shewhart. Raw readings of a machine follow each other: a chart
// of them signals every 12 to 33 readings while nothing is wrong, in place of
// every 91 to 495. A minute's mean, or the five that a mould gives, does not.
type subgroup struct {
	By    string `yaml:"by"`    // time or count
	Every Delay  `yaml:"every"` // by time: one window, from its multiple in UTC on
	Size  int    `yaml:"size"`  // by count: readings, which is parts where there is one each
	Of    string `yaml:"of"`    // mean, the default, or range: the highest less the lowest
	Min   int    `yaml:"min"`   // by time: windows with fewer readings are left out
}

func (g subgroup) check() []fault {
	switch {
	case g == subgroup{}:
		return []fault{{"subgroup", "say what makes one point of the chart, {by: time, every: 1m} or {by: count, size: 5}: raw readings follow each other, and a chart of them gives false signals in no time"}}
	case g.By != "time" && g.By != "count":
		return []fault{{"subgroup.by", unknown("grouping", g.By, []string{"time", "count"})}}
	case g.By == "time" && g.Every.Duration < time.Second:
		return []fault{{"subgroup.every", "write how long a subgroup lasts, at least 1s"}}
	case g.By == "time" && g.Size != 0:
		return []fault{{"subgroup.size", "is for subgroups by count; use min for the least number of readings"}}
	case g.By == "count" && (g.Size < 2 || g.Size > mostInGroup):
		return []fault{{"subgroup.size", "write how many readings make a subgroup, at least 2"}}
	case g.By == "count" && (g.Every.set || g.Min != 0):
		return []fault{{"subgroup.by", "every and min are for subgroups by time"}}
	case !slices.Contains([]string{"", "mean", "range"}, g.Of):
		return []fault{{"subgroup.of", unknown("statistic", g.Of, []string{"mean", "range"})}}
	case g.Min < 0 || g.Min > mostInGroup:
		return []fault{{"subgroup.min", "write the least number of readings"}}
	}
	return nil
}

// group is the subgroup that is being filled.
type group struct {
	Start  time.Time `json:"start,omitzero"`  // source time: of the window, or of the first reading
	Closes time.Time `json:"closes,omitzero"` // awake time; by time only
	N      int       `json:"n,omitempty"`     // 0: nothing, or the window is closed already
	Mean   float64   `json:"mean,omitempty"`
	Low    float64   `json:"low,omitempty"`
	High   float64   `json:"high,omitempty"`
}

// point is a subgroup that is complete.
type point struct {
	at    time.Time // source time of its start
	value float64
}

// add puts one reading in, and returns the subgroup that this completes. A
// reading of a window that is closed comes too late.
func (g subgroup) add(s *group, v float64, m moment) (done point, ok bool) {
	if g.By == "count" {
		if s.N == 0 {
			s.Start = m.at
		}
		if s.take(v); s.N >= g.Size {
			return g.close(s)
		}
		return point{}, false
	}
	window := m.at.Truncate(g.Every.Duration)
	switch {
	case window.Equal(s.Start) && s.N == 0:
		return point{}, false
	case !window.Equal(s.Start):
		if window.After(s.Start) {
			done, ok = g.close(s)
		}
		left := window.Add(g.Every.Duration).Sub(m.at)
		*s = group{Start: window, Closes: m.awake.Add(left + lateness)}
	}
	s.take(v)
	return done, ok
}

// take moves the mean on by one reading, without a sum that could overflow.
func (s *group) take(v float64) {
	if s.N++; s.N == 1 {
		s.Low, s.High = v, v
	}
	s.Mean += (v - s.Mean) / float64(s.N)
	s.Low, s.High = min(s.Low, v), max(s.High, v)
}

// close ends the subgroup; one with too few readings gives no point. The start
// of a window stays, to tell what comes too late.
func (g subgroup) close(s *group) (point, bool) {
	was := *s
	*s = group{Start: was.Start}
	value := was.Mean
	if g.Of == "range" {
		value = was.High - was.Low
	}
	least := max(1, g.Min)
	if g.Of == "range" {
		least = max(2, g.Min)
	}
	return point{was.Start, value}, was.N >= least
}

// ofMean tells whether what a chart plots is a reading's own kind of value, so
// that a limit of it may be drawn beside the signal.
func (g subgroup) ofMean() bool { return g.Of != "range" }
