package proof

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/scene"
)

// Flood is what becomes of many machines of five lines that trip within a
// minute.
type Flood struct {
	Posts    int                  // that ask for attention
	Members  int                  // conditions that they stand for
	Tripped  pipeline.AssetPath   // the machine that was first
	FirstOut []pipeline.AssetPath // what the post that stands for most says was first; several when they tie
}

// PlayFlood plays it to the bottling pack: as it ships, where each line has a
// contract on noise of its own, or with one contract for their hall.
func PlayFlood(ctx context.Context, machines int, hall bool) (Flood, error) {
	var f Flood
	change := strings.NewReplacer()
	if hall {
		change = strings.NewReplacer("- {every: 10m, burst: 5", "- {territory: plant/hall, every: 10m, burst: 5")
	}
	set, err := bottling(change)
	if err != nil {
		return f, err
	}
	events, first := scene.Flood(monday(), machines)
	latest := map[string]editor.Edit{} // by thread
	see := func(edits []editor.Edit) {
		for i := range edits {
			if e := &edits[i]; len(e.Members) > 0 && e.Kind != editor.Hold && e.Kind != editor.Release {
				latest[e.Key] = *e
			}
		}
	}
	_, asking, err := play(ctx, set, events, replay.Options{See: see})
	if err != nil {
		return f, err
	}
	f.Posts, f.Tripped = len(asking), first
	most := 0
	for _, thread := range slices.Sorted(maps.Keys(latest)) {
		e := latest[thread]
		f.Members += e.Total
		if e.Total <= most {
			continue
		}
		most, f.FirstOut = e.Total, nil
		for _, m := range e.Members {
			if m.First {
				f.FirstOut = append(f.FirstOut, m.Asset)
			}
		}
	}
	return f, nil
}
