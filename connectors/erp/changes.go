package erp

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"github.com/fildefer/fildefer/pipeline"
)

// emitChanges emits the signals in which a row differs from what was known
// under its key. A scope of which nothing was known gives its rows as a
// baseline: state for the rules, news for nobody.
func (s *snapshotReading) emitChanges(r row, now stateRow, entry stateEntry, out emit) error {
	var before stateRow
	var extra map[string]string
	if entry.offset > 0 {
		var err error
		if before, err = s.last.row(entry.offset); err != nil {
			return err
		}
	} else if s.before[s.plan.scopeOf(r.key)] == 0 {
		extra = map[string]string{"baseline": "true"}
	}
	changed := s.resync || before.Asset != now.Asset || !maps.Equal(before.Attr, now.Attr)
	for i, signal := range s.plan.cfg.Events {
		value, known := before.Values[signal.Signal]
		if known && !changed && value == now.Values[signal.Signal] {
			continue
		}
		if err := s.emit(r, i, extra, out); err != nil {
			return err
		}
	}
	return nil
}

func (s *snapshotReading) emit(r row, i int, extra map[string]string, out emit) error {
	e := s.plan.eventOf(r, i, extra)
	if err := s.claim(); err != nil {
		return err
	}
	e.ID = eventID(s.source, strconv.FormatInt(s.last.header.Number, 10), s.content, r.key, e.Signal)
	return out(e)
}

// double is what rows of one key said so far.
type double struct {
	row  row
	rows uint32
}

// gather returns what the rows of one key say together once the last of them
// is there.
func (s *snapshotReading) gather(r row, entry stateEntry) (together row, whole bool) {
	d, begun := s.doubles[r.key]
	switch {
	case !begun, s.plan.cfg.Snapshot.OnDuplicate == "last":
		d.row = r
	case s.plan.cfg.Snapshot.OnDuplicate == "sum":
		for i := range d.row.values {
			d.row.values[i] = sum(d.row.values[i], r.values[i])
		}
	}
	d.rows++
	s.doubles[r.key] = d
	return d.row, d.rows == entry.count
}

// sum adds two numbers without the dust of binary fractions. What is no
// number stays as the first row said it.
func sum(a, b pipeline.Value) pipeline.Value {
	x, isNumber := a.Number()
	y, both := b.Number()
	switch {
	case isNumber && both:
		return pipeline.Number(math.Round((x+y)*1e6) / 1e6)
	case a.IsNone():
		return b
	}
	return a
}

// rest passes over the last snapshot: rows of other scopes and rows that
// could not be read stay, the others that are gone are removed.
func (s *snapshotReading) rest(out emit) error {
	return s.last.each(func(line []byte, offset int64) error {
		if offset == 0 {
			return nil
		}
		key, err := keyOf(line)
		if err != nil {
			return err
		}
		entry, known := s.last.rows[key]
		_, inScope := s.now[s.plan.scopeOf(key)]
		switch {
		case !known, entry.count > 0 && !entry.kept:
			return nil
		case entry.kept, s.blind > 0, !inScope:
			return s.write(line)
		}
		var gone stateRow
		if err := json.Unmarshal(line, &gone); err != nil {
			return err
		}
		return s.emitRemoval(gone, out)
	})
}

// emitRemoval says of every signal of a row that it has no value any more.
func (s *snapshotReading) emitRemoval(gone stateRow, out emit) error {
	r := row{key: gone.Key, asset: gone.Asset, attr: gone.Attr, values: make([]pipeline.Value, len(s.plan.cfg.Events))}
	for i := range s.plan.cfg.Events {
		if err := s.emit(r, i, map[string]string{"removed": "true"}, out); err != nil {
			return err
		}
	}
	return nil
}

// settle puts the next state in the place of the last one.
func (s *snapshotReading) settle() error {
	err := errors.Join(s.out.Flush(), s.next.Sync())
	if err == nil {
		err = os.Rename(s.next.Name(), s.path)
	}
	if err == nil {
		err = syncDir(filepath.Dir(s.path))
	}
	if err != nil {
		return fmt.Errorf("replace the last snapshot: %w", err)
	}
	return s.disclaim()
}

func (s *snapshotReading) close() error {
	errs := []error{s.last.close()}
	if s.next != nil {
		errs = append(errs, s.next.Close())
		_ = os.Remove(s.next.Name()) // it is gone when it was settled
	}
	return errors.Join(errs...)
}
