package rule

import (
	"math"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	moverSlices = 5                // a window moves on in so many steps
	moverLearn  = 4 * moverSlices  // slices to learn before saying anything
	moverSpan   = 10 * moverSlices // slices that the usual pace is averaged over
	moverChance = 0.001            // how unlikely, at the usual pace, a quantity must be
	moverMost   = 1e9              // a greater quantity is no sale
)

// mover holds while an article sells well above its own usual pace: factor
// times, at least min pieces, and so many that the usual pace would hardly ever
// give them (Poisson's upper tail), since three times nearly nothing is nothing.
type mover struct {
	Window Delay   `yaml:"window"`
	Factor float64 `yaml:"factor"`
	Min    float64 `yaml:"min"`
}

type moverMemory struct {
	Slice   int64                `json:"slice"` // number of the current slice, in awake time
	Sold    [moverSlices]float64 `json:"sold"`  // by slice, at its number modulo the length
	Usual   float64              `json:"usual"` // sold in a slice, of those that left the window
	Learned int                  `json:"learned"`
	Empty   int                  `json:"empty"`          // slices without a sale in a row
	Most    float64              `json:"most,omitempty"` // sold in a window since the condition began
	Met     receipts             `json:"met,omitzero"`
}

func (mover) traits() traits {
	return traits{
		author: byERP, key: "sku", values: []string{"sold", "usual", "factor", "value"},
		memory: func() any { return &moverMemory{} }, ownRepeats: true,
	}
}

func (k mover) check(r *Rule) []fault {
	switch {
	case k.Window.Duration < time.Minute:
		return []fault{{"window", "write a window of at least 1m"}}
	case !isFinite(k.Factor) || k.Factor <= 1:
		return []fault{{"factor", "write a number above 1: how many times the usual pace"}}
	case !isFinite(k.Min) || k.Min < 1:
		return []fault{{"min", "write the least quantity worth telling, at least 1"}}
	case r.StaleAfter.set:
		return []fault{{"stale_after", "no sale is no fault of the data; remove stale_after"}}
	}
	return nil
}

// observe counts a sale. What was sold, or received, before the window tells
// nothing of now.
func (k mover) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	s := mem.(*moverMemory)
	sold, ok := ev.Value.Number()
	late := m.now.Sub(m.at) > k.Window.Duration || !ev.At.IsZero() && m.now.Sub(ev.At) > k.Window.Duration
	if !ok || sold <= 0 || sold > moverMost || late || s.Met.has(ev.ID) {
		return silent, false
	}
	k.roll(s, m.awake)
	*s.current() += sold
	s.Met.add(s.Slice, ev.ID)
	return k.judge(s, m), true
}

func (k mover) due(mem any, holding bool) time.Time {
	if !holding {
		return time.Time{}
	}
	return time.Unix(0, (mem.(*moverMemory).Slice+1)*k.slice()).UTC()
}

func (k mover) wake(mem any, m moment) verdict {
	s := mem.(*moverMemory)
	k.roll(s, m.awake)
	return k.judge(s, m)
}

func (k mover) slice() int64 { return int64(k.Window.Duration) / moverSlices }

// roll moves the window on to t. A closed store teaches nothing: of slices
// without a sale in a row, a window's worth is learned at most.
func (k mover) roll(s *moverMemory, t time.Time) {
	to := t.UnixNano() / k.slice()
	if s.Slice == 0 {
		s.Slice = to
	}
	for steps := 0; s.Slice < to && steps < 2*moverSlices; steps++ {
		s.Slice++
		leaving := s.current()
		s.learn(*leaving)
		*leaving = 0
		s.Met.turn(s.Slice)
	}
	s.Slice = max(s.Slice, to)
}

func (s *moverMemory) current() *float64 { return &s.Sold[uint64(s.Slice)%moverSlices] }

func (s *moverMemory) learn(sold float64) {
	if sold > 0 {
		s.Empty = 0
	} else if s.Empty++; s.Empty > moverSlices {
		s.Empty = moverSlices
		return
	}
	s.Learned = min(s.Learned+1, moverSpan)
	s.Usual += (sold - s.Usual) / float64(s.Learned)
}

func (k mover) judge(s *moverMemory, m moment) verdict {
	sold, usual := s.total(), s.Usual*moverSlices
	least, factor := k.Min, k.Factor
	if m.holding { // half way back
		least, factor = k.Min/2, (1+k.Factor)/2
	}
	unlikely := m.holding || upperTail(math.Floor(sold), usual) < moverChance
	if s.Learned >= moverLearn && sold >= least && sold >= factor*usual && unlikely {
		if !m.holding && !m.told {
			s.Most = 0
		}
		s.Most = max(s.Most, sold)
		return holds
	}
	return fine
}

func (s *moverMemory) total() float64 { return sum(s.Sold[:]) }

// most is what the post says was sold: what is in the window when the condition
// ends is next to nothing.
func (s *moverMemory) most() float64 { return max(s.Most, s.total()) }

// upperTail is the chance of n or more where mean is expected, after Poisson.
func upperTail(n, mean float64) float64 {
	if n <= mean {
		return 1
	}
	lg, _ := math.Lgamma(n + 1)
	term := math.Exp(n*math.Log(mean) - mean - lg)
	sum := term
	for k := n + 1; term > sum*1e-9; k++ {
		term *= mean / k
		sum += term
	}
	return sum
}

func (mover) face(mem any, _ *pipeline.Event) face {
	return face{PostKind: postSellingWell, Value: reading{pipeline.Number(mem.(*moverMemory).most())}}
}

func (mover) describe(mem any, e *Effect) {
	s := mem.(*moverMemory)
	sold, usual := s.most(), s.Usual*moverSlices
	e.Values["sold"], e.Values["value"], e.Values["usual"] = sold, sold, usual
	if factor := sold / usual; isFinite(factor) {
		e.Values["factor"] = factor
	}
}
