package plantsim

import "time"

// rest is the pause that history leaves before it ends, so that the plant is
// well when it goes live.
const rest = 10 * time.Minute

// direct ends the current fault of a script when its time has come, or begins
// the next.
func (p *Plant) direct(s *script) {
	spanning := !p.live && s.spanning > 0 && !p.now.Before(p.end.Add(-s.spanning))
	switch due := !p.now.Before(s.next); {
	case s.current >= 0:
		if due {
			p.lift(s)
		}
	case spanning:
		p.plant(s, s.spanning+s.live.draw(p.random))
	case due && p.live:
		p.plant(s, s.live.draw(p.random))
	case due:
		p.plantPast(s)
	}
}

// plantPast begins a fault in history. It must be over before the end.
func (p *Plant) plantPast(s *script) {
	length := s.past.draw(p.random)
	if p.now.Add(length + rest).After(p.end.Add(-s.spanning)) {
		s.next = p.end.Add(s.pastGap.draw(p.random))
		return
	}
	p.plant(s, length)
}

// plant begins a fault.
func (p *Plant) plant(s *script, length time.Duration) {
	fault := Fault{Kind: s.kind, From: p.stamp(p.now), To: p.stamp(p.now.Add(length))}
	switch s.kind {
	case Drift, LineStop, Silence:
		fault.Asset = p.line.plant(s.kind, p.live)
	case PressStop:
		fault.Asset = p.presses[len(p.presses)-1].stop()
	case OutOfStock, Phantom, FastSeller:
		fault.Asset, fault.SKU = storePath, p.store.plant(s.kind)
	}
	s.next = p.now.Add(length)
	s.current = p.note(fault)
}

// lift ends the current fault and draws when the next one comes.
func (p *Plant) lift(s *script) {
	fault := p.closeNote(s)
	switch s.kind {
	case Drift, LineStop, Silence:
		p.line.lift(s.kind)
	case PressStop:
		p.presses[len(p.presses)-1].start()
	case OutOfStock, Phantom, FastSeller:
		p.store.lift(fault.SKU)
	}
	gap := s.pastGap
	if p.live {
		gap = s.liveGap
	}
	s.next = p.now.Add(gap.draw(p.random))
	s.current = -1
}

func (p *Plant) note(f Fault) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, f)
	return len(p.faults) - 1
}

// closeNote sets when the current fault really ended.
func (p *Plant) closeNote(s *script) Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	f := &p.faults[s.current]
	f.To = p.stamp(p.now)
	return *f
}
