package rule

import (
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/shift"
)

const perShift = "shift"

// making is what the kinds about production share: which signals of a line tell
// what it makes, and how fast it could. What it makes is counted by runs: a run
// is an order or, with per, a shift.
type making struct {
	Count  pieces  `yaml:"count"`
	Scrap  *pieces `yaml:"scrap"`
	State  *stops  `yaml:"state"`
	Order  *orders `yaml:"order"`
	Per    string  `yaml:"per"`         // "shift", in place of order
	Ideal  Delay   `yaml:"ideal_cycle"` // of one piece
	Target float64 `yaml:"target"`      // of a shift; an order brings its own

	shifts shifts
}

// pieces is a signal that tells of pieces: a counter that grows, or one event
// for each lot of them.
type pieces struct {
	Signal   string  `yaml:"signal"`
	Counter  bool    `yaml:"counter"`
	Rollover float64 `yaml:"rollover"` // the counter goes back to zero at this number by itself
}

// stops is a signal that tells whether the line stands still, and why.
type stops struct {
	Signal  string   `yaml:"signal"`
	Stopped []string `yaml:"stopped"`
	Cause   string   `yaml:"cause"` // "attr.NAME"
}

// shifts finds the shift calendar of a place.
type shifts interface {
	Calendar(place pipeline.AssetPath) *shift.Calendar
}

// placed is a kind that works by the shift calendar of its assets.
type placed interface {
	// place returns the kind with the calendars that it is to use.
	place(shifts) kind
	// byShift tells whether it is of no use without one.
	byShift() bool
}

func (k *making) byShift() bool { return k.Per == perShift }

// check fills in what was left out and reports what is wrong.
func (k *making) check(r *Rule) []fault {
	faults := k.checkSignals()
	wrong := func(key, text string) { faults = append(faults, fault{key, text}) }
	if r.Signal != "" {
		wrong("signal", "name the signals under count, scrap, state and order")
	}
	r.Signal = k.Count.Signal
	switch {
	case k.Per != "" && k.Per != perShift:
		wrong("per", unknown("run", k.Per, []string{perShift}))
	case (k.Order == nil) == (k.Per == ""):
		wrong("order", "say what a run is, either by order or by per: shift")
	}
	if k.Ideal.Duration == 0 {
		wrong("ideal_cycle", "say how long one piece takes at best, for example 300ms")
	}
	if k.Target != 0 && (k.Per == "" || !isFinite(k.Target) || k.Target < 0) {
		wrong("target", "is for shifts, and a number that is not negative; an order brings its own in the attribute target")
	}
	return append(faults, r.liveOnce()...)
}

func (k *making) checkSignals() []fault {
	var faults []fault
	wrong := func(key, text string) { faults = append(faults, fault{key, text}) }
	if k.Count.Signal == "" {
		wrong("count", "name the signal that counts good pieces: {signal: good_count, counter: true}")
	}
	if k.Scrap != nil && k.Scrap.Signal == "" {
		wrong("scrap", "name the signal that counts scrap: {signal: scrap_count, counter: true}")
	}
	if s := k.State; s != nil && (s.Signal == "" || len(s.Stopped) == 0) {
		wrong("state", "name the signal and the states in which the line stands still: {signal: state, stopped: [stopped, fault]}")
	}
	if s := k.State; s != nil && s.Cause != "" && s.attr() == "" {
		wrong("state.cause", "name the attribute that says why: attr.NAME")
	}
	if k.Order != nil {
		faults = append(faults, k.Order.check()...)
	}
	names := append([]string{k.Count.Signal}, k.moreSignals()...)
	slices.Sort(names)
	if len(slices.Compact(names)) < 1+len(k.moreSignals()) {
		wrong("count", "count, scrap, state and order are signals of different names")
	}
	return faults
}

func (k *making) moreSignals() []string {
	var list []string
	if k.Scrap != nil {
		list = append(list, k.Scrap.Signal)
	}
	if k.State != nil {
		list = append(list, k.State.Signal)
	}
	if k.Order != nil {
		list = append(list, k.Order.Signal)
	}
	return list
}

// liveOnce lets the posts of r begin and end at once, each on its own: a run is
// no condition that comes and goes.
func (r *Rule) liveOnce() []fault {
	var faults []fault
	for key, set := range map[string]bool{
		"on_delay": r.OnDelay.set, "off_delay": r.OffDelay.set, "reopen_within": r.ReopenWithin.set,
		"stale_after": r.StaleAfter.set, "latch": r.Latch, "severity_after": len(r.SeverityAfter) > 0,
	} {
		if set {
			faults = append(faults, fault{key, "what a line makes begins and ends by itself; remove " + key})
		}
	}
	r.ReopenWithin = Delay{Duration: -forever} // not even when two follow in the same instant
	r.MaxThreadAge = Delay{Duration: forever}
	r.Flap = Flap{Start: 16, Stop: 1, Window: Delay{Duration: time.Second}} // more than can be
	return faults
}

// forever is longer than any stream.
const forever = 200 * 365 * 24 * time.Hour

// read takes one event into s, and tells whether it changed anything.
func (k *making) read(s *track, ev *pipeline.Event, m moment) bool {
	if s.Place == "" {
		s.Place = ev.Asset
	}
	switch {
	case k.Order != nil && ev.Signal == k.Order.Signal:
		return k.readOrder(s, ev, m)
	case !ev.Usable() || ev.Attr["removed"] == "true":
		return false
	case k.State != nil && ev.Signal == k.State.Signal:
		return k.readState(s, ev, m)
	case k.Scrap != nil && ev.Signal == k.Scrap.Signal:
		return k.readPieces(s, &s.Scrap, k.Scrap, ev, m)
	}
	return k.readPieces(s, &s.Good, &k.Count, ev, m)
}

func (k *making) readPieces(s *track, from *meter, by *pieces, ev *pipeline.Event, m moment) bool {
	n, fresh := from.take(by, ev, m, k.Ideal.Duration)
	if !fresh {
		return false
	}
	k.advance(s, m)
	if n > 0 {
		k.open(s)
		s.gain(gain{At: s.past(m.at), Pieces: n, Scrap: from == &s.Scrap})
	}
	return true
}

func (k *making) readState(s *track, ev *pipeline.Event, m moment) bool {
	cause := label(ev.Attr[k.State.attr()])
	same := ev.Value == s.State.Value.Value && (s.Stop == nil || cause == "" || cause == s.Stop.Cause)
	if same || s.State.repeats(ev.ID, ev.Value, m.at) {
		return false
	}
	k.advance(s, m)
	s.State = mark{ID: ev.ID, At: m.at.UTC(), Value: reading{ev.Value}}
	if now := ev.Value.String(); among(k.State.Stopped, now) {
		s.halt(m.at, label(now), cause)
	} else {
		s.resume(m.at)
		k.open(s)
	}
	return true
}

// attr is the name of the attribute that says why the line stands still.
func (k *stops) attr() string {
	name, _ := strings.CutPrefix(k.Cause, "attr.")
	if name == k.Cause {
		return ""
	}
	return name
}
