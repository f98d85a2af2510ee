package rule

import "math"

const (
	dayBins   = 24
	mostBins  = 48
	leastDays = 2
	mostDays  = 60

	// shared is for how many points of its own the spread that all parts of the
	// day have in common counts.
	shared = 8
	// leastFreedom is from how many degrees of freedom on, of all parts of the
	// day together, that spread is believed.
	leastFreedom = 12
)

// bin is what is usual in one part of the day. Each day that has it counts
// once, whatever its number of points, and it is frozen after as many as are to
// be learned from. There are 24 for each key, which makes them most of what such
// a key takes: about 2 kB in all, twice that of a limit.
type bin struct {
	Days    int32   `json:"days,omitempty"`
	Day     int32   `json:"day,omitempty"` // the last, while it learns
	N       int32   `json:"n,omitempty"`
	Mean    float64 `json:"mean,omitempty"`
	Squares float64 `json:"squares,omitempty"` // sum of squares about the mean
}

// placeInDay learns, and compares, by the part of the day. What is done at nine
// every morning is no fault at nine, though it were one at midnight. A part that
// was met on too few days teaches still, and is not judged.
func (b baseline) placeInDay(s *usual, p point) (scale, bool) {
	if len(s.Bins) != b.bins() { // none yet, or the rule was changed
		*s = usual{Bins: make([]bin, b.bins())}
	}
	day, part := b.phaseOf(p)
	own, enough := &s.Bins[part], int32(b.Learn.Days)
	if own.Days < enough || own.Days == enough && own.Day == day {
		s.step(p.value)
		own.learn(day, p.value)
		return scale{}, false
	}
	own.Day, s.Last = 0, nil
	sigma := b.floor(s, s.spread(own, enough))
	return scale{own.Mean, sigma * predicting(float64(own.N))}, sigma > 0
}

func (b baseline) bins() int {
	if b.Bins == 0 {
		return dayBins
	}
	return b.Bins
}

// phaseOf numbers the day and the part of it that p is in.
func (b baseline) phaseOf(p point) (day int32, part int) {
	t := b.Zone.in(p.at)
	second := (t.Hour()*60+t.Minute())*60 + t.Second()
	_, offset := t.Zone()
	return int32((t.Unix() + int64(offset)) / 86400), second * b.bins() / 86400
}

func (b *bin) learn(day int32, v float64) {
	if b.Days == 0 || b.Day != day {
		b.Days, b.Day = b.Days+1, day
	}
	b.N++
	off := v - b.Mean
	b.Mean += off / float64(b.N)
	b.Squares += off * (v - b.Mean)
}

// spread moderates the variance of one part of the day by that of all the parts
// that are learned, as an empirical Bayes estimate does (Smyth 2004): few days
// give few points to each part, whose own spread would be far too small as often
// as far too great. With many days the part's own prevails.
func (s *usual) spread(own *bin, days int32) float64 {
	squares, freedom := 0.0, int32(0)
	for _, b := range s.Bins {
		if b.Days >= days {
			squares, freedom = squares+b.Squares, freedom+b.N-1
		}
	}
	if freedom < leastFreedom {
		return 0
	}
	common := squares / float64(freedom)
	return math.Sqrt((shared*common + own.Squares) / float64(shared+own.N-1))
}
