package feed_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
)

func talk(n int, people ...string) []feed.Exchange {
	var out []feed.Exchange
	for i := range n {
		e := feed.Exchange{Post: feed.PostID(fmt.Sprint(people, i))}
		for _, p := range people {
			name, place := p[:1], feed.Path(p[2:])
			e.People = append(e.People, feed.Correspondent{Member: feed.MemberID(name), Places: []feed.Path{place}})
		}
		out = append(out, e)
	}
	return out
}

func TestPeopleOfDifferentBranchesWhoKeepAnsweringAreFound(t *testing.T) {
	t.Parallel()
	const a, b, c, boss = "a:lyon/bottling", "b:lyon/presses", "c:lyon/presses", "m:lyon"
	found := feed.Kinships(append(talk(3, a, b), talk(2, a, c)...))
	require.Equal(t, []feed.Kinship{{People: []feed.MemberID{"a", "b", "c"}, Branches: []feed.Path{"lyon/bottling", "lyon/presses"}, Threads: 5}}, found)

	require.Empty(t, feed.Kinships(append(talk(2, a, b), talk(2, a, c)...)), "four conversations are too few")
	require.Empty(t, feed.Kinships(talk(9, a, b)), "two people are too few")
	require.Empty(t, feed.Kinships(talk(9, b, c, "d:lyon/presses/press-3")), "one branch is no two")
	require.Empty(t, feed.Kinships(append(talk(9, a, b), talk(1, a, c)...)), "once is not to keep on")
	require.Empty(t, feed.Kinships(talk(9, boss, b, c)), "whoever looks after both is of no other branch")
}
