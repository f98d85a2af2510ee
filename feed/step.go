package feed

import (
	"context"
	"slices"
	"time"
)

// StepKind is how far somebody came with a stock-out, between taking it and
// putting the article back on its shelf.
type StepKind string

// Kinds of steps, in the order in which they are usually made.
const (
	BackRoomChecked StepKind = "backroom"
	Reordered       StepKind = "ordered"
)

// Step is one that was made, by whom and when.
type Step struct {
	Kind StepKind  `json:"step"`
	At   time.Time `json:"at"`
	By   Author    `json:"by"`
}

// entries are what the timeline calls the steps.
var entries = map[StepKind]EntryKind{BackRoomChecked: CheckedBackRoom, Reordered: WasReordered}

// Step says how far m came with a stock-out. Who makes a step takes the post
// when nobody has; a step that was made already changes nothing.
func (s *Service) Step(ctx context.Context, m Member, id PostID, kind StepKind) (*Post, error) {
	entry, ok := entries[kind]
	if !ok {
		return nil, Refuse(Invalid, "L’étape « {step} » n’existe pas.", "There is no step “{step}”.").With(Values{"step": string(kind)})
	}
	return s.change(ctx, m, Handle.to("step", string(kind)), id, func(ctx context.Context, tx Tx, p *Post, at time.Time) (*Entry, error) {
		switch {
		case !p.State.Open():
			return nil, errEnded
		case p.SKU == "" || p.Topic != Stock:
			return nil, Refuse(Conflict, "Seule une rupture a des étapes.", "Only a stock-out has steps.")
		case slices.ContainsFunc(p.Steps, func(done Step) bool { return done.Kind == kind }):
			return nil, nil
		}
		p.Steps = append(p.Steps, Step{Kind: kind, At: at, By: person(m)})
		if p.State != New {
			return &Entry{Kind: entry}, nil
		}
		p.State, p.Taker, p.TakenAt = Taken, person(m), at
		p.Asked, p.Level = "", 0
		return &Entry{Kind: entry}, tell(ctx, tx, p, ActTake, m, at)
	})
}
