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
// were posted or held back.
type floods struct {
	asked   map[pipeline.AssetPath][]time.Time // lately
	waiting map[string]time.Time               // conditions that were counted and held back; since when no more, or zero
	spans   []span
}

type span struct{ from, to time.Time }

func newFloods() floods {
	return floods{asked: map[pipeline.AssetPath][]time.Time{}, waiting: map[string]time.Time{}}
}

// hold notes a condition that asked for attention and must wait.
func (f *floods) hold(key string, place pipeline.AssetPath, at time.Time, n rule.Noise) {
	if released, counted := f.waiting[key]; !counted || !released.IsZero() {
		f.waiting[key] = time.Time{}
		f.ask(place, at, n)
	}
}

// release notes that it waits no more: it is posted now, or it is over.
func (f *floods) release(key string, at time.Time) {
	if _, counted := f.waiting[key]; counted {
		f.waiting[key] = at
	}
}

// open notes a post. One that had to wait was counted when it asked.
func (f *floods) open(o *Opening, n rule.Noise) {
	released, counted := f.waiting[o.Key]
	delete(f.waiting, o.Key)
	switch {
	case counted && (released.IsZero() || released.Equal(o.At)):
	case o.attention() && o.PostKind != postFlood:
		f.ask(o.Territory, o.At, n)
	}
}

func (f *floods) ask(place pipeline.AssetPath, at time.Time, n rule.Noise) {
	list := append(f.asked[place], at)
	late := 0
	for at.Sub(list[late]) >= n.Window.Duration && late < len(list)-1 {
		late++
	}
	list = slices.Delete(list, 0, late)
	f.asked[place] = list
	if extra := len(list) - n.Flood; extra > 0 {
		// It lasts until so many of them are out of the window again.
		f.spans = append(f.spans, span{at, list[extra-1].Add(n.Window.Duration)})
	}
}

// share is the part of the time in which some territory was flooded.
func (f *floods) share(from, to time.Time) float64 {
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
