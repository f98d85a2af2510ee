package replay

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/editor"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// Options says what of a source is run and what of it is told. The zero value
// runs everything.
type Options struct {
	From, To time.Time // of the stream; zero: its beginning, its end
	Engines  int       // that run side by side; 0: as many as there are processors. Each keeps as many conditions as a live one
	Labels   []Label   // what should be found
	Pictures int       // of how many assets a picture is wanted
	Progress func(Progress)
	Hear     func([]rule.Effect) // called with what the rules said, in order, for whoever compares
	See      func([]editor.Edit) // called with what became of it, likewise
}

// Progress is how far a run is.
type Progress struct {
	Events int64
	At     time.Time // stream time
	Share  float64   // of the source, 0 to 1; 0 when the source cannot tell
}

// blocksAhead is how many blocks wait between the source, the engines and the
// editor.
const blocksAhead = 8

// run is one replay under way.
type run struct {
	set     *rule.Set
	options Options
	workers []*worker
	editor  *editor.Editor
	tally   *tally

	now, awake time.Time
	saved      time.Time
	events     int64
}

// Run runs the rules of set over source, without a past, and tells what people
// would have seen. It writes nothing. It returns ctx's error when ctx ends.
func Run(ctx context.Context, set *rule.Set, source Source, options Options) (*Report, error) {
	if options.Engines <= 0 {
		options.Engines = runtime.GOMAXPROCS(0)
	}
	r := &run{set: set, options: options, editor: editor.New(set), tally: newTally(set)}
	for part := range options.Engines {
		w := &worker{part: part, parts: options.Engines, engine: rule.NewEngine(set), blocks: make(chan *block, blocksAhead)}
		if options.Pictures > 0 {
			w.traces = newTraces(set)
		}
		r.workers = append(r.workers, w)
	}
	if err := r.play(ctx, source); err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	return r.report(source), nil
}

// play lets the source, the engines and the editor work side by side, and
// returns when all have ended. Only the source looks at ctx: when it ends, what
// follows runs dry.
func (r *run) play(ctx context.Context, source Source) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	blocks := make(chan *block, blocksAhead)
	var hands sync.WaitGroup
	for _, w := range r.workers {
		hands.Go(func() { w.run(cancel) })
	}
	hands.Go(func() {
		for b := range blocks {
			b.stepped.Wait()
			if ctx.Err() != nil {
				continue
			}
			if err := guard(func() { r.edit(b) }); err != nil {
				cancel(fmt.Errorf("edit posts: %w", err))
			}
		}
	})
	err := r.read(ctx, source, blocks)
	for _, w := range r.workers {
		close(w.blocks)
	}
	close(blocks)
	hands.Wait()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// read cuts the source into blocks.
func (r *run) read(ctx context.Context, source Source, blocks chan<- *block) error {
	clock := newClock(r.options.From, r.options.To, func(messages []pipeline.Message) error {
		b := &block{messages: messages, found: make([]findings, len(r.workers))}
		if m, ok := source.(measured); ok {
			b.share = m.Share()
		}
		return r.hand(ctx, b, blocks)
	})
	if err := source.Read(ctx, clock.take); err != nil {
		return err
	}
	return clock.end()
}

// hand gives a block to every engine, and then to the editor. Of one that not
// every engine was given, nobody waits for the end.
func (r *run) hand(ctx context.Context, b *block, blocks chan<- *block) error {
	b.stepped.Add(len(r.workers))
	for _, w := range r.workers {
		select {
		case w.blocks <- b:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	select {
	case blocks <- b:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// edit lets the editor see the block, message by message.
func (r *run) edit(b *block) {
	effects, beats := b.merge(), b.found[0].beats
	for i := range b.messages {
		m := &b.messages[i]
		if len(beats) > 0 && beats[0].index == i {
			r.now, r.awake = beats[0].now, beats[0].awake
			r.tally.span(r.now)
			beats = beats[1:]
		}
		if m.Event.Kind != pipeline.Tick {
			r.events++
		}
		found := effects[i]
		r.tally.hear(found)
		if r.options.Hear != nil && len(found) > 0 {
			r.options.Hear(found)
		}
		edits := r.editor.Step(m.Seq, r.now, r.awake, &m.Event, found)
		if r.options.See != nil && len(edits) > 0 {
			r.options.See(edits)
		}
		for n := range edits {
			r.tally.note(&edits[n])
		}
	}
	if r.now.Sub(r.saved) >= saveEvery {
		r.saved = r.now
		r.editor.Dirty()
	}
	if r.options.Progress != nil {
		r.options.Progress(Progress{Events: r.events, At: r.now, Share: b.share})
	}
}

func (r *run) report(source Source) *Report {
	report := r.tally.report()
	report.Events = r.events
	if report.From.IsZero() { // there was nothing
		report.From, report.To = r.options.From, r.options.To
	}
	for _, w := range r.workers {
		report.remark(w.engine.Remarks())
	}
	slices.Sort(report.Remarks)
	report.Remarks = slices.Compact(report.Remarks)
	report.judge(r.options.Labels)
	if r.options.Pictures > 0 {
		all := r.workers[0].traces
		for _, w := range r.workers[1:] {
			all.join(w.traces)
		}
		report.Pictures = all.pictures(report.Openings, r.options.Pictures)
	}
	if f, ok := source.(faulty); ok {
		report.Faults = f.Faults()
	}
	return report
}

func effectID(seq uint64, n int) string {
	return strconv.FormatUint(seq, 10) + "." + strconv.Itoa(n)
}
