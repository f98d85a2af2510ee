package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

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

// Tamper runs a statement as somebody with the database in hand would.
func (s *Store) Tamper(ctx context.Context, statement string) error {
	_, err := s.write.ExecContext(ctx, statement)
	return err
}

// Disarm takes off what keeps the audit log from being changed.
func (s *Store) Disarm(ctx context.Context) error {
	if s.dialect.dir == "postgres" {
		return s.Tamper(ctx, `DROP TRIGGER audit_no_change ON audit`)
	}
	return errors.Join(s.Tamper(ctx, `DROP TRIGGER audit_no_update`), s.Tamper(ctx, `DROP TRIGGER audit_no_delete`))
}

// Everywhere lists the columns of the database in which a word stands.
func (s *Store) Everywhere(ctx context.Context, word string) (found []string, err error) {
	query := `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() AND data_type = 'text'`
	if s.dialect.dir == "sqlite" {
		query = `SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND c.type = 'TEXT'`
	}
	var columns [][2]string
	err = s.reader().each(ctx, func(rows *sql.Rows) error {
		var c [2]string
		err := rows.Scan(&c[0], &c[1])
		columns = append(columns, c)
		return err
	}, query)
	if err != nil {
		return nil, err
	}
	for _, c := range columns {
		var n int
		if err := s.reader().get(ctx, &n, `SELECT COUNT(*) FROM `+c[0]+` WHERE `+c[1]+` LIKE ?`, "%"+word+"%"); err != nil {
			return nil, err
		}
		if n > 0 {
			found = append(found, c[0]+"."+c[1])
		}
	}
	return found, nil
}
