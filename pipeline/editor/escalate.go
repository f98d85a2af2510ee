package editor

import (
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// maxSteps is how many steps of an escalation are looked at.
const maxSteps = 64

// reviewAfter is how long after somebody resolved a post its conditions may go
// on: what was done needs a while to show.
const reviewAfter = 10 * time.Minute

// restart counts the delays of the escalation from here.
func (t *thread) restart(awake time.Time) {
	t.Opened, t.Taken, t.Resolved, t.Review, t.Asked, t.Later = awake, time.Time{}, false, time.Time{}, 0, time.Time{}
}

// worse is alert for what grew graver. When people are called to what they
// thought to be solved, it is to be taken again.
func (e *Editor) worse(t *thread) bool {
	called := e.alert(t)
	if called && t.Resolved {
		t.restart(e.awake)
	}
	return called
}

// act takes in what a person did to a post.
func (e *Editor) act(a *pipeline.Act) {
	t := e.threads[a.Thread]
	if t == nil || t.Phase != open {
		return
	}
	switch a.Kind {
	case pipeline.ActTake:
		if t.Taken.IsZero() {
			t.Taken, t.Later = e.awake, time.Time{}
		}
	case pipeline.ActResolve:
		if !t.Resolved {
			t.Resolved, t.Review = true, e.awake.Add(reviewAfter)
		}
	case pipeline.ActReopen:
		t.restart(e.awake)
	case pipeline.ActShelve, pipeline.ActDisable:
		if t.Doubt = true; t.Stirred.IsZero() {
			t.Stirred = e.awake
		}
	}
	e.keep(t)
}

// review opens a post again that somebody resolved a while ago, once, when it
// turns out that it still holds. What is silent is looked at again later.
func (e *Editor) review(t *thread) {
	if t.Review.IsZero() || e.awake.Before(t.Review) {
		return
	}
	switch {
	case !slices.ContainsFunc(t.members, (*condition).active):
		t.Review = time.Time{}
	case e.quiet(t):
		t.Review = e.awake.Add(reviewAfter)
	default:
		e.again(t)
	}
}

// doubt says that a post is heard which somebody silenced, when the act
// did not reach all that it stands for: who silences a post names the
// conditions that it lists, and others may have joined since, or be too many.
func (e *Editor) doubt(t *thread) {
	if t.Doubt && !every(t.told(), func(c *condition) bool { return c.Shows.Shelved }) {
		e.edit(rule.Unshelve, t, t.head(), false)
	}
	t.Doubt = false
}

// nextStep is the step of the escalation that is due first, and its awake time;
// the zero time when there is none.
func (t *thread) nextStep() (step int, due time.Time) {
	if t.Phase != open || t.Resolved || t.rule.Shadow != nil {
		return 0, time.Time{}
	}
	for i, s := range t.steps() {
		from := t.Opened
		if s.When == rule.NotSolved {
			from = t.Taken
		}
		if t.Asked&(1<<i) != 0 || (s.When == rule.NotSolved) == t.Taken.IsZero() {
			continue
		}
		at := from.Add(s.After.Duration)
		if at.Before(t.Later) {
			at = t.Later
		}
		if due.IsZero() || at.Before(due) {
			step, due = i, at
		}
	}
	return step, due
}

func (t *thread) steps() []rule.Step {
	return t.rule.Escalate[:min(len(t.rule.Escalate), maxSteps)]
}

// escalate asks the role of step i, or the next one whose role is on shift. The
// last is asked whoever works: better to wake somebody than nobody.
func (e *Editor) escalate(t *thread, i int) {
	steps := t.steps()
	if e.quiet(t) || steps[i].When == rule.NotSolved && t.look().Latched {
		t.Later = e.awake.Add(settle)
		return
	}
	t.Asked |= 1 << i
	for next := i + 1; next < len(steps) && !e.onShift(t.Place, steps[i].To); next++ {
		if steps[next].When == steps[i].When && t.Asked&(1<<next) == 0 {
			i = next
			t.Asked |= 1 << i
		}
	}
	t.Later, t.Bumped = time.Time{}, e.awake
	x := e.edit(Escalate, t, t.head(), true)
	x.To, x.Level, x.Question = steps[i].To, i+1, steps[i].When
}

// onShift tells whether the role works at place now, as far as is known.
func (e *Editor) onShift(place pipeline.AssetPath, role string) bool {
	calendar := e.set.Calendar(place)
	if calendar == nil {
		return true
	}
	s, works := calendar.At(e.now)
	return works && s.Has(role)
}
