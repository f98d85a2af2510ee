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
	Since time.Time `json:"since"` // awake time: when it was first heard
	Left  []leaving `json:"left,omitempty"`
	Seen  mark      `json:"seen"`
}

// leaving is when the signal last had another value: a rule that looks at
// several values does not mind when one of them turns into another.
type leaving struct {
	Value string    `json:"value"`
	At    time.Time `json:"at"` // awake time
}

// mostLeft is how many other values a mode remembers; the longest gone make room.
const mostLeft = 16

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
		if d.Since.IsZero() {
			d.Since = m.awake
		} else {
			d.leave(m.awake)
		}
		d.Value = now
		d.Seen = mark{ID: ev.ID, At: m.at, Value: reading{ev.Value}}
		d.touch()
		return true
	}
	if d.Seen.pass(m.at) {
		d.touch()
	}
	return false
}

// leave notes until when the mode had its value, in the order of time.
func (d *mode) leave(at time.Time) {
	d.Left = slices.DeleteFunc(d.Left, func(l leaving) bool { return l.Value == d.Value })
	if len(d.Left) >= mostLeft {
		d.Left = slices.Delete(d.Left, 0, 1)
	}
	d.Left = append(d.Left, leaving{d.Value, at})
}

// within is since when the mode has had one of some values without a break.
func (d *mode) within(values []string) (since time.Time, ok bool) {
	has := func(value string) bool {
		return slices.ContainsFunc(values, func(s string) bool { return strings.EqualFold(s, value) })
	}
	if !has(d.Value) {
		return time.Time{}, false
	}
	for _, l := range slices.Backward(d.Left) {
		if !has(l.Value) {
			return l.At, true
		}
	}
	return d.Since, true
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
		return l.slot == modeSlot && s.Speaks(l.rule, path)
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
	if d == nil {
		return time.Time{}, false
	}
	since, has := d.within(only.Equals)
	if !has {
		return time.Time{}, false
	}
	return since.Add(only.Settle.Duration), true
}
