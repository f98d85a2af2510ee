package storetest

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// tablet is a device of line 1 whose code waits for a quarter of an hour.
var tablet = feed.Device{ID: "tablet", Name: "Tablette L1", Place: "lyon/line-1", Kind: feed.StationDevice, CodeExpires: noon.Add(15 * time.Minute)}

func aCodePairsOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.AddDevice(ctx, "", tablet, "code"))
	_, err := b.PairedDevice(ctx, "")
	require.ErrorIs(t, err, feed.ErrNotFound, "a device that is not paired yet has no token, not an empty one")
	_, err = b.PairDevice(ctx, "", "", "token", noon)
	require.ErrorIs(t, err, feed.ErrNotFound)
	_, err = b.PairDevice(ctx, "", "code", "late", tablet.CodeExpires)
	require.ErrorIs(t, err, feed.ErrNotFound, "the code has expired")

	at := noon.Add(time.Minute + 20*time.Second)
	want := tablet
	want.CodeExpires, want.PairedAt, want.SeenAt = time.Time{}, at, noon.Add(time.Minute)
	d, err := b.PairDevice(ctx, "", "code", "token", at)
	require.NoError(t, err)
	require.Equal(t, want, d)
	_, err = b.PairDevice(ctx, "", "code", "other", at)
	require.ErrorIs(t, err, feed.ErrNotFound, "the code was used")
	d, err = b.PairedDevice(ctx, "token")
	require.NoError(t, err)
	require.Equal(t, want, d)

	require.NoError(t, b.SeeDevice(ctx, tablet.ID, at.Add(time.Hour)))
	require.NoError(t, b.SeeDevice(ctx, tablet.ID, at))
	d, err = b.Device(ctx, tablet.ID)
	require.NoError(t, err)
	require.Equal(t, noon.Add(time.Hour+time.Minute), d.SeenAt, "to the minute, and never back")
	all, err := b.Devices(ctx)
	require.NoError(t, err)
	require.Equal(t, []feed.Device{d}, all)
}

func aCodeTypedTwiceAtOncePairsOne(t *testing.T, b *bench) {
	require.NoError(t, b.AddDevice(t.Context(), "", tablet, "code"))
	var paired atomic.Int32
	var group sync.WaitGroup
	for _, token := range []string{"a", "b", "c", "d", "e", "f"} {
		group.Go(func() {
			if _, err := b.PairDevice(t.Context(), "", "code", token, noon); err == nil {
				paired.Add(1)
			}
		})
	}
	group.Wait()
	require.EqualValues(t, 1, paired.Load())
}

func anotherCodeMovesADevice(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.AddMember(ctx, operator, "hash"))
	require.NoError(t, b.AddDevice(ctx, "", tablet, "code"))
	_, err := b.PairDevice(ctx, "", "code", "token", noon)
	require.NoError(t, err)
	require.NoError(t, b.AddSession(ctx, "on it", feed.Session{Member: operator, Device: tablet.ID, Expires: noon.Add(time.Hour)}, noon))
	require.NoError(t, b.AddSession(ctx, "elsewhere", feed.Session{Member: operator, Expires: noon.Add(time.Hour)}, noon))
	session, err := b.Session(ctx, "on it", noon)
	require.NoError(t, err)
	require.Equal(t, tablet.ID, session.Device)

	require.NoError(t, b.NewDeviceCode(ctx, "", tablet.ID, "second", noon.Add(time.Minute)))
	_, err = b.PairedDevice(ctx, "token")
	require.NoError(t, err, "what is paired stays so until the code is used")
	_, err = b.PairDevice(ctx, "", "second", "new token", noon)
	require.NoError(t, err)
	_, err = b.PairedDevice(ctx, "token")
	require.ErrorIs(t, err, feed.ErrNotFound)
	_, err = b.Session(ctx, "on it", noon)
	require.ErrorIs(t, err, feed.ErrNotFound)
	_, err = b.Session(ctx, "elsewhere", noon)
	require.NoError(t, err)
	require.ErrorIs(t, b.NewDeviceCode(ctx, "", "none", "third", noon), feed.ErrNotFound)
}

func aRevokedDeviceIsDead(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.AddMember(ctx, operator, "hash"))
	require.NoError(t, b.AddDevice(ctx, "", tablet, "code"))
	_, err := b.PairDevice(ctx, "", "code", "token", noon)
	require.NoError(t, err)
	require.NoError(t, b.NewDeviceCode(ctx, "", tablet.ID, "second", noon.Add(time.Minute)))
	seal, err := b.Seal(ctx, tablet.ID.MemberID())
	require.NoError(t, err)
	for token, on := range map[string]feed.DeviceID{"on it": tablet.ID, "elsewhere": ""} {
		require.NoError(t, b.AddSession(ctx, token, feed.Session{Member: operator, Device: on, Expires: noon.Add(time.Hour)}, noon))
	}

	require.NoError(t, b.RevokeDevice(ctx, "", tablet.ID))
	require.ErrorIs(t, b.RevokeDevice(ctx, "", tablet.ID), feed.ErrNotFound)
	_, err = b.PairedDevice(ctx, "token")
	require.ErrorIs(t, err, feed.ErrNotFound)
	_, err = b.PairDevice(ctx, "", "second", "token", noon)
	require.ErrorIs(t, err, feed.ErrNotFound)
	_, err = b.Session(ctx, "on it", noon)
	require.ErrorIs(t, err, feed.ErrNotFound)
	_, err = b.Session(ctx, "elsewhere", noon)
	require.NoError(t, err)
	require.NoError(t, b.AddSession(ctx, "too late", feed.Session{Member: operator, Device: tablet.ID, Expires: noon.Add(time.Hour)}, noon))
	_, err = b.Session(ctx, "too late", noon)
	require.ErrorIs(t, err, feed.ErrNotFound, "a sign-in that was under way opens nothing")
	again, err := b.Seal(ctx, tablet.ID.MemberID())
	require.NoError(t, err)
	require.NotEqual(t, seal, again)
}

func aBadgeIsOnePersons(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.AddMember(ctx, operator, "hash"))
	require.NoError(t, b.AddMember(ctx, staff, ""))
	owner := func(badge string) feed.MemberID {
		id, err := b.BadgeOwner(ctx, badge)
		require.NoError(t, err)
		return id
	}
	signedIn := func() bool {
		_, err := b.Session(ctx, "token", noon)
		return err == nil
	}
	require.Empty(t, owner(""), "who has no badge is not whoever shows none")
	require.NoError(t, b.AddSession(ctx, "token", feed.Session{Member: operator, Expires: noon.Add(time.Hour)}, noon))
	require.NoError(t, b.SetBadge(ctx, "", operator.ID, "badge"))
	require.NoError(t, b.SetBadge(ctx, "", operator.ID, "badge"))
	require.Equal(t, operator.ID, owner("badge"))
	require.True(t, signedIn(), "a first badge ends nothing")
	require.Equal(t, feed.Conflict, feed.ProblemOf(b.SetBadge(ctx, "", staff.ID, "badge")))
	require.Equal(t, operator.ID, owner("badge"))
	require.ErrorIs(t, b.SetBadge(ctx, "", "nobody", "other"), feed.ErrNotFound)
	accounts, err := b.Accounts(ctx)
	require.NoError(t, err)
	require.Equal(t, []feed.Account{{Member: operator, PIN: true, Badge: true}, {Member: staff}}, accounts)

	require.NoError(t, b.SetBadge(ctx, "", operator.ID, ""))
	require.Empty(t, owner("badge"))
	require.False(t, signedIn(), "a badge that was lost may have been used")
	require.NoError(t, b.SetBadge(ctx, "", staff.ID, "badge"))
	require.NoError(t, b.RevokeMember(ctx, staff.ID))
	require.Empty(t, owner("badge"))
	require.NoError(t, b.AddMember(ctx, staff, ""))
	require.Empty(t, owner("badge"), "who comes back gets a badge anew")
	require.NoError(t, b.SetBadge(ctx, "", operator.ID, "badge"))
}

func aSealIsMadeOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.AddMember(ctx, operator, "hash"))
	seals := make([]feed.Seal, 6)
	var group sync.WaitGroup
	for i := range seals {
		group.Go(func() { seals[i], _ = b.Seal(ctx, operator.ID) })
	}
	group.Wait()
	for _, s := range seals {
		require.Len(t, s.Key, 32)
		require.NotEmpty(t, s.ID)
		require.Equal(t, seals[0], s)
	}
	other, err := b.Seal(ctx, staff.ID)
	require.NoError(t, err)
	require.NotEqual(t, seals[0].ID, other.ID)
	require.NotEqual(t, seals[0].Key, other.Key)

	require.NoError(t, b.RevokeMember(ctx, operator.ID))
	again, err := b.Seal(ctx, operator.ID)
	require.NoError(t, err)
	require.NotEqual(t, seals[0].Key, again.Key, "what was closed with the first stays closed")
}
