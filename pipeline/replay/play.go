package replay

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// Outcome is how a trial went.
type Outcome struct {
	Trial    *Trial
	Wrong    []string // what was not as expected; empty: it passed
	Timeline []string // what happened, a line each
}

// Passed tells whether everything was as expected.
func (o *Outcome) Passed() bool { return len(o.Wrong) == 0 }

// Play runs the trial with the rules of set.
func (t *Trial) Play(set *rule.Set) (Outcome, error) {
	p := &stage{trial: t, engine: rule.NewEngine(set), editor: editor.New(set), timeline: newTimeline(), open: map[string]*post{}}
	end := t.start.Add(t.until)
	clock := newClock(time.Time{}, time.Time{}, p.take)
	clock.decided, clock.makes = true, true
	clock.ticked = t.start.Add(-tickEvery)
	play := func() error {
		if err := clock.take(t.messages); err != nil {
			return err
		}
		if err := clock.tickTo(end); err != nil {
			return err
		}
		return clock.flush()
	}
	var fault error
	if err := guard(func() { fault = play() }); err != nil || fault != nil {
		return Outcome{}, fmt.Errorf("%s:%d: test %q: %w", t.File, t.Line, t.Name, firstOf(err, fault))
	}
	return p.outcome(end), nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// stage is a trial that is played.
type stage struct {
	trial    *Trial
	engine   *rule.Engine
	editor   *editor.Editor
	timeline timeline
	open     map[string]*post // by thread
}

// post is one that is open.
type post struct {
	rule  string
	about map[pipeline.AssetPath]bool
}

func (s *stage) take(messages []pipeline.Message) error {
	for i := range messages {
		m := &messages[i]
		if a, ok := s.trial.acts[m.Event.ID]; ok {
			s.aim(&m.Event, a)
		}
		effects := s.engine.Step(m.Seq, m.Stored, &m.Event)
		now, awake := s.engine.Time()
		for _, e := range s.editor.Step(m.Seq, now, awake, &m.Event, effects) {
			s.timeline.note(&e)
			s.follow(&e)
		}
	}
	return nil
}

// aim finds the post that an act is about: the open one of its rule and asset,
// which may be a post of several conditions.
func (s *stage) aim(ev *pipeline.Event, a actText) {
	_, id, err := a.meant()
	if err != nil {
		return
	}
	for _, thread := range slices.Sorted(maps.Keys(s.open)) {
		if p := s.open[thread]; p.rule == id && p.about[a.Asset] {
			ev.Attr["thread"] = thread
			return
		}
	}
}

func (s *stage) follow(e *editor.Edit) {
	switch e.Kind {
	case rule.Clear, rule.Retire:
		delete(s.open, e.Key)
		return
	case editor.Hold, editor.Release, editor.Handover:
		return
	}
	p := s.open[e.Key]
	if p == nil {
		p = &post{rule: e.Rule, about: map[pipeline.AssetPath]bool{}}
		s.open[e.Key] = p
	}
	p.about[e.Asset] = true
	for _, m := range e.Members {
		p.about[m.Asset] = true
	}
}

func (s *stage) outcome(end time.Time) Outcome {
	t := s.trial
	o := Outcome{Trial: t, Timeline: s.timeline.lines(t.start)}
	if len(t.expect) == 0 {
		nothing := expectation{Threads: &count{}, line: t.Line}
		o.Wrong = nothing.check(&s.timeline, t.rule, t.start, end)
	}
	for _, e := range t.expect {
		o.Wrong = append(o.Wrong, e.check(&s.timeline, t.rule, t.start, end)...)
	}
	return o
}
