package store

import (
	"context"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// Tell queues a notification. Told again under the same key it is the same one,
// and unread again when it says something else.
func (t *tx) Tell(ctx context.Context, n feed.Notification) error {
	_, err := t.exec(ctx, `
		INSERT INTO notifications (id, member, key, why, post, page, title_fr, title_en, data, urgent, at, read_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
		ON CONFLICT (member, key) DO UPDATE
		SET why = excluded.why, post = excluded.post, page = excluded.page, title_fr = excluded.title_fr, title_en = excluded.title_en,
			data = excluded.data, urgent = excluded.urgent, at = excluded.at, read_at = 0
		WHERE notifications.why <> excluded.why OR notifications.data <> excluded.data OR notifications.title_fr <> excluded.title_fr`,
		n.ID, n.Member, n.Key, n.Why, n.Post, n.Page, n.Text.FR, n.Text.EN, doc(&n.Values), n.Urgent, at(&n.At))
	if err != nil {
		return fmt.Errorf("tell %s of %s: %w", n.Member, n.Key, err)
	}
	return nil
}

// Clear takes the notifications of a key off everybody's list.
func (t *tx) Clear(ctx context.Context, key string, why ...feed.Why) error {
	query, args := `DELETE FROM notifications WHERE key = ?`, []any{key}
	if len(why) > 0 {
		query, args = query+` AND why IN (?)`, append(args, why)
	}
	if _, err := t.exec(ctx, query, args...); err != nil {
		return fmt.Errorf("clear the notifications of %s: %w", key, err)
	}
	return nil
}
