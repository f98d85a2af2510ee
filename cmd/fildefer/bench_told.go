package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
)

// queueing tells people of one thing after the other.
type queueing struct {
	store *store.Store
	bare  *sql.DB
	mark  func(i int) string // of a statement's argument, from 1
	acts  int
	n     int // so that nothing is told twice
}

// queueingOn tells people through a store, and writes the same beside it.
func queueingOn(f seed, acts int) *queueing {
	q := &queueing{store: f.store, bare: f.db, acts: acts, mark: func(int) string { return "?" }}
	if f.driver == "pgx" {
		q.mark = func(i int) string { return fmt.Sprint("$", i) }
	}
	return q
}

// run is the rate of notifications through the store.
func (q *queueing) run(ctx context.Context) (perSecond float64, err error) {
	return q.each(func(told []feed.Notification) error {
		return q.store.InTx(ctx, func(tx feed.Tx) error {
			for _, n := range told {
				if err := tx.Tell(ctx, n); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// write is the limit: the same rows from as few statements as there are tables,
// in a synced transaction each.
func (q *queueing) write(ctx context.Context) (perSecond float64, err error) {
	return q.each(func(told []feed.Notification) error {
		var list, letters []any
		for _, n := range told {
			list = append(list, n.ID, n.Member, n.Key, n.Why, n.Post, "", n.Text.FR, n.Text.EN, `{"asset":"Presse"}`, false, n.At.UnixMilli(), 0)
			letters = append(letters, feed.ByMail, n.ID, 1, n.Member, n.At.UnixMilli(), 0, n.At.UnixMilli(), 0, 0, 0, "")
		}
		tx, err := q.bare.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO notifications (id, member, key, why, post, page, title_fr, title_en, data, urgent, at, read_at) VALUES `+q.rows(len(told), 12), list...)
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT INTO dispatches (channel, subject, revision, member, at, digest, due, leased, tries, dead_at, fault) VALUES `+q.rows(len(told), 11), letters...)
		}
		if err != nil {
			return errors.Join(err, tx.Rollback())
		}
		return tx.Commit()
	})
}

// rows are the marks of so many rows.
func (q *queueing) rows(rows, columns int) string {
	all := make([]string, rows)
	for r := range all {
		marks := make([]string, columns)
		for c := range marks {
			marks[c] = q.mark(r*columns + c + 1)
		}
		all[r] = "(" + strings.Join(marks, ", ") + ")"
	}
	return strings.Join(all, ", ")
}

// each is the rate at which acts are told of.
func (q *queueing) each(tell func([]feed.Notification) error) (perSecond float64, err error) {
	began := time.Now()
	for range q.acts {
		q.n++
		var told []feed.Notification
		for i := range toldAtOnce {
			id := fmt.Sprintf("told %d %d", q.n, i)
			told = append(told, feed.Notification{
				ID: id, Member: memberOf((q.n + i) % benchPeople), Key: id, Why: feed.AskedFor, Post: "m1",
				Text: feed.Text{FR: "{asset} : trop", EN: "{asset}: too much"}, Values: feed.Values{"asset": "Presse"}, At: began.UTC(),
			})
		}
		if err := tell(told); err != nil {
			return 0, err
		}
	}
	return float64(q.acts*toldAtOnce) / time.Since(began).Seconds(), nil
}
