package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// Enrolled lists everybody who is or was a member.
func (t *tx) Enrolled(ctx context.Context) ([]feed.Enrolled, error) {
	var out []feed.Enrolled
	err := t.each(ctx, func(rows *sql.Rows) error {
		var e feed.Enrolled
		var territory, role sql.NullString
		if err := rows.Scan(&e.ID, &e.Name, &e.Lang, doc(&e.Functions), &e.Badge, &e.Revoked, &territory, &role); err != nil {
			return err
		}
		if len(out) == 0 || out[len(out)-1].ID != e.ID {
			out = append(out, e)
		}
		if territory.Valid {
			last := &out[len(out)-1]
			last.Grants = append(last.Grants, feed.Grant{Territory: feed.Path(territory.String), Role: feed.Role(role.String)})
		}
		return nil
	}, `
		SELECT m.id, m.name, m.lang, m.functions, m.badge, m.revoked, g.territory, g.role
		FROM members m
		LEFT JOIN grants g ON g.member = m.id AND substr(g.territory, 1, 1) <> '@'
		ORDER BY m.id, g.territory, g.role`)
	if err != nil {
		return nil, fmt.Errorf("members: %w", err)
	}
	return out, nil
}

// Enrol adds a person without a PIN, or gives who has that id this name,
// language and functions, and the badge whose hash is given; their PIN stays.
// A badge that is replaced may be in other hands, so that their sessions end.
func (t *tx) Enrol(ctx context.Context, m feed.Member, badgeHash string) error {
	var before string
	if err := t.get(ctx, &before, `SELECT badge FROM members WHERE id = ?`, m.ID); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	_, err := t.exec(ctx, `
		INSERT INTO members (id, name, lang, functions, pin, badge, revoked)
		VALUES (?, ?, ?, ?, '', ?, ?)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, lang = excluded.lang, functions = excluded.functions, revoked = excluded.revoked,
			badge = CASE WHEN excluded.badge = '' THEN members.badge ELSE excluded.badge END`,
		m.ID, m.Name, m.Lang, doc(&m.Functions), badgeHash, false)
	if err != nil || before == "" || badgeHash == "" || badgeHash == before {
		return err
	}
	return t.endSessions(ctx, m.ID)
}
