package feed

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Decision is how far somebody said that a territory is. It wins over what the
// configuration says.
type Decision struct {
	Territory Path
	Rollout   Rollout
	By        MemberID
	At        time.Time
}

// SetRollout says how far a territory, with those below it that say nothing
// themselves, is from now on. Posts keep the audience that they were opened for.
func (s *Service) SetRollout(ctx context.Context, m Member, p Path, r Rollout) error {
	if !slices.Contains(Rollouts, r) {
		return Refuse(Invalid, "L’état « {state} » n’existe pas.", "There is no state “{state}”.").With(Values{"state": string(r)})
	}
	return s.repo.InTx(ctx, func(tx Tx) error {
		if err := Require(m, Animate, p); err != nil {
			return err
		}
		tree, err := tx.Tree(ctx)
		if err != nil {
			return fmt.Errorf("territory tree: %w", err)
		}
		if _, ok := tree.Get(p); !ok {
			return ErrNotFound
		}
		at := s.now().UTC()
		if err := tx.Decide(ctx, Decision{Territory: p, Rollout: r, By: m.ID, At: at}); err != nil {
			return fmt.Errorf("rollout of %s: %w", p, err)
		}
		return tx.Audit(ctx, AuditEntry{At: at, Actor: m.ID, Action: "territory.rollout", Territory: p, Object: string(p), Detail: detail(map[string]string{"rollout": string(r)})})
	})
}
