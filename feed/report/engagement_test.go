package report_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fildefer/fildefer/feed"
	"github.com/fildefer/fildefer/feed/report"
)

// nodes are places by their paths.
func nodes(paths ...feed.Path) []feed.Territory {
	var out []feed.Territory
	for _, p := range paths {
		out = append(out, feed.Territory{Path: p, Name: string(p), Kind: feed.Line})
	}
	return out
}

// crew are n people whose names begin the same.
func crew(prefix string, n int) []feed.MemberID {
	var out []feed.MemberID
	for i := range n {
		out = append(out, feed.MemberID(fmt.Sprintf("%s%d", prefix, i)))
	}
	return out
}

// took says that people took part at a place: all of them acted and answered.
func took(place feed.Path, people []feed.MemberID, alerts, answered int) feed.Deeds {
	return feed.Deeds{Territory: place, Actors: people, Answerers: people, Alerts: alerts, Answered: answered}
}

func TestFewerThanFivePeopleAreNotTold(t *testing.T) {
	t.Parallel()
	tree := nodes("plant")
	require.Empty(t, report.Engage(tree, []feed.Deeds{took("plant", crew("a", 4), 100, 90)}, "2026-10"))
	five := report.Engage(tree, []feed.Deeds{took("plant", crew("a", 5), 100, 90)}, "2026-10")
	require.Equal(t, 5, five["plant"].People)
	require.Equal(t, 90, *five["plant"].Answered)
}

func TestOnePersonWithManyActsIsOne(t *testing.T) {
	t.Parallel()
	same := feed.MemberID("a0")
	deeds := []feed.Deeds{took("plant/one", []feed.MemberID{same, same, same}, 50, 50), took("plant/two", []feed.MemberID{same, "b", "c", "d"}, 50, 50)}
	require.Empty(t, report.Engage(nodes("plant", "plant/one", "plant/two"), deeds, "2026-10"))
}

func TestTheOneWhoAnsweredIsNotToldAmongFiveWhoActed(t *testing.T) {
	t.Parallel()
	d := feed.Deeds{Territory: "plant", Actors: crew("a", 8), Answerers: crew("a", 1), Alerts: 20, Answered: 20}
	e := report.Engage(nodes("plant"), []feed.Deeds{d}, "2026-10")["plant"]
	require.Equal(t, 5, e.People)
	require.Nil(t, e.Answered)
}

func TestAParentWithoutItsChildrenTellsOfNobody(t *testing.T) {
	t.Parallel()
	tree := nodes("plant", "plant/big", "plant/small")
	deeds := []feed.Deeds{took("plant/big", crew("a", 9), 90, 60), took("plant/small", crew("b", 2), 10, 1)}
	told := report.Engage(tree, deeds, "2026-10")
	require.Contains(t, told, feed.Path("plant"))
	require.NotContains(t, told, feed.Path("plant/small"))
	require.NotContains(t, told, feed.Path("plant/big"), "plant minus big is small")
}

func TestAPlaceWhoseTeamAnsweredNothingIsNotToldEither(t *testing.T) {
	t.Parallel()
	tree := nodes("plant", "plant/big", "plant/mute")
	deeds := []feed.Deeds{took("plant/big", crew("a", 9), 90, 60), took("plant/mute", nil, 10, 0)}
	require.Nil(t, report.Engage(tree, deeds, "2026-10")["plant/big"].Answered, "plant minus big says that nobody of mute answered")
}

func TestHeadsAreRoundedDown(t *testing.T) {
	t.Parallel()
	for people, told := range map[int]int{5: 5, 9: 5, 10: 10, 14: 10} {
		e := report.Engage(nodes("plant"), []feed.Deeds{took("plant", crew("a", people), 10, 5)}, "2026-10")
		require.Equal(t, told, e["plant"].People, "%d people", people)
	}
}

// TestNoSubtractionLeavesFewerThanFive attacks random trees with every figure that
// is told: what is left of each place without those below it that are told has
// five people, or nobody and nothing to answer.
func TestNoSubtractionLeavesFewerThanFive(t *testing.T) {
	t.Parallel()
	told, hidden := 0, 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		tree, deeds := wood(r)
		out := report.Engage(tree, deeds, "2026-10")
		for _, f := range []figure{
			{func(e feed.Engagement) bool { return e.People > 0 }, func(d feed.Deeds) ([]feed.MemberID, int) { return d.Actors, 0 }},
			{func(e feed.Engagement) bool { return e.Answered != nil }, func(d feed.Deeds) ([]feed.MemberID, int) { return d.Answerers, d.Alerts }},
		} {
			shown := map[feed.Path]bool{}
			for p, e := range out {
				shown[p] = f.told(e)
			}
			for _, n := range tree {
				if !shown[n.Path] {
					hidden++
					continue
				}
				told++
				people, load := rest(n.Path, shown, deeds, f)
				require.True(t, len(people) >= report.Least || len(people) == 0 && load == 0,
					"seed %d: %s without what is told below it is %v with %d alerts", seed, n.Path, people, load)
			}
		}
	}
	require.Greater(t, told, 1000, "the attack has something to attack")
	require.Greater(t, hidden, 1000)
}

// wood is a random tree of three levels with people who work at several places.
func wood(r *rand.Rand) ([]feed.Territory, []feed.Deeds) {
	paths := []feed.Path{"p"}
	for i := range 1 + r.IntN(4) {
		shop := feed.Path(fmt.Sprintf("p/s%d", i))
		paths = append(paths, shop)
		for j := range r.IntN(4) {
			paths = append(paths, shop+feed.Path(fmt.Sprintf("/l%d", j)))
		}
	}
	everybody := crew("m", 3+r.IntN(30))
	var deeds []feed.Deeds
	for _, p := range paths {
		if r.IntN(4) == 0 {
			continue
		}
		d := feed.Deeds{Territory: p, Alerts: r.IntN(30)}
		for _, m := range everybody {
			if r.IntN(3) == 0 {
				d.Actors = append(d.Actors, m)
				if d.Alerts > 0 && r.IntN(2) == 0 {
					d.Answerers = append(d.Answerers, m)
				}
			}
		}
		if len(d.Answerers) > 0 {
			d.Answered = 1 + r.IntN(d.Alerts)
		}
		deeds = append(deeds, d)
	}
	return nodes(paths...), deeds
}

// figure is one about people: whether it is told, and who it is made of.
type figure struct {
	told func(feed.Engagement) bool
	of   func(feed.Deeds) (people []feed.MemberID, load int)
}

// rest is who is left of a place, and how much they could have answered, when
// those places below it that are told are taken away.
func rest(place feed.Path, shown map[feed.Path]bool, deeds []feed.Deeds, f figure) (people map[feed.MemberID]bool, load int) {
	people = map[feed.MemberID]bool{}
	for _, d := range deeds {
		covered := slices.ContainsFunc(d.Territory.Lineage(), func(p feed.Path) bool { return p != place && p.Within(place) && shown[p] })
		if !d.Territory.Within(place) || covered {
			continue
		}
		who, n := f.of(d)
		for _, m := range who {
			people[m] = true
		}
		load += n
	}
	return people, load
}
