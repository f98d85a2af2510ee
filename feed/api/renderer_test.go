package api_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/api"
)

// outage is a tree that cannot be read while it lasts.
type outage struct{ err error }

func (o *outage) Tree(context.Context) (*feed.Tree, error) {
	if o.err != nil {
		return nil, o.err
	}
	return feed.NewTree([]feed.Territory{{Path: "lyon", Name: "Lyon Gerland", Kind: feed.Site}}), nil
}

func TestChangesAreRenderedWhileTheTreeCannotBeRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		trees := &outage{err: errors.New("no database")}
		r := api.NewRenderer(trees)
		post := &feed.Post{ID: "p", Territory: "lyon"}
		_, err := r.JSON(t.Context(), feed.French, post)
		require.ErrorIs(t, err, trees.err, "there was no tree yet")

		trees.err = nil
		before, err := r.JSON(t.Context(), feed.French, post)
		require.NoError(t, err)
		require.Contains(t, string(before), "Lyon Gerland")

		trees.err = errors.New("no database")
		time.Sleep(time.Minute)
		during, err := r.JSON(t.Context(), feed.French, post)
		require.NoError(t, err)
		require.Equal(t, before, during)
	})
}
