package storetest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

// account is somebody of the company whose groups stand for these roles.
func account(subject string, grants ...feed.Grant) feed.CompanyAccount {
	return feed.CompanyAccount{Issuer: "https://login.example", Subject: subject, Name: "Zoé\u202e  Garnier", Lang: feed.English, Grants: grants}
}

func anAccountIsOneMembersForEver(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.SetTerritories(ctx, plant))
	roster := feed.NewRoster(b, func() time.Time { return b.now })
	lead, gone := feed.Grant{Territory: "lyon", Role: feed.Lead}, feed.Grant{Territory: "lyon/gone", Role: feed.Manager}

	_, err := roster.Admit(ctx, account("s-1", gone))
	require.ErrorIs(t, err, feed.ErrNoRole)
	known, err := b.EveryMember(ctx)
	require.NoError(t, err)
	require.Empty(t, known, "who has no role is nobody here")

	first, err := roster.Admit(ctx, account("s-1", lead, gone))
	require.NoError(t, err)
	require.Equal(t, feed.Member{ID: "zoe.garnier", Name: "Zoé Garnier", Lang: feed.English, Grants: []feed.Grant{lead}}, first)
	other := account("s-1", lead)
	other.Issuer = "https://other.example"
	second, err := roster.Admit(ctx, other)
	require.NoError(t, err)
	require.Equal(t, feed.MemberID("zoe.garnier2"), second.ID, "a subject is its issuer's")
	again, err := roster.Admit(ctx, account("s-1", lead))
	require.NoError(t, err)
	require.Equal(t, first, again)
}

func rolesFollowTheAccount(t *testing.T, b *bench) {
	ctx := t.Context()
	require.NoError(t, b.SetTerritories(ctx, plant))
	roster := feed.NewRoster(b, func() time.Time { return b.now })
	line1, line2 := feed.Grant{Territory: "lyon/line-1", Role: feed.Operator}, feed.Grant{Territory: "lyon/line-2", Role: feed.Operator}
	m, err := roster.Admit(ctx, account("s-1", line1, line2))
	require.NoError(t, err)
	session := feed.Session{Member: m, Expires: b.now.Add(time.Hour)}
	require.NoError(t, b.AddSession(ctx, "token", session, b.now))

	require.NoError(t, roster.Give(ctx, feed.Console(), m.ID, line2)) // from now on it is given by hand too
	m, err = roster.Admit(ctx, account("s-1", line1))
	require.NoError(t, err)
	require.Equal(t, []feed.Grant{line1, line2}, m.Grants)
	_, err = b.Session(ctx, "token", b.now)
	require.NoError(t, err)

	m, err = roster.Admit(ctx, account("s-1"))
	require.NoError(t, err, "what people gave lets her in")
	require.Equal(t, []feed.Grant{line2}, m.Grants)
	_, err = b.Session(ctx, "token", b.now)
	require.ErrorIs(t, err, feed.ErrNotFound, "the account gives nothing any more")

	require.NoError(t, roster.Take(ctx, feed.Console(), m.ID, line2))
	_, err = roster.Admit(ctx, account("s-1"))
	require.ErrorIs(t, err, feed.ErrNoRole)
	_, err = roster.Admit(ctx, account("s-1", line1))
	require.NoError(t, err, "the account gives something again")
	require.NoError(t, roster.Dismiss(ctx, feed.Console(), m.ID))
	_, err = roster.Admit(ctx, account("s-1", line1, line2))
	require.ErrorIs(t, err, feed.ErrLeft)

	lines, err := b.AuditLog(ctx, feed.AuditQuery{Of: m.ID, Limit: 99})
	require.NoError(t, err)
	var did []string
	for _, l := range lines {
		did = append([]string{l.Action + " " + string(l.Territory)}, did...)
	}
	require.Equal(t, []string{
		"member.join lyon/line-1", "role.give lyon/line-1", "role.give lyon/line-2", "role.give lyon/line-2", "role.take lyon/line-1",
		"role.take lyon/line-2", "role.give lyon/line-1", "member.revoke lyon/line-1",
	}, did)
}
