package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Thread lists the comments on a post, oldest first.
func (t *tx) Thread(ctx context.Context, id feed.PostID) ([]feed.Comment, error) {
	return t.comments(ctx, `WHERE post = ? ORDER BY at, id`, id)
}

// ChangeComment keeps what a comment says now, and whether it is shown.
func (t *tx) ChangeComment(ctx context.Context, c feed.Comment) error {
	n, err := t.exec(ctx, `
		UPDATE comments
		SET text = ?, photos = ?, mentions = ?, edited_at = ?, deleted_at = ?, hidden = ?
		WHERE id = ?`, c.Text, doc(&c.Photos), doc(&c.Mentions), at(&c.EditedAt), at(&c.DeletedAt), doc(&c.Hidden), c.ID)
	if err == nil && n == 0 {
		err = feed.ErrNotFound
	}
	return err
}

// KeepVersion keeps what was said before it was changed.
func (t *tx) KeepVersion(ctx context.Context, v feed.Version) error {
	_, err := t.exec(ctx, `INSERT INTO versions (post, comment, text, at) VALUES (?, ?, ?, ?)`, v.Post, v.Comment, v.Text, at(&v.At))
	return err
}

// Versions lists what a post's own words, or a comment, said before, oldest
// first. The caller has read the post in its reader's scope.
func (s *Store) Versions(ctx context.Context, id feed.PostID, comment feed.CommentID) ([]feed.Version, error) {
	var out []feed.Version
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		v := feed.Version{Post: id, Comment: comment}
		err := rows.Scan(&v.Text, at(&v.At))
		out = append(out, v)
		return err
	}, `SELECT text, at FROM versions WHERE post = ? AND comment = ? ORDER BY n`, id, comment)
	if err != nil {
		return nil, fmt.Errorf("versions of %s %s: %w", id, comment, err)
	}
	return out, nil
}

// DropPhotos forgets the pictures that went with a comment.
func (t *tx) DropPhotos(ctx context.Context, id feed.CommentID) error {
	_, err := t.exec(ctx, `DELETE FROM photos WHERE comment = ? AND comment <> ''`, id)
	return err
}

// Quoting lists the handovers whose sheets hold a line on a post. They stand at
// its place or around it.
func (t *tx) Quoting(ctx context.Context, id feed.PostID) ([]*feed.Post, error) {
	return t.some(ctx, `p.kind = ? AND p.sheet LIKE ?`, feed.Handover, `%"post":"`+string(id)+`"%`)
}

// Flag keeps that a member finds something unfit, and tells whether that is new.
func (t *tx) Flag(ctx context.Context, f feed.Flag) (added bool, err error) {
	n, err := t.exec(ctx, `
		INSERT INTO flags (post, comment, member, reason, at)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT DO NOTHING`, f.Post, f.Comment, f.Member, f.Reason, at(&f.At))
	if err != nil {
		return false, fmt.Errorf("flag on %s: %w", f.Post, err)
	}
	return n == 1, nil
}

// Unflag forgets who found something unfit.
func (t *tx) Unflag(ctx context.Context, post feed.PostID, comment feed.CommentID) error {
	_, err := t.exec(ctx, `DELETE FROM flags WHERE post = ? AND comment = ?`, post, comment)
	return err
}

// Flags lists who finds something on a post unfit. The caller has found that its
// reader moderates there.
func (s *Store) Flags(ctx context.Context, id feed.PostID) ([]feed.Flag, error) {
	var out []feed.Flag
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		f := feed.Flag{Post: id}
		err := rows.Scan(&f.Comment, &f.Member, &f.Reason, at(&f.At))
		out = append(out, f)
		return err
	}, `SELECT comment, member, reason, at FROM flags WHERE post = ? ORDER BY at, member`, id)
	if err != nil {
		return nil, fmt.Errorf("flags of %s: %w", id, err)
	}
	return out, nil
}

// tagged indexes the post under its tags. Machines have none, and cost nothing.
func (t *tx) tagged(ctx context.Context, p *feed.Post) error {
	if p.Talk == nil {
		return nil
	}
	if _, err := t.exec(ctx, `DELETE FROM post_tags WHERE post = ?`, p.ID); err != nil || len(p.Talk.Tags) == 0 {
		return err
	}
	var args []any
	for _, tag := range p.Talk.Tags {
		args = append(args, tag, p.ID)
	}
	_, err := t.exec(ctx, `
		INSERT INTO post_tags (tag, post)
		VALUES (?, ?)`+strings.Repeat(`, (?, ?)`, len(p.Talk.Tags)-1)+`
		ON CONFLICT DO NOTHING`, args...)
	return err
}

// Crowd is who may be mentioned on a post, and who of them is present.
func (s *Store) Crowd(ctx context.Context, p *feed.Post, now time.Time) (*feed.Crowd, error) {
	all, err := s.Members(ctx)
	if err != nil {
		return nil, err
	}
	present, err := s.reader().accounts(ctx, `m.id IN (SELECT member FROM presence WHERE until > ?)`, at(&now))
	if err != nil {
		return nil, fmt.Errorf("who is present: %w", err)
	}
	return feed.NewCrowd(p, all, accountMembers(present)), nil
}
