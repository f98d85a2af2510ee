package rule

import (
	"math"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

const (
	ratioSlices     = 10          // a window moves on in so many steps
	ratioStep       = time.Second // counters are read once in
	ratioMinN       = 30.0
	ratioConfidence = 99.0
	ratioMost       = 1e12 // a greater quantity is no count
)

// ratio holds while one quantity is too large a part of another: scrap of what
// was made. Small numbers prove nothing, so it begins when the lower bound of
// the ratio after Wilson, at the confidence asked for, is above the limit, and
// ends when the ratio itself is back below. It is judged when the whole is told
// and with as many parts as it takes to begin, so that a line that stands still
// ends nothing.
type ratio struct {
	Of         string  `yaml:"of"`      // signal of the whole
	Counter    bool    `yaml:"counter"` // both signals count up; otherwise each event is a quantity
	Window     Delay   `yaml:"window"`
	Above      float64 `yaml:"above"`      // 0.02 is two in a hundred
	MinN       float64 `yaml:"min_n"`      // of the whole, in the window
	Confidence float64 `yaml:"confidence"` // per cent, one-sided
}

type ratioMemory struct {
	Slice    int64                `json:"slice"` // number of the current slice, in awake time
	Part     [ratioSlices]float64 `json:"part"`  // by slice, at its number modulo the length
	Whole    [ratioSlices]float64 `json:"whole"`
	Bad      float64              `json:"bad,omitempty"` // of what was judged last
	Total    float64              `json:"total,omitempty"`
	Counters [2]counter           `json:"counters,omitzero"` // of the part and the whole
	Met      [2]frontier          `json:"met,omitzero"`      // likewise, of quantities
}

func (k ratio) traits() traits {
	return traits{
		author: byMachine, values: []string{"ratio", "percent", "bad", "total", "limit", "limit_percent", "value"},
		memory: func() any { return &ratioMemory{} }, moreSignals: []string{k.Of}, ownRepeats: true,
	}
}

func (k ratio) check(r *Rule) []fault {
	switch {
	case k.Of == "" || k.Of == r.Signal:
		return []fault{{"of", "name the signal of the whole, such as parts where signal is scrap"}}
	case k.Window.Duration < time.Minute:
		return []fault{{"window", "write a window of at least 1m"}}
	case !isFinite(k.Above) || k.Above <= 0 || k.Above >= 1:
		return []fault{{"above", "write the limit as a part of one: 0.02 is two in a hundred"}}
	case !isFinite(k.MinN) || k.MinN < 0:
		return []fault{{"min_n", "write the least number that is worth judging, such as 30"}}
	case k.Confidence != 0 && (!isFinite(k.Confidence) || k.Confidence < 80 || k.Confidence > 99.99):
		return []fault{{"confidence", "write a confidence of 80 to 99.99 per cent, such as 95 or 99"}}
	}
	return nil
}

func (k ratio) observe(mem any, ev *pipeline.Event, m moment) (verdict, bool) {
	s := mem.(*ratioMemory)
	slot, slices := 0, &s.Part
	if ev.Signal == k.Of {
		slot, slices = 1, &s.Whole
	}
	if !k.isNew(s, slot, ev, m) {
		return silent, false
	}
	v, ok := ev.Value.Number()
	if !ok || !ev.Usable() || v < 0 || v > ratioMost {
		if k.Counter {
			s.Counters[slot].lose(m)
		}
		return unusable, true
	}
	k.roll(s, m.awake)
	if k.Counter {
		v = s.Counters[slot].read(v, m, k.Window.Duration)
	}
	slices[uint64(s.Slice)%ratioSlices] += v
	if slot == 1 {
		return k.judge(s, m), true
	}
	return asBefore(m), true
}

func (k ratio) isNew(s *ratioMemory, slot int, ev *pipeline.Event, m moment) bool {
	if k.Counter {
		return s.Counters[slot].isNew(m, ratioStep)
	}
	return s.Met[slot].pass(ev.ID, m.at)
}

// asBefore is the last verdict.
func asBefore(m moment) verdict {
	if m.holding {
		return holds
	}
	return fine
}

// roll moves the window on to t.
func (k ratio) roll(s *ratioMemory, t time.Time) {
	to := t.UnixNano() / (int64(k.Window.Duration) / ratioSlices)
	for n := max(s.Slice, to-ratioSlices) + 1; n <= to; n++ {
		at := uint64(n) % ratioSlices
		s.Part[at], s.Whole[at] = 0, 0
	}
	s.Slice = max(s.Slice, to)
}

// judge compares what is in the window with the limit.
func (k ratio) judge(s *ratioMemory, m moment) verdict {
	bad, total := sum(s.Part[:]), sum(s.Whole[:])
	bad = min(bad, total)
	if total == 0 || total < orElse(k.MinN, ratioMinN) && (!m.holding || !s.goesOn()) {
		return asBefore(m)
	}
	s.Bad, s.Total = bad, total
	z := math.Sqrt2 * math.Erfinv(2*orElse(k.Confidence, ratioConfidence)/100-1)
	if m.holding && bad/total >= k.Above || wilsonLower(bad, total, z) > k.Above {
		return holds
	}
	return fine
}

// goesOn tells whether the older half of the window has parts too: a line that
// makes few is judged by those at last, or nothing would ever end.
func (s *ratioMemory) goesOn() bool {
	for back := int64(ratioSlices / 2); back < ratioSlices; back++ {
		if s.Whole[uint64(s.Slice-back)%ratioSlices] > 0 {
			return true
		}
	}
	return false
}

// wilsonLower is the lower bound of the true ratio behind bad of total, z
// standard deviations down (Wilson's score interval).
func wilsonLower(bad, total, z float64) float64 {
	p, zz := bad/total, z*z
	return (p + zz/(2*total) - z*math.Sqrt(p*(1-p)/total+zz/(4*total*total))) / (1 + zz/total)
}

// face shows tenths of a per cent: what is less is no news.
func (ratio) face(mem any, _ *pipeline.Event) face {
	return face{PostKind: postAlert, Value: reading{pipeline.Number(math.Round(mem.(*ratioMemory).percent()*10) / 10)}}
}

func (s *ratioMemory) percent() float64 {
	if s.Total == 0 {
		return 0
	}
	return 100 * s.Bad / s.Total
}

// describe shows no curve: neither of the two signals is the ratio.
func (k ratio) describe(mem any, e *Effect) {
	s := mem.(*ratioMemory)
	limit := 100 * k.Above
	e.Signal, e.Unit, e.Limit = "", "%", &limit
	e.Values["unit"] = e.Unit
	e.Values["ratio"], e.Values["percent"], e.Values["value"] = s.percent()/100, s.percent(), s.percent()
	e.Values["bad"], e.Values["total"] = s.Bad, s.Total
	e.Values["limit"], e.Values["limit_percent"] = k.Above, limit
}
