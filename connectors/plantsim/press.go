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

	points []Node
	said   []any // last value told of each point
}

func newPresses(random *rand.Rand) []*press {
	var all []*press
	for _, number := range []int{3, 4} {
		p := &press{random: random, number: number, oil: ambient + oilWarm}
		p.points = p.nodes()
		p.said = make([]any, len(p.points))
		all = append(all, p)
	}
	return all
}

func (p *press) path() string { return pressesPath + "/press-" + strconv.Itoa(p.number) }

func (p *press) name() string { return "Presse " + strconv.Itoa(p.number) }

// nodes of the press.
func (p *press) nodes() []Node {
	node := func(signal, unit string) Node {
		return Node{ID: "nsu=" + Namespace + ";s=Press" + strconv.Itoa(p.number) + "." + signal, Signal: signal, Unit: unit}
	}
	return []Node{node("OilTemperature", "Cel"), node("State", ""), node("Cycles", "1"), node("Tonnage", "t")}
}

// values of the nodes now.
func (p *press) values() []any {
	now := running
	if p.stopped {
		now = stopped
	}
	return []any{math.Round(p.oil*10) / 10, string(now), int64(p.cycles), math.Round(p.tonnage*10) / 10}
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

// tell emits the values that changed, as a server does.
func (p *press) tell(at time.Time, emit func(Message) error) error {
	values := p.values()
	for i, node := range p.points {
		if p.said[i] == values[i] {
			continue
		}
		p.said[i] = values[i]
		if err := emit(OPCUA{Node: node.ID, Value: values[i], At: at}); err != nil {
			return err
		}
	}
	return nil
}
