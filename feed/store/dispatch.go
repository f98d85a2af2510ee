package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Lease hands out what is due on a channel, in the order in which it was queued
// and at most limit of it, besides the rest of the digests that are among it.
// Until the lease ends nobody else is given it; who dies meanwhile loses nothing.
func (s *Store) Lease(ctx context.Context, channel string, now, until time.Time, limit int) (out []feed.Dispatch, err error) {
	err = s.inTx(ctx, func(t *tx) error {
		if err := t.lock(ctx); err != nil {
			return err
		}
		out = nil
		if err := t.lease(ctx, &out, until, `
			n IN (
				SELECT n
				FROM dispatches
				WHERE channel = ? AND dead_at = 0 AND due <= ? AND leased <= ?
				ORDER BY due, n
				LIMIT ?)`, channel, at(&now), at(&now), limit); err != nil {
			return err
		}
		for _, d := range out {
			if d.Digest.IsZero() {
				continue
			}
			if err := t.lease(ctx, &out, until, `
				channel = ? AND member = ? AND digest = ? AND dead_at = 0 AND leased <= ?`,
				channel, d.To.ID, at(&d.Digest), at(&now)); err != nil {
				return err
			}
		}
		slices.SortFunc(out, func(a, b feed.Dispatch) int { return cmp.Compare(a.N, b.N) }) // no database returns them so
		return t.address(ctx, out)
	})
	if err != nil {
		return nil, fmt.Errorf("what is due by %s: %w", channel, err)
	}
	return out, nil
}

func (t *tx) lease(ctx context.Context, out *[]feed.Dispatch, until time.Time, where string, args ...any) error {
	return t.each(ctx, func(rows *sql.Rows) error {
		var d feed.Dispatch
		err := rows.Scan(&d.N, &d.Channel, &d.Subject, &d.Revision, &d.To.ID, at(&d.At), at(&d.Digest), &d.Tries)
		*out = append(*out, d)
		return err
	}, `
		UPDATE dispatches
		SET leased = ?, tries = tries + 1
		WHERE `+where+`
		RETURNING n, channel, subject, revision, member, at, digest, tries`, append([]any{at(&until)}, args...)...)
}

// address reads what leaves, and to whom, as they are now. Of a post that the
// member reads no more nothing is left to say.
func (t *tx) address(ctx context.Context, out []feed.Dispatch) error {
	known := map[feed.MemberID]feed.Recipient{}
	for i := range out {
		d := &out[i]
		if d.Channel != feed.ByMail {
			if err := t.entry(ctx, d); err != nil {
				return err
			}
			continue
		}
		to, ok := known[d.To.ID]
		if !ok {
			var err error
			if to, err = t.recipient(ctx, d.To.ID); err != nil {
				return err
			}
			known[d.To.ID] = to
		}
		d.To = to
		seen, args := seenBy(to.Member)
		if err := t.each(ctx, func(rows *sql.Rows) error { return rows.Scan(notificationFields(&d.What)...) }, `
			SELECT `+notificationColumns+`
			FROM notifications n
			LEFT JOIN posts p ON p.id = n.post
			WHERE n.id = ? AND `+seen, append([]any{d.Subject}, args...)...); err != nil {
			return err
		}
	}
	return nil
}

// recipient is a member to write to; without an address when the member is
// revoked.
func (c conn) recipient(ctx context.Context, id feed.MemberID) (out feed.Recipient, err error) {
	out.ID = id
	found, err := c.accounts(ctx, `m.id = ?`, id)
	if err != nil || len(found) == 0 {
		return out, err
	}
	out.Member = found[0].Member
	err = c.each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&out.Email, doc(&out.Wishes))
	}, `
		SELECT m.email, COALESCE(w.wishes, '')
		FROM members m
		LEFT JOIN notice_rules w ON w.member = m.id
		WHERE m.id = ?`, id)
	return out, err
}

// Settle keeps what became of tries. One that was queued anew meanwhile, to say
// something else, is not settled by them.
func (s *Store) Settle(ctx context.Context, now time.Time, fates ...feed.Fate) error {
	err := s.inTx(ctx, func(t *tx) error {
		for _, f := range fates {
			if err := t.settle(ctx, now, f); err != nil {
				return fmt.Errorf("dispatch %d: %w", f.N, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("settle: %w", err)
	}
	return nil
}

func (t *tx) settle(ctx context.Context, now time.Time, f feed.Fate) error {
	if f.Gone {
		_, err := t.exec(ctx, `DELETE FROM dispatches WHERE n = ? AND revision = ?`, f.N, f.Revision)
		return err
	}
	var dead time.Time
	if f.Dead {
		dead = now
	}
	_, err := t.exec(ctx, `
		UPDATE dispatches
		SET leased = 0, due = ?, dead_at = ?, fault = ?,
			tries = CASE WHEN CAST(? AS BIGINT) > 0 THEN 0 ELSE tries END,
			digest = CASE WHEN CAST(? AS BIGINT) > 0 THEN CAST(? AS BIGINT) ELSE digest END
		WHERE n = ? AND revision = ?`,
		at(&f.Later), at(&dead), f.Fault, at(&f.Digest), at(&f.Digest), at(&f.Digest), f.N, f.Revision)
	return err
}

// Backlogs tells how the channels are on which something waits or was given up.
func (s *Store) Backlogs(ctx context.Context) ([]feed.Backlog, error) {
	out, err := rowsOf(ctx, s.reader(), func(b *feed.Backlog) []any { return []any{&b.Channel, &b.Waiting, &b.Dead, at(&b.Oldest), &b.Fault} }, `
		SELECT d.channel, SUM(CASE WHEN d.dead_at = 0 THEN 1 ELSE 0 END), SUM(CASE WHEN d.dead_at > 0 THEN 1 ELSE 0 END),
			COALESCE(MIN(CASE WHEN d.dead_at = 0 AND d.digest = 0 THEN d.at END), 0),
			COALESCE((SELECT x.fault FROM dispatches x WHERE x.channel = d.channel AND x.fault <> '' ORDER BY x.dead_at DESC, x.n DESC LIMIT 1), '')
		FROM dispatches d
		GROUP BY d.channel
		ORDER BY d.channel`)
	if err != nil {
		return nil, fmt.Errorf("what waits to leave: %w", err)
	}
	return out, nil
}

// Whereabouts tells whether a member is at work, and the absence that they are
// in, nil when there is none.
func (s *Store) Whereabouts(ctx context.Context, m feed.MemberID, now time.Time) (present bool, away *feed.Absence, err error) {
	c := s.reader()
	var n int
	if err := c.get(ctx, &n, `SELECT COUNT(*) FROM presence WHERE member = ? AND until > ?`, m, at(&now)); err != nil {
		return false, nil, fmt.Errorf("presence of %s: %w", m, err)
	}
	away, err = (&tx{conn: c}).AbsenceOf(ctx, m, now)
	return n > 0, away, err
}
