package store

import (
	"context"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// Emit queues a message to the world outside.
func (t *tx) Emit(ctx context.Context, m feed.Outgoing) error {
	_, err := t.exec(ctx, `
		INSERT INTO outbox (id, kind, payload, at)
		VALUES (?, ?, ?, ?)
		ON CONFLICT (id) DO NOTHING`, m.ID, m.Kind, m.Payload, at(&m.At))
	if err != nil {
		return fmt.Errorf("queue %s: %w", m.ID, err)
	}
	return nil
}

// Pending lists the messages that have not left, oldest first.
func (s *Store) Pending(ctx context.Context, limit int) ([]feed.Outgoing, error) {
	out, err := rowsOf(ctx, s.reader(), func(m *feed.Outgoing) []any {
		return []any{&m.ID, &m.Kind, &m.Payload, at(&m.At)}
	}, `SELECT id, kind, payload, at FROM outbox ORDER BY n LIMIT ?`, limit)
	if err != nil {
		return nil, fmt.Errorf("pending messages: %w", err)
	}
	return out, nil
}

// Sent forgets the messages that have left.
func (s *Store) Sent(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	return s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM outbox WHERE id IN (?)`, ids)
		return err
	})
}
