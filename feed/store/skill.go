package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// enter puts a skill into the catalogue, and returns its key.
func (t *tx) enter(ctx context.Context, name string) (key string, err error) {
	key = feed.SkillKey(name)
	_, err = t.exec(ctx, `INSERT INTO skills (key, name) VALUES (?, ?) ON CONFLICT (key) DO NOTHING`, key, name)
	if err != nil {
		return "", fmt.Errorf("skill %s: %w", key, err)
	}
	return key, nil
}

// SetSkill says how well a member knows something.
func (t *tx) SetSkill(ctx context.Context, m feed.MemberID, s feed.Skill) error {
	key, err := t.enter(ctx, s.Name)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `
		INSERT INTO member_skills (member, skill, level, validator, expires)
		VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (member, skill) DO UPDATE
		SET level = excluded.level, validator = excluded.validator, expires = excluded.expires`, m, key, s.Level, s.Validator, at(&s.Expires))
	if err != nil {
		return fmt.Errorf("skill %s of %s: %w", key, m, err)
	}
	return nil
}

// DropSkill takes a skill off a member.
func (t *tx) DropSkill(ctx context.Context, m feed.MemberID, key string) error {
	if _, err := t.exec(ctx, `DELETE FROM member_skills WHERE member = ? AND skill = ?`, m, key); err != nil {
		return fmt.Errorf("drop skill %s of %s: %w", key, m, err)
	}
	return nil
}

// SetWish adds or drops an appetence.
func (t *tx) SetWish(ctx context.Context, m feed.MemberID, name string, on bool) error {
	key, err := feed.SkillKey(name), error(nil)
	if on {
		if key, err = t.enter(ctx, name); err == nil {
			_, err = t.exec(ctx, `INSERT INTO wishes (member, skill) VALUES (?, ?) ON CONFLICT DO NOTHING`, m, key)
		}
	} else {
		_, err = t.exec(ctx, `DELETE FROM wishes WHERE member = ? AND skill = ?`, m, key)
	}
	if err != nil {
		return fmt.Errorf("appetence %s of %s: %w", key, m, err)
	}
	return nil
}

// Knows tells which members know a skill.
func (t *tx) Knows(ctx context.Context, skill string, learners bool, now time.Time) (map[feed.MemberID]bool, error) {
	key := feed.SkillKey(skill)
	query, args := `SELECT member FROM member_skills WHERE skill = ? AND level >= ? AND (expires = 0 OR expires > ?)`, []any{key, feed.Able, at(&now)}
	if learners {
		query, args = query+` UNION SELECT member FROM wishes WHERE skill = ?`, append(args, key)
	}
	out := map[feed.MemberID]bool{}
	err := t.each(ctx, func(rows *sql.Rows) error {
		var m feed.MemberID
		err := rows.Scan(&m)
		out[m] = true
		return err
	}, query, args...)
	return out, err
}

// Learn counts a post that a member solved towards a hint.
func (t *tx) Learn(ctx context.Context, m feed.MemberID, name string, post feed.PostID) error {
	_, err := t.exec(ctx, `INSERT INTO hints (member, skill, post, name) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`, m, feed.SkillKey(name), post, name)
	return err
}

// RefuseHint keeps that a member does not want to hear of a hint again.
func (t *tx) RefuseHint(ctx context.Context, m feed.MemberID, key string) error {
	_, err := t.exec(ctx, `INSERT INTO refused_hints (member, skill) VALUES (?, ?) ON CONFLICT DO NOTHING`, m, key)
	return err
}

// ForgetHints deletes all that hints to a member were made of.
func (t *tx) ForgetHints(ctx context.Context, m feed.MemberID) error {
	for _, query := range []string{`DELETE FROM hints WHERE member = ?`, `DELETE FROM refused_hints WHERE member = ?`} {
		if _, err := t.exec(ctx, query, m); err != nil {
			return fmt.Errorf("forget the hints to %s: %w", m, err)
		}
	}
	return nil
}

// SkillNames lists names of the catalogue with a word that begins so, as people
// type it; the most common first.
func (s *Store) SkillNames(ctx context.Context, prefix string, limit int) ([]string, error) {
	var out []string
	key := feed.SkillKey(prefix)
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		out = append(out, name)
		return err
	}, `
		SELECT s.name
		FROM skills s
		WHERE substr(s.key, 1, ?) = ? OR s.key LIKE ? ESCAPE '!'
		ORDER BY (SELECT COUNT(*) FROM member_skills ms WHERE ms.skill = s.key) + (SELECT COUNT(*) FROM wishes w WHERE w.skill = s.key) DESC, s.key
		LIMIT ?`, len([]rune(key)), key, `% `+strings.NewReplacer(`!`, `!!`, `%`, `!%`, `_`, `!_`).Replace(key)+`%`, limit)
	if err != nil {
		return nil, fmt.Errorf("skills like %q: %w", key, err)
	}
	return out, nil
}
