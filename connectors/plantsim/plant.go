package plantsim

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// Plant is a simulated site: a line, presses and a store.
type Plant struct {
	random  *rand.Rand
	line    *line
	presses []*press
	store   *store
	orders  *orders

	now     time.Time // the model clock; zero before the first step
	stamp   func(time.Time) time.Time
	live    bool
	end     time.Time // of the history being made
	scripts []*script

	mu     sync.Mutex
	faults []Fault
}

// New returns a plant at rest. The same seed makes the same plant.
func New(seed uint64) *Plant {
	random := rand.New(rand.NewPCG(seed, 0x66696c64656665))
	store := newStore(random)
	return &Plant{
		random: random, line: newLine(random), presses: newPresses(random), store: store, orders: newOrders(random, store.zone),
		stamp: func(t time.Time) time.Time { return t },
	}
}

// History lets the plant live from one time to another in steps, and emits
// what it says, in order of time. It stops at the first error of emit.
func (p *Plant) History(from, to time.Time, step time.Duration, emit func(Message) error) error {
	if step <= 0 || to.Before(from) {
		return fmt.Errorf("history from %s to %s in steps of %s: it must go forward", from, to, step)
	}
	p.end = to
	p.begin(from)
	for p.now.Before(to) {
		if err := p.step(min(step, to.Sub(p.now)), historyFiles, emit); err != nil {
			return err
		}
	}
	if p.store.dropped.Equal(p.now) {
		return nil
	}
	return p.store.drop(p.now, emit)
}

// Faults lists what was planted so far, in the order in which it began. A
// fault that is still there has its planned end.
func (p *Plant) Faults() []Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.faults)
}

// begin sets the model clock.
func (p *Plant) begin(at time.Time) {
	first := p.now.IsZero()
	p.now = at.UTC()
	if first {
		p.scripts = scripts(p.random, p.now)
	}
}

// goLive lets the clock run on under the stamps of the wall clock, and plants
// the first fault of each kind soon.
func (p *Plant) goLive(wall time.Time, speed float64) {
	if p.now.IsZero() {
		p.begin(wall)
	}
	start := p.now
	p.live = true
	p.store.due = start
	p.stamp = func(t time.Time) time.Time {
		return wall.Add(time.Duration(float64(t.Sub(start)) / speed)).UTC()
	}
	for _, s := range p.scripts {
		if s.current < 0 {
			s.next = p.now.Add(s.lead)
		}
	}
}

// step moves the clock, the faults and every machine, and emits what they say.
func (p *Plant) step(dt, filesEvery time.Duration, emit func(Message) error) error {
	p.now = p.now.Add(dt)
	for _, s := range p.scripts {
		p.direct(s)
	}
	at := p.stamp(p.now)
	p.line.advance(dt)
	if err := p.line.tell(at, emit); err != nil {
		return err
	}
	if err := p.orders.advance(p.line.made(), at, emit); err != nil {
		return err
	}
	for _, press := range p.presses {
		press.advance(dt)
		if err := press.tell(at, emit); err != nil {
			return err
		}
	}
	p.store.advance(p.now, at, dt)
	if !p.now.Before(p.store.due) {
		p.store.due = p.now.Truncate(filesEvery).Add(filesEvery)
		return p.store.drop(at, emit)
	}
	return nil
}
