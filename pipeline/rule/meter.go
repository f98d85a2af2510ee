package rule

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// No line makes more than so many times what it ideally could, and a few: a
// counter that says so was replaced, set or misread.
const (
	meterFactor = 3
	meterFew    = 10
	meterSlack  = 5 * time.Second // of stamps
)

// meter reads pieces off a signal. A counter has all that it needs in its last
// value; of pieces that are told one by one it remembers which it met.
type meter struct {
	Last  mark     `json:"last,omitzero"`
	Slice int64    `json:"slice,omitempty"` // current minute of awake time, of Met
	Met   receipts `json:"met,omitzero"`
}

// take returns how many pieces an event tells of. It is not fresh when it is
// not usable, comes late or again, or says what is known.
func (c *meter) take(k *pieces, ev *pipeline.Event, m moment, ideal time.Duration) (n float64, fresh bool) {
	v, ok := ev.Value.Number()
	if !ok || v < 0 {
		return 0, false
	}
	if !k.Counter {
		return v, v > 0 && v <= moverMost && c.meet(ev, m)
	}
	last, known := c.Last.Value.Number()
	if known && (v == last || c.Last.repeats(ev.ID, ev.Value, m.at) || v < last && m.at.Equal(c.Last.At)) {
		return 0, false
	}
	most := meterFew + meterFactor*float64(max(0, m.at.Sub(c.Last.At))+meterSlack)/float64(ideal)
	c.Last = mark{ID: ev.ID, At: m.at.UTC(), Value: reading{ev.Value}}
	if !known {
		return 0, true
	}
	return k.since(last, v, most), true
}

// since is what was made while a counter went from last to v, most at most. One
// that is less began anew: at its end or, reset, before. A number that cannot
// be is none made; counting goes on from there.
func (k *pieces) since(last, v, most float64) float64 {
	switch around := k.Rollover - last + v; {
	case v >= last && v-last <= most:
		return v - last
	case v >= last:
		return 0
	case k.Rollover > last && around <= most:
		return around
	case v <= most:
		return v
	}
	return 0
}

// meet tells whether pieces are told for the first time. Those from before what
// is remembered count as told again.
func (c *meter) meet(ev *pipeline.Event, m moment) bool {
	const kept = moverSlices * time.Minute
	if m.now.Sub(m.at) > kept || c.Met.has(ev.ID) {
		return false
	}
	now := m.awake.Unix() / 60
	if c.Slice == 0 || now-c.Slice > int64(len(c.Met)) {
		c.Slice = now - int64(len(c.Met))
	}
	for c.Slice < now {
		c.Slice++
		c.Met.turn(c.Slice)
	}
	c.Met.add(c.Slice, ev.ID)
	return true
}
