package store

import (
	"context"
	"encoding/json"

	"github.com/fildefer/fildefer/feed"
)

// Migrations are the files of the migrations, for the test that compares them.
var Migrations = migrations

// ExplainFeed returns the plan of a feed query, one step a line.
func (s *Store) ExplainFeed(ctx context.Context, scope feed.Scope, q feed.Query, explain string) (string, error) {
	ranges, err := plan(scope, q)
	if err != nil {
		return "", err
	}
	rest, args := pageOf(ranges, feed.DefaultPage)
	var out string
	query, args, _, err := s.reader().bind(explain+` SELECT `+postColumns+`, c.seq FROM posts p JOIN changes c ON c.post = p.id `+rest, args)
	if err != nil {
		return "", err
	}
	rows, err := s.read.QueryxContext(ctx, query, args...)
	if err != nil {
		return "", err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		cells, err := rows.SliceScan()
		if err != nil {
			return "", err
		}
		line, err := json.Marshal(cells[len(cells)-1])
		if err != nil {
			return "", err
		}
		out += string(line) + "\n"
	}
	return out, rows.Err()
}

// Recode writes a curve as a column and reads it back; or reads what b holds.
func Recode(b []byte) ([]byte, []feed.Point, error) {
	var points []feed.Point
	if err := (curve{&points}).Scan(b); err != nil {
		return nil, nil, err
	}
	v, err := curve{&points}.Value()
	again, _ := v.([]byte)
	return again, points, err
}

// Effects is how many notices are known to have had their effect.
func (s *Store) Effects(ctx context.Context) (n int, err error) {
	err = s.reader().get(ctx, &n, `SELECT COUNT(*) FROM effects`)
	return n, err
}

// Cursor reads a page cursor.
func Cursor(s string) (int64, string, error) { return parseCursor(s) }
