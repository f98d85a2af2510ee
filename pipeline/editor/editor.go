package editor

import (
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// Editor turns effects into edits. This one lets every effect through as an
// edit of its own post.
type Editor struct{ edits []Edit }

// New returns an editor without a past.
func New(*rule.Set) *Editor { return &Editor{} }

// Step takes in an event and what the rules made of it. The edits are valid
// until the next Step.
func (e *Editor) Step(_ uint64, _, _ time.Time, _ *pipeline.Event, effects []rule.Effect) []Edit {
	e.edits = e.edits[:0]
	for _, effect := range effects {
		e.edits = append(e.edits, Edit{Effect: effect, Bump: effect.Kind == rule.Raise || effect.Kind == rule.Worsen})
	}
	return e.edits
}

// Dirty returns the states that changed since the last call.
func (e *Editor) Dirty() []rule.State { return nil }
