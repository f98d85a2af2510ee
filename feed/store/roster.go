package store

import (
	"context"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Person returns a member who is not revoked.
func (t *tx) Person(ctx context.Context, id feed.MemberID) (*feed.Member, error) {
	found, err := t.accounts(ctx, `m.id = ?`, id)
	if err != nil {
		return nil, fmt.Errorf("member %s: %w", id, err)
	}
	if len(found) == 0 {
		return nil, feed.ErrNotFound
	}
	return &found[0].Member, nil
}

// Taken tells whether a name is or was somebody's.
func (t *tx) Taken(ctx context.Context, id feed.MemberID) (bool, error) {
	var n int
	err := t.get(ctx, &n, `SELECT COUNT(*) FROM members WHERE id = ?`, id)
	return n > 0, err
}

// Enlist adds a person with the hash of a PIN.
func (t *tx) Enlist(ctx context.Context, m feed.Member, pinHash string) error {
	_, err := t.exec(ctx, `
		INSERT INTO members (id, name, lang, functions, pin, revoked)
		VALUES (?, ?, ?, ?, ?, ?)`, m.ID, m.Name, m.Lang, doc(&m.Functions), pinHash, false)
	if err != nil {
		return err
	}
	return t.grant(ctx, m.ID, m.Grants)
}

// Bestow gives a member a role at a place, or takes it.
func (t *tx) Bestow(ctx context.Context, id feed.MemberID, g feed.Grant, on bool) (changed bool, err error) {
	query, args := `DELETE FROM grants WHERE member = ? AND territory = ? AND role = ?`, []any{id, g.Territory, g.Role}
	if on {
		// What the company's account gave too stays from now on whatever it says.
		query = `
			INSERT INTO grants (member, territory, role, source)
			VALUES (?, ?, ?, ?)
			ON CONFLICT (member, territory, role) DO UPDATE
			SET source = excluded.source
			WHERE grants.source <> excluded.source`
		args = append(args, byHand)
	}
	n, err := t.exec(ctx, query, args...)
	if err != nil {
		return false, fmt.Errorf("%s of %s at %s: %w", g.Role, id, g.Territory, err)
	}
	return n > 0, nil
}

// Dismiss takes away what a member may do, and ends every session.
func (t *tx) Dismiss(ctx context.Context, id feed.MemberID) error {
	if err := t.dismiss(ctx, id); err != nil {
		return fmt.Errorf("revoke member %s: %w", id, err)
	}
	return nil
}

func (t *tx) dismiss(ctx context.Context, id feed.MemberID) error {
	n, err := t.exec(ctx, `
		UPDATE members
		SET revoked = ?, pin = '', badge = ''
		WHERE id = ? AND (NOT revoked OR EXISTS (SELECT 1 FROM identities i WHERE i.member = members.id AND i.lapsed <> 0))`, true, id)
	if err != nil {
		return err
	}
	if n == 0 {
		return feed.ErrNotFound
	}
	if err := t.forgo(ctx, id); err != nil {
		return err
	}
	if err := t.endSessions(ctx, id); err != nil {
		return err
	}
	if err := t.breakSeal(ctx, id); err != nil {
		return err
	}
	if err := t.partAll(ctx, id); err != nil {
		return err
	}
	return t.grant(ctx, id, nil)
}

// AddInvitation keeps an invitation under the hash of its code, and forgets
// those that are over, and those that the same member had before.
func (t *tx) AddInvitation(ctx context.Context, i feed.Invitation, codeHash string) error {
	if _, err := t.exec(ctx, `DELETE FROM invitations WHERE expires <= ? OR (member = ? AND member <> '')`, at(&i.At), i.Member); err != nil {
		return err
	}
	_, err := t.exec(ctx, `
		INSERT INTO invitations (id, code, member, name, lang, territory, role, invited, at, expires)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		i.ID, codeHash, i.Member, i.Name, i.Lang, i.Grant.Territory, i.Grant.Role, i.By, at(&i.At), at(&i.Expires))
	return err
}

// InvitationFor returns what a code invites to.
func (t *tx) InvitationFor(ctx context.Context, codeHash string, now time.Time) (*feed.Invitation, error) {
	return one(t.invitations(ctx, `code = ? AND expires > ?`, codeHash, at(&now)))
}

// Invitation returns an invitation that waits.
func (t *tx) Invitation(ctx context.Context, id string) (*feed.Invitation, error) {
	return one(t.invitations(ctx, `id = ?`, id))
}

func one(found []feed.Invitation, err error) (*feed.Invitation, error) {
	switch {
	case err != nil:
		return nil, fmt.Errorf("invitation: %w", err)
	case len(found) == 0:
		return nil, feed.ErrNotFound
	}
	return &found[0], nil
}

// noWayIn selects the members who have neither PIN nor badge nor an account of
// the company: nobody ever was here as them.
const noWayIn = `
	SELECT 1
	FROM members m
	WHERE NOT m.revoked AND m.pin = '' AND m.badge = '' AND NOT EXISTS (SELECT 1 FROM identities i WHERE i.member = m.id)`

// WaysIn tells whether a member has any way to sign in.
func (t *tx) WaysIn(ctx context.Context, id feed.MemberID) (bool, error) {
	var n int
	err := t.get(ctx, &n, `SELECT COUNT(*) FROM (`+noWayIn+` AND m.id = ?) x`, id)
	return n == 0, err
}

// Equip gives a member who had no way to sign in a PIN by its hash, and the name
// and language that they say are theirs.
func (t *tx) Equip(ctx context.Context, id feed.MemberID, name string, lang feed.Lang, pinHash string) error {
	_, err := t.exec(ctx, `UPDATE members SET name = ?, lang = ?, pin = ? WHERE id = ? AND NOT revoked AND pin = ''`, name, lang, pinHash, id)
	return err
}

// DropInvitation forgets an invitation.
func (t *tx) DropInvitation(ctx context.Context, id string) error {
	_, err := t.exec(ctx, `DELETE FROM invitations WHERE id = ?`, id)
	return err
}

// Invitations lists the invitations that wait, the latest first.
func (s *Store) Invitations(ctx context.Context, now time.Time) ([]feed.Invitation, error) {
	out, err := s.reader().invitations(ctx, `expires > ?`, at(&now))
	if err != nil {
		return nil, fmt.Errorf("invitations: %w", err)
	}
	return out, nil
}

func (c conn) invitations(ctx context.Context, where string, args ...any) ([]feed.Invitation, error) {
	return rowsOf(ctx, c, func(i *feed.Invitation) []any {
		return []any{&i.ID, &i.Member, &i.Name, &i.Lang, &i.Grant.Territory, &i.Grant.Role, &i.By, at(&i.At), at(&i.Expires)}
	}, `
		SELECT id, member, name, lang, territory, role, invited, at, expires
		FROM invitations
		WHERE (member = '' OR EXISTS (`+noWayIn+` AND m.id = invitations.member))
			AND (invited = '' OR EXISTS (SELECT 1 FROM members m WHERE m.id = invitations.invited AND NOT m.revoked)) AND `+where+`
		ORDER BY id DESC`, args...)
}
