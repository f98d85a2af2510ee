package scene

import (
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// source is the connector that every scene's events seem to come from.
const source = "scene"

// event makes one event whose stamps are at.
func event(asset pipeline.AssetPath, signal string, kind pipeline.Kind, v pipeline.Value, at time.Time) pipeline.Event {
	return pipeline.Event{
		ID:     pipeline.EventID(fmt.Sprintf("%s:%s:%s:%d", source, asset, signal, at.UnixMilli())),
		Source: source, Asset: asset, Signal: signal, Kind: kind, Value: v, At: at, Received: at,
	}
}

// Chatter is one signal that goes from good to bad and back every ten seconds,
// for so long: the value 0 is good, 100 is bad.
func Chatter(from time.Time, length time.Duration) iter.Seq[pipeline.Event] {
	return func(yield func(pipeline.Event) bool) {
		for i := 0; time.Duration(i)*10*time.Second < length; i++ {
			at := from.Add(time.Duration(i) * 10 * time.Second)
			if !yield(event("plant/hall/line-1/pump", "level", pipeline.Measure, pipeline.Number(float64(i%2*100)), at)) {
				return
			}
		}
	}
}

// Flood is ten minutes of a hall in which n machines of five lines say every five
// seconds how they are. They are well for a minute and then trip, all within a
// minute: a power supply fails on the first, and the others follow. It returns
// the first.
func Flood(from time.Time, n int) (events iter.Seq[pipeline.Event], first pipeline.AssetPath) {
	path := func(i int) pipeline.AssetPath {
		return pipeline.AssetPath(fmt.Sprintf("plant/hall/line-%d/machine-%03d", i%5+1, i))
	}
	trips := make([]time.Time, n)
	for i := range n { // the order in which they trip is not that of their names
		trips[(i*181+77)%n] = from.Add(time.Minute + time.Duration(i)*time.Minute/time.Duration(n))
	}
	return func(yield func(pipeline.Event) bool) {
		for at := from; at.Before(from.Add(10 * time.Minute)); at = at.Add(floodStep) {
			for _, s := range states(at, trips) {
				if !yield(event(path(s.machine), "state", pipeline.State, pipeline.Text(s.state), s.at)) {
					return
				}
			}
		}
	}, path(77 % n)
}

const floodStep = 5 * time.Second

// said is what a machine says of itself.
type said struct {
	at      time.Time
	machine int
	state   string
}

// states is what all machines say within one step, in the order of time: how
// they are, and that they trip.
func states(from time.Time, trips []time.Time) []said {
	var list []said
	for i, trip := range trips {
		state, at := "running", from.Add(time.Duration(i)*time.Millisecond)
		if !at.Before(trip) {
			state = "fault"
		}
		list = append(list, said{at, i, state})
		if trip.After(at) && trip.Before(from.Add(floodStep)) {
			list = append(list, said{trip, i, "fault"})
		}
	}
	slices.SortStableFunc(list, func(a, b said) int { return a.at.Compare(b.at) })
	return list
}
