package rule

import (
	"github.com/fildefer/fildefer/pipeline"
)

// asset is one asset that was met, and the rules that watch it. An
// engine keeps those only that a rule watches: of other names there is no end.
type asset struct {
	path    pipeline.AssetPath
	agenda  *agenda
	kept    bool
	watches map[*Rule]*watch
	signals map[string][]hook // found once per signal that a rule names; "" stands for all others
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
	if a := e.assets[path]; a != nil {
		return a
	}
	return &asset{path: path, agenda: &e.agenda}
}

func (e *Engine) keep(a *asset) {
	a.kept = true
	e.assets[a.path] = a
}

func (a *asset) hooks(set *Set, signal string) []hook {
	if _, named := set.bySignal[signal]; !named {
		signal = ""
	}
	hooks, known := a.signals[signal]
	if !known {
		for _, l := range set.candidates(a.path, signal) {
			hooks = append(hooks, hook{a.watch(l.rule), l.slot})
		}
		if a.signals == nil {
			a.signals = map[string][]hook{}
		}
		a.signals[signal] = hooks
	}
	return hooks
}

func (a *asset) watch(r *Rule) *watch {
	w := a.watches[r]
	if w == nil {
		w = &watch{rule: r, asset: a}
		if a.watches == nil {
			a.watches = map[*Rule]*watch{}
		}
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
	c := newCondition(w.rule, w.asset.path, sub, w.asset.agenda)
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
