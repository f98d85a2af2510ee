package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// AddChecklist gives a group a checklist at a position, and tells whether it had
// none of that name.
func (t *tx) AddChecklist(ctx context.Context, circle string, n int, c feed.Checklist) (bool, error) {
	added, err := t.exec(ctx, `
		INSERT INTO checklists (circle, name, n, body)
		VALUES (?, ?, ?, ?)
		ON CONFLICT (circle, name) DO NOTHING`, circle, c.Name, n, doc(&c))
	if err != nil {
		return false, fmt.Errorf("checklist %s of group %s: %w", c.Name, circle, err)
	}
	return added > 0, nil
}

// DropChecklists takes those from a group of which nothing was ever ticked.
func (t *tx) DropChecklists(ctx context.Context, circle string) error {
	_, err := t.exec(ctx, `
		DELETE FROM checklists
		WHERE circle = ? AND NOT EXISTS (SELECT 1 FROM ticks k WHERE k.circle = checklists.circle AND k.list = checklists.name)`, circle)
	if err != nil {
		return fmt.Errorf("checklists of group %s: %w", circle, err)
	}
	return nil
}

// Checklists lists those of a group, in their order.
func (t *tx) Checklists(ctx context.Context, circle string) ([]feed.Checklist, error) {
	out, err := rowsOf(ctx, t.conn, func(c *feed.Checklist) []any { return []any{doc(c)} }, `SELECT body FROM checklists WHERE circle = ? ORDER BY n, name`, circle)
	if err != nil {
		return nil, fmt.Errorf("checklists of group %s: %w", circle, err)
	}
	return out, nil
}

// Ticks lists what was ticked of a list in a round, by item.
func (t *tx) Ticks(ctx context.Context, circle, list string, round time.Time) ([]feed.Tick, error) {
	var out []feed.Tick
	err := t.each(ctx, func(rows *sql.Rows) error {
		k := feed.Tick{List: list, Round: round}
		err := rows.Scan(&k.Item, &k.By, &k.Name, at(&k.At))
		out = append(out, k)
		return err
	}, `
		SELECT k.item, k.member, m.name, k.at
		FROM ticks k
		JOIN members m ON m.id = k.member
		WHERE k.circle = ? AND k.list = ? AND k.round = ?
		ORDER BY k.item`, circle, list, at(&round))
	if err != nil {
		return nil, fmt.Errorf("ticks of %s in group %s: %w", list, circle, err)
	}
	return out, nil
}

// SetTick keeps a tick, the first one of its item and round, or takes it back.
func (t *tx) SetTick(ctx context.Context, circle string, k feed.Tick, on bool) error {
	query, args := `
		DELETE FROM ticks
		WHERE circle = ? AND list = ? AND round = ? AND item = ?`, []any{circle, k.List, at(&k.Round), k.Item}
	if on {
		query = `
			INSERT INTO ticks (circle, list, round, item, member, at)
			VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (circle, list, round, item) DO NOTHING`
		args = append(args, k.By, at(&k.At))
	}
	if _, err := t.exec(ctx, query, args...); err != nil {
		return fmt.Errorf("tick %s of group %s: %w", k.List, circle, err)
	}
	return nil
}
