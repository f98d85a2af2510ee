package editor

import (
	"cmp"
	"maps"
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

// umbrella is the thread of the one post of a flood at p.
func (e *Editor) umbrella(p *place) *thread {
	t := e.thread("flood\t" + string(p.path))
	t.Form, t.Place = umbrella, p.path
	return t
}

// rise begins a flood: what waits for a post is in the umbrella's from now on.
// Posts that opened lately stay, and it lists them: they may have been the
// first-out.
func (e *Editor) rise(p *place) {
	p.Flooded = true
	u := e.umbrella(p)
	since := e.awake.Add(-p.noise.Window.Duration)
	for _, c := range e.sortedConditions(func(c *condition) bool { return c.Told && c.Asked.After(since) }) {
		if t := e.threads[c.Thread]; t != nil && e.place(t.Place) == p && t.Phase == open && e.attention(c) {
			e.shelter(u, c)
		}
	}
	for _, t := range e.sortedThreads(func(t *thread) bool { return e.place(t.Place) == p && (t.Phase == waiting || t.Phase == queued) }) {
		for _, c := range slices.DeleteFunc(slices.Clone(t.members), func(c *condition) bool { return !e.attention(c) }) {
			e.drown(p, c)
		}
	}
	if u.Phase == open { // the last flood is not over
		e.again(u)
	}
}

// shelter lists c under u.
func (e *Editor) shelter(u *thread, c *condition) {
	if u.add(c) && u.Phase == open {
		u.Total++
	}
	e.keep(c)
	e.touch(u)
}

// drown holds c back under the umbrella of p.
func (e *Editor) drown(p *place, c *condition) {
	u := e.umbrella(p)
	e.detach(c)
	e.shelter(u, c)
	e.hold(c, Held{Reason: Flood, By: u.key})
}

// ebb ends a flood: what still holds asks for a post of its own, in its turn.
// The umbrella stays as long as something that it lists holds.
func (e *Editor) ebb(p *place) {
	p.Flooded = false
	for _, c := range slices.Clone(e.umbrella(p).members) {
		if c.Held == nil || c.Held.Reason != Flood {
			continue
		}
		t := e.threadOf(c)
		if t.Phase == open {
			e.join(t, c)
			continue
		}
		t.add(c)
		e.keep(c)
		if t.Phase == closed {
			e.queue(t)
		}
	}
}

func (e *Editor) sortedThreads(want func(*thread) bool) []*thread {
	var list []*thread
	for t := range maps.Values(e.threads) {
		if want(t) {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, func(a, b *thread) int { return cmp.Compare(a.key, b.key) })
	return list
}

// flood writes over the face of the first-out that of all.
func (x *Edit) flood(t *thread) {
	first := t.head()
	x.PostKind, x.Territory = "flood", t.Place
	x.SKU, x.Signal, x.Value, x.Unit, x.Limit = "", "", pipeline.Value{}, "", nil
	x.TitleFR = "Avalanche : {total|0} alarmes, {holding|0} encore actives. La première : {asset}"
	x.TitleEN = "Alarm flood: {total|0} alarms, {holding|0} still active. The first: {asset}"
	x.Values = map[string]any{
		"total": float64(x.Total), "holding": float64(x.Holding),
		"asset": first.Asset.Base(), "place": t.Place.Base(),
	}
}
