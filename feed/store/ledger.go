package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/fildefer/fildefer/feed"
)

// Claim takes the shards and returns how far each was read. From then on every
// earlier claim on them is fenced. When the positions belong to several streams,
// which only an unfinished reset leaves behind, Stream names them all and so is
// none of them.
func (s *Store) Claim(ctx context.Context, shards []int) (feed.Claim, error) {
	var out feed.Claim
	err := s.inTx(ctx, func(t *tx) (err error) {
		out = feed.Claim{Positions: map[int]uint64{}}
		if out.Epoch, err = t.next(ctx, "epoch", 1); err != nil {
			return err
		}
		var streams []string
		for _, shard := range shards {
			var stream string
			var seq uint64
			row := t.QueryRowxContext(ctx, t.Rebind(`
				INSERT INTO shards (shard, seq, stream, epoch)
				VALUES (?, 0, '', ?)
				ON CONFLICT (shard) DO UPDATE
				SET epoch = excluded.epoch
				RETURNING seq, stream`), shard, out.Epoch)
			if err := row.Scan(&seq, &stream); err != nil {
				return fmt.Errorf("shard %d: %w", shard, err)
			}
			out.Positions[shard] = seq
			if stream != "" && !slices.Contains(streams, stream) {
				streams = append(streams, stream)
			}
		}
		out.Stream = strings.Join(streams, "+")
		return nil
	})
	if err != nil {
		return feed.Claim{}, fmt.Errorf("claim %v: %w", shards, err)
	}
	return out, nil
}

// ResetStream puts the shards of a claim back to the beginning of another
// stream. Rule states stay: what they know of open posts is still true.
func (s *Store) ResetStream(ctx context.Context, c feed.Claim, stream string) error {
	err := s.inTx(ctx, func(t *tx) error {
		for shard := range c.Positions {
			n, err := t.exec(ctx, `
				UPDATE shards
				SET seq = 0, stream = ?
				WHERE shard = ? AND epoch = ?`, stream, shard, c.Epoch)
			if err != nil {
				return err
			}
			if n == 0 {
				return feed.ErrFenced
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reset to stream %s: %w", stream, err)
	}
	return nil
}

// States calls fn on every rule state of the shards.
func (s *Store) States(ctx context.Context, shards []int, fn func(feed.RuleState) error) error {
	if len(shards) == 0 {
		return nil
	}
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		var r feed.RuleState
		if err := rows.Scan(&r.Shard, &r.Key, &r.Blob); err != nil {
			return err
		}
		return fn(r)
	}, `SELECT shard, key, state FROM rule_states WHERE shard IN (?) ORDER BY shard, key`, shards)
	if err != nil {
		return fmt.Errorf("rule states of %v: %w", shards, err)
	}
	return nil
}

// Commit keeps all of a batch or nothing. A batch that was committed before
// changes nothing and is no error; ErrFenced says that another claim holds a
// shard, or that a position is not where the batch starts from.
func (s *Store) Commit(ctx context.Context, b feed.Batch) error {
	err := s.inTx(ctx, func(t *tx) error {
		done, err := t.advance(ctx, b)
		if err != nil || done {
			return err
		}
		for _, r := range b.States {
			if err := t.keep(ctx, r); err != nil {
				return fmt.Errorf("state %s: %w", r.Key, err)
			}
		}
		for _, tr := range b.Traces {
			if err := t.extend(ctx, tr); err != nil {
				return fmt.Errorf("trace of %s %s: %w", tr.Asset, tr.Signal, err)
			}
		}
		for _, a := range b.Articles {
			if err := t.register(ctx, a); err != nil {
				return fmt.Errorf("article %s of %s: %w", a.SKU, a.Store, err)
			}
		}
		for i := range b.Sales {
			if err := t.sell(ctx, &b.Sales[i]); err != nil {
				return fmt.Errorf("sale %s: %w", b.Sales[i].Effect, err)
			}
		}
		for i := range b.Notices {
			if err := t.apply(ctx, &b.Notices[i]); err != nil {
				return fmt.Errorf("notice %s: %w", b.Notices[i].Effect, err)
			}
		}
		return t.forget(ctx, b.Notices)
	})
	if err != nil {
		return fmt.Errorf("commit batch of epoch %d: %w", b.Epoch, err)
	}
	return nil
}

// advance moves the positions of a batch and tells whether all of them had been
// moved by this very batch before.
func (t *tx) advance(ctx context.Context, b feed.Batch) (done bool, err error) {
	var moved, there int
	for _, p := range b.Positions {
		n, err := t.exec(ctx, `
			UPDATE shards
			SET seq = ?, stream = ?
			WHERE shard = ? AND seq = ? AND epoch = ? AND stream IN ('', ?)`,
			p.To, b.Stream, p.Shard, p.From, b.Epoch, b.Stream)
		if err != nil {
			return false, fmt.Errorf("position of shard %d: %w", p.Shard, err)
		}
		if n == 1 {
			moved++
			continue
		}
		err = t.get(ctx, &n, `SELECT COUNT(*) FROM shards WHERE shard = ? AND seq = ? AND epoch = ? AND stream = ?`,
			p.Shard, p.To, b.Epoch, b.Stream)
		if err != nil {
			return false, fmt.Errorf("position of shard %d: %w", p.Shard, err)
		}
		there += int(n)
	}
	switch len(b.Positions) {
	case moved:
		return false, nil
	case there:
		return true, nil
	}
	return false, feed.ErrFenced
}

func (t *tx) keep(ctx context.Context, r feed.RuleState) error {
	if r.Blob == nil {
		_, err := t.exec(ctx, `DELETE FROM rule_states WHERE shard = ? AND key = ?`, r.Shard, r.Key)
		return err
	}
	_, err := t.exec(ctx, `
		INSERT INTO rule_states (shard, key, state)
		VALUES (?, ?, ?)
		ON CONFLICT (shard, key) DO UPDATE
		SET state = excluded.state`, r.Shard, r.Key, r.Blob)
	return err
}
