package auth_test

import (
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/auth"
	"github.com/fildefer/fildefer/feed/store"
	"github.com/fildefer/fildefer/feed/store/storetest"
)

// desk is a service on a real store with one member, and a clock to turn.
type desk struct {
	*auth.Service
	store *store.Store
	now   time.Time
}

func newDesk(t *testing.T, url string) *desk {
	t.Helper()
	s, err := store.Open(t.Context(), url, store.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	pin, err := auth.HashPIN("2468")
	require.NoError(t, err)
	require.NoError(t, s.AddMember(t.Context(), feed.Member{
		ID: "karim", Name: "Karim", Lang: feed.French, Grants: []feed.Grant{{Territory: "lyon", Role: feed.Operator}},
	}, pin))
	d := &desk{store: s, now: time.Date(2026, 11, 21, 6, 0, 0, 0, time.UTC)}
	d.Service = auth.NewService(s, s, func() time.Time { return d.now })
	return d
}

// onBoth runs a test on each database.
func onBoth(t *testing.T, test func(*testing.T, *desk)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, newDesk(t, "sqlite:"+filepath.Join(t.TempDir(), "feed.db")))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, newDesk(t, storetest.Postgres(t)))
	})
}

func TestTheRightPINOpensASession(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		token, session, err := d.SignIn(t.Context(), "karim", "2468", "")
		require.NoError(t, err)
		require.Len(t, token, 64)
		require.Equal(t, d.now.Add(auth.SessionFor), session.Expires)
		require.Equal(t, []feed.Grant{{Territory: "lyon", Role: feed.Operator}}, session.Member.Grants)

		other, _, err := d.SignIn(t.Context(), "karim", "2468", "")
		require.NoError(t, err)
		require.NotEqual(t, token, other)

		require.NoError(t, d.SignOut(t.Context(), token))
		require.NoError(t, d.SignOut(t.Context(), token))
		_, err = d.Session(t.Context(), token)
		require.Equal(t, feed.Unauthorized, feed.ProblemOf(err))
		_, err = d.Session(t.Context(), other)
		require.NoError(t, err)
	})
}

func TestASessionEndsTwelveHoursAfterSignIn(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		token, _, err := d.SignIn(t.Context(), "karim", "2468", "")
		require.NoError(t, err)
		end := d.now.Add(auth.SessionFor)
		for d.now = d.now.Add(20 * time.Minute); d.now.Before(end); d.now = d.now.Add(20 * time.Minute) {
			_, err = d.Visit(t.Context(), token)
			require.NoError(t, err)
		}
		_, err = d.Visit(t.Context(), token)
		require.Equal(t, feed.Unauthorized, feed.ProblemOf(err))
	})
}

func TestASessionEndsWhenNobodyDidAnythingForHalfAnHour(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		token, _, err := d.SignIn(t.Context(), "karim", "2468", "")
		require.NoError(t, err)
		d.now = d.now.Add(auth.IdleFor)
		_, err = d.Visit(t.Context(), token)
		require.NoError(t, err)
		d.now = d.now.Add(auth.IdleFor)
		_, err = d.Session(t.Context(), token) // as an open stream looks, which is no act
		require.NoError(t, err)
		d.now = d.now.Add(time.Second)
		_, err = d.Visit(t.Context(), token)
		require.Equal(t, feed.Unauthorized, feed.ProblemOf(err))
	})
}

func TestWhoeverHasASessionShowsAgainWhoTheyAre(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		token, session, err := d.SignIn(t.Context(), "karim", "2468", "")
		require.NoError(t, err)
		require.Equal(t, d.now, session.ProvedAt)
		d.now = d.now.Add(10 * time.Minute)
		require.EqualError(t, d.Prove(t.Context(), token, "1111"), "unauthorized: Wrong name or PIN.")
		require.NoError(t, d.Prove(t.Context(), token, "2468"))
		session, err = d.Session(t.Context(), token)
		require.NoError(t, err)
		require.Equal(t, d.now, session.ProvedAt)
		for range auth.MaxTries {
			require.Error(t, d.Prove(t.Context(), token, "1111"))
		}
		require.Equal(t, feed.Locked, feed.ProblemOf(d.Prove(t.Context(), token, "2468")), "wrong ones count as at sign-in")
	})
}

func TestAGrantOrARevocationCountsAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		token, _, err := d.SignIn(t.Context(), "karim", "2468", "")
		require.NoError(t, err)
		require.NoError(t, d.store.AddMember(t.Context(), feed.Member{
			ID: "karim", Name: "Karim", Lang: feed.French, Grants: []feed.Grant{{Territory: "shop", Role: feed.Staff}},
		}, ""))
		session, err := d.Session(t.Context(), token)
		require.NoError(t, err)
		require.Equal(t, []feed.Path{"shop"}, session.Member.Scope().Roots)

		require.NoError(t, d.store.RevokeMember(t.Context(), "karim"))
		_, err = d.Session(t.Context(), token)
		require.Equal(t, feed.Unauthorized, feed.ProblemOf(err))
		_, _, err = d.SignIn(t.Context(), "karim", "2468", "")
		require.Equal(t, feed.Unauthorized, feed.ProblemOf(err))
	})
}

func TestFiveWrongPINsLockANameWhetherOrNotSomebodyHasIt(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		for _, name := range []feed.MemberID{"karim", "nobody"} {
			for range auth.MaxTries {
				_, _, err := d.SignIn(t.Context(), name, "1111", "")
				require.EqualError(t, err, "unauthorized: Wrong name or PIN.", name)
			}
			_, _, err := d.SignIn(t.Context(), name, "2468", "")
			require.EqualError(t, err, "locked: Too many tries: try again in 15 min.", name)
			var refusal *feed.Error
			require.ErrorAs(t, err, &refusal)
			require.InDelta(t, 15, refusal.Values["minutes"], 0)
		}
		d.now = d.now.Add(auth.LockFor - time.Second)
		_, _, err := d.SignIn(t.Context(), "karim", "2468", "")
		require.Equal(t, feed.Locked, feed.ProblemOf(err))
		d.now = d.now.Add(time.Second)
		_, _, err = d.SignIn(t.Context(), "karim", "2468", "")
		require.NoError(t, err)
	})
}

func TestTheRightPINForgetsTheWrongOnes(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		for range 3 {
			for range auth.MaxTries - 1 {
				_, _, err := d.SignIn(t.Context(), "karim", "1111", "")
				require.Equal(t, feed.Unauthorized, feed.ProblemOf(err))
			}
			_, _, err := d.SignIn(t.Context(), "karim", "2468", "")
			require.NoError(t, err)
		}
	})
}

func TestGuessesAtOnceAreCountedLikeGuessesInARow(t *testing.T) {
	onBoth(t, func(t *testing.T, d *desk) {
		var wrong, locked atomic.Int32
		var group sync.WaitGroup
		for range 4 * auth.MaxTries {
			group.Go(func() {
				switch _, _, err := d.SignIn(t.Context(), "karim", "1111", ""); feed.ProblemOf(err) {
				case feed.Unauthorized:
					wrong.Add(1)
				case feed.Locked:
					locked.Add(1)
				}
			})
		}
		group.Wait()
		require.EqualValues(t, auth.MaxTries, wrong.Load())
		require.EqualValues(t, 3*auth.MaxTries, locked.Load())
	})
}

// TestAnUnknownNameTakesAsLongAsAWrongPIN compares the quickest of a few tries
// each, taken in turns, because the machine may be busy. Without a hash to
// check, the quickest would be a hundredth.
func TestAnUnknownNameTakesAsLongAsAWrongPIN(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "sqlite:"+filepath.Join(t.TempDir(), "feed.db"))
	wrong, unknown, malformed := time.Hour, time.Hour, time.Hour
	for round := 0; round < 3 || round < 30 && min(unknown, malformed) < wrong/2; round++ {
		for _, try := range []struct {
			name  feed.MemberID
			pin   string
			least *time.Duration
		}{{"karim", "1111", &wrong}, {"nobody", "1111", &unknown}, {"karim", "not a PIN", &malformed}} {
			began := time.Now()
			_, _, err := d.SignIn(t.Context(), try.name, try.pin, "")
			require.Equal(t, feed.Unauthorized, feed.ProblemOf(err))
			*try.least = min(*try.least, time.Since(began))
		}
		d.now = d.now.Add(auth.LockFor) // or the names would be locked
	}
	require.Greater(t, unknown, wrong/2)
	require.Greater(t, malformed, wrong/2)
}

func TestOnlyFourToTwelveDigitsAreAPIN(t *testing.T) {
	t.Parallel()
	for _, pin := range []string{"", "123", "1234567890123", "12a4", "12 34", "１２３４"} {
		_, err := auth.HashPIN(pin)
		require.Equal(t, feed.Invalid, feed.ProblemOf(err), "%q", pin)
	}
	first, err := auth.HashPIN("1234")
	require.NoError(t, err)
	require.Contains(t, first, "$argon2id$v=19$m=19456,t=2,p=1$")
	second, err := auth.HashPIN("1234")
	require.NoError(t, err)
	require.NotEqual(t, first, second)
}
