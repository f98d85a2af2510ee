package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Track keeps where a post is on its way to a decision.
func (t *tx) Track(ctx context.Context, p *feed.Post, waiting []feed.MemberID, wake time.Time) error {
	talk := feed.Talk{}
	if p.Talk != nil {
		talk = *p.Talk
	}
	co := talk.Course
	if co == nil {
		co = &feed.Course{}
	}
	open := co.Outcome == "" && p.State.Open()
	if _, err := t.exec(ctx, `
		INSERT INTO courses (post, open, overdue, due_at, decided_at, wake_at, origin)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (post) DO UPDATE
		SET open = excluded.open, overdue = excluded.overdue, due_at = excluded.due_at, decided_at = excluded.decided_at,
			wake_at = excluded.wake_at, origin = excluded.origin`,
		p.ID, open, co.Overdue, at(&co.Due), at(&co.At), at(&wake), talk.From); err != nil {
		return fmt.Errorf("track %s: %w", p.ID, err)
	}
	if _, err := t.exec(ctx, `DELETE FROM course_waits WHERE post = ?`, p.ID); err != nil {
		return fmt.Errorf("track who decides on %s: %w", p.ID, err)
	}
	for _, m := range waiting {
		if _, err := t.exec(ctx, `INSERT INTO course_waits (member, post) VALUES (?, ?) ON CONFLICT DO NOTHING`, m, p.ID); err != nil {
			return fmt.Errorf("track that %s decides on %s: %w", m, p.ID, err)
		}
	}
	return nil
}

// Awaited lists the posts whose time has come, the earliest first.
func (t *tx) Awaited(ctx context.Context, now time.Time, limit int) ([]feed.PostID, error) {
	return t.ids(ctx, `SELECT post FROM courses WHERE wake_at <> 0 AND wake_at <= ? ORDER BY wake_at, post LIMIT ?`, at(&now), limit)
}

func (c conn) ids(ctx context.Context, query string, args ...any) ([]feed.PostID, error) {
	out, err := column[feed.PostID](ctx, c, query, args...)
	if err != nil {
		return nil, fmt.Errorf("courses: %w", err)
	}
	return out, nil
}

// Reacted lists who reacted to a post.
func (t *tx) Reacted(ctx context.Context, id feed.PostID) ([]feed.MemberID, error) {
	out, err := column[feed.MemberID](ctx, t.conn, `
		SELECT member FROM reactions WHERE post = ?
		UNION
		SELECT member FROM me_too WHERE post = ?
		ORDER BY 1`, id, id)
	if err != nil {
		return nil, fmt.Errorf("who reacted to %s: %w", id, err)
	}
	return out, nil
}

// Gather gives what people said of a post without words to another one as well.
func (t *tx) Gather(ctx context.Context, from, into feed.PostID) (map[feed.Reaction]int, int, error) {
	for _, query := range []string{
		`INSERT INTO reactions (post, member, reaction) SELECT CAST(? AS TEXT), member, reaction FROM reactions WHERE post = ? ON CONFLICT DO NOTHING`,
		`INSERT INTO me_too (post, member) SELECT CAST(? AS TEXT), member FROM me_too WHERE post = ? ON CONFLICT DO NOTHING`,
	} {
		if _, err := t.exec(ctx, query, into, from); err != nil {
			return nil, 0, fmt.Errorf("gather %s into %s: %w", from, into, err)
		}
	}
	reactions := map[feed.Reaction]int{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var r feed.Reaction
		var n int
		err := rows.Scan(&r, &n)
		reactions[r] = n
		return err
	}, `SELECT reaction, COUNT(*) FROM reactions WHERE post = ? GROUP BY reaction`, into)
	if err != nil {
		return nil, 0, fmt.Errorf("reactions to %s: %w", into, err)
	}
	var too int
	if err := t.get(ctx, &too, `SELECT COUNT(*) FROM me_too WHERE post = ?`, into); err != nil {
		return nil, 0, fmt.Errorf("me too on %s: %w", into, err)
	}
	return reactions, too, nil
}

// listed is the condition that a course is on a list of the reader's, and the
// order of that list: what is due first, or what was decided last.
func listed(l feed.CourseList, m feed.MemberID) (where, order string, args []any) {
	switch l {
	case feed.WaitsForMe:
		return `k.post IN (SELECT w.post FROM course_waits w WHERE w.member = ?)`, `k.due_at, k.post`, []any{m}
	case feed.OverdueOnes:
		return `k.open AND k.overdue`, `k.due_at, k.post`, nil
	case feed.DecidedOnes:
		return `k.decided_at <> 0`, `k.decided_at DESC, k.post DESC`, nil
	}
	return `k.open`, `k.due_at, k.post`, nil
}

// Courses lists the questions and ideas in scope that are on a list.
func (s *Store) Courses(ctx context.Context, scope feed.Scope, l feed.CourseList, limit int) ([]*feed.Post, error) {
	in, places := within("p.territory", scope.Roots)
	where, order, args := listed(l, scope.Reader)
	out, err := s.reader().list(ctx, `
		JOIN courses k ON k.post = p.id
		WHERE `+where+` AND p.audience = '' AND `+in+`
		ORDER BY `+order+`
		LIMIT ?`, append(append(args, places...), limit)...)
	if err != nil {
		return nil, fmt.Errorf("courses %s: %w", l, err)
	}
	return out, nil
}

// CountCourses tells how many are on each list.
func (s *Store) CountCourses(ctx context.Context, scope feed.Scope) (map[feed.CourseList]int, error) {
	in, places := within("p.territory", scope.Roots)
	out := map[feed.CourseList]int{}
	for _, l := range feed.CourseLists {
		where, _, args := listed(l, scope.Reader)
		var n int
		err := s.reader().get(ctx, &n, `
			SELECT COUNT(*)
			FROM courses k JOIN posts p ON p.id = k.post
			WHERE `+where+` AND p.audience = '' AND `+in, append(args, places...)...)
		if err != nil {
			return nil, fmt.Errorf("count the courses %s: %w", l, err)
		}
		out[l] = n
	}
	return out, nil
}

// Born lists what was born of a post, in scope, the first first.
func (s *Store) Born(ctx context.Context, scope feed.Scope, id feed.PostID) ([]*feed.Post, error) {
	in, places := within("p.territory", scope.Roots)
	out, err := s.reader().list(ctx, `
		JOIN (
			SELECT post FROM courses WHERE origin = ? AND origin <> ''
			UNION ALL SELECT post FROM cards WHERE source = ?) k ON k.post = p.id
		WHERE p.audience = '' AND `+in+`
		ORDER BY p.opened_at, p.id
		LIMIT 20`, append([]any{id, id}, places...)...)
	if err != nil {
		return nil, fmt.Errorf("what was born of %s: %w", id, err)
	}
	return out, nil
}
