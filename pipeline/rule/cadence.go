package rule

import "time"

const paceSlices = 10 // a window of a pace moves on in so many steps

// cadence is what a line made in how much time, by slice of
// the window, and what it lost since the condition began.
type cadence struct {
	Count counter             `json:"count"`
	Moved time.Time           `json:"moved,omitzero"` // awake time: when a part was last counted; zero: not known
	Slice int64               `json:"slice"`          // number of the current slice, in awake time
	Parts [paceSlices]float64 `json:"parts"`
	Run   [paceSlices]float64 `json:"run"`  // seconds, without stops
	Idle  [paceSlices]float64 `json:"idle"` // of those, in minor stops

	From time.Time `json:"from,omitzero"` // awake time since when the rule looks, as of what is above

	On    bool      `json:"on,omitempty"`
	Phase string    `json:"phase,omitempty"` // the last one, for what is told at the end
	Lost  float64   `json:"lost,omitempty"`  // parts, up to Moved
	Ended time.Time `json:"ended,omitzero"`  // awake time; soon after, the same loss goes on
	Told  figures   `json:"told,omitzero"`
}

// figures are what a post says of a pace.
type figures struct {
	Lost        float64 `json:"lost"`
	Rate        float64 `json:"rate"`        // parts a minute, in the window
	Performance float64 `json:"performance"` // per cent
	Stopped     float64 `json:"stopped"`     // minutes since the last part
}

// lookAgain leaves out what was made, or not, while the rule did not look: a
// line that stands as it should has neither stopped nor lost parts.
func (s *cadence) lookAgain(m moment) {
	if !m.from.After(s.From) {
		return
	}
	s.From, s.Lost, s.Count.Met = m.from, s.Told.Lost, time.Time{}
	s.Parts, s.Run, s.Idle = [paceSlices]float64{}, [paceSlices]float64{}, [paceSlices]float64{}
	if !s.Moved.IsZero() {
		s.Moved = later(s.Moved, m.from)
	}
}

// add counts parts, and the time since those before.
func (s *cadence) add(k pace, parts float64, now time.Time) {
	took := now.Sub(s.Moved)
	s.Moved = now
	if s.On {
		s.Lost = max(0, s.Lost+took.Seconds()/k.IdealCycle.Seconds()-parts)
	}
	if took >= k.stop() {
		return
	}
	at := uint64(s.Slice) % paceSlices
	s.Parts[at] += parts
	s.Run[at] += took.Seconds()
	if took >= k.minor() {
		s.Idle[at] += max(0, took.Seconds()-parts*k.IdealCycle.Seconds())
	}
}

// roll moves the window on to t.
func (s *cadence) roll(k pace, t time.Time) {
	to := t.UnixNano() / k.slice()
	for n := max(s.Slice, to-paceSlices) + 1; n <= to; n++ {
		at := uint64(n) % paceSlices
		s.Parts[at], s.Run[at], s.Idle[at] = 0, 0, 0
	}
	s.Slice = max(s.Slice, to)
}

// tell works out the figures of now.
func (s *cadence) tell(k pace, now time.Time) {
	open := now.Sub(s.Moved)
	f := figures{Lost: s.Lost, Stopped: open.Minutes()}
	if open >= k.minor() {
		f.Lost += open.Seconds() / k.IdealCycle.Seconds()
	}
	if run := sum(s.Run[:]); run > 0 && s.Phase != phaseStop {
		f.Rate = 60 * sum(s.Parts[:]) / run
		f.Performance = 100 * k.IdealCycle.Seconds() * sum(s.Parts[:]) / run
	}
	s.Told = f
}
