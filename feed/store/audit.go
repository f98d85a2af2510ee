package store

import (
	"context"
	"fmt"

	"github.com/fildefer/fildefer/feed"
)

// Audit appends to the audit log.
func (t *tx) Audit(ctx context.Context, e feed.AuditEntry) error {
	_, err := t.exec(ctx, `
		INSERT INTO audit (at, actor, action, subject, territory, object, detail)
		VALUES (?, ?, ?, ?, ?, ?, ?)`, at(&e.At), e.Actor, e.Action, e.Subject, e.Territory, e.Object, string(e.Detail))
	if err != nil {
		return fmt.Errorf("audit %s: %w", e.Action, err)
	}
	return nil
}
