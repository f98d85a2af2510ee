package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// anAccountIsLinkedOnce makes an account that of somebody who has a PIN, and
// tries all that must change nothing.
func anAccountIsLinkedOnce(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.SetTerritories(ctx, plant))
	roster := feed.NewRoster(b, func() time.Time { return b.now })
	byHand, byGroup := feed.Grant{Territory: "lyon/line-1", Role: feed.Operator}, feed.Grant{Territory: "lyon", Role: feed.Lead}
	zoe := feed.Member{ID: "zoe", Name: "Zoé Roux", Lang: feed.French, Grants: []feed.Grant{byHand}}
	noe := feed.Member{ID: "noe", Name: "Noé", Lang: feed.French, Grants: []feed.Grant{byHand}}
	require.NoError(t, b.AddMember(ctx, zoe, "hash"))
	require.NoError(t, b.AddMember(ctx, noe, "hash"))
	require.NoError(t, b.AddSession(ctx, "token", feed.Session{Member: zoe, Expires: b.now.Add(time.Hour)}, b.now))
	has := func(id feed.MemberID, issuer string) bool {
		t.Helper()
		has, err := b.HasAccount(ctx, issuer, id)
		require.NoError(t, err)
		return has
	}

	a := account("s-1", byGroup)
	a.Warrant = "first"
	require.False(t, has("zoe", a.Issuer))
	require.NoError(t, roster.Link(ctx, "zoe", a))
	require.True(t, has("zoe", a.Issuer))
	require.False(t, has("zoe", "https://other.example"))
	session, err := b.Session(ctx, "token", b.now)
	require.NoError(t, err, "who links stays signed in")
	linked := feed.Member{ID: "zoe", Name: "Zoé Garnier", Lang: feed.French, Grants: []feed.Grant{byGroup, byHand}}
	require.Equal(t, linked, session.Member)
	hash, err := b.PINHash(ctx, "zoe")
	require.NoError(t, err)
	require.Equal(t, "hash", hash)
	same, err := roster.Admit(ctx, a)
	require.NoError(t, err)
	require.Equal(t, linked, same, "the account enters the same member")

	bare := feed.CompanyAccount{Issuer: a.Issuer, Subject: "s-2"}
	require.ErrorIs(t, roster.Link(ctx, "noe", a), feed.ErrAccountTaken)
	require.ErrorIs(t, roster.Link(ctx, "zoe", a), feed.ErrHasAccount)
	require.ErrorIs(t, roster.Link(ctx, "zoe", bare), feed.ErrHasAccount)
	require.ErrorIs(t, roster.Link(ctx, "nobody", bare), feed.ErrLeft)
	require.False(t, has("noe", a.Issuer))
	require.NoError(t, roster.Link(ctx, "noe", bare), "no group of it needs a role: people gave one")
	same, err = roster.Admit(ctx, bare)
	require.NoError(t, err)
	require.Equal(t, noe, same, "an account without a name leaves the one that there was")

	due, err := b.DueWarrants(ctx, b.now, b.now.Add(time.Minute))
	require.NoError(t, err)
	require.Equal(t, []feed.Warrant{{Issuer: a.Issuer, Subject: a.Subject, Member: "zoe", Sealed: "first"}}, due)
	require.NoError(t, roster.Lapse(ctx, due[0]))
	_, err = b.Session(ctx, "token", b.now)
	require.ErrorIs(t, err, feed.ErrNotFound)
	hash, err = b.PINHash(ctx, "zoe")
	require.NoError(t, err)
	require.Empty(t, hash, "the PIN ends with the account")

	lines, err := b.AuditLog(ctx, feed.AuditQuery{Of: "zoe", Limit: 99})
	require.NoError(t, err)
	var did []string
	for _, l := range lines {
		did = append([]string{l.Action + " by " + string(l.Actor)}, did...)
	}
	require.Equal(t, []string{"member.link by zoe", "role.give by ", "member.lapse by "}, did)
}
