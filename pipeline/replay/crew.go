package replay

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// saveEvery is how often engines are asked for their changed states, in stream
// time. Nobody keeps them here; an engine remembers what it has not given out.
const saveEvery = time.Hour

// block is a part of the stream that every engine steps through.
type block struct {
	messages []pipeline.Message
	share    float64 // of the source that is read
	found    []findings
	stepped  sync.WaitGroup
}

// findings is what one engine made of a block.
type findings struct {
	effects []finding
	beats   []beat // of the first engine
}

// finding is the effects of one message.
type finding struct {
	index   int
	effects []rule.Effect
}

// beat is the time after one message, which is the same in every engine.
type beat struct {
	index      int
	now, awake time.Time
}

// worker is an engine for the assets of one part.
type worker struct {
	part, parts int
	engine      *rule.Engine
	traces      *traces // nil: nobody wants a picture
	begun       bool
	saved       time.Time
	blocks      chan *block
}

// run steps through blocks until there are no more. After a panic of a rule it
// only lets the blocks pass, and fail is told.
func (w *worker) run(fail func(error)) {
	for failed := false; ; {
		b, more := <-w.blocks
		if !more {
			return
		}
		if !failed {
			err := guard(func() { b.found[w.part] = w.walk(b.messages) })
			if failed = err != nil; failed {
				fail(fmt.Errorf("step the rules: %w", err))
			}
		}
		b.stepped.Done()
	}
}

// guard runs fn and returns what it panicked with: rules that are only tried
// must not end the program that runs others.
func guard(fn func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	fn()
	return nil
}

func (w *worker) walk(messages []pipeline.Message) (f findings) {
	for i := range messages {
		m := &messages[i]
		ev := &m.Event
		tick := ev.Kind == pipeline.Tick
		mine := tick || w.parts == 1 || ev.Asset.Shard(w.parts) == w.part
		if !mine && w.begun {
			continue
		}
		if !mine { // the time of the stream begins with its first event, whose ever it is
			ev = &pipeline.Event{ID: ev.ID, Kind: pipeline.Gap, Asset: ev.Asset, Received: ev.Received}
		}
		if effects := w.engine.Step(m.Seq, m.Stored, ev); len(effects) > 0 {
			f.effects = append(f.effects, finding{i, slices.Clone(effects)})
		}
		if w.part == 0 && (tick || !w.begun) {
			now, awake := w.engine.Time()
			f.beats = append(f.beats, beat{i, now, awake})
		}
		w.begun = true
		if tick && m.Event.Received.Sub(w.saved) >= saveEvery {
			w.saved = m.Event.Received
			w.engine.Dirty()
		}
		if mine && !tick && w.traces != nil {
			w.traces.take(ev)
		}
	}
	return f
}

// merge gives the effects of each message that has some, in the same order
// however many engines there are: those of a tick by key.
func (b *block) merge() map[int][]rule.Effect {
	all := map[int][]rule.Effect{}
	for i := range b.found {
		for _, f := range b.found[i].effects {
			all[f.index] = append(all[f.index], f.effects...)
		}
	}
	for index := range all {
		m := &b.messages[index]
		if m.Event.Kind == pipeline.Tick {
			slices.SortStableFunc(all[index], func(a, b rule.Effect) int { return strings.Compare(a.Key, b.Key) })
		}
		for i := range all[index] {
			all[index][i].ID = effectID(m.Seq, i)
		}
	}
	return all
}
