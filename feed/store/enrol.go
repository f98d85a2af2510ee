package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Enrol adds people, all of them or none, or gives those who are there this
// name, language, functions and rights in the tree; their groups stay theirs, and
// so do their PIN, and their badge where none is given. Hash is what is kept of
// a badge.
func (s *Store) Enrol(ctx context.Context, people []feed.Enrolment, hash func(badge string) string) error {
	hashes := make([]string, len(people)) // once, however often the transaction runs
	for i, p := range people {
		if p.Badge != "" {
			hashes[i] = hash(p.Badge)
		}
	}
	return s.inTx(ctx, func(t *tx) error {
		for i, p := range people {
			if err := t.enrol(ctx, p.Member, hashes[i]); err != nil {
				return fmt.Errorf("enrol %s: %w", p.ID, s.classify(err))
			}
			if err := t.Audit(ctx, imported(p.Member)); err != nil {
				return fmt.Errorf("enrol %s: %w", p.ID, err)
			}
		}
		return nil
	})
}

// imported is what is written down of one person of a file: each may read it.
func imported(m feed.Member) feed.AuditEntry {
	roles := make([]string, 0, len(m.Grants))
	for _, g := range m.Grants {
		roles = append(roles, string(g.Role)+"@"+string(g.Territory))
	}
	detail, _ := json.Marshal(map[string]string{"roles": strings.Join(roles, " ")}) // of strings: never fails
	return feed.AuditEntry{At: time.Now(), Action: "member.import", Subject: m.ID, Detail: detail}
}

func (t *tx) enrol(ctx context.Context, m feed.Member, badge string) error {
	_, err := t.exec(ctx, `
		INSERT INTO members (id, name, lang, functions, pin, badge, revoked)
		VALUES (?, ?, ?, ?, '', ?, ?)
		ON CONFLICT (id) DO UPDATE
		SET name = excluded.name, lang = excluded.lang, functions = excluded.functions, revoked = excluded.revoked,
			badge = CASE WHEN excluded.badge = '' THEN members.badge ELSE excluded.badge END`,
		m.ID, m.Name, m.Lang, doc(&m.Functions), badge, false)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, `DELETE FROM grants WHERE member = ? AND substr(territory, 1, 1) <> '@'`, m.ID); err != nil {
		return err
	}
	for _, g := range m.Grants {
		_, err := t.exec(ctx, `
			INSERT INTO grants (member, territory, role)
			VALUES (?, ?, ?)
			ON CONFLICT DO NOTHING`, m.ID, g.Territory, g.Role)
		if err != nil {
			return err
		}
	}
	return nil
}
