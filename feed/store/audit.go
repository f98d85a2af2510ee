package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// Audit appends to the audit log: one row at a time, each bound to the one
// before.
func (t *tx) Audit(ctx context.Context, e feed.AuditEntry) error {
	if err := t.enchain(ctx, e); err != nil {
		return fmt.Errorf("audit %s: %w", e.Action, err)
	}
	return nil
}

func (t *tx) enchain(ctx context.Context, e feed.AuditEntry) error {
	if err := t.lock(ctx); err != nil {
		return err
	}
	head, err := t.head(ctx)
	if err != nil {
		return err
	}
	link := feed.Link{N: head.N + 1, At: fromMillis(millis(e.At)), Action: e.Action, Territory: e.Territory, Object: e.Object}
	if link.Territory == "" {
		if link.Territory, err = t.workplace(ctx, e.Subject, e.Actor); err != nil {
			return err
		}
	}
	if link.Actor, err = t.pseudonym(ctx, e.Actor); err != nil {
		return err
	}
	if link.Subject, err = t.pseudonym(ctx, e.Subject); err != nil {
		return err
	}
	if len(e.Detail) > 0 {
		if link.Detail, err = t.word(ctx, string(e.Detail), cmp.Or(e.Subject, e.Actor)); err != nil {
			return err
		}
	}
	_, err = t.exec(ctx, `
		INSERT INTO audit (n, at, actor, action, subject, territory, object, detail, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		link.N, at(&link.At), link.Actor, link.Action, link.Subject, link.Territory, link.Object, link.Detail, link.Hash(head.Hash))
	return err
}

// word keeps a text beside the chain and returns what stands for it there.
func (t *tx) word(ctx context.Context, text string, of feed.MemberID) (digest string, err error) {
	salt := rand.Text()
	digest = feed.Salted(salt, text)
	_, err = t.exec(ctx, `INSERT INTO audit_words (digest, salt, text, member) VALUES (?, ?, ?, ?)`, digest, salt, text, of)
	return digest, err
}

// pseudonym is what stands for a member in the chain: always the same, so that
// their rows can be found as long as they are known.
func (t *tx) pseudonym(ctx context.Context, m feed.MemberID) (digest string, err error) {
	if m == "" {
		return "", nil
	}
	err = t.get(ctx, &digest, `SELECT digest FROM audit_words WHERE member = ? AND text = ?`, m, m)
	if errors.Is(err, sql.ErrNoRows) {
		return t.word(ctx, string(m), m)
	}
	return digest, err
}

// workplace is where the first of the members that has one works.
func (t *tx) workplace(ctx context.Context, members ...feed.MemberID) (feed.Path, error) {
	for _, m := range members {
		var place feed.Path
		err := t.get(ctx, &place, `
			SELECT MIN(territory)
			FROM grants
			WHERE member = ? AND substr(territory, 1, 1) <> '@'
			HAVING COUNT(*) > 0`, m)
		if !errors.Is(err, sql.ErrNoRows) {
			return place, err
		}
	}
	return "", nil
}

// head is the last row of the chain, the zero head when there is none.
func (c conn) head(ctx context.Context) (feed.AuditHead, error) {
	var h feed.AuditHead
	err := c.each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&h.N, &h.Hash)
	}, `SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1`)
	return h, err
}

// Note appends one entry to the audit log by itself.
func (s *Store) Note(ctx context.Context, e feed.AuditEntry) error {
	return s.InTx(ctx, func(t feed.Tx) error { return t.Audit(ctx, e) })
}

// AuditLog lists lines of the audit log, the latest first.
func (s *Store) AuditLog(ctx context.Context, q feed.AuditQuery) ([]feed.AuditLine, error) {
	where, args := `1 = 1`, []any{}
	if q.Of != "" {
		digest := ""
		err := s.reader().get(ctx, &digest, `SELECT digest FROM audit_words WHERE member = ? AND text = ?`, q.Of, q.Of)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("audit log of %s: %w", q.Of, err)
		}
		where, args = where+` AND (a.actor = ? OR a.subject = ?)`, append(args, digest, digest)
	}
	if q.Places != nil {
		inside, more := within(`a.territory`, q.Places)
		where, args = where+` AND (a.territory = '' OR `+inside+`)`, append(args, more...)
	}
	if q.Before > 0 {
		where, args = where+` AND a.n < ?`, append(args, q.Before)
	}
	var out []feed.AuditLine
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		var l feed.AuditLine
		var detail string
		err := rows.Scan(&l.N, at(&l.At), &l.Actor, &l.ActorName, &l.Action, &l.Subject, &l.SubjectName, &l.Territory, &l.Object, &detail, &l.Hash)
		if detail != "" {
			l.Detail = []byte(detail)
		}
		out = append(out, l)
		return err
	}, `
		SELECT a.n, a.at, COALESCE(actor.text, ''), COALESCE(doer.name, ''), a.action, COALESCE(subject.text, ''), COALESCE(whom.name, ''),
			a.territory, a.object, COALESCE(detail.text, ''), a.hash
		FROM audit a
		LEFT JOIN audit_words actor ON actor.digest = a.actor
		LEFT JOIN members doer ON doer.id = actor.text
		LEFT JOIN audit_words subject ON subject.digest = a.subject
		LEFT JOIN members whom ON whom.id = subject.text
		LEFT JOIN audit_words detail ON detail.digest = a.detail
		WHERE `+where+`
		ORDER BY a.n DESC
		LIMIT ?`, append(args, q.Limit)...)
	if err != nil {
		return nil, fmt.Errorf("audit log: %w", err)
	}
	return out, nil
}
