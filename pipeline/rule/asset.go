package rule

import (
	"slices"

	"github.com/fildefer/fildefer/pipeline"
)

// asset is one asset that was met, and the rules that watch it. An
// engine keeps those only that a rule watches: of other names there is no end.
type asset struct {
	path    pipeline.AssetPath
	agenda  *agenda
	kept    bool
	watches []*watch
	hooks   []hooks // found once per signal that a rule names; "" stands for all others
	modes   []*mode // that rules are only_when of
}

// watch is one rule on one asset.
type watch struct {
	rule     *Rule
	asset    *asset
	only     *condition            // of a rule without sub-keys
	bySub    map[string]*condition // of one with
	census   *census               // of one with: its conditions
	remarked bool
}

// hooks are what meets the events of one signal.
type hooks struct {
	signal string
	list   []hook
}

// hook is a watch and which of its rule's signals an event has.
type hook struct {
	watch *watch
	slot  int
}

func (e *Engine) asset(path pipeline.AssetPath) *asset {
	if a := e.assets[path]; a != nil {
		return a
	}
	return &asset{path: path, agenda: &e.agenda}
}

func (e *Engine) keep(a *asset) {
	a.kept = true
	e.assets[a.path] = a
}

// meets lists what meets the events of a signal: what they are a mode of comes
// first.
func (a *asset) meets(set *Set, signal string) []hook {
	if _, named := set.bySignal[signal]; !named {
		signal = ""
	}
	for i := range a.hooks {
		if a.hooks[i].signal == signal {
			return a.hooks[i].list
		}
	}
	var list []hook
	for _, l := range set.candidates(a.path, signal) {
		list = append(list, hook{a.watch(l.rule), l.slot})
	}
	slices.SortStableFunc(list, func(x, y hook) int { return min(x.slot, 0) - min(y.slot, 0) })
	a.hooks = append(a.hooks, hooks{signal, list})
	return list
}

func (a *asset) watch(r *Rule) *watch {
	for _, w := range a.watches {
		if w.rule == r {
			return w
		}
	}
	w := &watch{rule: r, asset: a}
	a.watches = append(a.watches, w)
	return w
}

// idle tells whether there is nothing of the asset that must be remembered.
func (a *asset) idle() bool {
	return len(a.modes) == 0 && !slices.ContainsFunc(a.watches, func(w *watch) bool { return w.only != nil || len(w.bySub) > 0 })
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
	c := newCondition(w, sub)
	w.put(sub, c)
	return c
}

func (w *watch) put(sub string, c *condition) {
	switch {
	case sub == "":
		w.only = c
	case w.bySub == nil:
		w.bySub, w.census = map[string]*condition{sub: c}, &census{}
	default:
		w.bySub[sub] = c
	}
}

// remove forgets a condition of which there is no state.
func (w *watch) remove(c *condition) {
	if w.only == c {
		w.only = nil
		return
	}
	delete(w.bySub, c.sub())
}

// all calls fn with every condition, in no order.
func (w *watch) all(fn func(*condition)) {
	if w.only != nil {
		fn(w.only)
	}
	for _, c := range w.bySub {
		fn(c)
	}
}
