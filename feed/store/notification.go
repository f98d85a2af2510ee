package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Tell queues a notification. Told again under the same key it is the same one,
// and unread again when it says something else. Whoever has an address is
// written to, as far as they wish: that is decided when the letter leaves.
func (t *tx) Tell(_ context.Context, n feed.Notification) error {
	t.telling = append(t.telling, n)
	return nil
}

// tellNow writes what this transaction tells, in as few statements as it takes:
// an act may tell a whole shift, while nobody else writes. What is told twice
// says what it said last.
func (t *tx) tellNow(ctx context.Context) error {
	type key struct {
		member feed.MemberID
		key    string
	}
	place := map[key]int{}
	var all []feed.Notification
	for _, n := range t.telling {
		k := key{n.Member, n.Key}
		if i, twice := place[k]; twice {
			all[i] = n
			continue
		}
		place[k] = len(all)
		all = append(all, n)
	}
	t.telling = nil
	for some := range slices.Chunk(all, toldAtOnce) {
		if err := t.tell(ctx, some); err != nil {
			return fmt.Errorf("tell %s of %s and %d more: %w", some[0].Member, some[0].Key, len(some)-1, err)
		}
	}
	return nil
}

// toldAtOnce bounds how many one statement tells.
const toldAtOnce = 50

func (t *tx) tell(ctx context.Context, some []feed.Notification) error {
	const row = `(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`
	var args []any
	for i := range some {
		n := &some[i]
		args = append(args, n.ID, n.Member, n.Key, n.Why, n.Post, n.Page, n.Text.FR, n.Text.EN, doc(&n.Values), n.Urgent, at(&n.At))
	}
	return t.each(ctx, func(rows *sql.Rows) error { // those that say what they said are none
		var l letter
		err := rows.Scan(&l.n, &l.subject, &l.member, &l.revision, at(&l.at))
		t.told, t.letters[l.subject] = append(t.told, l.member), l
		return err
	}, `
		INSERT INTO notifications (id, member, key, why, post, page, title_fr, title_en, data, urgent, at, read_at)
		VALUES `+row+strings.Repeat(`, `+row, len(some)-1)+`
		ON CONFLICT (member, key) DO UPDATE
		SET why = excluded.why, post = excluded.post, page = excluded.page, title_fr = excluded.title_fr, title_en = excluded.title_en,
			data = excluded.data, urgent = excluded.urgent, at = excluded.at, read_at = 0, revision = notifications.revision + 1
		WHERE notifications.why <> excluded.why OR notifications.data <> excluded.data OR notifications.title_fr <> excluded.title_fr
		RETURNING n, id, member, revision, at`, args...)
}

// letter says a notification by mail.
type letter struct {
	n        int64 // of the notification, in whose order letters leave
	subject  string
	member   feed.MemberID
	revision int64
	at       time.Time
}

// post queues the letters of what this transaction told, to members who have an
// address. A letter that has not left says the new thing instead of the old one.
func (t *tx) post(ctx context.Context) error {
	if err := t.tellNow(ctx); err != nil {
		return err
	}
	all := slices.SortedFunc(maps.Values(t.letters), func(a, b letter) int { return cmp.Compare(a.n, b.n) })
	for some := range slices.Chunk(all, toldAtOnce) {
		if err := t.queue(ctx, some); err != nil {
			return fmt.Errorf("queue %d letters from that of %s on: %w", len(some), some[0].subject, err)
		}
	}
	return nil
}

// queue says what the letters are about instead of reading it again: PostgreSQL
// would look through all notifications for them, with the plan that was good
// while there were few.
func (t *tx) queue(ctx context.Context, some []letter) error {
	const row = `(CAST(? AS BIGINT), CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS BIGINT), CAST(? AS BIGINT))`
	var args []any
	for i := range some {
		l := &some[i]
		args = append(args, l.n, l.subject, l.member, l.revision, at(&l.at))
	}
	_, err := t.exec(ctx, `
		WITH letters (n, subject, member, revision, at) AS (VALUES `+row+strings.Repeat(`, `+row, len(some)-1)+`)
		INSERT INTO dispatches (channel, subject, revision, member, at, digest, due, leased, tries, dead_at, fault)
		SELECT '`+feed.ByMail+`', l.subject, l.revision, l.member, l.at, 0, l.at, 0, 0, 0, ''
		FROM letters l
		JOIN members m ON m.id = l.member
		WHERE m.email <> '' AND NOT m.revoked
		ORDER BY l.n
		ON CONFLICT (channel, subject) DO UPDATE
		SET revision = excluded.revision, at = excluded.at, digest = 0, due = excluded.due, leased = 0, tries = 0, dead_at = 0, fault = ''`, args...)
	return err
}

// Clear takes the notifications of a key off everybody's list, and their letters
// with them where these have not left.
func (t *tx) Clear(ctx context.Context, key string, why ...feed.Why) error {
	if err := t.tellNow(ctx); err != nil { // of what was told before it was over
		return err
	}
	where, args := `key = ?`, []any{key}
	if len(why) > 0 {
		where, args = where+` AND why IN (?)`, append(args, why)
	}
	var ids []string
	err := t.each(ctx, func(rows *sql.Rows) error {
		var id string
		var member feed.MemberID
		err := rows.Scan(&id, &member)
		ids, t.told = append(ids, id), append(t.told, member)
		return err
	}, `DELETE FROM notifications WHERE `+where+` RETURNING id, member`, args...)
	if err == nil && len(ids) > 0 {
		err = t.recall(ctx, ids)
	}
	if err != nil {
		return fmt.Errorf("clear the notifications of %s: %w", key, err)
	}
	return nil
}

// recall keeps letters from leaving whose notification is over.
func (t *tx) recall(ctx context.Context, ids []string) error {
	for _, id := range ids {
		delete(t.letters, id)
	}
	_, err := t.exec(ctx, `DELETE FROM dispatches WHERE channel = ? AND subject IN (?)`, feed.ByMail, ids)
	return err
}

// Notifications lists what a member is told, the latest first, and from where to
// go on; empty when that is all. What leads to a post that the member sees no
// more is left out.
func (s *Store) Notifications(ctx context.Context, m feed.Member, after string, limit int) (list []feed.Notification, next string, err error) {
	where, args := told(m)
	if after != "" {
		var when, number int64
		if _, err := fmt.Sscanf(after, "%d-%d", &when, &number); err != nil {
			return nil, "", errCursor
		}
		where, args = where+` AND (n.at < ? OR n.at = ? AND n.n < ?)`, append(args, when, when, number)
	}
	err = s.reader().each(ctx, func(rows *sql.Rows) error {
		var n feed.Notification
		var number int64
		err := rows.Scan(append([]any{&number}, notificationFields(&n)...)...)
		if len(list) < limit {
			list, next = append(list, n), fmt.Sprintf("%d-%d", millis(n.At), number)
			return err
		}
		limit = 0 // there are more
		return err
	}, `
		SELECT n.n, `+notificationColumns+`
		FROM notifications n
		LEFT JOIN posts p ON p.id = n.post
		WHERE `+where+`
		ORDER BY n.at DESC, n.n DESC
		LIMIT ?`, append(args, limit+1)...)
	if err != nil {
		return nil, "", fmt.Errorf("notifications of %s: %w", m.ID, err)
	}
	if limit > 0 {
		next = ""
	}
	return list, next, nil
}

// Columns of a notification, with the place of its post.
const notificationColumns = `n.id, n.member, n.key, n.why, n.post, n.page, n.title_fr, n.title_en, n.data, n.urgent, n.at, n.read_at, COALESCE(p.territory, ''), COALESCE(p.asset, '')`

func notificationFields(n *feed.Notification) []any {
	return []any{&n.ID, &n.Member, &n.Key, &n.Why, &n.Post, &n.Page, &n.Text.FR, &n.Text.EN, doc(&n.Values), &n.Urgent, at(&n.At), at(&n.ReadAt), &n.Place, &n.Asset}
}

// Unread counts what a member was told and has not read.
func (s *Store) Unread(ctx context.Context, m feed.Member) (n int, err error) {
	where, args := told(m)
	err = s.reader().get(ctx, &n, `SELECT COUNT(*) FROM notifications n LEFT JOIN posts p ON p.id = n.post WHERE n.read_at = 0 AND `+where, args...)
	if err != nil {
		return 0, fmt.Errorf("unread notifications of %s: %w", m.ID, err)
	}
	return n, nil
}

// told is a member's notifications that the member may still read.
func told(m feed.Member) (where string, args []any) {
	seen, args := seenBy(m)
	return `n.member = ? AND ` + seen, append([]any{m.ID}, args...)
}

// seenBy tells of a notification n whether its post, if it opens one, is listed
// where the member reads: it stands there, or is put to the people there.
func seenBy(m feed.Member) (where string, args []any) {
	roots := m.Scope().Roots
	if len(roots) == 0 {
		return `n.post = ''`, nil
	}
	return `(n.post = '' OR EXISTS (SELECT 1 FROM post_index x WHERE x.post = n.post AND x.territory IN (?)))`, []any{roots}
}

// ReadNotification keeps that a member read one of theirs: nobody need write to
// them of it any more. One that was cleared, or is not theirs, changes nothing.
func (s *Store) ReadNotification(ctx context.Context, m feed.MemberID, id string, now time.Time) error {
	return s.markRead(ctx, m, now, `id = ?`, id)
}

// ReadNotifications keeps that a member read all that they were told until now.
func (s *Store) ReadNotifications(ctx context.Context, m feed.MemberID, now time.Time) error {
	return s.markRead(ctx, m, now, `read_at = 0 AND at <= ?`, at(&now))
}

func (s *Store) markRead(ctx context.Context, m feed.MemberID, now time.Time, which string, arg any) error {
	err := s.inTx(ctx, func(t *tx) error {
		ids, err := column[string](ctx, t.conn, `
			UPDATE notifications
			SET read_at = CASE WHEN read_at = 0 THEN CAST(? AS BIGINT) ELSE read_at END
			WHERE member = ? AND `+which+`
			RETURNING id`, at(&now), m, arg)
		if err != nil || len(ids) == 0 {
			return err
		}
		t.told = append(t.told, m)
		return t.recall(ctx, ids)
	})
	if err != nil {
		return fmt.Errorf("notifications that %s read: %w", m, err)
	}
	return nil
}

var errCursor = feed.Refuse(feed.Invalid, "Cette suite de la liste n’existe pas.", "There is no such continuation of the list.")
