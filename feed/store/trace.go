package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/fildefer/fildefer/feed"
)

// curve is a column of points: for each, the milliseconds since the one before
// as a varint, and the value as eight bytes.
type curve struct{ points *[]feed.Point }

func (c curve) Value() (driver.Value, error) {
	if len(*c.points) == 0 {
		return nil, nil
	}
	b := make([]byte, 0, 11*len(*c.points)+8)
	var last int64
	for _, p := range *c.points {
		ms := p.At.UnixMilli()
		b = binary.AppendVarint(b, ms-last)
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Value))
		last = ms
	}
	return b, nil
}

func (c curve) Scan(src any) error {
	*c.points = nil
	b, ok := src.([]byte)
	if src != nil && !ok {
		return fmt.Errorf("%T is no curve", src)
	}
	var ms int64
	for len(b) > 0 {
		delta, n := binary.Varint(b)
		if n <= 0 || len(b) < n+8 {
			return errors.New("the curve is cut")
		}
		ms += delta
		v := math.Float64frombits(binary.LittleEndian.Uint64(b[n:]))
		*c.points = append(*c.points, feed.Point{At: fromMillis(ms), Value: v})
		b = b[n+8:]
	}
	return nil
}

const traceColumns = `asset, signal, unit, text, points, at`

func scanTrace(rows *sql.Rows) (feed.Trace, error) {
	var t feed.Trace
	err := rows.Scan(&t.Asset, &t.Signal, &t.Unit, &t.Text, curve{&t.Points}, at(&t.At))
	return t, err
}

// Trace returns the recent past of a signal, or nil.
func (t *tx) Trace(ctx context.Context, asset feed.Path, signal string) (*feed.Trace, error) {
	var out *feed.Trace
	err := t.each(ctx, func(rows *sql.Rows) error {
		tr, err := scanTrace(rows)
		out = &tr
		return err
	}, `SELECT `+traceColumns+` FROM traces WHERE asset = ? AND signal = ?`, asset, signal)
	if err != nil {
		return nil, err
	}
	return out, nil
}

// extend appends the new samples of a trace and forgets the oldest ones.
// Samples that are not newer than the stored ones change nothing.
func (t *tx) extend(ctx context.Context, fresh feed.Trace) error {
	old, err := t.Trace(ctx, fresh.Asset, fresh.Signal)
	if err != nil {
		return err
	}
	if old == nil {
		old = &feed.Trace{}
	}
	points := old.Points
	for _, p := range fresh.Points {
		if len(points) == 0 || p.At.After(points[len(points)-1].At) {
			points = append(points, p)
		}
	}
	points = points[max(0, len(points)-feed.TraceLen):]
	if fresh.At.Before(old.At) {
		fresh.At, fresh.Text, fresh.Unit = old.At, old.Text, old.Unit
	}
	_, err = t.exec(ctx, `
		INSERT INTO traces (asset, signal, unit, text, points, at)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (asset, signal) DO UPDATE
		SET unit = excluded.unit, text = excluded.text, points = excluded.points, at = excluded.at`,
		fresh.Asset, fresh.Signal, fresh.Unit, fresh.Text, curve{&points}, at(&fresh.At))
	return err
}

// draw gives the posts whose condition goes on the curve of their signal as it
// is now; the others keep the one that was frozen when they ended.
func (c conn) draw(ctx context.Context, posts []*feed.Post) error {
	type signal struct {
		asset feed.Path
		name  string
	}
	waiting := map[signal][]*feed.Post{}
	var assets []feed.Path
	for _, p := range posts {
		if p.Signal == "" || len(p.Series) > 0 || !p.Active && !p.State.Open() {
			continue
		}
		waiting[signal{p.Asset, p.Signal}] = append(waiting[signal{p.Asset, p.Signal}], p)
		assets = append(assets, p.Asset)
	}
	if len(waiting) == 0 {
		return nil
	}
	return c.each(ctx, func(rows *sql.Rows) error {
		t, err := scanTrace(rows)
		for _, p := range waiting[signal{t.Asset, t.Signal}] {
			p.Series = t.Points
		}
		return err
	}, `SELECT `+traceColumns+` FROM traces WHERE asset IN (?)`, assets)
}
