package editor

import (
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// bumpEvery is how often a post may call people, at most. What grows graver
// calls them at once.
const bumpEvery = 10 * time.Minute

// joinUntil is for how long after its opening others join a post in silence,
// when the rule does not say.
const joinUntil = 10 * time.Minute

// form says of what a thread is.
type form string

const (
	single   form = "single" // one condition: its key is the thread's
	group    form = "group"  // conditions of one topic at one place
	umbrella form = "flood"  // all that is too much at a place
)

// phase is where a thread is in its life.
type phase string

const (
	closed  phase = ""
	waiting phase = "waiting" // for others, or for a parent, until Opens
	queued  phase = "queued"  // for the budget of its territory
	open    phase = "open"
)

// thread is a post, what may become one, or one that ended not long ago. Posts
// of a thread follow each other; they differ in their episode.
type thread struct {
	key   string
	timer timer
	threadRecord

	rule    *rule.Rule
	members []*condition // in the order in which they happened
}

type threadRecord struct {
	Phase   phase              `json:"phase,omitempty"`
	Form    form               `json:"form,omitempty"`
	Rule    string             `json:"rule,omitempty"` // of the condition that began it
	Place   pipeline.AssetPath `json:"place,omitempty"`
	Episode int64              `json:"episode,omitempty"`

	Opens   time.Time `json:"opens,omitzero"`   // awake time: end of waiting
	Opened  time.Time `json:"opened,omitzero"`  // awake time: when people were last asked
	Latest  time.Time `json:"latest,omitzero"`  // awake time: last opening; others join a while after it
	Ended   time.Time `json:"ended,omitzero"`   // stream time of the last end
	Forget  time.Time `json:"forget,omitzero"`  // awake time at which a closed one is dropped
	Bumped  time.Time `json:"bumped,omitzero"`  // awake time
	Stirred time.Time `json:"stirred,omitzero"` // awake time of changes that an update will show

	Taken    time.Time `json:"taken,omitzero"` // awake time
	Resolved bool      `json:"resolved,omitempty"`
	Review   time.Time `json:"review,omitzero"` // awake time at which it is seen whether what is resolved still holds
	Asked    uint64    `json:"asked,omitempty"` // steps of escalation that are done, a bit each
	Later    time.Time `json:"later,omitzero"`  // awake time before which nobody else is asked

	Doubt bool `json:"doubt,omitempty"` // somebody silenced it, or a part of it
	Total int  `json:"total,omitempty"`
	Face  face `json:"face,omitzero"`
}

// thread returns that with the key, which may be new.
func (e *Editor) thread(key string) *thread {
	t := e.threads[key]
	if t == nil {
		t = &thread{key: key, rule: e.rule("")}
		e.threads[key] = t
	}
	return t
}

// threadOf is where c belongs by its rule, whatever becomes of it.
func (e *Editor) threadOf(c *condition) *thread {
	r, shown := e.rule(c.Shows.Rule), group
	key := "group\t"
	switch r.Group.By {
	case rule.ByLine:
		key += string(c.Shows.Asset.Parent())
	case rule.ByTerritory:
		key += string(territory(&c.Shows.Effect))
	default:
		key, shown = c.key, single
	}
	if shown == group {
		key += "\t" + r.Topic
		if r.Shadow != nil { // only its author sees it, so nothing else may be in it
			key += "\t" + r.ID
		}
	}
	t := e.thread(key)
	if t.Phase == closed {
		t.Form, t.Rule, t.rule, t.Place = shown, r.ID, r, territory(&c.Shows.Effect)
	}
	return t
}

// territory is where the post of x stands, for the contract on noise.
func territory(x *rule.Effect) pipeline.AssetPath {
	if x.Territory != "" {
		return x.Territory
	}
	return x.Asset.Parent()
}

func (t *thread) row() string { return rowThread + "\t" + t.key }

func (t *thread) alarm() *timer { return &t.timer }

func (t *thread) blob() []byte {
	if t.idle() {
		return nil
	}
	return encode(&t.threadRecord)
}

// idle tells whether t may be dropped: it is no post, and was none lately.
func (t *thread) idle() bool {
	return t.Phase == closed && t.Forget.IsZero() && len(t.members) == 0
}

func (t *thread) due() time.Time {
	switch t.Phase {
	case closed:
		return t.Forget
	case waiting:
		return t.Opens
	case open:
		update := t.Stirred
		if !update.IsZero() {
			update = update.Add(1) // the next tick
		}
		_, step := t.nextStep()
		return earliest(update, step, t.Review)
	default:
		return time.Time{}
	}
}

func (t *thread) wake(e *Editor) {
	switch t.Phase {
	case closed:
		t.Forget = time.Time{}
		e.dropIdle(t)
	case waiting:
		e.tryOpen(t)
	case open:
		if !t.Stirred.IsZero() && e.awake.After(t.Stirred) {
			t.Stirred = time.Time{}
			e.edit(rule.Update, t, t.head(), false)
			e.doubt(t)
		}
		if i, at := t.nextStep(); !at.IsZero() && !e.awake.Before(at) {
			e.escalate(t, i)
		}
		e.review(t)
	}
}

func (e *Editor) dropIdle(t *thread) {
	if t.idle() {
		delete(e.threads, t.key)
	}
	e.keep(t)
}

func (e *Editor) restoreThread(key string, blob []byte) error {
	t := e.thread(key)
	if err := decode(blob, &t.threadRecord); err != nil {
		return err
	}
	t.rule = e.rule(t.Rule)
	if t.Phase == queued {
		e.place(t.Place).queue[t.key] = t
	}
	return nil
}

// continues tells whether opening t now would continue its last episode.
func (e *Editor) continues(t *thread) bool {
	if t.Episode == 0 || t.Forget.IsZero() {
		return false
	}
	if t.Form == single {
		return t.Episode == t.members[0].Shows.Episode
	}
	return e.now.Sub(t.Ended) <= t.rule.ReopenWithin.Duration
}

// open makes a post of t, or opens its last one again. bump allows to call
// people.
func (e *Editor) open(t *thread, bump bool) {
	if t.Form == umbrella {
		t.Rule = t.head().Rule
		t.rule = e.rule(t.Rule)
	}
	delete(e.place(t.Place).queue, t.key)
	if !e.continues(t) {
		t.Total = 0
		t.Episode = max(t.Episode+1, e.now.UnixMilli())
		if t.Form == single {
			t.Episode = t.members[0].Shows.Episode
		}
	}
	t.Phase, t.Latest, t.Opens, t.Ended, t.Forget, t.Stirred = open, e.awake, time.Time{}, time.Time{}, time.Time{}, time.Time{}
	t.restart(e.awake)
	t.Total += len(t.members)
	if t.Form == single {
		t.Total = 1
	}
	t.Face = face{Severity: gravest(t.members)}
	e.edit(rule.Raise, t, t.head(), bump && e.bump(t))
	e.standIn(t)
	was := t.Face
	t.Face = t.look()
	e.news(t, was, t.Face) // what was told of conditions that are posted late
	e.keep(t)
}

// standIn lists what the post of t stands for, but for the condition that heads
// it. What a flood's stands for is listed already.
func (e *Editor) standIn(t *thread) {
	for i, c := range t.members {
		switch {
		case t.Form == umbrella:
		case i == 0:
			e.release(c)
		default:
			e.hold(c, Held{Reason: Grouped, By: t.key})
		}
		e.keep(c)
	}
}

// close ends the post. It is remembered as long as it may be opened again, or
// may not call people again.
func (e *Editor) close(t *thread) {
	for _, c := range slices.Clone(t.members) {
		t.remove(c)
		e.keep(c)
		e.forget(c)
	}
	t.Phase, t.Ended, t.Stirred, t.Doubt = closed, e.now, time.Time{}, false
	t.Forget = e.awake.Add(max(t.rule.ReopenWithin.Duration, bumpEvery) + time.Second)
	t.Taken, t.Resolved, t.Review, t.Asked, t.Later = time.Time{}, false, time.Time{}, 0, time.Time{}
	e.keep(t)
}

// bump tells whether a change of t may call people now, and notes that it does.
func (e *Editor) bump(t *thread) bool { return e.rested(t) && e.alert(t) }

// rested tells whether t last called people long enough ago.
func (e *Editor) rested(t *thread) bool {
	return t.Bumped.IsZero() || e.awake.Sub(t.Bumped) >= bumpEvery
}

// alert is bump for what is too grave to wait. Nobody is called for what
// somebody silenced, or for what another post stands for by now.
func (e *Editor) alert(t *thread) bool {
	if e.quiet(t) {
		return false
	}
	t.Bumped = e.awake
	return true
}

func (e *Editor) quiet(t *thread) bool {
	return !slices.ContainsFunc(t.members, func(c *condition) bool {
		return c.Told && !c.Shows.Shelved && (t.Form == umbrella || e.suppressor(c) == nil)
	})
}

// earliest is the first of the times that are set.
func earliest(times ...time.Time) time.Time {
	var first time.Time
	for _, t := range times {
		if !t.IsZero() && (first.IsZero() || t.Before(first)) {
			first = t
		}
	}
	return first
}
