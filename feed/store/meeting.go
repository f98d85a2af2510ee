package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Meeting is what was written on a sheet, nil when nothing was.
func (t *tx) Meeting(ctx context.Context, place feed.Path, span feed.Span, from time.Time) (*feed.Meeting, error) {
	return t.meeting(ctx, place, span, from)
}

// Meeting is what was written on a sheet as of now; see [feed.Tx].
func (s *Store) Meeting(ctx context.Context, place feed.Path, span feed.Span, from time.Time) (*feed.Meeting, error) {
	return s.reader().meeting(ctx, place, span, from)
}

func (c conn) meeting(ctx context.Context, place feed.Path, span feed.Span, from time.Time) (*feed.Meeting, error) {
	var m *feed.Meeting
	err := c.get(ctx, doc(&m), `SELECT body FROM meetings WHERE territory = ? AND span = ? AND starts = ?`, place, span, at(&from))
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("meeting of %s: %w", place, err)
	}
	return m, nil
}

// MeetingsBelow lists the sheets of places below one that began from one instant
// until before another and have something written on them.
func (s *Store) MeetingsBelow(ctx context.Context, place feed.Path, from, to time.Time) ([]feed.Meeting, error) {
	where, args := within(`territory`, []feed.Path{place})
	out, err := rowsOf(ctx, s.reader(), func(m *feed.Meeting) []any { return []any{doc(m)} }, `
		SELECT body
		FROM meetings
		WHERE starts >= ? AND starts < ? AND territory <> ? AND `+where+`
		ORDER BY starts, territory`, append([]any{at(&from), at(&to), place}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("meetings below %s: %w", place, err)
	}
	return out, nil
}

// KeepMeeting keeps what was written on a sheet.
func (t *tx) KeepMeeting(ctx context.Context, m *feed.Meeting) error {
	_, err := t.exec(ctx, `
		INSERT INTO meetings (territory, span, starts, ends, body)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (territory, span, starts) DO UPDATE
		SET body = excluded.body`, m.Territory, m.Span, at(&m.From), at(&m.To), doc(m))
	if err != nil {
		return fmt.Errorf("keep the meeting of %s: %w", m.Territory, err)
	}
	return nil
}
