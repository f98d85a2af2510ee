package main

import (
	"context"

	"github.com/fildefer/fildefer/pipeline/replay"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// retrial is a set of rules that is to be tried on the past, perhaps beside
// another.
type retrial struct {
	Rules    *rule.Set
	Against  *rule.Set // nil: nothing to compare with
	Options  replay.Options
	Progress func(share float64, p replay.Progress)
}

// retried is what came of it.
type retried struct {
	Report  *replay.Report `json:"report"`
	Against *replay.Report `json:"against,omitempty"`
	Diff    *replay.Diff   `json:"diff,omitempty"`
}

// run reads the source once for each set.
func (r *retrial) run(ctx context.Context, source replay.Source) (*retried, error) {
	passes, done := 1.0, 0.0
	if r.Against != nil {
		passes = 2
	}
	options := r.Options
	options.Progress = func(p replay.Progress) {
		if r.Progress != nil {
			r.Progress((done+p.Share)/passes, p)
		}
	}
	var out retried
	var err error
	if out.Report, err = replay.Run(ctx, r.Rules, source, options); err != nil || r.Against == nil {
		return &out, err
	}
	done = 1
	options.Pictures = 0
	if out.Against, err = replay.Run(ctx, r.Against, source, options); err != nil {
		return &out, err
	}
	diff := replay.Compare(out.Against, out.Report)
	out.Diff = &diff
	return &out, nil
}
