package editor_test

import (
	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// wall is what readers of the edits know.
type wall struct {
	open map[string]editor.Edit // posts by key
	held map[string]editor.Held
	told map[string]bool // by what the rules said
}

func newWall() *wall {
	return &wall{open: map[string]editor.Edit{}, held: map[string]editor.Held{}, told: map[string]bool{}}
}

// put takes in one step and reports the first edit that makes no sense.
func (w *wall) put(t require.TestingT, s *turn, edits []editor.Edit) {
	for _, x := range s.effects {
		switch x.Kind {
		case rule.Raise:
			w.told[x.Key] = true
		case rule.Clear, rule.Retire:
			delete(w.told, x.Key)
		}
	}
	for _, x := range edits {
		post, isOpen := w.open[x.Key]
		switch x.Kind {
		case editor.Hold:
			w.held[x.Held.Key] = *x.Held
			require.False(t, x.Bump)
			continue
		case editor.Release:
			require.Contains(t, w.held, x.Held.Key)
			delete(w.held, x.Held.Key)
			continue
		case editor.Handover:
			continue
		case rule.Raise:
			require.True(t, !isOpen || post.Episode == x.Episode, "%s has two open posts", x.Key)
		case rule.Clear, rule.Retire:
			require.True(t, isOpen, "%s of %q, which is not open", x.Kind, x.Key)
			delete(w.open, x.Key)
			continue
		default:
			require.True(t, isOpen, "%s of %q, which is not open", x.Kind, x.Key)
		}
		require.GreaterOrEqual(t, x.Episode, post.Episode)
		require.True(t, !x.Bump || x.Kind == rule.Raise || x.Kind == rule.Worsen || x.Kind == editor.Escalate, "%s calls people", x.Kind)
		w.open[x.Key] = x
	}
}

// check reports a condition that is neither posted nor held.
func (w *wall) check(t require.TestingT) {
	posted := map[string]bool{}
	for key, x := range w.open {
		posted[key] = true
		for _, m := range x.Members {
			posted[m.Key] = true
		}
	}
	for key := range w.told {
		_, isHeld := w.held[key]
		require.True(t, isHeld || posted[key], "%q is neither posted nor held", key)
	}
	for key, h := range w.held {
		require.True(t, w.told[key], "%q is held and did not begin", key)
		if h.Reason == editor.Grouped && h.Until.IsZero() || h.Reason == editor.Flood {
			require.Contains(t, w.open, h.By, "%q is held by a post that is not open", key)
		}
	}
}
