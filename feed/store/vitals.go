package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/fildefer/fildefer/feed"
)

// Machines returns the vitals of the machines in scope at or below a territory.
func (s *Store) Machines(ctx context.Context, scope feed.Scope, territory feed.Path) ([]feed.Vitals, error) {
	tree, err := s.treeOn(ctx, s.reader())
	if err != nil {
		return nil, err
	}
	within := scope.Narrow(territory)
	var out []feed.Vitals
	var paths []feed.Path
	for _, n := range tree.nodes {
		if n.Kind == feed.Machine && within.Contains(n.Path) {
			out = append(out, feed.Vitals{Machine: n})
			paths = append(paths, n.Path)
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	of := make(map[feed.Path]*feed.Vitals, len(out))
	for i := range out {
		of[out[i].Machine.Path] = &out[i]
	}
	if err := s.readSignals(ctx, paths, of); err != nil {
		return nil, fmt.Errorf("signals of the machines in %s: %w", territory, err)
	}
	if err := s.readWorst(ctx, scope, paths, of); err != nil {
		return nil, fmt.Errorf("open posts of the machines in %s: %w", territory, err)
	}
	return out, nil
}

func (s *Store) readSignals(ctx context.Context, paths []feed.Path, of map[feed.Path]*feed.Vitals) error {
	return s.reader().each(ctx, func(rows *sql.Rows) error {
		t, err := scanTrace(rows)
		if err != nil {
			return err
		}
		t.Points = t.Points[max(0, len(t.Points)-1):]
		of[t.Asset].Traces = append(of[t.Asset].Traces, t)
		return nil
	}, `SELECT `+traceColumns+` FROM traces WHERE asset IN (?) ORDER BY asset, signal`, paths)
}

func (s *Store) readWorst(ctx context.Context, scope feed.Scope, paths []feed.Path, of map[feed.Path]*feed.Vitals) error {
	return s.reader().each(ctx, func(rows *sql.Rows) error {
		var asset, territory feed.Path
		var severity feed.Severity
		var stale, taken bool
		if err := rows.Scan(&asset, &territory, &severity, &stale, &taken); err != nil {
			return err
		}
		if !scope.Contains(territory) {
			return nil
		}
		v := of[asset]
		rank := func(s feed.Severity) int { return slices.Index(feed.Severities, s) }
		if v.Severity == "" || rank(severity) < rank(v.Severity) {
			v.Severity = severity
		}
		v.Stale, v.Taken = v.Stale || stale, v.Taken || taken
		return nil
	}, `SELECT asset, territory, severity, stale, state <> ? FROM posts WHERE open AND audience = '' AND asset IN (?)`, feed.New, paths)
}
