package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// AddMember adds a person with the hash of a PIN, or gives the member of that
// name, revoked or not, this name, language, functions and rights. A new PIN ends the
// sessions of the old one; an empty hash leaves it as it is.
func (s *Store) AddMember(ctx context.Context, m feed.Member, pinHash string) error {
	err := s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `
			INSERT INTO members (id, name, lang, functions, pin, revoked)
			VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE
			SET name = excluded.name, lang = excluded.lang, functions = excluded.functions, revoked = excluded.revoked,
				pin = CASE WHEN excluded.pin = '' THEN members.pin ELSE excluded.pin END`, m.ID, m.Name, m.Lang, doc(&m.Functions), pinHash, false)
		if err != nil {
			return err
		}
		if pinHash != "" {
			if err := t.endSessions(ctx, m.ID); err != nil {
				return err
			}
		}
		return t.grant(ctx, m.ID, m.Grants)
	})
	if err != nil {
		return fmt.Errorf("add member %s: %w", m.ID, err)
	}
	return nil
}

// RevokeMember takes away a member's right to sign in, by PIN and by badge, and
// ends the member's sessions. What the person wrote stays; what is closed with
// the member's seal is lost.
func (s *Store) RevokeMember(ctx context.Context, id feed.MemberID) error {
	return s.inTx(ctx, func(t *tx) error { return t.Dismiss(ctx, id) })
}

func (t *tx) grant(ctx context.Context, id feed.MemberID, grants []feed.Grant) error {
	if _, err := t.exec(ctx, `DELETE FROM grants WHERE member = ?`, id); err != nil {
		return err
	}
	for _, g := range grants {
		if g.Territory.IsGroup() {
			continue // who is in a group is kept with the group
		}
		_, err := t.exec(ctx, `
			INSERT INTO grants (member, territory, role)
			VALUES (?, ?, ?)
			ON CONFLICT DO NOTHING`, id, g.Territory, g.Role)
		if err != nil {
			return err
		}
	}
	return nil
}

// Member returns a member who is not revoked.
func (s *Store) Member(ctx context.Context, id feed.MemberID) (feed.Member, error) {
	found, err := s.reader().accounts(ctx, `m.id = ?`, id)
	if err != nil {
		return feed.Member{}, fmt.Errorf("member %s: %w", id, err)
	}
	if len(found) == 0 {
		return feed.Member{}, feed.ErrNotFound
	}
	return found[0].Member, nil
}

// Members lists the members who are not revoked.
func (s *Store) Members(ctx context.Context) ([]feed.Member, error) {
	all, err := s.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	return accountMembers(all), nil
}

func accountMembers(all []feed.Account) []feed.Member {
	out := make([]feed.Member, 0, len(all))
	for _, a := range all {
		out = append(out, a.Member)
	}
	return out
}

// Accounts lists the members who are not revoked with how they may sign in.
func (s *Store) Accounts(ctx context.Context) ([]feed.Account, error) {
	out, err := s.reader().accounts(ctx, `m.id <> ''`)
	if err != nil {
		return nil, fmt.Errorf("members: %w", err)
	}
	return out, nil
}

// accounts reads members with their grants: those in places first, then those in
// groups.
func (c conn) accounts(ctx context.Context, where string, args ...any) ([]feed.Account, error) {
	var out []feed.Account
	err := c.each(ctx, func(rows *sql.Rows) error {
		var a feed.Account
		var territory, role sql.NullString
		var grouped int
		if err := rows.Scan(&a.ID, &a.Name, &a.Lang, &a.PIN, &a.Badge, &a.Company, doc(&a.Functions), &territory, &role, &grouped); err != nil {
			return err
		}
		if len(out) == 0 || out[len(out)-1].ID != a.ID {
			out = append(out, a)
		}
		if territory.Valid {
			last := &out[len(out)-1]
			last.Grants = append(last.Grants, feed.Grant{Territory: feed.Path(territory.String), Role: feed.Role(role.String)})
		}
		return nil
	}, `
		SELECT m.id, m.name, m.lang, m.pin <> '', m.badge <> '', EXISTS (SELECT 1 FROM identities i WHERE i.member = m.id), m.functions, g.territory, g.role, 0
		FROM members m
		LEFT JOIN grants g ON g.member = m.id
		WHERE NOT m.revoked AND `+where+`
		UNION ALL
		SELECT m.id, m.name, m.lang, m.pin <> '', m.badge <> '', EXISTS (SELECT 1 FROM identities i WHERE i.member = m.id), m.functions, '@' || g.circle, g.role, 1
		FROM members m
		JOIN group_members g ON g.member = m.id
		WHERE NOT m.revoked AND `+where+`
		ORDER BY 1, 10, 8, 9`, slices.Concat(args, args)...)
	return out, err
}

// PINHash returns the hash of a member's PIN, empty for a name that nobody
// signs in with.
func (s *Store) PINHash(ctx context.Context, id feed.MemberID) (string, error) {
	var hash string
	err := s.reader().get(ctx, &hash, `SELECT pin FROM members WHERE id = ? AND NOT revoked`, id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("PIN of %s: %w", id, err)
	}
	return hash, nil
}

// BeginTry counts a sign-in before its outcome is known, so that many at once
// are counted too. The try number limit locks the name until now + lock; while
// it is locked the end of the lock is returned and nothing is counted. Names
// that nobody has are counted like the others.
func (s *Store) BeginTry(ctx context.Context, name feed.MemberID, now time.Time, limit int, lock time.Duration) (lockedUntil time.Time, err error) {
	err = s.inTx(ctx, func(t *tx) error {
		lockedUntil = time.Time{}
		over := now.Add(-lock)
		if _, err := t.exec(ctx, `DELETE FROM tries WHERE at <= ? AND locked_until <= ?`, millis(over), millis(now)); err != nil {
			return err
		}
		until := now.Add(lock)
		n, err := t.exec(ctx, `
			INSERT INTO tries (name, count, at, locked_until)
			VALUES (?, 1, ?, 0)
			ON CONFLICT (name) DO UPDATE
			SET count = tries.count + 1, at = excluded.at,
				locked_until = CASE WHEN tries.count + 1 >= ? THEN CAST(? AS BIGINT) ELSE 0 END
			WHERE tries.count < ?`, name, at(&now), limit, at(&until), limit)
		if err != nil || n == 1 {
			return err
		}
		return t.each(ctx, func(rows *sql.Rows) error {
			return rows.Scan(at(&lockedUntil))
		}, `SELECT locked_until FROM tries WHERE name = ?`, name)
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("count a try of %s: %w", name, err)
	}
	return lockedUntil, nil
}

// ClearTries forgets the wrong sign-ins under a name.
func (s *Store) ClearTries(ctx context.Context, name feed.MemberID) error {
	return s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `DELETE FROM tries WHERE name = ?`, name)
		return err
	})
}
