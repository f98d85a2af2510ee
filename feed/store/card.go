package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// SaveCard keeps where the card that a post holds is looked for, and when
// somebody is asked whether it holds.
func (t *tx) SaveCard(ctx context.Context, p *feed.Post, ask time.Time) error {
	if p.Talk == nil || p.Talk.Card == nil {
		return fmt.Errorf("%s holds no card", p.ID)
	}
	c := p.Talk.Card
	_, err := t.exec(ctx, `
		INSERT INTO cards (post, source, about, article, rule, matter, why, retired, confirmed_at, ask_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (post) DO UPDATE
		SET about = excluded.about, why = excluded.why, retired = excluded.retired,
			confirmed_at = excluded.confirmed_at, ask_at = excluded.ask_at`,
		p.ID, p.Talk.From, c.Asset, c.SKU, c.Rule, p.Topic, feed.FoldCause(c.Cause), c.Retired, at(&c.Confirmed), at(&ask))
	return err
}

// CardOf is the card that was made of a post, empty when there is none.
func (t *tx) CardOf(ctx context.Context, source feed.PostID) (id feed.PostID, err error) {
	err = t.each(ctx, func(rows *sql.Rows) error { return rows.Scan(&id) }, `SELECT post FROM cards WHERE source = ?`, source)
	return id, err
}

// UseCard keeps that a card helped a member with a post, or takes it back.
func (t *tx) UseCard(ctx context.Context, u feed.CardUse, on bool) (changed bool, err error) {
	var n int64
	if on {
		n, err = t.exec(ctx, `INSERT INTO card_uses (card, post, member, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, u.Card, u.Post, u.Member, at(&u.At))
	} else {
		n, err = t.exec(ctx, `DELETE FROM card_uses WHERE card = ? AND post = ? AND member = ?`, u.Card, u.Post, u.Member)
	}
	if err != nil {
		return false, fmt.Errorf("use of card %s: %w", u.Card, err)
	}
	return n > 0, nil
}

// CardsDue lists the cards about which it is time to ask, the oldest first.
func (t *tx) CardsDue(ctx context.Context, now time.Time, limit int) ([]feed.PostID, error) {
	return t.ids(ctx, `SELECT post FROM cards WHERE ask_at <> 0 AND ask_at <= ? ORDER BY ask_at, post LIMIT ?`, at(&now), limit)
}

// CopyPhoto gives a post a copy of another one's photo.
func (t *tx) CopyPhoto(ctx context.Context, from feed.PhotoID, to feed.StoredPhoto) error {
	n, err := t.exec(ctx, `
		INSERT INTO photos (id, post, comment, width, height, large, small, at)
		SELECT CAST(? AS TEXT), CAST(? AS TEXT), CAST(? AS TEXT), width, height, large, small, CAST(? AS BIGINT)
		FROM photos
		WHERE id = ?`, to.ID, to.Post, to.Comment, at(&to.At), from)
	if err == nil && n == 0 {
		err = feed.ErrNotFound
	}
	return err
}

// Unlog takes the entry with that effect out of a timeline.
func (t *tx) Unlog(ctx context.Context, id feed.PostID, effect string) error {
	if _, err := t.exec(ctx, `DELETE FROM entries WHERE post = ? AND effect = ?`, id, effect); err != nil {
		return fmt.Errorf("take %s out of the timeline of %s: %w", effect, id, err)
	}
	return nil
}

// HasCard tells whether a good practice was made of a post, be it one that the
// reader does not see.
func (s *Store) HasCard(ctx context.Context, source feed.PostID) (has bool, err error) {
	err = s.reader().each(ctx, func(*sql.Rows) error { has = true; return nil }, `SELECT 1 FROM cards WHERE source = ?`, source)
	if err != nil {
		return false, fmt.Errorf("card of %s: %w", source, err)
	}
	return has, nil
}

// Helped lists the cards of which a member said that they helped with a post.
func (s *Store) Helped(ctx context.Context, id feed.PostID, m feed.MemberID) ([]feed.PostID, error) {
	return s.reader().ids(ctx, `SELECT card FROM card_uses WHERE post = ? AND member = ?`, id, m)
}

// cardIn is the condition that a card is on a list.
func cardIn(state feed.CardState, now time.Time) (where string, args []any) {
	old := now.Add(-feed.CardAge)
	switch state {
	case feed.DueCards:
		return `k.retired = ? AND k.confirmed_at <= ?`, []any{false, at(&old)}
	case feed.RetiredCards:
		return `k.retired = ?`, []any{true}
	case feed.AllCards:
		return `1 = 1`, nil
	}
	return `k.retired = ?`, []any{false}
}

// Cards lists the good practices in scope of an asset, or of all, by place; the
// one confirmed last is the first of its place.
func (s *Store) Cards(ctx context.Context, scope feed.Scope, asset feed.Path, state feed.CardState, now time.Time, limit int) ([]*feed.Post, error) {
	where, args := cardIn(state, now)
	if asset != "" {
		where, args = where+` AND k.about IN (?)`, append(args, asset.Lineage())
	}
	in, places := within("p.territory", scope.Roots)
	args = append(args, places...)
	out, err := s.reader().list(ctx, `
		JOIN cards k ON k.post = p.id
		WHERE `+where+` AND p.audience = '' AND `+in+`
		ORDER BY p.territory, k.about, k.confirmed_at DESC, k.post
		LIMIT ?`, append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("good practices of %v: %w", scope.Roots, err)
	}
	return out, nil
}

// CountCards tells how many good practices in scope are on each list.
func (s *Store) CountCards(ctx context.Context, scope feed.Scope, now time.Time) (feed.CardCounts, error) {
	out := feed.CardCounts{}
	in, places := within("p.territory", scope.Roots)
	for _, state := range []feed.CardState{feed.LiveCards, feed.DueCards, feed.RetiredCards} {
		where, args := cardIn(state, now)
		var n int
		if err := s.reader().get(ctx, &n, `SELECT COUNT(*) FROM posts p JOIN cards k ON k.post = p.id WHERE `+where+` AND p.audience = '' AND `+in, append(args, places...)...); err != nil {
			return nil, fmt.Errorf("count the good practices of %v: %w", scope.Roots, err)
		}
		out[state] = n
	}
	return out, nil
}
