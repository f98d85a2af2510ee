package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

const circleColumns = `id, name, purpose, kind, joining, hidden, home, pinned, made_at, archived_at`

func circleFields(c *feed.Circle) []any {
	return []any{&c.ID, &c.Name, &c.Purpose, &c.Kind, &c.Join, &c.Hidden, &c.Home, &c.Pinned, at(&c.MadeAt), at(&c.ArchivedAt)}
}

// Circle returns a group with its people, ErrNotFound when there is none.
func (t *tx) Circle(ctx context.Context, id string) (*feed.Circle, error) {
	found, err := t.circles(ctx, `c.id = ?`, id)
	if err != nil {
		return nil, fmt.Errorf("group %s: %w", id, err)
	}
	if len(found) == 0 {
		return nil, feed.ErrNotFound
	}
	return found[0], nil
}

// Circles lists the groups that a member may know of, by name, with their
// people.
func (s *Store) Circles(ctx context.Context, m feed.Member) ([]*feed.Circle, error) {
	all, err := s.reader().circles(ctx, `c.id <> ''`)
	if err != nil {
		return nil, fmt.Errorf("groups: %w", err)
	}
	var out []*feed.Circle
	for _, c := range all {
		if c.KnownTo(m) {
			out = append(out, c)
		}
	}
	return out, nil
}

// circles reads groups by name, then who is in them and who knocks.
func (c conn) circles(ctx context.Context, where string, args ...any) ([]*feed.Circle, error) {
	var out []*feed.Circle
	of := map[string]*feed.Circle{}
	if err := c.each(ctx, func(rows *sql.Rows) error {
		g := &feed.Circle{}
		err := rows.Scan(append(circleFields(g), at(&g.Latest))...)
		out, of[g.ID] = append(out, g), g
		return err
	}, `
		SELECT `+circleColumns+`, COALESCE((SELECT MAX(i.bumped_at) FROM post_index i WHERE i.territory = '@' || c.id), 0)
		FROM groups c
		WHERE `+where+`
		ORDER BY LOWER(c.name), c.id`, args...); err != nil {
		return nil, err
	}
	if err := c.each(ctx, func(rows *sql.Rows) error {
		var id string
		var f feed.Fellow
		if err := rows.Scan(&id, &f.Member, &f.Name, &f.Role, at(&f.Since)); err != nil {
			return err
		}
		of[id].Fellows = append(of[id].Fellows, f)
		return nil
	}, `
		SELECT c.id, m.id, m.name, g.role, g.since
		FROM groups c
		JOIN group_members g ON g.circle = c.id
		JOIN members m ON m.id = g.member
		WHERE NOT m.revoked AND `+where+`
		ORDER BY m.name, m.id`, args...); err != nil {
		return nil, fmt.Errorf("who is in it: %w", err)
	}
	err := c.each(ctx, func(rows *sql.Rows) error {
		var id string
		var call feed.Call
		if err := rows.Scan(&id, &call.Member, &call.Name, &call.Invited, at(&call.At)); err != nil {
			return err
		}
		of[id].Calls = append(of[id].Calls, call)
		return nil
	}, `
		SELECT c.id, m.id, m.name, g.invited, g.at
		FROM groups c
		JOIN group_calls g ON g.circle = c.id
		JOIN members m ON m.id = g.member
		WHERE NOT m.revoked AND `+where+`
		ORDER BY g.at, m.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("who asks to come in: %w", err)
	}
	return out, nil
}

// SaveCircle inserts or replaces what a group is, without its people. The tree
// knows its name.
func (t *tx) SaveCircle(ctx context.Context, c feed.Circle) error {
	_, err := t.exec(ctx, `
		INSERT INTO groups (`+circleColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, purpose = excluded.purpose, kind = excluded.kind, joining = excluded.joining, hidden = excluded.hidden,
			pinned = excluded.pinned, archived_at = excluded.archived_at`, circleFields(&c)...)
	if err == nil {
		_, err = t.next(ctx, "tree", 1)
		t.tree = nil
	}
	if err != nil {
		return fmt.Errorf("save group %s: %w", c.ID, err)
	}
	return nil
}

// SetFellow makes somebody of a group what f says; a call between the two is
// answered by that.
func (t *tx) SetFellow(ctx context.Context, id string, f feed.Fellow) error {
	_, err := t.exec(ctx, `
		INSERT INTO group_members (circle, member, role, since)
		VALUES (?, ?, ?, ?)
		ON CONFLICT (circle, member) DO UPDATE
		SET role = excluded.role`, id, f.Member, f.Role, at(&f.Since))
	if err == nil {
		_, err = t.exec(ctx, `DELETE FROM group_calls WHERE circle = ? AND member = ?`, id, f.Member)
	}
	if err != nil {
		return fmt.Errorf("%s of group %s: %w", f.Member, id, err)
	}
	return nil
}

// SetCall keeps a call, in the place of an earlier one.
func (t *tx) SetCall(ctx context.Context, id string, c feed.Call) error {
	_, err := t.exec(ctx, `
		INSERT INTO group_calls (circle, member, invited, at)
		VALUES (?, ?, ?, ?)
		ON CONFLICT (circle, member) DO UPDATE
		SET invited = excluded.invited, at = excluded.at`, id, c.Member, c.Invited, at(&c.At))
	if err != nil {
		return fmt.Errorf("call between group %s and %s: %w", id, c.Member, err)
	}
	return nil
}

// Part ends whatever is between a group and somebody.
func (t *tx) Part(ctx context.Context, id string, m feed.MemberID) error {
	for _, table := range []string{"group_members", "group_calls"} {
		if _, err := t.exec(ctx, `DELETE FROM `+table+` WHERE circle = ? AND member = ?`, id, m); err != nil {
			return fmt.Errorf("part %s from group %s: %w", m, id, err)
		}
	}
	return nil
}

// partAll takes somebody who goes out of every group. A group that they alone
// kept is kept by whoever has been in it the longest.
func (t *tx) partAll(ctx context.Context, m feed.MemberID) error {
	for _, query := range []string{
		`DELETE FROM group_members WHERE member = ?`,
		`DELETE FROM group_calls WHERE member = ?`,
	} {
		if _, err := t.exec(ctx, query, m); err != nil {
			return fmt.Errorf("take %s out of groups: %w", m, err)
		}
	}
	_, err := t.exec(ctx, `
		UPDATE group_members
		SET role = ?
		WHERE NOT EXISTS (SELECT 1 FROM group_members k WHERE k.circle = group_members.circle AND k.role = ?)
			AND NOT EXISTS (
				SELECT 1
				FROM group_members o
				WHERE o.circle = group_members.circle
					AND (o.since < group_members.since OR o.since = group_members.since AND o.member < group_members.member))`,
		feed.Keeper, feed.Keeper)
	if err != nil {
		return fmt.Errorf("keepers of the groups that %s leaves: %w", m, err)
	}
	return nil
}
