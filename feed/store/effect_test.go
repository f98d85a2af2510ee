package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func TestOnlyWhatMayComeAgainIsRemembered(t *testing.T) {
	onEach(t, func(t *testing.T, url string) {
		s := open(t, url)
		claim, err := s.Claim(t.Context(), []int{0})
		require.NoError(t, err)
		seq := uint64(0)
		commit := func(notices ...feed.Notice) {
			require.NoError(t, s.Commit(t.Context(), feed.Batch{
				Stream: "one", Epoch: claim.Epoch, Notices: notices, Positions: []feed.Position{{From: seq, To: seq + 1}},
			}))
			seq++
		}
		remembered := func() int {
			n, err := s.Effects(t.Context())
			require.NoError(t, err)
			return n
		}
		one := func(kind feed.NoticeKind, effect string, at time.Time) feed.Notice {
			return feed.Notice{Effect: effect, Kind: kind, Key: "weight", Episode: 1, At: at, PostKind: feed.Alert, Asset: "lyon/filler"}
		}
		commit(one(feed.Raise, "first", epoch), one(feed.Update, "update", epoch))
		require.Equal(t, 1, remembered(), "an update is not")

		const old = 2500
		var notices []feed.Notice
		for i := range old {
			notices = append(notices, one(feed.Worsen, fmt.Sprint(i), epoch))
		}
		commit(notices...)
		require.Equal(t, old+1, remembered())

		later := epoch.Add(31 * 24 * time.Hour)
		for _, left := range []int{old + 1 - 1000, old + 1 - 2000, 0} {
			commit(one(feed.Update, "update", later))
			require.Equal(t, left, remembered(), "a batch forgets so many, and the next one goes on")
		}
		commit(one(feed.Worsen, "late", epoch), one(feed.Update, "update", later.Add(time.Minute)))
		require.Equal(t, 1, remembered(), "nobody looks again within the hour")
		commit(one(feed.Update, "update", later.Add(time.Hour)))
		require.Zero(t, remembered())
	})
}
