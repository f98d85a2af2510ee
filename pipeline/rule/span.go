package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// span is a stretch of time in which a place works, in one shift, or does not.
// The zero end means: for ever.
type span struct {
	from, to time.Time
	works    bool
	shift    string
	known    bool
}

func (s *span) covers(t time.Time) bool {
	return s.known && !t.Before(s.from) && (s.to.IsZero() || t.Before(s.to))
}

// look is the span of a place at t. It is the same at any time within, so that
// it need not be kept. A place without a calendar always works, but has no
// shifts.
func (k *making) look(place pipeline.AssetPath, t time.Time) span {
	calendar := k.shifts.Calendar(place)
	if calendar == nil {
		return span{known: true, works: k.Per == ""}
	}
	next, more := calendar.After(t)
	now, works := calendar.At(t)
	switch {
	case !works && !more:
		return span{from: t, to: t.Add(24 * time.Hour), known: true}
	case !works:
		return span{from: t, to: next.Start, known: true}
	case more && next.Start.Before(now.End):
		return span{from: now.Start, to: next.Start, works: true, shift: now.Name, known: true}
	}
	return span{from: now.Start, to: now.End, works: true, shift: now.Name, known: true}
}

// advance lets time pass up to m, shift by shift.
func (k *making) advance(s *track, m moment) {
	if ahead := s.Upto.Sub(m.now); s.run() == nil || ahead > clockSlack || -ahead > longestRun {
		s.Upto = m.now
	}
	for s.Upto.Before(m.now) && s.run() != nil {
		k.reach(s)
		to := m.now
		if !s.span.to.IsZero() && s.span.to.Before(to) {
			to = s.span.to
		}
		if s.span.works {
			s.run().work(to.Sub(s.Upto), s.Stop)
		}
		ends := s.span.works && to.Equal(s.span.to)
		if s.Upto = to; ends && k.byShift() {
			k.relieve(s, m)
		}
	}
	s.Upto = later(s.Upto, m.now)
	k.reach(s)
}

// reach looks the span up that s has come to.
func (k *making) reach(s *track) {
	if !s.span.covers(s.Upto) {
		s.span = k.look(s.Place, s.Upto)
	}
}

// open begins the run of a shift with the first thing that is made in it.
func (k *making) open(s *track) {
	switch {
	case !k.byShift() || s.run() != nil || !s.span.works:
	case s.Now == nil:
		s.Now = k.shiftRun(s, s.Upto)
	default:
		s.Next = k.shiftRun(s, s.Upto)
	}
}

// relieve ends the run of the shift that ends, and begins that of the next if
// anything was made in it: a line that stands all day has no posts.
func (k *making) relieve(s *track, m moment) {
	run := s.run()
	s.end(s.Upto, m.awake)
	k.reach(s)
	if run == s.Next { // of a shift that nobody was there to see
		s.Next = nil
		return
	}
	if s.span.works && run.Good > 0 {
		s.Next = k.shiftRun(s, s.Upto)
	}
}

func (k *making) shiftRun(s *track, at time.Time) *tally {
	t := s.begin(at)
	t.Shift, t.Target = s.span.shift, k.Target
	return t
}

// schedule sets when s is to be looked at without an event: each minute while
// something runs, at the end of a shift, and when a run has settled.
func (s *track) schedule(m moment) {
	s.Wake = time.Time{}
	if s.Now == nil {
		return
	}
	in := m.now.Truncate(time.Minute).Add(time.Minute).Sub(m.now)
	if end := s.span.to.Sub(m.now); !s.span.to.IsZero() && end < in {
		in = max(soon, end)
	}
	s.Wake = earliest(m.awake.Add(in), s.Turn)
}
