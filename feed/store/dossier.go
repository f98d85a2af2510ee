package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
)

// keptOf is what a person is told of what is kept of them: each query has the
// person for its only placeholder. Columns whose name ends in "at" or "expires"
// are instants.
var keptOf = []struct{ name, query string }{
	{"roles", `SELECT territory, role, source FROM grants WHERE member = ? ORDER BY territory, role`},
	{"company_accounts", `SELECT issuer, subject, at FROM identities WHERE member = ? ORDER BY issuer`},
	{"sessions", `SELECT device, expires, seen_at FROM sessions WHERE member = ? ORDER BY expires`},
	{"posts", `SELECT id, kind, territory, text, state, cause, opened_at, closed_at FROM posts WHERE author = ? ORDER BY opened_at`},
	{"comments", `SELECT id, post, text, at FROM comments WHERE author = ? ORDER BY at`},
	{"acts", `SELECT post, kind, text, at FROM entries WHERE author = ? ORDER BY n`},
	{"reactions", `SELECT post, reaction FROM reactions WHERE member = ? ORDER BY post`},
	{"me_too", `SELECT post FROM me_too WHERE member = ? ORDER BY post`},
	{"noise", `SELECT post, rule, at FROM noise WHERE member = ? ORDER BY at`},
	{"notifications", `SELECT title_fr, why, post, at, read_at FROM notifications WHERE member = ? ORDER BY at`},
	{"absences", `SELECT begins AS begins_at, ends AS ends_at, delegate FROM absences WHERE member = ? ORDER BY begins`},
	{"skills", `SELECT skill, level, expires, validator FROM member_skills WHERE member = ? ORDER BY skill`},
	{"appetences", `SELECT skill FROM wishes WHERE member = ? ORDER BY skill`},
	{"follows", `SELECT kind, target, at FROM follows WHERE member = ? ORDER BY kind, target`},
	{"groups", `SELECT circle, role, since AS since_at FROM group_members WHERE member = ? ORDER BY circle`},
	{"read_notices", `SELECT post FROM readings WHERE member = ? ORDER BY post`},
	{"helpful_cards", `SELECT card, post, at FROM card_uses WHERE member = ? ORDER BY at`},
	{"votes", `SELECT post, choice FROM votes WHERE member = ? ORDER BY post`},
	{"reports", `SELECT territory, unit FROM report_subscriptions WHERE member = ? ORDER BY territory`},
	{"charters", `SELECT territory, asked AS asked_version, asked_at, accepted AS accepted_version, accepted_at FROM acceptances WHERE member = ? ORDER BY territory`},
	{"ticks", `SELECT circle, list, item, at FROM ticks WHERE member = ? ORDER BY at`},
	{"ambassador", `SELECT territory, at, declined_at FROM ambassador_calls WHERE member = ? ORDER BY territory`},
	{"notice_rules", `SELECT wishes FROM notice_rules WHERE member = ?`},
	{"presence", `SELECT place, until AS present_until_at FROM presence WHERE member = ?`},
}

// Dossier is all that is kept of a person, but for the audit log.
func (s *Store) Dossier(ctx context.Context, m feed.MemberID) (feed.Dossier, error) {
	member, err := s.Member(ctx, m)
	if err != nil {
		return feed.Dossier{}, err
	}
	out := feed.Dossier{Member: member}
	for _, t := range keptOf {
		section := feed.DossierSection{Name: t.name, Rows: []map[string]any{}}
		err := s.reader().each(ctx, func(rows *sql.Rows) error {
			row, err := named(rows)
			section.Rows = append(section.Rows, row)
			return err
		}, t.query, m)
		if err != nil {
			return feed.Dossier{}, fmt.Errorf("%s of %s: %w", t.name, m, err)
		}
		out.Sections = append(out.Sections, section)
	}
	return out, nil
}

// named is a row by the names of its columns.
func named(rows *sql.Rows) (map[string]any, error) {
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		return nil, err
	}
	out := map[string]any{}
	for i, name := range columns {
		out[name] = values[i]
		if ms, ok := values[i].(int64); ok && (strings.HasSuffix(name, "at") || name == "expires") {
			out[name] = ""
			if ms > 0 {
				out[name] = fromMillis(ms).Format(time.RFC3339)
			}
		}
	}
	return out, nil
}
