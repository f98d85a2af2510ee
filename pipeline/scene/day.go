package scene

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// Kind is what goes wrong in a day.
type Kind string

// Kinds of planted faults.
const (
	Stop     Kind = "stop"     // the machine stands, and its neighbours starve
	Overheat Kind = "overheat" // its temperature climbs
	Drift    Kind = "drift"    // a filler doses less and less
	Short    Kind = "short"    // a filler doses far too little at once
	Silence  Kind = "silence"  // it says nothing any more
	Stuck    Kind = "stuck"    // its temperature no longer moves
	Scrap    Kind = "scrap"    // it throws out one piece in ten
	Slow     Kind = "slow"     // it runs at two thirds of its pace
	Torque   Kind = "torque"   // a capper is off its set-point
	Chatters Kind = "chatter"  // its guard switch bounces
)

// Planted is one fault of a day.
type Planted struct {
	Kind     Kind
	Asset    pipeline.AssetPath
	From, To time.Time
}

// Lines of a day, and machines of a line.
const (
	Lines    = 5
	Machines = 10

	dayStep  = 10 * time.Second
	cycle    = 0.6  // seconds that a piece takes
	scrapped = 0.01 // share of pieces on a good day
)

// Day is a day of a plant of fifty machines on five lines, with faults planted
// on it. Machines warm up and cool down with the hall, stop for a few seconds
// now and then, and starve when a neighbour stands.
func Day(seed uint64, from time.Time) (iter.Seq[pipeline.Event], []Planted) {
	random := rand.New(rand.NewPCG(seed, 0x646179))
	planted := plan(random, from)
	return func(yield func(pipeline.Event) bool) {
		d := newDay(rand.New(rand.NewPCG(seed, 0x706c6179)), planted)
		for at := from; at.Before(from.Add(24 * time.Hour)); at = at.Add(dayStep) {
			if !d.step(at, yield) {
				return
			}
		}
	}, planted
}

// plan plants every kind of fault once on every line, in an order of its own,
// with two hours from one to the next: the first after two hours.
func plan(random *rand.Rand, from time.Time) []Planted {
	var all []Planted
	for line := range Lines {
		kinds := []Kind{Stop, Overheat, Drift, Short, Silence, Stuck, Scrap, Slow, Torque, Chatters}
		random.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
		for i, kind := range kinds {
			at := from.Add(2*time.Hour + time.Duration(i)*2*time.Hour + time.Duration(random.IntN(30))*time.Minute)
			all = append(all, Planted{Kind: kind, Asset: path(line, victim(kind, random)), From: at, To: at.Add(length(kind))})
		}
	}
	slices.SortFunc(all, func(a, b Planted) int { return a.From.Compare(b.From) })
	return all
}

func path(line, machine int) pipeline.AssetPath {
	return pipeline.AssetPath(fmt.Sprintf("plant/bottling/line-%d/%s", line+1, name(machine)))
}

// name is what the machine is: two fillers, one capper, and others.
func name(machine int) string {
	switch machine {
	case 2, 3:
		return fmt.Sprintf("filler-%d", machine-1)
	case 4:
		return "capper-1"
	default:
		return fmt.Sprintf("machine-%d", machine)
	}
}

func victim(kind Kind, random *rand.Rand) int {
	switch kind {
	case Drift, Short:
		return 2 + random.IntN(2)
	case Torque:
		return 4
	default:
		return 5 + random.IntN(Machines-5)
	}
}

// length is how long a fault lasts.
func length(kind Kind) time.Duration {
	switch kind {
	case Stop, Silence:
		return 12 * time.Minute
	case Stuck, Slow:
		return 75 * time.Minute
	default:
		return 40 * time.Minute
	}
}

type day struct {
	random   *rand.Rand
	planted  []Planted
	machines [Lines][Machines]*machine
}

type machine struct {
	path   pipeline.AssetPath
	warmth float64 // what it is warmer or cooler than usual, wandering
	heat   float64 // of an overheat
	shown  float64 // temperature that a stuck sensor goes on showing
	good   float64
	scrap  float64
	pause  time.Time // end of a short stop
	told   string    // state
	toldAt time.Time
}

func newDay(random *rand.Rand, planted []Planted) *day {
	d := &day{random: random, planted: planted}
	for l := range Lines {
		for i := range Machines {
			d.machines[l][i] = &machine{path: path(l, i)}
		}
	}
	return d
}

// step lets all machines live for one step. Each speaks at a moment of its own.
func (d *day) step(at time.Time, yield func(pipeline.Event) bool) bool {
	for l := range Lines {
		standing := d.fault(d.machines[l][:], Stop, at)
		for i, m := range d.machines[l] {
			if !d.live(m, standing, at.Add(time.Duration(l*Machines+i)*100*time.Millisecond), yield) {
				return false
			}
		}
	}
	return true
}

// fault is the machine of a line that has a fault of that kind, or nil.
func (d *day) fault(line []*machine, kind Kind, at time.Time) *machine {
	for _, m := range line {
		if d.has(m, kind, at) {
			return m
		}
	}
	return nil
}

func (d *day) has(m *machine, kind Kind, at time.Time) bool {
	return slices.ContainsFunc(d.planted, func(p Planted) bool {
		return p.Kind == kind && p.Asset == m.path && !at.Before(p.From) && at.Before(p.To)
	})
}

func (d *day) live(m *machine, standing *machine, at time.Time, yield func(pipeline.Event) bool) bool {
	state := d.work(m, standing, at)
	temp := d.warm(m, at)
	if d.has(m, Silence, at) {
		return true
	}
	say := func(signal, unit string, kind pipeline.Kind, v pipeline.Value) bool {
		ev := event(m.path, signal, kind, v, at)
		ev.Unit = unit
		return yield(ev)
	}
	ok := say("temp", "Cel", pipeline.Measure, pipeline.Number(temp)) &&
		say("good", "", pipeline.Measure, pipeline.Number(math.Floor(m.good)))
	if ok && (state != m.told || at.Sub(m.toldAt) >= time.Minute) {
		m.told, m.toldAt = state, at
		ok = say("state", "", pipeline.State, pipeline.Text(state)) &&
			say("scrap", "", pipeline.Measure, pipeline.Number(math.Floor(m.scrap)))
	}
	return ok && d.own(m, state, at, say)
}

// own is what only some machines say.
func (d *day) own(m *machine, state string, at time.Time, say func(string, string, pipeline.Kind, pipeline.Value) bool) bool {
	switch m.path.Base() {
	case "filler-1", "filler-2":
		if state != "running" {
			return true
		}
		return say("weight", "g", pipeline.Measure, pipeline.Number(d.weight(m, at)))
	case "capper-1":
		torque := 2.2 + 0.02*d.random.NormFloat64()
		if d.has(m, Torque, at) {
			torque += 0.35
		}
		return say("torque_setpoint", "N.m", pipeline.Measure, pipeline.Number(2.2)) &&
			say("torque", "N.m", pipeline.Measure, pipeline.Number(torque))
	}
	if !d.has(m, Chatters, at) {
		return true
	}
	guard := "open"
	if at.Unix()/10%2 == 0 {
		guard = "closed"
	}
	return say("guard", "", pipeline.State, pipeline.Text(guard))
}

// work counts pieces and returns the state. A machine stops for a few seconds
// about once in half an hour.
func (d *day) work(m *machine, standing *machine, at time.Time) string {
	if d.random.Float64() < 1.0/180 {
		m.pause = at.Add(time.Duration(5+d.random.IntN(20)) * time.Second)
	}
	switch {
	case standing == m:
		return "stopped"
	case standing != nil && at.Sub(d.began(standing, Stop, at)) > time.Minute:
		return "starved"
	case at.Before(m.pause):
		return "paused"
	}
	pieces := dayStep.Seconds() / cycle * (1 + 0.01*d.random.NormFloat64())
	if d.has(m, Slow, at) {
		pieces *= 0.65
	}
	bad := pieces * scrapped
	if d.has(m, Scrap, at) {
		bad *= 10
	}
	m.good += pieces - bad
	m.scrap += bad
	return "running"
}

func (d *day) began(m *machine, kind Kind, at time.Time) time.Time {
	for _, p := range d.planted {
		if p.Kind == kind && p.Asset == m.path && !at.Before(p.From) && at.Before(p.To) {
			return p.From
		}
	}
	return at
}

// warm moves the temperature: it follows the hall, and wanders.
func (d *day) warm(m *machine, at time.Time) float64 {
	hour := float64(at.Hour()) + float64(at.Minute())/60
	m.warmth = 0.99*m.warmth + 0.1*d.random.NormFloat64()
	if d.has(m, Overheat, at) {
		m.heat = min(25, m.heat+25*dayStep.Minutes()/10)
	} else {
		m.heat = max(0, m.heat-25*dayStep.Minutes()/5)
	}
	temp := 60 + 3*math.Sin((hour-9)/24*2*math.Pi) + m.warmth + m.heat + 0.05*d.random.NormFloat64()
	if !d.has(m, Stuck, at) {
		m.shown = math.Round(temp*100) / 100
	}
	return m.shown
}

// weight is that of a bottle.
func (d *day) weight(m *machine, at time.Time) float64 {
	w := 500.6 + 0.35*d.random.NormFloat64()
	for _, p := range d.planted {
		if p.Asset != m.path || at.Before(p.From) || !at.Before(p.To) {
			continue
		}
		switch p.Kind {
		case Short:
			w -= 9
		case Drift:
			w -= 1.6 * min(1, at.Sub(p.From).Minutes()/15) // stays inside the limits: only a chart sees it
		}
	}
	return math.Round(w*100) / 100
}
