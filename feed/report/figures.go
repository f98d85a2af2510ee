package report

import (
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Within which a condition that opens a post again counts as a repeat.
const (
	soon = 24 * time.Hour
	late = 7 * 24 * time.Hour
)

// tally gathers what figures are made of, while facts go by.
type tally struct {
	feed.Figures
	takes, solves, lasts, decides []float64
}

// figuresOf counts the facts of a period. They go back seven days further than
// the period, for repeats.
func figuresOf(facts []feed.Fact, p feed.Period) feed.Figures {
	t := tally{Figures: feed.Figures{ByKind: map[string]int{}, ByTopic: map[string]int{}, BySeverity: map[string]int{}}}
	last := map[thing]time.Time{}
	for _, f := range facts {
		t.shelf(f, p)
		if at := f.DecidedAt(); !at.IsZero() && p.Holds(at) {
			t.Decided++
			t.decides = append(t.decides, minutes(f.OpenedAt, at))
		}
		if p.Holds(f.OpenedAt) {
			t.count(f, last[thingOf(f)])
		}
		if f.Rule != "" {
			last[thingOf(f)] = f.OpenedAt
		}
	}
	t.Take, t.Solve, t.Last, t.Deciding = delay(t.takes), delay(t.solves), delay(t.lasts), delay(t.decides)
	return t.Figures
}

// thing is what a rule says the same of again.
type thing struct {
	rule  string
	asset feed.Path
	sku   string
}

func thingOf(f feed.Fact) thing { return thing{f.Rule, f.Asset, f.SKU} }

// count takes a post that opened in the period; before is when the same thing
// opened one the last time.
func (t *tally) count(f feed.Fact, before time.Time) {
	t.Posts++
	t.ByKind[string(f.Kind)]++
	t.ByTopic[string(f.Topic)]++
	t.BySeverity[string(f.Severity)]++
	if f.Run != nil {
		t.Lost += f.Run.Lost
		for _, h := range f.Run.Stops {
			t.Stopped += h.Minutes
		}
	}
	if !f.Asks() {
		return
	}
	t.Alerts++
	t.end(f)
	if f.Rule == "" {
		return
	}
	t.Again24.Whole++
	t.Again7.Whole++
	if !before.IsZero() && f.OpenedAt.Sub(before) <= soon {
		t.Again24.Part++
	}
	if !before.IsZero() && f.OpenedAt.Sub(before) <= late {
		t.Again7.Part++
	}
}

// end takes how soon somebody had an alert and how it ended.
func (t *tally) end(f feed.Fact) {
	if !f.TakenAt.IsZero() {
		t.takes = append(t.takes, minutes(f.OpenedAt, f.TakenAt))
	}
	if f.ClosedAt.IsZero() {
		return
	}
	t.Solved.Whole++
	t.lasts = append(t.lasts, minutes(f.OpenedAt, f.ClosedAt))
	if f.Cause != "" {
		t.Solved.Part++
		t.solves = append(t.solves, minutes(f.OpenedAt, f.ClosedAt))
	}
}

// shelf adds the part of a stock-out that lies in the period.
func (t *tally) shelf(f feed.Fact, p feed.Period) {
	if f.Kind == feed.StockOut {
		t.ShelfEmpty += minutes(latest(f.OpenedAt, p.From), earliest(f.ClosedAt, p.To))
	}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// earliest is the earlier of an end, zero for one that has not come, and a limit.
func earliest(end, limit time.Time) time.Time {
	if end.IsZero() || end.After(limit) {
		return limit
	}
	return end
}

func minutes(from, to time.Time) float64 { return max(to.Sub(from).Minutes(), 0) }

// delay is the nearest-rank percentile of times: one that really was.
func delay(all []float64) feed.Delay {
	if len(all) == 0 {
		return feed.Delay{}
	}
	slices.Sort(all)
	at := func(percent int) *float64 { return &all[(percent*len(all)+99)/100-1] }
	return feed.Delay{Count: len(all), P50: at(50), P90: at(90)}
}
