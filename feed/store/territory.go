package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/fildefer/fildefer/feed"
)

// versionedTree is a tree and the counter it was read under: another node may
// have changed the tree since.
type versionedTree struct {
	version int64
	tree    *feed.Tree
	nodes   []feed.Territory // by path, without groups
}

// Tree is the territory tree as of this transaction.
func (t *tx) Tree(ctx context.Context) (*feed.Tree, error) {
	if t.tree == nil {
		v, err := t.store.treeOn(ctx, t.conn)
		if err != nil {
			return nil, err
		}
		t.tree = v.tree
	}
	return t.tree, nil
}

// Tree is the territory tree.
func (s *Store) Tree(ctx context.Context) (*feed.Tree, error) {
	v, err := s.treeOn(ctx, s.reader())
	if err != nil {
		return nil, err
	}
	return v.tree, nil
}

// Territories lists the places in scope and the ancestors that lead to them, by
// path.
func (s *Store) Territories(ctx context.Context, scope feed.Scope) ([]feed.Territory, error) {
	v, err := s.treeOn(ctx, s.reader())
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(v.nodes), func(n feed.Territory) bool {
		leads := func(root feed.Path) bool { return root.Within(n.Path) }
		return !scope.Contains(n.Path) && !slices.ContainsFunc(scope.Roots, leads)
	}), nil
}

func (s *Store) treeOn(ctx context.Context, c conn) (*versionedTree, error) {
	next := &versionedTree{}
	if err := c.get(ctx, &next.version, `SELECT value FROM counters WHERE name = 'tree'`); err != nil {
		return nil, fmt.Errorf("version of the territory tree: %w", err)
	}
	if v := s.tree.Load(); v != nil && v.version == next.version {
		return v, nil
	}
	moved := map[feed.Path]feed.Path{}
	err := c.each(ctx, func(rows *sql.Rows) error {
		var n feed.Territory
		var closed bool
		var to feed.Path
		err := rows.Scan(&n.Path, &n.Name, &n.Kind, &n.Target, &n.Rollout, doc(&n.Own), &closed, &to)
		switch {
		case !closed:
			next.nodes = append(next.nodes, n)
		case to != "":
			moved[n.Path] = to
		}
		return err
	}, `
		SELECT t.path, t.name, t.kind, t.target, COALESCE(r.state, t.rollout), t.own, t.closed, t.moved
		FROM territories t
		LEFT JOIN rollouts r ON r.territory = t.path`)
	if err != nil {
		return nil, fmt.Errorf("territory tree: %w", err)
	}
	slices.SortFunc(next.nodes, func(a, b feed.Territory) int { return cmp.Compare(a.Path, b.Path) })
	groups, err := c.groupNodes(ctx)
	if err != nil {
		return nil, fmt.Errorf("groups beside the territory tree: %w", err)
	}
	next.tree = feed.NewTree(slices.Concat(next.nodes, groups)).WithMoves(moved)
	s.tree.Store(next)
	return next, nil
}

// groupNodes are the places of groups, which lists of the tree leave out.
func (c conn) groupNodes(ctx context.Context) ([]feed.Territory, error) {
	var out []feed.Territory
	err := c.each(ctx, func(rows *sql.Rows) error {
		n := feed.Territory{Kind: feed.GroupPlace}
		var id string
		var archived int64
		if err := rows.Scan(&id, &n.Name, &archived); err != nil {
			return err
		}
		if n.Path = feed.Group(id); archived != 0 {
			n.Kind = feed.ArchivePlace
		}
		out = append(out, n)
		return nil
	}, `SELECT id, name, archived_at FROM groups`)
	return out, err
}

// Decide keeps how far a territory is: that wins over what its node says.
func (t *tx) Decide(ctx context.Context, d feed.Decision) error {
	_, err := t.exec(ctx, `
		INSERT INTO rollouts (territory, state, by_member, at)
		VALUES (?, ?, ?, ?)
		ON CONFLICT (territory) DO UPDATE
		SET state = excluded.state, by_member = excluded.by_member, at = excluded.at`,
		d.Territory, d.Rollout, d.By, at(&d.At))
	if err == nil {
		_, err = t.exec(ctx, `
			INSERT INTO rollout_past (territory, at, state, by_member)
			VALUES (?, ?, ?, ?)
			ON CONFLICT (territory, at) DO UPDATE
			SET state = excluded.state, by_member = excluded.by_member`, d.Territory, at(&d.At), d.Rollout, d.By)
	}
	if err == nil {
		_, err = t.next(ctx, "tree", 1)
	}
	if err != nil {
		return fmt.Errorf("rollout of %s: %w", d.Territory, err)
	}
	return nil
}

// SetTerritories inserts or replaces these nodes of the tree, as the
// configuration has them, and keeps the others, and what people made of them.
func (s *Store) SetTerritories(ctx context.Context, nodes []feed.Territory) error {
	return s.inTx(ctx, func(t *tx) error {
		for _, n := range nodes {
			_, err := t.exec(ctx, `
				INSERT INTO territories (path, name, kind, target, rollout, own)
				VALUES (?, ?, ?, ?, ?, ?)
				ON CONFLICT (path) DO UPDATE
				SET name = excluded.name, kind = excluded.kind, target = excluded.target, rollout = excluded.rollout, own = excluded.own
				WHERE NOT territories.edited`,
				n.Path, n.Name, n.Kind, n.Target, n.Rollout, doc(&n.Own))
			if err != nil {
				return fmt.Errorf("territory %s: %w", n.Path, err)
			}
		}
		_, err := t.next(ctx, "tree", 1)
		return err
	})
}

// OpenCounts is the number of open posts at or below each place in scope; those
// without any are left out.
func (s *Store) OpenCounts(ctx context.Context, scope feed.Scope) (map[feed.Path]int, error) {
	counts := map[feed.Path]int{}
	err := s.reader().each(ctx, func(rows *sql.Rows) error {
		var p feed.Path
		var n int
		if err := rows.Scan(&p, &n); err != nil {
			return err
		}
		if n > 0 && scope.Contains(p) {
			counts[p] = n
		}
		return nil
	}, `
		SELECT t.path, (SELECT COUNT(*) FROM post_index i WHERE i.territory = t.path AND i.open = ?)
		FROM territories t
		WHERE NOT t.closed`, true)
	if err != nil {
		return nil, fmt.Errorf("open posts by territory: %w", err)
	}
	return counts, nil
}
