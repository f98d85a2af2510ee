package proof

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/scene"
)

// Day is what people would have seen of a day of fifty machines on five lines.
type Day struct {
	Events  int64
	Planted int
	Found   int             // planted faults of which exactly one post told
	Missed  []scene.Planted // of which none did
	Twice   []scene.Planted // of which more than one did
	False   []replay.Opening

	Busiest int     // new posts in an hour and territory, at most
	Flooded float64 // share of the time
}

// PlayDay plays it to the bottling pack as it ships.
func PlayDay(ctx context.Context, seed uint64) (Day, error) {
	set, err := bottling(strings.NewReplacer())
	if err != nil {
		return Day{}, err
	}
	events, planted := scene.Day(seed, monday())
	report, asking, err := play(ctx, set, events, replay.Options{})
	if err != nil {
		return Day{}, err
	}
	d := Day{Events: report.Events, Planted: len(planted), Busiest: busiest(asking), Flooded: report.FloodShare}
	for _, p := range planted {
		posts := len(asking)
		asking = slices.DeleteFunc(asking, func(o replay.Opening) bool { return tells(&o, p) })
		switch posts - len(asking) {
		case 0:
			d.Missed = append(d.Missed, p)
		case 1:
			d.Found++
		default:
			d.Twice = append(d.Twice, p)
		}
	}
	d.False = asking
	return d, nil
}

// tells is whether a post is that of the fault: of the rule for it, about the
// machine, and opened while it lasts.
func tells(o *replay.Opening, p scene.Planted) bool {
	return o.Rule == ruleFor(p.Kind) && o.Asset == p.Asset && !o.At.Before(p.From) && o.At.Before(p.To)
}

// ruleFor is the rule of the bottling pack that has to find a fault.
func ruleFor(kind scene.Kind) string {
	return map[scene.Kind]string{
		scene.Stop: "stopped", scene.Overheat: "overheating", scene.Drift: "fill-drift", scene.Short: "fill-weight",
		scene.Silence: "machine-silent", scene.Stuck: "sensor-stuck", scene.Scrap: "scrap", scene.Slow: "pace",
		scene.Torque: "cap-torque", scene.Chatters: "guard-open",
	}[kind]
}

// busiest is the most posts that were opened in one territory within an hour.
func busiest(asking []replay.Opening) int {
	lately, most := map[pipeline.AssetPath][]time.Time{}, 0
	for i := range asking {
		o := &asking[i]
		list := slices.DeleteFunc(append(lately[o.Territory], o.At), func(at time.Time) bool { return o.At.Sub(at) >= time.Hour })
		lately[o.Territory], most = list, max(most, len(list))
	}
	return most
}
