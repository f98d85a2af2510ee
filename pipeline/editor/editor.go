package editor

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// Editor stub.
type Editor struct{}

func New(set *rule.Set) *Editor                         { return &Editor{} }
func (e *Editor) Restore(key string, blob []byte) error { return nil }
func (e *Editor) Adopt(set *rule.Set)                   {}
func (e *Editor) Dirty() []rule.State                   { return nil }
func (e *Editor) Step(seq uint64, now, awake time.Time, ev *pipeline.Event, effects []rule.Effect) []Edit {
	var out []Edit
	for _, x := range effects {
		out = append(out, Edit{Effect: x, Bump: x.Kind == rule.Raise})
	}
	return out
}
