package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/pprof"
	"slices"
	"time"
)

type benchCmd struct {
	Only     []string `enum:"ingest,publish,live,sse,feed,search,told,report,rules,replay,start" default:"ingest,publish,live,sse,feed,search,told,report,rules,replay,start" help:"What to measure: ingest, publish, live, sse, feed, search, told, report, rules, replay, start."`
	Quick    bool     `help:"Measure for a shorter time: a first impression, no figures to quote."`
	Full     bool     `help:"Replay a whole month, and read and search among a million rows instead of a fifth of them: half an hour more."`
	Database string   `help:"Measure the feed, the search, notifications and reports on this PostgreSQL server too, in databases that are made and dropped." placeholder:"postgres://…"`
	Profile  string   `type:"path" help:"Write a CPU profile of the whole run." placeholder:"FILE"`
}

// run prints the table of what was asked for.
func (c *benchCmd) run(ctx context.Context, out console) error {
	figures, err := c.measure(ctx, out)
	return errors.Join(err, printFigures(out.out, figures))
}

// measure leaves nothing behind. A measurement that cannot be made does not
// keep the others from being made.
func (c *benchCmd) measure(ctx context.Context, out console) (figures []figure, err error) {
	dir, err := os.MkdirTemp("", "fildefer-bench-")
	if err != nil {
		return nil, fmt.Errorf("folder for the bench: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if c.Profile != "" {
		stop, err := profile(c.Profile)
		if err != nil {
			return nil, err
		}
		defer stop()
	}
	b := &bench{console: out, dir: dir, quick: c.Quick, full: c.Full, database: c.Database, log: newLog(out.err, slog.LevelWarn)}
	var faults []error
	for _, m := range b.measurements() {
		if !slices.Contains(c.Only, m.name) {
			continue
		}
		found, err := m.measure(ctx)
		figures = append(figures, found...)
		if ctx.Err() != nil {
			return figures, fmt.Errorf("interrupted during %s", m.name)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", m.name, err))
		}
	}
	return figures, errors.Join(faults...)
}

// profile records where the program's time goes until stop is called.
func profile(file string) (stop func(), err error) {
	f, err := os.Create(file)
	if err != nil {
		return nil, fmt.Errorf("profile: %w", err)
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(fmt.Errorf("profile: %w", err), f.Close())
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close()
	}, nil
}

// bench is one run of the bench. Whatever it starts has ended, and whatever it
// writes is in dir, when a measurement returns.
type bench struct {
	console
	dir      string
	quick    bool
	full     bool
	database string
	log      *slog.Logger
}

type measurement struct {
	name    string
	measure func(context.Context) ([]figure, error)
}

func (b *bench) measurements() []measurement {
	return []measurement{
		{"ingest", b.ingest},
		{"publish", b.publish},
		{"live", b.live},
		{"sse", b.sse},
		{"feed", b.feed},
		{"search", b.search},
		{"told", b.told},
		{"report", b.report},
		{"rules", b.rules},
		{"replay", b.replay},
		{"start", b.start},
	}
}

// say shows progress.
func (b *bench) say(format string, args ...any) {
	_, _ = fmt.Fprintf(b.err, format+"\n", args...)
}

// size is n, or less in a quick run.
func (b *bench) size(n, quick int) int {
	if b.quick {
		return quick
	}
	return n
}

// contender is one way to do the same work, and how fast it did it.
type contender struct {
	name    string
	measure func(context.Context) (float64, error)
}

// interleave measures the contenders in turn, several times, and returns the
// median of each: what disturbs the machine disturbs them all.
func (b *bench) interleave(ctx context.Context, rounds int, unit string, contenders ...contender) ([]float64, error) {
	found := make([][]float64, len(contenders))
	for range rounds {
		for i, c := range contenders {
			v, err := c.measure(ctx)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", c.name, err)
			}
			b.say("  %-24s %s", c.name, amount(v, unit))
			found[i] = append(found[i], v)
		}
	}
	medians := make([]float64, len(contenders))
	for i := range found {
		medians[i] = quantile(found[i], 0.5)
	}
	return medians, nil
}

// quantile sorts values and returns the one below which the share q lies.
func quantile(values []float64, q float64) float64 {
	slices.Sort(values)
	return values[int(q*float64(len(values)-1)+0.5)]
}

// firstOf is the fault to tell of: what follows it when parts are stopped is
// its consequence.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// patience is how long anything may take before the bench gives it up.
const patience = 2 * time.Minute

// await asks until reached says yes.
func await(ctx context.Context, what string, reached func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	ticker := time.NewTicker(time.Millisecond)
	defer ticker.Stop()
	for !reached() {
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for %s: %w", what, ctx.Err())
		case <-ticker.C:
		}
	}
	return nil
}
