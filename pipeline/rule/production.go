package rule

import (
	"fmt"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// production holds while a line works on an order, or in a shift: one post, that
// opens, lives and ends with it. See [Run] for what it shows.
type production struct {
	Line making `yaml:",inline"`
}

// productionMemory is the line, and the run whose end was told last, until the
// next begins.
type productionMemory struct {
	track
	Past *tally `json:"past,omitempty"`
}

// shown is the run that the post is about, or nil.
func (s *productionMemory) shown() *tally {
	if s.Past != nil {
		return s.Past
	}
	return s.Now
}

func (k production) traits() traits {
	return traits{
		author: byMachine, values: runValues(), memory: func() any { return &productionMemory{} }, moreSignals: k.Line.moreSignals(),
		anySignal: true, ownRepeats: true, ownRemovals: true, keepsEvent: true, usualTitle: true,
	}
}

func runValues() []string {
	return []string{"order", "product", "shift", "count", "target", "scrap", "pace", "ideal", "lost", "stops", "stopped_min", "value"}
}

func (k production) place(where shifts) kind {
	k.Line.shifts = where
	return k
}

func (k production) byShift() bool { return k.Line.byShift() }

func (k production) check(r *Rule) []fault { return k.Line.check(r) }

func (k production) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	s := mem.(*productionMemory)
	if !k.Line.read(&s.track, ev, m) {
		return silent, false
	}
	return s.judge(m), true
}

func (production) due(mem any, _ bool) time.Time { return mem.(*productionMemory).Wake }

func (k production) wake(mem any, m moment) verdict {
	s := mem.(*productionMemory)
	k.Line.advance(&s.track, m)
	return s.judge(m)
}

// judge lets a run that has settled end, and only then the next begin: each has
// a post of its own.
func (s *productionMemory) judge(m moment) verdict {
	s.Past = nil
	if s.settled(m.awake) {
		past := s.Now
		s.turn(m.awake)
		if m.holding {
			s.Past = past
			s.Wake = m.awake.Add(soon)
			return fine
		}
	}
	s.schedule(m)
	if s.Now == nil {
		return fine
	}
	return holds
}

// face is in few words all that is shown and changes: a new text is a new face.
func (production) face(mem any, _ *pipeline.Event) face {
	s := mem.(*productionMemory)
	t, cause := s.shown(), ""
	if t == nil {
		return face{PostKind: postProduction}
	}
	if s.Stop != nil {
		cause = s.Stop.Cause
	}
	text := fmt.Sprintf("%s\n%s\n%s\n%g %g %g %d %s", t.Order, t.Product, t.Shift, t.Good, t.Target, t.Scrap, s.Upto.Unix()/60, cause)
	return face{PostKind: postProduction, Value: reading{pipeline.Text(text)}}
}

func (k production) describe(mem any, e *Effect) {
	s := mem.(*productionMemory)
	e.Signal, e.Value = "", pipeline.Value{} // of a counter there is nothing to see in a curve
	t := s.shown()
	if t == nil {
		return
	}
	run := t.report(s.Upto, s.Stop, k.Line.Ideal.Duration)
	e.Run, e.Value = run, pipeline.Number(run.Count)
	if run.Target > 0 {
		e.Limit = &run.Target
	}
	run.values(e.Values)
	if e.TitleFR == "" {
		e.TitleFR, e.TitleEN = run.title()
	}
}

// values are what titles may use.
func (r *Run) values(to map[string]any) {
	to["order"], to["product"], to["shift"] = r.Order, r.Product, r.Shift
	to["count"], to["value"], to["target"], to["scrap"] = r.Count, r.Count, r.Target, r.Scrap
	to["pace"], to["ideal"], to["lost"] = r.Pace, r.Ideal, r.Lost
	stops, minutes := 0, 0.
	for _, h := range r.Stops {
		stops += h.Count
		minutes += h.Minutes
	}
	to["stops"], to["stopped_min"] = float64(stops), minutes
}

// title names the run by what is known of it: "4711 · Bouteille 1 l : 120 / 1000".
func (r *Run) title() (fr, en string) {
	name, made := "{order}", "{count|0}"
	switch {
	case r.Shift != "":
		name = "{asset} · {shift}"
	case r.Product != "":
		name += " · {product}"
	}
	if r.Target > 0 {
		made += " / {target|0}"
	}
	return name + " : " + made, name + ": " + made
}
