package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// errVerdict ends the reading of the chain at the first row that is wrong.
var errVerdict = errors.New("the chain is broken")

// VerifyAudit reads the whole chain again and says where it is first broken. A
// head that was kept elsewhere has to lie on it: else rows were cut off.
func (s *Store) VerifyAudit(ctx context.Context, kept *feed.AuditHead) (feed.AuditVerdict, error) {
	var v feed.AuditVerdict
	found := kept == nil || kept.N == 0
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		r, err := scanLink(rows)
		if err != nil {
			return err
		}
		if why := r.fault(v.Head); why != "" {
			v.Broken, v.Why = v.Head.N+1, why
			return errVerdict
		}
		if r.forgotten() {
			v.Forgotten++
		}
		v.Head = feed.AuditHead{N: r.link.N, Hash: r.hash}
		if kept != nil && *kept == v.Head {
			found = true
		}
		return nil
	}, `
		SELECT a.n, a.at, a.actor, a.action, a.subject, a.territory, a.object, a.detail, a.hash,
			actor.salt, actor.text, subject.salt, subject.text, detail.salt, detail.text
		FROM audit a
		LEFT JOIN audit_words actor ON actor.digest = a.actor
		LEFT JOIN audit_words subject ON subject.digest = a.subject
		LEFT JOIN audit_words detail ON detail.digest = a.detail
		ORDER BY a.n`)
	switch {
	case errors.Is(err, errVerdict):
		return v, nil
	case err != nil:
		return v, fmt.Errorf("verify the audit log: %w", err)
	case !found && kept.N > v.Head.N:
		v.Broken, v.Why = v.Head.N+1, fmt.Sprintf("rows up to %d were there when the head was kept, and are gone", kept.N)
	case !found:
		v.Broken, v.Why = kept.N, "it is another row than when the head was kept"
	}
	return v, nil
}

// chained is a row of the chain with what its digests stand for.
type chained struct {
	link  feed.Link
	hash  string
	words [3]struct {
		digest     string
		salt, text sql.NullString
	}
}

func scanLink(rows *sql.Rows) (chained, error) {
	var r chained
	w := &r.words
	err := rows.Scan(&r.link.N, at(&r.link.At), &r.link.Actor, &r.link.Action, &r.link.Subject, &r.link.Territory, &r.link.Object, &r.link.Detail, &r.hash,
		&w[0].salt, &w[0].text, &w[1].salt, &w[1].text, &w[2].salt, &w[2].text)
	w[0].digest, w[1].digest, w[2].digest = r.link.Actor, r.link.Subject, r.link.Detail
	return r, err
}

// fault says what is wrong with a row that follows before, empty when nothing is.
func (r chained) fault(before feed.AuditHead) string {
	if r.link.N != before.N+1 {
		return fmt.Sprintf("the row after it is %d: rows are missing", r.link.N)
	}
	if r.link.Hash(before.Hash) != r.hash {
		return "its hash is not that of what it says after the row before"
	}
	for _, w := range r.words {
		if w.text.Valid && feed.Salted(w.salt.String, w.text.String) != w.digest {
			return "a name or detail is another than when it was written"
		}
	}
	return ""
}

// forgotten tells whether somebody that the row tells of was erased.
func (r chained) forgotten() bool {
	for _, w := range r.words {
		if w.digest != "" && !w.text.Valid {
			return true
		}
	}
	return false
}

// AuditHead is the last row of the chain.
func (s *Store) AuditHead(ctx context.Context) (feed.AuditHead, error) {
	h, err := s.reader().head(ctx)
	if err != nil {
		return h, fmt.Errorf("head of the audit log: %w", err)
	}
	return h, nil
}

// SealedHead is the head of the chain on a day, signed.
type SealedHead struct {
	Day string
	feed.AuditHead
	Signature string
}

// SealHead keeps a signed head of a day; the first one stays.
func (s *Store) SealHead(ctx context.Context, h SealedHead) error {
	return s.inTx(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `
			INSERT INTO audit_heads (day, n, hash, signature)
			VALUES (?, ?, ?, ?)
			ON CONFLICT (day) DO NOTHING`, h.Day, h.N, h.Hash, h.Signature)
		return err
	})
}

// SealedHeads lists the signed heads by day.
func (s *Store) SealedHeads(ctx context.Context) ([]SealedHead, error) {
	out, err := rowsOf(ctx, s.reader(), func(h *SealedHead) []any {
		return []any{&h.Day, &h.N, &h.Hash, &h.Signature}
	}, `SELECT day, n, hash, signature FROM audit_heads ORDER BY day`)
	if err != nil {
		return nil, fmt.Errorf("signed heads of the audit log: %w", err)
	}
	return out, nil
}
