package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/store"
)

// BenchmarkPulse reads the pulse of 24 places: four sites of five lines, each of
// them with what two hundred thousand posts left behind, and a busy last day.
func BenchmarkPulse(b *testing.B) {
	onBoth(b, func(b *testing.B, s *store.Store, _ *sql.DB) {
		var nodes []feed.Territory
		var scope feed.Scope
		for site := range 4 {
			root := feed.Path(fmt.Sprintf("site-%d", site))
			scope.Roots = append(scope.Roots, root)
			nodes = append(nodes, feed.Territory{Path: root, Kind: feed.Site})
			for line := range 5 {
				nodes = append(nodes, feed.Territory{Path: feed.Path(fmt.Sprintf("%s/line-%d", root, line)), Kind: feed.Line})
			}
		}
		require.NoError(b, s.SetTerritories(b.Context(), nodes))
		require.NoError(b, s.InTx(b.Context(), func(tx feed.Tx) error { return logAll(b.Context(), tx) }))
		now := epoch.Add(posts * time.Minute)
		for b.Loop() {
			list, err := s.Pulses(b.Context(), scope, now)
			require.NoError(b, err)
			require.Len(b, list, 24)
			require.False(b, list[0].Flat())
		}
	})
}

// logAll writes what happened to the posts: each was opened, and taken three
// minutes later.
func logAll(ctx context.Context, tx feed.Tx) error {
	for i := range posts {
		at := epoch.Add(time.Duration(i) * time.Minute)
		e := feed.Entry{Post: feed.PostID(fmt.Sprintf("m%024x", i)), Kind: feed.Opened, At: at, Author: feed.Author{Kind: feed.ByMachine, Name: "Presse"}}
		if err := tx.Log(ctx, e); err != nil {
			return err
		}
		e.Kind, e.At, e.Author = feed.WasTaken, at.Add(3*time.Minute), feed.Author{Kind: feed.ByPerson, Name: "Karim", Member: "operator"}
		if err := tx.Log(ctx, e); err != nil {
			return err
		}
	}
	return nil
}
