package rule

import (
	"math"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	paceMinor  = 30 * time.Second
	paceStop   = 5 * time.Minute
	paceWindow = 10 * time.Minute
	paceSlow   = 0.85
)

// Phases of a pace.
const (
	phaseSlow  = "slow"  // each part takes too long
	phaseMinor = "minor" // most of what is lost is lost in minor stops
	phaseStop  = "stop"  // nothing is made
)

// pace holds while a line makes fewer parts than it could: one condition, from
// slow cycles through minor stops to a stop, that adds up the parts which were
// not made. Performance is that of OEE: ideal cycle times parts, by the time in
// which the line ran. A stop is no such time, and begins after the last part;
// all else is judged over the window, never by the cycle.
type pace struct {
	IdealCycle Delay   `yaml:"ideal_cycle"`
	MinorStop  Delay   `yaml:"minor_stop"`
	Stop       Delay   `yaml:"stop"`
	Slow       float64 `yaml:"slow"` // performance below which it is slow
	Window     Delay   `yaml:"window"`
	Titles     struct {
		Slow  Title `yaml:"slow"`
		Minor Title `yaml:"minor"`
		Stop  Title `yaml:"stop"`
	} `yaml:"titles"`
}

func (pace) traits() traits {
	return traits{
		author: byMachine, values: []string{"lost", "rate", "ideal", "performance", "stopped_min", "value"},
		memory: func() any { return &cadence{} }, ownTitles: true, ownRepeats: true, keepsEvent: true,
	}
}

func (k pace) check(r *Rule) []fault {
	var faults []fault
	faults = append(faults, r.checkTitle("titles.slow", k.Titles.Slow)...)
	faults = append(faults, r.checkTitle("titles.minor", k.Titles.Minor)...)
	faults = append(faults, r.checkTitle("titles.stop", k.Titles.Stop)...)
	switch {
	case k.IdealCycle.Duration == 0:
		faults = append(faults, fault{"ideal_cycle", "write how long one part takes at best, such as 1.2s"})
	case k.minor() < 2*k.IdealCycle.Duration:
		faults = append(faults, fault{"minor_stop", "must be at least two ideal cycles: a shorter wait is a slow cycle"})
	case k.stop() <= k.minor():
		faults = append(faults, fault{"stop", "must be longer than minor_stop"})
	case k.window() < k.minor() || k.window() < paceSlices*time.Second:
		faults = append(faults, fault{"window", "must be at least 10s, and no shorter than minor_stop"})
	case !isFinite(k.Slow) || k.slow() <= 0 || k.slow() >= 1:
		faults = append(faults, fault{"slow", "write the performance below which it is slow, such as 0.85"})
	}
	return faults
}

func (k pace) minor() time.Duration  { return k.MinorStop.or(paceMinor).Duration }
func (k pace) stop() time.Duration   { return k.Stop.or(paceStop).Duration }
func (k pace) window() time.Duration { return k.Window.or(paceWindow).Duration }
func (k pace) slow() float64         { return orElse(k.Slow, paceSlow) }

// step is how often the counter is read. A stop is found late by it at most,
// and never early.
func (k pace) step() time.Duration { return k.minor() / 8 }

func (k pace) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	s := mem.(*cadence)
	v, ok := numberOf(ev)
	switch {
	case !s.Count.isNew(m, k.step()):
		return silent, false
	case !ok && s.Count.At.IsZero():
		return silent, false
	case !ok: // nobody knows what is made meanwhile
		s.Count.lose(m)
		s.Moved = time.Time{}
		return unusable, true
	}
	s.lookAgain(m)
	made := s.Count.read(v, m, math.MaxInt64)
	s.roll(k, m.awake)
	switch {
	case s.Moved.IsZero():
		s.Moved = m.awake
	case made > 0:
		s.add(k, made, m.awake)
	}
	return k.judge(s, m), true
}

// due is when nothing was made for as long as a stop takes or, once something
// is wrong, when the lost parts are to be told anew.
func (k pace) due(mem any, _ bool) time.Time {
	s := mem.(*cadence)
	stop := s.Moved.Add(k.stop() + k.step())
	next := time.Unix(0, (s.Slice+1)*k.slice()).UTC()
	switch {
	case s.Moved.IsZero():
		return time.Time{}
	case !s.On:
		return stop
	case s.Phase == phaseStop:
		return next
	}
	return earliest(stop, next)
}

func (k pace) wake(mem any, m moment) verdict {
	s := mem.(*cadence)
	s.lookAgain(m)
	s.roll(k, m.awake)
	return k.judge(s, m)
}

func (k pace) slice() int64 { return int64(k.window()) / paceSlices }

// judge finds the phase, and begins or ends the sum of the lost parts.
func (k pace) judge(s *cadence, m moment) verdict {
	phase := k.phase(s, m)
	if phase == "" {
		if s.On {
			s.tell(k, m.awake)
			s.On, s.Ended = false, m.awake
		}
		return fine
	}
	if !s.On && (s.Ended.IsZero() || m.awake.Sub(s.Ended) > k.window()) {
		if s.Lost = 0; phase != phaseStop {
			s.Lost = max(0, sum(s.Run[:])/k.IdealCycle.Seconds()-sum(s.Parts[:]))
		}
	}
	s.On, s.Phase = true, phase
	s.tell(k, m.awake)
	return holds
}

// phase is what is wrong now; empty: nothing that can be told. It takes half a
// window to judge performance, and a quarter of the way back to end it.
func (k pace) phase(s *cadence, m moment) string {
	if s.Moved.IsZero() {
		return ""
	}
	open := m.awake.Sub(s.Moved)
	if open >= k.stop()+k.step() {
		return phaseStop
	}
	run, idle, parts := sum(s.Run[:]), sum(s.Idle[:]), sum(s.Parts[:])
	if open >= k.minor() {
		run, idle = run+open.Seconds(), idle+open.Seconds()
	}
	limit := k.slow()
	if m.holding {
		limit += (1 - limit) / 4
	}
	needed := k.IdealCycle.Seconds() * parts
	switch {
	case run < k.window().Seconds()/2 || needed >= limit*run:
		return ""
	case idle >= (run-needed)/2:
		return phaseMinor
	}
	return phaseSlow
}

// face is the parts that were lost, in whole ones.
func (pace) face(mem any, _ *pipeline.Event) face {
	s := mem.(*cadence)
	return face{PostKind: postAlert, Value: reading{pipeline.Number(math.Floor(s.Told.Lost))}, Phase: s.Phase}
}

func (k pace) describe(mem any, e *Effect) {
	s := mem.(*cadence)
	e.Unit = ""
	e.Values["unit"] = ""
	e.Values["lost"], e.Values["value"] = math.Floor(s.Told.Lost), math.Floor(s.Told.Lost)
	e.Values["rate"], e.Values["performance"] = s.Told.Rate, s.Told.Performance
	e.Values["stopped_min"] = s.Told.Stopped
	e.Values["ideal"] = 60 / k.IdealCycle.Seconds()
	title := map[string]Title{phaseSlow: k.Titles.Slow, phaseMinor: k.Titles.Minor, phaseStop: k.Titles.Stop}[s.Phase]
	e.TitleFR, e.TitleEN = title.FR, title.EN
}
