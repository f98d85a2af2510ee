package main

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
)

// acceptDemoCharters lets the demo's people accept what they are asked to on the
// first start, as those who have been there for a while. What changes later is
// asked of whoever tries the demo.
func acceptDemoCharters(ctx context.Context, s *store.Store) error {
	if n, err := s.CharterCount(ctx, "lyon", 1); err != nil || n.Accepted > 0 {
		return err
	}
	charters := feed.NewCharters(s, time.Now)
	accounts, err := s.Accounts(ctx)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		asked, err := charters.Asked(ctx, a.Member)
		if err != nil {
			return fmt.Errorf("demo charters: %w", err)
		}
		for _, c := range asked {
			if err := charters.Accept(ctx, a.Member, c.Place, c.Version); err != nil {
				return fmt.Errorf("demo charter of %s: %w", c.Place, err)
			}
		}
	}
	return nil
}
