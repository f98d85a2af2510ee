package feed_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/fildefer/fildefer/feed"
)

// TestNothingIsSaidOfFewerThanFive draws any answers, and asks what may be told.
func TestNothingIsSaidOfFewerThanFive(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(1, 200), 0, 12).Draw(t, "answers")
		answers, sum, most := feed.Answers{}, 0, 0
		for i, n := range counts {
			answers[feed.MemberID(fmt.Sprint(i))] = n
			sum, most = sum+n, max(most, n)
		}
		told := answers.LeanOnOne()
		if len(answers) < 5 || sum < 10 {
			require.False(t, told, "%v", counts)
			return
		}
		require.Equal(t, float64(most) >= 0.6*float64(sum), told, "%v", counts)
	})
}

func TestPlacesThatNeedAHandComeInOrder(t *testing.T) {
	t.Parallel()
	need := func(place feed.Path, why feed.NeedWhy, count int) feed.Need {
		return feed.Need{Place: place, Why: why, Count: count}
	}
	ranked := feed.RankNeeds([]feed.Need{
		need("a", feed.NeedsReaders, 1), need("b", feed.NeedsQuiet, 9), need("c", feed.NeedsAnswer, 2), need("d", feed.NeedsAnswer, 7),
		need("e", feed.NeedsPeople, 0), need("f", feed.NeedsQuiet, 1), need("f", feed.NeedsLife, 0), need("g", feed.NeedsAnswer, 1), need("g", feed.NeedsReaders, 3),
	})
	var order []string
	for _, p := range ranked {
		line := string(p.Place)
		for _, n := range p.Needs {
			line += " " + string(n.Why)
		}
		order = append(order, line)
	}
	require.Equal(t, []string{
		"f flat noise", "g unanswered unread", "d unanswered", "c unanswered", "e one-person", "b noise", "a unread",
	}, order)
}
