package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// MarkRead keeps a reading in the place of an earlier one and tells whether that
// is new.
func (t *tx) MarkRead(ctx context.Context, r feed.Reading) (bool, error) {
	n, err := t.exec(ctx, `
		INSERT INTO readings (post, member, wording)
		VALUES (?, ?, ?)
		ON CONFLICT (post, member) DO UPDATE
		SET wording = excluded.wording
		WHERE readings.wording <> excluded.wording`, r.Post, r.Member, r.Wording)
	if err != nil {
		return false, fmt.Errorf("%s read %s: %w", r.Member, r.Post, err)
	}
	return n > 0, nil
}

// ReadBy lists who read that wording of a post.
func (t *tx) ReadBy(ctx context.Context, id feed.PostID, wording string) ([]feed.MemberID, error) {
	out, err := column[feed.MemberID](ctx, t.conn, `SELECT member FROM readings WHERE post = ? AND wording = ? ORDER BY member`, id, wording)
	if err != nil {
		return nil, fmt.Errorf("who read %s: %w", id, err)
	}
	return out, nil
}

// Readings tells which wording of each post a member read, of those that they
// read at all.
func (s *Store) Readings(ctx context.Context, m feed.MemberID, posts []feed.PostID) (map[feed.PostID]string, error) {
	out := map[feed.PostID]string{}
	if len(posts) == 0 {
		return out, nil
	}
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		var id feed.PostID
		var wording string
		err := rows.Scan(&id, &wording)
		out[id] = wording
		return err
	}, `SELECT post, wording FROM readings WHERE member = ? AND post IN (?)`, m, posts)
	if err != nil {
		return nil, fmt.Errorf("what %s read: %w", m, err)
	}
	return out, nil
}

// SetExpiry keeps when a post ends by itself; a zero instant forgets it.
func (t *tx) SetExpiry(ctx context.Context, id feed.PostID, when time.Time) error {
	_, err := t.exec(ctx, `
		INSERT INTO expiries (post, at)
		VALUES (?, ?)
		ON CONFLICT (post) DO UPDATE
		SET at = excluded.at`, id, at(&when))
	return err
}

// Expired lists posts whose time is over, at most limit of them, the earliest
// first.
func (t *tx) Expired(ctx context.Context, now time.Time, limit int) ([]feed.PostID, error) {
	return column[feed.PostID](ctx, t.conn, `SELECT post FROM expiries WHERE at > 0 AND at <= ? ORDER BY at, post LIMIT ?`, at(&now), limit)
}

// Remind keeps that the readers of a post are reminded at an instant, and tells
// whether they were not since another.
func (t *tx) Remind(ctx context.Context, id feed.PostID, when, since time.Time) (bool, error) {
	n, err := t.exec(ctx, `UPDATE expiries SET reminded = ? WHERE post = ? AND reminded < ?`, at(&when), id, at(&since))
	if err != nil {
		return false, fmt.Errorf("remind of %s: %w", id, err)
	}
	return n > 0, nil
}
