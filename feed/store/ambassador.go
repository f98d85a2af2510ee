package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// AmbassadorCall is what somebody is asked at a place, nil when nothing.
func (t *tx) AmbassadorCall(ctx context.Context, place feed.Path, m feed.MemberID) (*feed.AmbassadorCall, error) {
	found, err := t.ambassadorCalls(ctx, `territory = ? AND member = ?`, place, m)
	if len(found) == 0 {
		return nil, err
	}
	return &found[0], err
}

// AmbassadorCalls are those at a place.
func (t *tx) AmbassadorCalls(ctx context.Context, place feed.Path) ([]feed.AmbassadorCall, error) {
	return t.ambassadorCalls(ctx, `territory = ?`, place)
}

// AmbassadorCallsOf are those of a member everywhere.
func (t *tx) AmbassadorCallsOf(ctx context.Context, m feed.MemberID) ([]feed.AmbassadorCall, error) {
	return t.ambassadorCalls(ctx, `member = ?`, m)
}

func (t *tx) ambassadorCalls(ctx context.Context, where string, args ...any) ([]feed.AmbassadorCall, error) {
	out, err := rowsOf(ctx, t.conn, func(c *feed.AmbassadorCall) []any {
		return []any{&c.Place, &c.Member, &c.By, at(&c.At), at(&c.DeclinedAt)}
	}, `
		SELECT territory, member, by_member, at, declined_at
		FROM ambassador_calls
		WHERE `+where+`
		ORDER BY territory, member`, args...)
	if err != nil {
		return nil, fmt.Errorf("who is asked to be an ambassador: %w", err)
	}
	return out, nil
}

// SetAmbassadorCall keeps what somebody is asked, or answered.
func (t *tx) SetAmbassadorCall(ctx context.Context, c feed.AmbassadorCall) error {
	_, err := t.exec(ctx, `
		INSERT INTO ambassador_calls (territory, member, by_member, at, declined_at)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (territory, member) DO UPDATE
		SET by_member = excluded.by_member, at = excluded.at, declined_at = excluded.declined_at`,
		c.Place, c.Member, c.By, at(&c.At), at(&c.DeclinedAt))
	if err != nil {
		return fmt.Errorf("ask %s to be an ambassador of %s: %w", c.Member, c.Place, err)
	}
	return nil
}

// DropAmbassadorCall forgets what somebody is asked.
func (t *tx) DropAmbassadorCall(ctx context.Context, place feed.Path, m feed.MemberID) error {
	if _, err := t.exec(ctx, `DELETE FROM ambassador_calls WHERE territory = ? AND member = ?`, place, m); err != nil {
		return fmt.Errorf("no longer ask %s to be an ambassador of %s: %w", m, place, err)
	}
	return nil
}

// Helpful lists whose answers were accepted, or whose posts and solutions others
// found useful. It counts nothing: who is listed, is.
func (t *tx) Helpful(ctx context.Context, place feed.Path, since time.Time) ([]feed.MemberID, error) {
	// A post that was found useful, or keeps an answer, was bumped or opened since.
	seen := map[feed.MemberID]bool{}
	var out []feed.MemberID
	add := func(rows *sql.Rows) error {
		var id, accepted, useful feed.MemberID
		if err := rows.Scan(&id, &accepted, &useful); err != nil {
			return err
		}
		for _, m := range []feed.MemberID{id, accepted, useful} {
			if m != "" && !seen[m] {
				seen[m], out = true, append(out, m)
			}
		}
		return nil
	}
	where, args := within(`p.territory`, []feed.Path{place})
	err := t.each(ctx, add, `
		SELECT CASE WHEN p.useful > 0 AND p.author_kind = 'person' THEN p.author ELSE '' END,
			COALESCE((SELECT m.author FROM comments m WHERE m.post = p.id AND m.deleted_at = 0 AND p.talk LIKE '%"accepted":"' || m.id || '"%' LIMIT 1), ''),
			CASE WHEN p.useful > 0 AND p.cause <> '' THEN p.taker ELSE '' END
		FROM posts p
		WHERE p.opened_at >= ? AND p.audience = '' AND (p.useful > 0 OR p.talk LIKE '%"accepted":"%') AND `+where,
		append([]any{at(&since)}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("who was helpful at %s: %w", place, err)
	}
	return t.listed(ctx, out)
}

// listed are those of the members who let the directory show them.
func (t *tx) listed(ctx context.Context, members []feed.MemberID) ([]feed.MemberID, error) {
	if len(members) == 0 {
		return nil, nil
	}
	out, err := column[feed.MemberID](ctx, t.conn, `
		SELECT m.id
		FROM members m
		LEFT JOIN profiles f ON f.member = m.id
		WHERE m.id IN (?) AND NOT m.revoked AND COALESCE(f.listed, ?)
		ORDER BY m.id`, members, true)
	if err != nil {
		return nil, fmt.Errorf("who is listed: %w", err)
	}
	return out, nil
}

// Arrivals lists who signed in for the first time with a part at a place.
func (t *tx) Arrivals(ctx context.Context, limit int) ([]feed.Arrival, error) {
	out, err := rowsOf(ctx, t.conn, func(a *feed.Arrival) []any { return []any{&a.Member.ID, &a.Member.Name, &a.Place} }, `
		SELECT m.id, m.name, g.territory
		FROM members m
		JOIN grants g ON g.member = m.id
		LEFT JOIN arrivals a ON a.member = g.member AND a.territory = g.territory
		WHERE m.id IN (SELECT member FROM sessions) AND a.member IS NULL AND g.role IN (?) AND substr(g.territory, 1, 1) <> '@'
		GROUP BY m.id, m.name, g.territory
		ORDER BY m.id, g.territory
		LIMIT ?`, newcomers, limit)
	if err != nil {
		return nil, fmt.Errorf("who is new: %w", err)
	}
	return out, nil
}

// newcomers are the roles in which somebody begins to work at a place.
var newcomers = []feed.Role{feed.Operator, feed.Staff, feed.Lead, feed.Manager, feed.Animator}

// Arrive keeps that a member has come to a place.
func (t *tx) Arrive(ctx context.Context, m feed.MemberID, place feed.Path) error {
	if _, err := t.exec(ctx, `INSERT INTO arrivals (member, territory) VALUES (?, ?) ON CONFLICT DO NOTHING`, m, place); err != nil {
		return fmt.Errorf("arrival of %s at %s: %w", m, place, err)
	}
	return nil
}
