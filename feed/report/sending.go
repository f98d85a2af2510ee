package report

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

const (
	// hourSent is the hour of the day, by the clocks of the place, at which a
	// period that is over is sent: before the first shift has read its feed.
	hourSent = 6 * time.Hour
	// looks is how often it is looked whether one is due.
	looks = time.Minute
)

// Run sends the reports that people asked for, each once its period is over, until
// ctx ends. What was missed while nothing ran is sent at the start.
func (s *Service) Run(ctx context.Context, log *slog.Logger) error {
	every := time.NewTicker(looks)
	defer every.Stop()
	for {
		if err := s.Send(ctx); err != nil && ctx.Err() == nil {
			log.LogAttrs(ctx, slog.LevelError, "reports were not sent", slog.Any("error", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-every.C:
		}
	}
}

// Send sends what is due now. A report that was sent is kept, so that it never
// changes, and those who asked for it are told once.
func (s *Service) Send(ctx context.Context) error {
	all, err := s.repo.Subscriptions(ctx)
	if err != nil {
		return err
	}
	var faults []error
	for len(all) > 0 {
		first := all[0]
		n := slices.IndexFunc(all, func(o feed.Subscription) bool { return o.Territory != first.Territory || o.Unit != first.Unit })
		if n < 0 {
			n = len(all)
		}
		p := feed.LastPeriod(first.Unit, s.now().Add(-hourSent), s.zone(first.Territory))
		faults = append(faults, s.send(ctx, all[:n], p))
		all = all[n:]
	}
	return errors.Join(faults...)
}

// send sends the report of one place to all who asked for it. One that was sent
// already stays as it is, and nobody is told of it again.
func (s *Service) send(ctx context.Context, to []feed.Subscription, p feed.Period) error {
	place := to[0].Territory
	sent, err := s.repo.SentBalance(ctx, place, p.ID)
	if err != nil || sent != nil {
		return err
	}
	b, err := s.count(ctx, place, p)
	if feed.ProblemOf(err) == feed.NotFound {
		return nil // the place is no more
	}
	if err != nil {
		return err
	}
	b.Kept = true
	return s.repo.InTx(ctx, func(tx feed.Tx) error {
		fresh, err := tx.KeepBalance(ctx, b)
		if err != nil || !fresh {
			return err
		}
		for _, sub := range to {
			if err := tx.Tell(ctx, told(sub, b, s.now().UTC())); err != nil {
				return err
			}
		}
		return nil
	})
}

// told is the notification of a report: one per member, place and period.
func told(sub feed.Subscription, b *feed.Balance, at time.Time) feed.Notification {
	key := "report/" + string(sub.Territory) + "/" + b.Period.ID
	sum := sha256.Sum256([]byte(string(sub.Member) + " " + key))
	return feed.Notification{
		ID: hex.EncodeToString(sum[:16]), Member: sub.Member, Key: key, Why: feed.Reported,
		Page: Page(sub.Territory, b.Period.ID), At: at,
		Text:   feed.Text{FR: "Bilan {period} de {place} : {alerts} alertes", EN: "Report {period} of {place}: {alerts} alerts"},
		Values: feed.Values{"period": b.Period.ID, "place": b.Name, "alerts": float64(b.Now.Alerts)},
	}
}
