package report

import (
	"context"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Reader is what reports are counted from.
type Reader interface {
	Tree(ctx context.Context) (*feed.Tree, error)
	Territories(ctx context.Context, scope feed.Scope) ([]feed.Territory, error)
	// Facts lists what opened at or below a place from one instant until before
	// another, and the ideas and stock-outs that lasted into that time.
	Facts(ctx context.Context, place feed.Path, audience feed.Audience, from, to time.Time) ([]feed.Fact, error)
	// Ghosting is when a place was a ghost, zero when never.
	Ghosting(ctx context.Context, place feed.Path, now time.Time) (feed.Ghosting, error)
	Costs(ctx context.Context) ([]feed.Cost, error)
	SentBalance(ctx context.Context, place feed.Path, period string) (*feed.Balance, error)
	Deeds(ctx context.Context, from, to time.Time) ([]feed.Deeds, error)
	Engagements(ctx context.Context, month string) (map[feed.Path]feed.Engagement, error)
	Subscriptions(ctx context.Context) ([]feed.Subscription, error)
}

// Zones tells the time zone of a place.
type Zones func(place feed.Path) *time.Location
