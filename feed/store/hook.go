package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// hookPage is how many entries are looked at in one transaction.
const hookPage = 500

// FillHook queues for a webhook what the timelines gained since the last time,
// and tells whether there may be more. One that is new begins now: nobody wants
// years of posts at once. The queue and how far it was filled are kept together,
// so that an entry is queued once.
func (s *Store) FillHook(ctx context.Context, hook feed.Hook, now time.Time) (more bool, err error) {
	err = s.inTx(ctx, func(t *tx) error {
		if err := t.lock(ctx); err != nil {
			return err
		}
		var reached int64
		err := t.get(ctx, &reached, `SELECT reached FROM hooks WHERE name = ?`, hook.Name)
		if errors.Is(err, sql.ErrNoRows) {
			_, err = t.exec(ctx, `INSERT INTO hooks (name, reached) SELECT CAST(? AS TEXT), COALESCE(MAX(n), 0) FROM entries`, hook.Name)
			return err
		}
		if err != nil {
			return err
		}
		more, err = t.fill(ctx, hook, reached, now)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("webhook %s: %w", hook.Name, err)
	}
	return more, nil
}

func (t *tx) fill(ctx context.Context, hook feed.Hook, reached int64, now time.Time) (more bool, err error) {
	seen, from := 0, reached
	var wanted []int64
	err = t.each(ctx, func(rows *sql.Rows) error {
		var kind feed.EntryKind
		var place feed.Path
		if err := rows.Scan(&reached, &kind, &place); err != nil {
			return err
		}
		if seen++; slices.Contains(hook.Events, kind) && hook.Covers(place) {
			wanted = append(wanted, reached)
		}
		return nil
	}, `
		SELECT e.n, e.kind, CASE WHEN p.audience = '' THEN p.territory ELSE '' END
		FROM entries e
		JOIN posts p ON p.id = e.post
		WHERE e.n > ?
		ORDER BY e.n
		LIMIT ?`, reached, hookPage)
	if err != nil || reached == from {
		return false, err
	}
	for _, n := range wanted {
		if _, err := t.exec(ctx, `
			INSERT INTO dispatches (channel, subject, revision, member, at, digest, due, leased, tries, dead_at, fault)
			VALUES (?, ?, 1, '', ?, 0, ?, 0, 0, 0, '')
			ON CONFLICT DO NOTHING`, feed.ByHook+hook.Name, strconv.FormatInt(n, 10), at(&now), at(&now)); err != nil {
			return false, err
		}
	}
	_, err = t.exec(ctx, `UPDATE hooks SET reached = ? WHERE name = ?`, reached, hook.Name)
	return seen == hookPage, err
}

// entry reads what happened and the post that it happened to, as it is now.
func (t *tx) entry(ctx context.Context, d *feed.Dispatch) error {
	n, err := strconv.ParseInt(d.Subject, 10, 64)
	if err != nil {
		return fmt.Errorf("entry %q: %w", d.Subject, err)
	}
	found, err := t.entries(ctx, `WHERE n = ?`, n)
	if err != nil || len(found) == 0 {
		return err
	}
	d.Entry = found[0]
	d.Post, err = t.one(ctx, `p.id = ?`, d.Entry.Post)
	return err
}
