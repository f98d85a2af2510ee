package editor

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// Editor makes edits of posts from effects of rules. It meets those of all
// shards, since the machines of one line may lie in several. It is not safe for
// concurrent use.
type Editor struct {
	set        *rule.Set
	conditions map[string]*condition
	threads    map[string]*thread
	places     map[pipeline.AssetPath]*place
	rosters    map[string]*roster
	ground     ground
	agenda     agenda
	dirty      map[string]entry
	running    bool // everything is restored, and timers are set

	seq     uint64
	now     time.Time // stream time of the step: what people read
	awake   time.Time // delays run on it
	relief  time.Time // stream time at which a shift calendar is looked at again
	edits   []Edit
	raised  []*condition // that ask for a post at the end of the step
	touched []*thread    // that are brought up to date then
}

// New returns an editor without a past.
func New(set *rule.Set) *Editor {
	return &Editor{
		set: set, conditions: map[string]*condition{}, threads: map[string]*thread{},
		places: map[pipeline.AssetPath]*place{}, rosters: map[string]*roster{},
		ground: newGround(set), dirty: map[string]entry{},
	}
}

// Step takes in one event, or tick, of the stream and what the rules made of
// it, and returns the edits that follow. now and awake are the engine's times;
// what several engines made of the same tick is given in one step. The order of
// the effects of different conditions does not matter. The edits are valid
// until the next Step.
func (e *Editor) Step(seq uint64, now, awake time.Time, ev *pipeline.Event, effects []rule.Effect) []Edit {
	acted := ev != nil && ev.Source == pipeline.People
	if e.running && len(effects) == 0 && !acted && awake.Equal(e.awake) && now.Before(e.relief) {
		return nil
	}
	e.begin(seq, now, awake, effects)
	if acted {
		if act, ok := pipeline.ActOf(ev); ok {
			e.act(&act)
		}
	}
	for _, x := range byKey(effects) {
		e.take(x)
	}
	for x := e.agenda.next(e.awake); x != nil; x = e.agenda.next(e.awake) {
		x.wake(e)
		e.keep(x)
	}
	e.admitAll()
	e.settleAll()
	if !e.now.Before(e.relief) {
		e.relieve()
	}
	return e.edits
}

func (e *Editor) begin(seq uint64, now, awake time.Time, effects []rule.Effect) {
	e.seq, e.now, e.awake = seq, now, awake
	for i := range effects { // an event may be met up to a second after the last tick
		if effects[i].At.After(e.now) {
			e.now = effects[i].At
		}
	}
	clear(e.edits)
	e.edits, e.raised, e.touched = e.edits[:0], e.raised[:0], e.touched[:0]
	if !e.running {
		e.running = true
		e.arm()
	}
}

// arm sets the timers of all that was restored, or that lives by other rules
// from now on: with those, what suppressed a condition may be no reason any
// more.
func (e *Editor) arm() {
	for _, c := range e.sortedConditions(func(c *condition) bool { return c.Parent != "" && c.Settle.IsZero() }) {
		if e.suppressor(c) == nil {
			c.Settle = e.awake.Add(settle)
			e.keep(c)
		}
	}
	for _, c := range e.conditions {
		e.agenda.set(c, c.due())
	}
	for _, t := range e.threads {
		t.sort()
		e.agenda.set(t, t.due())
	}
	for _, p := range e.places {
		e.agenda.set(p, p.due())
	}
}

// byKey orders effects by their conditions; those of one keep their order.
func byKey(effects []rule.Effect) []*rule.Effect {
	if len(effects) == 0 {
		return nil
	}
	list := make([]*rule.Effect, len(effects))
	for i := range effects {
		list[i] = &effects[i]
	}
	slices.SortStableFunc(list, func(a, b *rule.Effect) int { return cmp.Compare(a.Key, b.Key) })
	return list
}

// keep notes that the row of x changed, and sets its timer.
func (e *Editor) keep(x entry) {
	e.dirty[x.row()] = x
	e.agenda.set(x, x.due())
}

// Dirty returns the states that changed since the last call, by key. Their keys
// begin with "~", and they belong to shard 0.
func (e *Editor) Dirty() []rule.State {
	var states []rule.State
	for _, key := range slices.Sorted(maps.Keys(e.dirty)) {
		states = append(states, rule.State{Key: key, Blob: e.dirty[key].blob()})
	}
	clear(e.dirty)
	return states
}

// Adopt goes on with other rules. Posts that are open stay as they are until
// the engine says that their conditions ended.
func (e *Editor) Adopt(set *rule.Set) {
	e.set, e.ground, e.relief, e.running = set, newGround(set), time.Time{}, false
	for _, c := range e.conditions {
		if c.active() {
			e.ground.add(c)
		}
	}
	for _, t := range e.threads {
		t.rule = e.rule(t.Rule)
	}
	for _, p := range e.places {
		p.noise = set.Noise(p.path)
	}
}

// rule returns the rule with that id, or one that asks for nothing when it is
// gone.
func (e *Editor) rule(id string) *rule.Rule {
	if r := e.set.Rule(id); r != nil {
		return r
	}
	return &rule.Rule{ID: id, Editorial: rule.Editorial{Group: rule.Group{By: rule.ByAsset}}}
}

// instant is when the stream will show what is awake time now, if nothing
// pauses it.
func (e *Editor) instant(awake time.Time) time.Time {
	if awake.IsZero() {
		return awake
	}
	return e.now.Add(awake.Sub(e.awake))
}

// edit adds one edit of t that shows from.
func (e *Editor) edit(kind rule.EffectKind, t *thread, from *rule.Effect, bump bool) *Edit {
	x := e.note(kind, from)
	x.Key, x.Episode, x.Bump = t.key, t.Episode, bump
	if t.Form != single {
		x.list(t)
		return x
	}
	x.Total = 1
	if t.members[0].active() {
		x.Holding = 1
	}
	return x
}

// note adds one edit that shows from.
func (e *Editor) note(kind rule.EffectKind, from *rule.Effect) *Edit {
	e.edits = append(e.edits, Edit{Effect: *from})
	x := &e.edits[len(e.edits)-1]
	x.ID = fmt.Sprintf("%d.%de", e.seq, len(e.edits)-1)
	x.Kind, x.At = kind, e.now
	return x
}
