package rule

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/pipeline"
)

// modeSlot is the place of the signal that a rule is only_when of, beside those
// that it listens to.
const modeSlot = -1

// modePrefix starts the key of a mode's state; no rule has it as its id.
const modePrefix = "@mode"

// mode is what a signal of an asset says, and since when: suppression by
// design looks at it (ISA-18.2). All rules on the asset share it. Of a signal
// that was never heard nothing is known, and rules that depend on it do not
// look.
type mode struct {
	asset  *asset
	signal string
	dirty  bool

	Value string    `json:"value"`
	Since time.Time `json:"since"` // awake time
	Seen  mark      `json:"seen"`
}

func modeKey(path pipeline.AssetPath, signal string) string {
	return modePrefix + "\t" + string(path) + "\t" + signal
}

func (a *asset) mode(signal string) *mode {
	for _, m := range a.modes {
		if m.signal == signal {
			return m
		}
	}
	return nil
}

// hear takes in what the signal says, and tells whether that is news.
func (d *mode) hear(ev *pipeline.Event, m moment) bool {
	if !ev.Usable() || d.Seen.covers(ev, m.at) {
		return false
	}
	if now := strings.ToLower(ev.Value.String()); now != d.Value || d.Since.IsZero() {
		d.Value, d.Since = now, m.awake
		d.Seen = mark{ID: ev.ID, At: m.at, Value: reading{ev.Value}}
		d.touch()
		return true
	}
	if d.Seen.pass(m.at) {
		d.touch()
	}
	return false
}

func (d *mode) touch() {
	if !d.dirty {
		d.dirty = true
		d.asset.agenda.modes = append(d.asset.agenda.modes, d)
	}
}

// turn takes in an event of a mode's signal: rules that do not look at this
// mode blink, and those that look again set their timers.
func (e *Engine) turn(a *asset, list []hook, ev *pipeline.Event, m moment) {
	d := a.mode(ev.Signal)
	if d == nil {
		if !ev.Usable() {
			return
		}
		if !e.fits() {
			e.overflow(list[0].watch, "rule overflow: there is no room to remember the mode of the asset: it is not watched")
			return
		}
		d = &mode{asset: a, signal: ev.Signal}
		a.modes = append(a.modes, d)
		e.keep(a)
	}
	if !d.hear(ev, m) {
		return
	}
	for _, h := range list {
		if h.slot == modeSlot {
			h.watch.all(func(c *condition) { c.blink(m) })
		}
	}
}

// restoreMode takes in a mode of which a rule still depends.
func (e *Engine) restoreMode(key string, path pipeline.AssetPath, signal string, blob []byte) error {
	if !e.set.dependsOn(path, signal) {
		e.agenda.dropped = append(e.agenda.dropped, State{Key: key, asset: path})
		return nil
	}
	a := e.asset(path)
	d := &mode{asset: a, signal: signal}
	if err := json.Unmarshal(blob, d); err != nil {
		return err
	}
	a.modes = append(a.modes, d)
	e.keep(a)
	return nil
}

// dependsOn tells whether a rule looks at the asset only when a signal says so.
func (s *Set) dependsOn(path pipeline.AssetPath, signal string) bool {
	return slices.ContainsFunc(s.bySignal[signal], func(l listener) bool {
		return l.slot == modeSlot && l.rule.glob.matches(path)
	})
}

// looks tells whether the rule looks at its asset.
func (w *watch) looks(awake time.Time) bool {
	if w.rule.OnlyWhen == nil {
		return true
	}
	from, looks := w.looksFrom()
	return looks && !awake.Before(from)
}

// looksFrom is since when the rule looks, or will look when the mode stays as
// it is; zero for a rule that always does.
func (w *watch) looksFrom() (from time.Time, looks bool) {
	only := w.rule.OnlyWhen
	if only == nil {
		return time.Time{}, true
	}
	d := w.asset.mode(only.Signal)
	if d == nil || !among(only.Equals, d.Value) {
		return time.Time{}, false
	}
	return d.Since.Add(only.Settle.Duration), true
}
