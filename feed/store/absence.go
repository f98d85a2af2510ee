package store

import (
	"context"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// SetAbsence keeps when a member is away, and who decides meanwhile. Said again
// from the same instant on, it is the same absence.
func (s *Store) SetAbsence(ctx context.Context, a feed.Absence) error {
	return s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `
			INSERT INTO absences (member, begins, ends, delegate)
			VALUES (?, ?, ?, ?)
			ON CONFLICT (member, begins) DO UPDATE
			SET ends = excluded.ends, delegate = excluded.delegate`, a.Member, at(&a.From), at(&a.Until), a.Delegate)
		if err != nil {
			return fmt.Errorf("absence of %s: %w", a.Member, err)
		}
		return nil
	})
}
