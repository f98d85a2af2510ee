package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func anEndedAccountShutsItsMemberOut(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.SetTerritories(ctx, plant))
	roster := feed.NewRoster(b, func() time.Time { return b.now })
	a := account("s-1", feed.Grant{Territory: "lyon", Role: feed.Lead})
	a.Warrant = "first"
	m, err := roster.Admit(ctx, a)
	require.NoError(t, err)
	require.NoError(t, b.AddSession(ctx, "token", feed.Session{Member: m, Expires: b.now.Add(time.Hour)}, b.now))
	require.NoError(t, b.SetBadge(ctx, "", m.ID, "badge"))
	due, err := b.DueWarrants(ctx, b.now.Add(-time.Second), b.now)
	require.NoError(t, err)
	require.Empty(t, due, "the sign-in has just asked")
	later := b.now.Add(time.Minute)
	due, err = b.DueWarrants(ctx, b.now, later)
	require.NoError(t, err)
	require.Equal(t, []feed.Warrant{{Issuer: a.Issuer, Subject: a.Subject, Member: m.ID, Sealed: "first"}}, due)
	again, err := b.DueWarrants(ctx, b.now, later)
	require.NoError(t, err)
	require.Empty(t, again, "one asker has it")

	renewed := a
	renewed.Warrant = "second"
	require.NoError(t, roster.Renew(ctx, due[0], renewed))
	require.NoError(t, roster.Lapse(ctx, due[0]))
	_, err = b.Session(ctx, "token", b.now)
	require.NoError(t, err, "what was renewed meanwhile says nothing of the account")

	due[0].Sealed = "second"
	require.NoError(t, roster.Lapse(ctx, due[0]))
	_, err = b.Session(ctx, "token", b.now)
	require.ErrorIs(t, err, feed.ErrNotFound)
	owner, err := b.BadgeOwner(ctx, "badge")
	require.NoError(t, err)
	require.Empty(t, owner)
	due, err = b.DueWarrants(ctx, later, later)
	require.NoError(t, err)
	require.Empty(t, due)

	back, err := roster.Admit(ctx, a)
	require.NoError(t, err)
	require.Equal(t, m, back, "roles and all")
	owner, err = b.BadgeOwner(ctx, "badge")
	require.NoError(t, err)
	require.Equal(t, m.ID, owner)

	require.NoError(t, roster.Lapse(ctx, feed.Warrant{Issuer: a.Issuer, Subject: a.Subject, Member: m.ID, Sealed: "first"}))
	require.NoError(t, b.RevokeMember(ctx, m.ID), "who is shut out may be revoked for good")
	_, err = roster.Admit(ctx, a)
	require.ErrorIs(t, err, feed.ErrLeft)
}
