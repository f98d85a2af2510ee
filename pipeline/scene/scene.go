package scene

import (
	"fmt"
	"iter"
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

// Flood is a hall in which n machines of five lines are well for a minute and
// then trip, all within a minute: a power supply fails on the first, and the
// others follow. It returns the first.
func Flood(from time.Time, n int) (events iter.Seq[pipeline.Event], first pipeline.AssetPath) {
	path := func(i int) pipeline.AssetPath {
		return pipeline.AssetPath(fmt.Sprintf("plant/hall/line-%d/machine-%03d", i%5+1, i))
	}
	// The order in which they trip is not that of their names.
	order := make([]int, n)
	for i := range order {
		order[i] = (i*181 + 77) % n
	}
	return func(yield func(pipeline.Event) bool) {
		for i := range n {
			if !yield(event(path(i), "state", pipeline.State, pipeline.Text("running"), from.Add(time.Duration(i)*time.Millisecond))) {
				return
			}
		}
		for i, machine := range order {
			at := from.Add(time.Minute + time.Duration(i)*time.Minute/time.Duration(n))
			if !yield(event(path(machine), "state", pipeline.State, pipeline.Text("fault"), at)) {
				return
			}
		}
	}, path(order[0])
}
