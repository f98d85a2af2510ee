package plantsim

import (
	"math"
	"math/rand/v2"
	"strconv"
	"time"
)

const (
	pressesPath = "presses"

	// Namespace is the URI of the presses' nodes.
	Namespace = "urn:plantsim"

	oilWarm    = 36.0             // K above ambient that oil reaches under load
	oilInertia = 15 * time.Minute // time constant of the first-order law
	cycleTime  = 12.0             // s
)

// press is a hydraulic press.
type press struct {
	random  *rand.Rand
	number  int
	stopped bool
	oil     float64 // °C
	cycles  float64
	tonnage float64 // of the last cycle

	said map[string]any // last value told, by signal
}

func newPresses(random *rand.Rand) []*press {
	var all []*press
	for _, number := range []int{3, 4} {
		all = append(all, &press{random: random, number: number, oil: ambient + oilWarm, said: map[string]any{}})
	}
	return all
}

func (p *press) path() string { return pressesPath + "/press-" + strconv.Itoa(p.number) }

func (p *press) name() string { return "Presse " + strconv.Itoa(p.number) }

// nodeID of a signal, as clients write it: "nsu=urn:plantsim;s=Press4.State".
func (p *press) nodeID(signal string) string {
	return "nsu=" + Namespace + ";s=" + p.nodeName(signal)
}

func (p *press) nodeName(signal string) string {
	return "Press" + strconv.Itoa(p.number) + "." + signal
}

func (p *press) stop() string {
	p.stopped = true
	return p.path()
}

func (p *press) start() { p.stopped = false }

// advance warms the oil under load and lets it cool at rest.
func (p *press) advance(dt time.Duration) {
	target := ambient + oilWarm
	if p.stopped {
		target = ambient
	}
	p.oil += (target - p.oil) * (1 - math.Exp(-dt.Seconds()/oilInertia.Seconds()))
	if p.stopped {
		return
	}
	before := math.Floor(p.cycles)
	p.cycles += dt.Seconds() / cycleTime * (1 + 0.02*p.random.NormFloat64())
	if math.Floor(p.cycles) > before {
		p.tonnage = 250 + 3*p.random.NormFloat64()
	}
}

// signal is one variable of a press.
type signal struct {
	name, unit string
	value      any
}

// signals of the press as they are now.
func (p *press) signals() []signal {
	now := running
	if p.stopped {
		now = stopped
	}
	return []signal{
		{"OilTemperature", "Cel", math.Round(p.oil*10) / 10},
		{"State", "", string(now)},
		{"Cycles", "1", int64(p.cycles)},
		{"Tonnage", "t", math.Round(p.tonnage*10) / 10},
	}
}

// tell emits the signals that changed, as a server does.
func (p *press) tell(at time.Time, emit func(Message) error) error {
	for _, s := range p.signals() {
		if p.said[s.name] == s.value {
			continue
		}
		p.said[s.name] = s.value
		if err := emit(OPCUA{Node: p.nodeID(s.name), Value: s.value, At: at}); err != nil {
			return err
		}
	}
	return nil
}
