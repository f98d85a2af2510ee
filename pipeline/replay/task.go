package replay

import (
	"context"

	"github.com/fildefer/fildefer/pipeline/rule"
)

// Task is a set of rules that is to be tried on the past, perhaps beside
// another.
type Task struct {
	Rules   *rule.Set
	Against *rule.Set // nil: nothing to compare with
	Options Options
}

// Result is what came of a task.
type Result struct {
	Report  *Report `json:"report"`
	Against *Report `json:"against,omitempty"`
	Diff    *Diff   `json:"diff,omitempty"` // from Against to Report
}

// Run reads the source once for each set. Progress is told over both.
func (t *Task) Run(ctx context.Context, source Source) (*Result, error) {
	options, passes, done := t.Options, 1.0, 0.0
	if t.Against != nil {
		passes = 2
	}
	if told := t.Options.Progress; told != nil {
		options.Progress = func(p Progress) {
			p.Share = (done + p.Share) / passes
			told(p)
		}
	}
	report, err := Run(ctx, t.Rules, source, options)
	if err != nil || t.Against == nil {
		return &Result{Report: report}, err
	}
	done, options.Pictures = 1, 0
	against, err := Run(ctx, t.Against, source, options)
	if err != nil {
		return nil, err
	}
	diff := Compare(against, report)
	return &Result{Report: report, Against: against, Diff: &diff}, nil
}
