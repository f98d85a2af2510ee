package proof

import (
	"context"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/pack"
	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// monday is when every scene begins.
func monday() time.Time { return time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC) }

// bottling are the rules of the bottling pack, with what a user would change.
func bottling(change *strings.Replacer) (*rule.Set, error) {
	p, err := pack.Find("bottling")
	if err != nil {
		return nil, err
	}
	return replay.Compile([]replay.Document{{Name: p.Name, Data: []byte(change.Replace(string(p.Text)))}})
}

// play runs a scene, and returns the report with the posts that ask people for
// something.
func play(ctx context.Context, set *rule.Set, events iter.Seq[pipeline.Event], options replay.Options) (*replay.Report, []replay.Opening, error) {
	report, err := replay.Run(ctx, set, replay.Played(events), options)
	if err != nil {
		return nil, nil, err
	}
	asking := slices.DeleteFunc(slices.Clone(report.Openings), func(o replay.Opening) bool { return o.Severity == "info" })
	return report, asking, nil
}
