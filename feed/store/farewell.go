package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// Where members are named. A test erases somebody and looks for them in every
// column there is: a new one belongs into one of these lists.
var (
	// signed columns hold a member, beside the name that is shown.
	signed = []struct{ table, member, name string }{
		{"posts", "author", "author_name"},
		{"posts", "taker", "taker_name"},
		{"entries", "author", "author_name"},
		{"comments", "author", "author_name"},
		{"guests", "author", "author_name"},
	}
	// pointed columns hold a member alone; what they say stays and counts.
	pointed = []struct{ table, member string }{
		{"posts", "shadow_for"},
		{"reactions", "member"},
		{"me_too", "member"},
		{"noise", "member"},
		{"requests", "member"},
		{"rollouts", "by_member"},
		{"invitations", "invited"},
		{"absences", "delegate"},
		{"proposals", "author"},
		{"proposal_votes", "member"},
		{"member_skills", "validator"},
		{"votes", "member"},
		{"readings", "member"},
		{"seen", "member"},
		{"usages", "by_member"},
		{"ticks", "member"},
		{"launch_marks", "member"},
		{"rollout_past", "by_member"},
		{"card_uses", "member"},
		{"ambassador_calls", "by_member"},
	}
	// written columns are JSON that may tell of members.
	written = []struct{ table, key, column string }{
		{"posts", "id", "last_comment"},
		{"posts", "id", "talk"},
		{"posts", "id", "shelf"},
		{"posts", "id", "sheet"},
		{"posts", "id", "past"},
		{"posts", "id", "asked_by"},
		{"posts", "id", "steps"},
		{"comments", "id", "mentions"},
		{"comments", "id", "hidden"},
		{"territories", "path", "own"},
		{"proposals", "id", "people"},
		{"meetings", "territory || ' ' || span || ' ' || CAST(starts AS TEXT)", "body"},
	}
	// owned rows are the member's alone, and go.
	owned = []struct{ table, member string }{
		{"farewells", "member"},
		{"notifications", "member"},
		{"presence", "member"},
		{"absences", "member"},
		{"sessions", "member"},
		{"seals", "member"},
		{"grants", "member"},
		{"identities", "member"},
		{"tries", "name"},
		{"audit_words", "member"},
		{"follows", "member"},
		{"flags", "member"},
		{"group_members", "member"},
		{"group_calls", "member"},
		{"profiles", "member"},
		{"member_skills", "member"},
		{"wishes", "member"},
		{"hints", "member"},
		{"refused_hints", "member"},
		{"help_asked", "member"},
		{"course_waits", "member"},
		{"notice_rules", "member"},
		{"dispatches", "member"},
		{"report_subscriptions", "member"},
		{"acceptances", "member"},
		{"ambassador_calls", "member"},
		{"arrivals", "member"},
	}
)

// Bid keeps that a member asked to be forgotten, or no longer does.
func (t *tx) Bid(ctx context.Context, id feed.MemberID, when time.Time, on bool) error {
	if !on {
		_, err := t.exec(ctx, `DELETE FROM farewells WHERE member = ?`, id)
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO farewells (member, at) VALUES (?, ?) ON CONFLICT DO NOTHING`, id, at(&when))
	return err
}

// Farewells lists who asked to be forgotten, and when.
func (s *Store) Farewells(ctx context.Context) (map[feed.MemberID]time.Time, error) {
	out := map[feed.MemberID]time.Time{}
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		var id feed.MemberID
		var asked time.Time
		err := rows.Scan(&id, at(&asked))
		out[id] = asked
		return err
	}, `SELECT member, at FROM farewells`)
	if err != nil {
		return nil, fmt.Errorf("farewells: %w", err)
	}
	return out, nil
}

// EveryMember lists the names that somebody signs in with, or did.
func (s *Store) EveryMember(ctx context.Context) ([]feed.MemberID, error) {
	out, err := column[feed.MemberID](ctx, s.reader(), `SELECT id FROM members ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("members, revoked or not: %w", err)
	}
	return out, nil
}

// Forget puts somebody who is nobody in the place of a member.
func (t *tx) Forget(ctx context.Context, id, as feed.MemberID, name string) error {
	there, err := t.Taken(ctx, id)
	if err != nil {
		return err
	}
	if !there {
		return feed.ErrNotFound
	}
	// A restored database may have the stand-in already.
	_, err = t.exec(ctx, `
		INSERT INTO members (id, name, lang, pin, revoked)
		SELECT CAST(? AS TEXT), CAST(? AS TEXT), lang, '', ?
		FROM members
		WHERE id = ?
		ON CONFLICT (id) DO NOTHING`, as, name, true, id)
	if err != nil {
		return fmt.Errorf("stand in: %w", err)
	}
	touched, err := t.signedBy(ctx, id)
	if err != nil {
		return err
	}
	for _, o := range owned {
		if _, err := t.exec(ctx, `DELETE FROM `+o.table+` WHERE `+o.member+` = ?`, id); err != nil {
			return fmt.Errorf("%s: %w", o.table, err)
		}
	}
	for _, w := range written {
		if err := t.rewrite(ctx, w.table, w.key, w.column, id, as, name); err != nil {
			return fmt.Errorf("%s.%s: %w", w.table, w.column, err)
		}
	}
	for _, c := range signed {
		if _, err := t.exec(ctx, `UPDATE `+c.table+` SET `+c.member+` = ?, `+c.name+` = ? WHERE `+c.member+` = ?`, as, name, id); err != nil {
			return fmt.Errorf("%s.%s: %w", c.table, c.member, err)
		}
	}
	for _, c := range pointed {
		if _, err := t.exec(ctx, `UPDATE `+c.table+` SET `+c.member+` = ? WHERE `+c.member+` = ?`, as, id); err != nil {
			return fmt.Errorf("%s.%s: %w", c.table, c.member, err)
		}
	}
	if _, err := t.exec(ctx, `DELETE FROM members WHERE id = ?`, id); err != nil {
		return fmt.Errorf("members: %w", err)
	}
	return t.tellAgain(ctx, touched)
}

// signedBy lists the posts that show the name of a member.
func (t *tx) signedBy(ctx context.Context, id feed.MemberID) (posts []feed.PostID, err error) {
	posts, err = column[feed.PostID](ctx, t.conn, `
		SELECT id FROM posts WHERE author = ? OR taker = ?
		UNION SELECT post FROM comments WHERE author = ?`, id, id, id)
	return posts, err
}

// tellAgain numbers the change of posts, so that screens show them as they are.
func (t *tx) tellAgain(ctx context.Context, posts []feed.PostID) error {
	for _, id := range posts {
		p, err := t.Post(ctx, id)
		if err != nil {
			return fmt.Errorf("post %s: %w", id, err)
		}
		if err := t.Save(ctx, p); err != nil {
			return fmt.Errorf("post %s: %w", id, err)
		}
	}
	return nil
}

// rewrite puts somebody else in the place of a member in a column of JSON.
func (t *tx) rewrite(ctx context.Context, table, key, column string, id, as feed.MemberID, name string) error {
	quoted, err := json.Marshal(string(id))
	if err != nil {
		return err
	}
	texts := map[string]string{}
	err = t.each(ctx, func(rows *sql.Rows) error {
		var k, text string
		err := rows.Scan(&k, &text)
		texts[k] = text
		return err
	}, `SELECT `+key+`, `+column+` FROM `+table+` WHERE `+column+` LIKE ?`, "%"+string(quoted)+"%")
	if err != nil {
		return err
	}
	for k, text := range texts {
		decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
		decoder.UseNumber()
		var value any
		if err := decoder.Decode(&value); err != nil {
			return fmt.Errorf("%s: %w", k, err)
		}
		change := replaced
		if _, list := value.([]any); list {
			change = renamed // a list of members, or of what names them
		}
		changed, err := json.Marshal(change(value, string(id), string(as), name))
		if err != nil {
			return fmt.Errorf("%s: %w", k, err)
		}
		if _, err := t.exec(ctx, `UPDATE `+table+` SET `+column+` = ? WHERE `+key+` = ?`, string(changed), k); err != nil {
			return err
		}
	}
	return nil
}

// naming are the keys of JSON whose texts are members; elsewhere the same word
// may be a role.
var naming = []string{"member", "by", "for", "delegate", "deciders", "people", "owner", "assignee", "animator"}

// replaced is a value of JSON with somebody else in the place of a member.
func replaced(value any, id, as, name string) any {
	switch v := value.(type) {
	case []any:
		for i := range v {
			v[i] = replaced(v[i], id, as, name)
		}
	case map[string]any:
		for key, inner := range v {
			low := strings.ToLower(key)
			switch {
			case slices.Contains(naming, low):
				v[key] = renamed(inner, id, as, name)
			default:
				v[key] = replaced(inner, id, as, name)
			}
			if low == "for" && inner == id && v["for_name"] != nil {
				v["for_name"] = name
			}
			if low == "member" && inner == id {
				for _, shown := range []string{"name", "Name"} {
					if _, there := v[shown]; there {
						v[shown] = name
					}
				}
			}
		}
	}
	return value
}

// renamed is what stands under a key that names members.
func renamed(value any, id, as, name string) any {
	switch v := value.(type) {
	case string:
		if v == id {
			return as
		}
	case []any:
		for i := range v {
			v[i] = renamed(v[i], id, as, name)
		}
	default:
		return replaced(value, id, as, name)
	}
	return value
}
