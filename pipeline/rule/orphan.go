package rule

import (
	"cmp"
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

// orphan is a condition whose rule was removed, or changed so that it no longer
// covers it.
type orphan struct {
	told  bool
	last  Effect     // what its post is to be told
	state State      // to be forgotten
	self  *condition // when an engine has it, rather than its state alone
}

func orphanOf(id, key string, path pipeline.AssetPath, sub string, rec *record) (orphan, error) {
	last, err := rec.event()
	if err != nil {
		return orphan{}, err
	}
	o := orphan{state: State{Key: key, asset: path}}
	if last == nil || !rec.Life.told() {
		return o, nil
	}
	shown := rec.Life.shown()
	o.told = true
	o.last = Effect{
		Kind: Retire, Rule: id, Key: key, Episode: rec.Life.Episode, Since: rec.Life.Since,
		PostKind: shown.PostKind, Severity: shown.Severity, Asset: path, SKU: sub,
		Author: byMachine, AuthorName: path.Base(),
		Values: map[string]any{}, Value: shown.Value.Value, Unit: last.Unit, Event: *last,
	}
	rec.Hand.mark(&o.last)
	return o, nil
}

// bury forgets the orphans, in the order of their keys; a post that still says
// that one of them holds is told that its rule is no more.
func (s *agenda) bury(m moment) {
	slices.SortFunc(s.orphans, func(a, b orphan) int { return cmp.Compare(a.state.Key, b.state.Key) })
	for _, o := range s.orphans {
		if o.self != nil {
			o.self.gone = true
			s.touch(o.self)
		} else {
			s.dropped = append(s.dropped, o.state)
		}
		if o.told {
			o.last.At = m.now
			s.effects = append(s.effects, o.last)
		}
	}
	s.orphans = nil
}
