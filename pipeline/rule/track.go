package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// settling is how long after its end a run still takes what was made before:
// counters and orders come from different systems, in any order.
const settling = 5 * time.Second

const maxLately = 16 // gains that may still change their run

// track follows a line from run to run. A run that is over is shown until it has
// settled; what follows it counts meanwhile.
type track struct {
	Place  pipeline.AssetPath `json:"place,omitempty"`
	Good   meter              `json:"good,omitzero"`
	Scrap  meter              `json:"scrap,omitzero"`
	Order  mark               `json:"order,omitzero"`
	State  mark               `json:"state,omitzero"`
	Stop   *stop              `json:"stop,omitempty"` // that lasts
	Lately []gain             `json:"lately,omitempty"`

	Now  *tally    `json:"now,omitempty"`  // that is shown
	Next *tally    `json:"next,omitempty"` // that follows
	Upto time.Time `json:"upto,omitzero"`  // stream time up to which time was counted
	Turn time.Time `json:"turn,omitzero"`  // awake time: when Now has settled
	Wake time.Time `json:"wake,omitzero"`  // awake time

	span span // at Upto
}

// stop is a standstill, and what of it lies in the run.
type stop struct {
	Cause  string        `json:"cause"`
	Named  bool          `json:"named,omitempty"` // by more than the state
	Lasted time.Duration `json:"lasted,omitempty"`
}

// gain is pieces that were made lately.
type gain struct {
	At     time.Time `json:"at"`
	Pieces float64   `json:"pieces"`
	Scrap  bool      `json:"scrap,omitempty"`
	Loose  bool      `json:"loose,omitempty"` // in no run
}

// run is the one that counts, or nil.
func (s *track) run() *tally {
	for _, t := range []*tally{s.Next, s.Now} {
		if t != nil && !t.over() {
			return t
		}
	}
	return nil
}

// runAt is the run to which belongs what was made then.
func (s *track) runAt(at time.Time) *tally {
	if s.Now != nil && s.Now.over() && !at.After(s.Now.Ended) {
		return s.Now
	}
	return s.run()
}

// past is at, unless that is yet to come: a source's clock may be ahead.
func (s *track) past(at time.Time) time.Time {
	if at.After(s.Upto) {
		return s.Upto
	}
	return at.UTC()
}

// lately is when an order began or ended that is told now: no longer ago than
// what can still be told apart, and not before what was told of another.
func (s *track) lately(at time.Time) time.Time {
	at = later(s.past(at), s.Upto.Add(-settling))
	if run := s.run(); run != nil {
		return later(at, run.Started)
	}
	if s.Now != nil {
		return later(at, s.Now.Ended)
	}
	return at
}

// gain counts pieces.
func (s *track) gain(g gain) {
	run := s.runAt(g.At)
	g.Loose = run == nil
	if run != nil {
		run.add(g, s.Upto)
	}
	first := 0
	for first < len(s.Lately) && (len(s.Lately)-first >= maxLately || s.Upto.Sub(s.Lately[first].At) > settling) {
		first++
	}
	s.Lately = append(s.Lately[first:], g)
}

// begin returns a run that began at a time, with what was made since. The run
// before has to have ended then.
func (s *track) begin(at time.Time) *tally {
	t := &tally{Started: at}
	t.Worked = s.since(at)
	if s.Stop != nil {
		s.Stop.Lasted = min(s.Stop.Lasted, t.Worked)
	}
	for i := range s.Lately {
		g := &s.Lately[i]
		if !g.At.After(at) || !g.Loose && s.Now == nil {
			continue
		}
		if !g.Loose {
			s.Now.add(gain{Pieces: -g.Pieces, Scrap: g.Scrap}, s.Upto)
		}
		t.add(*g, s.Upto)
		g.Loose = false
	}
	return t
}

// end ends the run that counts, and lets it settle.
func (s *track) end(at, awake time.Time) {
	run := s.run()
	beyond := s.since(at)
	run.Ended = at
	run.Worked = max(0, run.Worked-beyond)
	if s.Stop != nil {
		run.halt(s.Stop.Cause, max(0, s.Stop.Lasted-beyond))
		s.Stop.Lasted = min(s.Stop.Lasted, beyond)
	}
	if run == s.Now {
		s.Turn = awake.Add(settling)
	}
}

// reopen lets the run that was thought over go on.
func (s *track) reopen() {
	if s.Next != nil {
		s.Now.join(s.Next)
	}
	s.Next, s.Turn, s.Now.Ended = nil, time.Time{}, time.Time{}
}

// settled tells whether the run that is shown has been over for long enough.
func (s *track) settled(awake time.Time) bool {
	return !s.Turn.IsZero() && !awake.Before(s.Turn)
}

// turn goes on to the next run, if there is one.
func (s *track) turn(awake time.Time) {
	s.Now, s.Next, s.Turn = s.Next, nil, time.Time{}
	switch {
	case s.Now == nil:
		s.Lately = nil
	case s.Now.over():
		s.Turn = awake.Add(settling)
	}
}

// halt notes that the line stands still. Of the causes that are given in the
// course of a stop the last counts, and any before the mere name of the state.
func (s *track) halt(at time.Time, state, cause string) {
	if s.Stop == nil {
		s.Stop = &stop{Lasted: s.since(at)}
	}
	switch {
	case cause != "":
		s.Stop.Cause, s.Stop.Named = cause, true
	case !s.Stop.Named:
		s.Stop.Cause = state
	}
	if run := s.run(); run != nil {
		run.Streak = 0
	}
}

// resume notes that the line goes again.
func (s *track) resume(at time.Time) {
	if s.Stop == nil {
		return
	}
	if run := s.run(); run != nil {
		again := s.since(at)
		run.halt(s.Stop.Cause, max(0, s.Stop.Lasted-again))
		run.Streak = again
	}
	s.Stop = nil
}

// since is how much of the run's time has passed since then.
func (s *track) since(at time.Time) time.Duration {
	if !s.span.works {
		return 0
	}
	if at.Before(s.span.from) {
		at = s.span.from
	}
	if run := s.run(); run != nil && at.Before(run.Started) {
		at = run.Started
	}
	return max(0, s.Upto.Sub(at))
}
