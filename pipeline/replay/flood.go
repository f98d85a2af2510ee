package replay

import (
	"cmp"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// postFlood is the kind of the post that stands for a flood.
const postFlood = "flood"

// floods knows when there was more than people can answer: more openings in a
// territory than its contract on noise allows within its window, whether they
// were posted or held back; and for as long as a post says so.
type floods struct {
	places map[pipeline.AssetPath]*flood
	spans  []span
}

type flood struct {
	asked []time.Time
	open  *Opening // the post that says so
}

type span struct{ from, to time.Time }

// ask notes that a condition asked for attention.
func (f *floods) ask(place pipeline.AssetPath, at time.Time, n rule.Noise) {
	p := f.place(place)
	p.asked = append(p.asked, at)
	late := 0
	for at.Sub(p.asked[late]) >= n.Window.Duration && late < len(p.asked)-1 {
		late++
	}
	p.asked = slices.Delete(p.asked, 0, late)
	if extra := len(p.asked) - n.Flood; extra > 0 {
		// It lasts until so many of them are out of the window again.
		f.spans = append(f.spans, span{at, p.asked[extra-1].Add(n.Window.Duration)})
	}
}

func (f *floods) open(o *Opening, n rule.Noise) {
	switch {
	case o.PostKind == postFlood:
		f.place(o.Territory).open = o
	case o.attention():
		f.ask(o.Territory, o.At, n)
	}
}

func (f *floods) close(o *Opening) {
	if p := f.place(o.Territory); p.open == o {
		f.spans = append(f.spans, span{o.At, o.Until})
		p.open = nil
	}
}

func (f *floods) place(path pipeline.AssetPath) *flood {
	p := f.places[path]
	if p == nil {
		p = &flood{}
		f.places[path] = p
	}
	return p
}

// share is the part of the time in which some territory was flooded.
func (f *floods) share(from, to time.Time) float64 {
	for _, p := range f.places {
		if p.open != nil {
			f.spans = append(f.spans, span{p.open.At, to})
		}
	}
	slices.SortFunc(f.spans, func(a, b span) int { return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to)) })
	var flooded time.Duration
	covered := from
	for _, s := range f.spans {
		begin, end := later(s.from, covered), s.to
		if end.After(to) {
			end = to
		}
		if end.After(begin) {
			flooded += end.Sub(begin)
			covered = end
		}
	}
	if !to.After(from) {
		return 0
	}
	return flooded.Seconds() / to.Sub(from).Seconds()
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
