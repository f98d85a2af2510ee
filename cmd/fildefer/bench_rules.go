package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/pipeline"
	"github.com/fildefer/fildefer/pipeline/proof"
	"github.com/fildefer/fildefer/pipeline/rule"
)

// rules measures how calm the rules that ship are, on scenes whose faults are
// known, and how fast one core steps through events that three rules listen to.
func (b *bench) rules(ctx context.Context) ([]figure, error) {
	b.say("rules: a signal that toggles for 8 h, a hall that trips, a day of 50 machines")
	chatter, err := proof.PlayChatter(ctx, 8*time.Hour)
	if err != nil {
		return nil, err
	}
	flood, err := proof.PlayFlood(ctx, 500, true)
	if err != nil {
		return nil, err
	}
	wrong := 1.0
	if slices.Equal(flood.FirstOut, []pipeline.AssetPath{flood.Tripped}) {
		wrong = 0
	}
	figures := []figure{
		{name: "rules: posts of a signal that toggles for 8 h", unit: "posts", ours: float64(chatter.Posts), goal: goal{atMost: 1}},
		{name: "rules: times that it calls people again", unit: "bumps", ours: float64(chatter.Bumps), goal: goal{atMost: 8}},
		{name: "rules: until it is called unstable", unit: "s", ours: chatter.Unstable.Seconds(), goal: goal{atMost: 60}},
		{name: "rules: posts when 500 machines trip in 60 s", unit: "posts", ours: float64(flood.Posts), goal: goal{atMost: 3}},
		{name: "rules: wrong first-outs of that", unit: "posts", ours: wrong, goal: goal{none: true}},
	}
	day, err := b.day(ctx)
	if err != nil {
		return figures, err
	}
	speed, err := b.stepping(ctx)
	return append(append(figures, day...), speed...), err
}

func (b *bench) day(ctx context.Context) ([]figure, error) {
	day, err := proof.PlayDay(ctx, 1)
	if err != nil {
		return nil, err
	}
	for _, p := range slices.Concat(day.Missed, day.Twice) {
		b.say("  not told once: %s of %s at %s", p.Kind, p.Asset, p.From.Format(time.TimeOnly))
	}
	for _, o := range day.False {
		b.say("  false: %s of %s at %s", o.Rule, o.Asset, o.At.Format(time.TimeOnly))
	}
	return []figure{
		{name: fmt.Sprintf("rules: of %d faults of a day, not told exactly once", day.Planted), unit: "faults", ours: float64(day.Planted - day.Found), goal: goal{none: true}},
		{name: "rules: false posts of that day", unit: "posts", ours: float64(len(day.False)), goal: goal{atMost: 2}},
		{name: "rules: new posts in an hour and territory, at most", unit: "posts", ours: float64(day.Busiest), goal: goal{atMost: 6}},
		{name: "rules: time in flood", unit: "%", ours: 100 * day.Flooded, goal: goal{atMost: 1}},
	}, nil
}

// stepping is one engine on one core.
func (b *bench) stepping(ctx context.Context) ([]figure, error) {
	set, err := benchRules()
	if err != nil {
		return nil, err
	}
	length := time.Duration(b.size(8, 1)) * time.Hour
	b.say("rules: %.0f hours of %d signals through one engine", length.Hours(), replayAssets)
	rates, err := b.interleave(ctx, b.size(3, 1), "events/s", contender{"here", func(ctx context.Context) (float64, error) {
		return step(ctx, set, length)
	}})
	if err != nil {
		return nil, err
	}
	return []figure{{name: "rules: events through 3 rules each, one core", unit: "events/s", ours: rates[0], goal: goal{atLeast: 100_000}}}, nil
}

// step lets an engine meet the bench's recording, a tick a second. Only what the
// engine does is timed.
func step(ctx context.Context, set *rule.Set, length time.Duration) (float64, error) {
	engine, t := rule.NewEngine(set), newTape(length)
	var took time.Duration
	seq, told := uint64(0), 0
	for ; t.at.Before(t.end) && ctx.Err() == nil; t.at = t.at.Add(time.Minute) {
		events := t.events()
		start := time.Now()
		for i := range events {
			seq++
			told += len(engine.Step(seq, events[i].Received, &events[i]))
		}
		engine.Dirty()
		took += time.Since(start)
	}
	if told == 0 && ctx.Err() == nil {
		return 0, fmt.Errorf("%d events made no post", seq)
	}
	return length.Minutes() * replayAssets / took.Seconds(), ctx.Err()
}

// events are those of this minute, with the ticks among them.
func (t *tape) events() []pipeline.Event {
	list := make([]pipeline.Event, 0, replayAssets+60)
	next := t.at
	for n := range replayAssets {
		t.speak(n)
		for ; !next.After(t.line.At); next = next.Add(time.Second) {
			list = append(list, pipeline.Event{ID: "tick", Kind: pipeline.Tick, At: next, Received: next, Attr: map[string]string{"shard": "0"}})
		}
		list = append(list, t.line)
	}
	return list
}
