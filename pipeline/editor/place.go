package editor

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// A third post within haste of the first waits that long: it may be the
// beginning of a flood, of which one post is enough.
const haste = 10 * time.Second

// share is for how many alarms a thread counts in a flood, at most: a line
// whose twelve machines say the same is one thing to answer, four such lines
// at once are too much.
const share = 3

// place is the contract on noise of one territory, and how much of it is used
// (ISA-18.2, EEMUA 191: rates are per operator position).
type place struct {
	path  pipeline.AssetPath
	timer timer
	placeRecord

	noise rule.Noise
	queue map[string]*thread // that wait for budget, by key
	gone  bool
}

type placeRecord struct {
	// Filling is since when the bucket has been filling: it holds one for
	// each Every since then, and Burst at most.
	Filling time.Time    `json:"filling,omitzero"`
	Granted [2]time.Time `json:"granted,omitzero"` // the last two posts, older first
	Asked   []asked      `json:"asked,omitempty"`  // lately, in order
	Flooded bool         `json:"flooded,omitempty"`
	Calm    time.Time    `json:"calm,omitzero"` // since when a flood has been going down
}

// asked is one condition that asked for a post, whether it got one or not.
type asked struct {
	At     time.Time `json:"at"` // awake time
	Thread string    `json:"thread"`
}

func (e *Editor) place(path pipeline.AssetPath) *place {
	noise := e.set.Noise(path)
	if noise.Territory != "" { // one contract for all that lies below it
		path = pipeline.AssetPath(noise.Territory)
	}
	p := e.places[path]
	if p == nil {
		p = &place{path: path, noise: noise, queue: map[string]*thread{}}
		e.places[path] = p
	}
	return p
}

func (p *place) row() string { return rowPlace + "\t" + string(p.path) }

func (p *place) alarm() *timer { return &p.timer }

func (p *place) blob() []byte {
	if p.gone {
		return nil
	}
	return encode(&p.placeRecord)
}

func (p *place) due() time.Time {
	switch window := p.noise.Window.Duration; {
	case p.gone:
		return time.Time{}
	case p.Flooded && p.Calm.IsZero():
		return p.Asked[max(0, len(p.Asked)-p.calmBelow())].At.Add(window)
	case p.Flooded:
		return p.Calm.Add(window)
	case len(p.queue) > 0:
		return p.nextGrant()
	}
	return p.restored()
}

// restored is when the contract will be as it was before anything happened.
func (p *place) restored() time.Time {
	full := p.Filling.Add(p.noise.Every.Duration * time.Duration(p.noise.Burst))
	if n := len(p.Asked); n > 0 && p.Asked[n-1].At.Add(p.noise.Window.Duration).After(full) {
		return p.Asked[n-1].At.Add(p.noise.Window.Duration)
	}
	return full
}

func (p *place) wake(e *Editor) {
	switch {
	case p.Flooded:
		p.count(e.awake)
		if !p.Calm.IsZero() && !e.awake.Before(p.Calm.Add(p.noise.Window.Duration)) {
			e.ebb(p)
		}
	case len(p.queue) > 0:
		for len(p.queue) > 0 && p.grants(e.awake) {
			e.tryOpen(p.first())
		}
	case !e.awake.Before(p.restored()):
		p.gone = true
		delete(e.places, p.path)
	}
}

// first is the thread whose turn it is: the gravest, and of those the oldest.
func (p *place) first() *thread {
	return slices.MinFunc(slices.Collect(maps.Values(p.queue)), func(a, b *thread) int {
		return cmp.Or(cmp.Compare(rank(gravest(a.members)), rank(gravest(b.members))), inOrder(a.members[0], b.members[0]))
	})
}

// nextGrant is the awake time of the next post.
func (p *place) nextGrant() time.Time {
	next := p.Filling.Add(p.noise.Every.Duration)
	if calm := p.Granted[0].Add(haste); calm.After(next) {
		return calm
	}
	return next
}

func (p *place) grants(awake time.Time) bool { return !awake.Before(p.nextGrant()) }

// spend takes one from the bucket, if there is one: what needs no budget leaves
// no debt behind.
func (p *place) spend(awake time.Time) {
	full := awake.Add(-p.noise.Every.Duration * time.Duration(p.noise.Burst))
	if p.Filling.Before(full) {
		p.Filling = full
	}
	p.Filling = p.Filling.Add(p.noise.Every.Duration)
	if p.Filling.After(awake) {
		p.Filling = awake
	}
	p.Granted = [2]time.Time{p.Granted[1], awake}
}

// note counts one that asks, and tells whether that are too many now.
func (p *place) note(awake time.Time, thread string) bool {
	of := func(a asked) bool { return a.Thread == thread }
	p.count(awake)
	n := 0
	for _, a := range p.Asked {
		if of(a) {
			n++
		}
	}
	if n >= share {
		i := slices.IndexFunc(p.Asked, of)
		p.Asked = slices.Delete(p.Asked, i, i+1)
	}
	p.Asked = append(p.Asked, asked{awake, thread})
	if more := len(p.Asked) - p.noise.Flood - 1; more > 0 {
		p.Asked = slices.Delete(p.Asked, 0, more)
	}
	return p.count(awake) > p.noise.Flood
}

// count returns how many asked within the window, and notes since when a flood
// has been going down.
func (p *place) count(awake time.Time) int {
	p.Asked = slices.DeleteFunc(p.Asked, func(a asked) bool { return !awake.Before(a.At.Add(p.noise.Window.Duration)) })
	switch {
	case !p.Flooded || len(p.Asked) >= p.calmBelow():
		p.Calm = time.Time{}
	case p.Calm.IsZero():
		p.Calm = awake
	}
	return len(p.Asked)
}

// calmBelow is the rate below which a flood goes down: half of what began it.
func (p *place) calmBelow() int { return max(1, p.noise.Flood/2) }

// ask notes that c asks for a post of t. One too many begins a flood.
func (e *Editor) ask(p *place, t *thread, c *condition) {
	c.Asked = e.awake
	if p.note(e.awake, t.key) && !p.Flooded {
		e.rise(p)
	}
	e.keep(c)
	e.keep(p)
}
