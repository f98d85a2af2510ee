package feed_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func TestEachRoleMayDoWhatItsRowSays(t *testing.T) {
	t.Parallel()
	all := []feed.Action{feed.Read, feed.Write, feed.Report, feed.Handle, feed.Operate, feed.Administer, feed.Nudge, feed.Pin, feed.Attend, feed.Animate}
	rows := map[feed.Role]string{
		//                read write report handle operate administer nudge pin attend animate
		feed.Operator:   "1 1 1 1 0 0 0 0 1 0",
		feed.Staff:      "1 1 1 1 0 0 0 0 1 0",
		feed.Lead:       "1 1 1 1 0 0 1 1 1 0",
		feed.Manager:    "1 1 1 1 1 0 1 1 1 1",
		feed.Animator:   "1 1 1 0 0 0 1 1 0 1",
		feed.Admin:      "0 0 0 0 1 1 0 0 0 1",
		feed.Auditor:    "0 0 0 0 0 0 0 0 0 0",
		feed.Ambassador: "1 1 0 0 0 0 1 1 0 0",
		"stranger":      "0 0 0 0 0 0 0 0 0 0",
	}
	require.Len(t, rows, len(feed.Roles)+2, "nobody is made an ambassador: that role is no list's")
	for role, row := range rows {
		m := feed.Member{Grants: []feed.Grant{{Territory: "lyon/line-3", Role: role}}}
		for i, a := range all {
			require.Equal(t, row[2*i] == '1', feed.Can(m, a, "lyon/line-3/filler"), "%s %s below the grant", role, a)
			require.False(t, feed.Can(m, a, "lyon"), "%s %s above the grant", role, a)
			require.False(t, feed.Can(m, a, "lyon/line-33"), "%s %s beside the grant", role, a)
		}
	}
}

func TestRequireHidesWhatMayNotBeRead(t *testing.T) {
	t.Parallel()
	admin := feed.Member{Grants: []feed.Grant{{Territory: "lyon", Role: feed.Admin}}}
	require.Equal(t, feed.Forbidden, feed.ProblemOf(feed.Require(admin, feed.Write, "lyon/line-3")))
	require.Equal(t, feed.NotFound, feed.ProblemOf(feed.Require(admin, feed.Write, "villeurbanne")))
	require.NoError(t, feed.Require(admin, feed.Operate, "lyon"))
}

func TestScopeKeepsTheWidestGrants(t *testing.T) {
	t.Parallel()
	m := feed.Member{Grants: []feed.Grant{
		{Territory: "lyon/bottling/line-3", Role: feed.Operator},
		{Territory: "lyon/bottling", Role: feed.Lead},
		{Territory: "villeurbanne", Role: feed.Manager},
		{Territory: "villeurbanne", Role: feed.Admin},
	}}
	s := m.Scope()
	require.Equal(t, []feed.Path{"lyon/bottling", "villeurbanne"}, s.Roots)
	require.True(t, s.Contains("lyon/bottling/line-4"))
	require.False(t, s.Contains("lyon/bottling2"))
	require.Equal(t, []feed.Path{"lyon/bottling"}, s.Narrow("lyon").Roots)
	require.Equal(t, []feed.Path{"lyon/bottling/line-3"}, s.Narrow("lyon/bottling/line-3").Roots)
	require.Empty(t, s.Narrow("paris").Roots)
	require.False(t, feed.Scope{}.Contains("lyon"))
}
