package rule

import (
	"cmp"
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

// orphan takes in the state of a condition whose rule was removed, or changed
// so that it no longer covers it.
func (s *agenda) orphan(id, key string, path pipeline.AssetPath, sub string, rec *record) error {
	last, err := rec.event()
	if err != nil {
		return err
	}
	e := Effect{Rule: id, Key: key, Asset: path}
	if last != nil && rec.Life.told() {
		shown := rec.Life.Shown
		e = Effect{
			Kind: Clear, Rule: id, Key: key, Episode: rec.Life.Episode,
			PostKind: shown.PostKind, Severity: shown.Severity, Asset: path, SKU: sub,
			Author: byMachine, AuthorName: path.Base(),
			Values: map[string]any{}, Value: shown.Value.Value, Unit: last.Unit, Event: *last,
		}
	}
	s.orphans = append(s.orphans, e)
	return nil
}

// bury forgets the orphans, in the order of their keys; a post that still says
// that one of them holds is told that it ended.
func (s *agenda) bury(m moment) {
	slices.SortFunc(s.orphans, func(a, b Effect) int { return cmp.Compare(a.Key, b.Key) })
	for _, e := range s.orphans {
		s.dropped = append(s.dropped, State{Key: e.Key, asset: e.Asset})
		if e.Kind == Clear {
			e.At = m.now
			s.effects = append(s.effects, e)
		}
	}
	s.orphans = nil
}
