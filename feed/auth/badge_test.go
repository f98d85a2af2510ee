package auth_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/auth"
)

func TestABadgeSignsInOnTheDeviceThatReadIt(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		_, device := d.paired(t)
		require.NoError(t, d.SetBadge(t.Context(), "", "karim", "KARIM-0001"))
		elsewhere, _, err := d.SignIn(t.Context(), "karim", "2468", "")
		require.NoError(t, err)
		token, session, err := d.SignInByBadge(t.Context(), " KARIM-0001\r\n", device.ID)
		require.NoError(t, err)
		require.Equal(t, device.ID, session.Device)
		require.Equal(t, feed.MemberID("karim"), session.Member.ID)
		require.Equal(t, d.now.Add(auth.SessionFor), session.Expires)
		_, err = d.Session(t.Context(), elsewhere)
		require.NoError(t, err, "a badge ends no session elsewhere")

		require.NoError(t, d.store.RevokeDevice(t.Context(), "", device.ID))
		_, err = d.Session(t.Context(), token)
		require.Equal(t, feed.Unauthorized, feed.ProblemOf(err))
		_, err = d.Session(t.Context(), elsewhere)
		require.NoError(t, err)
	})
}

func TestABadgeThatWasTakenAwayOrWhoseOwnerLeftIsUnknown(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		_, device := d.paired(t)
		unknown := func() {
			t.Helper()
			_, _, err := d.SignInByBadge(t.Context(), "KARIM-0001", device.ID)
			require.EqualError(t, err, "unauthorized: Unknown badge: choose your name and type your PIN.")
		}
		unknown()
		require.NoError(t, d.SetBadge(t.Context(), "", "karim", "KARIM-0001"))
		require.NoError(t, d.SetBadge(t.Context(), "", "karim", "KARIM-0002"))
		unknown()
		require.NoError(t, d.SetBadge(t.Context(), "", "karim", "KARIM-0001"))
		require.NoError(t, d.SetBadge(t.Context(), "", "karim", ""))
		unknown()
		require.NoError(t, d.SetBadge(t.Context(), "", "karim", "KARIM-0001"))
		require.NoError(t, d.store.RevokeMember(t.Context(), "karim"))
		unknown()
	})
}

func TestABadgeIsOnePersonsAndReadable(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		require.NoError(t, d.store.AddMember(t.Context(), feed.Member{ID: "lea", Name: "Léa", Lang: feed.French}, ""))
		require.NoError(t, d.SetBadge(t.Context(), "", "karim", "KARIM-0001"))
		err := d.SetBadge(t.Context(), "", "lea", "KARIM-0001 ")
		require.Equal(t, feed.Conflict, feed.ProblemOf(err))
		require.ErrorContains(t, err, "a colleague’s already")
		for _, badge := range []string{"   ", "123", "12\x0034", "12\t34", "1234\xff", strings.Repeat("é", 129)} {
			require.Equal(t, feed.Invalid, feed.ProblemOf(d.SetBadge(t.Context(), "", "lea", badge)), "%q", badge)
		}
		require.NoError(t, d.SetBadge(t.Context(), "", "lea", strings.Repeat("é", 128)))
		require.ErrorIs(t, d.SetBadge(t.Context(), "", "nobody", "NOBODY-01"), feed.ErrNotFound)
	})
}

func TestUnknownBadgesInARowRestTheReaderAndNotThePeople(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		_, device := d.paired(t)
		require.NoError(t, d.SetBadge(t.Context(), "", "karim", "KARIM-0001"))
		for i := range auth.MaxBadges {
			_, _, err := d.SignInByBadge(t.Context(), fmt.Sprint("GUESS-", i), device.ID)
			require.Equal(t, feed.Unauthorized, feed.ProblemOf(err))
		}
		_, _, err := d.SignInByBadge(t.Context(), "KARIM-0001", device.ID)
		require.Equal(t, feed.Locked, feed.ProblemOf(err))
		_, _, err = d.SignInByBadge(t.Context(), "KARIM-0001", "another")
		require.NotEqual(t, feed.Locked, feed.ProblemOf(err), "another device reads on")
		_, _, err = d.SignIn(t.Context(), "karim", "2468", device.ID)
		require.NoError(t, err)
		d.now = d.now.Add(auth.LockFor)
		_, _, err = d.SignInByBadge(t.Context(), "KARIM-0001", device.ID)
		require.NoError(t, err)
	})
}
