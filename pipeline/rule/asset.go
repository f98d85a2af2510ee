package rule

import (
	"github.com/fildefer/fildefer/pipeline"
)

// asset is one asset that was met: its shard, and the rules that watch it.
type asset struct {
	path    pipeline.AssetPath
	shard   *shard
	watches map[*Rule]*watch
	signals map[string][]hook // found once per signal
}

// watch is one rule on one asset.
type watch struct {
	rule     *Rule
	asset    *asset
	only     *condition            // of a rule without sub-keys
	bySub    map[string]*condition // of one with
	remarked bool
}

// hook is a watch and which of its rule's signals an event has.
type hook struct {
	watch *watch
	slot  int
}

func (e *Engine) asset(path pipeline.AssetPath) *asset {
	a := e.assets[path]
	if a == nil {
		a = &asset{
			path: path, shard: &e.shards[path.Shard(len(e.shards))],
			watches: map[*Rule]*watch{}, signals: map[string][]hook{},
		}
		e.assets[path] = a
	}
	return a
}

func (a *asset) hooks(set *Set, signal string) []hook {
	hooks, known := a.signals[signal]
	if !known {
		for _, l := range set.candidates(a.path, signal) {
			hooks = append(hooks, hook{a.watch(l.rule), l.slot})
		}
		a.signals[signal] = hooks
	}
	return hooks
}

func (a *asset) watch(r *Rule) *watch {
	w := a.watches[r]
	if w == nil {
		w = &watch{rule: r, asset: a}
		a.watches[r] = w
	}
	return w
}

// known is the condition that was met before, or nil.
func (w *watch) known(sub string) *condition {
	if sub == "" {
		return w.only
	}
	return w.bySub[sub]
}

func (w *watch) condition(sub string) *condition {
	if c := w.known(sub); c != nil {
		return c
	}
	c := newCondition(w.rule, w.asset.path, sub, w.asset.shard)
	switch {
	case sub == "":
		w.only = c
	case w.bySub == nil:
		w.bySub = map[string]*condition{sub: c}
	default:
		w.bySub[sub] = c
	}
	return c
}
