package storetest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// aSealIsItsMembers makes seals and finds whose they are.
func aSealIsItsMembers(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.AddMember(ctx, operator, "hash"))
	seal, err := b.Seal(ctx, operator.ID)
	require.NoError(t, err)
	require.Len(t, seal.Key, 32)
	again, err := b.Seal(ctx, operator.ID)
	require.NoError(t, err)
	require.Equal(t, seal, again)
	other, err := b.Seal(ctx, staff.ID)
	require.NoError(t, err)
	require.NotEqual(t, seal.Key, other.Key)

	m, key, err := b.SealedBy(ctx, seal.ID)
	require.NoError(t, err)
	require.Equal(t, operator.ID, m)
	require.Equal(t, seal.Key, key)
	_, _, err = b.SealedBy(ctx, strings.ToLower(seal.ID))
	require.ErrorIs(t, err, feed.ErrNotFound)
	author, err := b.Author(ctx, m)
	require.NoError(t, err)
	require.Equal(t, operator, author)
	_, err = b.Author(ctx, "device:none")
	require.ErrorIs(t, err, feed.ErrNotFound)
	require.NoError(t, b.RevokeMember(ctx, operator.ID))
	_, _, err = b.SealedBy(ctx, seal.ID)
	require.ErrorIs(t, err, feed.ErrNotFound)
}
