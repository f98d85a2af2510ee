package report

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// SetCost says what a loss costs at a place and below it, in m's name.
func (s *Service) SetCost(ctx context.Context, m feed.Member, c feed.Cost) error {
	return s.repo.InTx(ctx, func(tx feed.Tx) error {
		if err := feed.Require(m, feed.Operate, c.Territory); err != nil {
			return err
		}
		tree, err := tx.Tree(ctx)
		if err != nil {
			return fmt.Errorf("territory tree: %w", err)
		}
		if _, known := tree.Get(c.Territory); !known {
			return feed.ErrNotFound
		}
		if err := tx.SetCost(ctx, c); err != nil {
			return err
		}
		detail, err := json.Marshal(c)
		if err != nil {
			return err
		}
		return tx.Audit(ctx, feed.AuditEntry{At: s.now().UTC(), Actor: m.ID, Action: "cost.set", Territory: c.Territory, Object: string(c.Territory), Detail: detail})
	})
}

// Subscribe asks for the reports of a place as soon as each period is over, in m's
// name, or no longer does.
func (s *Service) Subscribe(ctx context.Context, m feed.Member, place feed.Path, unit feed.PeriodUnit, on bool) error {
	return s.repo.InTx(ctx, func(tx feed.Tx) error {
		if on && !feed.Can(m, feed.Weigh, place) {
			return feed.ErrNotFound
		}
		return tx.Subscribe(ctx, feed.Subscription{Member: m.ID, Territory: place, Unit: unit}, on)
	})
}

// Subscribed lists which reports of a place m asks for.
func (s *Service) Subscribed(ctx context.Context, m feed.MemberID, place feed.Path) ([]feed.PeriodUnit, error) {
	all, err := s.repo.Subscriptions(ctx)
	if err != nil {
		return nil, err
	}
	out := []feed.PeriodUnit{}
	for _, sub := range all {
		if sub.Member == m && sub.Territory == place {
			out = append(out, sub.Unit)
		}
	}
	return out, nil
}
