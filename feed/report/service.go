package report

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// periods is how many a trend shows.
const periods = 12

// Repository is where reports are counted from and kept.
type Repository interface {
	Reader
	feed.Repository
}

// Service makes reports.
type Service struct {
	repo Repository
	zone Zones
	now  func() time.Time
}

// NewService returns a service that cuts periods by the clocks of each place.
func NewService(repo Repository, zone Zones, now func() time.Time) *Service {
	return &Service{repo: repo, zone: zone, now: now}
}

// Balance is the report of a place on a period: as it was sent, else as it is now.
// Whether the place may be read is the caller's to ask.
func (s *Service) Balance(ctx context.Context, place feed.Path, period string) (*feed.Balance, error) {
	p, err := feed.ParsePeriod(period, s.now(), s.zone(place))
	if err != nil {
		return nil, err
	}
	sent, err := s.repo.SentBalance(ctx, place, p.ID)
	if err != nil || sent != nil {
		return sent, err
	}
	return s.count(ctx, place, p)
}

// count makes the report of a period.
func (s *Service) count(ctx context.Context, place feed.Path, p feed.Period) (*feed.Balance, error) {
	zone := s.zone(place)
	tree, err := s.repo.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	if _, known := tree.Get(place); !known {
		return nil, feed.ErrNotFound
	}
	all := []feed.Period{p}
	for len(all) < periods {
		all = append(all, all[len(all)-1].Before(zone))
	}
	slices.Reverse(all)
	span := s.sofar(p)
	all[len(all)-1] = span
	facts, err := s.repo.Facts(ctx, place, feed.Everybody, all[0].From.Add(-late), p.To)
	if err != nil {
		return nil, err
	}
	b := &feed.Balance{
		Territory: place, Name: tree.Name(place), Period: p, Previous: p.Before(zone).ID, Zone: zone.String(), At: s.now().UTC(),
		Causes: causes(facts, span), Stops: stops(facts, span), Noise: noise(facts, span),
	}
	if next := p.After(zone); !next.From.After(s.now()) {
		b.Next = next.ID
	}
	if b.Cost, err = s.Cost(ctx, place); err != nil {
		return nil, err
	}
	trend(b, facts, all)
	return b, s.compare(ctx, b, facts)
}

// Figures are those of one period of a place, without anything to compare with.
func Figures(facts []feed.Fact, p feed.Period) feed.Figures { return figuresOf(facts, p) }

// Cost is what a loss costs at a place: what the nearest place at or above it
// says; nil when none says anything.
func (s *Service) Cost(ctx context.Context, place feed.Path) (*feed.Cost, error) {
	costs, err := s.repo.Costs(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range place.Lineage() {
		for _, c := range costs {
			if c.Territory == p {
				return &c, nil
			}
		}
	}
	return nil, nil
}

// Posts are the posts behind a figure of a report, the latest first. They are
// counted as they are now, which a report that was sent no longer is.
func (s *Service) Posts(ctx context.Context, place feed.Path, period, figure string) (*feed.Behind, error) {
	p, err := feed.ParsePeriod(period, s.now(), s.zone(place))
	if err != nil {
		return nil, err
	}
	facts, err := s.repo.Facts(ctx, place, feed.Everybody, p.From.Add(-late), p.To)
	if err != nil {
		return nil, err
	}
	cost, err := s.Cost(ctx, place)
	if err != nil {
		return nil, err
	}
	return behind(facts, s.sofar(p), figure, cost)
}

// sofar is the part of a period that has been: what lasts costs nothing yet
// after now.
func (s *Service) sofar(p feed.Period) feed.Period {
	p.To = earliest(p.To, s.now().UTC())
	return p
}
