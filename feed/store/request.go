package store

import (
	"context"
	"database/sql"

	"github.com/fildefer/fildefer/feed"
)

const requestColumns = `member, key, digest, post, comment, joined`

func requestFields(r *feed.Request) []any {
	return []any{&r.Member, &r.Key, &r.Digest, &r.Post, &r.Comment, &r.Joined}
}

// ByIdempotency returns the request that the member sent under that key, nil
// when there is none.
func (t *tx) ByIdempotency(ctx context.Context, m feed.MemberID, key string) (*feed.Request, error) {
	var out *feed.Request
	err := t.each(ctx, func(rows *sql.Rows) error {
		out = &feed.Request{}
		return rows.Scan(requestFields(out)...)
	}, `SELECT `+requestColumns+` FROM requests WHERE member = ? AND key = ?`, m, key)
	return out, err
}

// Keep remembers a request under its member and key.
func (t *tx) Keep(ctx context.Context, r feed.Request) error {
	_, err := t.exec(ctx, `
		INSERT INTO requests (`+requestColumns+`)
		VALUES (?, ?, ?, ?, ?, ?)`, requestFields(&r)...)
	return err
}
