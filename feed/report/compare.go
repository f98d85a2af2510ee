package report

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// trend counts each of the periods; the last two are the report's own and the one
// before.
func trend(b *feed.Balance, facts []feed.Fact, all []feed.Period) {
	for i, p := range all {
		from, _ := slices.BinarySearchFunc(facts, p.From.Add(-late), func(f feed.Fact, at time.Time) int { return f.OpenedAt.Compare(at) })
		f := figuresOf(lasting(facts, from), p)
		f.Money = b.Cost.Of(f)
		b.Trend = append(b.Trend, feed.Beat{Period: p.ID, Alerts: f.Alerts, Take: f.Take.P50, Stopped: f.Stopped, ShelfEmpty: f.ShelfEmpty})
		switch i {
		case len(all) - 1:
			b.Now = f
		case len(all) - 2:
			if f.Posts > 0 {
				b.Before = &f
			}
		}
	}
}

// lasting are the facts from an index on, with those before it that may last.
func lasting(facts []feed.Fact, from int) []feed.Fact {
	var out []feed.Fact
	for _, f := range facts[:from] {
		if f.Kind == feed.StockOut || f.Kind == feed.Idea {
			out = append(out, f)
		}
	}
	return append(out, facts[from:]...)
}

// compare sets the report beside the ghost's time, the places below, and what may
// be told of people.
func (s *Service) compare(ctx context.Context, b *feed.Balance, facts []feed.Fact) (err error) {
	if b.Baseline, err = s.baseline(ctx, b); err != nil {
		return err
	}
	if b.Places, err = s.places(ctx, b, facts); err != nil {
		return err
	}
	month, all, err := s.engage(ctx, earliest(b.Period.To, s.now()))
	if err != nil {
		return fmt.Errorf("engagement: %w", err)
	}
	if b.Life = all[b.Territory]; b.Life.Month == "" {
		b.Life.Month = month
	}
	return nil
}

// baseline counts the ghosts of a place as if they were posts, brought to the
// length of the period.
func (s *Service) baseline(ctx context.Context, b *feed.Balance) (*feed.Baseline, error) {
	g, err := s.repo.Ghosting(ctx, b.Territory, s.now().UTC())
	if err != nil || g.Lasted < soon {
		return nil, err // of less than a day nothing can be said
	}
	from, to := g.From, g.To
	span := feed.Period{From: from, To: to}
	facts, err := s.repo.Facts(ctx, b.Territory, feed.Ghost, from, to)
	if err != nil {
		return nil, err
	}
	period := s.sofar(b.Period)
	scale := float64(period.To.Sub(period.From)) / float64(g.Lasted)
	f := figuresOf(facts, span)
	scaled(&f, scale)
	f.Money = b.Cost.Of(f)
	return &feed.Baseline{From: from, To: to, Scale: scale, Figures: f}, nil
}

// scaled brings counts and sums to another length of time; delays and shares stay.
func scaled(f *feed.Figures, by float64) {
	for _, n := range []*int{&f.Posts, &f.Alerts, &f.Decided} {
		*n = int(float64(*n)*by + 0.5)
	}
	for _, counts := range []map[string]int{f.ByKind, f.ByTopic, f.BySeverity} {
		for k, n := range counts {
			counts[k] = int(float64(n)*by + 0.5)
		}
	}
	for _, sum := range []*float64{&f.Stopped, &f.Lost, &f.ShelfEmpty} {
		*sum *= by
	}
}

// places are the main figures of each place right below.
func (s *Service) places(ctx context.Context, b *feed.Balance, facts []feed.Fact) ([]feed.Placed, error) {
	nodes, err := s.repo.Territories(ctx, feed.Scope{Roots: []feed.Path{b.Territory}})
	if err != nil {
		return nil, fmt.Errorf("places below %s: %w", b.Territory, err)
	}
	out := []feed.Placed{}
	for _, n := range nodes {
		if n.Kind == feed.Machine || n.Path.Parent() != b.Territory {
			continue
		}
		var own []feed.Fact
		for _, f := range facts {
			if f.Territory.Within(n.Path) {
				own = append(own, f)
			}
		}
		f := figuresOf(own, s.sofar(b.Period))
		out = append(out, feed.Placed{
			Territory: n.Path, Name: n.Name, Alerts: f.Alerts, Take: f.Take.P50, Solve: f.Solve.P50, Stopped: f.Stopped, ShelfEmpty: f.ShelfEmpty,
		})
	}
	return out, nil
}
